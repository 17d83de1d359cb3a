"""The sample and other documents in the formats that LibreOffice writes."""

import io
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WIDTH = 9000  # of a page, in twentieths of a point


def as_word_writes_it(data: bytes) -> bytes:
    """A .docx with what no reader needs and Word never omits: widths of columns, a paragraph after the last table.

    LibreOffice tells merged cells by their widths, and its .doc loses a table that nothing follows.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                for table in root.iter(f"{_W}tbl"):
                    _give_widths(table)
                body = root[0]
                end = body.find(f"{_W}sectPr")
                body.insert(len(body) if end is None else body.index(end), etree.Element(f"{_W}p"))
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(name, part)
    return out.getvalue()


def _give_widths(table: etree._Element) -> None:
    rows = [[(cell, _span(cell)) for cell in row.iterchildren(f"{_W}tc")] for row in table.iterchildren(f"{_W}tr")]
    columns = max(sum(span for _, span in row) for row in rows)
    for old in table.findall(f"{_W}tblGrid"):
        table.remove(old)
    edges = [_WIDTH * column // columns for column in range(columns + 1)]
    grid = etree.Element(f"{_W}tblGrid")
    for left, right in pairwise(edges):
        etree.SubElement(grid, f"{_W}gridCol").set(f"{_W}w", str(right - left))
    properties = table.find(f"{_W}tblPr")
    table.insert(0 if properties is None else table.index(properties) + 1, grid)
    for row in rows:
        column = 0
        for cell, span in row:
            width = etree.Element(f"{_W}tcW")
            width.set(f"{_W}w", str(edges[column + span] - edges[column]))
            width.set(f"{_W}type", "dxa")
            properties = cell.find(f"{_W}tcPr")
            if properties is not None:
                properties.insert(0, width)
            column += span


def _span(cell: etree._Element) -> int:
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if found is None else int(found.get(f"{_W}val") or 1)


def convert(folder: Path, data: bytes, suffix: str, to: str) -> bytes:
    """What LibreOffice makes of a file: `to` is a suffix, or a suffix with the name of a filter."""
    source = folder / f"source.{suffix}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", to, "--outdir", str(folder / "made"), str(source)],
        check=True,
        capture_output=True,
    )
    return (folder / "made" / f"source.{to.partition(':')[0]}").read_bytes()


def without(record: Any) -> Any:
    """The record of an edition without the places, which differ from format to format, and the file."""
    if isinstance(record, dict):
        kept = {key: value for key, value in record.items() if "place" not in key and not (key == "source" and isinstance(value, dict))}
        return {key: without(value) for key, value in kept.items()}
    return [without(item) for item in record] if isinstance(record, list) else record
