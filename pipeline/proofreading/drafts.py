"""What shows that a text is not finished: «ПРОЕКТ» above it, blanks to be filled in, names cut off."""

from collections.abc import Iterator

import regex

from pipeline.passages import Passage, Passages

Span = tuple[int, int]

_END = 40  # signs at the end of a name that are looked at
_DRAFT = regex.compile(
    r"\W*(?:\(\s*)?проект(?:\s+(?:постановлени|решени|распоряжени|муниципальной программы|вносит)\w*[^\n]{0,80})?\W*", regex.I
)
_IN_TITLE = regex.compile(r"\(\s*проект\s*\)", regex.I)
_BLANK_REQUISITE = regex.compile(
    r"№\s*_{2,}|(?<!\p{L})от\s+[«\"]?\s*_{2,}|[«\"]\s*_{1,4}\s*[»\"]\s*_{2,}|(?<!\d)20_{1,2}(?!\d)|(?<!\p{L})от\s*\.\s?20\d\d|[«\"]\s*_{2,4}\s*[»\"]",
    regex.I,
)
_PLACEHOLDER = regex.compile(r"\W*(?:[хХ]{3,}|x{3,}|[xXхХ]*[хХ][xXхХ]{2,}|\?{3,})\W*")
_TO_DO = frozenset(("указать", "уточнить", "вставить", "заполнить", "проверить"))
_CODES = regex.compile(r"КБК|код|ЦСР|классификаци|маск", regex.I)
_LETTER_MEANT = regex.compile(
    r"(?:литер\w*|класс\w*|групп\w*|пункт\w*|корпус\w*|секци\w*|категори\w*|тип\w*|вид\w*|форм\w*|част\w*|букв\w*|витамин\w*|\d|[»\"])\s*$",
    regex.I,
)
_CUT_SIGN = regex.compile(r"(?<=[\p{L}\d)»\"%.])(?P<sign>\s?,|[-‑]|\s[-–—])$")
_CUT_WORD = regex.compile(
    r"(?<=\p{L}{2}[,;)»]?\s)(?P<word>и|или|в|во|на|с|со|к|ко|по|для|при|от|до|о|об|у|из|за|над|под|без|через|между|а|также|который|которые|которых)$"
)


def draft_marks(passages: Passages) -> Iterator[tuple[Passage, int, int]]:
    """Marks of a draft: above the tables the word and blank requisites, anywhere what is still to be put in."""
    for passage in passages.all:
        if passage.kind == "caption":
            text = passage.text
            if _DRAFT.fullmatch(text):
                yield passage, 0, len(text)
            for match in (*_IN_TITLE.finditer(text), *(_BLANK_REQUISITE.finditer(text) if "_" in text or "от" in text else ())):
                yield passage, *match.span()
    for chunk in passages.chunks:
        if _PLACEHOLDER.fullmatch(chunk) or (chunk[0] in "[(<" and chunk[1:].rstrip(")]>:").lower() in _TO_DO):
            for text, start in passages.find(chunk):
                if not _CODES.search(text):
                    yield from ((passage, start, start + len(chunk)) for passage in passages.places[text] if passage.kind != "method")


def cut_off(text: str) -> Span | None:
    """The sign or word at the end of a name after which something must follow.

    >>> cut_off("ситуации в районе,"), cut_off("Обучение и"), cut_off("дом 5, литера в")
    ((17, 18), (9, 10), None)
    """
    start = max(0, len(text) - _END)
    found = _CUT_SIGN.search(text, start) if text[-1] in ",-–—‑" else None
    if found:
        return found.span("sign")
    found = _CUT_WORD.search(text, start)
    if found and not (len(found["word"]) == 1 and _LETTER_MEANT.search(text, start, found.start())):
        return found.span("word")
    return None
