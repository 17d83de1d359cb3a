"""The amendment held to account, in words: declared and done, declared and not done, done and not declared."""

from collections.abc import Callable, Iterator, Sequence

from pipeline.wording import Words
from schemas.audit import Audit, Ruling, Verdict
from schemas.change import Change, Comparison
from schemas.report import Fact, Line, Piece, ReportColumn, ReportRow, ReportSection, ReportTable, TableCell, Tone, cell, line, piece

VERDICT_WORDS = {
    Verdict.DECLARED: "объявлено", Verdict.UNDECLARED: "не объявлено", Verdict.NOT_CARRIED_OUT: "не выполнено",
    Verdict.OTHERWISE: "выполнено иначе", Verdict.UNRESOLVED: "не решено",
}  # fmt: skip
_TONES = {
    Verdict.DECLARED: Tone.QUIET, Verdict.UNDECLARED: Tone.ERROR, Verdict.NOT_CARRIED_OUT: Tone.ERROR,
    Verdict.OTHERWISE: Tone.WARNING, Verdict.UNRESOLVED: Tone.WARNING,
}  # fmt: skip


def audit_sections(comparison: Comparison, words: Words, anchor: Callable[[str], str | None]) -> tuple[ReportSection, ...]:
    """The three lists, worst first; what was not given, and why nothing can be called undeclared, stands above them.

    `anchor` is that of a change in the same report.
    """
    audit = comparison.audit
    if audit is None:
        return ()
    lists = (
        (words("Сделано, но не объявлено"), [one for one in audit.rulings if one.change and one.verdict in (Verdict.UNDECLARED, Verdict.UNRESOLVED)]),
        (words("Объявлено, но не сделано или сделано иначе"), [one for one in audit.rulings if _is_undone(one)]),
        (words("Объявлено и сделано"), [one for one in audit.rulings if one.verdict == Verdict.DECLARED]),
    )  # fmt: skip
    changes = {change.id: change for change in comparison.changes}
    made = [ReportSection(title=words("Постановления и что по ним сделано"), lines=tuple(_acts(audit, words)))]
    for title, members in lists:
        shown = f"{title}: {len(members)}"
        table = _by_item if members and members[0].verdict == Verdict.DECLARED else _table
        made.append(ReportSection(title=shown, table=table(members, changes, words, anchor) if members else None))
    return tuple(made)


def _by_item(members: Sequence[Ruling], changes: dict[str, Change], words: Words, anchor: Callable[[str], str | None]) -> ReportTable:
    """What is declared and done, item by item of the acts: each change is told in its own table."""
    items: dict[str, list[str]] = {}
    for one in members:
        said = "; ".join(_items(one, words)) or words("ничем: и не изменилось")
        items.setdefault(f"{said} ({words('итог не изложен заново')})" if one.forgotten else said, []).append(one.change or "")
    columns = (ReportColumn(title=words("Чем предписано")), ReportColumn(title=words("Изменения")))
    return ReportTable(columns=columns, rows=tuple(
        ReportRow(cells=(cell(said), cell(*(part for n, change in enumerate(found) for part in _linked(n, change, changes, words, anchor)))))
        for said, found in items.items()
    ))  # fmt: skip


def _linked(n: int, change: str, changes: dict[str, Change], words: Words, anchor: Callable[[str], str | None]) -> Iterator[Piece]:
    address = changes[change].address_new or changes[change].address_old
    yield piece(("; " if n else "") + (f"{words.address(address)} " if address else ""), Tone.PLAIN)
    yield piece(change, target=anchor(change))


def _items(one: Ruling, words: Words) -> list[str]:
    """«от 24.03.2023 № 160, пункт 1.4.4», each once."""
    return list(
        dict.fromkeys(", ".join(filter(None, (order.act, order.item and words("пункт {item}", item=order.item)))) for order in one.orders)
    )


