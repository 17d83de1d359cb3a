"""An edition as a list of things to be paired, in the order of the document, each with the values that it holds.

A thing has its address in the programme and its JSON pointer in the edition's record; its
values stand under keys of the same record («years/2024/district»). What follows from
other values (the term as years, the lists of the passport) is left out: it would be told twice.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractors.text import is_marker, key, squeeze
from schemas.address import Address, Part
from schemas.amount import Amount
from schemas.base import Shape
from schemas.change import Field, Text, Thing
from schemas.edition import Activity, Block, Edition, Indicator, Money, PassportRow, Section, Task
from schemas.place import Place
from schemas.requisites import Act

_TABLED = ("indicators", "funding")
_HEADER_LINE = regex.compile(r"(?:(?:показател\w*+|источник\w*+|всего|итого|\d{4}|год\w*+\s++реализации|год\w*+|г\.?)[\s,:]*+)+", regex.I)
_COUNTED = ("task", "activity", "indicator")
_NOTES = ("footnote", "endnote")
_FIELDS: dict[str, Field] = {"name": "name", "term": "term", "responsible": "responsible", "result": "result"}


class Words(NamedTuple):
    """A text and where it stands: a Text is made of it only when it is told."""

    text: str
    place: Place | None = None


Held = dict[str, Amount | Words]


class Node(NamedTuple):
    """A thing: what it is, where it stands, what tells it apart, what it holds, and what is told when it comes or goes whole.

    `siblings` points to the list that it stands in; `group` is the thing above it, in its own edition;
    `written` its number as it stands in the row («3.1.»).
    """

    thing: Thing
    address: Address
    pointer: str
    siblings: str
    group: str | None
    number: str
    name: str
    held: Held
    whole: Shape | Amount | None
    written: Words | None = None

    @property
    def ident(self) -> tuple[str, str, str | None]:
        """What tells this thing from all others of its edition."""
        return self.thing, self.pointer, self.group if self.thing == "programme" else None


def outline(edition: Edition) -> list[Node]:
    """Everything that an edition holds."""
    nodes = [*_head(edition), *_passport(edition), *_sections(edition), *_appendix1(edition), *_appendix2(edition), *_rest(edition)]
    numbers = {
        _row(place): Words(raw, place)
        for listing in edition.row_numbers
        for raw, place in zip(listing.numbers, listing.places, strict=True)
    }
    return [node._replace(written=numbers.get(_row(_named_at(node.whole)))) if node.thing in _COUNTED else node for node in nodes]


def _named_at(thing: object) -> Place:
    """Where the name of a thing with a number stands."""
    place = thing.places.get("name") if isinstance(thing, Activity) else getattr(thing, "place", None)
    return place or Place()


def _row(place: Place) -> Place:
    return Place(table=place.table, row=place.row, inside=place.inside)


def told_as(node: Node, name: str) -> tuple[Address, Field]:
    """The address and the field of a value that a thing holds."""
    address, parts = node.address, name.split("/")
    if parts[0] in ("years", "subtotal", "grand_total", "values", "amounts") or (node.thing == "funding" and parts[0] == "total"):
        return _money_address(node, parts)
    if node.thing in ("programme", "act"):
        return (Address(part=_part(parts), row=_ROW.get(parts[0], "requisites")), "text" if parts[0] in _ROW else "requisites")
    if parts[0] in ("unit", "method"):
        return address.at(row=parts[0]), "text"
    if parts[0] == "text":
        return address, "text"
    column = parts[0] if parts[0] in _FIELDS else "name"
    field: Field = "text" if node.thing in ("section", "row", "funding", "heading") else _FIELDS.get(parts[0], "text")
    return address.at(column=column), field


_ROW = {"programme": "title", "unit": "unit", "titles": "title"}


def _part(parts: list[str]) -> Part:
    if parts[0] in ("citations", "titles") or parts[:2] == ["base_act", "citations"]:
        return parts[-1]  # type: ignore[return-value]  # the keys of citations are the parts that cite
    return "appendix2" if parts[0] == "unit" else "title"


def _money_address(node: Node, parts: list[str]) -> tuple[Address, Field]:
    if node.thing in ("indicator", "passport-indicator"):
        return node.address.at(year=parts[1]), "indicator"
    if node.thing == "funding":
        return node.address.at(year=parts[1] if parts[0] == "years" else "total"), "amount"
    if node.thing == "repeated":
        return node.address.at(**({"column": parts[1]} if parts[1] != "value" else {})), "amount"
    column = parts[2] if len(parts) > 2 else None
    return node.address.at(year=parts[1], column=column), "result" if column == "result" else "amount"


def _head(edition: Edition) -> Iterator[Node]:
    held: Held = {"programme/title": Words(edition.programme.title), "unit": Words(edition.unit or "")}
    base = edition.base_act
    for name, value in (("issuer", base.issuer), ("number", base.number), ("date", base.date.isoformat() if base.date else None)):
        held[f"base_act/{name}"] = Words(value or "")
    held |= {f"base_act/{name}": words for name, words in _citations(base).items()}
    for stated in edition.periods:
        if stated.address.row == "title" and stated.address.part in ("appendix1", "appendix2") and stated.period.raw:
            held.setdefault(f"titles/{stated.address.part}", Words(stated.period.raw, stated.place))
    address = Address(part="title", row="title")
    yield Node("programme", address, "", "", None, "", "", held, None)
    requisites = Address(part="title", row="requisites")
    for n, act in enumerate(edition.amending_acts):
        date = act.date.isoformat() if act.date else ""
        held = {"date": Words(date), "number": Words(act.number or ""), **_citations(act)}
        yield Node(
            "act", requisites, f"/amending_acts/{n}", "/amending_acts", None, key(act.number or ""), f"{date} {act.number}", held, act
        )


def _citations(act: Act) -> Held:
    """How each part of the programme cites the act."""
    found: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    for citation in act.citations:
        found.setdefault(citation.part, []).append(citation.raw)
        places.setdefault(citation.part, citation.place)
    return {f"citations/{part}": Words("; ".join(raws), places[part]) for part, raws in found.items()}


def _passport(edition: Edition) -> Iterator[Node]:
    known = _known_lines(edition)
    for n, row in enumerate(edition.passport.rows):
        text = row.text if row.field not in _TABLED else _loose_text(row, known)
        address = Address(part="passport", row=row.field or key(row.label).replace(" ", "_") or f"№{n + 1}")
        held: Held = {"label": Words(row.label, row.place), "text": Words(text, row.place)}
        yield Node("row", address, f"/passport/rows/{n}", "/passport/rows", None, row.field or "", row.label, held, row)
        if row.field in _TABLED and row == edition.passport.row(row.field):
            yield from _indicators(edition, True) if row.field == "indicators" else _funding(edition)


def _known_lines(edition: Edition) -> list[str]:
    """What the passport's tables by years say that is told as figures and names."""
    passport = edition.passport
    known = [squeeze(f"{i.name}, {i.unit}") for i in passport.indicators] + [funding.label for funding in passport.funding]
    return ["\n".join(known)]


