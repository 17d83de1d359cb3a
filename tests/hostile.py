"""Documents that mean harm: every text of an edition and of its file becomes an attempt to be obeyed by the page."""

from typing import Any

from schemas.blocks import Block, Cell, Document, Paragraph, Table
from schemas.edition import Edition

ATTEMPTS = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(2)</script>',
    "' autofocus onfocus='alert(3)",
    "</script></style></title><script>alert(4)</script>",
    '" onmouseover="alert(5)',
    "{{ 7*7 }}{% raw %}<svg/onload=alert(6)>",
    "<a href=javascript:alert(7)>x</a>]]>--><!--",
)
_FREE = {
    "file",
    "title",
    "name",
    "label",
    "text",
    "term",
    "responsible",
    "result",
    "method",
    "unit",
    "issuer",
    "number",
    "raw",
    "curator",
    "goal",
}


def poisoned(edition: Edition, turn: int) -> Edition:
    """The edition with an attempt in each of its free texts; another `turn` gives other attempts."""
    count = turn

    def walk(value: Any, key: str = "") -> Any:
        nonlocal count
        if isinstance(value, dict):
            return {name: walk(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [walk(item, "text" if key in ("paragraphs", "tasks", "executors") and isinstance(item, str) else key) for item in value]
        if isinstance(value, str) and key in _FREE:
            count += 1
            return f"{value} {ATTEMPTS[count % len(ATTEMPTS)]}"
        return value

    return Edition.model_validate(walk(edition.record()))


def poisoned_document(document: Document) -> Document:
    """The document with an attempt at the end of each paragraph."""

    def block(source: Block) -> Block:
        if isinstance(source, Paragraph):
            return source._replace(text=f"{source.text} {ATTEMPTS[len(source.text) % len(ATTEMPTS)]}")
        cells = tuple(Cell.of(c.row, c.column, c.row_span, c.column_span, tuple(map(block, c.blocks))) for c in source.cells)
        return Table(source.index, cells, source.inside)

    return Document(document.format, tuple(map(block, document.blocks)))
