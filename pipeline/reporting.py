"""Edition, findings, comparison → the Report that renderers set: words, order, emphasis."""

from collections.abc import Iterable, Sequence

from pipeline.records import checked_record, comparison_record, counts
from pipeline.rule import Rule
from pipeline.wording import Words
from pipeline.words import around, difference
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Change, Comparison, Kind, Role, Text
from schemas.edition import Activity, Edition, Indicator, Task
from schemas.finding import Finding, Severity
from schemas.report import (
    Fact,
    Line,
    Piece,
    Report,
    ReportColumn,
    ReportRow,
    ReportSection,
    ReportTable,
    TableCell,
    Tone,
    cell,
    line,
    piece,
)  # fmt: skip
from schemas.requisites import Act

_SEVERITY_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARNING, Severity.NOTE: Tone.NOTE}
_SEVERITY_WORDS = {Severity.ERROR: "ОШИБКА", Severity.WARNING: "ПРЕДУПРЕЖДЕНИЕ", Severity.NOTE: "ЗАМЕЧАНИЕ"}
_SEVERITY_NAMES = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение", Severity.NOTE: "замечание"}
_ROLE_TONES = {Role.PRIMARY: Tone.PRIMARY, Role.DERIVED: Tone.DERIVED, Role.UNEXPLAINED: Tone.UNEXPLAINED}
_ROLE_WORDS = {Role.PRIMARY: "самостоятельное", Role.DERIVED: "следствие", Role.UNEXPLAINED: "не объяснено"}
_KIND_WORDS = {
    Kind.ALTERED: "изменено", Kind.ADDED: "добавлено", Kind.REMOVED: "исключено",
    Kind.RENUMBERED: "новый номер", Kind.MOVED: "перенесено",
}  # fmt: skip
Checked = tuple[Edition, tuple[Finding, ...]]


def identity(edition: Edition, words: Words) -> tuple[str, ...]:
    """The programme's title, its act and the edition, in lines."""
    base, acts = edition.base_act, edition.amending_acts
    lines = [f"«{edition.programme.title}»"] if edition.programme.title else [words("программа без названия")]
    if base.number:
        lines.append(words("утверждена: {issuer}, {date} № {number}", issuer=base.issuer or words("орган не назван"), date=words.date(base.date), number=base.number))
    if acts:
        listed = ", ".join(words("от {date} № {number}", date=words.date(act.date), number=act.number or "") for act in acts)
        lines.append(words("в редакции постановлений {acts}", acts=listed))
    return tuple(lines)


def edition_name(edition: Edition, words: Words) -> str:
    """The edition by its last act: «редакция от 24.03.2023 № 160»."""
    last = edition.amending_acts[-1] if edition.amending_acts else edition.base_act
    return words("редакция от {date} № {number}", date=words.date(last.date), number=last.number or "?")


# --- check ---------------------------------------------------------------------------------


def check_report(checked: Iterable[Checked], failed: list[dict[str, object]], words: Words) -> Report:
    """The findings of several files, file by file; `failed` are the contract's records of unreadable ones."""
    sections: list[ReportSection] = []
    records: list[dict[str, object]] = []
    total: list[Finding] = []
    for edition, findings in checked:
        total.extend(findings)
        records.append(checked_record(edition.source.file, findings, words))
        lead = [line(piece(text, Tone.QUIET)) for text in identity(edition, words)]
        sections.append(ReportSection(title=edition.source.file, lines=(*lead, line(_counted(findings, words)))))
        sections.extend(_findings_by_part(findings, words))
    title = words("Проверка редакций") if len(records) != 1 else words("Проверка редакции")
    return Report(language=words.language, title=title, facts=_severity_facts(tuple(total), words), sections=tuple(sections),
                  data={"files": [*records, *failed]})  # fmt: skip


def _counted(findings: tuple[Finding, ...], words: Words) -> Piece:
    found = counts(findings)
    text = ", ".join((
        words.count("{n} ошибка", "{n} ошибки", found["error"]),
        words.count("{n} предупреждение", "{n} предупреждения", found["warning"]),
        words.count("{n} замечание", "{n} замечания", found["note"]),
    ))  # fmt: skip
    tone = Tone.ERROR if found["error"] else Tone.WARNING if found["warning"] else Tone.STRONG
    return piece(text if findings else words("замечаний нет"), tone)


