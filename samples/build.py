"""Makes the Word samples from the one real text: `python samples/build.py` (or `make samples`).

`2023-160/source.docx`  the real edition rendered as a Word file: header cells merged,
                        number, name and responsible merged down over their years, the
                        passport's inner tables nested again.
`2022-192/source.docx`  a constructed predecessor: the same text with the edits of
                        `2022-192/edits.toml`.

and `kozhevnikovo-504-repaired/2023-160/source.txt`, the real text with its errors mended by
the edits that stand beside it.

The same input gives the same bytes: the package's dates are fixed.
"""

import io
import sys
import tomllib
import zipfile
from pathlib import Path

import docx
import regex
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT.parent))

from extractors.reader import read  # noqa: E402
from schemas.blocks import Cell, Document, Paragraph, Table  # noqa: E402

PROGRAMME = ROOT / "kozhevnikovo-504"
REPAIRED = ROOT / "kozhevnikovo-504-repaired" / "2023-160"
INNER_COLUMNS = {"Показатели": 7, "Источники": 8}
VALUE = regex.compile(r"\s*\d+(,\d+)?%?\s*")
YEAR_COLUMN = 2
MERGED_DOWN = {0, 1, 8}


def edited(lines: list[str], edits: Path) -> list[str]:
    """The lines with every edit made; an edit that does not find its text is an error."""
    plan = tomllib.loads(edits.read_text("utf-8"))
    lines = list(lines)
    for edit in plan["edit"]:
        for number in edit["lines"]:
            if edit["old"] not in lines[number - 1]:
                raise SystemExit(f"line {number}: «{edit['old']}» is not there")
            lines[number - 1] = lines[number - 1].replace(edit["old"], edit["new"])
    dropped = {number for span in plan.get("remove", ()) for number in range(span["first"], span["last"] + 1)}
    return [line for number, line in enumerate(lines, 1) if number not in dropped]


def render(document: Document) -> bytes:
    """The document model as a Word file."""
    word = docx.Document()
    body = word.element.body
    for block in document.blocks:
        body.insert(len(body) - 1, paragraph(block.text) if isinstance(block, Paragraph) else table(block))
    raw = io.BytesIO()
    word.core_properties.author = "popravka"
    word.save(raw)
    return with_fixed_dates(raw.getvalue())