def _loose_text(row: PassportRow, known: list[str]) -> str:
    """The lines of a row with a table that are neither figures nor names nor the table's header."""
    loose = []
    for line in row.text.split("\n"):
        is_figure = bool(regex.fullmatch(r"[\d\s.,%–—−хХxX-]+", line))
        if not (is_figure or is_marker(line) or _HEADER_LINE.fullmatch(line) or any(squeeze(line) in text for text in known)):
            loose.append(line)
    return "\n".join(loose)


def _funding(edition: Edition) -> Iterator[Node]:
    counts: dict[str, int] = {}
    for n, funding in enumerate(edition.passport.funding):
        counts[funding.source] = count = counts.get(funding.source, 0) + 1
        address = Address(part="passport", row="funding", source=funding.source, repeat=count if count > 1 else None)
        held: Held = {"label": Words(funding.label, funding.place)}
        held |= {f"years/{year}": amount for year, amount in funding.years.items()}
        if funding.total is not None:
            held["total"] = funding.total
        list_ = "/passport/funding"
        yield Node("funding", address, f"{list_}/{n}", list_, None, funding.source, funding.label, held, funding)


def _sections(edition: Edition) -> Iterator[Node]:
    counts: dict[str, int] = {}
    for n, section in enumerate(edition.sections):
        counts[section.number] = count = counts.get(section.number, 0) + 1
        address = Address(part="section", section=section.number, repeat=count if count > 1 else None)
        pointer = f"/sections/{n}"
        held: Held = {"title": Words(section.title, section.place)}
        yield Node("section", address, pointer, "/sections", None, section.number, section.title, held, section)
        yield from _paragraphs(section, address, pointer)


def _paragraphs(section: Section, address: Address, pointer: str) -> Iterator[Node]:
    for n, text in enumerate(section.paragraphs):
        place = section.places[n] if n < len(section.places) else None
        list_ = f"{pointer}/paragraphs"
        yield Node("paragraph", address.at(paragraph=n + 1), f"{list_}/{n}", list_, pointer, "", text,
                   {"text": Words(text, place)}, Text(text=text, place=place))  # fmt: skip


def _appendix1(edition: Edition) -> Iterator[Node]:
    yield from _headings(edition, "appendix1")
    yield from _indicators(edition, False)