def _severity_facts(findings: tuple[Finding, ...], words: Words) -> tuple[Fact, ...]:
    found = counts(findings)
    names = {"error": "Ошибки", "warning": "Предупреждения", "note": "Замечания"}
    return tuple(Fact(name=words(names[s.value]), value=str(found[s.value]), tone=_SEVERITY_TONES[s] if found[s.value] else Tone.PLAIN) for s in Severity)


def _findings_by_part(findings: tuple[Finding, ...], words: Words) -> list[ReportSection]:
    """The findings under the parts of the document, what follows folded under its cause."""
    by_id = {finding.id: finding for finding in findings}
    parts: dict[str, list[Line]] = {}
    for finding in findings:
        if finding.cause is None:
            lines = parts.setdefault(finding.remark.address.part, [])
            lines.extend(_finding_lines(finding, words))
            for other in finding.consequences:
                lines.extend(_consequence_lines(by_id[other], words))
    return [ReportSection(title=words.part(part), lines=tuple(lines)) for part, lines in parts.items()]


def _finding_lines(finding: Finding, words: Words) -> list[Line]:
    remark = finding.remark
    made = [
        line(piece(f"{words(_SEVERITY_WORDS[finding.severity])} {finding.code}", _SEVERITY_TONES[finding.severity]),
             "  ", piece(words.address(remark.address, with_part=False) or words.part(remark.address.part), Tone.STRONG),
             "  ", piece(words.place(remark.place), Tone.QUIET), indent=1, anchor=finding.id),
        line(words.say(remark.message), indent=2),
    ]  # fmt: skip
    if remark.expected is not None and len(remark.terms) > 1:
        written = [term for term in remark.terms if term.value] or list(remark.terms)
        sums = " + ".join(words.number(term.value) for term in written if term.value is not None)
        made.append(line(piece(words("слагаемые: {sums} = {expected}", sums=sums, expected=remark.expected), Tone.QUIET), indent=2))
    if len(finding.suggestions) == 1:
        suggestion = finding.suggestions[0]
        made.append(line(words("вероятно, верно {value}: {address}; {why}", value=suggestion.value, address=suggestion.address, why=words.say(suggestion.why)), indent=2))
    elif finding.suggestions:
        listed = "; ".join(f"{words.address(s.address, with_part=False)} — {words.number(s.value)}" for s in finding.suggestions)
        made.append(line(words("документ не решает, какая из цифр неверна; сошлось бы при одном из исправлений: {listed}", listed=listed), indent=2))
    return made


def _consequence_lines(finding: Finding, words: Words) -> list[Line]:
    remark = finding.remark
    return [
        line(piece(words("следствие: {code}", code=finding.code), Tone.QUIET), "  ", words.address(remark.address),
             "  ", piece(words.place(remark.place), Tone.QUIET), indent=2, anchor=finding.id),
        line(piece(words.say(remark.message), Tone.QUIET), indent=3),
    ]  # fmt: skip


# --- diff ----------------------------------------------------------------------------------


def diff_report(comparison: Comparison, findings: tuple[Finding, ...], words: Words) -> Report:
    """The amendment changelog: what changed in its own right, what does not follow, what merely followed."""
    changes = comparison.changes
    own = [c for c in changes if c.role in (None, Role.PRIMARY)]
    groups = (
        (words("Не объяснено"), [c for c in changes if c.role == Role.UNEXPLAINED],
         words("Итог изменился не так, как его слагаемые, или остался прежним, хотя они изменились.")),
        (words("Изменено само по себе"), own, ""),
        (words("Следствия: итоги, пересчитанные вслед за слагаемыми"), [c for c in changes if c.role == Role.DERIVED], ""),
    )  # fmt: skip
    sections = [ReportSection(title=title, lines=(line(piece(note, Tone.QUIET)),) if note else (), table=_changes_table(members, words))
                for title, members, note in groups if members]  # fmt: skip
    if not changes:
        sections.append(ReportSection(title=words("Изменений нет"), lines=(line(words("Все значения и тексты двух редакций совпадают.")),)))
    found = _findings_by_part(findings, words)
    if found:
        sections.append(ReportSection(title=words("Ошибки и замечания новой редакции"), lines=(line(_counted(findings, words)),)))
        sections.extend(found)
    subtitle = (*identity(comparison.new, words)[:2], f"{edition_name(comparison.old, words)} → {edition_name(comparison.new, words)}")
    return Report(language=words.language, title=words("Что изменила поправка"), subtitle=subtitle,
                  facts=_diff_facts(comparison, words), sections=(*_waterfall(comparison, words), *sections),
                  data=comparison_record(comparison, findings, words))  # fmt: skip


