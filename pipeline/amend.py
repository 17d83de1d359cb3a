"""Operations carried out on the blocks of the former edition: what became of it, and of each operation.

All operations of an act speak of the former edition (drafting rules: numbers do not move while an act is
carried out). So every target is found in the former document, all edits are told in its numbering, and then
carried out at once: the order of the instructions decides nothing, except which of two that want the
same spot comes first. An operation whose target is not there may speak of what another one brings
(«дополнить пунктом 5», «в пункте 5 …»): these are tried once more on the document that the others made.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.carrying.account import Touched, prove, touched
from pipeline.carrying.adding import add
from pipeline.carrying.apply import apply
from pipeline.carrying.edits import Claims, Edit
from pipeline.carrying.former import Former
from pipeline.carrying.notes import noted
from pipeline.carrying.paths import Spots
from pipeline.carrying.plan import Candidate, Plan, Refused, in_russian
from pipeline.carrying.removing import remove
from pipeline.carrying.restate import restate
from pipeline.carrying.words import insert, replace, throughout
from schemas.address import Address
from schemas.amendment import Operation, TheAct, Verb
from schemas.blocks import Document
from schemas.edition import Edition
from schemas.finding import Phrase, phrase
from schemas.place import Place


class Outcome(NamedTuple):
    """What became of one operation: the operation with its status, and why it failed, as a phrase.

    `account` is what it touched in the document before and after.
    """

    operation: Operation
    why: Phrase | None = None
    account: Touched = Touched()
    place: Place | None = None


class Amended(NamedTuple):
    """The resulting document, and what became of each operation, in the order of the act; `note` is what naming the act touched."""

    document: Document
    outcomes: tuple[Outcome, ...]
    note: Touched = Touched()

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations with their status, reason and candidates."""
        return tuple(outcome.operation for outcome in self.outcomes)


def amend(document: Document, operations: Sequence[Operation], edition: Edition | None = None, act: TheAct | None = None) -> Amended:
    """Carry the operations of one act out; those that cannot be are returned as failed and touch nothing.

    `edition` is what was read of the document, where that is known: targets that are addresses are found
    through it, and addresses of targets are told by it. Nothing outside what the operations declare is
    different in the result: `account.prove` sees to it. An `act` of which something was carried out is named in
    the notes of the edition (see `carrying.notes`); without one nothing is.
    """
    amended = _carried(document, operations, edition)
    if act is None or act.number is None or amended.document is document:
        return amended
    former = Former(amended.document)
    whole = Touched()
    for outcome in amended.outcomes:
        whole = whole.also(outcome.account)
    edits = noted(former, act, edition.amending_acts if edition else (), whole)
    new, made = apply(amended.document, edits)
    note = touched(edits, range(len(edits)), made, former.spots, Spots(new))
    prove(amended.document, new, note)
    return amended._replace(document=new, note=note)


def _carried(document: Document, operations: Sequence[Operation], edition: Edition | None) -> Amended:
    """The operations carried out in one round, and those that waited for it in a second."""
    first = _Round(document, operations, edition)
    again = [n for n, outcome in enumerate(first.outcomes) if first.may_wait(n) and outcome.operation.status == "failed"]
    if not again or first.document is document:
        return Amended(first.document, tuple(first.outcomes))
    second = _Round(first.document, [operations[n] for n in again], None)
    outcomes = list(first.outcomes)
    for n, outcome in zip(again, second.outcomes, strict=True):
        if outcome.operation.status == "carried-out":
            marks = (*outcome.operation.marks, "target-of-this-act")
            outcomes[n] = outcome._replace(operation=outcome.operation.model_copy(update={"marks": marks}))
    return Amended(second.document, tuple(outcomes))


_VERBS: dict[Verb, Callable[[Operation, Former], Plan]] = {
    Verb.RESTATE: restate, Verb.REPLACE_WORDS: replace, Verb.REPLACE_FIGURES: replace, Verb.INSERT_WORDS: insert, Verb.ADD: add,
    Verb.DELETE: remove, Verb.REPEAL: remove, Verb.REPLACE_THROUGHOUT: throughout,
}  # fmt: skip


