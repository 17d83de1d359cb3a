"""«Дополнить»: the unit that is new, what holds it, and the text that comes in."""

from typing import NamedTuple

from extractors.text import squeeze
from pipeline.carrying import items
from pipeline.carrying.columns_in import add_column
from pipeline.carrying.edits import PutBlocks, Splice
from pipeline.carrying.former import APPENDIX, Former, same_number
from pipeline.carrying.lines import Hit
from pipeline.carrying.numbers import order, predecessor
from pipeline.carrying.payload import new_blocks, the_table
from pipeline.carrying.plan import Plan, Refused, behind, plan, target, the_only, unit_words
from pipeline.carrying.resolve import narrow, resolve
from pipeline.carrying.rows_in import add_rows
from pipeline.carrying.scopes import Run, Scope, Slots, areas, cells_of, shown
from schemas.amendment import Operation, Step, Unit
from schemas.blocks import Block, Paragraph
from schemas.finding import phrase

_COUNTED = (Unit.PARAGRAPH, Unit.SENTENCE)
_ROWS = (Unit.ROW, Unit.ACTIVITY, Unit.INDICATOR, Unit.TASK)


class Place(NamedTuple):
    """What is to hold the new unit, and the step that names the unit, if the act does."""

    holder: Hit
    new: Step | None


def add(operation: Operation, former: Former) -> Plan:
    """A unit comes in: at the place that its number implies, behind the one that the act names, or at the end."""
    place = _place(operation, former)
    unit = place.new.unit if place.new else None
    if unit == Unit.SENTENCE:
        return _sentence(operation, former, place)
    if unit == Unit.COLUMN:
        return add_column(operation, former, place.holder, place.new)
    in_words = bool(operation.by_column) and unit in (None, *_ROWS)
    blocks = () if in_words else new_blocks(operation)
    if (
        in_words
        or unit in _ROWS
        or (the_table(blocks) is not None and unit not in (Unit.APPENDIX, Unit.SECTION, Unit.TABLE, Unit.PARAGRAPH))
    ):
        return add_rows(operation, former, place.holder, place.new, blocks)
    if unit == Unit.APPENDIX or (unit is None and isinstance(blocks[0], Paragraph) and APPENDIX.match(squeeze(blocks[0].text))):
        return _appendix(former, place, blocks)
    if unit == Unit.SECTION:
        return _section(former, place, blocks)
    return _text(operation, former, place, blocks)


def _place(operation: Operation, former: Former) -> Place:
    """What holds the new unit: the act names it («раздел 2 дополнить пунктом 5»), the new one as the last step of its path or not at all."""
    steps = operation.locus
    if operation.added:
        return Place(target(operation, former), operation.added[0])
    if not steps:
        return Place(the_only(resolve((), former), former), None)
    last = steps[-1]
    bare = last.number is None and last.label is None
    if last.unit in _COUNTED or (
        bare and last.unit not in (Unit.PASSPORT, Unit.TITLE, Unit.PREAMBLE, Unit.PROGRAMME, Unit.ACT, Unit.TEXT, Unit.TABLE)
    ):
        return Place(the_only(resolve(steps[:-1], former), former), last)
    resolved = resolve(steps, former)
    if resolved.hits:
        holder = the_only(resolved, former)
        if _repeats(operation, last):
            raise Refused(phrase("уже есть: {unit}", unit=unit_words(last)), [shown(holder.scope, former.spots)])
        return Place(holder, None)
    if resolved.failed == last:
        return Place(the_only(resolve(steps[:-1], former), former), last)
    return Place(the_only(resolved, former), None)


def _repeats(operation: Operation, step: Step) -> bool:
    """Whether what comes in bears the number of the unit that is there: it is that unit once more, not a part of it."""
    first = operation.payload[0] if operation.payload else Paragraph(operation.new or "")
    text = first.text if isinstance(first, Paragraph) else next((cell.text for cell in first.cells if cell.text.strip()), "")
    known = items.marker(f"{text.strip()} " if isinstance(first, Paragraph) else f"{text.strip().rstrip('.')}. ")
    return known is not None and step.number is not None and same_number(known[0], step.number)


