"""What came of filing → what the legal department must know now, the most important first."""

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.ingest import Ingested
from pipeline.records import comparison_record, counts, finding_record
from pipeline.reporting.audit import audit_sections
from pipeline.reporting.changes import ChangeRows
from pipeline.reporting.common import SEVERITY_TONES, act_name, identity
from pipeline.reporting.facets import Facets
from pipeline.reporting.findings import counted
from pipeline.reporting.sources import Marks, twins_of
from pipeline.reporting.told import told
from pipeline.wording import Words
from schemas.change import Comparison, Role
from schemas.finding import Finding, Severity
from schemas.report import Fact, Line, Piece, Report, ReportSection, Tone, line, piece

_SHOWN = 12  # so many errors and changes are told at once; the rest is told by `check` and `changelog`


def ingested_report(files: Sequence[Ingested], words: Words) -> Report:
    """The files that were filed, one after another."""
    sections = [section for one in files for section in _file(one, words)]
    done = sum(one.digest.outcome == "read" for one in files)
    facts = (
        Fact(name=words("Подшито впервые"), value=str(sum(one.is_new and one.digest.outcome == "read" for one in files))),
        Fact(name=words("Уже было в реестре"), value=str(sum(not one.is_new for one in files))),
        Fact(name=words("Не прочитано"), value=str(len(files) - done), tone=Tone.ERROR if done < len(files) else Tone.PLAIN),
    )
    data = {"files": [_record(one, words) for one in files]}
    return Report(language=words.language, title=words("Подшивка в реестр"), facts=facts, sections=tuple(sections), data=data)


def _file(one: Ingested, words: Words) -> Iterator[ReportSection]:
    lines = [*_head(one, words), *_urgent(one, words)]
    if one.comparison is None:
        yield ReportSection(title=one.path, lines=tuple(lines))
        return
    yield ReportSection(title=one.path, lines=(*lines, *_moved(one.comparison, words)))
    yield from audit_sections(one.comparison, words, lambda _: None)
    yield from _changes(one.comparison, words)


def _head(one: Ingested, words: Words) -> Iterator[Line]:
    made = one.digest
    if made.outcome != "read":
        advice = f" — {words(made.advice)}" if made.advice else ""
        yield line(piece(words("Не прочитан: {reason}", reason=words(made.reason or "")) + advice, Tone.ERROR))
        return
    if one.edition is not None:
        yield from (line(piece(text, Tone.QUIET)) for text in identity(one.edition, words))
    elif made.kind == "resolution":
        yield from _of_act(one, words)
    elif made.kind == "edition":
        text = words("Редакция не подшита к программе: в документе не найден номер базового постановления.")
        yield line(piece(text, Tone.ERROR))
    else:
        yield line(piece(words("Это не редакция программы: {reason}", reason=words(made.reason or "")), Tone.WARNING))
    if not one.is_new:
        yield line(piece(words("Этот файл уже был в реестре: ничего не изменилось."), Tone.QUIET))


def _of_act(one: Ingested, words: Words) -> Iterator[Line]:
    """Which act it is, what it amends, and whether the edition that it made is there."""
    yield line(piece(words("Постановление {act}", act=act_name(*one.digest.act, words)), Tone.STRONG), f" «{one.digest.title or ''}»")
    if one.programme is None:
        yield line(piece(words("Программы, которую оно изменяет, в реестре нет."), Tone.WARNING))
        return
    act = act_name(one.programme.date or None, one.programme.number, words)
    yield line(words("изменяет программу {act} «{title}»", act=act, title=one.programme.title))
    if one.position is None:
        yield line(piece(words("Редакция, которую оно внесло, ещё не подшита: сверить не с чем."), Tone.WARNING))


def _urgent(one: Ingested, words: Words) -> Iterator[Line]:
    """What a person must do or know, the gravest first."""
    yield from _errors(one.findings, words)
    for sha256, twin in one.twins:
        yield from _twin(sha256, twin, words)
    if one.programme is None or one.position is None or one.digest.kind == "resolution":
        return
    if one.programme.gaps:
        acts = "; ".join(act_name(date, number, words) for date, number in one.programme.gaps)
        yield line(piece(words("В цепочке нет редакций, которые внесли постановления: {acts}", acts=acts), Tone.WARNING))
    if one.onward is not None:
        number = len(one.onward.changes)
        text = words("Это не последняя редакция: она встала на своё место, и шаг к следующей сравнён заново.")
        yield line(piece(text, Tone.WARNING), " ", words.count("В нём {n} изменение.", "В нём {n} изменения.", number))
    if one.position == 0:
        yield line(piece(words("Прежней редакции в реестре нет: сравнить не с чем."), Tone.QUIET))
    elif one.filed is not None and not one.filed.resolutions:
        yield line(piece(words("Постановление, которое внесло эти изменения, не подшито: объявлены ли они, сказать нельзя."), Tone.WARNING))


