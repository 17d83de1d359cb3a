"""OpenDocument text: what a person sees of it, in order; what is not seen is listed, not dropped."""

import pytest

from extractors.reader import read
from schemas.blocks import Paragraph, Table
from schemas.place import Place
from tests.opendocument import (
    COVERED,
    content,
    formula,
    odt,
    p,
    packed,
    tbl,
    tc,
    tr,
)
from tests.seen import paragraphs, table

HIDDEN = (
    '<style:style style:name="H" style:family="{}"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Child" style:family="{}" style:parent-style-name="H"/>'
    '<style:style style:name="Shown" style:family="{}" style:parent-style-name="H"><style:text-properties text:display="true"/></style:style>'
)


def texts(body: str, automatic: str = "", **more: str) -> list[str]:
    """The paragraphs of a text with this body."""
    return paragraphs(read(odt(body, automatic, **more)))


def grid(*rows: str) -> list[list[str]]:
    """The texts of a table's slots."""
    return [[cell.text for cell in row] for row in table(read(odt(tbl(*rows)))).grid]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("2<text:span>6</text:span><text:span>00,</text:span>,0", "2600,,0"),
        ("а<text:s/>б<text:s text:c='3'/>в", "а б   в"),
        ("а<text:tab/>б<text:line-break/>в", "а\tб\vв"),
        ("\n  а\n  \tб <text:span> в</text:span> г ", "а б в г "),
        ("<text:s text:c='2'/>а", "  а"),
        (
            "<text:a xlink:href='x'>ссылка</text:a>, <text:bookmark-ref>7</text:bookmark-ref><text:bookmark-start text:name='x'/>!",
            "ссылка, 7!",
        ),
        (
            "от <text:date text:date-value='2020-01-01'>1 января</text:date><text:soft-page-break/> <text:page-number>3</text:page-number>",
            "от 1 января 3",
        ),
        ("<text:conditional-text text:string-value-if-true='x'>видно</text:conditional-text>", "видно"),
        ("<text:text-input>2600,0&#x0d;</text:text-input>", "2600,0"),
        ("<loext:content-control>в поле</loext:content-control>", "в поле"),
    ],
)
def test_text_as_a_person_sees_it(inner: str, text: str) -> None:
    """Spans are joined, blanks counted as the format has them, links, fields and what is unknown looked through."""
    assert texts(p(inner)) == [text]


def test_headings_sections_and_indexes_are_text() -> None:
    """Whatever stands around a paragraph hides nothing; the template of an index is no text of it."""
    index = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>Образец</text:index-title-template>"
        f"</text:table-of-content-source><text:index-body><text:index-title>{p('Содержание')}</text:index-title>{p('1. Цель 3')}</text:index-body>"
        "</text:table-of-content>"
    )
    document = read(odt(f"<text:section>{p('а')}<text:section>{p('б')}</text:section></text:section><text:h>в</text:h>{index}"))
    assert paragraphs(document) == ["а", "б", "в", "Содержание", "1. Цель 3"]
    assert [(left.kind, left.text) for left in document.left_out] == [("field-code", "Образец")]


def test_what_stands_apart() -> None:
    """Notes, comments, headers and footers are kept with their marks and places, and add nothing to the text."""
    note = "<text:note text:note-class='{}'><text:note-citation>{}</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    comment = "<office:annotation><dc:creator>Иванов</dc:creator><dc:date>2020-01-01</dc:date><text:p>почему?</text:p></office:annotation>"
    body = p("а" + note.format("footnote", "1", p("сноска")) + "б") + tbl(
        tr(tc("x"), tc(p("y" + note.format("endnote", "i", p("конец")) + comment)))
    )
    master = f"<style:master-page><style:header>{p('верх')}</style:header><style:footer-left>{p('низ')}</style:footer-left><style:footer/></style:master-page>"
    document = read(odt(body, master=master))
    assert paragraphs(document) == ["аб"]
    assert table(document).cells[1].text == "y"
    assert [(aside.kind, aside.mark, aside.text, aside.place) for aside in document.aside] == [
        ("footnote", "1", "сноска", Place(paragraph=0)),
        ("endnote", "i", "конец", Place(table=0, row=0, column=1, paragraph=0)),
        ("comment", "Иванов", "почему?", Place(table=0, row=0, column=1, paragraph=0)),
        ("header", "", "верх", Place(part="styles.xml", paragraph=0)),
        ("footer", "", "низ", Place(part="styles.xml", paragraph=1)),
    ]