class _Round:
    """Operations carried out at once on one document."""

    def __init__(self, document: Document, operations: Sequence[Operation], edition: Edition | None) -> None:
        self.former = Former(document, edition)
        self.claims = Claims(self.former.spots)
        self.edits: list[Edit] = []
        self.numbers: dict[int, tuple[list[Edit], range]] = {}
        self.outcomes: list[Outcome] = [Outcome(operation) for operation in operations]
        self.absent: set[int] = set()
        self._addresses: dict[Place, Address] | None = None
        waiting = [n for n, operation in enumerate(operations) if not self._carry(n, operation, yielding=False)]
        for n in waiting:
            self._carry(n, operations[n], yielding=True)
        self.document, made = apply(document, self.edits) if self.edits else (document, {})
        new = Spots(self.document) if self.edits else self.former.spots
        whole = Touched()
        for n, (edits, numbers) in self.numbers.items():
            account = touched(edits, numbers, made, self.former.spots, new)
            whole = whole.also(account)
            self.outcomes[n] = self.outcomes[n]._replace(account=account)
        prove(document, self.document, whole)

    def may_wait(self, n: int) -> bool:
        """Whether an operation failed because its target is not there yet."""
        return n in self.absent

    def _carry(self, n: int, operation: Operation, yielding: bool) -> bool:
        """Plan one operation and take its spots; False for one that must wait until all others have theirs."""
        if operation.kind is None or operation.status == "not-understood":
            self.outcomes[n] = Outcome(operation.model_copy(update={"status": "not-understood"}))
            return True
        if not yielding and operation.kind == Verb.REPLACE_THROUGHOUT:
            return False
        try:
            plan = _VERBS[operation.kind](operation, self.former)
            edits, told = self._free(plan)
        except Refused as problem:
            self._fail(n, operation, problem.why, problem.candidates)
            if problem.absent:
                self.absent.add(n)
            return True
        for edit in edits:
            self.claims.take(edit, operation.id)
        self.numbers[n] = (edits, range(len(self.edits), len(self.edits) + len(edits)))
        self.edits.extend(edits)
        marks = tuple(dict.fromkeys((*operation.marks, *plan.marks, *told)))
        done = {
            "status": "carried-out",
            "reason": None,
            "candidates": (),
            "marks": marks,
            "target": operation.target or self._address(plan.place),
        }
        self.outcomes[n] = Outcome(operation.model_copy(update=done), place=plan.place)
        return True

    def _free(self, plan: Plan) -> tuple[list[Edit], list[str]]:
        """The edits of a plan, none of which is on a spot that another operation has taken."""
        clashes = [(edit, self.claims.clash(edit)) for edit in plan.edits]
        if plan.yields:
            free = [edit for edit, clash in clashes if clash is None]
            return free, ["yields-to-another"] if len(free) < len(clashes) else []
        clash = next((clash for _, clash in clashes if clash), None)
        if clash is not None:
            other = next((o.operation for o in self.outcomes if o.operation.id == clash.by), None)
            reason = phrase(
                "то же место уже изменяет другая инструкция этого акта: {other}", other=(other.item or other.id) if other else clash.by
            )
            raise Refused(reason, [{"place": plan.place.record(), "text": other.text if other else ""}])
        return list(plan.edits), []

    def _fail(self, n: int, operation: Operation, reason: Phrase, candidates: Sequence[Candidate]) -> None:
        said = in_russian(reason)
        failed = operation.model_copy(update={"status": "failed", "reason": said, "candidates": tuple(candidates)})
        self.outcomes[n] = Outcome(failed, why=reason)

    def _address(self, place: Place) -> Address | None:
        """The address of the amount that stands at the place, if one does."""
        if self._addresses is None:
            edition = self.former.edition
            self._addresses = {_cell(amount.place): address for address, amount in edition.walk()} if edition else {}
        return self._addresses.get(_cell(place))


def _cell(place: Place) -> Place:
    """The place of a figure: of a table its cell, in whichever line of it the figure stands."""
    return place._replace(line=None, page=None, span=None)
