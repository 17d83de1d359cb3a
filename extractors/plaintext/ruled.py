"""Tables drawn with signs → tables: cells between edges, rows between rules.

A rule that does not reach under a cell lets it go on downwards; a row with fewer
uprights has cells over several columns. The lines of a cell are one paragraph, for
nothing tells a broken line from a new paragraph but a blank line; they are joined by a
blank, and without one behind a hyphen, which is kept («аппара-» + «тов» → «аппара-тов»,
«социально-» + «экономический»: no sign is lost or made up). A figure that was broken
keeps its break, unless it parts thousands («1 234» + «567,8»). Rows that no rule parts
are parted by `extractors.plaintext.unruled`, or left unread.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from extractors import errors
from extractors.grid import LooseCell, LooseRow, Merge, lay
from extractors.plaintext import frames, unruled
from extractors.plaintext.frames import Line, Segment
from schemas.blocks import Aside, Block, LeftOut, Paragraph, Table, Unread
from schemas.place import Place

_FIGURE = regex.compile(r"[\d\s.,\-–%]+")
_THOUSANDS = regex.compile(r"-?\d{1,3}(?: \d{3})+(?:,\d+)?")
_BROKEN = regex.compile(r"\w[-\u2010]$")
_PAGE_NUMBER = regex.compile(r"\s*+(?:стр\w*\.?\s*+)?[-–—]?\s*+\d{1,4}\s*+[-–—]?\s*+", regex.I)
_LONGEST_GAP, _MOST_WORDS = 12, 3


class Ruled(NamedTuple):
    """The table of a region, with what is unread of it, the signs of its frame, and in how many slots its lines were cut."""

    blocks: tuple[Block, ...]
    tables: int
    unread: tuple[Unread, ...]
    aside: tuple[Aside, ...]
    frame: str
    slots: int


def regions(lines: Sequence[str]) -> Iterator[range]:
    """The stretches of lines that are drawn tables; one that the end of a page cuts is one."""
    start, last, ruled = 0, range(0), False
    for stretch in _stretches(lines):
        if not (last and _goes_on(lines, last, stretch, ruled)):
            if last and _is_table(lines[start : last.stop]):
                yield range(start, last.stop)
            start, ruled = stretch.start, False
        ruled = ruled or any(frames.is_rule(lines[number]) for number in stretch)
        last = stretch
    if last and _is_table(lines[start : last.stop]):
        yield range(start, last.stop)


def _stretches(lines: Sequence[str]) -> Iterator[range]:
    """Lines with uprights and rules that follow each other."""
    start: int | None = None
    for number in range(len(lines) + 1):
        framed = number < len(lines) and (frames.uprights(lines[number]) > 0 or frames.is_rule(lines[number]))
        if framed and start is None:
            start = number
        if not framed and start is not None:
            yield range(start, number)
            start = None


def _goes_on(lines: Sequence[str], upper: range, lower: range, ruled: bool) -> bool:
    """Whether a table goes on behind the end of a page: cut inside a row, or with nothing but a page number between.

    `ruled` says that rules were met in it: without any, blank lines end a table.
    """
    if lower.start - upper.stop > _LONGEST_GAP:
        return False
    between = [line for line in lines[upper.stop : lower.start] if line.strip()]
    if any("\t" in line for line in between) or len(between) > _MOST_WORDS:
        return False
    cut = ruled and not frames.is_rule(lines[upper.stop - 1])
    if cut and not frames.is_rule(lines[lower.start]):
        return True
    numbered = bool(between) and all(_PAGE_NUMBER.fullmatch(line) for line in between)
    return (cut or numbered) and _edges(lines, upper) == _edges(lines, lower)


def _edges(lines: Sequence[str], region: range) -> tuple[int, ...]:
    return frames.edges([Line.of(0, lines[number]) for number in region])


def _is_table(lines: Sequence[str]) -> bool:
    """At least a rule and a line of cells, or two lines of as many cells."""
    cells = [count for line in lines if not frames.is_rule(line) and (count := frames.uprights(line))]
    rules = sum(map(frames.is_rule, lines))
    return bool(cells) and ((rules > 0 and max(cells) > 1) or rules > 1 or (len(cells) > 1 and min(cells) > 1 and min(cells) == max(cells)))


def left_out(drawn: Iterable[Ruled]) -> tuple[LeftOut, ...]:
    """The frames of all drawn tables."""
    texts = [found.frame for found in drawn]
    if not texts:
        return ()
    reason = "рамки таблиц, начерченные знаками: их место заняли клетки"
    return (LeftOut(kind="table-rules", count=len(texts), characters=sum(map(len, texts)), reason=reason, text="\n".join(texts)),)


def table(lines: Sequence[str], numbers: Sequence[int], index: int, most_slots: int) -> Ruled:
    """The table that these lines draw; lines that fit it nowhere are unread. Raises `TooLarge` above that many slots."""
    drawn = [Line.of(number, line) for number, line in zip(numbers, lines, strict=True)]
    reading = _Reading(drawn, frames.edges(drawn), index)
    slots = len(lines) * len(reading.at)
    if slots > most_slots:
        raise errors.TooLarge(detail="limits.plain_slots")
    reading.read()
    cells, _ = lay(reading.rows)
    frame = "".join(reading.frame)
    return Ruled((Table(index, cells),) if cells else (), len(cells) > 0, tuple(reading.unread), tuple(reading.aside), frame, slots)


class _Cell:
    """A cell that may still grow downwards: its lines with their numbers."""

    __slots__ = ("lines", "rows")

    def __init__(self) -> None:
        self.lines: list[tuple[int, str]] = []
        self.rows = 1

    def blocks(self) -> tuple[Block, ...]:
        return tuple(paragraphs(self.lines))


class _Band(NamedTuple):
    """Lines between two rules, all cut alike: the columns that a rule closed above them, and the lines cut into segments."""

    closed: set[int]
    lines: list[list[Segment]]
    sources: list[Line]
    beside: list[tuple[int, Segment]]  # text beside the end of a rule that does not cross the whole table

    def shape(self) -> list[tuple[int, int]]:
        return [(segment.first, segment.last) for segment in self.lines[0]]


Group = tuple[int, int]
"""The edges between which a cell stands."""


class _Reading:
    def __init__(self, lines: list[Line], at: tuple[int, ...], index: int) -> None:
        self.lines, self.at, self.index = lines, at, index
        self.unread: list[Unread] = []
        self.aside: list[Aside] = []
        self.frame: list[str] = []
        self.laid: list[list[tuple[Group, _Cell]]] = []

    def read(self) -> None:
        """Find all rows, parted where rules or, for want of them, numbers and years part them."""
        cut = [(line, frames.segments(line, self.at)) for line in self.lines]
        if unruled.is_list([(line.text, line.rule, found is not None) for line, found in cut]):
            self._list()
            return
        bands = self._bands(cut)
        for number, band in enumerate(bands):
            self._band(band, alone=number == len(bands) - 1 < unruled.FEW_BANDS)

    @property
    def rows(self) -> list[LooseRow]:
        """What was found, for the grid."""
        seen: set[int] = set()
        made: list[LooseRow] = []
        for row in self.laid:
            cells: list[LooseCell] = []
            for (first, last), cell in row:
                merge: Merge = "" if cell.rows == 1 else "continue" if id(cell) in seen else "start"
                cells.append((() if merge == "continue" else cell.blocks(), last - first, merge))
                seen.add(id(cell))
            made.append(LooseRow(tuple(cells), row[0][0][0] if row else 0))
        return made

    def _list(self) -> None:
        """A table of lines, each a row, whose uprights need not stand in columns (Markdown)."""
        counts = [len(unruled.pieces(line.text)) for line in self.lines if not line.rule]
        usual = Counter(counts).most_common(1)[0][0]
        for line in self.lines:
            found = unruled.pieces(line.text)
            if line.rule or len(found) != usual:
                self._lose(line, "клеток в строке не столько, сколько в таблице")
                continue
            self.frame.append("".join(sign for sign in line.text if sign in frames.UPRIGHT))
            row: list[tuple[Group, _Cell]] = []
            for number, text in enumerate(found):
                row.append(((number, number + 1), _Cell()))
                row[-1][1].lines.append((line.number, text))
            self.laid.append(row)

    def _lose(self, line: Line, reason: str) -> None:
        """A line that is only frame, or one whose cells cannot be told."""
        if line.rule or not line.text.strip(frames.UPRIGHT + " \xa0"):
            self.frame.append("".join(line.text.split()))
        else:
            self.unread.append(Unread(place=Place(table=self.index, line=line.number or None), text=line.text.strip(), reason=reason))

    def _set_apart(self, line: Line) -> None:
        """A line without any upright: the head or the number of the page that begins inside the table."""
        if line.text.strip():
            place = Place(table=self.index, line=line.number or None)
            self.aside.append(Aside(kind="header", mark="", text=line.text.strip(), place=place))

    def _bands(self, cut: list[tuple[Line, list[Segment] | None]]) -> list[_Band]:
        bands: list[_Band] = []
        closed: set[int] = set()
        beside: list[tuple[int, Segment]] = []
        fresh = True
        for line, found in cut:
            if not line.marks and not line.rule:
                self._set_apart(line)
                continue
            if found is None:
                self._lose(line, "линии в строке таблицы сдвинуты: места клеток не определить")
                continue
            here = {column for piece in found if piece.level for column in range(piece.first, piece.last)}
            if here or line.rule:
                self._keep_frame(line, found)
                closed, fresh = (set() if not fresh else closed) | here, True
                beside = [*beside, *((line.number, piece) for piece in found if not piece.level and piece.text.strip())]
                continue
            shape = [(piece.first, piece.last) for piece in found]
            if fresh or not bands or bands[-1].shape() != shape:
                bands.append(_Band(closed if fresh else set(), [], [], beside))
                beside = []
            bands[-1].lines.append(found)
            bands[-1].sources.append(line)
            closed, fresh = set(), False
        for number, piece in beside:
            self._lose(Line(number, piece.text, (), rule=False), "текст на линии под таблицей")
        return bands

    def _keep_frame(self, line: Line, found: list[Segment]) -> None:
        """The signs of the line that are no text of its cells."""
        whole = "".join(line.text.split())
        if not line.rule:
            written = {position for piece in found if not piece.level for position in range(piece.start, piece.start + len(piece.text))}
            whole = "".join(sign for position, sign in enumerate(line.text) if position not in written and not sign.isspace())
        self.frame.append(whole)

    def _band(self, band: _Band, alone: bool) -> None:
        groups = band.shape()
        above = dict(self.laid[-1]) if self.laid else {}
        row = [self._continued(group, above, band.closed) for group in groups]
        for number, piece in band.beside:
            self._beside(number, piece, row)
        texts = [[piece.text for piece in line] for line in band.lines]
        parts = unruled.parts(texts, alone)
        if parts is None:
            for line in band.sources:
                self._lose(line, "строки таблицы не отделены линиями: где кончается одна и начинается другая, не определить")
            return
        for line, found in zip(band.sources, band.lines, strict=True):
            self._keep_frame(line, found)
        for part in parts:
            if part.start:
                row = [pair if number < part.merged else (pair[0], _Cell()) for number, pair in enumerate(row)]
                for _, cell in row[: part.merged]:
                    cell.rows += 1
            for position in range(part.start, part.stop):
                for (_, cell), text in zip(row, texts[position], strict=True):
                    cell.lines.append((band.sources[position].number, text))
            self.laid.append(row)

    def _continued(self, group: Group, above: dict[Group, _Cell], closed: set[int]) -> tuple[Group, _Cell]:
        """The cell above, when no rule closed any of it, or a new one."""
        cell = above.get(group)
        if cell is None or closed & set(range(*group)):
            return group, _Cell()
        cell.rows += 1
        return group, cell

    def _beside(self, number: int, piece: Segment, row: list[tuple[Group, _Cell]]) -> None:
        for (first, last), cell in row:
            if first <= piece.first and piece.last <= last:
                cell.lines.append((number, piece.text))
                return
        self._lose(Line(number, piece.text, (), rule=False), "текст на линии таблицы: к какой клетке он относится, не определить")


def paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[Paragraph]:
    """The lines of a cell as paragraphs, which blank lines part."""
    gathered: list[Paragraph] = []
    for number, text in [*lines, (0, "")]:
        if text.strip():
            gathered.append(Paragraph(text.strip(), number))
        elif gathered:
            yield from _joined(gathered)
            gathered = []


def _joined(lines: list[Paragraph]) -> list[Paragraph]:
    """Lines that a narrow cell broke, as one text; a figure that was broken inside its digits as its lines."""
    text = " ".join(line.text for line in lines)
    if len(lines) == 1 or (_FIGURE.fullmatch(text) and not _THOUSANDS.fullmatch(text)):
        return lines
    parts = [lines[0].text]
    for line in lines[1:]:
        glued = _BROKEN.search(parts[-1][-2:]) and (line.text[0].islower() or line.text[0].isdigit())
        parts.append(line.text if glued else f" {line.text}")
    return [Paragraph("".join(parts), lines[0].line)]
