"""What a row of a table with years as columns is about, and which source its money is of."""

import regex

from extractors.labels import Labels
from extractors.rows import Row
from extractors.sources import is_lead, source_in_column, source_label
from schemas.blocks import Cell

_LETTER = regex.compile(r"\p{L}")


def source_cell(row: Row, labels: Labels) -> Cell | None:
    """The cell that names the row's source: in the column of sources, else wherever a label reads like one."""
    column = row.cols.roles.get("source")
    if column is not None and column != row.cols.roles.get("name"):
        cell = row.slots[column]
        return cell if cell.text and cell.column == column and cell not in (row.cell("name"), row.cell("status")) else None
    own = [cell for cell in row.labelled if source_label(cell.text, labels) or is_lead(cell.text)]
    return next((cell for cell in reversed(own) if cell.column in (row.cols.roles["name"], row.cols.roles.get("responsible"))), None)


def lead_cell(row: Row, labels: Labels) -> Cell | None:
    """The row's own cell that names what it is about: its status, its name, else its first words."""
    source = source_cell(row, labels)
    for cell in (row.cell("status"), row.cell("name")):
        if cell is not None and cell.text and cell is not source:
            return cell
    apart = (source, row.cell("number"), row.cell("term"), row.cell("unit"))
    if row.slots[row.cols.roles["name"]].row < row.index:
        return None  # the name above goes on
    return next((cell for cell in row.labelled if cell not in apart and _LETTER.search(cell.text)), None)


def source_of(row: Row, cell: Cell | None, labels: Labels) -> str | None:
    """The source that the row names in this cell; None where it names none or one that is not known."""
    if cell is None:
        return None
    is_column = row.cols.roles.get("source") not in (None, row.cols.roles.get("name"))
    return source_in_column(cell.text, labels) if is_column else source_label(cell.text, labels)


def sources_in_lines(cell: Cell, labels: Labels) -> list[str]:
    """The sources that one cell names line by line, two or more; none where its lines are one name."""
    lines = [source_label(line, labels) for line in cell.text.split("\n") if not is_lead(line)]
    named = [line for line in lines if line]
    return named if len(named) == len(lines) > 1 else []
