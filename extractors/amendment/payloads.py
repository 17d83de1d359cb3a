"""The new wording that an instruction announces: where it ends, told by structure first and by quotation marks second.

It ends before the next instruction, at the end of its table, or at the end of the act. Marks decide where
they are balanced: nested ones collapse in exports («"О программе "Развитие"»), so that a count that never
comes to nothing proves nothing.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractors.amendment import quotes
from extractors.amendment.boundaries import is_boundary, is_instruction
from extractors.amendment.items import Line, Outline
from extractors.text import joined, squeeze
from schemas.blocks import Block, Cell, Paragraph, Table

NO_QUOTES, NOT_CLOSED, UNCLEAR_END = "new-wording-without-quotes", "quote-not-closed", "unclear-end"
_MOST_DOUBTS = 3  # lines that look like instructions inside an open quotation, until it is taken for one that is not closed
_END_OF_PIECE = regex.compile(r"\s?(?:[;.,]\s*+(?:и )?| и )(?=\S)")
_COLUMN = regex.compile(
    r"(?:[-–—] ?)?в (?:столб\w+|граф\w+|колонк\w+) (?:(?:№|N) ?)?(?P<name>\d{1,2}|[«\"“„][^»\"”“]{1,200}[»\"”“])\s?[-–—:]\s?(?P<said>.*)",
    regex.I | regex.S,
)
_COLUMN_STARTS = regex.compile(r"(?<=[;,]) ?(?=в (?:столб|граф|колонк))", regex.I)


class Payload(NamedTuple):
    """A new wording: its blocks, its text, the line and the words behind it, the liberties taken."""

    blocks: tuple[Block, ...]
    text: str
    next_line: int
    rest: str = ""
    marks: tuple[str, ...] = ()
    by_column: tuple[tuple[str, str], ...] = ()


def payload(lines: Sequence[Line], at: int, first: str, outline: Outline) -> Payload | None:
    """What is announced in the line `at`, beginning with `first` in the line itself; None if nothing follows."""
    columns = _by_column(lines, at, first)
    if columns is not None:
        return columns
    if first:
        inline = _inline(first)
        if inline is not None:
            text, rest, marks = inline
            return Payload((Paragraph.of(text),), text, at + 1, rest, marks)
    elif at + 1 >= len(lines) or (lines[at + 1].table is None and _is_next(lines[at + 1], outline) and not _opens(lines[at + 1].text)):
        return None
    return _Extent(lines, at, first, outline).found()


def _is_next(line: Line, outline: Outline) -> bool:
    return is_instruction(line.text) or (bool(line.number) and outline.follows(line.style, line.number) and is_boundary(line.text))


def _opens(text: str) -> bool:
    return text[:1] in quotes.OPENING and text[:1] != ""


def _inline(text: str) -> tuple[str, str, tuple[str, ...]] | None:
    """A quotation with another instruction behind it in the same line: «…"; пункт 5 исключить»."""
    if not _opens(text):
        return None
    depth = 1
    for at in range(1, len(text)):
        if text[at] not in quotes.CLOSING + quotes.OPENING:
            continue
        depth += 1 if quotes.opens(text, at) else -1
        behind = _END_OF_PIECE.match(text, at + 1)
        if depth < 1 + (depth > 0) and behind and not quotes.opens(text, at) and is_instruction(text[behind.end() :]):
            marks = () if depth == 0 else ("unbalanced-quotes",)
            return text[1:at].strip(), text[behind.end() :], marks
    return None


