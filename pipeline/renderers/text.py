"""Plain text for the terminal: aligned tables, colour only where the screen knows it."""

import io
from collections.abc import Iterable, Iterator, Sequence

import regex
from rich import box
from rich.console import Console, JustifyMethod
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.renderer import Renderer, Screen
from schemas.report import Entry, Line, Piece, Report, ReportRow, ReportTable, TableCell, Tone

_STYLES = {
    Tone.PLAIN: "", Tone.STRONG: "bold", Tone.QUIET: "dim",
    Tone.ERROR: "bold red", Tone.WARNING: "yellow", Tone.NOTE: "cyan",
    Tone.PRIMARY: "green", Tone.DERIVED: "dim", Tone.UNEXPLAINED: "bold red",
    Tone.REMOVED: "red strike", Tone.ADDED: "bold green", Tone.POINTED: "bold red",
}  # fmt: skip
_STEP = 2
_GAP = "   "  # between two columns
_SHORT = 6  # signs of a number or a code that stands before what it numbers
_BLANK = regex.compile(r"[ \n\t]")  # where a line may be broken: not at the blank of «2 600,0», which is a narrow one
_MARKS = {Tone.REMOVED: ("[-", "-]"), Tone.ADDED: ("{+", "+}")}


def render(report: Report, screen: Screen) -> bytes:
    """The report as UTF-8 text of the screen's width."""
    out = io.StringIO()
    console = Console(
        file=out, width=screen.width, force_terminal=screen.colour, no_color=not screen.colour, highlight=False,
        color_system="standard" if screen.colour else None, legacy_windows=False, emoji=False, markup=False,
    )  # fmt: skip
    console.print(Text(report.title, style="bold"))
    for line in report.subtitle:
        console.print(Text(line))
    if report.facts:
        console.print()
        width = max(len(fact.name) for fact in report.facts)
        for fact in report.facts:
            console.print(Text(f"{fact.name:<{width}}  ") + Text(fact.value, style=_STYLES[fact.tone]))
    if report.gist:
        console.print()
        for told in report.gist:
            _print(told, console, screen)
    for section in report.sections:
        console.print()
        title = Text(section.title, style=("bold underline" if section.level == 1 else "bold") if screen.colour else "")
        console.print(title)
        for item in _flat(section.lines):
            _print(item, console, screen)
        if section.table:
            _print(section.table, console, screen)
    text = out.getvalue()
    return ("\n".join(line.rstrip() for line in text.splitlines()) + "\n").encode()


def _flat(items: Iterable[Line | ReportTable | Entry]) -> Iterator[Line | ReportTable]:
    for item in items:
        if isinstance(item, Entry):
            yield from item.lines
            yield from item.folded
        else:
            yield item


def _print(item: Line | ReportTable, console: Console, screen: Screen) -> None:
    margin = (0, 0, 0, _STEP * item.indent)
    if isinstance(item, ReportTable):
        widths = fitted(_contents(item, screen), screen.width - margin[3])
        if widths is None and item.is_headed:
            _stack(item, console, screen)
        else:
            for heading, part in _by_heading(item):
                if heading is not None:
                    console.print(Padding(_text(heading.cells[0].pieces, screen), margin), style="bold" if screen.colour else "")
                console.print(Padding(_table(item, part, widths, screen, is_first=heading is None), margin))
        return
    console.print(Padding(_text(item.pieces, screen), margin))
    if any(piece.tone == Tone.POINTED for piece in item.pieces):
        pointer = "".join(("^" if piece.tone == Tone.POINTED else " ") * len(piece.text) for piece in item.pieces)
        console.print(Padding(Text(pointer.rstrip(), style=_STYLES[Tone.ERROR]), margin))


def _text(pieces: tuple[Piece, ...], screen: Screen) -> Text:
    made = Text()
    for piece in pieces:
        before, after = _MARKS.get(piece.tone, ("", "")) if not screen.colour else ("", "")
        made.append(f"{before}{piece.text}{after}", style=_STYLES[piece.tone])
    return made


