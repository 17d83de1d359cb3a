"""The contract of a check, and the runner that stamps what checks may not say themselves.

A rule is a generator: it takes an edition's dossier, or a step (two editions and what
differs between them), and yields remarks. Its docstring is its manual: the first line the title, then the reason or norm, then a fragment that fails
and one that passes. Its code and severity are stamped on here.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from inspect import cleandoc
from typing import Literal, NamedTuple

from extractors.doors import collect
from extractors.uncollected import uncollected
from pipeline import rules
from pipeline.culprit import with_causes
from pipeline.equations import System
from pipeline.passages import Passages
from schemas.address import MONEY_COLUMNS
from schemas.base import Shape
from schemas.change import Comparison
from schemas.edition import Edition
from schemas.finding import Finding, Remark, Severity
from schemas.place import Place

_PARTS = ("title", "passport", "section", "appendix1", "appendix2", "resolution")


class Dossier(NamedTuple):
    """What every rule is given: the edition, its system of sums and its running texts, made once.

    `codes` are those of all rules that are run: a rule may leave to another what that one says.
    """

    edition: Edition
    system: System
    passages: Passages
    codes: frozenset[str]


class Step(NamedTuple):
    """What every rule over a step is given: the two editions compared, and the dossier of the new one."""

    comparison: Comparison
    new: Dossier


Over = Literal["edition", "step"]
Check = Callable[..., Iterator[Remark]]
"""A generator of remarks; it takes the dossier, or the step, and the rule's options where it declares some."""


class Rule(NamedTuple):
    """A check with its code, its severity and its manual (Russian: it is read by users).

    `over` tells what it looks at: one edition, or a step from one to the next.
    `options` holds the values that the check is run with: a Shape whose fields have a default
    and a Russian description each; None for a check that has nothing to set.
    """

    code: str
    severity: Severity
    check: Check
    manual: str
    options: Shape | None = None
    over: Over = "edition"

    def remarks(self, seen: Dossier | Step) -> Iterator[Remark]:
        """What the check says of this edition, or of this step."""
        return self.check(seen) if self.options is None else self.check(seen, self.options)

    def weight(self, remark: Remark) -> Severity:
        """The rule's severity; what is only suspected is no error."""
        return self.severity if remark.certain or self.severity is not Severity.ERROR else Severity.WARNING

    @property
    def title(self) -> str:
        """The manual's first line."""
        return self.manual.split("\n", 1)[0]


def rule(
    code: str, severity: Severity = Severity.ERROR, *, options: Shape | None = None, over: Over = "edition"
) -> Callable[[Check], Rule]:
    """Make a rule of a generator; its docstring becomes the manual, `options` are the defaults that settings may change."""

    def made(check: Check) -> Rule:
        return Rule(code, severity, check, cleandoc(check.__doc__ or ""), options, over)

    return made


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule in the folder, by code; a code used twice is refused."""
    return collect(rules, Rule, lambda rule: rule.code)


@uncollected
def check(edition: Edition, chosen: Iterable[Rule] | None = None, former: Edition | None = None) -> tuple[Finding, ...]:
    """Run the rules over an edition: findings in the order of the document, then of the codes.

    `former` is the edition before, where it is known: it tells what was left as it had been.
    """
    rules = all_rules() if chosen is None else tuple(chosen)
    return _findings(_dossier(edition, rules), rules, former, None)


def check_step(comparison: Comparison, chosen: Iterable[Rule] | None = None) -> tuple[Finding, ...]:
    """Run the rules over the new edition, and those of the step over what differs: one list, in the same order."""
    rules = all_rules() if chosen is None else tuple(chosen)
    return _findings(_dossier(comparison.new, rules), rules, comparison.old, comparison)


def _dossier(edition: Edition, rules: tuple[Rule, ...]) -> Dossier:
    return Dossier(edition, System(edition), Passages(edition), frozenset(rule.code for rule in rules))


def _findings(dossier: Dossier, chosen: tuple[Rule, ...], former: Edition | None, comparison: Comparison | None) -> tuple[Finding, ...]:
    seen: dict[Over, Dossier | Step] = {"edition": dossier}
    if comparison is not None:
        seen["step"] = Step(comparison, dossier)
    remarks = [(rule, remark) for rule in chosen if rule.over in seen for remark in rule.remarks(seen[rule.over])]
    remarks.sort(key=lambda pair: (_order(pair[1]), pair[0].code))
    findings = tuple(
        Finding(id=f"F{number}", code=rule.code, severity=rule.weight(remark), remark=remark)
        for number, (rule, remark) in enumerate(remarks, 1)
    )
    return with_causes(findings, dossier.system, former)


def _order(remark: Remark) -> tuple[int, tuple[int, ...], int]:
    column = remark.address.column or remark.address.source
    return (
        _PARTS.index(remark.address.part),
        _spot(remark.place),
        MONEY_COLUMNS.index(column) if column in MONEY_COLUMNS else 99,
    )


def _spot(place: Place) -> tuple[int, ...]:
    outer = _spot(place.inside) if place.inside else ()
    own = (place.line or 0, place.table or 0, place.row or 0, place.column or 0, place.paragraph or 0)
    return outer + own
