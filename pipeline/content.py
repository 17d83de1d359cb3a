"""What an edition says, as plain JSON values: the record that changes lead from and to.

All values, texts and their order; not the file and the places in it, and nothing that
follows from what is there (the term as years, the lists of the passport, marks of reading).
Blanks in figures are one blank. Years and columns are keys: their order says nothing.
"""

from typing import Any

from extractors.text import squeeze
from pipeline.outline import Node, outline
from schemas.address import MONEY_COLUMNS
from schemas.amount import Amount
from schemas.change import Passage
from schemas.edition import Activity, Block, Edition, Funding, Heading, Indicator, Money, PassportRow, Section, Task
from schemas.requisites import Act

Plain = Any


def content(edition: Edition) -> dict[str, Plain]:
    """The edition's content; the pointers of changes point into it.

    The same keys as in the edition's own record, and `titles` (the years in the titles of the
    appendices), `appendix1.headings`, `appendix2.headings`, `unread` and `aside` as texts.
    """
    made: dict[str, Plain] = {
        "base_act": {"citations": {}}, "amending_acts": [], "titles": {},
        "passport": {"rows": [], "indicators": [], "funding": []}, "sections": [],
        "appendix1": {"headings": []}, "indicators": [], "appendix2": {"headings": []},
        "tasks": [], "grand_total": {}, "repeated": [], "unread": [], "aside": [],
    }  # fmt: skip
    for node in outline(edition):
        if not node.siblings:
            for name, value in node.held.items():
                _put(made, name.split("/"), plain_value(value))
        elif node.thing not in ("activity", "paragraph"):
            spot: Plain = made
            for step in node.siblings.split("/")[1:]:
                spot = spot[step]
            spot.append(plain(node))
    return made


def _put(spot: dict[str, Plain], path: list[str], value: Plain) -> None:
    for name in path[:-1]:
        spot = spot.setdefault(name, {})
    spot[path[-1]] = value


def plain(node: Node) -> Plain:
    """A whole thing as it stands in the content; a task with its activities, a section with its paragraphs."""
    return plain_whole(node.whole) if node.whole is not None and node.thing not in ("row", "repeated") else _of_held(node)


def _of_held(node: Node) -> Plain:
    made: dict[str, Plain] = {"address": str(node.address)} if node.thing == "repeated" else {}
    if isinstance(node.whole, PassportRow):
        made["field"] = node.whole.field
    for name, value in node.held.items():
        _put(made, name.split("/"), plain_value(value))
    return made


def plain_value(value: object) -> Plain:
    """A figure as it is written, or a text."""
    return squeeze(value.raw) if isinstance(value, Amount) else getattr(value, "text", None)


def plain_whole(whole: object) -> Plain:
    """A whole thing, from its shape."""
    match whole:
        case Task():
            activities = [plain_whole(activity) for activity in whole.activities]
            return {"number": whole.number, "name": whole.name, "activities": activities, "subtotal": _block(whole.subtotal)}
        case Activity():
            texts = {name: getattr(whole, name) for name in ("number", "name", "term", "responsible", "result")}
            return texts | {"years": _block(whole.years)}
        case Indicator():
            texts = {"number": whole.number or "", "task": whole.task or "", "name": whole.name, "unit": whole.unit or ""}
            method = {} if whole.method is None else {"method": whole.method}
            return texts | method | {"values": _amounts(whole.values)}
        case Funding():
            total = {} if whole.total is None else {"total": plain_value(whole.total)}
            return {"source": whole.source, "label": whole.label, "years": _amounts(whole.years)} | total
        case Section():
            return {"number": whole.number, "title": whole.title, "paragraphs": list(whole.paragraphs)}
        case Heading():
            return {"number": whole.number or "", "name": whole.name}
        case Act():
            return _act(whole)
        case Money():
            return plain_row(whole)
        case Passage():
            return whole.whole
        case Amount():
            return plain_value(whole)
        case _:
            return getattr(whole, "text", None)


def plain_row(money: Money) -> dict[str, str]:
    """A row of money: the columns that it has."""
    row = {column: plain_value(getattr(money, column)) for column in MONEY_COLUMNS if getattr(money, column) is not None}
    return row if money.result is None else row | {"result": money.result}


def _block(block: Block) -> dict[str, Plain]:
    return {year: plain_row(money) for year, money in block.items()}


def _amounts(amounts: dict[str, Amount]) -> dict[str, Plain]:
    return {year: plain_value(amount) for year, amount in amounts.items()}


def _act(act: Act) -> Plain:
    citations: dict[str, list[str]] = {}
    for citation in act.citations:
        citations.setdefault(citation.part, []).append(citation.raw)
    made = {"date": act.date.isoformat() if act.date else "", "number": act.number or ""}
    return made | {"citations": {part: "; ".join(raws) for part, raws in citations.items()}}
