"""What the registry knows: the programmes, and the editions of one with its gaps."""

from collections.abc import Iterator, Sequence

from pipeline.registry.queries import Edition, Programme
from pipeline.reporting.common import act_name, day
from pipeline.wording import Words
from schemas.report import Fact, Report, ReportColumn, ReportRow, ReportSection, ReportTable, TableCell, Tone, cell, line, piece


def programmes_report(programmes: Sequence[Programme], words: Words) -> Report:
    """Every programme: its act, its title, how many editions there are and how many are missing."""
    gaps = sum(len(one.gaps) for one in programmes)
    facts = (
        Fact(name=words("Программ"), value=str(len(programmes))),
        Fact(name=words("Редакций"), value=str(sum(len(one.editions) for one in programmes))),
        Fact(name=words("Не хватает редакций"), value=str(gaps), tone=Tone.WARNING if gaps else Tone.PLAIN),
    )
    titles = (("№", False), ("Дата", False), ("Орган", False), ("Программа", False), ("Редакций", True), ("Нет", True), ("Ошибок", True))
    columns = tuple(ReportColumn(title=words(title), numeric=numeric) for title, numeric in titles)
    rows = tuple(_programme(one, words) for one in programmes)
    empty = (line(words("В реестре нет ни одной программы: подшейте первую — popravka ingest ФАЙЛ")),)
    section = ReportSection(
        title=words("Программы"), lines=() if rows else empty, table=ReportTable(columns=columns, rows=rows) if rows else None
    )
    return Report(language=words.language, title=words("Реестр программ"), facts=facts, sections=(section,),
                  data=[one.record() for one in programmes])  # fmt: skip


def _programme(one: Programme, words: Words) -> ReportRow:
    last = one.editions[-1].documents[0] if one.editions else None
    cells = (
        cell(one.number), cell(day(one.date or None, words)), cell(one.issuer or "—"), cell(one.title),
        _count(len(one.editions)), _count(len(one.gaps), Tone.WARNING), _count(last.errors if last else 0, Tone.ERROR),
    )  # fmt: skip
    return ReportRow(cells=cells)


def _count(number: int, tone: Tone = Tone.PLAIN) -> TableCell:
    return cell(piece(str(number), tone if number else Tone.QUIET), numeric=True)


def editions_report(programme: Programme, words: Words) -> Report:
    """The editions of one programme in order, the missing ones in their places."""
    titles = (("Редакция", False), ("Постановление", False), ("Файлы", False), ("Изменений", True),
              ("Ошибок", True), ("Предупреждений", True), ("Замечаний", True))  # fmt: skip
    columns = tuple(ReportColumn(title=words(title), numeric=numeric) for title, numeric in titles)
    table = ReportTable(columns=columns, rows=tuple(_rows(programme, words)))
    base = words("Программа {act}, {issuer}", act=act_name(programme.date or None, programme.number, words), issuer=programme.issuer or "—")
    facts = (
        Fact(name=words("Редакций"), value=str(len(programme.editions))),
        Fact(name=words("Не хватает редакций"), value=str(len(programme.gaps)), tone=Tone.WARNING if programme.gaps else Tone.PLAIN),
    )
    return Report(language=words.language, title=words("Редакции программы"), subtitle=(f"«{programme.title}»", base), facts=facts,
                  sections=(ReportSection(title=words("Редакции по порядку"), table=table),), data=programme.record())  # fmt: skip


def _rows(programme: Programme, words: Words) -> Iterator[ReportRow]:
    there = [((edition.date or "", edition.number or ""), edition) for edition in programme.editions]
    missing = [((date or "", number or ""), None) for date, number in programme.gaps]
    filed = {(date, number) for date, number, _ in programme.acts}
    order = {id(edition): position for position, (_, edition) in enumerate(there)}
    for (date, number), edition in sorted([*there, *missing], key=lambda one: (one[0][0], order.get(id(one[1]), -1))):
        if edition is None:
            has_act = (date or None, number or None) in filed
            resolution = words("подшито") if has_act else words("не подшито")
            cells = (
                cell(piece(act_name(date or None, number, words), Tone.WARNING)),
                cell(resolution),
                cell(piece(words("редакции нет"), Tone.WARNING)),
            )
            yield ReportRow(cells=cells, tone=Tone.WARNING)
        else:
            yield _edition(edition, words)


def _edition(edition: Edition, words: Words) -> ReportRow:
    first = edition.documents[0]
    files = [piece(first.name.rpartition("/")[2])]
    for held in edition.documents[1:]:
        differ = words.count("{n} отличие", "{n} отличия", held.differences) if held.differences else words("то же самое")
        files.append(piece(f"; {held.name.rpartition('/')[2]} ({differ})", Tone.ERROR if held.differences else Tone.PLAIN))
    resolution = words("подшито") if edition.resolutions else words("не подшито")
    changes = cell("—" if edition.changes is None else str(edition.changes), numeric=True)
    counts = (_count(first.errors, Tone.ERROR), _count(first.warnings, Tone.WARNING), _count(first.notes))
    return ReportRow(cells=(cell(act_name(edition.date, edition.number, words)), cell(resolution), cell(*files), changes, *counts))
