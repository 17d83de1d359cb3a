"""STR: numbered sequences and years in blocks."""

from collections.abc import Iterator
from itertools import pairwise

from extractors.sections import counted
from extractors.text import shortened
from pipeline.identities import lists_every_year
from pipeline.rule import Dossier, rule
from pipeline.rules.requisites import usual
from schemas.address import Address
from schemas.edition import Edition, Heading
from schemas.finding import Phrase, Remark, phrase
from schemas.place import Place

Numbered = tuple[str | None, Address, Place, str]
"""A number as written, and what bears it: address, place, name."""


@rule("STR001")
def missing_number(dossier: Dossier) -> Iterator[Remark]:
    """В нумерованном ряду пропущен номер

    Разделы, задачи, мероприятия, строки приложений и пункты перечней нумеруются
    подряд. Пропуск значит, что пункт потерян, номер не поставлен или не исправлен
    после внесения изменений, и ссылка на номер укажет не туда. В редакции, в которую
    вносились изменения, пропуск может остаться от исключённого пункта (номера при этом
    не меняют), поэтому там он — предупреждение; строка без номера — ошибка всегда.

    Не проходит: 4, 5, (без номера), 6.1
    Не проходит: 1.1, 1.2, 1.4
    Проходит: 1.1, 1.2, 1.3
    """
    for sequence in sequences(dossier.edition):
        yield from _gaps(sequence, is_amended=bool(dossier.edition.amending_acts))
    yield from _gaps_in_lists(dossier.edition)


def sequences(edition: Edition) -> Iterator[list[Numbered]]:
    """Every numbered sequence of the edition, in order."""
    yield [(s.number, Address(part="section", section=s.number), s.place, s.title) for s in edition.sections]
    through = [part for part in ("appendix1", "appendix2") if _is_counted_through(edition, part)]
    for part in ("appendix1", "appendix2"):
        if part not in through:
            yield _headings([h for h in edition.headings if h.part == part and (h.scope == "task" or part == "appendix1")])
    groups: dict[tuple[str, str | None], list[Numbered]] = {}
    for address, indicator in edition.indicator_addresses():
        groups.setdefault((indicator.scope, indicator.task), []).append((indicator.number, address, indicator.place, indicator.name))
    if "appendix1" not in through:
        yield from groups.values()
    for numbered in _activities(edition) if "appendix2" not in through else ():
        yield from _by_parent(numbered)


def _is_counted_through(edition: Edition, part: str) -> bool:
    """Whether all rows are numbered one after another, goals, tasks and totals too: what is absent there is no lost activity."""
    headings = [(heading.place, heading.number) for heading in edition.headings if heading.part == part]
    if part == "appendix1":
        others = [(indicator.place, indicator.number) for indicator in edition.indicators]
    else:
        others = [(activity.places["name"], activity.number) for task in edition.tasks for activity in task.activities]
    rows = sorted([*headings, *others], key=lambda row: (row[0].table or 0, row[0].row or 0))
    numbers = [int(number) if number and number.isdecimal() else None for _, number in rows]
    counted_ = [number for number in numbers if number is not None]
    return bool(headings and others) and len(counted_) == len(numbers) and all(a < b for a, b in pairwise(counted_))


def _activities(edition: Edition) -> list[list[Numbered]]:
    """The activities of each task; of all tasks together where the numbers go on from task to task: 1, 2 and 3, 4."""
    found = [
        [
            (a.number or None, Address(part="appendix2", task=task.number, activity=a.number or f"№{position}"), a.places["name"], a.name)
            for position, a in enumerate(task.activities, 1)
        ]
        for task in edition.tasks
        if task.activities
    ]
    begins = [counted(numbered[0][0] or "") for numbered in found[1:]]  # None for «2.1»
    goes_on = any(begins) and 1 not in begins and None not in begins
    return [[item for numbered in found for item in numbered]] if goes_on else found


def _by_parent(numbered: list[Numbered]) -> Iterator[list[Numbered]]:
    """The activities of a task, and the parts of each apart: 1.1, 1.2 and 1.1.1, 1.1.2."""
    bases = {number for number, *_ in numbered if number}
    groups: dict[str, list[Numbered]] = {}
    for item in numbered:
        parent = (item[0] or "").rpartition(".")[0]
        groups.setdefault(parent if parent in bases else "", []).append(item)
    yield from groups.values()


def _headings(headings: list[Heading]) -> list[Numbered]:
    """The headings of an appendix by their number cells; where none has one, by the number in «Задача N»."""
    if not any(heading.number for heading in headings):
        headings = [heading.model_copy(update={"number": heading.task or None}) for heading in headings if heading.scope == "task"]
    return [(h.number, Address(part=h.part, task=h.task, column="name"), h.place, h.name) for h in headings]