def _headings(edition: Edition, part: Part) -> Iterator[Node]:
    """The rows that open groups; tasks of appendix 2 are things of their own."""
    list_ = f"/{part}/headings"
    chosen = [h for h in edition.headings if h.part == part and (part == "appendix1" or h.scope == "goal")]
    for n, heading in enumerate(chosen):
        address = Address(part=part, task=heading.task, column="name") if heading.task else Address(part=part, row="goal")
        held: Held = {"name": Words(heading.name, heading.place), "number": Words(heading.number or "", heading.place)}
        yield Node("heading", address, f"{list_}/{n}", list_, part, f"{heading.scope} {heading.task or ''}",
                   heading.name, held, heading)  # fmt: skip


def _indicators(edition: Edition, in_passport: bool) -> Iterator[Node]:
    addressed = edition.passport_indicator_addresses() if in_passport else edition.indicator_addresses()
    list_ = "/passport/indicators" if in_passport else "/indicators"
    for n, (address, indicator) in enumerate(addressed):
        group = indicator.task or "" if indicator.scope == "task" else None
        thing: Thing = "passport-indicator" if in_passport else "indicator"
        number = "" if in_passport else indicator.number or ""
        yield Node(thing, address, f"{list_}/{n}", list_, group, number, indicator.name, _indicator(indicator), indicator)


def _indicator(indicator: Indicator) -> Held:
    place = indicator.place
    held: Held = {"name": Words(indicator.name, place), "unit": Words(indicator.unit or "", place)}
    if indicator.method is not None:
        held["method"] = Words(indicator.method, place)
    return held | {f"values/{year}": amount for year, amount in indicator.values.items()}


def _appendix2(edition: Edition) -> Iterator[Node]:
    yield from _headings(edition, "appendix2")
    addresses = iter([address for address, _ in edition.blocks()])
    for n, task in enumerate(edition.tasks):
        inner = [next(addresses) for _ in task.activities]
        pointer = f"/tasks/{n}"
        yield _task(task, next(addresses), pointer)
        for m, (activity, address) in enumerate(zip(task.activities, inner, strict=True)):
            yield _activity(activity, address, f"{pointer}/activities", m, pointer)
    held = _block("grand_total", edition.grand_total)
    yield Node("programme", Address(part="appendix2"), "", "", "total", "", "", held, None)


def _task(task: Task, address: Address, pointer: str) -> Node:
    held: Held = {"name": Words(task.name, task.place), **_block("subtotal", task.subtotal)}
    return Node("task", address, pointer, "/tasks", None, task.number, task.name, held, task)


def _activity(activity: Activity, address: Address, list_: str, n: int, group: str) -> Node:
    held: Held = {column: Words(getattr(activity, column), activity.places.get(column)) for column in _FIELDS}
    held |= _block("years", activity.years)
    return Node("activity", address, f"{list_}/{n}", list_, group, activity.number, activity.name, held, activity)


def _block(name: str, block: Block) -> Held:
    held: Held = {}
    for year, money in block.items():
        held |= {f"{name}/{year}/{column}": amount for column, amount in money.amounts()}
        if money.result is not None:
            held[f"{name}/{year}/result"] = Words(money.result, money.result_place)
    return held


def _rest(edition: Edition) -> Iterator[Node]:
    """Years that stand twice, what was not understood, and notes."""
    seen: dict[Address, int] = {}
    for n, repeated in enumerate(edition.repeated):
        seen[repeated.address] = nth = seen.get(repeated.address, 1) + 1
        held: Held = {f"amounts/{column}": amount for column, amount in repeated.amounts.items()}
        money = {column: amount for column, amount in repeated.amounts.items() if column in Money.model_fields}
        whole = Money(**money) if money else repeated.amounts["value"]
        yield Node("repeated", repeated.address.at(repeat=nth), f"/repeated/{n}", "/repeated", None, str(repeated.address), "", held, whole)
    tables = _tables(edition)
    unread = [(tables.get(_table(item.place), "section"), item) for item in edition.unread]
    for n, (part, lost) in enumerate(pair for pair in unread if pair[0] != "passport"):
        yield _apart("unread", part, n, lost.text, lost.place)
    for n, aside in enumerate(item for item in edition.aside if item.kind in _NOTES):
        yield _apart("aside", "section", n, aside.text, aside.place)


def _apart(thing: Thing, part: Part, n: int, text: str, place: Place) -> Node:
    address = Address(part=part, row=thing)
    return Node(thing, address, f"/{thing}/{n}", f"/{thing}", None, "", text, {"text": Words(text, place)}, Text(text=text, place=place))


def _table(place: Place) -> int | None:
    while place.inside is not None:
        place = place.inside
    return place.table


def _tables(edition: Edition) -> dict[int | None, Part]:
    """Which part each table belongs to."""
    found: dict[int | None, Part] = {_table(row.place): "passport" for row in edition.passport.rows}
    found |= {_table(indicator.place): "appendix1" for indicator in edition.indicators}
    found |= {_table(task.place): "appendix2" for task in edition.tasks}
    return found