def audit_facts(audit: Audit | None, words: Words) -> tuple[Fact, ...]:
    """How many changes are declared and how many are not."""
    if audit is None:
        return ()
    count = {verdict: sum(one.verdict == verdict for one in audit.rulings) for verdict in Verdict}
    told = [(verdict, words(VERDICT_WORDS[verdict]).capitalize()) for verdict in Verdict]
    return tuple(
        Fact(name=name, value=str(count[verdict]), tone=_TONES[verdict] if count[verdict] else Tone.PLAIN)
        for verdict, name in told
        if count[verdict] or verdict in (Verdict.DECLARED, Verdict.UNDECLARED)
    )


def marked(change: Change, words: Words) -> list[Piece]:
    """What stands beside a change of its origin: «объявлено: от 24.03.2023 № 160, пункт 1.4.4», «не объявлено»."""
    if change.declared is None:
        return []
    verdict = Verdict(change.declared)
    said = words(VERDICT_WORDS[verdict]) + (f": {change.by}" if change.by else "")
    return [piece(said, _TONES[verdict])]


def _is_undone(one: Ruling) -> bool:
    return one.verdict in (Verdict.NOT_CARRIED_OUT, Verdict.OTHERWISE) or (one.change is None and one.verdict == Verdict.UNRESOLVED)


def _acts(audit: Audit, words: Words) -> Iterator[Line]:
    for act in audit.acts:
        date = ".".join(reversed(act.date.split("-"))) if act.date else words("без даты")
        told = words(
            "от {date} № {number} ({file}): выполнено указаний {done}, не удалось выполнить {failed}, не понято {unclear}",
            date=date, number=act.number or "?", file=act.file, done=act.carried_out, failed=act.failed, unclear=act.not_understood,
        )  # fmt: skip
        yield line(told)
    if not audit.acts:
        yield line(words("Ни одно из данных постановлений не изменяет эту программу."))
    if audit.obstacles:
        yield line(piece(words("Назвать изменение необъявленным нельзя:"), Tone.WARNING))
        yield from (line(piece(words.say(reason), Tone.WARNING), indent=1) for reason in audit.obstacles)


def _table(members: Sequence[Ruling], changes: dict[str, Change], words: Words, anchor: Callable[[str], str | None]) -> ReportTable:
    columns = (
        ReportColumn(title="№"), ReportColumn(title=words("Где")), ReportColumn(title=words("Прежняя редакция")),
        ReportColumn(title=words("Предписано")), ReportColumn(title=words("Новая редакция")), ReportColumn(title=words("Чем предписано, вывод")),
    )  # fmt: skip
    return ReportTable(columns=columns, rows=tuple(_row(one, changes.get(one.change or ""), words, anchor) for one in members))


def _row(one: Ruling, change: Change | None, words: Words, anchor: Callable[[str], str | None]) -> ReportRow:
    where = words.address(one.address) if one.address else ""
    former = _former(change) if change else one.published
    cells = (
        cell(piece(one.change, target=anchor(one.change))) if one.change else cell(one.id), cell(where), _short(former, words),
        _short(one.expected, words), _short(one.published, words), cell(*_grounds(one, words)),
    )  # fmt: skip
    return ReportRow(cells=cells, tone=_TONES[one.verdict])


def _former(change: Change) -> str | None:
    value = change.old
    raw = getattr(value, "raw", None)
    return str(raw).strip() if raw is not None else getattr(value, "text", None) or getattr(value, "name", None)


def _short(text: str | None, words: Words) -> TableCell:
    if text is None:
        return cell(piece("—", Tone.QUIET))
    flat = " ".join(text.split())
    return cell(flat if len(flat) <= 160 else flat[:160].rsplit(" ", 1)[0] + "…") if flat else cell(piece(words("пусто"), Tone.QUIET))


def _grounds(one: Ruling, words: Words) -> list[Piece]:
    said = [piece(words(VERDICT_WORDS[one.verdict]), _TONES[one.verdict])]
    items = dict.fromkeys(
        ", ".join(filter(None, (order.act, order.item and words("пункт {item}", item=order.item)))) for order in one.orders
    )
    if items:
        said.append(piece(": " + "; ".join(items)))
    if one.derived:
        said.append(piece("; " + words("следует из слагаемых"), Tone.QUIET))
    said += [piece("; " + words.say(reason), Tone.QUIET) for reason in one.reasons]
    return said
