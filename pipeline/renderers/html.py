"""One self-contained HTML page: no network, everything from a document escaped."""

from pipeline.renderer import Renderer, Screen
from schemas.report import Report, Tone

_ROW_TONES = (Tone.PRIMARY, Tone.DERIVED, Tone.UNEXPLAINED)


def render(report: Report, screen: Screen) -> bytes:  # noqa: ARG001 — a page fits itself to its window
    """The report as a UTF-8 page."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("pipeline.renderers", ""), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.get_template("page.html.jinja")
    return page.render(report=report, tones=[tone.value for tone in _ROW_TONES], labels=_labels(report)).encode()


def _labels(report: Report) -> dict[str, str]:
    from pipeline.wording import Words

    words = Words(report.language)
    return {
        "search": words("Найти в таблицах"),
        "show": words("Показывать"),
        "primary": words("самостоятельные"),
        "derived": words("следствия"),
        "unexplained": words("не объяснённые"),
        "contents": words("Содержание"),
        "shown": words("строк показано"),
    }


renderer = Renderer("html", ".html", "text/html; charset=utf-8", render)