def fitted(columns: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """How wide each column gets so that no word is broken and long texts share alike; None where that cannot be.

    >>> fitted([["C1", "C22"], ["один два три четыре"], ["пять шесть семь"]], 30)
    [3, 11, 10]
    >>> fitted([["одиннадцать", "двенадцать"]], 10) is None
    True
    """
    left = width - len(_GAP) * (len(columns) - 1)
    least = [max((len(word) for text in column for word in _BLANK.split(text)), default=0) for column in columns]
    wanted = [max((len(line) for text in column for line in text.split("\n")), default=0) for column in columns]
    if sum(least) > left:
        return None
    found = dict.fromkeys(range(len(columns)), 0)
    open_ = sorted(found, key=lambda number: (wanted[number] - least[number], number))
    while open_:
        number = open_.pop(0)
        spare = left - sum(least[other] for other in open_)
        found[number] = min(wanted[number], max(least[number], min(spare, left // (len(open_) + 1))))
        left -= found[number]
    return list(found.values())


def _contents(table: ReportTable, screen: Screen) -> list[list[str]]:
    """What stands in each column, its title first, with the signs that mark words."""
    rows = [[_text(cell.pieces, screen).plain for cell in row.cells] for row in table.rows if not row.heading]
    return [[column.title, *(row[number] for row in rows if number < len(row))] for number, column in enumerate(table.columns)]


def _stack(table: ReportTable, console: Console, screen: Screen) -> None:
    """A table that is too wide for the screen: its rows under each other, each cell behind its column's title."""
    for row in table.rows:
        if row.heading:
            console.print(_text(row.cells[0].pieces, screen), style="bold" if screen.colour else "")
            continue
        head, *rest = [(column.title, _text(cell.pieces, screen)) for column, cell in zip(table.columns, row.cells, strict=False)]
        lead = head[1]
        if rest and len(lead.plain) <= _SHORT and not table.columns[1].numeric:
            lead = Text("  ").join(text for text in (lead, rest.pop(0)[1]) if text.plain)
        lead.stylize(_STYLES[row.tone])
        for number, part in enumerate(lead.wrap(console, screen.width - _STEP)):
            console.print(Padding(part, (0, 0, 0, _STEP if number else 0)))
        for title, text in rest:
            if text.plain.strip():
                text.justify = "left"
                console.print(Padding(Text(f"{title}: ", style="dim" if screen.colour else "").append_text(text), (0, 0, 0, _STEP)))


def _by_heading(table: ReportTable) -> Iterator[tuple[ReportRow | None, list[ReportRow]]]:
    """The rows under each heading; first those that stand under none."""
    heading: ReportRow | None = None
    held: list[ReportRow] = []
    for row in table.rows:
        if row.heading:
            yield heading, held
            heading, held = row, []
        else:
            held.append(row)
    yield heading, held


def _table(source: ReportTable, rows: list[ReportRow], widths: list[int] | None, screen: Screen, is_first: bool) -> Table:
    is_headed = source.is_headed and is_first
    table = Table(
        box=box.SIMPLE_HEAD if source.is_headed else None, show_header=is_headed,
        show_edge=False, pad_edge=False, padding=(0, 1), expand=False,
    )  # fmt: skip
    for number, column in enumerate(source.columns):
        justify: JustifyMethod = "right" if column.numeric else "left"
        table.add_column(column.title, justify=justify, no_wrap=column.numeric, overflow="fold", width=widths[number] if widths else None)
    lengths = [
        max((len(_plain(row.cells[n])) for row in source.rows if n < len(row.cells) and not row.heading), default=0)
        for n in range(len(source.columns))
    ]
    for row in rows:
        cells = [_cell(cell, length, screen) for cell, length in zip(row.cells, lengths, strict=False)]
        table.add_row(*cells, style=_STYLES[row.tone] if row.tone in (Tone.STRONG, Tone.QUIET, Tone.DERIVED) else "")
    return table


def _cell(cell: TableCell, width: int, screen: Screen) -> Text:
    """A cell; a number is set flush right by hand: rich would strip the blanks that align its decimals."""
    text = _text(cell.pieces, screen)
    if not cell.numeric:
        return text
    aligned = Text(" " * (width - len(_plain(cell))), justify="left")
    return aligned.append_text(text)


def _plain(cell: TableCell) -> str:
    return "".join(piece.text for piece in cell.pieces) if cell.numeric else ""


renderer = Renderer("text", ".txt", "text/plain; charset=utf-8", render)
