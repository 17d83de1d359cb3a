"""OpenDocument text: what a person sees of it, in order; what is not seen is listed, not dropped."""

from pathlib import Path

import pytest

from extractors import errors
from extractors.edition import edition
from extractors.options import Limits, Options
from extractors.reader import all_readers, read, source_file
from schemas.blocks import Document, Paragraph, Table
from schemas.place import Place
from tests import word
from tests.converted import as_word_writes_it, convert, without
from tests.golden import ROOT
from tests.opendocument import (
    COVERED,
    content,
    flat,
    formula,
    item,
    level,
    list_style,
    listed,
    manifest,
    odt,
    p,
    packed,
    styles,
    tbl,
    tc,
    tr,
)  # fmt: skip

SAMPLE = ROOT / "samples/kozhevnikovo-504/2023-160/source.docx"
HIDDEN = (
    '<style:style style:name="H" style:family="{}"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Child" style:family="{}" style:parent-style-name="H"/>'
    '<style:style style:name="Shown" style:family="{}" style:parent-style-name="H"><style:text-properties text:display="true"/></style:style>'
)


def paragraphs(document: Document) -> list[str]:
    """The texts of a document's own paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def texts(body: str, automatic: str = "", **more: str) -> list[str]:
    """The paragraphs of a text with this body."""
    return paragraphs(read(odt(body, automatic, **more)))


def only_table(document: Document) -> Table:
    """The first table."""
    return next(block for block in document.blocks if isinstance(block, Table))


def grid(*rows: str) -> list[list[str]]:
    """The texts of a table's slots."""
    return [[cell.text for cell in row] for row in only_table(read(odt(tbl(*rows)))).grid]


# Paragraphs


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
    assert only_table(document).cells[1].text == "y"
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


# Lists

CHAIN = list_style("L", level(1), level(2, shown=2), level(3, "a", ")"))


def test_numbers_are_written_before_the_text() -> None:
    """Levels, chains of numbers, restarts below a new item; a second paragraph of an item has none; all are counted as computed."""
    body = listed(
        item("а", listed(item("б"), item("в", listed(item("г"), item("д"))))),
        item("е", p("без номера"), listed(item("ж"))),
        f"<text:list-header>{p('шапка')}</text:list-header>",
        item("з"),
        style="L",
    )
    document = read(odt(body, CHAIN))
    assert paragraphs(document) == [
        "1.\tа", "1.1.\tб", "1.2.\tв", "a)\tг", "b)\tд", "2.\tе", "без номера", "2.1.\tж", "шапка", "3.\tз",
    ]  # fmt: skip
    assert document.computed == sum(map(len, ("1.", "1.1.", "1.2.", "a)", "b)", "2.", "2.1.", "3.")))


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        (listed(item("x"), style="L") + listed(item("x"), style="L"), "1. 1."),
        (listed(item("x"), style="L") + p("x") + listed(item("x"), style="L", more='text:continue-numbering="true"'), "1.  2."),
        (
            listed(item("x"), style="L", more='xml:id="a"')
            + listed(item("x"), style="L")
            + listed(item("x"), style="L", more='text:continue-list="a"'),
            "1. 1. 2.",
        ),
        (listed(item("x"), item("x", more='text:start-value="7"'), item("x"), style="L"), "1. 7. 8."),
        (listed(item("x"), item("x", more='text:style-override="I"'), item("x"), style="L"), "1. II/ 3."),
        (listed(item(listed(item("x"))), item("x"), style="L"), "1.1. 2."),
        (listed(item("x"), style="S"), "5."),
        (listed(item("x"), style="none"), ""),
        ("<text:numbered-paragraph text:list-id='n' text:style-name='L'>" + p("x") + "</text:numbered-paragraph>", "1."),
    ],
    ids=[
        "anew",
        "continued",
        "continued by name",
        "start value",
        "other style",
        "level skipped",
        "style's start",
        "no style",
        "numbered paragraph",
    ],
)
def test_where_numbers_begin_and_go_on(body: str, labels: str) -> None:
    """A list counts anew unless it says which one it continues; an item may begin with a number of its own."""
    shown = texts(body, CHAIN + list_style("I", level(1, "I", "/")) + list_style("S", level(1, start_value="5")))
    assert " ".join(text.removesuffix("x").removesuffix("\t") for text in shown) == labels


