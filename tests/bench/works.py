"""The work that is measured: ours, python-docx's, and the floor that no reader of Word files can go below."""

import io

import docx
from lxml import etree

from extractors.edition import edition
from extractors.reader import read, source_file
from schemas.edition import Edition
from tests.bench.grown import main_part


def ours(data: bytes) -> Edition:
    """Bytes to edition, as `popravka check` does it."""
    document = read(data)
    return edition(document, source_file("source.docx", data, document))


def floor(data: bytes) -> etree._Element:
    """What no reader of Word files can do without: unzip the main part and parse it."""
    return etree.fromstring(main_part(data))


def python_docx(data: bytes) -> list[str]:
    """The usual way to the text of a Word file's tables."""
    word = docx.Document(io.BytesIO(data))
    return [cell.text for table in word.tables for row in table.rows for cell in row.cells]
