"""Plain text for the terminal: aligned tables, colour only where the screen knows it."""

import io
from typing import Literal

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.renderer import Renderer, Screen
from schemas.report import Piece, Report, ReportTable, Tone

_STYLES = {
    Tone.PLAIN: "", Tone.STRONG: "bold", Tone.QUIET: "dim",
    Tone.ERROR: "bold red", Tone.WARNING: "yellow", Tone.NOTE: "cyan",
    Tone.PRIMARY: "green", Tone.DERIVED: "dim", Tone.UNEXPLAINED: "bold red",
    Tone.REMOVED: "red strike", Tone.ADDED: "bold green",
}  # fmt: skip
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
        for item in section.lines:
            console.print(Padding(_text(item.pieces, screen), (0, 0, 0, 2 * item.indent)))
        if section.table:
            console.print(_table(section.table, screen))
    text = out.getvalue()
    return ("\n".join(line.rstrip() for line in text.splitlines()) + "\n").encode()


def _text(pieces: tuple[Piece, ...], screen: Screen, justify: Literal["right"] | None = None) -> Text:
    made = Text(justify=justify)
    for piece in pieces:
        before, after = _MARKS.get(piece.tone, ("", "")) if not screen.colour else ("", "")
        made.append(f"{before}{piece.text}{after}", style=_STYLES[piece.tone])
    return made


def _table(source: ReportTable, screen: Screen) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1), expand=False)
    for column in source.columns:
        table.add_column(column.title, justify="right" if column.numeric else "left", no_wrap=column.numeric, overflow="fold")
    for row in source.rows:
        cells = [_text(cell.pieces, screen, "right" if cell.numeric else None) for cell in row.cells]
        table.add_row(*cells, style=_STYLES[row.tone] if row.tone in (Tone.STRONG, Tone.QUIET, Tone.DERIVED) else "")
    return table


renderer = Renderer("text", ".txt", "text/plain; charset=utf-8", render)
