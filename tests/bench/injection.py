"""`make trust`: single slips and pairs of slips at random cells of consistent editions, and what the checks make of them.

Reported for each kind: in how many cases an equation or the grammar of numbers is broken
at all, how many of these are found (recall), how often the true cell is among the least
solutions, how often the document decides between them and is then right, and how often the
suggested value is the true one. The exit code is 1 when a bar is missed.
"""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # so that it also runs by path

from extractors.edition import edition as extract  # noqa: E402
from extractors.reader import read, source_file  # noqa: E402
from extractors.values import number  # noqa: E402
from pipeline.equations import System  # noqa: E402
from pipeline.rule import check  # noqa: E402
from pipeline.stages import load_edition  # noqa: E402
from schemas.address import MONEY_COLUMNS, Address  # noqa: E402
from schemas.amount import Amount, Mark  # noqa: E402
from schemas.edition import Activity, Block, Edition, Funding, Task  # noqa: E402
from schemas.finding import Finding, Severity  # noqa: E402
from tests.bench.lines import aligned  # noqa: E402
from tests.bench.slips import BY_NAME, Spoil  # noqa: E402
from tests.model import PLAIN  # noqa: E402
from tests.programme import programme  # noqa: E402

SINGLE, PAIRS, SEED = 100, 200, 20261125  # cases of each kind and edition, pairs of each edition
NAMED_RIGHT = 0.95  # of the single slips between which the equations decide
TWO = "две описки сразу"
HEADINGS = (
    "вид описки",
    "случаев",
    "ломают",
    "найдено",
    "среди названных",
    "решает документ",
    "названа верно",
    "значение верно",
    "лишних ошибок",
)
GRAMMAR = {Mark.DOUBLED_SEPARATOR, Mark.LETTER, Mark.FOREIGN_SIGN, Mark.NOT_A_NUMBER}


class Case(NamedTuple):
    """Cells with what is written there in place of the truth."""

    kind: str
    written: dict[Address, str]


class Outcome(NamedTuple):
    """What the checks made of a case."""

    kind: str
    breaks: bool  # an equation, or the grammar of numbers
    found: bool
    among: bool  # every true cell is among the suggested ones
    decided: bool  # the suggestions name one way only
    right: bool  # decided, and the cells are the true ones
    value: bool  # decided, and the values are the true ones
    false_errors: int  # errors that are neither in the slip nor follow from it


def money(edition: Edition) -> list[Address]:
    """The cells of money that hold a number."""
    return [a for a, amount in edition.amounts.items() if (a.column in MONEY_COLUMNS or a.row == "funding") and amount.value]


def spoilt(edition: Edition, written: dict[Address, str]) -> Edition:
    """The edition with other writing in some cells."""
    for address, raw in written.items():
        former = edition.amounts[address]
        edition = replaced(edition, address, Amount(raw, *number(raw), former.place))
    return edition


def replaced(edition: Edition, address: Address, amount: Amount) -> Edition:
    """The edition with one amount replaced; made anew, so that nothing remembers the former one."""
    return Edition(**({name: getattr(edition, name) for name in Edition.model_fields} | _update(edition, address, amount)))


def _update(edition: Edition, address: Address, amount: Amount) -> dict[str, object]:
    if address.part == "passport":
        fundings = tuple(_refunded(f, address, amount) if f.source == address.source else f for f in edition.passport.funding)
        return {"passport": edition.passport.model_copy(update={"funding": fundings})}
    if address.task is None:
        return {"grand_total": _in_block(edition.grand_total, address, amount)}
    return {"tasks": tuple(_retasked(task, address, amount) if task.number == address.task else task for task in edition.tasks)}


def _refunded(funding: Funding, address: Address, amount: Amount) -> Funding:
    assert address.year
    if address.year == "total":
        return funding.model_copy(update={"total": amount})
    return funding.model_copy(update={"years": funding.years | {address.year: amount}})


def _retasked(task: Task, address: Address, amount: Amount) -> Task:
    if address.activity is None:
        return task.model_copy(update={"subtotal": _in_block(task.subtotal, address, amount)})
    activities = tuple(_reactive(a, address, amount) if a.number == address.activity else a for a in task.activities)
    return task.model_copy(update={"activities": activities})


def _reactive(activity: Activity, address: Address, amount: Amount) -> Activity:
    return activity.model_copy(update={"years": _in_block(activity.years, address, amount)})


def _in_block(block: Block, address: Address, amount: Amount) -> Block:
    assert address.year
    return block | {address.year: block[address.year].model_copy(update={address.column: amount})}


def single(edition: Edition, kind: str, spoil: Spoil, chance: Random, count: int) -> Iterator[Case]:
    """Slips of one kind at random cells; half of them typed into the source and its total alike."""
    cells = money(edition)
    made = 0
    for _ in range(count * 20):
        cell = chance.choice(cells)
        raw = edition.amounts[cell].raw.strip()
        bad = spoil(raw, chance)
        if bad is None or bad == raw:
            continue
        written = {cell: bad}
        twin = next((t for t in _row(edition, cell) if t != cell and edition.amounts[t].raw.strip() == raw), None)
        if twin is not None and made % 2:
            written[twin] = bad
        yield Case(kind, written)
        made += 1
        if made == count:
            return


def copied(edition: Edition, chance: Random, count: int) -> Iterator[Case]:
    """The neighbouring year's figure copied."""
    cells = money(edition)
    made = 0
    while made < count:
        cell = chance.choice(cells)
        others = [o for o in cells if o.at(year=None) == cell.at(year=None) and o.year != cell.year]
        raw = edition.amounts[chance.choice(others)].raw.strip() if others else ""
        if others and number(raw)[0] != edition.amounts[cell].value:
            made += 1
            yield Case("год скопирован", {cell: raw})


