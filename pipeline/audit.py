"""An amendment held to account: the acts carried out on the former edition against the edition that was published."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.auditing.carried import Attribution, Carried, called, carry_out, concerns
from pipeline.auditing.doubts import doubts
from pipeline.auditing.verdicts import ACT_MISSING, Grounds, rulings
from pipeline.compare import compare
from pipeline.loaded import Loaded
from schemas.amendment import Resolution
from schemas.audit import ActAtHand, Audit, Ruling, Verdict
from schemas.change import Change, Comparison
from schemas.edition import Edition
from schemas.finding import Phrase, phrase

_Requisites = tuple[str | None, str | None]
UNDATED = "у постановления {act} не указана дата, и порядок актов не известен"
NOT_UNDERSTOOD = "в постановлении {act} не понято указаний: {count}"
UNREADABLE = "редакция, которая получается по постановлению {act}, не читается"
_JUDGED = {Verdict.DECLARED: "declared", Verdict.UNRESOLVED: "unresolved", Verdict.UNDECLARED: "undeclared"}


def audited(old: Loaded, new: Loaded, comparison: Comparison, given: Sequence[Resolution]) -> Comparison:
    """The comparison with every change judged, and the audit of the acts."""
    acts = sorted((act for act in given if _is_on(act, old)), key=lambda act: (act.act.date or "9999", act.act.number or ""))
    steps = carry_out(old, acts)
    missing = tuple(_missing(old.edition, new.edition, acts))
    obstacles = tuple(_obstacles(steps, missing))
    expected = next((step.after.edition for step in reversed(steps) if step.after), old.edition)
    grounds = Grounds(steps, Attribution(steps), missing, obstacles)
    found = rulings(comparison.changes, compare(expected, new.edition).changes, grounds)
    audit = Audit(acts=tuple(map(_at_hand, steps)), missing=missing, obstacles=obstacles, rulings=found,
                  doubts=tuple(doubts(old.edition, new.edition, given, steps, found)))  # fmt: skip
    return comparison.model_copy(update={"changes": tuple(_judged(comparison.changes, found)), "audit": audit})


def _is_on(act: Resolution, old: Loaded) -> bool:
    return not act.operations or any(concerns(act, operation, old) for operation in act.operations)


def _missing(old: Edition, new: Edition, acts: Iterable[Resolution]) -> Iterator[_Requisites]:
    """Acts that the new edition, or an act at hand, names, and that neither the former edition names nor anybody gave."""
    known = {one.number for one in old.amending_acts} | {act.act.number for act in acts}
    named_by_new = [(one.date.isoformat() if one.date else None, one.number) for one in new.amending_acts]
    told = [former for act in acts for amended in act.amends for former in amended.former if amended.number == old.base_act.number]
    for date, number in dict.fromkeys((*named_by_new, *told)):
        if number is not None and number not in known:
            known.add(number)
            yield date, number


def _obstacles(steps: Sequence[Carried], missing: Sequence[_Requisites]) -> Iterator[Phrase]:
    """Why it cannot be said that no act orders a change."""
    yield from (phrase(ACT_MISSING, act=called(*act)) for act in missing)
    for step in steps:
        act = called(step.act.act.date, step.act.act.number)
        if step.act.act.date is None and len(steps) > 1:
            yield phrase(UNDATED, act=act)
        unclear = sum(one.status == "not-understood" for one in step.operations) + len(step.act.unread)
        if unclear:
            yield phrase(NOT_UNDERSTOOD, act=act, count=unclear)
        if step.after is None:
            yield phrase(UNREADABLE, act=act)


def _at_hand(step: Carried) -> ActAtHand:
    count = {status: sum(one.status == status for one in step.operations) for status in ("carried-out", "failed", "not-understood")}
    return ActAtHand(
        file=step.act.source.file, date=step.act.act.date, number=step.act.act.number,
        carried_out=count["carried-out"], failed=count["failed"], not_understood=count["not-understood"],
    )  # fmt: skip


def _judged(changes: Iterable[Change], found: Iterable[Ruling]) -> Iterator[Change]:
    by_change = {ruling.change: ruling for ruling in found if ruling.change}
    for change in changes:
        ruling = by_change[change.id]
        by = "; ".join(dict.fromkeys(", ".join(filter(None, (one.act, one.item and f"пункт {one.item}"))) for one in ruling.orders)) or None
        yield change.model_copy(update={"declared": _word(ruling), "by": by})


def _word(ruling: Ruling) -> str:
    """The contract's word: what is done otherwise than ordered is declared only if the published wording is the ordered one."""
    if ruling.verdict == Verdict.OTHERWISE:
        return "declared" if ruling.expected == ruling.published else "undeclared"
    return _JUDGED[ruling.verdict]
