"""The ledger of text: what of a source was read, and what was left out and why."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from extractors.leftovers import signs
from extractors.text import shortened
from pipeline.wording import Words
from schemas.blocks import Block, Document, Paragraph, Table
from schemas.edition import SourceFile
from schemas.report import Fact, Figure, Report, ReportColumn, ReportRow, ReportSection, ReportTable, cell

KIND_NAMES = {
    "paragraph": "абзацы вне таблиц",
    "table": "таблицы",
    "unread": "не разложено по местам",
    "header": "верхние колонтитулы",
    "footer": "нижние колонтитулы",
    "footnote": "сноски",
    "endnote": "концевые сноски",
    "comment": "примечания рецензентов",
    "wordart": "надписи WordArt",
    "navigation": "меню и обрамление страницы",
    "computed": "автоматические номера (в файле их нет)",
}
LEFT_NAMES = {
    "deleted": "удалённое",
    "inserted": "вставленное",
    "hidden": "скрытый текст",
    "field-code": "коды полей",
    "alternate": "вторые записи",
    "ruby": "подсказки к словам",
    "invisible": "знаки без ширины",
    "note-mark": "знаки сносок",
    "drawing": "надписи в рисунках",
    "glossary": "заготовки текста",
    "embedded": "вложенные документы",
    "table-rules": "линии таблиц",
    "table-frame": "рамки таблиц",
    "repeated-header": "повторы шапки",
    "scan": "страницы-картинки",
}


def ledger_report(source: SourceFile, document: Document, words: Words) -> Report:
    """What was read by kind, what was left out by kind and reason; `data` is the machine's form."""
    read = _read(document)
    left = document.left_out
    read_columns = (
        ReportColumn(title=words("Что")),
        ReportColumn(title=words("Частей"), numeric=True),
        ReportColumn(title=words("Знаков"), numeric=True),
    )
    left_columns = (*read_columns, ReportColumn(title=words("Почему")), ReportColumn(title=words("Начало")))
    sections = (
        ReportSection(
            title=words("Прочитано"),
            table=ReportTable(columns=read_columns, rows=tuple(_row(words(KIND_NAMES.get(kind, kind)), *counts) for kind, counts in read.items())),
        ),
        ReportSection(
            title=words("Оставлено"),
            table=ReportTable(
                columns=left_columns,
                rows=tuple(_row(words(LEFT_NAMES.get(item.kind, item.kind)), item.count, item.characters, words.reason(item.reason), shortened(item.text, 60)) for item in left),
            ),
        ),
    )  # fmt: skip
    kept = sum(characters for kind, (_, characters) in read.items() if kind != "computed") - document.computed
    facts = (
        Fact(name=words("Знаков без пробелов"), value=str(kept + sum(item.characters for item in left))),
        Fact(name=words("Прочитано"), value=str(kept)),
        Fact(name=words("Оставлено"), value=str(sum(item.characters for item in left))),
    )
    return Report(
        language=words.language, title=words("Учёт текста"), subtitle=(source.file,), facts=facts,
        sections=tuple(section for section in sections if section.table and section.table.rows),
        data=ledger_record(source, document),
    )  # fmt: skip


def ledger_record(source: SourceFile, document: Document) -> dict[str, Any]:
    """The ledger as plain JSON values."""
    read = [{"kind": kind, "count": count, "characters": characters} for kind, (count, characters) in _read(document).items()]
    return {
        "source": source.record(),
        "read": read,
        "left_out": [item.record() for item in document.left_out],
        "notes": [note.record() for note in document.notes],
    }


def _read(document: Document) -> dict[str, tuple[int, int]]:
    """Pieces and characters of each kind that was read; blanks are not counted."""
    pieces: dict[str, list[str]] = {"paragraph": [], "table": []}
    for block in document.blocks:
        pieces["table" if isinstance(block, Table) else "paragraph"].append("".join(_texts((block,))))
    pieces["unread"] = [item.text for item in document.unread]
    for aside in document.aside:
        pieces.setdefault(aside.kind, []).append(aside.text)
    counted = {kind: (len(texts), sum(map(signs, texts))) for kind, texts in pieces.items() if texts}
    return counted | ({"computed": (document.computed, document.computed)} if document.computed else {})


def _texts(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for inner in block.cells:
                yield from _texts(inner.blocks)


def _row(name: str, count: int, characters: int, *more: str) -> ReportRow:
    numbers = (
        cell(f"{value:,}".replace(",", "\u00a0"), numeric=True, figure=Figure(value=Decimal(value))) for value in (count, characters)
    )
    return ReportRow(cells=(cell(name), *numbers, *(cell(text) for text in more)))
