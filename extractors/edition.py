"""Document → Edition: the parts read and joined, and all that was not understood gathered."""

from collections.abc import Iterable

import regex

from extractors import errors
from extractors.across import PART
from extractors.activities import activities
from extractors.groups import OUTER, Activities
from extractors.indicators import Indicators, indicators
from extractors.inner import located
from extractors.labels import Labels, default_labels
from extractors.locate import Located, Parts, locate, regions
from extractors.mentions import foot_marks, mentions
from extractors.named import goals_and_tasks, titles
from extractors.passport import PassportRead, passport
from extractors.requisites import Joined, amending_acts, amendment_notes, base_act, other_base_citations, period, title, unfinished
from extractors.rowlabels import row_numbers, total_labels
from extractors.sections import lists, sections
from extractors.text import joined, key
from extractors.uncollected import uncollected
from extractors.units import unit_in, unit_line, unit_of_amounts
from schemas.address import Address, Part
from schemas.blocks import Document, Table, Unread
from schemas.edition import Caption, Edition, Indicator, Listing, Passport, Programme, SourceFile, StatedPeriod
from schemas.requisites import Citation, Period

_TERM_IN_TEXT = regex.compile(
    r"срок\w*\s+(?:и\s+этап\w*\s+)?(?:реализации|действия|выполнения)\s+(?:\w+\s+){0,2}программ\w*[^.;]{0,40}?(?P<years>(?:19|20)\d\d.{0,30})",
    regex.I,
)

OTHER_TABLE = "таблица не похожа ни на паспорт, ни на показатели, ни на мероприятия"
FURTHER_TABLE = "ещё одна таблица с деньгами программы: мероприятия прочитаны из другого приложения"
SET_ASIDE = frozenset((OTHER_TABLE, FURTHER_TABLE, OUTER, PART))
"""Reasons of what was understood, and is no part of the record of an edition."""

WHY_WORDS = {
    "no tables": "в документе нет таблиц",
    "other tables": "среди таблиц документа нет ни паспорта программы, ни перечня мероприятий",
    "no passport": "в документе нет ни паспорта программы, ни перечня мероприятий",
}


@uncollected
def edition(document: Document, source: SourceFile, labels: Labels | None = None) -> Edition:
    """The edition that the document holds; raises `NotEdition` when it holds none."""
    labels = labels or default_labels()
    parts = locate(document, labels)
    if not parts.passport and parts.activities is None:
        raise errors.NotEdition(detail=why_not(document, parts))
    read_passport = passport(parts.passport, labels)
    first = indicators(parts.indicators, labels) if parts.indicators else Indicators()
    second = activities(parts.activities, labels) if parts.activities else Activities()
    made_sections, listings, loose = sections(parts.text)
    texts = _texts(parts)
    head = texts["title"]
    name = title(head) or _title_from_passport(read_passport) or ""
    base = base_act(head, labels)
    notes = [note for text in texts.values() for note in amendment_notes(text, base)]
    acts = amending_acts(notes)
    again = tuple(citation for text in texts.values() for citation in other_base_citations(text, base))
    base = base.model_copy(update={"citations": (*base.citations, *again)})
    unknown_sources: tuple[tuple[Part, bool], ...] = (("passport", read_passport.unknown_source), ("appendix2", second.unknown_source))
    return Edition(
        source=source,
        programme=Programme(title=name, period=_plain(period(name) or read_passport.passport.term)),
        base_act=base,
        amending_acts=acts,
        cited_acts=_other_citations(texts.values(), [c for act in acts for c in act.citations]),
        unfinished=tuple(citation for text in texts.values() for citation in unfinished(text)),
        unit=_unit(parts, read_passport, second),
        passport=_with_tasks(read_passport.passport, first.indicators),
        sections=made_sections,
        indicators=first.indicators,
        tasks=second.tasks,
        grand_total=second.grand_total,
        grand_total_place=second.grand_total_place,
        captions=tuple(_captions(parts)),
        headings=(*first.headings, *second.headings),
        listings=(*_passport_lists(parts, labels), *listings),
        row_numbers=tuple(row_numbers(parts)),
        total_labels=tuple(total_labels(parts, labels)),
        periods=(*_periods(texts, read_passport, first, second), *_periods_in_text(parts.text)),
        named=(*titles(texts, read_passport.passport), *goals_and_tasks(made_sections)),
        mentions=tuple(mentions(parts)),
        foot_marks=tuple(foot_marks(parts)),
        repeated=(*read_passport.repeated, *first.repeated, *second.repeated),
        unknown_sources=tuple(part for part, unknown in unknown_sources if unknown),
        unknown_years=("appendix2",) if second.unknown_year else (),
        notes=document.notes,
        aside=document.aside,
        unread=(*document.unread, *read_passport.unread, *loose, *first.unread, *second.unread, *_other_tables(parts)),
    )


