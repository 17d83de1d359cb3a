"""PDF files: tables by their lines, paragraphs by the ends of theirs; what is not text is told."""

import pytest

from extractors import values
from extractors.reader import read
from schemas.blocks import Paragraph, Table
from tests.pdfs import line, pdf, ruled, stream, text
from tests.seen import grid, left_out, paragraphs, table


def covered_once(made: Table) -> bool:
    """Whether each slot belongs to exactly one cell."""
    slots = [
        (row, column)
        for cell in made.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    return len(slots) == len(set(slots)) == len(made.grid) * made.width


def test_merged_cells() -> None:
    """A cell over two columns and a cell over two rows cover their slots, and each slot is covered once."""
    lines = [
        line(100, 100, 400, 100), line(100, 130, 400, 130), line(200, 160, 400, 160), line(100, 190, 400, 190),
        line(100, 100, 100, 190), line(200, 130, 200, 190), line(300, 130, 300, 190), line(400, 100, 400, 190),
    ]  # fmt: skip
    texts = [text(103, 120, "wide"), text(103, 150, "tall"), text(203, 150, "a"), text(303, 150, "b"), text(203, 180, "c")]
    document = read(pdf("".join([*lines, *texts])))
    assert grid(document) == [["wide", "wide", "wide"], ["tall", "a", "b"], ["tall", "c", ""]]
    assert covered_once(table(document))
    assert [cell.blocks[0].page for cell in table(document).cells if isinstance(cell.blocks[0], Paragraph)] == [1] * 6


def test_lines_drawn_as_thin_boxes_and_boxes() -> None:
    """Ruling lines may be filled boxes, thin ones, or the edges of stroked ones."""
    thin = "".join(f"100 {742 - 30 * n} 200 0.7 re f\n" for n in range(3)) + "100 682 0.7 60 re f 300 682 0.7 60 re f\n"
    boxes = "100 500 100 30 re 200 500 100 30 re S\n"
    document = read(pdf(thin + text(103, 120, "x") + text(103, 150, "y") + boxes + text(103, 332, "l") + text(203, 332, "r")))
    made = [block for block in document.blocks if isinstance(block, Table)]
    assert [[[cell.text for cell in row] for row in one.grid] for one in made] == [[["x"], ["y"]], [["l", "r"]]]


def test_sides_left_open() -> None:
    """A table whose outer lines are not drawn is closed where its inner ones end."""
    lines = line(100, 130, 300, 130) + line(100, 160, 300, 160) + line(200, 110, 200, 190)
    texts = "".join(text(x, top, f"{x}{top}") for x in (105, 205) for top in (125, 150, 180))
    assert grid(read(pdf(lines + texts))) == [["105125", "205125"], ["105150", "205150"], ["105180", "205180"]]


def test_table_inside_a_cell() -> None:
    """A net of lines inside a cell, whether it touches the cell or not, is a table of its own with its place."""
    outer = ruled([50, 150, 500], [100, 300])
    apart = ruled([170, 300, 450], [150, 180, 210])
    touching = ruled([156, 300, 494], [100, 130, 160])
    words = text(55, 120, "label") + text(160, 290, "below")
    for inner, top in ((apart, 170), (touching, 120)):
        made = table(read(pdf(outer + inner + words + text(175, top, "x") + text(305, top, "y"))))
        nested = made.cells[1].table()
        assert nested is not None
        assert nested.inside is not None
        assert (nested.index, nested.inside.table, nested.inside.column) == (1, 0, 1)
        assert [cell.text for cell in nested.cells] == ["x", "y", "", ""]
        assert made.cells[1].text.endswith("below")
        assert covered_once(made)
        assert covered_once(nested)


def test_lines_of_a_cell_become_paragraphs() -> None:
    """A line that fills its cell goes on in the next; a short one, or a list's next item, ends its paragraph."""
    lines = ["Development of the", "municipal service in", "the district;", "2) second item"]
    content = ruled([100, 200, 300], [100, 180]) + "".join(text(103, 112 + 12 * n, words) for n, words in enumerate(lines))
    cell = table(read(pdf(content + text(203, 112, "x")))).cells[0]
    assert cell.text == "Development of the municipal service in the district;\n2) second item"


@pytest.mark.parametrize(
    ("first", "second", "value"), [("1 234", "567,8", "1234567.8"), ("21374,1", "6", "21374.16"), ("12", "1,5", "121.5")]
)
def test_amount_broken_by_a_narrow_cell(first: str, second: str, value: str) -> None:
    """An amount over two lines reads as one number."""
    wide = 8 + 5 * len(first)
    content = ruled([100, 100 + wide, 300], [100, 140]) + text(103, 112, first) + text(103, 124, second) + text(200, 112, "word")
    assert str(values.number(table(read(pdf(content))).cells[0].text)[0]) == value


def test_text_outside_of_tables() -> None:
    """Wrapped lines are one paragraph; a short line, a gap and an indentation part paragraphs; tables keep their place."""
    full = "A line that is so long that the next word finds no room behind it and goes on below with more of the same and"
    content = (
        text(60, 100, full) + text(50, 112, "words to the end.") + text(60, 124, "Second paragraph.") + text(50, 160, "Third one")
        + ruled([50, 100, 545], [200, 220]) + text(55, 214, "t") + text(105, 214, "u") + text(50, 250, "Behind the table.")
    )  # fmt: skip
    document = read(pdf(content))
    assert paragraphs(document) == [f"{full} words to the end.", "Second paragraph.", "Third one", "Behind the table."]
    assert [isinstance(block, Table) for block in document.blocks] == [False, False, False, True, False]


def test_table_over_pages() -> None:
    """Pieces with the same columns are one table; a repeated head is left out with its reason; a cut row is one row."""
    head = text(55, 64, "No") + text(105, 64, "Name of the activity") + text(405, 64, "Sum")
    first = ruled([50, 100, 400, 500], [50, 70, 790, 810]) + head + text(55, 84, "1") + text(105, 84, "one") + text(405, 84, "5,0")
    words = "repair of all roads and of all bridges and of all the other things in the"
    first += text(55, 803, "2") + text(105, 803, words) + text(405, 803, "7,5")
    second = (
        ruled([50, 100, 400, 500], [50, 70, 90, 110])
        + head
        + text(105, 84, "municipal district")
        + text(55, 104, "3")
        + text(405, 104, "1,0")
    )
    document = read(pdf(first, second))
    assert grid(document) == [
        ["No", "Name of the activity", "Sum"], ["1", "one", "5,0"], ["2", f"{words} municipal district", "7,5"], ["3", "", "1,0"],
    ]  # fmt: skip
    assert left_out(document) == {"repeated-head": 22}
    assert [cell.blocks[0].page for cell in table(document).grid[3] if isinstance(cell.blocks[0], Paragraph)] == [2, 2, 2]


def test_merged_cell_over_pages() -> None:
    """A merged cell that a page cuts goes on as an empty one; rows of years stay rows."""

    def page(years: range, name: str) -> str:
        tops = [50 + 20 * n for n in range(len(years) + 1)]
        lines = [line(50, tops[0], 500, tops[0]), line(50, tops[-1], 500, tops[-1]), *(line(200, top, 500, top) for top in tops)]
        sides = [line(x, tops[0], x, tops[-1]) for x in (50, 200, 300, 500)]
        rows = [text(205, top + 14, f"{year}") + text(305, top + 14, "1,5") for top, year in zip(tops, years, strict=False)]
        return "".join([*lines, *sides, *rows, text(55, 64, name) if name else ""])

    document = read(pdf(page(range(2021, 2024), "Repair"), page(range(2024, 2026), "")))
    assert [row[:2] for row in grid(document)] == [["Repair", str(year)] for year in range(2021, 2026)]
    assert table(document).cells[0].row_span == 5


def test_table_in_a_cell_that_begins_behind_a_pages_end() -> None:
    """The row whose name breaks off goes on with it, although of its other cell only a blank line stood on the page before."""
    label = [text(55, 803, "Volumes and"), text(55, 64, "sources")]
    inner = ruled([130, 300, 450], [74, 94, 114]) + text(135, 88, "year") + text(305, 88, "2025")
    first = ruled([50, 120, 500], [770, 790, 810]) + text(55, 784, "Goal") + text(125, 784, "well-being") + label[0]
    made = table(read(pdf(first, ruled([50, 120, 500], [50, 130]) + label[1] + inner)))
    assert [cell.text for row in made.grid for cell in row if cell.column == 0] == ["Goal", "Volumes and sources"]
    nested = made.cells[3].table()
    assert nested is not None
    assert [cell.text for cell in nested.cells] == ["year", "2025", "", ""]


def test_head_that_a_page_cuts() -> None:
    """A head of two rows, one on each page: its merged cells are one, with the words of both."""
    xs = [50, 80, 130, 200, 270]
    heads = [text(55, 783, "No"), text(85, 783, "Name of"), text(135, 783, "Values by years")]
    last = [line(50, 770, 270, 770), line(50, 790, 270, 790), *(line(x, 770, x, 790) for x in (50, 80, 130, 270))]
    parts = [text(85, 63, "indicators"), text(135, 63, "2025"), text(205, 63, "2026")]
    row = [text(55, 83, "1"), text(85, 83, "Roads"), text(135, 83, "1,5"), text(205, 83, "2,5")]
    document = read(pdf("".join([*last, *heads]), "".join([ruled(xs, [50, 70, 90]), *parts, *row])))
    head = ["No", "Name of indicators"]
    assert grid(document) == [[*head, "Values by years", "Values by years"], [*head, "2025", "2026"], ["1", "Roads", "1,5", "2,5"]]


def test_head_of_two_rows_above_a_pages_end() -> None:
    """The words of the row behind it, which found no room beside those of the head, are not the head's."""
    xs = [50, 66, 130, 200, 270]
    heads = [
        text(51, 783, "Num"),
        text(75, 783, "Indicator"),
        text(135, 763, "Values by years"),
        text(135, 783, "2025"),
        text(205, 783, "2026"),
    ]
    lines = [line(50, 750, 270, 750), line(130, 770, 270, 770), line(50, 790, 270, 790)]
    down = [*(line(x, 750, x, 790) for x in (50, 66, 130, 270)), line(200, 770, 200, 790)]
    row = [text(51, 63, "1"), text(75, 63, "Maintained"), text(135, 63, "120,5"), text(205, 63, "125")]
    document = read(pdf("".join([*lines, *down, *heads]), "".join([ruled(xs, [50, 70]), *row])))
    head = ["Num", "Indicator"]
    assert grid(document) == [[*head, "Values by years", "Values by years"], [*head, "2025", "2026"], ["1", "Maintained", "120,5", "125"]]


def test_rows_of_broken_amounts_stay_rows() -> None:
    """Two amounts, each over two lines, are two on both sides of a page's end; so are the sources that they belong to."""

    def page(top: float, name: str, source: str, amounts: list[tuple[str, str]]) -> str:
        xs = [50, 150, 200, 250, 300]
        cells = [text(55, top + 12, name), text(155, top + 12, source)]
        for x, (whole, rest) in zip((205, 255), amounts, strict=True):
            cells += [text(x, top + 12, whole), text(x, top + 24, rest)]
        return "".join([ruled(xs, [top, top + 30]), *cells])

    first, second = (
        page(780, "Total", "federal", [("11903,62", "5"), ("18252,51", "7")]),
        page(50, "", "republic", [("34705,61", "9"), ("2,0", "")]),
    )
    found = grid(read(pdf(first, second)))
    assert [row[1:] for row in found] == [["federal", "11903,625", "18252,517"], ["republic", "34705,619", "2,0"]]


def test_a_blank_that_found_no_room_is_not_missing() -> None:
    """Programs leave out a blank that would not fit in the cell; where the others are drawn, that says nothing of the words."""
    lines = ["works ", "upon the ", "roads of ", "the town -", "one more"]
    content = ruled([100, 155, 300], [100, 180]) + "".join(text(105, 112 + 12 * n, words) for n, words in enumerate(lines))
    dash = content.replace("(the town -)", "(the town \\261)")  # an en dash
    assert table(read(pdf(dash + text(205, 112, "x")))).cells[0].text == "works upon the roads of the town – one more"


def test_page_numbers_and_running_heads() -> None:
    """Numbers and running heads stand apart from the text; the same words repeated in the text do not."""
    pages = [
        text(300, 30, f"{n + 1}") + text(50, 45, "Bulletin 7") + text(50, 100 + 20 * n, "Annex") + text(50, 200, f"Text {n}.")
        for n in range(3)
    ]
    document = read(pdf(*pages))
    assert [(item.kind, item.text, item.place.page) for item in document.aside] == [
        ("header", "1", 1), ("header", "Bulletin 7", 1), ("header", "2", 2), ("header", "3", 3),
    ]  # fmt: skip
    assert paragraphs(document) == ["Annex", "Text 0.", "Annex", "Text 1.", "Annex", "Text 2."]
    assert left_out(document) == {"repeated-running": 18}


def test_what_nobody_sees_is_left_out() -> None:
    """Text without ink, white on white, off the page, clipped, printed twice or aslant is listed and not read."""
    content = (
        text(50, 100, "seen") + text(50.3, 100, "seen") + text(50, 130, "unseen", before="3 Tr") + text(50, 160, "white", before="1 g")
        + text(900, 190, "off") + "q 0 0 100 100 re W n " + text(300, 220, "cut") + "Q\n"
        + text(100, 400, "DRAFT", matrix="0.7 0.7 -0.7 0.7") + "0 0 0 rg 40 560 200 30 re f\n" + text(50, 270, "on black", before="1 g")
    )  # fmt: skip
    document = read(pdf(content))
    assert paragraphs(document) == ["seen", "on black"]
    assert left_out(document) == {"aslant": 5, "clipped": 3, "doubled": 4, "hidden": 11, "off-page": 3}
    assert all(item.reason and item.count for item in document.left_out)


def test_turned_pages_and_turned_text() -> None:
    """A turned page, a page written sideways and a turned word in a cell read like others."""
    content = ruled([100, 200, 300], [100, 150]) + text(103, 112, "left") + text(203, 112, "right")
    assert grid(read(pdf(content, attributes="/Rotate 90"))) == [["left", "right"]]
    sideways = f"q 0 1 -1 0 842 0 cm {content} Q"
    assert grid(read(pdf(sideways))) == [["left", "right"]]
    turned = ruled([100, 200, 300], [100, 200]) + text(120, 190, "upward", matrix="0 1 -1 0") + text(203, 112, "level text stays")
    assert grid(read(pdf(turned))) == [["upward", "level text stays"]]


def test_letters_set_wide_and_blanks_not_drawn() -> None:
    """Letters set apart are one word, words set apart by room alone are two."""
    wide = text(50, 100, "PASSPORT", before="3 Tc")
    parted = "BT /F1 10 Tf 50 700 Td [(one) -400 (two)] TJ ET\n"
    assert paragraphs(read(pdf(wide + parted))) == ["PASSPORT", "one two"]


def test_signs_that_the_font_does_not_explain() -> None:
    """A sign without a meaning is shown as one, and counted."""
    inner = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[" + inner + b"]>>"
    content = "BT /F2 10 Tf 50 700 Td <00410042> Tj ET " + text(50, 300, "x")
    document = read(pdf(content, extra=(font,)).replace(b"/F1 3 0 R>>", b"/F1 3 0 R/F2 5 0 R>>"))
    assert paragraphs(document) == ["\ufffd\ufffd", "x"]
    assert [(note.kind, note.count) for note in document.notes] == [("unknown-signs", 2)]


def annotated(*items: bytes, appearance: str = "") -> bytes:
    """A page with a table whose right cell is blank, and these annotations; object 5 is the appearance of a filled field."""
    drawn = stream(appearance.encode("cp1252"), b"/Type/XObject/Subtype/Form/BBox[0 0 50 10]/Resources<</Font<</F1 3 0 R>>>>")
    listed = b" ".join(b"%d 0 R" % (number + 6) for number in range(len(items)))
    content = ruled([100, 200, 300], [100, 120]) + text(103, 113, "100,0")
    return pdf(content, attributes=f"/Annots[{listed.decode()}]", extra=(drawn, *items))


def test_filled_fields_are_read_where_they_stand() -> None:
    """The value of a form's field is part of the page as a person sees it; a hidden field is not."""
    filled = b"<</Type/Annot/Subtype/Widget/Rect[203 725 303 745]/AP<</N 5 0 R>>%s>>"
    shown = annotated(filled % b"", appearance="BT /F1 10 Tf 0 3 Td (2600,0) Tj ET")
    assert grid(read(shown)) == [["100,0", "2600,0"]]
    hidden = annotated(filled % b"/F 2", appearance="BT /F1 10 Tf 0 3 Td (2600,0) Tj ET")
    assert grid(read(hidden)) == [["100,0", ""]]


def test_notes_upon_a_page_stand_apart() -> None:
    """A remark that a reader left is kept with its page, and is no part of the text."""
    note = b"<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents(check this)>>"
    document = read(annotated(note, b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Contents(nothing)>>", b"7", b"null"))
    assert [(item.kind, item.text, item.place.page) for item in document.aside] == [("comment", "check this", 1)]
    assert grid(document) == [["100,0", ""]]
