"""Where the text speaks of the programme's appendices, and where footnotes are marked and begin."""

from collections.abc import Iterable, Iterator

import regex

from extractors.inner import located
from extractors.locate import Appendix, Located, Parts
from extractors.text import shortened, squeeze
from schemas.address import Address, Part
from schemas.blocks import Table
from schemas.stated import FootMark, Mention

_HEADS = regex.compile(r"\s*+приложение\s*+(?:№|N)?\s*+(?P<number>\d{1,2})?\s*+(?:$|\.?\s*(?P<of>к\s.*))", regex.I | regex.S)
_REFERS = regex.compile(
    r"\bприложени(?:[еяюйи]|ем|ях|ям|ями)\b\s*(?:(?:№|N){0,2}\s*(?P<numbers>\d{1,2}(?:\s*(?:[,и–—-]|№|N)+\s*\d{1,2})*)(?!\d|\.\d))?"
    r"(?P<of>\s+к\s+(?:[\p{L}-]+\s*){1,4})?",
    regex.I,
)
_LONGEST_HEADING = 200
_FIGURE = regex.compile(r"(?P<range>[–—-])?\s*(?P<number>\d{1,2})")
# «<*>», «<**>», «<1>», «*(1)»; a star alone only behind a word, a bracket or a quotation mark: «5 * 100» is a formula
_MARK = regex.compile(r"<\s*(?P<angle>\*{1,5}|\d{1,2})\s*>|\*\((?P<garant>\d{1,2})\)|(?<=[\p{L}»”\"\d)%])(?P<star>\*{1,5})(?=$|[\s,.;:)»])")
_OPENS = regex.compile(r"\s*(?:<\s*(?P<angle>\*{1,5}|\d{1,2})\s*>|\*\((?P<garant>\d{1,2})\)|(?P<star>\*{1,5}))\s*+[-–—:.]?\s*+(?=\S)")


def mentions(parts: Parts) -> Iterator[Mention]:
    """The headings of the appendices, and what the passport and the sections refer to."""
    for part, appendix in _appendices(parts):
        for line in appendix.heading:
            yield from _heading(part, line)
    for line in parts.text:
        is_sentence = len(line.text) > _LONGEST_HEADING or line.text.rstrip().endswith((".", ";", ":"))
        heading = [] if is_sentence else list(_heading("section", line))
        yield from heading or _references("section", line)
    for table in parts.passport:
        for line in _cells(table, "риложени"):
            yield from _references("passport", line)


def _appendices(parts: Parts) -> Iterator[tuple[Part, Appendix]]:
    if parts.indicators:
        yield "appendix1", parts.indicators
    if parts.activities:
        yield "appendix2", parts.activities


def _heading(part: Part, line: Located) -> Iterator[Mention]:
    found = _HEADS.match(line.text) if "рилож" in line.text or "РИЛОЖ" in line.text else None
    if found:
        yield Mention(number=found["number"], heads=True, of=squeeze(found["of"] or ""), raw=squeeze(line.text),
                      address=Address(part=part), place=line.place)  # fmt: skip


def _references(part: Part, line: Located) -> Iterator[Mention]:
    for found in _REFERS.finditer(line.text) if "риложени" in line.text else ():
        for number in _numbers(found["numbers"] or "") or [None]:
            yield Mention(number=number, heads=False, of=squeeze(found["of"] or ""), raw=squeeze(found[0]),
                          address=Address(part=part), place=line.place)  # fmt: skip


def _numbers(text: str) -> list[str | None]:
    """The numbers of «1, 2 и 4», «1 - 3»."""
    found: list[int] = []
    for figure in _FIGURE.finditer(text):
        number = int(figure["number"])
        found.extend(range(found[-1] + 1, number + 1) if figure["range"] and found else [number])
    return [str(number) for number in found]


def foot_marks(parts: Parts) -> Iterator[FootMark]:
    """The marks of footnotes and the footnotes themselves, in every part; formulas of the methods aside.

    A header that each part of a cut table repeats is one header: its mark is told once.
    """
    told: set[tuple[Part, str]] = set()
    for part, lines in _marked_lines(parts):
        for line in lines:
            is_again = (part, line.text) in told and part in ("appendix1", "appendix2")
            told.add((part, line.text))
            if not is_again:
                yield from _marks(part, line)


def _marked_lines(parts: Parts) -> Iterator[tuple[Part, Iterable[Located]]]:
    yield "title", parts.head
    for table in parts.passport:
        yield "passport", _cells(table, "*", "<")
    yield "section", parts.text
    for part, appendix in _appendices(parts):
        yield part, appendix.heading
        for table, _ in appendix.tables:
            yield part, _cells(table, "*", "<")
    for table in parts.others:
        yield "section", _cells(table, "*", "<")


def _cells(table: Table, *signs: str) -> Iterator[Located]:
    """The paragraphs of the cells that hold one of the signs."""
    for cell in table.cells:
        text = cell.text
        if text and any(sign in text for sign in signs):
            yield from located(table, cell)


def _marks(part: Part, line: Located) -> Iterator[FootMark]:
    if not ("*" in line.text or "<" in line.text):
        return
    opening = _OPENS.match(line.text)
    if opening:
        yield _mark(part, line, opening, opens=True)
    start = opening.end() if opening else 0
    if "=" not in line.text:
        for found in _MARK.finditer(line.text, start):
            yield _mark(part, line, found, opens=False)


def _mark(part: Part, line: Located, found: regex.Match[str], opens: bool) -> FootMark:
    mark = found["angle"] or found["garant"] or found["star"]
    return FootMark(mark=mark, opens=opens, raw=shortened(line.text) if opens else found[0], address=Address(part=part), place=line.place)
