"""The shapes of real Word files: each alone, and all together, is read as the plain document is.

The plain documents are the real sample and the model programme of the cases. What a shape
adds that a person does not see, or sees apart from the text, must be told of: left out with
its kind, or kept apart with its kind.
"""

from collections import Counter
from functools import cache
from typing import Any
from unittest import mock

import pytest
from lxml import etree

from extractors.edition import edition
from extractors.options import Options
from extractors.reader import read, source_file
from extractors.text import squeeze
from samples import build
from schemas.blocks import Document, Paragraph
from tests.golden import ROOT
from tests.model import MODEL
from tests.shapes import SHAPES, TRACKED, Shaped, together
from tests.shapes.changes import View, resolved
from tests.shapes.word import Word, el, q, run, signs
from tests.test_samples import without_places

SAMPLE = ROOT / "samples" / "kozhevnikovo-504" / "2023-160" / "source.docx"
DOCUMENTS = ("real", "model")
SEEDS = (1, 2)
ALONE = [(document, shape, seed) for document in DOCUMENTS for shape in SHAPES for seed in SEEDS]
ALL = [("real", "together", seed) for seed in (1, 2, 3)] + [("model", "together", seed) for seed in range(1, 9)]
EVERY = [*ALONE, *ALL]
CHANGED = [case for case in EVERY if case[1] in (*TRACKED, "together")]


@cache
def plain(document: str) -> bytes:
    """The plain Word file: the sample, or the model rendered as the samples are (its inner tables are narrower)."""
    if document == "real":
        return SAMPLE.read_bytes()
    with mock.patch.dict(build.INNER_COLUMNS, {"Показатели": 4, "Источники": 5}):
        return build.render(read(MODEL.encode()))


@cache
def shaped(document: str, shape: str, seed: int) -> Shaped:
    """The plain file in a shape."""
    return (together if shape == "together" else SHAPES[shape])(plain(document), seed)


def edition_of(data: bytes) -> dict[str, Any]:
    """The edition's record without the file, its places and what is told of it or stands apart."""
    document = read(data)
    record = without_places(edition(document, source_file("source.docx", data, document)).record())
    record.pop("notes")
    record.pop("aside")
    return record


@cache
def plain_edition(document: str) -> dict[str, Any]:
    """The edition of the plain file."""
    return edition_of(plain(document))


@pytest.mark.parametrize(("document", "shape", "seed"), EVERY)
def test_edition_stays_what_it_was(document: str, shape: str, seed: int) -> None:
    """A shape changes nothing in the edition, what was not understood included."""
    record, wanted = edition_of(shaped(document, shape, seed).data), plain_edition(document)
    assert {key: value for key, value in record.items() if value != wanted.get(key)} == {}
    assert record == wanted


def written(blocks: list[dict[str, Any]]) -> list[Any]:
    """The blocks without blank paragraphs."""
    found: list[Any] = []
    for block in blocks:
        if "table" in block:
            found.append([[{**cell, "blocks": written(cell["blocks"])} for cell in row] for row in block["table"]])
        elif signs(block["paragraph"]):
            found.append(squeeze(block["paragraph"]))
    return found


@pytest.mark.parametrize("view", ["final", "original"])
@pytest.mark.parametrize(("document", "shape", "seed"), CHANGED)
def test_views_are_all_changes_accepted_or_rejected(document: str, shape: str, seed: int, view: View) -> None:
    """A view of the tracked changes is what stands there once all are accepted, or rejected, in the file itself."""
    data = shaped(document, shape, seed).data
    seen = read(data, Options(view=view)).record()["blocks"]
    assert written(seen) == written(read(resolved(data, view)).record()["blocks"])


def test_the_original_view_is_the_former_text() -> None:
    """What was inserted is not there, what was deleted or moved away is."""
    for shape, gone in (("insertions", False), ("deletions", True), ("moves", True)):
        made = shaped("model", shape, 1)
        final, original = (Counter(text_of(read(made.data, Options(view=view)))) for view in ("final", "original"))
        former = Counter(signs((*made.expect.deleted, *made.expect.moved)))
        assert (former - original == Counter()) and former.total() > 0 if gone else original.total() < final.total()


def text_of(document: Document) -> str:
    """The signs of the document's blocks."""

    def texts(blocks: tuple[Any, ...]) -> list[str]:
        return [
            block.text if isinstance(block, Paragraph) else "".join("".join(texts(cell.blocks)) for cell in block.cells) for block in blocks
        ]

    return signs(texts(document.blocks))


@pytest.mark.parametrize(("document", "shape", "seed"), CHANGED)
def test_tracked_changes_are_told_of(document: str, shape: str, seed: int) -> None:
    """The document has one note on its tracked changes, with their number."""
    made = shaped(document, shape, seed)
    (note,) = [note for note in read(made.data).notes if note.kind == "tracked-changes"]
    assert note.count == made.expect.revisions > 0
    assert note.text


