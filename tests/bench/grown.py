"""The sample programme with its appendix 2 grown: the rows of its tasks repeated, each copy numbered anew.

Only the XML is touched: rows are copied as they stand, merged cells included, and in the
copies «Задача 1», «1.1» and «Итого по задаче 1» become «Задача 6», «6.1» and «Итого по задаче 6».
"""

import io
import re
import zipfile
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERED = re.compile(r"\s*(?P<word>Задача |Итого по задаче )?(?P<task>\d+)(?=\s*(?:[.:]|$))")
_TASK, _GRAND_TOTAL = re.compile(r"\s*Задача \d+"), re.compile(r"\s*Итого по муниципальной программе")
_CELLS_WITH_NUMBERS = 2


class Grown(NamedTuple):
    """A Word file whose appendix 2 has the task rows `times` over: its bytes, and what they hold."""

    times: int
    data: bytes
    rows: int  # of the table of appendix 2, its header and the programme's total included
    tasks: int


def grow(sample: bytes, times: int) -> Grown:
    """The sample with the task rows of its appendix 2 repeated; once leaves it as it is."""
    root = etree.fromstring(main_part(sample))
    table = max(root.iter(_W + "tbl"), key=lambda found: len(found.findall(_W + "tr")))
    rows = table.findall(_W + "tr")
    heads = [number for number, row in enumerate(rows) if any(map(_TASK.match, _texts(row)))]
    end = next(number for number, row in enumerate(rows) if any(map(_GRAND_TOTAL.match, _texts(row))))
    body = rows[heads[0] : end]
    for copy in range(1, times):
        for row in body:
            rows[end].addprevious(_renumbered(row, copy * len(heads)))
    count = len(table.findall(_W + "tr"))
    return Grown(times, _with_main_part(sample, etree.tostring(root, xml_declaration=True, encoding="UTF-8")), count, times * len(heads))


def main_part(data: bytes) -> bytes:
    """The XML of the main document, unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(_MAIN)


def _texts(row: etree._Element) -> list[str]:
    """The texts of the cells in which a row's number, task or total is written."""
    return ["".join(text.text or "" for text in cell.iter(_W + "t")) for cell in row.findall(_W + "tc")[:_CELLS_WITH_NUMBERS]]


def _renumbered(row: etree._Element, by: int) -> etree._Element:
    """A copy of the row with the number of its task raised."""
    made = deepcopy(row)
    for cell in made.findall(_W + "tc")[:_CELLS_WITH_NUMBERS]:
        for text in cell.iter(_W + "t"):
            written = text.text or ""
            if found := _NUMBERED.match(written):
                text.text = f"{found['word'] or ''}{int(found['task']) + by}{written[found.end() :]}"
    return made


def _with_main_part(package: bytes, xml: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, xml if info.filename == _MAIN else old.read(info), zipfile.ZIP_DEFLATED)
    return made.getvalue()
