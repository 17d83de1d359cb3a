"""The laws of the house, held against inputs that nobody chose."""

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import values
from extractors.edition import edition as extract
from extractors.errors import CannotRead
from extractors.grid import LooseRow, lay
from extractors.reader import read, source_file
from extractors.text import flat, joined, key, squeeze
from pipeline.compare import compare
from pipeline.equations import System
from pipeline.reporting.findings import findings_by_part
from pipeline.reporting.sources import Anchors, Checked, twins_of
from pipeline.rule import all_rules, check
from pipeline.wording import Words
from schemas.address import Address
from schemas.amount import Amount
from schemas.blocks import Paragraph
from schemas.edition import Edition
from schemas.report import Entry, Line
from tests.golden import ROOT
from tests.model import MODEL, PLAIN
from tests.seeds import attempt, inside, seeds

RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=3)
"""Addresses of money in appendix 2."""
MONEY = [a for a in PLAIN.amounts if a.part == "appendix2"]


@given(NUMBERS, st.integers(0, 3), st.sampled_from(["", "\u0020", "\u00a0", "\u2009", "\u202f"]), st.sampled_from([",", ".", ",,", ", "]))
def test_reading_a_written_number_gives_it_back(number: Decimal, places: int, group: str, separator: str) -> None:
    """Law 1: in every written form the value comes back with its written decimals."""
    number = number.quantize(Decimal(1).scaleb(-places))
    whole, _, fraction = f"{number:f}".partition(".")
    written = f"{int(whole):,}".replace(",", group) + (separator + fraction if fraction else "")
    value, marks = values.number(written)
    assert value == number
    assert value is not None
    assert value.as_tuple().exponent == -places
    assert bool(marks) == bool(fraction and separator != ",")


@given(st.text())
def test_junk_gives_no_exception(text: str) -> None:
    """Law 1: any text gives a value or none; none of a written text comes with a mark."""
    value, marks = values.number(text)
    assert value is None or value.is_finite()
    assert value is not None or not text.strip() or marks
    values.year(text)
    values.list_number(text)
    values.date(text)


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """Law 2."""
    for normal in (squeeze, joined, flat, key):
        assert normal(normal(text)) == normal(text)


LOOSE_CELLS = st.tuples(st.just((Paragraph("x"),)), st.integers(1, 4), st.sampled_from(["", "start", "continue"]))
LOOSE_ROWS = st.builds(LooseRow, st.lists(LOOSE_CELLS, max_size=6).map(tuple), st.integers(0, 2), st.integers(0, 2))


@given(st.lists(LOOSE_ROWS, max_size=8))
def test_every_slot_is_covered_by_exactly_one_cell(rows: list[LooseRow]) -> None:
    """Law 3, and no cell of the file is lost: it is laid, or told apart as hidden."""
    cells, hidden = lay(rows)
    width = max((row.width() for row in rows), default=0)
    slots = [(y, x) for c in cells for y in range(c.row, c.row + c.row_span) for x in range(c.column, c.column + c.column_span)]
    assert sorted(slots) == [(y, x) for y in range(len(rows)) for x in range(width)]
    written = sum(len(row.cells) for row in rows)
    assert sum(bool(cell.blocks) for cell in cells) + len(hidden) == written


def test_edition_survives_its_json() -> None:
    """Law 4: edition → JSON → edition is the identity, and equal editions give equal bytes."""
    again = Edition.model_validate_json(PLAIN.canonical())
    assert again == PLAIN
    assert again.canonical() == PLAIN.canonical()


def altered(edition: Edition, address: Address, value: Decimal) -> Edition:
    """The edition with another amount at the address."""
    record = edition.record()
    spot: Any = record["grand_total"]
    if address.task:
        task = next(t for t in record["tasks"] if t["number"] == address.task)
        spot = task["subtotal"]
        if address.activity:
            spot = next(a for a in task["activities"] if a["number"] == address.activity)["years"]
    assert address.year
    assert address.column
    spot[address.year][address.column] |= {"value": str(value), "raw": str(value).replace(".", ",")}
    return Edition.model_validate(record)


SUMS = {equation.code for equation in System(PLAIN).equations}
"""The rules that watch over sums; others may have their doubts about the changed amount too."""


def edited(edits: list[tuple[Address, Decimal]]) -> Edition:
    """The model with several amounts changed."""
    changed = PLAIN
    for address, value in edits:
        changed = altered(changed, address, value)
    return changed


@RELAXED
@given(st.sampled_from(MONEY), st.sampled_from([Decimal("5"), Decimal("1000.5")]))
def test_adding_to_one_cell_gives_exactly_the_findings_that_contain_it(address: Address, more: Decimal) -> None:
    """Law 6: every sum in which the cell stands breaks, and no other."""
    before = PLAIN.at(address)
    assert before is not None
    changed = altered(PLAIN, address, (before.value or Decimal(0)) + more)
    wanted = {(equation.code, equation.total) for equation in System(PLAIN).containing[address]}
    sums = [finding for finding in check(changed) if finding.code in SUMS]
    assert {(finding.code, finding.remark.address) for finding in sums} == wanted


