"""What lies upon a page of a PDF: filled fields of forms and typed-over text, which a person sees, and notes, which he opens.

ISO 32000-1:2008, 12.5: an annotation draws itself by its appearance stream, whose box is
fitted to the annotation's rectangle (12.5.5); flags hide it (12.5.3).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import decode_text, mult_matrix

_HIDDEN = 0b100010  # flags 2 (hidden) and 6 (no view)
_MOST = 10_000
_NOTES = ("Text", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret")
_SPEECHLESS = ("Popup", "Link", *_NOTES)  # an icon or a stroke is no text
_AS_IT_IS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, float, float, float, float, float]


class Upon(NamedTuple):
    """Appearances to be drawn, each with the matrix that lays it upon the page, and the texts of notes."""

    drawn: list[tuple[PDFStream, Matrix]]
    notes: list[str]


def upon(page: PDFPage) -> Upon:
    """What lies upon the page, in the order of the file."""
    found = Upon([], [])
    for item in _annotations(page):
        kind = name_of(item.get("Subtype"))
        flags = resolve1(item.get("F"))
        if isinstance(flags, int) and flags & _HIDDEN:
            continue
        if kind in _NOTES:
            said = resolve1(item.get("Contents"))
            if isinstance(said, bytes) and said.strip():
                found.notes.append(decode_text(said))
        stream = _appearance(item)
        if kind not in _SPEECHLESS and stream is not None:
            matrix = _laid(stream, resolve1(item.get("Rect")))
            if matrix is not None:
                found.drawn.append((stream, matrix))
    return found


def _annotations(page: PDFPage) -> Iterator[dict[str, Any]]:
    listed = resolve1(page.annots)
    for reference in listed[:_MOST] if isinstance(listed, list) else ():
        item = resolve1(reference)
        if isinstance(item, dict):
            yield item


def _appearance(item: dict[str, Any]) -> PDFStream | None:
    """The normal appearance, of its present state when it has several."""
    known = resolve1(item.get("AP"))
    normal = resolve1(known.get("N")) if isinstance(known, dict) else None
    if isinstance(normal, dict):
        normal = resolve1(normal.get(name_of(item.get("AS"))))
    return normal if isinstance(normal, PDFStream) else None


def _laid(stream: PDFStream, rectangle: Any) -> Matrix | None:
    """The matrix that fits the appearance's box into the rectangle; None for one without extent."""
    box, target, own = _numbers(stream.get("BBox"), 4), _numbers(rectangle, 4), _numbers(stream.get("Matrix"), 6)
    if box is None or target is None:
        return None
    matrix: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if own else _AS_IT_IS
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    low, high = min(y for _, y in corners), max(y for _, y in corners)
    if left >= right or low >= high:
        return None
    x0, x1 = sorted((target[0], target[2]))
    y0, y1 = sorted((target[1], target[3]))
    wide, tall = (x1 - x0) / (right - left), (y1 - y0) / (high - low)
    return mult_matrix(matrix, (wide, 0.0, 0.0, tall, x0 - left * wide, y0 - low * tall))


def _numbers(value: Any, count: int) -> list[float] | None:
    found = resolve1(value)
    if not isinstance(found, list) or len(found) != count:
        return None
    numbers = [resolve1(item) for item in found]
    return [float(item) for item in numbers] if all(isinstance(item, int | float) for item in numbers) else None


def name_of(value: Any) -> str:
    """A name of the file, "" for what is none."""
    found = resolve1(value)
    return "" if found is None or isinstance(found, int | float | list | dict) else str(literal_name(found))