def _gaps(sequence: list[Numbered], is_amended: bool) -> Iterator[Remark]:
    if not any(number for number, *_ in sequence):
        return
    due = 1
    present = {last_part(number) for number, *_ in sequence}
    for number, address, place, name in sequence:
        last = last_part(number)
        if number and "-" in number and last is not None:
            continue  # «3-1»: put in between, as acts do so as not to renumber
        missing = [n for n in range(due, last) if n not in present] if last is not None else []
        if last is None:
            yield _remark(
                phrase("нет номера перед «{name}»: ожидается {due}", name=shortened(name, 60), due=_due(sequence, due)), address, place
            )
        elif missing:
            lost = _due(sequence, missing[0])
            message = (
                phrase("пропущен номер {due}: после него сразу {number}", due=lost, number=number or "")
                if len(missing) == 1
                else phrase("пропущены номера с {due}: дальше сразу {number}", due=lost, number=number or "")
            )
            yield Remark(message=message, address=address, place=place, certain=not is_amended)
        due = (last if last is not None else due) + 1


def _gaps_in_lists(edition: Edition) -> Iterator[Remark]:
    for listing in edition.listings:
        numbers = [int(number) for number in listing.numbers]
        for before, number, place in zip(numbers, numbers[1:], listing.places[1:], strict=False):
            if number > before + 1:
                message = phrase("в перечне после пункта {before} сразу идёт пункт {number}", before=before, number=number)
                yield Remark(message=message, address=listing.address, place=place, certain=not edition.amending_acts)


def _remark(message: Phrase, address: Address, place: Place) -> Remark:
    return Remark(message=message, address=address, place=place)


def last_part(number: str | None) -> int | None:
    """The last part of a number: «6.1» → 1, «1-1» → 1, «IV» → 4."""
    return counted((number or "").replace("-", ".").rpartition(".")[2])


def _due(sequence: list[Numbered], due: int) -> str:
    """The number that is due, in the form of its neighbours."""
    model = next(number for number, *_ in sequence if number)
    prefix = model.rpartition(".")[0]
    return f"{prefix}.{due}" if prefix else str(due)


@rule("STR003")
def years_of_a_block(dossier: Dossier) -> Iterator[Remark]:
    """В блоке пропущен год или год стоит дважды

    У каждого мероприятия, у итогов и у показателей есть строка или графа на каждый
    год срока программы, ровно одна. Если год пропущен, суммы за него не сравнить;
    если стоит дважды, не понять, какая из двух сумм верна. В документе, где у большей
    части мероприятий годы без денег опущены, пропущенный год — не ошибка.

    Не проходит: 2021, 2022, 2024, 2024, 2025, 2026
    Проходит: 2021, 2022, 2023, 2024, 2025, 2026
    """
    edition = dossier.edition
    due = _years_due(edition)
    stated = {year for _, block in edition.blocks() for year in block}  # a table may give money for the next years alone
    for address, years, place in _blocks_of_years(edition):
        missing = [year for year in due if year not in years and (address.part != "appendix2" or year in stated)]
        if missing and years:
            message = phrase("нет года {missing}", missing=", ".join(missing))
            yield Remark(message=message, address=address.at(year=missing[0]), place=place)
    for repeated in edition.repeated:
        message = phrase("год {year} стоит дважды", year=repeated.address.year or "")
        raw = next((amount.raw for amount in repeated.amounts.values()), None)
        yield Remark(message=message, address=repeated.address, place=repeated.place, raw=raw)


def _years_due(edition: Edition) -> tuple[str, ...]:
    """The years that most places of the document state."""
    years = usual(edition.periods)
    return tuple(str(year) for year in range(years[0], years[1] + 1)) if years else ()


def _blocks_of_years(edition: Edition) -> Iterator[tuple[Address, tuple[str, ...], Place]]:
    for address, indicator in edition.passport_indicator_addresses():
        yield address, tuple(indicator.values), indicator.place
    for funding in edition.passport.funding:
        if funding.in_prose:
            continue  # a year without money is left out
        yield Address(part="passport", row="funding", source=funding.source), tuple(funding.years), funding.place
    for address, indicator in edition.indicator_addresses():
        yield address, tuple(indicator.values), indicator.place
    is_full = lists_every_year(edition)
    for address, block in edition.blocks():
        if address.activity is not None and not is_full:
            continue
        place = next((amount.place for money in block.values() for _, amount in money.amounts()), Place())
        yield address, tuple(year for year in block if year != "total"), place
