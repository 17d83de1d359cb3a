"""Paths of structural units: how one is set under another, and which Address of the programme it is."""

from extractors.labels import Labels
from schemas.address import MONEY_COLUMNS, Address
from schemas.amendment import Step, Unit

Path = tuple[Step, ...]

_RANKS: dict[Unit, int] = {
    Unit.ACT: 0, Unit.PROGRAMME: 1, Unit.SUBPROGRAMME: 2, Unit.APPENDIX: 3, Unit.PASSPORT: 4, Unit.PREAMBLE: 4, Unit.SECTION: 4,
    Unit.SUBSECTION: 5, Unit.ARTICLE: 5, Unit.TABLE: 5, Unit.TASK: 6, Unit.PART: 6, Unit.ITEM: 7, Unit.ACTIVITY: 7, Unit.INDICATOR: 7,
    Unit.SUBITEM: 8, Unit.ROW: 9, Unit.COLUMN: 10, Unit.NOTE: 11, Unit.TITLE: 11, Unit.TEXT: 11, Unit.PARAGRAPH: 12, Unit.SENTENCE: 13,
}  # fmt: skip
_IN_AN_ACT = frozenset((Unit.TITLE, Unit.PREAMBLE, Unit.ITEM, Unit.SUBITEM, Unit.PARAGRAPH, Unit.SENTENCE, Unit.TEXT, Unit.PART))
"""What may be a part of the resolution itself; sections, passports and tables are in the programme that it adopts."""
_NUMBERED = frozenset((
    Unit.ROW, Unit.COLUMN, Unit.ITEM, Unit.SUBITEM, Unit.PART, Unit.ARTICLE, Unit.SECTION, Unit.SUBSECTION, Unit.TASK, Unit.ACTIVITY,
    Unit.INDICATOR,
))  # fmt: skip
_THE_ACT, _AN_APPENDIX = (Step(unit=Unit.ACT),), Step(unit=Unit.APPENDIX)
_PASSPORT_ROWS = frozenset((Unit.SECTION, Unit.SUBSECTION, Unit.PART, Unit.ITEM, Unit.COLUMN))
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


class Conflict(Exception):
    """A path that can be read in more ways than one; `ways` are they."""

    def __init__(self, reason: str, ways: tuple[Path, ...]) -> None:
        super().__init__(reason)
        self.reason, self.ways = reason, ways


def rank(step: Step) -> int:
    """How deep a unit usually lies: what has a higher rank may stand in what has a lower one."""
    return _RANKS[step.unit]


def is_named(step: Step) -> bool:
    """Whether it is told which one: «строку» alone says nothing, «паспорт» is one."""
    return step.unit not in _NUMBERED or bool(step.number or step.label or step.last)


def nest(context: Path, path: Path, labels: Labels, *, below: bool) -> Path:
    """A path set under the context in which it is named.

    `below` if the act's own numbering puts it there; a line without a number follows another and
    leaves what is not wider than itself. Raises Conflict where both readings hold.

    >>> from extractors.labels import default_labels
    >>> made = nest((Step(unit=Unit.ITEM, number="2.1"), Step(unit=Unit.COLUMN, number="5")), (Step(unit=Unit.ROW, label="Итого"),),
    ...             default_labels(), below=False)
    >>> [step.unit.value for step in made]
    ['item', 'row']
    """
    if not path or not context:
        return normal((*context, *path))
    first = path[0]
    if first == Step(unit=first.unit) and (at := next((n for n, step in enumerate(context) if step.unit is first.unit), None)) is not None:
        return normal((*context[: at + 1], *path[1:]))  # «в подпрограмме 2: в паспорте подпрограммы»
    if context == _THE_ACT and first == _AN_APPENDIX:
        return normal((*context, *path))
    if context[0].unit is Unit.ACT and len(context) == 1 and first.unit is not Unit.ACT and first.unit not in _IN_AN_ACT:
        return normal(path)
    if context[-1].unit is Unit.PASSPORT and first.unit in (Unit.SECTION, Unit.SUBSECTION):
        return _in_passport(context, path, labels, below=below)
    kept = list(context)
    while kept and _leaves(kept[-1], first, labels, below=below):
        kept.pop()
    if below and len(kept) < len(context) and _same_unit(context[len(kept)], first):
        raise Conflict(
            "одна и та же структурная единица названа внутри другой такой же", (normal((*context, *path)), normal((*kept, *path)))
        )
    return normal((*kept, *path))


def _same_unit(former: Step, step: Step) -> bool:
    return former.unit is step.unit and former.number is not None and step.number is not None and former.number != step.number


def _leaves(last: Step, first: Step, labels: Labels, *, below: bool) -> bool:
    """Whether a path that begins with `first` cannot stand in `last`."""
    if last.unit is first.unit:
        inside = bool(last.number and first.number and first.number.startswith(last.number + "."))
        narrower = first.unit is Unit.ROW and (below or (is_line(first, labels) and not is_line(last, labels)))
        return not inside and not narrower
    if {last.unit, first.unit} == {Unit.ROW, Unit.COLUMN}:
        return not below and first.unit is Unit.ROW
    if {last.unit, first.unit} == {Unit.APPENDIX, Unit.SUBPROGRAMME}:
        return False
    return rank(first) < rank(last) or (rank(first) == rank(last) and not below)


def is_line(step: Step, labels: Labels) -> bool:
    """Whether a row is one line of a thing's several: a year, a source, the total; «Итого по задаче 4» is a thing of its own."""
    label = (step.label or "").strip().lower()
    if label.startswith(("итого ", "всего ")):
        return False
    return label[:4].isdigit() or labels.family("sources", label) is not None


