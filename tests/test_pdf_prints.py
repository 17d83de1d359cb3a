"""Documents printed to PDF by LibreOffice: the edition of the Word file, whatever the paper."""

import re
from pathlib import Path
from typing import Any

import pytest

from extractors import errors
from extractors.edition import edition
from extractors.reader import read, source_file
from schemas.blocks import Cell, Document, Paragraph
from tests.pdfs import laid_out, printed
from tests.seen import paragraphs

SAMPLES = Path(__file__).parent.parent / "samples" / "kozhevnikovo-504"


_VARIANTS = {
    "landscape": ("2023-160", True, 8, 1000),
    "former": ("2022-192", True, 8, 1000),
    "portrait": ("2023-160", False, 10, 800),
    "large": ("2023-160", True, 12, 1000),
}


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The samples laid out in four ways, and a small file with running heads, printed at one start."""
    files = {
        name: laid_out((SAMPLES / sample / "source.docx").read_bytes(), landscape, size, margin)
        for name, (sample, landscape, size, margin) in _VARIANTS.items()
    }
    return printed(tmp_path_factory.mktemp("prints"), files)


def _plain(value: Any) -> Any:
    """A record without places; blanks of any kind are blanks, and their runs at the ends of a raw amount are none."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if "place" not in key and key != "source"}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return re.sub(r"[\u00a0\u202f]", " ", value) if isinstance(value, str) else value


def _differences(left: Any, right: Any, path: str = "") -> dict[str, tuple[Any, Any]]:
    """Where two records differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        pairs = [(f"{path}/{key}", left.get(key), right.get(key)) for key in sorted({*left, *right})]
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        pairs = [(f"{path}/{number}", *pair) for number, pair in enumerate(zip(left, right, strict=True))]
    else:
        return {} if left == right else {path: (left, right)}
    return {key: value for at, one, other in pairs for key, value in _differences(one, other, at).items()}


def _record(data: bytes) -> dict[str, Any]:
    document = read(data)
    made = _plain(edition(document, source_file("x", data, document)).model_dump(mode="json"))
    assert isinstance(made, dict)
    return made


@pytest.mark.slow
@pytest.mark.parametrize("name", _VARIANTS)
def test_parity_with_word(prints: dict[str, bytes], name: str) -> None:
    """A printed sample gives the edition of its Word file.

    What a PDF does not hold and may differ: where in a cell a paragraph ends when its last line
    fills the cell; the blank behind a word that fills its line alone; blanks in front of an
    amount that had a line of their own. Every figure, number, year and mark is the same.
    """
    expected = _record((SAMPLES / _VARIANTS[name][0] / "source.docx").read_bytes())
    found = _differences(expected, _record(prints[name]))
    if name in ("landscape", "former"):
        assert found == {}
    for path, (word, other) in found.items():
        assert isinstance(word, str), path
        assert isinstance(other, str), path
        assert "".join(word.split()) == "".join(other.split()), path
    assert len(found) < 10


@pytest.mark.slow
def test_ledger_of_a_print(prints: dict[str, bytes]) -> None:
    """Every visible sign of a printed sample is in its blocks."""

    def signs(document: Document) -> int:
        def of(cells: tuple[Cell, ...]) -> int:
            return sum(len("".join(one.text.split())) for cell in cells for one in cell.paragraphs())

        return sum(len("".join(b.text.split())) if isinstance(b, Paragraph) else of(b.cells) for b in document.blocks)

    word = read((SAMPLES / "2023-160" / "source.docx").read_bytes())
    printed_one = read(prints["landscape"])
    assert signs(printed_one) == signs(word)
    assert printed_one.left_out == ()


@pytest.mark.slow
def test_passwords(tmp_path: Path) -> None:
    """A password to open the file is refused with its advice; one that only forbids copying hides nothing."""
    files = {"locked": (SAMPLES / "2023-160" / "source.docx").read_bytes()}
    export = ':writer_pdf_Export:{{"{}":{{"type":"boolean","value":"true"}},"{}":{{"type":"string","value":"secret"}}}}'
    with pytest.raises(errors.Encrypted):
        read(printed(tmp_path, files, export.format("EncryptFile", "DocumentOpenPassword"))["locked"])
    assert (
        paragraphs(read(printed(tmp_path, files, export.format("RestrictPermissions", "PermissionPassword"))["locked"]))[0].strip()
        == "Приложение"
    )
