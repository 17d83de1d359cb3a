"""Large Word files: what is cut from their XML before it is parsed is nothing that is read."""

import pytest

from extractors.reader import read
from extractors.wordml import lighten
from extractors.wordml.lighten import lightened
from tests.bench.shapes import one_table
from tests.golden import ROOT
from tests.shapes import SHAPES, together
from tests.word import package, tbl, tc, tr

SAMPLE = (ROOT / "samples/kozhevnikovo-504/2023-160/source.docx").read_bytes()
MADE = {"plain": lambda data: data, **{name: lambda data, made=made: made(data, 1).data for name, made in SHAPES.items()}}
DRESSED = (
    '<w:p w14:paraId="0A1B2C3D" w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD"><w:pPr><w:jc w:val="both"/><w:rPr><w:b/></w:rPr></w:pPr>'
    '<w:r w:rsidRPr="00AB12CD"><w:rPr><w:rFonts w:ascii="Times New Roman"/><w:b/><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve">{} </w:t></w:r>'
    '<w:proofErr w:type="spellStart"/><w:r><w:rPr><w:vanish/><w:i/></w:rPr><w:t>тайна</w:t></w:r></w:p>'
)


@pytest.fixture
def none_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document counts as large."""
    monkeypatch.setattr(lighten, "_LARGE", 0)


@pytest.mark.parametrize("name", [*MADE, "together"])
def test_every_shape_reads_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document, its ledger, notes and changes are those of the XML as it stands."""
    plain = one_table(SAMPLE)
    data = together(plain, 1).data if name == "together" else MADE[name](plain)
    usual = read(data)
    monkeypatch.setattr(lighten, "_LARGE", 0)
    assert read(data) == usual


@pytest.mark.usefixtures("none_is_small")
def test_what_is_cut_and_what_is_kept() -> None:
    """Fonts, widths and numbers of saving go; spans, hidden text, and anything that is text stay."""
    cell = '<w:tcW w:w="1000" w:type="dxa"/><w:gridSpan w:val="2"/><w:shd w:val="clear"/>'
    body = tbl(tr(tc('&lt;w:b/&gt; w:rsidR="00AB12CD"', cell)), tr(tc("1"), tc("2"))) + DRESSED.format("2600,,0")
    xml = f'<w:document xmlns:w="w" xmlns:w14="w14"><w:body>{body}</w:body></w:document>'.encode()
    bare = lightened(xml)
    assert not any(word in bare for word in (b"rFonts", b"tcW", b"<w:shd", b"paraId", b"w:rsidRPr", b"proofErr", b"<w:i/>", b"w:jc"))
    assert all(word in bare for word in (b"gridSpan", b"<w:vanish/>", b'&lt;w:b/&gt; w:rsidR="00AB12CD"', b"<w:t>2600,,0 </w:t>"))
    assert lightened(bare) == bare


@pytest.mark.usefixtures("none_is_small")
def test_tags_that_are_text_stay() -> None:
    """In CDATA what looks like a tag is text."""
    body = "<w:p><w:r><w:t><![CDATA[<w:b/>1500,0]]></w:t></w:r></w:p>"
    assert read(package(body)).record()["blocks"] == [{"paragraph": "<w:b/>1500,0"}]
