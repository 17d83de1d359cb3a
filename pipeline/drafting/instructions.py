"""The lines of an operative part while it is being written: a tree of instructions, and its numbering.

«1.1. В паспорте:» → «1.1.1. строку … изложить в следующей редакции:»: decimal numbers, as municipal acts
are numbered most often.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from schemas.amendment import Operation, Step, Verb
from schemas.blocks import Block, Paragraph

_NUMBERED_LEVELS = 3


class Instruction(NamedTuple):
    """A line without its number and its ending, the new wording that follows it, the lines under it.

    `operations` are those that the line itself tells; they get their item, text and id by `numbered`.
    """

    text: str
    payload: tuple[Block, ...] = ()
    inner: "tuple[Instruction, ...]" = ()
    operations: tuple[Operation, ...] = ()

    def told(self) -> int:
        """How many operations the line and those under it tell."""
        return len(self.operations) + sum(line.told() for line in self.inner)


class Line(NamedTuple):
    """A line as it will stand in the act: its number, its words with their ending, the new wording and what closes that."""

    depth: int
    number: str
    text: str
    payload: tuple[Block, ...] = ()
    closing: str = ""


def operation(kind: Verb, locus: Sequence[Step], old: str | None = None, new: str | None = None, **more: object) -> Operation:
    """An operation that has not yet got its id, its item and its text."""
    return Operation.model_validate({"id": "", "item": "", "text": "", "kind": kind, "locus": tuple(locus), "old": old, "new": new, **more})


def in_words(blocks: Iterable[Block]) -> str:
    """Blocks as plain text."""
    return "\n".join(block.text if isinstance(block, Paragraph) else "\n".join(cell.text for cell in block.cells) for block in blocks)


def numbered(instructions: Sequence[Instruction], under: str = "1") -> tuple[tuple[Line, ...], tuple[Operation, ...]]:
    """The lines with numbers and endings, and the operations with the item and the wording that tell them."""
    lines: list[Line] = []
    found: list[Operation] = []
    for n, instruction in enumerate(map(compact, instructions), 1):
        for line, operations in _told(instruction, 1, f"{under}.{n}", True):
            lines.append(line)
            item = _item(lines)
            found += [
                one.model_copy(update={"id": f"O{len(found) + place}", "item": item, "text": line.text.rstrip(":;."), "status": None})
                for place, one in enumerate(operations, 1)
            ]
    return tuple(lines), tuple(found)


def compact(one: Instruction) -> Instruction:
    """A line under which there is but one stands together with it: «в строке 4.1 в графе 5 …»."""
    inner = tuple(map(compact, one.inner))
    if len(inner) == 1:
        only = inner[0]
        return Instruction(f"{one.text} {only.text}", only.payload, only.inner, only.operations)
    return one._replace(inner=inner)


def _item(lines: list[Line]) -> str:
    """The number of the last line that has one."""
    return next(line.number for line in reversed(lines) if line.number).removesuffix(".")


def _told(one: Instruction, depth: int, number: str, last: bool) -> Iterator[tuple[Line, tuple[Operation, ...]]]:
    ending = ":" if one.inner or one.payload else "." if last else ";"
    text = (one.text[:1].upper() + one.text[1:] if depth == 1 else one.text) + ending
    shown = f"{number}." if depth <= _NUMBERED_LEVELS else ""
    yield Line(depth, shown, text, one.payload, "." if last and not one.inner else ";"), one.operations
    for n, line in enumerate(one.inner, 1):
        yield from _told(line, depth + 1, f"{number}.{n}", last and n == len(one.inner))
