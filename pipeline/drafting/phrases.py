"""The words of the field: how an act says what is to be changed where.

The forms are those of real acts: «в строке 4.1: в позиции «2023г.» в графе 4 цифры «…» заменить цифрами «…»»,
«строку «…» паспорта изложить в следующей редакции», «абзац второй раздела 1 исключить».
"""

from collections.abc import Iterable, Sequence

from pipeline.drafting.instructions import Instruction, in_words, operation
from pipeline.drafting.rewording import Rewording, is_figure
from schemas.amendment import Operation, Step, Verb
from schemas.blocks import Block

RESTATE = "изложить в следующей редакции"


def quoted(text: str) -> str:
    """The text in the quotation marks of an act."""
    return f"«{text}»"


def replacing(rewordings: Iterable[Rewording]) -> str:
    """«слова «…» заменить словами «…», цифры «…» заменить цифрами «…»»."""
    return ", ".join(_replaced(one) for one in rewordings)


def _replaced(one: Rewording) -> str:
    if one.kind == Verb.REPLACE_FIGURES:
        return f"цифры {quoted(one.old)} заменить цифрами {quoted(one.new)}"
    was, becomes = "слово" if one.old.isalpha() else "слова", "словом" if one.new.isalpha() else "словами"
    return f"{was} {quoted(one.old)} заменить {becomes} {quoted(one.new)}"


def operations(locus: Sequence[Step], rewordings: Iterable[Rewording]) -> tuple[Operation, ...]:
    """The same as operations on one target."""
    return tuple(operation(one.kind, locus, one.old, one.new) for one in rewordings)


def restated(words: str, locus: Sequence[Step], payload: tuple[Block, ...]) -> Instruction:
    """«… изложить в следующей редакции:» with the new wording."""
    made = operation(Verb.RESTATE, locus, new=in_words(payload), payload=payload)
    return Instruction(f"{words} {RESTATE}", payload, (), (made,))


def deleted(words: str, locus: Sequence[Step]) -> Instruction:
    """«… исключить»."""
    return Instruction(f"{words} исключить", operations=(operation(Verb.DELETE, locus),))


def added(words: str, what: str, locus: Sequence[Step], after: Sequence[Step], payload: tuple[Block, ...]) -> Instruction:
    """«… дополнить … следующего содержания:» with what is added; `after` is the unit behind which it comes."""
    made = operation(Verb.ADD, locus, new=in_words(payload), payload=payload, after=tuple(after))
    return Instruction(f"{words} дополнить {what} следующего содержания", payload, (), (made,))


def one_value(old: str, new: str) -> Rewording:
    """A cell that holds one value and will hold another."""
    return Rewording(Verb.REPLACE_FIGURES if is_figure(old) and is_figure(new) else Verb.REPLACE_WORDS, old, new)
