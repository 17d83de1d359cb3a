"""Small PDF files for tests, written sign by sign, and Word files laid out so that they can be printed."""

import io
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

from lxml import etree

SIZE = (595, 842)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def text(x: float, top: float, written: str, size: float = 10, before: str = "", matrix: str = "1 0 0 1") -> str:
    """A string at a spot measured from the page's top left corner."""
    written = written.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"q BT {before} /F1 {size} Tf {matrix} {x} {SIZE[1] - top} Tm ({written}) Tj ET Q\n"


def line(x0: float, top0: float, x1: float, top1: float) -> str:
    """A ruling line."""
    return f"0.5 w {x0} {SIZE[1] - top0} m {x1} {SIZE[1] - top1} l S\n"


def ruled(xs: list[float], tops: list[float]) -> str:
    """A full grid of lines."""
    across = [line(xs[0], top, xs[-1], top) for top in tops]
    return "".join([*across, *(line(x, tops[0], x, tops[-1]) for x in xs)])


def stream(data: bytes, attributes: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<" + attributes + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream"


def packed(data: bytes, attributes: bytes = b"") -> bytes:
    """A stream packed by Flate."""
    return stream(zlib.compress(data), attributes + b"/Filter/FlateDecode")


IMAGE = stream(b"\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")
PICTURE = "q 500 0 0 700 40 70 cm /Im Do Q\n"  # over most of the page


def pdf(*pages: str, attributes: str = "", extra: tuple[bytes, ...] = (), resources: str = "") -> bytes:
    """A PDF of pages with these contents; `extra` are objects from number 5 on."""
    count = len(pages)
    first = 5 + len(extra)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(), _FONT, IMAGE, *extra]
    for number, content in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {SIZE[0]} {SIZE[1]}]{attributes}/Contents {first + 2 * number + 1} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>/XObject<</Im 4 0 R {resources}>>>>>>".encode()
        )
        objects.append(packed(content.encode("cp1252")))
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    """The objects as a file, with its table of contents."""
    out, starts = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, written in enumerate(objects, 1):
        starts.append(out.tell())
        out.write(b"%d 0 obj\n" % number + written + b"\nendobj\n")
    table = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % start for start in starts)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + rows)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def laid_out(data: bytes, landscape: bool = True, size: int = 10, margin: int = 1000) -> bytes:
    """A Word file with widths for the columns of its tables, borders, a paper size and a font."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _laid_out(part, landscape, size, margin) if name == "word/document.xml" else part)
    return out.getvalue()


def _laid_out(xml: bytes, landscape: bool, size: int, margin: int) -> bytes:
    root = etree.fromstring(xml)
    body = root[0]
    wide, high = (16838, 11906) if landscape else (11906, 16838)
    for table in body.findall(f"{_W}tbl"):
        _widths(table, wide - 2 * margin)
    for section in body.findall(f"{_W}sectPr"):
        body.remove(section)
    section = etree.SubElement(body, f"{_W}sectPr")
    _put(section, "pgSz", w=str(wide), h=str(high))
    _put(section, "pgMar", **dict.fromkeys(("top", "bottom", "left", "right"), str(margin)))
    for run in root.iter(f"{_W}r"):
        properties = run.find(f"{_W}rPr")
        if properties is None:
            properties = etree.Element(f"{_W}rPr")
            run.insert(0, properties)
        _put(properties, "rFonts", ascii="Liberation Serif", hAnsi="Liberation Serif", cs="Liberation Serif")
        _put(properties, "sz", val=str(2 * size))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _put(parent: etree._Element, name: str, **values: str) -> etree._Element:
    return etree.SubElement(parent, f"{_W}{name}", {f"{_W}{key}": value for key, value in values.items()})


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if span is None else int(span.get(f"{_W}val") or 1)


def _widths(table: etree._Element, width: int) -> None:
    columns = table.findall(f"{_W}tblGrid/{_W}gridCol")
    weights = [4.0] * len(columns)
    for row in table.findall(f"{_W}tr"):
        column = 0
        for cell in row.findall(f"{_W}tc"):
            written = "".join(f"{part.text} " for part in cell.iter(f"{_W}t"))
            if _span(cell) == 1:
                longest = max((len(word) for word in written.split()), default=1)
                nested = 90.0 if cell.find(f"{_W}tbl") is not None else 0.0
                weights[column] = max(weights[column], nested or min(45.0, max(longest + 1, len(written) ** 0.62)))
            column += _span(cell)
    widths = [int(width * weight / sum(weights)) for weight in weights]
    for column_element, own in zip(columns, widths, strict=True):
        column_element.set(f"{_W}w", str(own))
    properties = table.find(f"{_W}tblPr")
    assert properties is not None
    _put(properties, "tblW", w=str(sum(widths)), type="dxa")
    borders = _put(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _put(borders, side, val="single", sz="4", space="0", color="000000")
    _put(properties, "tblLayout", type="fixed")
    for row in table.findall(f"{_W}tr"):
        column = 0
        for cell in row.findall(f"{_W}tc"):
            own = sum(widths[column : column + _span(cell)])
            column += _span(cell)
            cell_properties = cell.find(f"{_W}tcPr")
            assert cell_properties is not None
            cell_properties.insert(0, etree.Element(f"{_W}tcW", {f"{_W}w": str(own), f"{_W}type": "dxa"}))
            for inner in cell.findall(f"{_W}tbl"):
                _widths(inner, own - 230)


def printed(folder: Path, files: dict[str, bytes], options: str = "") -> dict[str, bytes]:
    """Word files printed by LibreOffice, in one start of it."""
    program = shutil.which("soffice")
    assert program, "these tests need LibreOffice"
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    names = [str(folder / f"{name}.docx") for name in files]
    subprocess.run(
        [program, profile, "--headless", "--convert-to", f"pdf{options}", "--outdir", str(folder), *names],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}
