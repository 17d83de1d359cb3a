"""Law 9: all formats of one programme give one edition, also of a programme that no sample resembles.

What a format does not carry is named here: a PDF holds no difference between kinds of blanks; a
text made by LibreOffice holds no cells, so that it is no edition, and is told to be none.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from extractors import errors
from extractors.edition import edition
from extractors.reader import read, source_file
from pipeline.rule import check
from schemas.finding import Severity
from tests.browser import opened
from tests.converted import convert, without
from tests.pdfs import printed
from tests.programme import Look, programme

LOOKS = {
    "landscape": Look(),
    "portrait": Look(landscape=False),
    "portrait, small": Look("DejaVu Sans", 8, landscape=False, group=" "),
    "portrait, large": Look("DejaVu Sans", 12, landscape=False, group=""),
    "landscape, large": Look("Liberation Sans", 14, group="\u202f"),
    "no repeated head": Look("Liberation Sans", 11, repeat_head=False),
    "a page ends below a head": Look(size=16, lead=10, repeat_head=False),
}


def record(data: bytes) -> Any:
    """The edition in the bytes, but for the file and the places."""
    document = read(data)
    return without(edition(document, source_file("", data, document)).record())


@pytest.fixture(scope="module")
def word() -> bytes:
    """The programme as Word would hold it."""
    return programme()


def test_the_programme_is_read_whole_and_right(word: bytes) -> None:
    """What is compared below is an edition without a contradiction, of which all amounts and texts were understood."""
    document = read(word)
    found = edition(document, source_file("", word, document))
    assert [finding.remark for finding in check(found) if finding.severity == Severity.ERROR] == []
    assert [len(task.activities) for task in found.tasks] == [3, 3]
    assert {item.text for item in found.unread} <= {"х"}
    assert [source.source for source in found.passport.funding] == ["federal", "regional", "district", "extrabudgetary", "total"]
    assert len(found.amounts) == (6 + 2 + 1) * 5 * 5 + 5 * 5 + 4 + 3 * 4


FORMS = {
    "doc": "doc", "rtf": "rtf", "odt": "odt", "fodt": "fodt", "html": "html:HTML (StarWriter)", "xhtml": "xhtml:XHTML Writer File",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_every_format_gives_the_edition(word: bytes, form: str, tmp_path: Path) -> None:
    """Nothing excepted."""
    assert record(convert(tmp_path, word, "docx", FORMS[form])) == record(word)


@pytest.mark.slow
def test_a_text_of_libreoffice_is_told_to_hold_no_tables(word: bytes, tmp_path: Path) -> None:
    """It writes each cell as lines among lines: which belong together cannot be known, and is not guessed."""
    data = convert(tmp_path, word, "docx", "txt:Text (encoded):UTF8")
    document = read(data)
    with pytest.raises(errors.NotEdition):
        edition(document, source_file("", data, document))


def _with_plain_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_plain_blanks(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_plain_blanks(item) for item in value]
    return re.sub("[\u00a0\u202f]", " ", value) if isinstance(value, str) else value


@pytest.mark.slow
def test_prints_give_the_edition(tmp_path: Path) -> None:
    """Of pages in any look: words and amounts broken by narrow columns, rows and heads and nested tables cut by pages."""
    files = {name: programme(look, seed=number) for number, (name, look) in enumerate(LOOKS.items())}
    prints = printed(tmp_path, files)
    for name, data in files.items():
        assert _with_plain_blanks(record(prints[name])) == _with_plain_blanks(record(data)), name


CUTS = {
    "a table behind a full name": Look("Liberation Sans", 11, repeat_head=False, lead=1),
    "a table behind a name with room": Look(lead=6),
    "a table behind a list": Look("Liberation Sans", 14, group="\u202f", lead=3),
    "below a nested head": Look("DejaVu Sans", 12, landscape=False, group="", lead=2),
    "between names of rows": Look(size=16, lead=2),
    "through a number sign by sign": Look(size=16, lead=7),
}  # fmt: skip


@pytest.mark.slow
def test_prints_give_the_edition_wherever_a_page_cuts(tmp_path: Path) -> None:
    """Lines added before the passport's tables push them over the page's end: each look is cut where its name says."""
    files = {name: programme(look, seed=3) for name, look in CUTS.items()}
    prints = printed(tmp_path, files)
    wrong = [name for name, data in files.items() if _with_plain_blanks(record(prints[name])) != _with_plain_blanks(record(data))]
    assert wrong == []


@pytest.mark.slow
def test_a_print_of_a_browser_gives_the_edition(word: bytes, tmp_path: Path) -> None:
    """Another program that writes PDF, from the page that LibreOffice made."""
    (tmp_path / "page.html").write_bytes(convert(tmp_path, word, "docx", FORMS["html"]))
    with opened(tmp_path / "page.html") as found:
        data = found.page.pdf(format="A4", landscape=True)
    assert _with_plain_blanks(record(data)) == _with_plain_blanks(record(word))