def test_boxes_come_after_the_paragraph_they_hang_on() -> None:
    """The paragraphs and tables of a text box or a shape, in the flow and in a cell; WordArt stands apart."""
    box = f"<draw:frame><draw:text-box>{p('рамка')}{tbl(tr(tc('т')))}</draw:text-box><svg:title>подпись</svg:title></draw:frame>"
    shape = f"<draw:g><draw:custom-shape>{p('фигура')}<draw:enhanced-geometry/></draw:custom-shape></draw:g>"
    art = f"<draw:custom-shape>{p('ЗАГОЛОВОК')}<draw:enhanced-geometry draw:text-path='true'/></draw:custom-shape>"
    document = read(odt(box + p("до" + box + shape + art + " после") + p("конец") + tbl(tr(tc(p("к" + box))))))
    assert [block.text if isinstance(block, Paragraph) else [cell.text for cell in block.cells] for block in document.blocks] == [
        "рамка", ["т"], "до после", "рамка", ["т"], "фигура", "конец", ["к\nрамка\nт"],
    ]  # fmt: skip
    assert [(aside.kind, aside.text) for aside in document.aside] == [("wordart", "ЗАГОЛОВОК")]
    assert [(left.kind, left.count) for left in document.left_out] == [("alternate", 3)]
    tables = [block.index for block in document.blocks if isinstance(block, Table)]
    assert tables == [0, 1, 2]


def test_formulas_are_text_and_other_objects_are_listed() -> None:
    """A formula's characters stand in the paragraph, a fraction with a bar; an embedded table is listed as left out."""
    frame = "<draw:frame><draw:object xlink:href='./{}'/><draw:image xlink:href='x'/></draw:frame>"
    inner = "<math:semantics><math:mrow><math:mi>К</math:mi><math:mo>=</math:mo><math:mfrac><math:mi>а</math:mi><math:mi>б</math:mi></math:mfrac></math:mrow><math:annotation>K = {a} over {b}</math:annotation></math:semantics>"
    parts = {
        "content.xml": content(p("где " + frame.format("F") + "!" + frame.format("T") + frame.format("нет"))),
        "F/content.xml": formula(inner),
        "T/content.xml": content(tbl(tr(tc("чужое"))), kind="spreadsheet"),
    }
    document = read(packed(parts))
    assert paragraphs(document) == ["где К=а/б!"]
    assert document.computed == 1
    assert [(left.kind, left.text) for left in document.left_out] == [("embedded", "чужое")]


@pytest.mark.parametrize(
    ("body", "automatic", "seen", "hidden"),
    [
        (p("а<text:span text:style-name='H'>тайна</text:span>б"), HIDDEN.replace("{}", "text"), ["аб"], "тайна"),
        (p("а<text:span text:style-name='Child'>тайна</text:span>"), HIDDEN.replace("{}", "text"), ["а"], "тайна"),
        (p("а<text:span text:style-name='Shown'>видно</text:span>"), HIDDEN.replace("{}", "text"), ["авидно"], None),
        (p("тайна", "H") + p("б"), HIDDEN.replace("{}", "paragraph"), ["б"], "тайна"),
        (f"<text:section text:display='none'>{p('тайна')}</text:section>" + p("б"), "", ["б"], "тайна"),
        (p("а<text:hidden-text text:is-hidden='true' text:string-value='тайна'/>"), "", ["а"], "тайна"),
        (p("а<text:hidden-text text:is-hidden='false'>видно</text:hidden-text>"), "", ["авидно"], None),
        (p("тай<text:hidden-paragraph text:is-hidden='true'/>на") + p("б"), "", ["б"], "тайна"),
        (p("а<text:variable-set text:display='none'>тайна</text:variable-set>"), "", ["а"], "тайна"),
    ],
)
def test_hidden_text_is_listed(body: str, automatic: str, seen: list[str], hidden: str | None) -> None:
    """Text hidden by a style, its parent, a section or a field is not read, and is listed with its characters."""
    document = read(odt(body, automatic))
    assert paragraphs(document) == seen
    assert [(left.kind, left.text) for left in document.left_out] == ([("hidden", hidden)] if hidden else [])