@RELAXED
@given(st.lists(st.tuples(st.sampled_from(MONEY), NUMBERS), min_size=1, max_size=5, unique_by=lambda pair: pair[0]))
def test_every_finding_is_a_cause_or_follows_from_one(edits: list[tuple[Address, Decimal]]) -> None:
    """Whatever is broken: a consequence names a finding that has no cause itself, and stands in its list; all are shown."""
    changed = edited(edits)
    found = {finding.id: finding for finding in check(changed)}
    for finding in found.values():
        if finding.cause is not None:
            assert found[finding.cause].cause is None
            assert finding.id in found[finding.cause].consequences
        assert all(found[other].cause == finding.id for other in finding.consequences)
    findings = tuple(found.values())
    sections = findings_by_part(findings, Anchors(Checked(changed, findings)), Words("ru"))
    entries = [item for section in sections for item in section.lines if isinstance(item, Entry)]
    anchors = [entry.anchor for entry in entries] + [
        item.anchor for e in entries for item in e.folded if isinstance(item, Line) and item.anchor
    ]
    heads = {group[0].id for group in (*twins_of([f for f in findings if f.cause is None]), *twins_of([f for f in findings if f.cause]))}
    assert heads <= set(anchors) <= set(found)


def test_comparing_an_edition_with_itself_gives_nothing() -> None:
    """Law 5."""
    comparison = compare(PLAIN, PLAIN)
    assert comparison.changes == ()
    assert comparison.totals.delta == 0


@RELAXED
@given(st.lists(st.tuples(st.sampled_from(MONEY), NUMBERS), min_size=1, max_size=6, unique_by=lambda pair: pair[0]))
def test_changes_replay_and_mirror(edits: list[tuple[Address, Decimal]]) -> None:
    """Law 5: the changed amounts laid over the old edition give the new one; backwards they are the mirror."""
    new = edited(edits)
    forth, back = compare(PLAIN, new), compare(new, PLAIN)
    replayed = PLAIN
    for change in forth.changes:
        assert change.address_new
        assert isinstance(change.new, Amount)
        if change.address_new.part == "passport":
            assert change.old == change.new  # the edits leave the passport behind: stale, but as it was
            continue
        replayed = altered(replayed, change.address_new, change.new.value or Decimal(0))
    assert {a: amount.value or 0 for a, amount in replayed.walk()} == {a: amount.value or 0 for a, amount in new.walk()}
    assert [(c.address_new, c.old, c.new, c.delta and -c.delta) for c in back.changes] == [
        (c.address_old, c.new, c.old, c.delta) for c in forth.changes
    ]  # fmt: skip


def test_order_of_rules_changes_nothing() -> None:
    """Law 7: the same findings whatever the order in which the rules are run."""
    changed = altered(PLAIN, MONEY[0], Decimal("99999"))
    assert check(changed, all_rules()) == check(changed, reversed(all_rules()))


def _read(data: bytes) -> None:
    """Read as far as it goes; only CannotRead may come out."""
    try:
        document = read(data)
        check(extract(document, source_file("x", data, document)))
    except CannotRead:
        pass


@given(st.binary(max_size=2000))
def test_no_bytes_raise_anything_but_cannot_read(data: bytes) -> None:
    """Law 10, on junk."""
    _read(data)
    _read(b"PK\x03\x04" + data)


MUTATIONS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4)), min_size=1, max_size=12)


def mutated(data: bytes, mutations: list[tuple[float, bytes]]) -> bytes:
    """The bytes with pieces overwritten, at places given as fractions of the length."""
    changed = bytearray(data)
    for where, piece in mutations:
        at = int(where * len(changed))
        changed[at : at + len(piece)] = piece
    return bytes(changed)


@RELAXED
@given(MUTATIONS)
def test_a_damaged_text_is_read_or_refused(mutations: list[tuple[float, bytes]]) -> None:
    """Law 10, on a text with bytes changed."""
    _read(mutated(MODEL.encode(), mutations))


@settings(RELAXED, max_examples=30)
@given(st.sampled_from(sorted(seeds())), MUTATIONS, st.integers(0, 40))
def test_a_damaged_file_of_any_format_is_read_or_refused(format_: str, mutations: list[tuple[float, bytes]], part: int) -> None:
    """Law 10, on the seeds of `make fuzz`: bytes of the file, and of a part inside it, changed."""
    data = seeds()[format_]
    attempt(mutated(data, mutations))
    attempt(inside(data, part, lambda found: mutated(found, mutations)))


@cache
def _word() -> tuple[bytes, bytes]:
    data = (ROOT / "samples/kozhevnikovo-504/2023-160/source.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return data, package.read("word/document.xml")


@settings(RELAXED, max_examples=20)
@given(MUTATIONS)
def test_a_damaged_word_file_is_read_or_refused(mutations: list[tuple[float, bytes]]) -> None:
    """Law 10, on a Word file with bytes of the package, and of the XML inside it, changed."""
    data, xml = _word()
    _read(mutated(data, mutations))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, mutated(xml, mutations) if name == "word/document.xml" else old.read(name))
    _read(out.getvalue())


@RELAXED
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["drop", "double", "tab", "blank"])), min_size=1, max_size=8))
def test_a_text_with_lines_lost_or_doubled_loses_nothing_in_silence(damage: list[tuple[int, str]]) -> None:
    """Whatever happens to the lines, every number of a money cell that is still there is an amount or unread."""
    lines = MODEL.split("\n")
    for where, what in damage:
        at = where % len(lines)
        lines[at : at + 1] = {"drop": [], "double": [lines[at]] * 2, "tab": ["\t" + lines[at]], "blank": ["", lines[at]]}[what]
    data = "\n".join(lines).encode()
    document = read(data)
    try:
        edition = extract(document, source_file("x", data, document))
    except CannotRead:
        return
    told = "\n".join(_strings(edition.record()))
    for line in lines:
        if line.startswith("\t") and regex.fullmatch(r"\s*\d+,\d+\s*", line):
            assert squeeze(line) in told


def _strings(value: Any) -> Iterator[str]:
    """Every text of a record, squeezed."""
    if isinstance(value, str):
        yield squeeze(value)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
