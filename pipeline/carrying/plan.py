"""What an operation is going to do, or why it cannot: decided before anything is touched."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pipeline.carrying.edits import Edit
from pipeline.carrying.former import Former
from pipeline.carrying.lines import Hit
from pipeline.carrying.resolve import Resolved, resolve
from pipeline.carrying.scopes import Scope, place, shown
from schemas.amendment import Operation, Step
from schemas.finding import Phrase, phrase
from schemas.place import Place

Candidate = dict[str, Any]
_MOST_CANDIDATES = 50


class Plan(NamedTuple):
    """The edits of an operation, the liberties taken, the place where it works.

    One that `yields` leaves out the spots that others have taken: «по всему тексту» speaks of what nobody else speaks of.
    """

    edits: tuple[Edit, ...]
    marks: tuple[str, ...]
    place: Place
    yields: bool = False


class Refused(ValueError):
    """Why an operation is not carried out, and all that it might have meant.

    `absent` tells that its target is not there: it may be one that another operation of the act brings.
    """

    def __init__(self, why: Phrase, candidates: Iterable[Candidate] = (), absent: bool = False) -> None:
        super().__init__(why.template)
        self.why, self.candidates, self.absent = why, tuple(candidates)[:_MOST_CANDIDATES], absent


def in_russian(said: Phrase) -> str:
    """A phrase with its values, in the language of the documents."""
    return said.template.format(**{name: in_russian(value) if isinstance(value, Phrase) else value for name, value in said.values.items()})


def the_only(resolved: Resolved, former: Former) -> Hit:
    """The one spot that is left; raises `Refused` where there is none, or several."""
    check_found(resolved, former)
    if len(resolved.hits) > 1:
        reason = phrase("не сказано, какое из мест имеется в виду: таких мест {count}", count=len(resolved.hits))
        raise Refused(reason, (shown(one.scope, former.spots) for one in resolved.hits))
    return resolved.hits[0]


def by_rule(resolved: Resolved, chosen: int | None = None) -> Resolved:
    """Of two ways to count paragraphs the one that fits, or where nothing tells, the rule: all paragraphs are counted."""
    if not resolved.disputed or len(resolved.hits) < 2:
        return resolved
    hit = resolved.hits[chosen or 0]
    mark = "paragraphs-counted-all" if chosen is None else "paragraph-by-its-wording"
    return Resolved((hit._replace(marks=(*hit.marks, mark)),))


def check_found(resolved: Resolved, former: Former) -> None:
    """Raise `Refused` where a path leads nowhere, with what there is instead."""
    if resolved.failed is not None:
        reason = phrase("в прежней редакции не найдено: {unit}", unit=unit_words(resolved.failed))
        raise Refused(reason, (shown(scope, former.spots) for scope in resolved.within if scope != former.whole), absent=True)


def target(operation: Operation, former: Former) -> Hit:
    """The target of an operation, exactly one."""
    return the_only(by_rule(found(operation, former)), former)


def behind(operation: Operation, former: Former, within: Sequence[Scope]) -> Scope:
    """The unit behind which, or before which, something new comes: named from the holder on, or by its whole path."""
    inside = resolve(operation.after, former, within)
    return the_only(by_rule(inside if inside.hits else resolve(operation.after, former)), former).scope


def found(operation: Operation, former: Former, steps: Sequence[Step] | None = None) -> Resolved:
    """The spots that an operation may mean: by the path that the act names, else by the address in the programme."""
    path = operation.locus if steps is None else steps
    if not path and operation.target is not None and former.edition is not None:
        amount = former.edition.at(operation.target)
        spot = former.spots.of(amount.place) if amount else None
        if spot is not None:
            return Resolved((Hit(former.spot(spot)),))
    return resolve(path, former)


def plan(hit: Hit, former: Former, edits: Iterable[Edit], marks: Iterable[str | None] = (), scope: Scope | None = None) -> Plan:
    """A plan that works on this target."""
    told = dict.fromkeys(mark for mark in (*hit.marks, *marks) if mark)
    return Plan(tuple(edits), tuple(told), place(scope or hit.scope, former.spots))


UNIT_WORDS = {
    "act": "постановление", "title": "наименование", "preamble": "преамбула", "programme": "программа", "passport": "паспорт",
    "subprogramme": "подпрограмма", "part": "часть", "article": "статья", "section": "раздел", "subsection": "подраздел", "item": "пункт", "subitem": "подпункт",
    "paragraph": "абзац", "sentence": "предложение", "appendix": "приложение", "table": "таблица", "row": "строка", "column": "графа",
    "task": "задача", "activity": "мероприятие", "indicator": "показатель", "note": "сноска", "text": "текст",
}  # fmt: skip


def unit_words(step: Step) -> Phrase:
    """A step of a path in words.

    >>> from schemas.amendment import Unit
    >>> in_russian(unit_words(Step(unit=Unit.ROW, number="5.5", label="Итого")))
    'строка 5.5 «Итого»'
    """
    number = f" {step.number}" + (f" - {step.until}" if step.until else "") if step.number else ""
    name = number + (f" «{step.label}»" if step.label else "")
    unit = Phrase(template=UNIT_WORDS[step.unit])
    return (
        phrase("последний: {unit}{name}", unit=unit, name=name)
        if step.last
        else Phrase(template="{unit}{name}", values={"unit": unit, "name": name})
    )
