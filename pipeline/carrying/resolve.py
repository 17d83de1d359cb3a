"""The path of structural units that an act names → the spots of the former edition that it may mean.

The path is walked from the outside in; at each step all spots stay that fit, so that in the end one is left, or
none, or several: then the act does not say which, and nothing is done.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractors.text import squeeze
from pipeline.carrying import items, lines
from pipeline.carrying.former import APPENDIX, Former, Heading, same_number
from pipeline.carrying.lines import Hit, hit
from pipeline.carrying.naming import MARKS
from pipeline.carrying.scopes import Run, Scope, Slots, cells_of
from schemas.amendment import Step, Unit
from schemas.blocks import Paragraph


class Resolved(NamedTuple):
    """The spots that a path leads to; `failed` is the first step that leads nowhere, `within` the spots before it.

    `disputed`: one of several is meant, as paragraphs are counted in two ways.
    """

    hits: tuple[Hit, ...]
    failed: Step | None = None
    within: tuple[Scope, ...] = ()
    disputed: bool = False


def resolve(steps: Sequence[Step], former: Former, within: Sequence[Scope] = ()) -> Resolved:
    """The spots to which the path leads, from the whole programme or from some spots on."""
    hits = tuple(Hit(scope) for scope in within) or (Hit(former.whole),)
    disputed = False
    for step in steps:
        found: dict[Scope, Hit] = {}
        for one in hits:
            for more in narrow(one.scope, step, former):
                found.setdefault(more.scope, Hit(more.scope, tuple(dict.fromkeys((*one.marks, *more.marks)))))
        if not found:
            return Resolved((), step, tuple(one.scope for one in hits))
        disputed = disputed or (step.unit == Unit.PARAGRAPH and len(found) > 1 and len(hits) == 1)
        hits = _surest(tuple(found.values()))
    return Resolved(hits, disputed=disputed)


def _surest(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Of things that are called exactly so and things that are called nearly so, the former."""
    levels = [max((MARKS.index(mark) for mark in one.marks if mark in MARKS), default=0) for one in hits]
    return tuple(one for one, level in zip(hits, levels, strict=True) if level == min(levels))


def narrow(scope: Scope, step: Step, former: Former) -> list[Hit]:
    """The spots within a spot that a step leads to."""
    return _BY_UNIT[step.unit](scope, step, former)


def _programme(scope: Scope, step: Step, former: Former) -> list[Hit]:  # noqa: ARG001 — one form for all
    return [hit(former.whole)]


def _same(scope: Scope, step: Step, former: Former) -> list[Hit]:  # noqa: ARG001
    return [hit(scope)]


def _act(scope: Scope, step: Step, former: Former) -> list[Hit]:  # noqa: ARG001
    return [hit(former.act)] if former.act else []


def _passport(scope: Scope, step: Step, former: Former) -> list[Hit]:  # noqa: ARG001
    return [hit(former.passport)] if former.passport else []


def _preamble(scope: Scope, step: Step, former: Former) -> list[Hit]:  # noqa: ARG001
    """What stands in the resolution between its title and its first item."""
    if former.act is None:
        return []
    blocks = former.document.blocks
    numbered = [item.at for item in items.items(former.act, former.spots)]
    first = numbered[0] if numbered else former.act.stop
    texts = [n for n in range(first) if isinstance(block := blocks[n], Paragraph) and len(squeeze(block.text)) > _LONG_LINE]
    return [hit(Run((), texts[-1], texts[-1] + 1, Unit.PREAMBLE))] if texts else []


_LONG_LINE = 60
_HEADING_LINES = 8


def _title(scope: Scope, step: Step, former: Former) -> list[Hit]:  # noqa: ARG001
    """The heading of a unit: of the programme, of a section, of a column, of a row; of an appendix what stands above its table."""
    if scope == former.whole:
        return [hit(former.title)] if former.title else []
    if isinstance(scope, Slots):
        return _title_of_slots(scope, former)
    if isinstance(scope, Run) and scope.unit == Unit.SECTION:
        return [hit(scope._replace(stop=former.body(scope), unit=Unit.TITLE))]
    if isinstance(scope, Run) and scope.unit == Unit.APPENDIX:
        blocks = former.spots.blocks(scope.container)
        stop = next((n for n in range(scope.start, scope.stop) if not isinstance(blocks[n], Paragraph)), scope.stop)
        start = _below_appendix_line(former, scope, stop)
        return [hit(Run(scope.container, start, min(stop, start + _HEADING_LINES), Unit.TITLE))] if start < stop else []
    return []