class _Extent:
    """The lines that a new wording takes up."""

    def __init__(self, lines: Sequence[Line], at: int, first: str, outline: Outline) -> None:
        self.lines, self.at, self.first, self.outline = lines, at, first, outline
        self.begin = at if first else at + 1
        self.quoted = self._is_quoted()
        self.marks: list[str] = []

    def _is_quoted(self) -> bool:
        text = self._text(self.begin)
        return _opens(text.lstrip())

    def _text(self, at: int) -> str:
        if at == self.at:
            return self.first
        line = self.lines[at]
        return line.written if line.table is None else "\n".join(cell.text for cell in line.table.cells if cell.text.strip())

    def found(self) -> Payload:
        end = self._end()
        blocks = list(self._stripped(end))
        if not self.quoted:
            self.marks.append(NO_QUOTES)
        return Payload(tuple(blocks), in_words(blocks), end, "", tuple(dict.fromkeys(self.marks)))

    def _end(self) -> int:
        depth, doubts, closed = 0, list[int](), False
        for at in range(self.begin, len(self.lines)):
            line, text = self.lines[at], self._text(at)
            if at > self.begin and line.table is None and self._ends_before(line, closed=closed):
                return at
            if self.quoted and at > self.begin and line.table is None and _is_next(line, self.outline):
                doubts.append(at)
                if len(doubts) == _MOST_DOUBTS:
                    return self._not_closed(doubts[0])
            if self.quoted and line.table is None and _ends_inside(text, depth):
                self.marks.append(UNCLEAR_END)
            depth += _depth(text)
            closed = quotes.closes(text) or line.table is not None
            if self._is_over(at, depth):
                return at + 1
            if self.quoted and depth <= 0 and quotes.closes(text):
                depth = 0
        if self.quoted and not closed:
            return self._not_closed(doubts[0] if doubts else len(self.lines))
        return len(self.lines)

    def _not_closed(self, end: int) -> int:
        self.marks.append(NOT_CLOSED)
        return end

    def _ends_before(self, line: Line, *, closed: bool) -> bool:
        if quotes.is_mark(line.written):
            return False
        if self.quoted:
            return closed and is_boundary(line.text) and not _opens(line.text)
        return is_boundary(line.text) or (bool(line.number) and self.outline.follows(line.style, line.number))

    def _is_over(self, at: int, depth: int) -> bool:
        """Whether the new wording ends with this line, by its marks or with its table."""
        line, text = self.lines[at], self._text(at)
        following = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if self.quoted:
            is_closed = depth <= 0 and quotes.closes(text)
            return is_closed and (following is None or (following.table is None and not _opens(following.text)) or line.table is not None)
        if line.table is None:
            return False
        return following is None or (following.table is None and not quotes.is_mark(following.written))

    def _stripped(self, end: int) -> Iterator[Block]:
        """The blocks without the marks around them; a mark that stands alone on a line goes."""
        pieces: list[Block] = []
        for at in range(self.begin, end):
            table = self.lines[at].table if at != self.at else None
            if table is not None:
                pieces.append(table)
            elif not quotes.is_mark(self._text(at)):
                pieces.append(Paragraph(self._text(at), self.lines[at].place.line or 0, self.lines[at].place.page or 0))
        if self.quoted and pieces and self._first_mark_stands_in(pieces[0]):
            pieces[0] = _without(pieces[0], opening=True)
        if (
            pieces
            and (self.quoted or _depth(in_words(pieces)) < 0)
            and quotes.closes(_last_text(pieces[-1]))
            and not self._last_is_mark(end)
        ):
            pieces[-1] = _without(pieces[-1], opening=False)
        yield from _paragraph_wise(pieces) if self.quoted else pieces

    def _first_mark_stands_in(self, piece: Block) -> bool:
        return not quotes.is_mark(self._text(self.begin)) and bool(piece)

    def _last_is_mark(self, end: int) -> bool:
        return quotes.is_mark(self._text(end - 1))


def _paragraph_wise(pieces: list[Block]) -> Iterator[Block]:
    """Paragraphs that were each quoted on their own: «…»; «…»."""
    alone = [isinstance(piece, Paragraph) and _opens(piece.text) for piece in pieces[1:]]
    ends = [isinstance(piece, Paragraph) and quotes.closes(piece.text) and _depth(piece.text) < 0 for piece in pieces[:1]]
    for number, piece in enumerate(pieces):
        if isinstance(piece, Paragraph) and alone and all(alone) and all(ends):
            text = quotes.without_opening(piece.text) if number else piece.text
            yield piece._replace(text=quotes.without_closing(text) if number < len(pieces) - 1 else text)
        else:
            yield piece


