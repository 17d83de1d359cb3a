"""Word files: merged and nested cells on a grid, text as a person sees it, damage refused."""

import io
import zipfile
from itertools import pairwise

import pytest

from extractors import errors
from extractors.reader import read
from schemas.blocks import Paragraph, Table
from tests.word import CONTINUE, RESTART, STRICT, p, package, span, tbl, tc, tr


def grid(body: str) -> list[list[str]]:
    """The texts of the first table's slots."""
    table = next(block for block in read(package(body)).blocks if isinstance(block, Table))
    return [[cell.text for cell in row] for row in table.grid]


def paragraph(body: str) -> str:
    """The text of the first paragraph."""
    (block,) = read(package(f"<w:p>{body}</w:p>")).blocks
    assert isinstance(block, Paragraph)
    return block.text


def test_spans_resolve_to_slots() -> None:
    """A cell over two columns stands in both, one over two rows in both."""
    body = tbl(tr(tc("a", span(2)), tc("b", RESTART)), tr(tc("c"), tc("d"), tc("", CONTINUE)), tr(tc("e"), tc("f"), tc("g")))
    assert grid(body) == [["a", "a", "b"], ["c", "d", "b"], ["e", "f", "g"]]


def test_rows_that_start_late_or_end_early() -> None:
    """Slots left out by gridBefore and gridAfter hold no text; a short row is filled up."""
    body = tbl(
        tr(tc("a"), tc("b"), tc("c")),
        tr(tc("d"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        tr(tc("e")),
    )
    assert grid(body) == [["a", "b", "c"], ["", "d", ""], ["e", "", ""]]


def test_merge_of_another_width_is_a_cell_of_its_own() -> None:
    """A continuation that does not fit what stands above it is not swallowed."""
    body = tbl(tr(tc("a", RESTART), tc("b")), tr(tc("c", CONTINUE + span(2))))
    assert grid(body) == [["a", "b"], ["c", "c"]]


def test_text_hidden_by_a_merge_is_kept_as_unread() -> None:
    """What stands in a merged-away cell is not shown by Word, but it is not dropped in silence."""
    document = read(package(tbl(tr(tc("a", RESTART)), tr(tc("тайна", CONTINUE)))))
    assert [item.text for item in document.unread] == ["тайна"]


def test_legacy_horizontal_merge() -> None:
    """hMerge, as old files have it, widens the cell before it."""
    body = tbl(tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("b")))
    assert grid(body) == [["a", "a", "b"]]


def test_nested_tables_keep_their_place() -> None:
    """A nested table knows its number in the document and the cell that holds it."""
    inner = tbl(tr(tc("x"), tc("y")))
    (outer,) = read(package(tbl(tr(tc("a"), tc(inner + p("")))))).blocks
    assert isinstance(outer, Table)
    nested = outer.cells[1].table()
    assert nested is not None
    assert (outer.index, nested.index) == (0, 1)
    assert nested.inside is not None
    assert (nested.inside.table, nested.inside.row, nested.inside.column) == (0, 0, 1)
    assert outer.cells[1].text == "x\ny"


def test_a_table_inside_a_paragraph() -> None:
    """A table that a malformed file puts into a paragraph is a table; the words around it are paragraphs of their own."""
    inside = tbl(tr(tc("a"), tc(tbl(tr(tc("x"))) + p(""))), tr(tc("b"), tc("c")))
    body = p("до") + f"<w:p><w:r><w:t>перед</w:t></w:r>{inside}<w:r><w:t>после</w:t></w:r></w:p><w:p>{tbl(tr(tc('d')))}</w:p>" + p("")
    blocks = read(package(body)).blocks
    assert [block.text if isinstance(block, Paragraph) else [c.text for c in block.cells] for block in blocks] == [
        "до", "перед", ["a", "x", "b", "c"], "после", ["d"], "",
    ]  # fmt: skip
    assert [block.index for block in blocks if isinstance(block, Table)] == [0, 2]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:r><w:t>26</w:t></w:r><w:proofErr/><w:r><w:t>00,</w:t></w:r><w:r><w:t>0</w:t></w:r>", "2600,0"),
        ("<w:sdt><w:sdtContent><w:r><w:t>в поле</w:t></w:r></w:sdtContent></w:sdt>", "в поле"),
        ("<w:ins><w:r><w:t>новое</w:t></w:r></w:ins><w:del><w:r><w:delText>старое</w:delText></w:r></w:del>", "новое"),
        ("<w:moveTo><w:r><w:t>сюда</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>отсюда</w:t></w:r></w:moveFrom>", "сюда"),
        (
            "<w:smartTag><w:r><w:t>умное</w:t></w:r></w:smartTag><w:hyperlink><w:r><w:t> и ссылка</w:t></w:r></w:hyperlink>",
            "умное и ссылка",
        ),
        ("<w:fldSimple><w:r><w:t>7</w:t></w:r></w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r>", "7"),
        ("<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t><w:br/><w:t>в</w:t><w:noBreakHyphen/><w:t>г</w:t></w:r>", "а\tб\vв-г"),
    ],
)
def test_text_as_a_person_sees_it(body: str, text: str) -> None:
    """Runs are joined, wrappers looked through; deletions and field codes are not read."""
    assert paragraph(body) == text


