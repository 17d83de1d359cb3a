"""Document → the zones of a resolution: head, preamble, operative part, signature, annexes.

A resolution is known by its heading («ПОСТАНОВЛЕНИЕ», letters spaced or not) or by its enacting
verb; either must stand before the operative part. Pages laid out in a table are opened.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from extractors.amendment import kinds, signs
from extractors.text import squeeze
from schemas.blocks import Block, Document, Paragraph, Table
from schemas.place import Place

_HEAD_REACH = 80  # blocks before the operative part; a preamble may list a dozen laws
_HEADINGS_REACH = 25  # blocks among which the heading stands


class Placed(NamedTuple):
    """A block with its place; what was cut off a paragraph has a span."""

    block: Block
    place: Place

    @property
    def text(self) -> str:
        """The paragraph's text, or that of all cells."""
        if isinstance(self.block, Paragraph):
            return self.block.text.replace("\v", "\n")
        return "\n".join(cell.text for cell in self.block.cells if cell.text)


class Annex(NamedTuple):
    """What the act carries behind its signature.

    `kind` is «приложение», or «изменения» where the annex holds the instructions; `heading` the lines that
    make it an annex of this act («Приложение № 1 к постановлению …»), `blocks` everything behind them.
    """

    number: str | None
    kind: str
    title: str
    blocks: tuple[Placed, ...]
    heading: tuple[Placed, ...] = ()


class Zones(NamedTuple):
    """The zones in order; `operative` begins with the first item, `tail` with the signature."""

    head: tuple[Placed, ...]
    preamble: tuple[Placed, ...]
    operative: tuple[Placed, ...]
    tail: tuple[Placed, ...]
    annexes: tuple[Annex, ...]


def zones(document: Document) -> Zones | None:
    """The zones of the resolution that the document holds; None if it holds none."""
    lines = placed(document)
    first = tuple(islice(lines, _HEAD_REACH))
    if kinds.other_heading([line.text for line in first[:_HEADINGS_REACH]]) is not None:
        return None
    opened = _opening(first)
    if opened is None:
        return None
    head, preamble, rest = opened[0], opened[1], (*opened[2], *lines)
    operative, tail, behind = _closing(rest)
    last = len(behind)
    while last and signs.clerk(behind[last - 1].text):
        last -= 1
    tail, behind = (*tail, *behind[last:]), behind[:last]
    return Zones(head, preamble, operative, tail, tuple(_annexes(behind)))


def other_kind(document: Document) -> str | None:
    """Why the document is another kind, by its heading; None if it has none that is known."""
    return kinds.other_heading([line.text for line in islice(placed(document), _HEADINGS_REACH)])


def placed(document: Document) -> Iterator[Placed]:
    """The written blocks of a document in order; a table that only lays out a page is opened."""
    yield from _placed(document.blocks, Place())


def _placed(blocks: Sequence[Block], inside: Place) -> Iterator[Placed]:
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            if _is_frame(block):
                for cell in block.cells:
                    yield from _placed(cell.blocks, Place(table=block.index, row=cell.row, column=cell.column, inside=block.inside))
            elif block.cells:
                yield Placed(block, block.place(block.cells[0]))
        elif block.text.strip():
            yield Placed(block, inside._replace(paragraph=number, line=block.line or None, page=block.page or None))


def _is_frame(table: Table) -> bool:
    """Whether a whole page stands in the table: one of its cells holds the enacting verb and paragraphs behind it."""
    for cell in table.cells:
        if len(cell.blocks) > 2 and any(
            (isinstance(block, Paragraph) and signs.enacting(block.text)) or (isinstance(block, Table) and _is_frame(block))
            for block in cell.blocks[:_HEAD_REACH]
        ):
            return True
    return False


def _opening(lines: tuple[Placed, ...]) -> tuple[tuple[Placed, ...], tuple[Placed, ...], tuple[Placed, ...]] | None:
    """(head, preamble, the rest), told by the enacting verb, or by the heading and the first item."""
    heading = next((n for n, line in enumerate(lines[:_HEADINGS_REACH]) if _is_heading(line)), None)
    for number, line in enumerate(lines):
        if heading is None and number >= _HEADINGS_REACH:
            return None
        if signs.annex_heading(line.text) and heading is None:
            return None  # an edition, an annex on its own
        cut = signs.enacting(line.text, sure=heading is not None) if isinstance(line.block, Paragraph) else None
        if cut is not None:
            upper = _cut(line, 0, cut)
            lower = _cut(line, cut, len(line.text))
            before = _preamble_start(lines[:number], heading)
            return lines[:before], (*lines[before:number], *upper), (*lower, *lines[number + 1 :])
    if heading is None:
        return None
    first = next((n for n, line in enumerate(lines) if n > heading and signs.first_instruction(line.text)), None)
    if first is None:
        return None
    before = _preamble_start(lines[:first], heading)
    return lines[:before], lines[before:first], lines[first:]


def _is_heading(line: Placed) -> bool:
    return any(signs.act_word(part) for part in line.text.split("\n"))


def _cut(line: Placed, start: int, end: int) -> tuple[Placed, ...]:
    """A piece of a paragraph, if anything is written in it; the whole paragraph stays as it is."""
    text = line.text[start:end]
    if not text.strip() or not isinstance(line.block, Paragraph):
        return ()
    if len(text.strip()) == len(line.text.strip()):
        return (line,)
    return (Placed(line.block._replace(text=text), line.place._replace(span=(start, end))),)


def _preamble_start(lines: Sequence[Placed], heading: int | None) -> int:
    """Where the preamble begins: with the first line of its usual words; else where the last title-like line ends."""
    start = 0 if heading is None else heading + 1
    for number in range(start, len(lines)):
        if signs.preamble(lines[number].text):
            return number
    return len(lines)


def _closing(rest: tuple[Placed, ...]) -> tuple[tuple[Placed, ...], tuple[Placed, ...], tuple[Placed, ...]]:
    """(operative part, tail, what stands behind): the tail begins with the first signature, and ends with the first annex."""
    start = next((n for n in range(len(rest)) if signs.signature([squeeze(line.text) for line in rest[n : n + 5]])), None)
    if start is None:
        stop = next((n for n, line in enumerate(rest) if n and signs.annex_heading(line.text) and not _is_open(rest[n - 1])), len(rest))
        return rest[:stop], (), rest[stop:]
    stop = next((n for n in range(start, len(rest)) if signs.annex_heading(rest[n].text)), len(rest))
    return rest[:start], rest[start:stop], rest[stop:]


def _is_open(line: Placed) -> bool:
    """Whether a new wording must follow: «изложить в следующей редакции:»."""
    return line.text.rstrip().endswith(":")


def _annexes(lines: tuple[Placed, ...]) -> Iterator[Annex]:
    """The annexes: those «к постановлению», if there are such; else each that has a heading of its own."""
    starts = [n for n, line in enumerate(lines) if signs.annex_heading(line.text)]
    own = [n for n in starts if signs.of_this_act([line.text for line in lines[n : n + 4]])]
    starts = own or starts
    if lines and (not starts or starts[0] != 0):
        starts = [0, *starts]
    for start, stop in pairwise([*starts, len(lines)]):
        yield _annex(lines[start:stop], is_own=start in own)


def _annex(lines: tuple[Placed, ...], *, is_own: bool) -> Annex:
    texts = [line.text for line in lines]
    behind = signs.stamp_end(texts) if is_own else 0
    title = signs.annex_title(texts[behind:])
    kind = "изменения" if signs.of_changes(title) else "приложение"
    return Annex(signs.annex_number(texts[0]), kind, title, lines[behind:], lines[:behind])