def test_forms_of_labels() -> None:
    """A prefix, what follows the number, the pattern of LibreOffice, bullets of a symbol font, an empty paragraph."""
    aligned = '<style:list-level-properties><style:list-level-label-alignment text:label-followed-by="{}"/></style:list-level-properties>'
    number = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="(" style:num-suffix=")"{}>{}</text:list-level-style-number>'
    automatic = (
        list_style("A", number.format("", aligned.format("space")))
        + list_style("B", number.format(' loext:num-list-format="§%1%:"', aligned.format("nothing")))
        + list_style("C", '<text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/>')
        + list_style("D", '<text:list-level-style-bullet text:level="1" text:bullet-char="–"/>')
        + list_style("E", '<text:list-level-style-image text:level="1"/>')
    )
    body = "".join(listed(item("x"), item(p("")), style=name) for name in "ABCDE")
    assert texts(body, automatic) == ["(1) x", "(2)", "§1:x", "§2:", "•\tx", "•", "–\tx", "–", "x", ""]


def test_headings_are_numbered_by_the_outline() -> None:
    """Chapter numbers come from the outline style; a level without a form has none, nor has a heading that is only a list's."""
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
    )
    heading = '<text:h text:outline-level="{}"{}>x</text:h>'
    body = heading.format(1, "") + heading.format(2, "") + heading.format(1, ' text:is-list-header="true"') + heading.format(1, "")
    assert texts(body, common=outline) == ["I.\tx", "x", "x", "II.\tx"]


def test_the_list_of_a_paragraph_style() -> None:
    """A list that names no style takes the one that its paragraph's style brings."""
    style = '<style:style style:name="P" style:family="paragraph" style:list-style-name="L"/>'
    assert texts(listed(item(p("x", "P"))), CHAIN + style) == ["1.\tx"]


# Tables


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


# Tracked changes


def tracked(*regions: str) -> str:
    """The regions of tracked changes, each with who made it."""
    return f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>"


def deletion(name: str, inner: str) -> str:
    """A deletion, kept apart."""
    about = "<office:change-info><dc:creator>Иванов</dc:creator><dc:date>2020</dc:date></office:change-info>"
    return f'<text:changed-region text:id="{name}"><text:deletion>{about}{inner}</text:deletion></text:changed-region>'


def insertion(name: str) -> str:
    """An insertion; its text stands in the flow."""
    return f'<text:changed-region text:id="{name}"><text:insertion><office:change-info/></text:insertion></text:changed-region>'


def start(name: str) -> str:
    """The mark before a change."""
    return f'<text:change-start text:change-id="{name}"/>'


def end(name: str) -> str:
    """The mark behind a change."""
    return f'<text:change-end text:change-id="{name}"/>'


def point(name: str) -> str:
    """The mark where a deletion was."""
    return f'<text:change text:change-id="{name}"/>'