def _row(edition: Edition, cell: Address) -> list[Address]:
    row = cell.at(column=None, source=None)
    return [a for a in edition.amounts if a.at(column=None, source=None) == row]


def pairs(edition: Edition, chance: Random, count: int) -> Iterator[Case]:
    """Two slips of any kinds at once."""
    spoils = list(BY_NAME.values())
    while count:
        parts = [next(single(edition, "", chance.choice(spoils), chance, 1), None) for _ in range(2)]
        if all(parts) and not set(parts[0].written) & set(parts[1].written):  # type: ignore[union-attr]
            count -= 1
            yield Case(TWO, parts[0].written | parts[1].written)  # type: ignore[union-attr]


def outcome(edition: Edition, case: Case) -> Outcome:
    """What the checks make of a case."""
    bad = spoilt(edition, case.written)
    truth = {cell: edition.amounts[cell].value for cell in case.written}
    marked = any(GRAMMAR & set(bad.amounts[cell].marks) for cell in truth)
    wrong = {cell for cell in truth if (bad.amounts[cell].value or 0) != truth[cell]}
    findings = [f for f in check(bad) if f.code[:3] in ("AMT", "SUM", "AGR") and f.severity == Severity.ERROR]
    suggested = {(s.change, s.address): s.value for f in findings for s in f.suggestions}
    changes = {change for change, _ in suggested}
    breaks = marked or bool(System(bad).broken)
    named = {cell for _, cell in suggested} if wrong else set[Address]()
    decided = (bool(suggested) or not wrong) and changes <= {1}
    return Outcome(
        case.kind, breaks, bool(findings), wrong <= named, decided, decided and named == wrong,
        decided and all(suggested.get((1, cell)) == truth[cell] for cell in wrong), _stray(findings, case, bad),
    )  # fmt: skip


def _stray(findings: list[Finding], case: Case, bad: Edition) -> int:
    """Errors that speak neither of a spoilt cell nor of a sum in which one stands."""
    system = System(bad)
    near = set(case.written) | {
        cell for e in (*system.equations, *system.blocked) if set(case.written) & {e.total, *e.terms} for cell in (e.total,)
    }
    return sum(f.remark.address not in near for f in findings)


@cache
def editions() -> dict[str, Edition]:
    """Editions without errors: the real one repaired, the model of the cases, one of four sources with years as rows."""
    found = {
        "настоящая, исправленная": load_edition(str(ROOT / "samples/kozhevnikovo-504-repaired/2023-160/source.txt")),
        "образец случаев": PLAIN,
        "четыре источника": _read(programme(tasks=3, activities=4)),
    }
    for name, edition in found.items():
        errors = [finding for finding in check(edition) if finding.severity == Severity.ERROR]
        if errors:
            raise SystemExit(f"{name}: {len(errors)} errors where there is none")
    return found


def _read(data: bytes) -> Edition:
    document = read(data)
    return extract(document, source_file("programme.docx", data, document))


def cases(edition: Edition, chance: Random) -> Iterator[Case]:
    """All the cases of an edition."""
    for kind, spoil in BY_NAME.items():
        yield from single(edition, kind, spoil, chance, SINGLE)
    yield from copied(edition, chance, SINGLE)
    yield from pairs(edition, chance, PAIRS)


def main() -> int:
    """Inject, print the table, and tell by the exit code whether every bar is kept."""
    os.chdir(ROOT)
    outcomes = [outcome(e, case) for name, e in editions().items() for case in cases(e, Random(f"{SEED} {name}"))]
    print(f"описки в {len(editions())} согласованных редакциях, по {SINGLE} каждого вида в каждой и по {PAIRS} пар\n")
    print(table(outcomes))
    missed = list(_missed([item for item in outcomes if item.kind != TWO]))
    print("\n" + ("\n".join(f"не выдержано: {bar}" for bar in missed) or "всё выдержано"))
    return int(bool(missed))


def _missed(outcomes: list[Outcome]) -> Iterator[str]:
    """The bars on single slips that are not kept."""
    breaking = [item for item in outcomes if item.breaks]
    decided = [item for item in breaking if item.decided]
    if not all(item.found for item in breaking):
        yield "найдена каждая описка, которая ломает сумму или число"
    if any(item.false_errors for item in outcomes):
        yield "ни одной ошибки не о той описке"
    if not all(item.among for item in breaking):
        yield "верная клетка всегда среди названных"
    if sum(item.right for item in decided) < NAMED_RIGHT * len(decided):
        yield "верная клетка названа одна не меньше чем в 95 % случаев, которые решает документ"


def table(outcomes: list[Outcome]) -> str:
    """The outcomes by kind, in per cent."""
    kinds = list(dict.fromkeys(item.kind for item in outcomes))
    rows = [HEADINGS, *(_row_of(kind, [item for item in outcomes if item.kind == kind]) for kind in kinds)]
    return aligned(rows, "<" + ">" * (len(HEADINGS) - 1))


def _row_of(kind: str, mine: list[Outcome]) -> tuple[str, ...]:
    breaking = [item for item in mine if item.breaks]
    decided = [item for item in breaking if item.decided]
    found, among = (sum(getattr(item, name) for item in breaking) for name in ("found", "among"))
    right, value = (sum(getattr(item, name) for item in decided) for name in ("right", "value"))
    return (
        kind, str(len(mine)), str(len(breaking)), _share(found, len(breaking)), _share(among, len(breaking)),
        _share(len(decided), len(breaking)), _share(right, len(decided)), _share(value, len(decided)),
        str(sum(item.false_errors for item in mine)),
    )  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %".replace(".", ",") if whole else "—"


if __name__ == "__main__":
    sys.exit(main())