def _diff_facts(comparison: Comparison, words: Words) -> tuple[Fact, ...]:
    changes, totals = comparison.changes, comparison.totals
    unexplained = sum(c.role == Role.UNEXPLAINED for c in changes)
    facts = [
        Fact(name=words("Самостоятельных изменений"), value=str(sum(c.role in (None, Role.PRIMARY) for c in changes)), tone=Tone.PRIMARY),
        Fact(name=words("Следствий"), value=str(sum(c.role == Role.DERIVED for c in changes)), tone=Tone.DERIVED),
        Fact(name=words("Не объяснено"), value=str(unexplained), tone=Tone.UNEXPLAINED if unexplained else Tone.PLAIN),
    ]
    if totals.delta is not None:
        unit = comparison.new.unit or ""
        facts.append(Fact(name=words("Объём программы, {unit}", unit=unit), value=f"{words.number(totals.old or totals.delta)} → {words.number(totals.new or totals.delta)}"))
        facts.append(Fact(name=words("Изменение объёма"), value=words.number(totals.delta, signed=True), tone=Tone.STRONG))
    return tuple(facts)


def _waterfall(comparison: Comparison, words: Words) -> Iterable[ReportSection]:
    """From the old total to the new one by the primary changes."""
    totals = comparison.totals
    if not totals.delta or totals.old is None or totals.new is None:
        return
    by_id = {change.id: change for change in comparison.changes}
    rows = [ReportRow(cells=(cell(""), cell(words("было")), cell(words.number(totals.old))), tone=Tone.STRONG)]
    for item in totals.explained:
        change = by_id[item.change]
        rows.append(ReportRow(cells=(cell(item.change), cell(*_what(change, words)), cell(words.number(item.delta, signed=True)))))
    for name, value, tone in ((words("округление"), totals.rounding, Tone.QUIET), (words("не объяснено"), totals.unexplained, Tone.UNEXPLAINED)):
        if value:
            rows.append(ReportRow(cells=(cell(""), cell(name), cell(words.number(value, signed=True))), tone=tone))
    rows.append(ReportRow(cells=(cell(""), cell(words("стало")), cell(words.number(totals.new))), tone=Tone.STRONG))
    columns = (ReportColumn(title="№"), ReportColumn(title=words("Из чего сложилось")), ReportColumn(title=comparison.new.unit or words("сумма"), numeric=True))
    yield ReportSection(title=words("Объём программы: из чего сложилось изменение"), table=ReportTable(columns=columns, rows=tuple(rows)))


def _what(change: Change, words: Words) -> tuple[Piece, ...]:
    address = change.address_new or change.address_old
    assert address is not None  # a change stands somewhere
    name = getattr(change.new or change.old, "name", None)
    what = [piece(words.address(address))]
    if isinstance(name, str) and name:
        what.append(piece(f" «{_shorter(name)}»", Tone.QUIET))
    return tuple(what)


def _changes_table(changes: list[Change], words: Words) -> ReportTable:
    columns = (
        ReportColumn(title="№"), ReportColumn(title=words("Где")), ReportColumn(title=words("Было")), ReportColumn(title=words("Стало")),
        ReportColumn(title=words("Разница"), numeric=True), ReportColumn(title=words("Характер")),
    )  # fmt: skip
    return ReportTable(columns=columns, rows=tuple(_change_row(change, words) for change in changes))


def _change_row(change: Change, words: Words) -> ReportRow:
    before, after = _values(change, words)
    nature = words(_ROLE_WORDS[change.role]) if change.role else words(_KIND_WORDS[change.kind])
    if change.role and change.kind != Kind.ALTERED:
        nature = f"{words(_KIND_WORDS[change.kind])}, {nature}"
    delta = "" if change.delta is None else words.number(change.delta, signed=True)
    tone = _ROLE_TONES[change.role] if change.role else Tone.PRIMARY
    return ReportRow(
        cells=(cell(change.id), cell(*_where(change, words)), before, after, cell(delta), cell(piece(nature, tone))),
        tone=tone, anchor=change.id,
    )  # fmt: skip


