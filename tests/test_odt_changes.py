"""Tracked changes of OpenDocument, in both views."""

import pytest

from extractors.options import Options
from extractors.reader import read
from schemas.blocks import Document, Paragraph
from tests.opendocument import odt, p, tbl, tc, tr


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