def with_fixed_dates(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, (2023, 3, 24, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


def paragraph(text: str) -> etree._Element:
    made = OxmlElement("w:p")
    if text:
        run, held = OxmlElement("w:r"), OxmlElement("w:t")
        held.text = text
        held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(held)
        made.append(run)
    return made


def table(source: Table) -> etree._Element:
    rows = [[cell for cell in source.cells if cell.row == n] for n in range(len(source.grid))]
    made = empty_table(source.width)
    for number, row in enumerate(rows):
        made.append(table_row(row, merges(source, rows, number)))
    return made


def merges(source: Table, rows: list[list[Cell]], number: int) -> dict[int, str]:
    """Which cells of a row begin ("restart") or continue a vertical merge, by column.

    The export says nothing of vertical merges; they are made where Word users make them:
    header cells over both rows, number, name and responsible over the years of a block.
    """
    if source.width != 10:
        return {}
    row, blank = rows[number], {cell.column for cell in rows[number] if not cell.text.strip()}
    if number == 0:
        below = {cell.column for cell in rows[1] if not cell.text.strip()}
        return {cell.column: "restart" for cell in row if cell.column in below}
    if number == 1:
        return dict.fromkeys(blank, "continue")
    if len(row) <= YEAR_COLUMN or "финанс" not in rows[0][3].text:
        return {}
    opens = 0 not in blank
    return {c.column: "restart" if opens else "continue" for c in row if c.column in MERGED_DOWN and (opens or c.column in blank)}


def empty_table(width: int) -> etree._Element:
    made, properties, grid = OxmlElement("w:tbl"), OxmlElement("w:tblPr"), OxmlElement("w:tblGrid")
    style = OxmlElement("w:tblStyle")
    style.set(qn("w:val"), "TableGrid")
    properties.append(style)
    for _ in range(width):
        grid.append(OxmlElement("w:gridCol"))
    made.extend([properties, grid])
    return made


def table_row(cells: list[Cell], merged: dict[int, str]) -> etree._Element:
    made = OxmlElement("w:tr")
    for source in cells:
        made.append(table_cell(content(source), source.column_span, merged.get(source.column)))
    return made


def table_cell(blocks: list[etree._Element], span: int = 1, merge: str | None = None) -> etree._Element:
    made, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    if span > 1:
        spanned = OxmlElement("w:gridSpan")
        spanned.set(qn("w:val"), str(span))
        properties.append(spanned)
    if merge:
        merged = OxmlElement("w:vMerge")
        if merge == "restart":
            merged.set(qn("w:val"), merge)
        properties.append(merged)
    made.extend([properties, *(blocks or [paragraph("")])])
    return made


def content(cell: Cell) -> list[etree._Element]:
    """The cell's paragraphs; a flattened inner table of the passport is nested again."""
    texts = [p.text for p in cell.paragraphs()]
    width = INNER_COLUMNS.get(texts[0].strip()) if texts else None
    if width is None:
        return [paragraph(text) for text in texts]
    return [inner_table(texts, width), paragraph("")]


def inner_table(texts: list[str], width: int) -> etree._Element:
    made = empty_table(width)
    header: list[list[str]] = []
    rest = list(texts)
    while len(header) < width:
        header.append([rest.pop(0)])
        if rest[0].strip() == "год":
            header[-1].append(rest.pop(0))
    made.append(inner_row([[*cell] for cell in header]))
    label: list[str] = []
    while rest:
        if VALUE.fullmatch(rest[0]):
            if label[0].rstrip().endswith(":") and len(label) > 1:
                made.append(inner_row([[label.pop(0)]], width))
            values, rest = rest[: width - 1], rest[width - 1 :]
            made.append(inner_row([label, *([value] for value in values)]))
            label = []
        else:
            label.append(rest.pop(0))
    return made


def inner_row(cells: list[list[str]], span: int = 1) -> etree._Element:
    made = OxmlElement("w:tr")
    for texts in cells:
        made.append(table_cell([paragraph(text) for text in texts], span))
    return made


def acts(folder: Path) -> dict[str, str]:
    """The constructed acts of a step: the honest one, and those made of it by edits, each of which names what stands there once."""
    texts = {"honest": (folder / "honest.txt").read_text("utf-8")}
    for name, plan in tomllib.loads((folder / "edits.toml").read_text("utf-8")).items():
        text = texts["honest"]
        for edit in plan["edit"]:
            if text.count(edit["old"]) != 1:
                raise SystemExit(f"{name}: «{edit['old']}» stands {text.count(edit['old'])} times")
            text = text.replace(edit["old"], edit["new"])
        texts[name] = text
    return texts


def main() -> None:
    real = (PROGRAMME / "2023-160" / "source.txt").read_text("utf-8").split("\n")
    former = edited(real, PROGRAMME / "2022-192" / "edits.toml")
    for folder, lines in (("2023-160", real), ("2022-192", former)):
        target = PROGRAMME / folder / "source.docx"
        target.write_bytes(render(read("\n".join(lines).encode())))
        print(target.relative_to(ROOT.parent))
    folder = PROGRAMME / "2022-192..2023-160" / "acts"
    for name, text in acts(folder).items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
        (folder / f"{name}.docx").write_bytes(render(read(text.encode())))
        print((folder / name).relative_to(ROOT.parent))
    target = REPAIRED / "source.txt"
    target.write_text("\n".join(edited(real, REPAIRED / "edits.toml")), "utf-8")
    print(target.relative_to(ROOT.parent))


if __name__ == "__main__":
    main()