def _below_appendix_line(former: Former, scope: Run, stop: int) -> int:
    """The first line of an appendix's title, below «Приложение 1» and «к муниципальной программе»."""
    start = scope.start
    while start < stop:
        text = squeeze(former.spots.text((*scope.container, start))).lower()
        if text and not APPENDIX.match(text) and not text.startswith("к "):
            break
        start += 1
    return start


def _title_of_slots(scope: Slots, former: Former) -> list[Hit]:
    view = former.view(scope.table)
    if scope.unit == Unit.COLUMN:
        rows = [n for n in range(view.header) if n != view.numbering]
        cells = [view.grid[row][scope.left] for row in rows[-1:]]
        return [hit(scope._replace(top=cell.row, bottom=cell.row + 1)) for cell in cells]
    if scope.unit == Unit.PASSPORT:
        return [hit(scope._replace(right=scope.content, unit=Unit.ROW))] if scope.content else []
    named = view.cols.roles.get("name")
    return [hit(scope._replace(bottom=scope.top + 1, left=named, right=named + 1))] if named is not None else []


def _section(scope: Scope, step: Step, former: Former) -> list[Hit]:
    if scope == former.passport:
        return lines.passport_rows(former, step)
    found = [(number, title, run) for number, title, run in former.sections if _holds(scope, run)]
    if step.number:
        first = [run for number, _, run in found if same_number(number, step.number)]
        last = [run for number, _, run in found if step.until and same_number(number, step.until)]
        return [hit(run._replace(stop=last[0].stop) if last else run) for run in first] if last or not step.until else []
    named, level = former.names.best(step.label or "", ((run, [title]) for _, title, run in found), (), bool(step.described))
    return [hit(run, MARKS[level]) for run in named]


def _holds(scope: Scope, run: Run) -> bool:
    return isinstance(scope, Run) and (scope.container != run.container or (scope.start <= run.start and run.stop <= scope.stop))


def _item(scope: Scope, step: Step, former: Former) -> list[Hit]:
    """An item of the text, or a row of a table: tables have «пункты» too."""
    if scope == former.passport:
        return lines.passport_rows(former, step)
    in_text = [hit(run) for part in _texts(scope, former) for run in _items_of(part, step, former)]
    of_table = lines.rows(scope, step, former) if not (isinstance(scope, Slots) and scope.unit == Unit.PASSPORT) else []
    return [*in_text, *(one for one in of_table if "row-by-order" not in one.marks)]


def _items_of(run: Run, step: Step, former: Former) -> list[Run]:
    first = items.find_items(run, step, former.spots)
    if not step.until:
        return first
    last = items.find_items(run, step.model_copy(update={"number": step.until, "until": None}), former.spots)
    return [one._replace(stop=other.stop) for one in first for other in last if one.start <= other.start]


def _texts(scope: Scope, former: Former) -> list[Run]:
    """The running text of a scope: of the whole programme each section by itself, of a row each cell."""
    if isinstance(scope, Run):
        if scope.unit == Unit.PROGRAMME and former.sections:
            return [run for _, _, run in former.sections]
        return [scope]
    if isinstance(scope, Slots):
        left = scope.content if scope.unit == Unit.PASSPORT else scope.left
        cells = cells_of(scope._replace(left=max(left, scope.left)), former.spots)
        return [Run(cell, 0, len(former.spots.blocks(cell)), Unit.ROW) for cell in cells]
    return []


def _appendix(scope: Scope, step: Step, former: Former) -> list[Hit]:  # noqa: ARG001
    headings = former.appendix_headings
    if step.number:
        found = [heading for heading in headings if same_number(heading.number, step.number)]
        return [hit(former.reach(heading, headings, Unit.APPENDIX)) for heading in found]
    if step.label:
        runs = [(former.reach(heading, headings, Unit.APPENDIX), _lines_of(heading, former)) for heading in headings]
        named, level = former.names.best(step.label, runs, (), bool(step.described))
        return [hit(run, MARKS[level]) for run in named]
    unnumbered = [heading for heading in headings if heading.number is None] or headings
    return [hit(former.reach(heading, headings, Unit.APPENDIX)) for heading in unnumbered] or [hit(former.whole)]


