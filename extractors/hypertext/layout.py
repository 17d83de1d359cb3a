"""Tables that lay out a page, as against tables of a document.

Portals and old sites put the whole page into a table: a menu, the text, an
advertisement. Such a table is looked through, so that the document's own tables stand
where a person sees them. It is one
- that says so itself (role="presentation"),
- of a single cell with more than one block in it: a frame around text,
- of few rows, of which one cell holds a table among other blocks, and nearly all of the
  text. A passport holds tables in its cells, too, but it has many rows, and none of its
  cells holds that much.
"""

from extractors.hypertext.flow import OpenTable

_FEW_ROWS = 5
_MOST = 0.8
_FEW_BLOCKS = 2  # a cell of a passport: a table, and perhaps a word before it


def is_layout(table: OpenTable) -> bool:
    """Whether the table is to be looked through; one without a cell always is."""
    cells = list(table.cells())
    if not cells or table.presentation:
        return True
    if len(cells) == 1:
        return len(cells[0].flow.items) > 1
    if sum(1 for row in table.rows() if row) > _FEW_ROWS:
        return False
    largest = max(cells, key=lambda cell: cell.flow.signs).flow
    holds_tables = any(isinstance(item, OpenTable) for item in largest.items)
    return holds_tables and len(largest.items) > _FEW_BLOCKS and largest.signs > _MOST * sum(cell.flow.signs for cell in cells)