def _unit(parts: Parts, read: PassportRead, second: Activities) -> str | None:
    """The unit of money: of the header of appendix 2, of the line above it, of its amounts, of the passport's funding."""
    above = unit_line(line.text for line in parts.activities.heading) if parts.activities else None
    money = [amount for task in second.tasks for block in (*(a.years for a in task.activities), task.subtotal)
             for row in block.values() for _, amount in row.amounts()]  # fmt: skip
    funding = read.passport.row("funding")
    return second.unit or above or unit_of_amounts(money) or (unit_in(funding.label) if funding else None)


def why_not(document: Document, parts: Parts) -> str:
    """Why a document is no edition, in words."""
    if not any(isinstance(block, Table) for block in document.blocks):
        return WHY_WORDS["no tables"]
    return WHY_WORDS["other tables"] if parts.others else WHY_WORDS["no passport"]


def _with_tasks(read: Passport, known: tuple[Indicator, ...]) -> Passport:
    """The passport's indicators of tasks that do not say of which: their task by their name in appendix 1."""
    tasks: dict[str, set[str | None]] = {}
    for indicator in known:
        tasks.setdefault(key(indicator.name), set()).add(indicator.task)
    indicators = tuple(
        indicator.model_copy(update={"task": min(found)}) if (found := _one(indicator, tasks)) else indicator
        for indicator in read.indicators
    )
    return read.model_copy(update={"indicators": indicators})


def _one(indicator: Indicator, tasks: dict[str, set[str | None]]) -> set[str]:
    """The one task under which the indicator is known, when it does not name it itself."""
    found = tasks.get(key(indicator.name), set()) - {None}
    return {task for task in found if task} if indicator.scope == "task" and indicator.task is None and len(found) == 1 else set()


def _texts(parts: Parts) -> dict[Part, Joined]:
    """Each part's running text."""
    lines: dict[Part, Iterable[Located]] = {"title": parts.head}
    if parts.passport:
        lines["passport"] = (line for table in parts.passport for cell in table.cells for line in located(table, cell))
    lines["section"] = parts.text
    if parts.indicators:
        lines["appendix1"] = parts.indicators.heading
    if parts.activities:
        lines["appendix2"] = parts.activities.heading
    return {part: Joined(part, paragraphs) for part, paragraphs in lines.items()}


def _captions(parts: Parts) -> Iterable[Caption]:
    """What stands above the passport and above the appendices' tables, paragraph by paragraph."""
    for line in parts.head:
        yield Caption(part="title", text=joined(line.text), place=line.place)
    for line in parts.indicators.heading if parts.indicators else ():
        yield Caption(part="appendix1", text=joined(line.text), place=line.place)
    for line in parts.activities.heading if parts.activities else ():
        yield Caption(part="appendix2", text=joined(line.text), place=line.place)


def _title_from_passport(read: PassportRead) -> str | None:
    row = read.passport.row("title")
    return row.text.replace("\n", " ") if row else None


def _plain(found: Period | None) -> Period | None:
    """The years alone, as the programme's identity shows them."""
    return Period(start=found.start, end=found.end) if found else None


