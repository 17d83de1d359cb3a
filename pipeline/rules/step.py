"""STEP: what the passage from one edition to the next makes doubtful, beside what is wrong in the new one itself."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from extractors.text import key, shortened
from pipeline.rule import Step, rule
from pipeline.traits import is_over, moved_years, years_over
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Change, Comparison, GroupKind, Kind, Pairing, Role, Trait
from schemas.edition import Edition
from schemas.finding import Phrase, Remark, Severity, Term, phrase
from schemas.place import Place

_ZERO = Decimal(0)


class _Keyed(NamedTuple):
    """A task, an activity or an indicator with what it is known by."""

    thing: str
    address: Address
    number: str
    name: str
    place: Place


@rule("STEP001", Severity.WARNING, over="step")
def repeated_keys(step: Step) -> Iterator[Remark]:
    """Номер или наименование повторяется, и строки двух редакций сопоставлены с сомнением

    Строки двух редакций сопоставляются по номеру и наименованию. Если в одной из
    редакций две задачи, два мероприятия или два показателя названы одинаково, то
    какая строка какой стала, документ не решает: изменения их сумм могут
    относиться к другой строке. Повтор, который сопоставлению не мешает, здесь не назван.

    Не проходит: было 1.1 «Ремонт дорог», стало 1.1 «Ремонт дорог» и ещё одно 1.1 «Ремонт дорог»
    Проходит: было и стало 1.1 «Ремонт дорог» и 1.2 «Ремонт дорог»
    """
    comparison = step.comparison
    told: set[Address] = set()
    for edition, other, which in ((comparison.new, comparison.old, "new"), (comparison.old, comparison.new, "old")):
        for members in _repeated(edition):
            pairs = _pairs_between(members, comparison, which) or _same_in_all(members, other, comparison, which)
            spots = [(pair, place) for pair in pairs for place in _places(pair.address_new, comparison.new)]
            if spots and not told & {pair.address_new for pair in pairs}:
                told |= {pair.address_new for pair in pairs}
                pair, place = spots[0]
                yield Remark(message=_repeat_told(members, which), address=pair.address_new, place=place)


def _repeated(edition: Edition) -> Iterator[tuple[_Keyed, ...]]:
    """Things of one kind that bear one number, or one name; together only once."""
    seen: set[frozenset[Address]] = set()
    things = list(_keyed(edition))
    ways: tuple[Callable[[_Keyed], Hashable], ...] = (
        lambda one: one.number and (one.thing, one.address.task if one.thing == "activity" else None, one.number),
        lambda one: key(one.name) and (one.thing, key(one.name)),
    )
    for known_by in ways:
        together: dict[Hashable, list[_Keyed]] = {}
        for one in things:
            together.setdefault(known_by(one), []).append(one)
        for known, members in together.items():
            found = frozenset(one.address for one in members)
            if known and len(members) > 1 and found not in seen:
                seen.add(found)
                yield tuple(members)


def _keyed(edition: Edition) -> Iterator[_Keyed]:
    tasks = (address for address, _ in edition.blocks() if address.task is not None and address.activity is None)
    for address, task in zip(tasks, edition.tasks, strict=True):
        yield _Keyed("task", address, task.number, task.name, task.place)
    for address, activity in edition.activity_addresses():
        yield _Keyed("activity", address, activity.number, activity.name, activity.places.get("name", Place()))
    for address, indicator in edition.indicator_addresses():
        yield _Keyed("indicator", address, indicator.number or "", indicator.name, indicator.place)


def _pairs_between(members: tuple[_Keyed, ...], comparison: Comparison, which: str) -> list[Pairing]:
    """The pairs of which the comparison says that another of the members would have done almost as well."""
    side: Callable[[object], Address | None] = lambda of: getattr(of, f"address_{which}")  # noqa: E731
    own = {one.address for one in members}
    return [
        pair for pair in comparison.pairs
        if pair.thing == members[0].thing and side(pair) in own
        and any(side(reading) in own - {side(pair)} for reading in pair.alternatives)
    ]  # fmt: skip


def _same_in_all(members: tuple[_Keyed, ...], other: Edition, comparison: Comparison, which: str) -> list[Pairing]:
    """The pairs of members that number and name do not tell apart: only their order pairs them."""
    told = {(one.number, key(one.name), one.address.task) for one in members}
    if len(told) > 1 or not any((one.number, key(one.name)) == (members[0].number, key(members[0].name)) for one in _keyed(other)):
        return []
    own = {one.address for one in members}
    return [pair for pair in comparison.pairs if pair.thing == members[0].thing and getattr(pair, f"address_{which}") in own]


def _places(address: Address, edition: Edition) -> Iterator[Place]:
    yield from (one.place for one in _keyed(edition) if one.address == address)


def _repeat_told(members: tuple[_Keyed, ...], which: str) -> Phrase:
    listed = "; ".join(f"{one.number} «{shortened(one.name, 50)}»" for one in members)
    if which == "new":
        return phrase("в новой редакции повторяются: {listed}; какая из этих строк чем была, решите сами", listed=listed)
    return phrase("в прежней редакции повторялись: {listed}; какая из этих строк чем стала, решите сами", listed=listed)


@rule("STEP002", Severity.WARNING, over="step")
def past_years(step: Step) -> Iterator[Remark]:
    """Изменены суммы за годы, которые уже прошли

    Постановление меняет суммы года, который к его дате закончился. Расходы того
    года исполнены, и изменить их нельзя; так бывает, когда программу приводят к
    исполнению задним числом или когда суммы попали не в тот год. Решает человек.
    Итоги, которые изменились вслед, и годы, которые из программы ушли, не названы.

    Не проходит: редакция от 20.06.2024; у мероприятия 1.1 за 2023 год было 300,25, стало 310,25
    Проходит: редакция от 20.06.2024; у мероприятия 1.1 за 2024 год было 300,25, стало 310,25
    """
    comparison, over = step.comparison, years_over(step.comparison.new)
    whole = (GroupKind.YEAR_ADDED, GroupKind.YEAR_REMOVED)
    apart = {change for group in comparison.groups if group.kind in whole for change in group.changes}
    found = [
        change for change in comparison.changes
        if Trait.RETROACTIVE in change.traits and change.role == Role.PRIMARY and change.field != "indicator" and change.id not in apart
    ]  # fmt: skip
    for changes in _by(found, _row_of):
        yield _of(changes, _past_told(changes, over), comparison.new)


def _past_told(changes: tuple[Change, ...], over: int) -> Phrase:
    first, years = changes[0], ", ".join(sorted({year for change in changes for year in moved_years(change) if is_over(year, over)}))
    if first.field != "name":
        return phrase("изменены суммы за прошедшие годы: {years}", years=years)
    if first.kind == Kind.ADDED:
        return phrase("добавлено с суммами за прошедшие годы: {years}", years=years)
    return phrase("исключено вместе с суммами за прошедшие годы: {years}", years=years)


@rule("STEP003", Severity.WARNING, over="step")
def unexplained_totals(step: Step) -> Iterator[Remark]:
    """Итог изменился не так, как его слагаемые

    Итог остался прежним, хотя слагаемые изменились, или изменился на другую сумму.
    Если он не сходится и в новой редакции, об этом говорят проверки сумм (SUM, AGR),
    и здесь он не повторён. Остаётся итог, который не сходился прежде: поправка
    исправила его молча, и его разность больше или меньше объявленного.

    Не проходит: было итого 190,0 при слагаемых 100,0 + 100,0; стало 200,0 при тех же слагаемых
    Проходит: было итого 200,0 при слагаемых 100,0 + 100,0; стало 210,0 при слагаемых 110,0 + 100,0
    """
    system = step.new.system
    broken = {equation.total for equation in system.broken}
    found = [change for change in step.comparison.changes if _moved_otherwise(change) and change.address_new not in broken]
    for changes in _by(found, lambda change: (_line(change), change.delta, change.footing and change.footing.expected)):
        first = changes[0]
        expected = first.footing.expected if first.footing else _ZERO
        message = phrase("итог изменился на {delta}, а его слагаемые на {expected}", delta=first.delta or _ZERO, expected=expected)
        yield _of(changes, message, step.comparison.new)


def _moved_otherwise(change: Change) -> bool:
    """Whether the total itself moved otherwise than its terms: not only one of its terms did so."""
    if change.role != Role.UNEXPLAINED or not isinstance(change.new, Amount):
        return False
    return change.footing is not None and change.footing.expected != change.delta


@rule("STEP004", Severity.NOTE, over="step")
def lowered_targets(step: Step) -> Iterator[Remark]:
    """Снижено значение показателя

    Поправка уменьшает значение целевого показателя. Для показателя, который должен
    расти, это снижение цели; для показателя вроде числа происшествий — её повышение.
    Показатель назван один раз: в приложении, а в паспорте — лишь если там снижен он один.

    Не проходит: доля дорог, отвечающих нормативам: было 48 %, стало 45 %
    Проходит: было 48 %, стало 50 %
    """
    lowered = [change for change in step.comparison.changes if Trait.LOWERED in change.traits]
    told = {_values(change) for change in lowered if change.address_new and change.address_new.part == "appendix1"}
    own = [c for c in lowered if c.address_new and (c.address_new.part == "appendix1" or _values(c) not in told)]
    for changes in _by(own, lambda change: change.address_new and change.address_new.at(year=None)):
        listed = "; ".join(f"{c.address_new.year}: {_raw(c.old)} → {_raw(c.new)}" for c in changes if c.address_new)
        yield _of(changes, phrase("значение показателя снижено: {listed}", listed=listed), step.comparison.new)


def _values(change: Change) -> Hashable:
    values = (value.value if isinstance(value, Amount) else None for value in (change.old, change.new))
    return (change.address_new and change.address_new.year, *values)


def _raw(value: object) -> str:
    return value.raw if isinstance(value, Amount) else ""


def _by(changes: Iterable[Change], known_by: Callable[[Change], Hashable]) -> Iterator[tuple[Change, ...]]:
    """The changes that are told of together, in their order."""
    together: dict[Hashable, list[Change]] = {}
    for change in changes:
        together.setdefault(known_by(change), []).append(change)
    yield from map(tuple, together.values())


def _line(change: Change) -> Address:
    """The row in which the change stands, whatever its source of money."""
    return (change.address_new or change.address_old or Address(part="appendix2")).at(column=None, source=None)


def _row_of(change: Change) -> tuple[Address, bool]:
    """The thing that the change befell, and whether it is told whole."""
    return _line(change).at(year=None), change.field == "name"


def _of(changes: tuple[Change, ...], message: Phrase, new: Edition) -> Remark:
    """A remark on changes that are one matter: it stands at the first, or, where that is gone, at the total that it belonged to."""
    first, *others = changes
    address, place = first.address_new, first.place_new
    if address is None or place is None:
        address, place = _remaining(first, new)
    value = first.new if isinstance(first.new, Amount) else None
    return Remark(
        message=message, address=address, place=place, raw=value and value.raw, value=value and value.value,
        again=tuple(
            Term(address=c.address_new, value=c.new.value, raw=c.new.raw, place=c.new.place)
            for c in others if c.address_new is not None and isinstance(c.new, Amount)
        ),
    )  # fmt: skip


def _remaining(change: Change, new: Edition) -> tuple[Address, Place]:
    """Where the new edition would have had what it has no more: its task, else the programme."""
    gone = change.address_old or Address(part="appendix2")
    for task in new.tasks:
        if gone.part == "appendix2" and task.number == gone.task:
            return Address(part="appendix2", task=task.number), task.place
    return Address(part=gone.part), new.grand_total_place or Place()