def test_files_without_changes_have_no_note_of_them() -> None:
    """The plain files have no tracked changes to tell of."""
    assert [note for document in DOCUMENTS for note in read(plain(document)).notes if note.kind == "tracked-changes"] == []


def left_out(document: Document, *kinds: str) -> Counter[str]:
    """The signs that were left out for these reasons."""
    return Counter(signs([item.text for item in document.left_out if item.kind in kinds]))


@pytest.mark.parametrize(
    ("document", "shape", "seed"), [case for case in EVERY if case[1] in ("deletions", "moves", "hidden text", "together")]
)
def test_what_is_not_seen_is_listed(document: str, shape: str, seed: int) -> None:
    """Deleted, moved and hidden text is listed as left out, with its kind, to the last sign."""
    made = shaped(document, shape, seed)
    found = read(made.data)
    former = Counter(signs((*made.expect.deleted, *made.expect.moved)))
    if shape == "together":  # a hidden cell may be deleted too
        all_of_it = former + Counter(signs(made.expect.hidden))
        assert all_of_it - left_out(found, "deleted", "moved", "hidden") == Counter()
    else:
        assert left_out(found, "deleted", "moved") == former
        assert left_out(found, "hidden") == Counter(signs(made.expect.hidden))
    assert all(item.characters == len(signs(item.text)) and item.count > 0 and item.reason for item in found.left_out)


def test_insertions_are_left_out_of_the_original_view() -> None:
    """The original view lists what was inserted; the final one has nothing of that kind."""
    data = shaped("model", "insertions", 1).data
    final, original = read(data), read(data, Options(view="original"))
    assert left_out(final, "inserted") == Counter()
    assert left_out(original, "inserted") == Counter(text_of(final)) - Counter(text_of(original))
    assert left_out(original, "inserted").total() > 0


ASIDE = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments", "header": "headers", "footer": "footers"}


@pytest.mark.parametrize(("document", "shape", "seed"), [c for c in EVERY if c[1] in ("notes", "comments and headers", "together")])
def test_what_stands_apart_is_kept_apart(document: str, shape: str, seed: int) -> None:
    """Notes, comments, headers and footers are kept with their text and kind."""
    made = shaped(document, shape, seed)
    aside = read(made.data).aside
    for kind, field in ASIDE.items():
        held = [squeeze(item.text) for item in aside if item.kind == kind]
        for text in getattr(made.expect, field):
            assert any(squeeze(text) in found for found in held), (kind, text)
        assert bool(held) == bool(getattr(made.expect, field)), kind


@pytest.mark.parametrize(("document", "shape", "seed"), [case for case in EVERY if case[1] in ("automatic numbering", "together")])
def test_computed_numbers_are_counted(document: str, shape: str, seed: int) -> None:
    """The signs of automatic numbers are counted: the file does not hold them."""
    made = shaped(document, shape, seed)
    assert read(made.data).computed == made.expect.computed > 0


def test_shapes_are_deterministic() -> None:
    """The same seed gives the same bytes, another seed others."""
    first, again, other = together(plain("model"), 5), together(plain("model"), 5), together(plain("model"), 6)
    assert first == again
    assert first.data != other.data


def test_there_are_as_many_shapes_as_were_named() -> None:
    """All shapes are there, and each changes the file."""
    assert len(SHAPES) >= 25
    assert all(shaped("model", shape, 1).data != plain("model") for shape in SHAPES)


def of_body(*blocks: etree._Element, numbering: tuple[etree._Element, ...] = ()) -> Document:
    """The document read from a body of these blocks, with these lists."""
    word = Word(plain("model"), "body")
    section = word.body[-1]
    for child in word.body[:-1]:
        word.body.remove(child)
    for block in blocks:
        section.addprevious(block)
    lists = word.tree("word/numbering.xml")
    for part in [part for part in numbering if part.tag == q("w:abstractNum")]:
        lists.insert(0, part)
    lists.extend(part for part in numbering if part.tag == q("w:num"))
    return read(word.saved().data)


def texts(document: Document) -> list[str]:
    """The paragraphs' texts, blanks as one."""
    return [squeeze(block.text) for block in document.blocks if isinstance(block, Paragraph)]


def numbered(level: int, key: int = 901, text: str = "x") -> etree._Element:
    """A numbered paragraph."""
    return el("w:p", el("w:pPr", el("w:numPr", el("w:ilvl", val=level), el("w:numId", val=key))), run(text))


def levels(*written: tuple[str, str, tuple[etree._Element, ...]], key: int = 901) -> etree._Element:
    """A list: for each level its format, its text, and what stands between them in the schema."""
    made = [
        el("w:lvl", el("w:start", val=1), el("w:numFmt", val=form), *more, el("w:suff", val="space"), el("w:lvlText", val=text), ilvl=n)
        for n, (form, text, more) in enumerate(written)
    ]
    return el("w:abstractNum", el("w:multiLevelType", val="multilevel"), *made, abstractNumId=key)


