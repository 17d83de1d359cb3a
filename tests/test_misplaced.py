"""Tables of Word that stand where none may: every text is read, in its own cell, or told of, and the ledger adds up."""

import pytest

from extractors.reader import read
from schemas.blocks import Table
from tests.test_ledger import VIEWS, balanced
from tests.word import p, package, tbl, tc, tr

INNER = tbl(tr(tc("внутри 1"), tc("внутри 2")))
ROW, OTHER = tr(tc("а")), tr(tc("б"))
WHERE = {
    "between rows": tbl(ROW, INNER, OTHER),
    "before the first row": tbl(INNER, ROW, OTHER),
    "behind the last row": tbl(ROW, OTHER, INNER),
    "in a control between rows": tbl(ROW, f"<w:sdt><w:sdtContent>{INNER}</w:sdtContent></w:sdt>", OTHER),
    "before the first cell": tbl(f"<w:tr>{INNER}{tc('а')}{tc('б')}</w:tr>"),
    "between cells": tbl(f"<w:tr>{tc('а')}{INNER}{tc('б')}</w:tr>"),
    "behind the last cell": tbl(f"<w:tr>{tc('а')}{tc('б')}{INNER}</w:tr>"),
    "in a row without cells": tbl(ROW, f"<w:tr>{INNER}</w:tr>", OTHER),
    "in a paragraph": tbl(tr(tc(f"<w:p>{INNER}</w:p>"), tc("а"), tc("б"))),
    "in a row of a table that is misplaced itself": tbl(ROW, tbl(tr(tc(INNER))), OTHER),
}


@pytest.mark.parametrize("where", WHERE)
def test_a_misplaced_table_is_read(where: str) -> None:
    """Its cells are cells, those around it keep their texts, and no sign is lost or doubled."""
    data = package(WHERE[where] + p("конец"))
    for view in VIEWS:
        balanced(data, view)
    texts = [text for block in read(data).blocks if isinstance(block, Table) for text in cell_texts(block)]
    assert sorted(filter(None, texts)) == ["а", "б", "внутри 1", "внутри 2"]
    assert not read(data).unread


def cell_texts(table: Table) -> list[str]:
    """The own text of each cell, those of nested tables behind."""
    found = []
    for cell in table.cells:
        found.append("".join(block.text for block in cell.blocks if not isinstance(block, Table)))
        found.extend(text for block in cell.blocks if isinstance(block, Table) for text in cell_texts(block))
    return found


def test_cells_outside_of_rows_are_told_of() -> None:
    """A table without a row shows nothing; its text is unread."""
    data = package(f"<w:tbl>{tc('а')}{tc('б')}</w:tbl>" + p("конец"))
    balanced(data, "final")
    assert [item.text for item in read(data).unread] == ["аб"]
