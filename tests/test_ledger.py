"""Law 11: every sign of a Word file is in the document, kept apart, or listed as left out.

What a file holds is counted here without a look at its structure: all elements that can
hold a sign, in all parts. The reader must account for exactly these signs.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from extractors.options import Options, View
from extractors.reader import read
from schemas.blocks import Block, Document, Paragraph
from tests.bodies import package, packages
from tests.shapes import SHAPES, together
from tests.test_shapes import plain

TEXTUAL = {"t", "delText", "instrText", "delInstrText"}
SYMBOLS = {"2116": "№", "F035": "5", "F09E": "·"}  # of the fonts that the tests use
VIEWS: list[View] = ["final", "original"]


def held(data: bytes) -> Counter[str]:
    """The signs of all elements that can hold one, in all parts of the package."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        for name in opened.namelist():
            if name.endswith(".xml") and name.startswith("word/"):
                for element in etree.fromstring(opened.read(name)).iter("{*}*"):
                    found.update(sign_of(element))
    return found


def sign_of(element: etree._Element) -> str:
    """The signs of one element, those under it not counted."""
    name = etree.QName(element).localname
    if name in TEXTUAL:
        return "".join((element.text or "").split())
    if name == "textpath":
        return "".join((element.get("string") or "").split())
    if name == "sym":
        code = next(value for key, value in element.attrib.items() if key.endswith("}char"))
        return SYMBOLS.get(code) or chr(int(code, 16) - 0xF000 if code.startswith("F0") else int(code, 16))
    return "-" if name == "noBreakHyphen" else ""


def accounted(document: Document) -> Counter[str]:
    """The signs of blocks, of what was not understood, of what stands apart, and of what was left out."""
    texts = [*texts_of(document.blocks), *(item.text for item in (*document.unread, *document.aside, *document.left_out))]
    return Counter("".join("".join(texts).split()))


def texts_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The texts of all paragraphs, those in cells and in nested tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in block.cells:
                yield from texts_of(cell.blocks)


def balanced(data: bytes, view: View) -> None:
    """Nothing is lost, nothing is there twice, and each list of what was left out counts what it shows."""
    document, there = read(data, Options(view=view)), held(data)
    found = accounted(document)
    assert there - found == Counter()
    assert (found - there).total() == document.computed
    for item in document.left_out:
        assert item.characters == len("".join(item.text.split()))
        assert item.count > 0
        assert item.kind
        assert item.reason


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(packages(), st.sampled_from(VIEWS))
def test_every_sign_is_accounted_for(data: bytes, view: View) -> None:
    """Law 11: the signs of the document, of what stands apart and of what was left out are the signs of the file."""
    balanced(data, view)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "automatic numbering"])
def test_every_sign_of_a_shape_is_accounted_for(shape: str, view: View) -> None:
    """Law 11 on the shapes of real files."""
    balanced(SHAPES[shape](plain("model"), 3).data, view)


@pytest.mark.parametrize("seed", range(4))
def test_every_sign_of_all_shapes_together_is_accounted_for(seed: int) -> None:
    """Law 11 on a file in all shapes at once."""
    balanced(together(plain("model"), seed, without=("automatic numbering",)).data, "final")


def test_computed_signs_are_the_difference() -> None:
    """With automatic numbers the document holds more signs than the file, by exactly the number it tells of."""
    data = SHAPES["automatic numbering"](plain("model"), 3).data
    document, there = read(data), held(data)
    found = accounted(document)
    assert there - found == Counter()
    assert (found - there).total() == document.computed > 0


def test_alternatives_are_left_out_as_such() -> None:
    """The copy that is not shown is listed as an alternative, to the last sign."""
    choice, other = "<w:r><w:t>видно</w:t></w:r>", "<w:r><w:t>копия</w:t></w:r>"
    body = f'<w:p><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{other}</mc:Fallback></mc:AlternateContent></w:p>'
    document = read(package(body, {}))
    assert list(texts_of(document.blocks)) == ["видно"]
    assert [(item.kind, item.count, item.characters, item.text) for item in document.left_out] == [("alternate", 1, 5, "копия")]


def test_the_count_sees_what_is_lost() -> None:
    """The count of a file holds each kind of sign once: a law that counts nothing would always hold."""
    body = (
        "<w:p><w:r><w:t>а б</w:t><w:delText>в</w:delText><w:instrText>г</w:instrText><w:delInstrText>д</w:delInstrText><w:noBreakHyphen/>"
        '<w:sym w:font="Symbol" w:char="F035"/><w:pict><v:textpath string="е"/></w:pict></w:r><m:oMath><m:r><m:t>ж</m:t></m:r></m:oMath></w:p>'
    )
    assert held(package(body, {"header": "<w:p><w:r><w:t>з</w:t></w:r></w:p>"})) == Counter("абвгд-5ежз")
