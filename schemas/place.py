"""Where in the file a thing stands. Where in the programme: see `address`."""

from schemas.base import SparseShape


class Place(SparseShape):
    """A spot in the source file.

    `table`      number of the table in document order from 0, nested ones counted
    `row`, `column`  slot of the table's grid, from 0
    `paragraph`  number of the block in its container (cell, or document), from 0
    `line`       line of a text file, from 1
    `page`       page of a PDF, from 1
    `span`       characters of the paragraph, from 0, end excluded
    `inside`     for a nested table: the cell that holds it
    """

    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    line: int | None = None
    page: int | None = None
    span: tuple[int, int] | None = None
    inside: "Place | None" = None
