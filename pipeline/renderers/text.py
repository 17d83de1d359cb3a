"""Plain text for the terminal: aligned tables, colour only where the screen knows it."""

import io
from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.renderer import Renderer, Screen
from schemas.report import Entry, Line, Piece, Report, ReportTable, TableCell, Tone

_STYLES = {
    Tone.PLAIN: "", Tone.STRONG: "bold", Tone.QUIET: "dim",
    Tone.ERROR: "bold red", Tone.WARNING: "yellow", Tone.NOTE: "cyan",
    Tone.PRIMARY: "green", Tone.DERIVED: "dim", Tone.UNEXPLAINED: "bold red",
    Tone.REMOVED: "red strike", Tone.ADDED: "bold green", Tone.POINTED: "bold red",
}  # fmt: skip
_STEP = 2
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
    for section in report.sections:
        console.print()
        console.print(Text(section.title, style="bold underline" if screen.colour else ""))
        for item in _flat(section.lines):
            _print(item, console, screen)
        if section.table:
            console.print(_table(section.table, screen))
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
        console.print(Padding(_table(item, screen), margin))
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


def _table(source: ReportTable, screen: Screen) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD if source.is_headed else None, show_header=source.is_headed,
        show_edge=False, pad_edge=False, padding=(0, 1), expand=False,
    )  # fmt: skip
    for column in source.columns:
        table.add_column(column.title, justify="right" if column.numeric else "left", no_wrap=column.numeric, overflow="fold")
    widths = [max((len(_plain(row.cells[n])) for row in source.rows if n < len(row.cells)), default=0) for n in range(len(source.columns))]
    for row in source.rows:
        cells = [_cell(cell, width, screen) for cell, width in zip(row.cells, widths, strict=False)]
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