def _sentence(operation: Operation, former: Former, place: Place) -> Plan:
    """A sentence at the end of a paragraph, or behind another."""
    new = squeeze(operation.new or "\n".join(block.text for block in operation.payload if isinstance(block, Paragraph)))
    holder = place.holder.scope
    known = items.sentences(holder, former.spots)
    count = items.ordinal(place.new.number if place.new else None)
    if not known or (count is not None and count > len(known) + 1):
        raise Refused(phrase("столько предложений в указанном месте нет"), [shown(holder, former.spots)])
    if operation.after:
        spots = [
            (area.paragraph, area.start if operation.before else area.end)
            for area in areas(behind(operation, former, [holder]), former.spots)
        ]
        path, at = min(spots) if operation.before else max(spots)
    else:
        sentence = known[-1] if count is None else known[count - 2] if count > 1 else None
        path, at = (sentence.paragraph, sentence.end) if sentence else (known[0].paragraph, known[0].start)
    text = former.spots.text(path)
    at_start = not text[:at].strip()
    return plan(place.holder, former, [Splice(path, at, at, f"{new} " if at_start else f" {new}")])


def _text(operation: Operation, former: Former, place: Place, blocks: tuple[Block, ...]) -> Plan:
    """Paragraphs and items come into running text."""
    run = _run(place.holder.scope, former)
    number, blocks, marks = _numbered(run, place.new, blocks, former)
    if operation.after:
        at = _beside(behind(operation, former, [place.holder.scope]), former, run, operation.before)
    elif place.new is not None and place.new.unit == Unit.PARAGRAPH and place.new.number:
        at, told = _ordinal(run, place.new, former)
        marks.extend(told)
    elif number:
        at = _by_number(run, number, former)
    else:
        at = _last_written(run, former)
    edit = PutBlocks(run.container, at, at, blocks, order(number))
    return plan(place.holder, former, [edit], marks)


def _run(scope: Scope, former: Former) -> Run:
    """The blocks to which paragraphs can be added: of a row of the passport those beside its label."""
    if isinstance(scope, Run):
        return scope
    if isinstance(scope, Slots):
        left = scope.content if scope.unit == Unit.PASSPORT else scope.left
        cells = cells_of(scope._replace(left=left), former.spots)
        if len(cells) == 1:
            return Run(cells[0], 0, len(former.spots.blocks(cells[0])), Unit.ROW)
    raise Refused(phrase("не сказано, к какому тексту дополнение относится"), [shown(scope, former.spots)])


def _numbered(run: Run, new: Step | None, blocks: tuple[Block, ...], former: Former) -> tuple[str | None, tuple[Block, ...], list[str]]:
    """The number of the new item, put before its text in the form of its neighbours where the act leaves it out."""
    first = blocks[0].text if isinstance(blocks[0], Paragraph) else ""
    known = items.marker(first)
    number = new.number if new and new.unit not in _COUNTED else None
    if known and known[1] < items.DASH:
        return (known[0] if number is None or same_number(known[0], number) else number), blocks, []
    if number is None:
        return None, blocks, []
    there = items.items(run._replace(start=former.body(run)), former.spots)
    like = [item for item in there if (item.rank >= items.IN_PARENTHESIS) == (new is not None and new.unit == Unit.SUBITEM)] or there
    form = items.marker_text(former.spots.text((*run.container, like[-1].at))) if like else ""
    before = form.replace(like[-1].number, number) if form else f"{number}. "
    return number, (Paragraph(before + first), *blocks[1:]), ["number-put-in"]