def _where(change: Change, words: Words) -> tuple[Piece, ...]:
    """The address, the former one when it was another, and the place in the new file (else the old)."""
    address = change.address_new or change.address_old
    assert address is not None  # a change stands somewhere
    made = [piece(words.address(address))]
    if change.field not in ("amount", "name") and address.column is None and change.field in ("requisites",):
        made = [piece(words("Заголовок, реквизиты"))]
    if change.address_old and change.address_new and change.address_old != change.address_new and change.kind == Kind.ALTERED:
        made.append(piece(words(" (был номер {number})", number=_number(change.address_old)), Tone.QUIET))
    thing = change.new or change.old
    place = getattr(thing, "place", None) or (thing.places.get("name") if isinstance(thing, Activity) else None)
    if place is not None:
        made.append(piece(f" [{words.place(place)}]", Tone.QUIET))
    return tuple(made)


def _number(address: Address) -> str:
    return address.activity or address.indicator or address.task or address.section or ""


def _values(change: Change, words: Words) -> tuple[TableCell, TableCell]:
    if isinstance(change.old, Text) and isinstance(change.new, Text):
        return _text_cells(change.old.text, change.new.text)
    return cell(piece(_shown(change.old, words), Tone.PLAIN)), cell(piece(_shown(change.new, words), Tone.STRONG))


def _text_cells(old: str, new: str) -> tuple[TableCell, TableCell]:
    fragments = around(difference(old, new))
    sides = []
    for unwanted, tone in (("added", Tone.REMOVED), ("removed", Tone.ADDED)):
        sides.append(cell(*(piece(f.text, Tone.PLAIN if f.op == "same" else tone) for f in fragments if f.op != unwanted)))
    return sides[0], sides[1]


def _shown(value: object, words: Words) -> str:
    """A value as a person reads it."""
    if isinstance(value, Amount):
        return words.number(value.value) if value.value is not None else value.raw.strip() or words("пусто")
    if isinstance(value, Text):
        return value.text or words("пусто")
    if isinstance(value, Activity):
        return words("мероприятие {number} «{name}»", number=value.number, name=_shorter(value.name))
    if isinstance(value, Task):
        return words("задача {number} «{name}», мероприятий: {count}", number=value.number, name=_shorter(value.name), count=len(value.activities))
    if isinstance(value, Indicator):
        return words("показатель «{name}»", name=_shorter(value.name))
    if isinstance(value, Act):
        return words("постановление от {date} № {number}", date=words.date(value.date), number=value.number or "")
    return "—"


def _shorter(name: str, limit: int = 90) -> str:
    flat = " ".join(name.split())
    return flat if len(flat) <= limit else flat[:limit].rsplit(" ", 1)[0] + "…"


# --- read ----------------------------------------------------------------------------------


def edition_report(edition: Edition, words: Words) -> Report:
    """An edition as a person reads it: what was understood, in tables, and what was not."""
    sections = [_funding_section(edition, words), _indicator_section(edition, words), _task_section(edition, words), _unread_section(edition, words)]
    rows = tuple(ReportRow(cells=(cell(piece(row.label, Tone.STRONG)), cell(_shorter(row.text, 300)))) for row in edition.passport.rows)
    passport = ReportSection(title=words("Паспорт"), table=ReportTable(columns=(ReportColumn(title=words("Строка")), ReportColumn(title=words("Содержание"))), rows=rows))
    activities = sum(len(task.activities) for task in edition.tasks)
    facts = (
        Fact(name=words("Задач"), value=str(len(edition.tasks))), Fact(name=words("Мероприятий"), value=str(activities)),
        Fact(name=words("Показателей"), value=str(len(edition.indicators))), Fact(name=words("Сумм и значений"), value=str(len(edition.amounts))),
        Fact(name=words("Не понято"), value=str(len(edition.unread)), tone=Tone.WARNING if edition.unread else Tone.PLAIN),
    )  # fmt: skip
    return Report(language=words.language, title=words("Редакция муниципальной программы"), subtitle=identity(edition, words), facts=facts,
                  sections=tuple(s for s in (passport, *sections) if s.table and s.table.rows), data=edition.record())  # fmt: skip


def _shown_amount(amount: Amount | None, words: Words) -> TableCell:
    return cell("" if amount is None else amount.raw.strip() if amount.value is None else words.number(amount.value))


