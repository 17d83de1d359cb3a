"""The small consistent programme of the cases, and ways to break it in one place.

`cases/model.txt` is constructed: two tasks, three activities, three years, money of
every source. A case names an address and what to write there, or a text and what to
put in its stead; everything else stays as it is.
"""

from pathlib import Path
from typing import Any

from extractors.edition import edition
from extractors.reader import read, source_file
from schemas.address import Address
from schemas.edition import Edition

CASES = Path(__file__).parent / "cases"
MODEL = (CASES / "model.txt").read_text("utf-8")


def edition_of(text: str) -> Edition:
    """The edition that a text holds."""
    data = text.encode()
    document = read(data)
    return edition(document, source_file("model.txt", data, document))


PLAIN = edition_of(MODEL)


def broken(edits: list[dict[str, Any]]) -> str:
    """The model with every edit made, in order."""
    text = MODEL
    for edit in edits:
        text = _edited(text, edit)
    return text


def _edited(text: str, edit: dict[str, Any]) -> str:
    if "at" in edit:
        return _put(text, Address.parse(edit["at"]), str(edit["put"]))
    if "drop year" in edit:
        return _without_row(text, Address.parse(edit["drop year"]))
    parts = text.split(edit["find"])
    assert len(parts) > 1, f"«{edit['find']}» is not in the model"
    nth = edit.get("nth")
    if nth is None:
        assert len(parts) == 2, f"«{edit['find']}» stands {len(parts) - 1} times: say which (nth)"
        nth = 1
    return edit["find"].join(parts[:nth]) + edit["put"] + edit["find"].join(parts[nth:])


def _put(text: str, address: Address, raw: str) -> str:
    """Another number at the address, found by the place that the reader gives it."""
    amount = PLAIN.at(address)
    assert amount is not None, f"nothing stands at {address}"
    assert amount.place.line is not None
    lines = text.split("\n")
    line = lines[amount.place.line - 1]
    assert line.lstrip("\t") == amount.raw
    lines[amount.place.line - 1] = line[: len(line) - len(amount.raw)] + raw
    return "\n".join(lines)


def _without_row(text: str, address: Address) -> str:
    """Without the row of this year: the lines between the blank ones around it."""
    amount = next(a for where, a in PLAIN.amounts.items() if where.at(column=None) == address)
    lines = text.split("\n")
    first = last = (amount.place.line or 0) - 1
    while lines[first - 1].startswith("\t"):
        first -= 1
    while lines[last].startswith("\t"):
        last += 1
    return "\n".join(lines[:first] + lines[last + 1 :])