def _in_passport(context: Path, path: Path, labels: Labels, *, below: bool) -> Path:
    """«Раздел 2» under «в паспорте»: the passport's by its number, by its name, or by the act's own numbering."""
    inside = normal((*context, *path))
    if below or labels.family("passport", path[0].label or ""):
        return inside
    outside = normal((*context[:-1], *path))
    raise Conflict("раздел паспорта или раздел программы", (inside, outside))


def normal(path: Path) -> Path:
    """One form for one spot: rows of the passport are rows whatever the act calls them, rows come before columns.

    >>> normal((Step(unit=Unit.PASSPORT), Step(unit=Unit.PART, number="1")))[1].unit.value
    'row'
    """
    steps = [*path]
    for at, step in enumerate(steps[1:], 1):
        if steps[at - 1].unit is Unit.PASSPORT and step.unit in _PASSPORT_ROWS:
            steps[at] = step.model_copy(update={"unit": Unit.ROW})
        if step.unit is Unit.ROW and steps[at - 1].unit is Unit.COLUMN:
            steps[at - 1 : at + 1] = [step, steps[at - 1]]
    return _whole(tuple(steps))


def _whole(path: Path) -> Path:
    """Without the steps that only say «of the programme»."""
    if len(path) > 1 and path[0].unit is Unit.ACT and path[1].unit is Unit.APPENDIX:
        if path[1].number is None:
            path = (Step(unit=Unit.PROGRAMME), *path[2:])
        elif len(path) > 2 and path[2].unit in (Unit.PASSPORT, Unit.SUBPROGRAMME, Unit.SECTION, Unit.APPENDIX):
            path = path[2:]
    if len(path) > 1 and path[0].unit is Unit.ACT and path[1].unit is Unit.PROGRAMME:
        path = path[1:]
    if len(path) > 1 and path[0].unit is Unit.PROGRAMME and path[1].unit not in (Unit.TITLE, Unit.TEXT):
        path = path[1:]
    return path


def address(path: Path, labels: Labels) -> Address | None:
    """The Address of the spot, where the contract has a word for it.

    >>> from extractors.labels import default_labels
    >>> str(address((Step(unit=Unit.APPENDIX, number="2"), Step(unit=Unit.ITEM, number="4.1"), Step(unit=Unit.COLUMN, label="районный бюджет")), default_labels()))
    'appendix2 task=4 activity=4.1 column=district'
    """
    if not path:
        return None
    first, *rest = path
    if first.unit is Unit.TITLE or [step.unit for step in path] == [Unit.PROGRAMME, Unit.TITLE]:
        return Address("title")
    if first.unit is Unit.ACT and len(path) > 1 and path[1].unit is not Unit.APPENDIX:
        return Address("resolution")
    if first.unit is Unit.PREAMBLE:
        return Address("resolution")
    if first.unit is Unit.PASSPORT:
        return _of_passport(rest, labels)
    if first.unit is Unit.SECTION:
        return _of_section(first, rest)
    if first.unit is Unit.APPENDIX and first.number in ("1", "2"):
        return _of_appendix(first.number, rest, labels)
    return None


def _of_passport(rest: list[Step], labels: Labels) -> Address | None:
    row = next((step for step in rest if step.unit is Unit.ROW), None)
    if row is None:
        return Address("passport") if not rest else None
    family = labels.family("passport", row.label or "")
    if family is None:
        return None
    return Address("passport", row="indicators" if family.startswith("indicators") else family)


def _of_section(first: Step, rest: list[Step]) -> Address | None:
    number = arabic(first.number) if first.number else None
    if number is None or first.until:
        return None
    paragraph = rest[0].number if len(rest) == 1 and rest[0].unit is Unit.PARAGRAPH and not rest[0].until else None
    return Address("section", section=number, paragraph=int(paragraph) if paragraph and paragraph.isdigit() else None)


def _of_appendix(number: str, rest: list[Step], labels: Labels) -> Address | None:
    made = Address("appendix1" if number == "1" else "appendix2")
    for step in rest:
        if step.until or (step.unit in (Unit.ITEM, Unit.ACTIVITY, Unit.TASK, Unit.INDICATOR) and step.number is None):
            return None
        if step.unit in (Unit.ITEM, Unit.ACTIVITY, Unit.INDICATOR) and number == "1":
            made = made.at(indicator=step.number)
        elif step.unit in (Unit.ITEM, Unit.ACTIVITY):
            made = made.at(task=str(step.number).partition(".")[0], activity=step.number)
        elif step.unit is Unit.TASK:
            made = made.at(task=step.number)
        elif step.unit is Unit.COLUMN and (column := _column(step, labels)):
            made = made.at(**column)
        elif step.unit is Unit.ROW and step.label and step.label[:4].isdigit():
            made = made.at(year=step.label[:4])
        elif step.unit is not Unit.TABLE:
            return None
    return made


def _column(step: Step, labels: Labels) -> dict[str, str] | None:
    if step.label and step.label[:4].isdigit():
        return {"year": step.label[:4]}
    family = labels.family("sources", step.label or "") if step.label else None
    return {"column": family} if family in MONEY_COLUMNS else None


def arabic(number: str) -> str | None:
    """«IV» → «4»; figures stay; None for what is neither.

    >>> arabic("IV"), arabic("3.1"), arabic("а")
    ('4', '3.1', None)
    """
    if number[:1].isdigit():
        return number
    values = [_ROMAN.get(sign) for sign in number.upper()]
    if not values or None in values:
        return None
    found = [value or 0 for value in values]
    return str(sum(-value if any(value < later for later in found[at + 1 : at + 2]) else value for at, value in enumerate(found)))