CHANGES = {
    "words": (
        tracked(deletion("d", p("старое")), insertion("i")) + p(f"а {point('d')}{start('i')}новое{end('i')} б"),
        ["а новое б"], ["а старое б"], "старое", "новое",
    ),
    "in spans": (
        tracked(deletion("d", p("<text:span>ста</text:span>рое")), insertion("i"))
        + p(f"а<text:span>б{point('d')}в<text:span>{start('i')}г</text:span>д</text:span>е<text:span>ж{end('i')}з</text:span>и"),
        ["абвгдежзи"], ["абстароевзи"], "старое", "гдеж",
    ),
    "a border of paragraphs deleted": (
        tracked(deletion("d", p("хвост") + p("голова"))) + p(f"один {point('d')} два") + p("три"),
        ["один два", "три"], ["один хвост", "голова два", "три"], "хвост\nголова", None,
    ),
    "a table deleted": (
        tracked(deletion("d", p("") + tbl(tr(tc("т"))) + p(""))) + p(f"а{point('d')}б"),
        ["аб"], ["а", "т", "б"], "т", None,
    ),
    "paragraphs inserted": (
        tracked(insertion("i")) + p(f"один{start('i')} и") + p("всё") + tbl(tr(tc("т"))) + p(f"прочее {end('i')}два"),
        ["один и", "всё", "т", "прочее два"], ["одиндва"], None, "и\nвсё\nт\nпрочее",
    ),
    "an insertion in a deletion": (
        tracked(deletion("d", p("б")), insertion("i")) + p(f"а{start('i')}x{point('d')}y{end('i')}в"),
        ["аxyв"], ["ав"], "б", "xбy",
    ),
    "a deletion in the flow": (
        tracked(deletion("d", "")) + p(f"а{start('d')}старое{end('d')}б"),
        ["аб"], ["астароеб"], "старое", None,
    ),
    "between blocks": (
        tracked(deletion("d", p("старый"))) + p("а") + point("d") + p("б"),
        ["а", "б"], ["а", "старый", "б"], "старый", None,
    ),
    "marks without fellows": (
        tracked(insertion("i"), insertion("j")) + p(f"а{start('i')}б{end('j')}в{point('x')}"),
        ["абв"], ["абв"], None, None,
    ),
}  # fmt: skip


def _flat_texts(document: Document) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else block.cells[0].text for block in document.blocks]


@pytest.mark.parametrize("name", CHANGES)
def test_both_views_of_tracked_changes(name: str) -> None:
    """Accepted or rejected: the text of that view is read, that of the other is listed as left out."""
    body, final, original, deleted, inserted = CHANGES[name]
    document = read(odt(body))
    assert _flat_texts(document) == final
    assert [(left.kind, left.text) for left in document.left_out] == ([("deleted", deleted)] if deleted else [])
    document = read(odt(body), Options(view="original"))
    assert _flat_texts(document) == original
    assert [(left.kind, left.text) for left in document.left_out] == ([("inserted", inserted)] if inserted else [])


def test_tracked_changes_are_noted() -> None:
    """A file with changes says so, with their numbers, those in headers too; one without says nothing."""
    master = (
        f"<style:master-page><style:header>{tracked(insertion('k'))}{p(start('k') + 'верх' + end('k'))}</style:header></style:master-page>"
    )
    body = tracked(deletion("d", p("x")), insertion("i")) + p(f"а{point('d')}{start('i')}б{end('i')}")
    (note,) = read(odt(body, master=master)).notes
    assert (note.kind, note.count) == ("tracked-changes", 3)
    assert (note.kind, note.count) == ("tracked-changes", 3)
    assert read(odt(p("а"))).notes == ()
    assert read(odt(body, master=master), Options(view="original")).aside == ()


# Files


def test_one_piece_of_xml_is_read_like_a_package() -> None:
    """A flat file gives the same document, and is told by its content whatever stands before it."""
    body = listed(item("x"), style="L") + p("конец") + tbl(tr(tc("т")))
    master = f"<style:master-page><style:header>{p('верх')}</style:header></style:master-page>"
    whole = flat(body, CHAIN, master=master)
    assert read(whole) == read(odt(body, common=CHAIN, master=master)) == read(b"\xef\xbb\xbf" + whole)
    assert [reader.name for reader in all_readers() if reader.recognises(whole)] == ["odt"]


def test_templates_and_repacked_files_are_texts_too() -> None:
    """The kinds of text that the format knows; a package that has lost its mimetype; one without styles."""
    for kind in ("text-template", "text-master", "text-web"):
        data = packed({"content.xml": content(p("x"))}, f"application/vnd.oasis.opendocument.{kind}")
        assert paragraphs(read(data)) == ["x"]