def test_rows_and_cells_in_content_controls() -> None:
    """A content control around a row or a cell hides nothing."""
    held = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    body = tbl(held(tr(tc("a"), held(tc("b")))))
    assert grid(body) == [["a", "b"]]


def test_strict_files_are_read_like_transitional_ones() -> None:
    """The strict namespace gives the same blocks."""
    body = tbl(tr(tc("a", span(2))), tr(tc("b"), tc("c"))) + p("конец")
    assert read(package(body, STRICT)).record() == read(package(body)).record()


def test_main_part_is_found_by_relationship() -> None:
    """The document need not be called word/document.xml."""
    assert read(package(p("там"), part="custom/main7.xml")).blocks == (Paragraph("там"),)


SHAPES = [
    tr(tc("a", span(2)), tc("b", RESTART)) + tr(tc("c"), tc("d"), tc("", CONTINUE)),
    tr(tc("a"), tc("b"), tc("c")) + tr(tc("d"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("b")),
    tr(tc(p("один") + p("") + p("два")), tc("<w:p><w:r><w:t>26</w:t></w:r><w:r><w:t>00,</w:t><w:br/><w:t>0</w:t></w:r></w:p>")),
    tr(tc("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:tab/><w:t>x</w:t></w:r></w:p>")),
    f"<w:sdt><w:sdtContent>{tr(tc('<w:sdt><w:sdtContent>' + p('в поле') + '</w:sdtContent></w:sdt>'))}</w:sdtContent></w:sdt>",
    tr(tc("<w:p><w:ins><w:r><w:t>новое</w:t></w:r></w:ins><w:hyperlink><w:r><w:t> тут</w:t></w:r></w:hyperlink></w:p>")),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_nested_table_changes_no_other_row(shape: str) -> None:
    """The rows beside a cell that holds a table are read as they are beside one that holds none, and inside it as they are outside."""
    (plain,), (around,) = (read(package(tbl(shape + tr(tc(last)) + shape))).blocks for last in (p("x"), tbl(shape) + p("")))
    assert isinstance(plain, Table)
    assert isinstance(around, Table)
    at = max(cell.row for cell in plain.cells if cell.text == "x")
    assert [cell for cell in around.cells if cell.row != at] == [cell for cell in plain.cells if cell.row != at]
    (holder,) = [cell for cell in around.cells if cell.row == at and cell.column == 0]
    nested, (alone,) = holder.table(), read(package(tbl(shape))).blocks
    assert nested is not None
    assert isinstance(alone, Table)
    assert nested.cells == alone.cells
    assert holder.blocks == (nested, Paragraph(""))


def test_cells_and_paragraphs_out_of_place_are_no_crash() -> None:
    """A cell outside any row, a paragraph outside any cell: nonsense that damaged files hold."""
    for body in (tbl(tc("a") + tr(tc("b"))), tbl(p("x") + tr(tc("b"))), tbl('<w:gridBefore w:val="2"/>' + tr(tc("b")))):
        assert [[cell.text for cell in row] for block in read(package(body)).blocks if isinstance(block, Table) for row in block.grid] == [
            ["b"]
        ]


def _archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.Empty),
        (package(p("текст"))[:200], errors.Damaged),
        (_archive(readme="text"), errors.NotWord),
        (b"PK\x03\x04" + b"\x00" * 60, errors.Damaged),
        (package("<w:p>"), errors.Damaged),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, errors.Damaged),
        (b"%PDF-1.7 ...", errors.Damaged),
        (bytes(range(256)) * 4, errors.UnknownFormat),
        (b" \n\t\n", errors.NoText),
    ],
    ids=["empty", "truncated", "no word file", "broken zip", "broken xml", "doc", "pdf", "binary", "blank"],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, error: type[errors.CannotRead]) -> None:
    """Each kind of damage has its own error."""
    with pytest.raises(error):
        read(data)


def test_entities_are_not_expanded() -> None:
    """A document with an external or a multiplying entity is refused: no office program writes one."""
    body = p("&lol;")
    data = package(body)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("document.xml"):
                text = text.replace(b"<w:document", b'<!DOCTYPE d [<!ENTITY lol SYSTEM "file:///etc/hostname">]><w:document')
            new.writestr(name, text)
    with pytest.raises(errors.Damaged):
        read(out.getvalue())


def test_every_slot_is_covered_once() -> None:
    """Law 3 on a table with everything: each slot belongs to the cell whose rectangle holds it."""
    rows = [
        tr(tc("a", span(2)), tc("b", RESTART)),
        tr(tc("c"), tc("d"), tc("", CONTINUE)),
        tr(tc("e"), properties='<w:gridBefore w:val="2"/>'),
    ]
    (table,) = read(package(tbl(*rows))).blocks
    assert isinstance(table, Table)
    for y, row in enumerate(table.grid):
        for x, cell in enumerate(row):
            assert cell.row <= y < cell.row + cell.row_span
            assert cell.column <= x < cell.column + cell.column_span
    assert sum(cell.row_span * cell.column_span for cell in table.cells) == sum(map(len, table.grid))
    assert all(len(above) == len(below) for above, below in pairwise(table.grid))
