"""What the rows of the appendices bear: their numbers as written, and what a row of a total calls its group."""

from collections.abc import Iterator

import regex

from extractors.labels import Labels
from extractors.locate import Appendix, Parts
from extractors.text import squeeze
from extractors.values import list_number
from schemas.address import Address, Part
from schemas.edition import Listing
from schemas.place import Place
from schemas.stated import RowLabel

# «Итого по разделу 1. Организация …»: the name stands behind the number, or in quotation marks
_NAME = regex.compile(
    r"^(?:итого|всего)\s+(?:по|на реализацию)\s+\p{L}+\s*(?:№\s*)?(?:(?:\d+(?:\.\d+)*|[IVX]+)\s*[.:)–—-]\s*|(?:\d+|[IVX]+)?\s*(?=[«\"“]))(?P<name>.+)$",
    regex.I,
)
_NO_NAME = regex.compile(r"в\s+том\s+числе|тыс|руб|всего|бюджет|источник|средств|год|сумм|финансир", regex.I)


def row_numbers(parts: Parts) -> Iterator[Listing]:
    """The numbers in the column of numbers, appendix by appendix."""
    appendices: tuple[tuple[Part, Appendix | None], ...] = (("appendix1", parts.indicators), ("appendix2", parts.activities))
    for part, appendix in appendices:
        found: list[tuple[str, Place]] = []
        for table, cols in appendix.tables if appendix else ():
            column = cols.roles.get("number")
            if column is not None:
                cells = (row[column] for index, row in enumerate(table.grid) if cols.header <= index == row[column].row)
                found.extend((squeeze(cell.text), table.place(cell)) for cell in cells if list_number(cell.text))
        if found:
            yield Listing(address=Address(part=part), numbers=tuple(text for text, _ in found), places=tuple(place for _, place in found))


def total_labels(parts: Parts, labels: Labels) -> Iterator[RowLabel]:
    """The rows that say of which task, section or direction they are the total; said again from source to source, once."""
    for table, cols in parts.activities.tables if parts.activities else ():
        before = ""
        for cell in table.cells:
            if cell.row < cols.header or cell.text.lstrip()[:5].lower() not in ("итого", "всего"):
                continue
            found = labels.match("rows", cell.text)
            text = squeeze(cell.text)
            if found and found.family in ("task_total", "group_total") and text != before:
                yield RowLabel(text=text, number=found.groups.get("task"), name=_name(text), place=table.place(cell))
                before = text


def _name(text: str) -> str | None:
    """The name of the group in the label, if it says one.

    >>> _name("Итого по разделу 1. Организация праздников"), _name("Итого по задаче 1, в том числе")
    ('Организация праздников', None)
    """
    found = _NAME.match(text)
    name = found["name"].strip(' «»"“”.,:;') if found else ""
    return name if name and not _NO_NAME.match(name) else None
