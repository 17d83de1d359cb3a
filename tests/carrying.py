"""Cases of carrying out: fragments of documents in a plain notation, and operations as a lawyer would write them down.

A line is a paragraph; lines that begin with «|» are a table, «^» in a cell joins it to the one above, «<» to the one on its
left, «/» parts the paragraphs of a cell. A path is written «раздел 2 > пункт 3 > абзац 2..4», a name in «…», a description in ~…~.
"""

from typing import Any

import regex

from schemas.amendment import Operation, Step, Unit, Verb
from schemas.blocks import Block, Cell, Document, Paragraph, Table

UNITS = {
    "постановление": Unit.ACT, "программа": Unit.PROGRAMME, "наименование": Unit.TITLE, "преамбула": Unit.PREAMBLE, "паспорт": Unit.PASSPORT,
    "подпрограмма": Unit.SUBPROGRAMME, "раздел": Unit.SECTION, "подраздел": Unit.SUBSECTION, "пункт": Unit.ITEM, "подпункт": Unit.SUBITEM,
    "абзац": Unit.PARAGRAPH, "предложение": Unit.SENTENCE, "приложение": Unit.APPENDIX, "таблица": Unit.TABLE, "строка": Unit.ROW,
    "графа": Unit.COLUMN, "задача": Unit.TASK, "мероприятие": Unit.ACTIVITY, "показатель": Unit.INDICATOR, "сноска": Unit.NOTE, "текст": Unit.TEXT,
}  # fmt: skip
_STEP = regex.compile(
    r"(?P<unit>\p{L}+)(?:\s+(?P<last>последн\p{L}+)|\s+(?P<number>[\dIVX]\S*?|\p{L}(?=\s|$))(?:\.\.(?P<until>\d\S*))?)?(?:\s+(?P<label>[«~].*))?"
)


def document(text: str) -> Document:
    """The document of a fragment."""
    return Document(format="txt", blocks=blocks(text))


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a fragment."""
    made: list[Block] = []
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            made.append(table(rows, sum(isinstance(block, Table) for block in made)))
            rows = []
        if line:
            made.append(Paragraph(line))
    return tuple(made)


def table(rows: list[str], index: int) -> Table:
    """A table from its lines."""
    grid = [[text.strip() for text in row.strip().strip("|").split("|")] for row in rows]
    cells = []
    for y, row in enumerate(grid):
        for x, text in enumerate(row):
            if text in ("^", "<"):
                continue
            right = next((n for n in range(x + 1, len(row)) if row[n] != "<"), len(row))
            down = next((n for n in range(y + 1, len(grid)) if grid[n][x] != "^"), len(grid))
            cells.append(Cell.of(y, x, down - y, right - x, tuple(Paragraph(part.strip()) for part in text.split(" / "))))
    return Table(index, tuple(cells))


def written(made: Document) -> str:
    """The document in the notation of the cases."""
    out: list[str] = []
    for block in made.blocks:
        if isinstance(block, Paragraph):
            out.append(block.text)
            continue
        for y, row in enumerate(block.grid):
            shown = ["^" if cell.row < y else "<" if cell.column < x else cell_text(cell) for x, cell in enumerate(row)]
            out.append(f"| {' | '.join(shown)} |")
    return plain("\n".join(out))


def plain(text: str) -> str:
    """The notation with one blank where there are more."""
    return regex.sub(" +", " ", text).rstrip("\n")


def cell_text(cell: Cell) -> str:
    """The text of a cell; a table in it stands in brackets."""
    parts = [block.text if isinstance(block, Paragraph) else f"[{'; '.join(inner.text for inner in block.cells)}]" for block in cell.blocks]
    return " / ".join(part for part in parts if part)


def path(text: str) -> tuple[Step, ...]:
    """The steps of a path."""
    return tuple(_step(part.strip()) for part in text.split(">")) if text else ()


def _step(text: str) -> Step:
    found = _STEP.fullmatch(text)
    assert found, text
    label = found["label"]
    return Step(
        unit=UNITS[found["unit"]], number=found["number"], until=found["until"], label=label.strip("«»~") if label else None,
        described=True if label and label.startswith("~") else None, last=True if found["last"] else None,
    )  # fmt: skip


def operation(case: dict[str, Any], id_: str = "O1") -> Operation:
    """The operation that a case describes: do, at, old, new, table, added, after, and the flags in `how`."""
    how = case.get("how", "").split()
    payload = blocks(case["payload"]) if "payload" in case else ()
    return Operation(
        id=id_, item=str(case.get("item", id_)), text="", kind=Verb(case["do"]), locus=path(case.get("at", "")), old=case.get("old"),
        new=case.get("new"), payload=payload, added=path(case.get("added", "")), after=path(case.get("after", "")),
        before="before" in how, inflected="inflected" in how, everywhere="everywhere" in how,
        by_column=tuple((name, str(text)) for name, text in case.get("by_column", {}).items()),
    )  # fmt: skip
