"""One self-contained HTML page: no network, everything from a document escaped."""

from collections.abc import Iterator

from pipeline.renderer import Renderer, Screen
from schemas.blocks import Cell, Table
from schemas.report import Entry, Report, Tone

_FILTERS = {
    Tone.PRIMARY: "самостоятельные",
    Tone.DERIVED: "следствия",
    Tone.UNEXPLAINED: "не объяснённые",
    Tone.ERROR: "ошибки",
    Tone.WARNING: "предупреждения",
    Tone.NOTE: "замечания",
}


def render(report: Report, screen: Screen) -> bytes:  # noqa: ARG001 — a page fits itself to its window
    """The report as a UTF-8 page."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("pipeline.renderers", ""), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.get_template("page.html.jinja")
    tones = set(_filterable(report))
    filters = [tone.value for tone in _FILTERS if tone in tones]
    return page.render(report=report, filters=filters, labels=_labels(report), rows=_rows).encode()


def _filterable(report: Report) -> Iterator[Tone]:
    """The tones of all that the page can hide and show."""
    for section in report.sections:
        yield from (item.tone for item in section.lines if isinstance(item, Entry))
        yield from (row.tone for row in (section.table.rows if section.table else ()) if row.anchor)


def _rows(table: Table) -> list[list[Cell]]:
    """The cells of a source's table, each once, row by row."""
    rows: list[list[Cell]] = [[] for _ in table.grid]
    for cell in table.cells:
        rows[cell.row].append(cell)
    return rows


def _labels(report: Report) -> dict[str, str]:
    from pipeline.wording import Words

    words = Words(report.language)
    return {
        "search": words("Найти на странице"),
        "show": words("Показывать"),
        "contents": words("Содержание"),
        "shown": words("показано"),
        "document": words("Документ"),
        "table": words("Таблица"),
        "back": words("к находке"),
        **{tone.value: words(name) for tone, name in _FILTERS.items()},
    }


renderer = Renderer("html", ".html", "text/html; charset=utf-8", render)
