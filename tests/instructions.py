"""Instructions of amending acts in the notation of `tests/cases/instructions`, and their truth in the same words."""

from collections.abc import Iterable
from typing import Any

from extractors.amendment.operations import Found, found, readings
from extractors.amendment.zones import Annex, Placed
from schemas.amendment import Operation, Step, Unit
from schemas.blocks import Block, Cell, Paragraph, Table
from schemas.place import Place

NAMES = {
    Unit.ACT: "постановление", Unit.TITLE: "заголовок", Unit.PREAMBLE: "преамбула", Unit.PROGRAMME: "программа", Unit.PASSPORT: "паспорт",
    Unit.SUBPROGRAMME: "подпрограмма", Unit.SECTION: "раздел", Unit.SUBSECTION: "подраздел", Unit.PART: "часть", Unit.ARTICLE: "статья",
    Unit.ITEM: "пункт", Unit.SUBITEM: "подпункт", Unit.PARAGRAPH: "абзац", Unit.SENTENCE: "предложение", Unit.APPENDIX: "приложение",
    Unit.TABLE: "таблица", Unit.ROW: "строка", Unit.COLUMN: "графа", Unit.TASK: "задача", Unit.ACTIVITY: "мероприятие",
    Unit.INDICATOR: "показатель", Unit.NOTE: "примечание", Unit.TEXT: "текст",
}  # fmt: skip


def step(one: Step) -> str:
    """«строка 5», «строка «Всего»», «абзац 2–5», «абзац последний»."""
    words = [NAMES[one.unit]]
    if one.number:
        words.append(f"{one.number}–{one.until}" if one.until else one.number)
    if one.label:
        words.append(f"«{one.label}»")
    if one.last:
        words.append("последний")
    if one.described:
        words.append("(описание)")
    return " ".join(words)


def path(steps: Iterable[Step]) -> str:
    """«паспорт > строка «Цель»»."""
    return " > ".join(map(step, steps))


def blocks(text: str) -> tuple[Placed, ...]:
    """Lines as paragraphs, lines that begin with «|» as tables."""
    made: list[Block] = []
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            cells = [Cell.of(r, c, 1, 1, (Paragraph.of(said),)) for r, row in enumerate(rows) for c, said in enumerate(row)]
            made.append(Table(0, tuple(cells)))
            rows = []
        if line.strip():
            made.append(Paragraph.of(line))
    return tuple(Placed(block, Place(paragraph=number)) for number, block in enumerate(made))


def read(text: str, annex: str = "") -> Found:
    """What an operative part says, with the annex «Изменения» if it has one."""
    annexes = [Annex(None, "изменения", "Изменения", blocks(annex))] if annex else []
    return found(readings(blocks(text), annexes))


def told(operation: Operation, fields: Iterable[str]) -> dict[str, Any]:
    """An operation in the notation of the cases: what it does and where, everything that is not at rest, and these fields."""
    if operation.status == "not-understood":
        return {"not": operation.reason or ""}
    full = {
        "item": operation.item, "act": operation.act, "do": str(operation.kind), "at": path(operation.locus), "old": operation.old,
        "new": operation.new, "add": ", ".join(map(step, operation.added)) or None, "after": path(operation.after) or None,
        "before": operation.before or None, "annex": operation.annex, "everywhere": operation.everywhere or None,
        "inflected": operation.inflected or None, "columns": dict(operation.by_column) or None, "marks": list(operation.marks) or None,
        "target": str(operation.target) if operation.target else None,
        "tables": sum(isinstance(block, Table) for block in operation.payload) or None,
    }  # fmt: skip
    told_anyway = {"do", "at", "old", "add", "after", "before", "annex", "everywhere", "inflected", "columns", "tables"}
    given = {"new"} if not full["columns"] else set()
    return {key: value for key, value in full.items() if key in fields or (key in told_anyway | given and value is not None)}
