"""Document → Resolution: zones, requisites, instructions, entry into force, signature, the edition that it carries."""

from collections.abc import Sequence

from extractors import errors
from extractors.amendment.accounting import unaccounted
from extractors.amendment.carried import carried
from extractors.amendment.clauses import classified, forces, in_force, says_force, wording
from extractors.amendment.heading import requisites
from extractors.amendment.operations import Reading, found, readings
from extractors.amendment.signing import signatories
from extractors.amendment.zones import Annex, Zones, zones
from extractors.text import joined
from extractors.uncollected import uncollected
from schemas.amendment import AnnexHeading, Clause, Correction, HeadLine, InForce, OperativeLine, Resolution, TheAct
from schemas.blocks import Document
from schemas.edition import SourceFile


@uncollected
def resolution(document: Document, source: SourceFile, corrections: Sequence[Correction] = ()) -> Resolution:
    """The resolution that the document holds; raises `NotResolution` when it holds none.

    Of the `corrections` those are taken that speak of this act.
    """
    parts = zones(document)
    if parts is None:
        raise errors.NotResolution
    return _resolution(document, source, parts, corrections)


def act_of(parts: Zones) -> tuple[TheAct, tuple[HeadLine, ...]]:
    """The requisites of the act whose zones these are, and the lines of its head."""
    return requisites(parts.head, (line.text for line in (*parts.preamble, *parts.operative[:20], *parts.tail)))


def mine(corrections: Sequence[Correction], act: TheAct) -> tuple[Correction, ...]:
    """The corrections that speak of this act."""
    return tuple(one for one in corrections if (one.act_date, one.act_number) == (act.date, act.number))


def _resolution(document: Document, source: SourceFile, parts: Zones, corrections: Sequence[Correction]) -> Resolution:
    act, head = act_of(parts)
    read = [_of_force(one) for one in readings(parts.operative, parts.annexes, corrections=mine(corrections, act))]
    said = found(read)
    signed, behind = signatories(parts.tail)
    clauses = tuple(classified(clause) for clause in said.clauses)
    statements = _statements(clauses, act.date)
    whole = next((one for one in statements if one.unit is None), None)
    programme = carried(document, source, parts, act, said.amends)
    record = Resolution(
        source=source,
        act=act,
        preamble=joined("\n".join(line.text for line in parts.preamble)) or None,
        amends=said.amends,
        operations=tuple(in_force(operation, statements) for operation in said.operations),
        clauses=clauses,
        entry_into_force=wording(clauses, "entry-into-force"),
        effective=whole.effective if whole else None,
        retroactive=next((one.retroactive for one in statements if one.unit is None and one.retroactive), None),
        in_force=statements,
        signatory=signed[0] if signed else None,
        signatories=signed,
        head=head,
        lines=tuple(_line(reading) for reading in read if reading.line.table is None),
        annexes=tuple(_heading(annex) for annex in parts.annexes),
        control=wording(clauses, "control"),
        edition=programme.edition if programme else None,
        unread=(*document.unread, *said.unread, *behind),
    )
    return record.model_copy(update={"unread": (*record.unread, *unaccounted(record, parts, programme.annex if programme else None))})


def _of_force(reading: Reading) -> Reading:
    """«Пункт 1.2 вступает в силу с 1 января 2025 года»: no instruction that failed, but an item on a part's entry into force."""
    failed = [operation for operation in reading.operations if operation.status == "not-understood" and not operation.payload]
    if len(failed) != 1 or len(reading.operations) != 1 or not says_force(reading.line.written):
        return reading
    clause = Clause(item=reading.item, text=reading.line.written, kind="entry-into-force", place=reading.line.place)
    return reading._replace(operations=(), clause=clause)


def _line(reading: Reading) -> OperativeLine:
    """A line with its role."""
    failed = any(operation.status == "not-understood" for operation in reading.operations)
    role = ("clause" if reading.clause else "not-understood" if failed else "instruction" if reading.operations
            else "amended-act" if reading.act else "context")  # fmt: skip
    return OperativeLine(item=reading.item, text=reading.line.written, role=role, place=reading.line.place)


def _statements(clauses: tuple[Clause, ...], signed: str | None) -> tuple[InForce, ...]:
    return tuple(one for clause in clauses if clause.kind == "entry-into-force" for one in forces(clause.text, signed))


def _heading(annex: Annex) -> AnnexHeading:
    lines = tuple(joined(line.text) for line in annex.heading)
    return AnnexHeading(
        number=annex.number, kind=annex.kind, title=annex.title, heading=lines, place=(*annex.heading, *annex.blocks)[0].place
    )