def _funding_section(edition: Edition, words: Words) -> ReportSection:
    years = list(dict.fromkeys(year for funding in edition.passport.funding for year in funding.years))
    columns = (ReportColumn(title=words("Источник")), *(ReportColumn(title=year, numeric=True) for year in years), ReportColumn(title=words("Всего"), numeric=True))
    rows = tuple(ReportRow(cells=(cell(funding.label), *(_shown_amount(funding.years.get(year), words) for year in years), _shown_amount(funding.total, words)))
                 for funding in edition.passport.funding)  # fmt: skip
    return ReportSection(title=words("Финансирование по паспорту, {unit}", unit=edition.unit or ""), table=ReportTable(columns=columns, rows=rows))


def _indicator_section(edition: Edition, words: Words) -> ReportSection:
    years = list(dict.fromkeys(year for indicator in edition.indicators for year in indicator.values))
    columns = (ReportColumn(title="№"), ReportColumn(title=words("Показатель")), ReportColumn(title=words("Ед.")), *(ReportColumn(title=year, numeric=True) for year in years))
    rows = tuple(ReportRow(cells=(cell(i.number or ""), cell(_shorter(i.name)), cell(i.unit or ""), *(_shown_amount(i.values.get(year), words) for year in years)))
                 for i in edition.indicators)  # fmt: skip
    return ReportSection(title=words("Целевые показатели (приложение 1)"), table=ReportTable(columns=columns, rows=rows))


def _task_section(edition: Edition, words: Words) -> ReportSection:
    blocks = list(edition.blocks())
    years = list(dict.fromkeys(year for _, block in blocks for year in block if year != "total"))
    columns = (ReportColumn(title="№"), ReportColumn(title=words("Мероприятие, итог")), *(ReportColumn(title=year, numeric=True) for year in years), ReportColumn(title=words("ВСЕГО"), numeric=True))
    rows: list[ReportRow] = []
    for task in edition.tasks:
        rows.append(ReportRow(cells=(cell(task.number), cell(piece(_shorter(task.name), Tone.STRONG))), tone=Tone.STRONG))
        rows.extend(_money_row(a.number, a.name, a.years, years, words) for a in task.activities)
        rows.append(_money_row("", words("итого по задаче {task}", task=task.number), task.subtotal, years, words, Tone.DERIVED))
    if edition.grand_total:
        rows.append(_money_row("", words("итого по программе"), edition.grand_total, years, words, Tone.STRONG))
    return ReportSection(title=words("Мероприятия (приложение 2), всего по источникам, {unit}", unit=edition.unit or ""), table=ReportTable(columns=columns, rows=tuple(rows)))


def _money_row(number: str, name: str, block: dict[str, object], years: list[str], words: Words, tone: Tone = Tone.PLAIN) -> ReportRow:
    amounts = (getattr(block.get(year), "total", None) for year in [*years, "total"])
    return ReportRow(cells=(cell(number), cell(_shorter(name)), *(_shown_amount(amount, words) for amount in amounts)), tone=tone)


def _unread_section(edition: Edition, words: Words) -> ReportSection:
    columns = (ReportColumn(title=words("Где")), ReportColumn(title=words("Текст")), ReportColumn(title=words("Почему не понято")))
    rows = tuple(ReportRow(cells=(cell(words.place(item.place)), cell(_shorter(item.text)), cell(item.reason))) for item in edition.unread)
    return ReportSection(title=words("Не понято"), table=ReportTable(columns=columns, rows=rows))


# --- rules ---------------------------------------------------------------------------------


def rules_report(rules: Sequence[Rule], whole: bool, words: Words) -> Report:
    """The catalogue of checks, or the pages of the chosen ones."""
    data = {"rules": [{"code": r.code, "severity": r.severity.value, "title": words(r.title), "manual": r.manual} for r in rules]}
    if whole:
        sections = tuple(
            ReportSection(title=f"{r.code} — {words(r.title)}", lines=tuple(line(text) for text in (words(_SEVERITY_NAMES[r.severity]), *r.manual.split("\n")[1:])))
            for r in rules
        )  # fmt: skip
        return Report(language=words.language, title=words("Проверка"), sections=sections, data=data)
    columns = (ReportColumn(title=words("Код")), ReportColumn(title=words("Вес")), ReportColumn(title=words("Что проверяется")))
    rows = tuple(ReportRow(cells=(cell(r.code), cell(words(_SEVERITY_NAMES[r.severity])), cell(words(r.title)))) for r in rules)
    section = ReportSection(title=words("Подробно об одной: popravka rules КОД"), table=ReportTable(columns=columns, rows=rows))
    return Report(language=words.language, title=words("Проверки"), sections=(section,), data=data)
