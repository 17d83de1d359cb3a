"""Lists of OpenDocument: each item has the number that a person sees."""

import pytest

from extractors.reader import read
from tests.opendocument import item, level, list_style, listed, odt, p
from tests.seen import paragraphs


def texts(body: str, automatic: str = "", **more: str) -> list[str]:
    """The paragraphs of a text with this body."""
    return paragraphs(read(odt(body, automatic, **more)))


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
