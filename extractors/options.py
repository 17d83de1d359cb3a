"""How a file is to be read: which view of its changes, within which limits, with which program.

The limits stand between an archive of unknown files and the machine that reads it. Every
reader keeps to them; a settings file may change each of them by its name.
"""

from typing import Literal, NamedTuple

View = Literal["final", "original"]
"""Tracked changes accepted, or rejected."""


class Limits(NamedTuple):
    """The most that one file may ask for; a file that asks for more is refused, never cut."""

    file_bytes: int = 256 * 2**20
    parts: int = 10_000  # entries of a package (.docx, .odt)
    unpacked_bytes: int = 512 * 2**20  # of all parts that are read
    ratio: int = 150  # unpacked to packed, of a part above eight mebibytes
    pdf_ratio: int = 25  # unpacked and drawn to packed, of a PDF above one mebibyte
    elements: int = 12_000_000  # of one XML part or page of HTML
    xml_depth: int = 256
    nesting: int = 50  # tables in tables
    rows: int = 200_000  # of one table
    span: int = 1_000  # slots that one cell may cover in a direction
    table_slots: int = 2_000_000  # of one table: a hundred thousand rows of twenty columns
    plain_slots: int = 250_000  # of all tables that a plain text draws by rules or tabs, of a drawn one in each of its lines
    text: int = 50_000_000  # characters of one document
    pages: int = 3_000  # of a PDF
    conversion_seconds: int = 120
    conversion_bytes: int = 4 * 2**30  # memory of the outside program


class Options(NamedTuple):
    """What a reader is told besides the bytes; `soffice` is the path of LibreOffice, "" for the one on the path."""

    view: View = "final"
    limits: Limits = Limits()
    soffice: str = ""


USUAL = Options()
