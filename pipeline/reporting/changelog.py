"""A comparison → the amendment changelog."""

from collections.abc import Iterable

from extractors.text import shortened
from pipeline.records import comparison_record
from pipeline.reporting.common import edition_name, identity
from pipeline.reporting.findings import counted, findings_by_part
from pipeline.reporting.sources import Anchors, Checked
from pipeline.wording import Words
from pipeline.words import around, difference
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Change, Comparison, Kind, Role, Text
from schemas.edition import Activity, Indicator, Task
from schemas.finding import Finding
from schemas.report import Fact, Piece, Report, ReportColumn, ReportRow, ReportSection, ReportTable, TableCell, Tone, cell, line, piece
from schemas.requisites import Act

_ROLE_TONES = {Role.PRIMARY: Tone.PRIMARY, Role.DERIVED: Tone.DERIVED, Role.UNEXPLAINED: Tone.UNEXPLAINED}
_ROLE_WORDS = {Role.PRIMARY: "самостоятельное", Role.DERIVED: "следствие", Role.UNEXPLAINED: "не объяснено"}
_KIND_WORDS = {
    Kind.ALTERED: "изменено", Kind.ADDED: "добавлено", Kind.REMOVED: "исключено",
    Kind.RENUMBERED: "новый номер", Kind.MOVED: "перенесено",
}  # fmt: skip


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
    found = findings_by_part(findings, Anchors(Checked(comparison.new, findings)), words)
    if found:
        sections.append(ReportSection(title=words("Ошибки и замечания новой редакции"), lines=(line(counted(findings, words)),)))
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
        facts.append(
            Fact(
                name=words("Объём программы, {unit}", unit=unit),
                value=f"{words.number(totals.old or totals.delta)} → {words.number(totals.new or totals.delta)}",
            )
        )
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
    for name, value, tone in (
        (words("округление"), totals.rounding, Tone.QUIET),
        (words("не объяснено"), totals.unexplained, Tone.UNEXPLAINED),
    ):
        if value:
            rows.append(ReportRow(cells=(cell(""), cell(name), cell(words.number(value, signed=True))), tone=tone))
    rows.append(ReportRow(cells=(cell(""), cell(words("стало")), cell(words.number(totals.new))), tone=Tone.STRONG))
    columns = (
        ReportColumn(title="№"),
        ReportColumn(title=words("Из чего сложилось")),
        ReportColumn(title=comparison.new.unit or words("сумма"), numeric=True),
    )
    yield ReportSection(title=words("Объём программы: из чего сложилось изменение"), table=ReportTable(columns=columns, rows=tuple(rows)))


def _what(change: Change, words: Words) -> tuple[Piece, ...]:
    address = change.address_new or change.address_old
    assert address is not None  # a change stands somewhere
    name = getattr(change.new or change.old, "name", None)
    what = [piece(words.address(address))]
    if isinstance(name, str) and name:
        what.append(piece(f" «{shortened(name)}»", Tone.QUIET))
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
    numeric = isinstance(change.new or change.old, Amount)
    before, after = piece(_shown(change.old, words)), piece(_shown(change.new, words), Tone.STRONG)
    return cell(before, numeric=numeric), cell(after, numeric=numeric)


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
        return words("мероприятие {number} «{name}»", number=value.number, name=shortened(value.name))
    if isinstance(value, Task):
        return words(
            "задача {number} «{name}», мероприятий: {count}", number=value.number, name=shortened(value.name), count=len(value.activities)
        )
    if isinstance(value, Indicator):
        return words("показатель «{name}»", name=shortened(value.name))
    if isinstance(value, Act):
        return words("постановление от {date} № {number}", date=words.date(value.date), number=value.number or "")
    return "—"