def _errors(findings: tuple[Finding, ...], words: Words) -> Iterator[Line]:
    if not findings:
        return
    yield line(words("Проверка: "), counted(findings, words))
    causes = [twins for twins in twins_of(list(findings)) if twins[0].cause is None and twins[0].severity == Severity.ERROR]
    for twins in causes[:_SHOWN]:
        yield line(*_finding(twins[0], words), indent=1)
    if len(causes) > _SHOWN:
        yield line(piece(words("и ещё {n}: popravka check", n=str(len(causes) - _SHOWN)), Tone.QUIET), indent=1)


def _finding(finding: Finding, words: Words) -> Iterator[Piece]:
    remark = finding.remark
    yield piece(finding.code, SEVERITY_TONES[finding.severity])
    yield piece(f"  {words.address(remark.address)}: ", Tone.STRONG)
    yield piece(words.say(remark.message))
    yield piece(f"  [{words.place(remark.place)}]", Tone.QUIET)


def _twin(sha256: str, twin: Comparison, words: Words) -> Iterator[Line]:
    file = f"{twin.old.source.file} ({sha256[:8]})"
    if not twin.changes:
        yield line(piece(words("Та же редакция уже подшита из файла {file}: они говорят одно и то же.", file=file), Tone.QUIET))
        return
    text = words("Та же редакция подшита и из файла {file}, а они расходятся:", file=file)
    yield line(piece(text, Tone.ERROR), " ", words.count("{n} отличие", "{n} отличия", len(twin.changes)))


def _moved(step: Comparison, words: Words) -> Iterator[Line]:
    totals = step.totals
    if totals.old is not None and totals.new is not None:
        yield line(
            words("Всего по программе: "), piece(f"{words.number(totals.old)} → {words.number(totals.new)}", Tone.STRONG),
            f" ({words.number(totals.new - totals.old, signed=True)})",
        )  # fmt: skip


def _changes(step: Comparison, words: Words) -> Iterator[ReportSection]:
    every = told(step.changes)
    rows = ChangeRows(step, every, Marks("", None, "o-"), Marks("", None, "n-"), words)
    facets = Facets(step, every, ())
    titles = ((Tone.UNEXPLAINED, words("Не объяснено")), (Tone.PRIMARY, words("Изменено само по себе")))
    for tone, title in titles:
        members = [one for one in every if one.tone == tone]
        if members:
            more = len(members) - _SHOWN
            note = (line(piece(words("и ещё {n}: popravka changelog", n=str(more)), Tone.QUIET)),) if more > 0 else ()
            yield ReportSection(title=title, lines=note, table=rows.by_part(members[:_SHOWN], facets.of))


def _record(one: Ingested, words: Words) -> dict[str, Any]:
    made = one.digest
    return {
        "file": one.path, "sha256": made.sha256 or None, "outcome": made.outcome, "new": one.is_new, "kind": made.kind,
        "error": None if made.outcome == "read" else {"code": made.code, "message": made.reason, "advice": made.advice},
        "reason": made.reason if made.outcome == "read" else None,
        "programme": one.programme.record() if one.programme else None,
        "edition": {"date": made.act[0], "number": made.act[1]} if made.kind == "edition" else None,
        "position": one.position,
        "counts": counts(one.findings), "findings": [finding_record(finding, words) for finding in one.findings],
        "step": comparison_record(one.comparison, (), words) if one.comparison else None,
        "onward": comparison_record(one.onward, (), words) if one.onward else None,
        "twins": [{"sha256": sha256, "changes": [change.record() for change in twin.changes]} for sha256, twin in one.twins],
        "unexplained": sum(change.role == Role.UNEXPLAINED for change in one.comparison.changes) if one.comparison else 0,
    }  # fmt: skip