def test_ruby_and_signs_without_width_are_listed() -> None:
    """The hint above a word and a soft hyphen are no part of the word."""
    document = read(odt(p("<text:ruby><text:ruby-base>сло\u00adво</text:ruby-base><text:ruby-text>hint</text:ruby-text></text:ruby>")))
    assert paragraphs(document) == ["слово"]
    assert {left.kind: left.text for left in document.left_out} == {"ruby": "hint", "invisible": "\u00ad"}


def test_spans_resolve_to_slots() -> None:
    """Cells over columns and rows, with the cells they cover and, as other programs write, without."""
    wanted = [["a", "a", "b"], ["c", "d", "b"], ["c", "e", "f"]]
    covered = (tr(tc("a", 2), COVERED, tc("b", rows=2)), tr(tc("c", rows=2), tc("d"), COVERED), tr(COVERED, tc("e"), tc("f")))
    assert grid(*covered) == wanted
    assert grid(*(row.replace(COVERED, "") for row in covered)) == wanted


def test_repeated_cells_and_rows_groups_and_header_rows() -> None:
    """What is written once and repeated stands there as often; groups of rows are looked through; short rows are filled up."""
    header = f"<table:table-header-rows>{tr(tc('h', repeated=3))}</table:table-header-rows>"
    group = f"<table:table-row-group><table:table-rows>{tr(tc('x'), repeated=2)}</table:table-rows></table:table-row-group>"
    assert grid("<table:table-column table:number-columns-repeated='3'/>", header, group) == [["h"] * 3, ["x", "", ""], ["x", "", ""]]


def test_spans_that_collide_or_run_out() -> None:
    """Nonsense of damaged files: a span ends where another begins, or where the table ends; no text is lost."""
    assert grid(tr(tc("a"), tc("b", rows=3)), tr(tc("c", 5)), tr(tc("d"), tc("e"))) == [["a", "b", ""], ["c", "b", ""], ["d", "b", "e"]]
    assert grid(tr(tc("a"), tc("b"), tc("c", rows=9)), tr()) == [["a", "b", "c"], ["", "", "c"]]


def test_text_in_covered_cells_is_unread() -> None:
    """What stands under a span is not shown, and not dropped in silence."""
    document = read(odt(tbl(tr(tc("a", 2), f"<table:covered-table-cell>{p('тайна')}</table:covered-table-cell>"))))
    assert [(item.text, item.place.table, item.place.row) for item in document.unread] == [("тайна", 0, 0)]


def test_nested_tables_keep_their_place() -> None:
    """A table in a cell, also one that only divides it, knows the cell; tables are counted in order."""
    inner = tbl(tr(tc("x"), tc("y"))).replace("<table:table>", "<table:table table:is-sub-table='true'>")
    document = read(odt(tbl(tr(tc("a"), tc(inner + p("")))) + tbl(tr(tc("z")))))
    outer, last = (block for block in document.blocks if isinstance(block, Table))
    nested = outer.cells[1].table()
    assert nested is not None
    assert (outer.index, nested.index, last.index) == (0, 1, 2)
    assert nested.inside == Place(table=0, row=0, column=1)
    assert outer.cells[1].text == "x\ny"