def _lines_of(heading: Heading, former: Former) -> list[str]:
    """What an appendix may be called: the lines below «Приложение 1», one by one and together."""
    container, start = heading.path[:-1], heading.path[-1]
    found: list[str] = []
    for block in former.spots.blocks(container)[start + 1 : start + _HEADING_LINES]:
        if not isinstance(block, Paragraph):
            break
        if block.text.strip():
            found.append(squeeze(block.text))
    return [heading.text, *found, *(" ".join(found[n:m]) for n in range(len(found)) for m in range(n + 2, len(found) + 1))]


def _subprogramme(scope: Scope, step: Step, former: Former) -> list[Hit]:  # noqa: ARG001
    headings = former.subprogramme_headings
    walls = [*headings, *former.appendix_headings]
    found = [heading for heading in headings if same_number(heading.number, step.number)]
    if step.label:
        found, _ = former.names.best(step.label, ((heading, _lines_of(heading, former)) for heading in headings))
    return [hit(former.reach(heading, walls, Unit.SUBPROGRAMME)) for heading in found]


def _table(scope: Scope, step: Step, former: Former) -> list[Hit]:
    found = list(lines.tables_in(scope, former)) or list(lines.tables_in(scope, former, nested=True))
    count = len(found) if step.last else items.ordinal(step.number)
    if count is not None:
        return [hit(found[count - 1])] if 0 < count <= len(found) else []
    return [hit(slots) for slots in found]


def _row(scope: Scope, step: Step, former: Former) -> list[Hit]:
    """A row of the passport or of a table; where the act names neither, of all of them."""
    found: list[Hit] = []
    if scope in (former.passport, former.whole):
        found = lines.passport_rows(former, step) if scope == former.passport or step.label else []
    if not found or scope == former.whole:
        found = [*found, *lines.rows(scope, step, former)]
    return found or lines.flattened_rows(scope, step, former)


def _paragraph(scope: Scope, step: Step, former: Former) -> list[Hit]:
    """The n-th paragraph of a unit; both when the two ways of counting lead to two."""
    found: dict[Scope, None] = {}
    for run in _texts(scope, former):
        for reading in items.counted_paragraphs(run, former.body(run), former.spots):
            found |= dict.fromkeys(items.pick(reading, step))
    return [hit(one) for one in found]


def _sentence(scope: Scope, step: Step, former: Former) -> list[Hit]:
    return [hit(one) for one in items.pick(items.sentences(scope, former.spots), step)]


def _note(scope: Scope, step: Step, former: Former) -> list[Hit]:  # noqa: ARG001
    """A note below a table: «<*> …», «Примечание: …»."""
    if not isinstance(scope, Run):
        return []
    blocks = former.spots.blocks(scope.container)
    marked = [n for n in range(scope.start, scope.stop)
              if isinstance(block := blocks[n], Paragraph) and squeeze(block.text).lower().startswith(("<*", "*", "примечани", "сноск"))]  # fmt: skip
    return [hit(Run(scope.container, n, n + 1, Unit.NOTE)) for n in marked]


_BY_UNIT: dict[Unit, Callable[[Scope, Step, Former], list[Hit]]] = {
    Unit.ACT: _act, Unit.TITLE: _title, Unit.PREAMBLE: _preamble, Unit.PROGRAMME: _programme, Unit.PASSPORT: _passport,
    Unit.SUBPROGRAMME: _subprogramme, Unit.SECTION: _section, Unit.SUBSECTION: _item,
    Unit.PART: _item, Unit.ARTICLE: _item, Unit.ITEM: _item, Unit.SUBITEM: _item,
    Unit.PARAGRAPH: _paragraph, Unit.SENTENCE: _sentence, Unit.APPENDIX: _appendix, Unit.TABLE: _table, Unit.ROW: _row,
    Unit.COLUMN: lines.columns, Unit.TASK: lines.tasks, Unit.ACTIVITY: lines.records, Unit.INDICATOR: lines.records,
    Unit.NOTE: _note, Unit.TEXT: _same,
}  # fmt: skip