def _ends_inside(text: str, depth: int) -> bool:
    """Whether the quotation ends before its line does: «…» с 1 января."""
    for at, sign in enumerate(text):
        if sign in quotes.OPENING + quotes.CLOSING:
            depth += 1 if quotes.opens(text, at) else -1
            if depth == 0 and (behind := text[at + 1 :].strip(" .;,")) and behind[0] not in quotes.OPENING:
                return True
    return False


def _depth(text: str) -> int:
    """How many quotations a text opens more than it closes."""
    return sum(1 if quotes.opens(text, at) else -1 for at, sign in enumerate(text) if sign in quotes.OPENING + quotes.CLOSING)


def _last_text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return next((cell.text for cell in reversed(block.cells) if cell.text.strip()), "")


def _without(block: Block, *, opening: bool) -> Block:
    """A paragraph, or a table in its first or last written cell, without the outer mark."""
    change = quotes.without_opening if opening else quotes.without_closing
    if isinstance(block, Paragraph):
        return block._replace(text=change(block.text))
    cells = list(block.cells)
    order = range(len(cells)) if opening else range(len(cells) - 1, -1, -1)
    at = next((number for number in order if cells[number].text.strip()), None)
    if at is None:
        return block
    cells[at] = _cell_without(cells[at], opening=opening)
    return Table(block.index, tuple(cells), block.inside)


def _cell_without(cell: Cell, *, opening: bool) -> Cell:
    blocks = list(cell.blocks)
    order = range(len(blocks)) if opening else range(len(blocks) - 1, -1, -1)
    for at in order:
        inner = blocks[at]
        if not isinstance(inner, Paragraph) or inner.text.strip():
            if isinstance(inner, Paragraph) and quotes.is_mark(inner.text):
                blocks[at] = inner._replace(text="")
            else:
                blocks[at] = _without(inner, opening=opening)
            break
    return Cell.of(cell.row, cell.column, cell.row_span, cell.column_span, tuple(blocks))


def in_words(blocks: Sequence[Block]) -> str:
    """Blocks as plain text: a row of a table on one line, its cells parted by tabs."""
    return "\n".join(joined(block.text) if isinstance(block, Paragraph) else _table_text(block) for block in blocks)


def _table_text(table: Table) -> str:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(squeeze(cell.text))
    return "\n".join("\t".join(row) for row in rows.values())


def _by_column(lines: Sequence[Line], at: int, first: str) -> Payload | None:
    """A row given in words: «- в столбце "Исполнитель": отдел; - в столбце "Срок": 2025 год»."""
    begin = at if first else at + 1
    found: list[tuple[str, list[str]]] = []
    for number in range(begin, len(lines)):
        line = lines[number]
        text = first if number == at else line.text
        if line.table is not None or (found and is_instruction(text) and not _COLUMN.match(text)) or (found and line.number):
            break
        for piece in _COLUMN_STARTS.split(text):
            column = _COLUMN.fullmatch(piece)
            if column:
                found.append((column["name"].strip('«»"“”„ '), [column["said"]]))
            elif not found:
                return None
            else:
                found[-1][1].append(piece)
        begin = number + 1
    if not found:
        return None
    made = tuple((name, _said(pieces)) for name, pieces in found)
    return Payload((), "\n".join(f"{name}: {said}" for name, said in made), begin, by_column=made)


def _said(pieces: list[str]) -> str:
    text = "\n".join(piece.strip() for piece in pieces if piece.strip())
    text = text.rstrip(" ;.,")
    return text[1:-1] if _opens(text) and text[-1:] in quotes.CLOSING else text