def _by_number(run: Run, number: str, former: Former) -> int:
    """Where an item with this number comes in."""
    known = items.items(run._replace(start=former.body(run)), former.spots)
    if any(same_number(item.number, number) for item in known):
        raise Refused(
            phrase("пункт {number} уже есть", number=number),
            [shown(former.spot((*run.container, item.at)), former.spots) for item in known if same_number(item.number, number)],
        )
    at = predecessor(number, [item.number for item in known])
    if at is None:
        return known[0].at if known else _last_written(run, former)
    return items.extent(run, known[at], known, Unit.ITEM, former.spots).stop


def _ordinal(run: Run, new: Step, former: Former) -> tuple[int, list[str]]:
    """Where a paragraph comes in that is to be the n-th; the marks of a count that may be disputed."""
    count = items.ordinal(new.number) or 0
    readings = items.counted_paragraphs(run, former.body(run), former.spots)
    spots = {
        reading[count - 1].start if 0 < count <= len(reading) else _last_written(run, former)
        for reading in readings
        if count <= len(reading) + 1
    }
    if not spots or count == 0:
        raise Refused(phrase("столько абзацев в указанном месте нет: их {count}", count=len(readings[0])), [shown(run, former.spots)])
    everything = readings[0]
    at = everything[count - 1].start if count <= len(everything) else _last_written(run, former)
    return at, ["paragraphs-counted-all"] if len(spots) > 1 else []


def _last_written(run: Run, former: Former) -> int:
    """Behind the last written block of a run."""
    stop = run.stop
    while (
        stop > run.start + 1 and isinstance(block := former.spots.nodes[(*run.container, stop - 1)], Paragraph) and not block.text.strip()
    ):
        stop -= 1
    return stop


def _beside(scope: Scope, former: Former, run: Run, before: bool) -> int:
    if isinstance(scope, Run) and scope.container == run.container:
        return scope.start if before else scope.stop
    raise Refused(phrase("место, за которым должно стоять дополнение, не найдено в указанной части"), [shown(scope, former.spots)])


def _appendix(former: Former, place: Place, blocks: tuple[Block, ...]) -> Plan:
    """An appendix behind the one with the number before it, else at the end."""
    first = blocks[0].text if isinstance(blocks[0], Paragraph) else ""
    matched = APPENDIX.match(squeeze(first))
    number = (place.new.number if place.new else None) or (matched["number"] if matched else None)
    headings = former.appendix_headings
    if any(same_number(heading.number, number) for heading in headings):
        raise Refused(phrase("приложение {number} уже есть", number=number or ""))
    marks = []
    if not matched:
        blocks, marks = (Paragraph(f"Приложение {number}" if number else "Приложение"), *blocks), ["heading-put-in"]
    before = predecessor(number or "", [heading.number for heading in headings])
    run = former.reach(headings[before], headings, Unit.APPENDIX) if before is not None else former.whole
    at = _last_written(run, former)
    return plan(place.holder, former, [PutBlocks(run.container, at, at, blocks, order(number))], marks, scope=run)


def _section(former: Former, place: Place, blocks: tuple[Block, ...]) -> Plan:
    """A section behind the one with the number before it."""
    number = place.new.number if place.new else None
    first = blocks[0].text if isinstance(blocks[0], Paragraph) else ""
    known = items.marker(first)
    number = number or (known[0] if known else None)
    there = former.sections
    if not there or number is None:
        raise Refused(phrase("не понять, за каким разделом должен стоять новый"))
    found = narrow(former.whole, Step(unit=Unit.SECTION, number=number), former)
    if found:
        raise Refused(phrase("раздел {number} уже есть", number=number), [shown(one.scope, former.spots) for one in found])
    before = predecessor(number, [section for section, _, _ in there])
    run = there[before][2] if before is not None else there[0][2]
    at = _last_written(run, former) if before is not None else run.start
    blocks = blocks if known or "раздел" in first.lower() else (Paragraph(f"{number}. {first}"), *blocks[1:])
    return plan(place.holder, former, [PutBlocks(run.container, at, at, blocks, order(number))], (), scope=run)