def _other_citations(texts: Iterable[Joined], amending: list[Citation]) -> tuple[Citation, ...]:
    known = {(citation.place, citation.raw) for citation in amending}
    return tuple(c for text in texts for _, c in text.citations if (c.place, c.raw) not in known)


def _passport_lists(parts: Parts, labels: Labels) -> list[Listing]:
    found: list[Listing] = []
    for region in regions(parts.passport):
        field = labels.family("passport", region.label.text) if region.label else None
        if field in ("tasks", "executors", "subprogrammes"):
            lines = tuple(line for cell in region.content for line in located(region.table, cell))
            found.extend(lists(lines, Address(part="passport", row=field)))
    return found


def _periods(texts: dict[Part, Joined], read: PassportRead, first: Indicators, second: Activities) -> Iterable[StatedPeriod]:
    """Every place that states the programme's years: titles, the term, the years of the tables."""
    for part, text in texts.items():
        if part in ("passport", "section"):
            continue
        stated = period(title(text) or "")
        if stated:
            yield StatedPeriod(period=stated, address=Address(part=part, row="title"), place=text.place(text.text.find(str(stated.start))))
    for field in ("title", "term"):
        row = read.passport.row(field)
        stated = period(row.text) if row else None
        if row and stated:
            yield StatedPeriod(period=stated, address=Address(part="passport", row=field), place=row.place)
    whole = period(title(texts["title"]) or "")
    yield from (found for found in _table_periods(read, first, second) if not _is_part(found, whole))


def _periods_in_text(text: tuple[Located, ...]) -> Iterable[StatedPeriod]:
    """«Срок реализации программы – 2021-2026 годы» in the running text."""
    for line in text:
        found = _TERM_IN_TEXT.search(line.text)
        stated = period(found["years"]) if found else None
        if stated:
            yield StatedPeriod(period=stated, address=Address(part="section", row="term"), place=line.place)


def _table_periods(read: PassportRead, first: Indicators, second: Activities) -> Iterable[StatedPeriod]:
    for field, header in read.years.items():
        row = read.passport.row(field.split("_")[0])
        if row and (stated := _span(header)):
            yield StatedPeriod(period=stated, address=Address(part="passport", row=field.split("_")[0]), place=row.place)
    if first.indicators and (stated := _span(first.years)):
        yield StatedPeriod(period=stated, address=Address(part="appendix1"), place=first.indicators[0].place)
    blocks = [block for task in second.tasks for block in (*(a.years for a in task.activities), task.subtotal)]
    years = sorted({year for block in [*blocks, second.grand_total] for year in block})
    if second.tasks and (stated := _span(tuple(years))):
        yield StatedPeriod(period=stated, address=Address(part="appendix2"), place=second.tasks[0].place)


def _is_part(found: StatedPeriod, whole: Period | None) -> bool:
    """Money of the next years alone («2025-2027» of a programme «на 2025-2030 годы») states no other period."""
    stated, is_money = found.period, found.address.part == "appendix2" or found.address.row == "funding"
    if whole is None or not is_money or (stated.start, stated.end) == (whole.start, whole.end):
        return False
    return whole.start <= stated.start and stated.end <= whole.end


def _span(header: tuple[str, ...]) -> Period | None:
    """The years of a table, if they follow one another: of a header with a year twice or missing STR003 speaks."""
    years = sorted(int(year) for year in header if year != "total")
    in_order = years == list(range(years[0], years[0] + len(years))) if years else False
    return Period(start=years[0], end=years[-1]) if in_order else None


def _other_tables(parts: Parts) -> Iterable[Unread]:
    reasons = (
        (parts.others, OTHER_TABLE),
        (parts.further, FURTHER_TABLE),
    )
    for tables, reason in reasons:
        for table in tables:
            text = "\n".join(joined(cell.text) for cell in table.cells if cell.text.strip())
            yield Unread(place=table.place(table.cells[0]), text=text, reason=reason)
