"""An edition → what a person sees of it: what was understood, in tables, and what was not."""

from extractors.text import shortened
from pipeline.reporting.common import identity
from pipeline.reporting.resolutions import resolution_report
from pipeline.wording import Words
from schemas.amendment import Resolution
from schemas.amount import Amount
from schemas.edition import Block, Edition, SourceFile
from schemas.envelope import OtherRecord
from schemas.report import Fact, Figure, Report, ReportColumn, ReportRow, ReportSection, ReportTable, TableCell, Tone, cell, line, piece


def record_report(record: Edition | Resolution, words: Words) -> Report:
    """What a file holds as a person reads it."""
    return edition_report(record, words) if isinstance(record, Edition) else resolution_report(record, words)


def edition_report(edition: Edition, words: Words) -> Report:
    """An edition as a person reads it: what was understood, in tables, and what was not."""
    sections = [
        _funding_section(edition, words),
        _indicator_section(edition, words),
        _task_section(edition, words),
        _unread_section(edition, words),
    ]
    rows = tuple(ReportRow(cells=(cell(piece(row.label, Tone.STRONG)), cell(shortened(row.text, 300)))) for row in edition.passport.rows)
    passport = ReportSection(
        title=words("Паспорт"),
        table=ReportTable(columns=(ReportColumn(title=words("Строка")), ReportColumn(title=words("Содержание"))), rows=rows),
    )
    activities = sum(len(task.activities) for task in edition.tasks)
    facts = (
        Fact(name=words("Задач"), value=str(len(edition.tasks))), Fact(name=words("Мероприятий"), value=str(activities)),
        Fact(name=words("Показателей"), value=str(len(edition.indicators))), Fact(name=words("Сумм и значений"), value=str(len(edition.amounts))),
        Fact(name=words("Не понято"), value=str(len(edition.unread)), tone=Tone.WARNING if edition.unread else Tone.PLAIN),
    )  # fmt: skip
    return Report(language=words.language, title=words("Редакция муниципальной программы"), subtitle=identity(edition, words), facts=facts,
                  sections=tuple(s for s in (passport, *sections) if s.table and s.table.rows), data=edition.record())  # fmt: skip


def other_report(source: SourceFile, reason: str, words: Words) -> Report:
    """A document that is no edition, and why it is held to be none."""
    record = OtherRecord(source=source, reason=words(reason)).record()
    section = ReportSection(title=words("Это не редакция программы"), lines=(line(words(reason)),))
    return Report(language=words.language, title=words("Документ"), subtitle=(source.file,), sections=(section,), data=record)


def _shown_amount(amount: Amount | None, words: Words) -> TableCell:
    if amount is None or amount.value is None:
        return cell(amount.raw.strip() if amount else "")
    return cell(words.number(amount.value), figure=Figure(value=amount.value))


def _funding_section(edition: Edition, words: Words) -> ReportSection:
    years = list(dict.fromkeys(year for funding in edition.passport.funding for year in funding.years))
    columns = (
        ReportColumn(title=words("Источник")),
        *(ReportColumn(title=year, numeric=True) for year in years),
        ReportColumn(title=words("Всего"), numeric=True),
    )
    rows = tuple(ReportRow(cells=(cell(funding.label), *(_shown_amount(funding.years.get(year), words) for year in years), _shown_amount(funding.total, words)))
                 for funding in edition.passport.funding)  # fmt: skip
    return ReportSection(
        title=words("Финансирование по паспорту, {unit}", unit=edition.unit or ""), table=ReportTable(columns=columns, rows=rows)
    )


def _indicator_section(edition: Edition, words: Words) -> ReportSection:
    years = list(dict.fromkeys(year for indicator in edition.indicators for year in indicator.values))
    columns = (
        ReportColumn(title="№"),
        ReportColumn(title=words("Показатель")),
        ReportColumn(title=words("Ед.")),
        *(ReportColumn(title=year, numeric=True) for year in years),
    )
    rows = tuple(ReportRow(cells=(cell(i.number or ""), cell(shortened(i.name)), cell(i.unit or ""), *(_shown_amount(i.values.get(year), words) for year in years)))
                 for i in edition.indicators)  # fmt: skip
    return ReportSection(title=words("Целевые показатели (приложение 1)"), table=ReportTable(columns=columns, rows=rows))


def _task_section(edition: Edition, words: Words) -> ReportSection:
    blocks = list(edition.blocks())
    years = list(dict.fromkeys(year for _, block in blocks for year in block if year != "total"))
    columns = (
        ReportColumn(title="№"),
        ReportColumn(title=words("Мероприятие, итог")),
        *(ReportColumn(title=year, numeric=True) for year in years),
        ReportColumn(title=words("ВСЕГО"), numeric=True),
    )
    rows: list[ReportRow] = []
    for task in edition.tasks:
        rows.append(ReportRow(cells=(cell(task.number), cell(piece(shortened(task.name), Tone.STRONG))), tone=Tone.STRONG))
        rows.extend(_money_row(a.number, a.name, a.years, years, words) for a in task.activities)
        rows.append(_money_row("", words("итого по задаче {task}", task=task.number), task.subtotal, years, words, Tone.DERIVED))
    if edition.grand_total:
        rows.append(_money_row("", words("итого по программе"), edition.grand_total, years, words, Tone.STRONG))
    return ReportSection(
        title=words("Мероприятия (приложение 2), всего по источникам, {unit}", unit=edition.unit or ""),
        table=ReportTable(columns=columns, rows=tuple(rows)),
    )


def _money_row(number: str, name: str, block: Block, years: list[str], words: Words, tone: Tone = Tone.PLAIN) -> ReportRow:
    amounts = (money.total if (money := block.get(year)) else None for year in [*years, "total"])
    return ReportRow(cells=(cell(number), cell(shortened(name)), *(_shown_amount(amount, words) for amount in amounts)), tone=tone)


def _unread_section(edition: Edition, words: Words) -> ReportSection:
    columns = (ReportColumn(title=words("Где")), ReportColumn(title=words("Текст")), ReportColumn(title=words("Почему не понято")))
    rows = tuple(
        ReportRow(cells=(cell(words.place(item.place)), cell(shortened(item.text)), cell(words.reason(item.reason))))
        for item in edition.unread
    )
    return ReportSection(title=words("Не понято"), table=ReportTable(columns=columns, rows=rows))