@pytest.mark.parametrize(
    ("data", "error", "detail"),
    [
        (
            packed({"content.xml": content("", kind="spreadsheet")}, "application/vnd.oasis.opendocument.spreadsheet"),
            errors.OtherKind,
            "таблица OpenDocument",
        ),
        (packed({}, "application/vnd.oasis.opendocument.presentation-template"), errors.OtherKind, "презентация OpenDocument"),
        (packed({"content.xml": content("", kind="spreadsheet")}), errors.OtherKind, "таблица OpenDocument"),
        (packed({"content.xml": content("", kind="drawing")}), errors.OtherKind, "рисунок OpenDocument"),
        (packed({"META-INF/manifest.xml": manifest("<manifest:encryption-data/>"), "content.xml": "x"}), errors.Encrypted, ""),
        (packed({"encrypted-package": "x"}), errors.Encrypted, ""),
        (packed({}), errors.Damaged, "content.xml"),
        (packed({"content.xml": "<a>"}), errors.Damaged, "content.xml"),
        (packed({"content.xml": "<a/>"}), errors.Damaged, ""),
        (packed({"content.xml": content(p("x")), "styles.xml": "<a"}), errors.Damaged, "styles.xml"),
        (odt(p("текст"))[:-40], errors.Damaged, ""),
        (flat(p("x"))[:-20], errors.Damaged, ""),
    ],
    ids=[
        "ods",
        "otp",
        "ods inside",
        "odg inside",
        "password",
        "password, newer",
        "no content",
        "broken",
        "other xml",
        "styles",
        "cut off",
        "flat cut off",
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, error: type[errors.CannotRead], detail: str) -> None:
    """Each kind of damage, and each kind of file that is no text, has its own error."""
    with pytest.raises(error) as raised:
        read(data)
    assert raised.value.detail == detail


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        (p("x<text:s text:c='999999999999'/>"), Limits()),
        (p("x" * 200), Limits(text=100)),
        (tbl(tr(tc("x", repeated=999_999_999))), Limits()),
        (tbl(tr(tc("x"), repeated=999_999_999)), Limits()),
        (tbl(tr(tc("x", 2000))), Limits()),
        (tbl(tr(tc("x", rows=2_000_000))), Limits()),
        (tbl(tr(tc(repeated=1000), repeated=1000)), Limits(table_slots=100_000)),
        (tbl(tr(tc(tbl(tr(tc(repeated=1000), repeated=100))), repeated=1000)), Limits(elements=50_000)),
        (tbl(tr(tc("a", 1000)), tr(tc("b"), repeated=2000)), Limits(table_slots=1_000_000)),
        (
            "<table:table><table:table-row><table:table-cell>" * 12 + p("x") + "</table:table-cell></table:table-row></table:table>" * 12,
            Limits(nesting=10),
        ),
    ],
    ids=["blanks", "text", "columns", "rows", "span", "row span", "slots", "repeated nests", "width by height", "nesting"],
)
def test_a_file_that_asks_for_too_much_is_refused(body: str, limits: Limits) -> None:
    """Counts are believed only within the limits, before anything is built."""
    with pytest.raises(errors.TooLarge):
        read(odt(body), Options(limits=limits))


def test_packages_are_claimed_by_one_reader_each() -> None:
    """An OpenDocument package is not taken for Word's, nor the other way round."""
    for data, name in ((odt(p("x")), "odt"), (word.package(word.p("x")), "docx"), (packed({}, "application/epub+zip"), "docx")):
        assert [reader.name for reader in all_readers() if reader.recognises(data)] == [name]


def test_styles_part_may_be_missing() -> None:
    """A part that only formats is not asked for."""
    assert paragraphs(read(packed({"content.xml": content(p("x"))}))) == ["x"]
    assert paragraphs(read(packed({"content.xml": content(p("x")), "styles.xml": styles()}))) == ["x"]


@pytest.mark.slow
@pytest.mark.parametrize("to", ["odt", "fodt"])
def test_the_sample_gives_the_same_edition(tmp_path: Path, to: str) -> None:
    """The edition from .odt and .fodt is that from .docx, nothing excepted but the file and the places."""
    source = SAMPLE.read_bytes()
    found = []
    for data in (source, convert(tmp_path, as_word_writes_it(source), "docx", to)):
        document = read(data)
        found.append(without(edition(document, source_file("", data, document)).record()))
    assert found[0] == found[1]