def num(key: int = 901, abstract: int = 901, *overrides: etree._Element) -> etree._Element:
    """A list in use."""
    return el("w:num", el("w:abstractNumId", val=abstract), *overrides, numId=key)


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("decimal", "1 2 3 4 5 6 7 8 9 10 11"),
        ("decimalZero", "01 02 03 04 05 06 07 08 09 10 11"),
        ("upperRoman", "I II III IV V VI VII VIII IX X XI"),
        ("lowerRoman", "i ii iii iv v vi vii viii ix x xi"),
        ("lowerLetter", "a b c d e f g h i j k"),
        ("upperLetter", "A B C D E F G H I J K"),
        ("russianLower", "а б в г д е ж з и к л"),
        ("russianUpper", "А Б В Г Д Е Ж З И К Л"),
    ],
)
def test_formats_of_automatic_numbers(form: str, wanted: str) -> None:
    """Figures, Roman figures, Latin and Russian letters, which leave out «ё» and «й»."""
    document = of_body(*(numbered(0) for _ in range(11)), numbering=(levels((form, "%1)", ())), num()))
    assert texts(document) == [f"{sign}) x" for sign in wanted.split()]
    assert document.computed == len(signs(wanted)) + 11


def test_letters_go_on_behind_the_last() -> None:
    """Behind «z» stands «aa»."""
    document = of_body(*(numbered(0) for _ in range(28)), numbering=(levels(("lowerLetter", "%1)", ())), num()))
    assert texts(document)[25:] == ["z) x", "aa) x", "bb) x"]


def test_levels_restart_below_a_higher_one() -> None:
    """«1.1.», «1.2.», then «2.» and «2.1.»; a level that is told never to restart goes on."""
    made = [("decimal", "%1.", ()), ("decimal", "%1.%2.", ()), ("lowerLetter", "%3)", (el("w:lvlRestart", val=0),))]
    document = of_body(*map(numbered, (0, 1, 2, 1, 2, 0, 1, 2)), numbering=(levels(*made), num()))
    assert texts(document) == ["1. x", "1.1. x", "a) x", "1.2. x", "b) x", "2. x", "2.1. x", "c) x"]


def test_legal_numbers_are_decimal() -> None:
    """Below «II» a legal level is «2.1», not «II.1»."""
    made = [("upperRoman", "%1.", ()), ("decimal", "%1.%2", (el("w:isLgl"),))]
    document = of_body(*map(numbered, (0, 0, 1)), numbering=(levels(*made), num()))
    assert texts(document) == ["I. x", "II. x", "2.1 x"]


def test_a_list_begun_anew_and_one_gone_on_with() -> None:
    """A list with startOverride begins anew; another list in use of the same kind goes on."""
    override = el("w:lvlOverride", el("w:startOverride", val=5), ilvl=0)
    parts = (levels(("decimal", "%1)", ())), num(), num(902, 901, override), num(903))
    document = of_body(*(numbered(0, key) for key in (901, 901, 902, 902, 903, 901)), numbering=parts)
    assert texts(document) == ["1) x", "2) x", "5) x", "6) x", "7) x", "8) x"]


def test_a_level_begun_anew_without_a_paragraph_of_its_own() -> None:
    """A list whose first level starts with 3 and has no paragraph: «3.1.», «3.2.»."""
    override = el("w:lvlOverride", el("w:startOverride", val=3), ilvl=0)
    parts = (levels(("decimal", "%1.", ()), ("decimal", "%1.%2.", ())), num(902, 901, override))
    assert texts(of_body(numbered(1, 902), numbered(1, 902), numbering=parts)) == ["3.1. x", "3.2. x"]


def test_no_number_where_there_is_no_list() -> None:
    """List 0 and a list that is not there give no number."""
    document = of_body(numbered(0, 0), numbered(0, 7777), numbering=(levels(("decimal", "%1)", ())), num()))
    assert texts(document) == ["x", "x"]
    assert document.computed == 0


def test_a_notes_own_mark_is_no_part_of_the_text() -> None:
    """«3500,0*»: the sign that an author chose for a footnote leads to the note and adds nothing to the figure."""
    word = Word(plain("model"), "mark")
    part = etree.Element(q("w:footnotes"), nsmap={"w": q("w:p")[1:-2]})
    part.append(el("w:footnote", el("w:p", run("* с остатком")), id=1))
    word.add("footnotes", part)
    mark = el("w:r", el("w:footnoteReference", customMarkFollows="1", id=1), el("w:t", text="*"))
    word.body.insert(0, el("w:p", run("3500,0"), mark))
    document = read(word.saved().data)
    assert texts(document)[0] == "3500,0"
    assert [(item.kind, item.mark) for item in document.aside] == [("footnote", "*")]
