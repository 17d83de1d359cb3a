"""By what changes can be told apart and sought: task, year, and what it is that changed."""

from collections.abc import Sequence

from pipeline.reporting.told import Told
from pipeline.wording import Words
from schemas.address import Address
from schemas.change import Comparison, Kind
from schemas.edition import Activity, Task
from schemas.finding import Finding
from schemas.report import Facet

FIELD_WORDS = {
    "whole": "мероприятия и задачи целиком",
    "amount": "суммы",
    "indicator": "показатели",
    "name": "наименования",
    "term": "сроки",
    "responsible": "исполнители",
    "result": "результаты",
    "text": "тексты",
    "requisites": "реквизиты",
}
_PROGRAMME = "programme"


class Facets:
    """The facets of a comparison's changes and findings: of each change, of each address, and all that occur, in order."""

    def __init__(self, comparison: Comparison, every: Sequence[Told], findings: Sequence[Finding]) -> None:
        indicators = (item for edition in (comparison.old, comparison.new) for item in edition.indicator_addresses())
        self._task_of = {address.indicator: indicator.task for address, indicator in indicators}
        tasks = [task.number for edition in (comparison.new, comparison.old) for task in edition.tasks]
        self._order = {"task": [*dict.fromkeys(tasks), _PROGRAMME], "field": list(FIELD_WORDS)}
        self.of = {one.change.id: self._found(one) for one in every}
        self._all = [*self.of.values(), *(self.at(finding.remark.address) for finding in findings)]

    def at(self, address: Address) -> dict[str, tuple[str, ...]]:
        """The facets of what stands at the address."""
        found = {"task": self._task(address), "year": (address.year,) if address.year else ()}
        return {key: values for key, values in found.items() if values}

    def _found(self, one: Told) -> dict[str, tuple[str, ...]]:
        change = one.change
        whole = change.field == "name" and change.kind != Kind.ALTERED
        years = _years(change.new or change.old)
        return self.at(one.address) | ({"year": years} if years else {}) | {"field": ("whole" if whole else change.field,)}

    def _task(self, address: Address) -> tuple[str, ...]:
        task = address.task or (self._task_of.get(address.indicator) if address.part == "appendix1" else None)
        if task:
            return (task,)
        return (_PROGRAMME,) if address.year is not None and address.indicator is None else ()

    def listed(self, words: Words) -> tuple[Facet, ...]:
        """The facets by which there is something to choose."""
        titles = {"task": words("Задача"), "year": words("Год"), "field": words("Что изменено")}
        made = []
        for key, name in titles.items():
            there = {value for found in self._all for value in found.get(key, ())}
            order = [value for value in self._order.get(key, ()) if value in there]
            options = tuple((value, _named(key, value, words)) for value in [*order, *sorted(there - set(order))])
            if len(options) > 1:
                made.append(Facet(key=key, name=name, options=options))
        return tuple(made)


def _named(key: str, value: str, words: Words) -> str:
    if key == "field":
        return words(FIELD_WORDS[value])
    if key == "task":
        return words("программа в целом") if value == _PROGRAMME else words("задача {task}", task=value)
    return words("ВСЕГО") if value == "total" else value


def _years(value: object) -> tuple[str, ...]:
    """The years in which a whole activity, or a task, has money."""
    activities = value.activities if isinstance(value, Task) else (value,) if isinstance(value, Activity) else ()
    years = (year for one in activities for year, money in one.years.items() if any(amount.value for _, amount in money.amounts()))
    return tuple(dict.fromkeys(years))
