"""One self-contained HTML page: no network, everything from a document escaped."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

from pipeline.page.drawing import drawn
from pipeline.page.typesetting import held_together
from pipeline.renderer import Renderer, Screen
from pipeline.wording import Words
from schemas.blocks import Block, Cell, Table
from schemas.report import Beside, Entry, Report, ReportRow, Tone

_FILTER_WORDS = {
    Tone.UNEXPLAINED: "не объяснено",
    Tone.PRIMARY: "самостоятельные",
    Tone.DERIVED: "следствия",
    Tone.QUIET: "только запись",
    Tone.ERROR: "ошибки",
    Tone.WARNING: "предупреждения",
    Tone.NOTE: "замечания",
}
_LABEL_WORDS = {
    "skip": "К содержанию страницы", "search": "Найти", "show": "Показывать", "contents": "Содержание", "shown": "показано записей",
    "document": "Документ", "table": "Таблица", "back": "к записи", "any": "все", "reset": "Сбросить",
    "as_table": "То же таблицей", "cut": "Столбцы начинаются не с нуля.", "side": "Обе редакции рядом", "former": "прежняя", "latter": "новая",
    "nothing": "Ничего не найдено: измените условия.", "filter": "Отбор", "key": "клавиша",
    "unprinted": "Таблицы документа с отмеченными клетками — на странице в файле; в печать они не идут.",
}  # fmt: skip


class Stretch(NamedTuple):
    """Successive rows of two documents that stand side by side: shown, or folded behind `fold`."""

    fold: str
    rows: list[Beside]


def render(report: Report, screen: Screen) -> bytes:  # noqa: ARG001 — a page fits itself to its window
    """The report as a UTF-8 page."""
    from jinja2 import Environment, PackageLoader
    from markupsafe import Markup

    environment = Environment(loader=PackageLoader("pipeline.page", ""), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["held"] = held_together
    words = Words(report.language)
    style, script = (files("pipeline.page").joinpath(name).read_text("utf-8") for name in ("page.css", "page.js"))
    page = environment.get_template("page.html.jinja").render(
        report=report, words=words, labels={key: words(text) for key, text in _LABEL_WORDS.items()},
        filters=list(_filters(report, words)), keys=_keys(report), chart=drawn, cells=_rows, is_table=_is_table,
        stretches=list(_stretches(report, words)), style=Markup(style), script=Markup(script), hashes=(_hash(style), _hash(script)),
    )  # fmt: skip
    return page.encode()


def _hash(text: str) -> str:
    """By this the page tells the browser which style and which script are its own; no other is obeyed."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _filters(report: Report, words: Words) -> Iterator[tuple[str, str, int]]:
    """The tones of all that the page can hide and show, each with its name and, for changes, how often it occurs.

    Of findings several are told as one: their number stands in the summary.
    """
    found = [item.tone for item in _filterable(report)]
    for tone, name in _FILTER_WORDS.items():
        if tone in found:
            yield tone.value, words(name), 0 if tone in (Tone.ERROR, Tone.WARNING, Tone.NOTE) else found.count(tone)


def _filterable(report: Report) -> Iterator[ReportRow | Entry]:
    for section in report.sections:
        yield from (item for item in section.lines if isinstance(item, Entry))
        yield from (row for row in (section.table.rows if section.table else ()) if row.anchor and not row.heading)


def _keys(report: Report) -> dict[str, dict[str, int]]:
    """For each facet, the number by which the page calls each of its values."""
    return {facet.key: {value: number for number, (value, _) in enumerate(facet.options)} for facet in report.facets}


def _stretches(report: Report, words: Words) -> Iterator[Stretch]:
    """Both documents in stretches: what is the same in both is folded, and it is told how much."""
    for same, grouped in groupby(report.beside, key=lambda row: row.same):
        rows = list(grouped)
        tables = sum(row.new is not None and _is_table(report.shown[-1].document.blocks[row.new]) for row in rows)
        counted = [words.count("{n} таблица", "{n} таблицы", tables)] if tables else []
        counted += [words.count("{n} абзац", "{n} абзаца", len(rows) - tables)] if len(rows) > tables else []
        yield Stretch(words("Без изменений: {what}", what=", ".join(counted)) if same else "", rows)


def _is_table(block: Block) -> bool:
    return isinstance(block, Table)


def _rows(table: Table) -> list[list[Cell]]:
    """The cells of a source's table, each once, row by row."""
    rows: list[list[Cell]] = [[] for _ in table.grid]
    for cell in table.cells:
        rows[cell.row].append(cell)
    return rows


renderer = Renderer("html", ".html", "text/html; charset=utf-8", render)
