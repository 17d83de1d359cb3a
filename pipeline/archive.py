"""The commands of the registry, from `ingest` to `restore`. Options in, exit code out.

Heavy modules are imported inside the commands.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from pipeline.console import emit, told, worded
from pipeline.usage import Command

if TYPE_CHECKING:
    from extractors.options import Options, View
    from pipeline.registry.errors import RegistryError
    from pipeline.registry.queries import Edition as Filed
    from pipeline.registry.queries import Programme
    from pipeline.registry.registry import Registry
    from pipeline.reporting.changelog import Documents
    from schemas.change import Comparison


def commands(
    command: Callable[..., Command],
    reading: Callable[..., tuple[click.Parameter, ...]],
    form: Callable[..., click.Option],
    option: Callable[..., click.Option],
    output: click.Option,
    argument: Callable[..., click.Argument],
) -> tuple[Command, ...]:
    """The commands, made with the tools of the command line."""
    registry = (
        option("--registry", text="registry", metavar="URL", envvar="POPRAVKA_REGISTRY", default="sqlite:///popravka.db"),
        option("--originals", text="originals", metavar="LOCATION", envvar="POPRAVKA_ORIGINALS"),
    )
    bounds = (option("--from", "first", text="from", metavar="N"), option("--to", "last", text="to", metavar="N"))
    as_json = option("--json", text="json", is_flag=True)
    work = (
        option("--workers", text="workers", type=click.IntRange(1, 1024), default=os.cpu_count() or 1, show_default=True),
        option("--scheduler", text="scheduler", metavar="ADDRESS"),
        option("--timeout", text="timeout", type=click.IntRange(1), default=300, show_default=True),
        option("--memory", text="memory", type=click.IntRange(256), default=3072, show_default=True),
        option("--retry", text="retry", is_flag=True),
        option("--report", "reports", text="report", metavar="OUT", multiple=True),
        option("--settings", text="settings", metavar="TOML", envvar="POPRAVKA_SETTINGS"),
    )
    kinds = option("--format", "form", text="form", type=click.Choice(["csv", "parquet", "jsonl"]), default="csv", show_default=True)
    which = (option("--programme", text="programme", metavar="N"), option("--document", text="document", metavar="SHA256"))
    return (
        command("ingest", _ingest, *reading(argument("files", nargs=-1), *registry, form("text"), as_json, output)),
        command("batch", _batch, *registry, argument("folders", nargs=-1), *work, form("text"), output),
        command("export", _export, argument("folder"), *registry, kinds),
        command("purge", _purge, *registry, *which, option("--yes", text="yes", is_flag=True)),
        command("backup", _backup, argument("file"), *registry),
        command("restore", _restore, argument("file"), *registry),
        command("programmes", _programmes, *registry, form("text"), output),
        command("editions", _editions, argument("programme"), *registry, form("text"), output),
        command("changelog", _changelog, *reading(argument("programme"), *bounds, *registry, form("text"), output)),
    )


def refusal(problem: Exception) -> "RegistryError | None":
    """The problem, if it is one of the registry."""
    if type(problem).__module__ != "pipeline.registry.errors":  # the module need not be loaded to tell
        return None
    from pipeline.registry.errors import RegistryError

    return problem if isinstance(problem, RegistryError) else None


@contextmanager
def opened(registry: str, originals: str | None, new: bool = False) -> "Iterator[Registry]":
    """The registry, let go of at the end; only a `new` one may be made where there is none."""
    from pipeline.registry.registry import Registry

    found = Registry(registry, originals, new)
    try:
        yield found
    finally:
        found.close()


def _ingest(
    language: str, files: tuple[str, ...], registry: str, originals: str | None, form: str, json: bool, output: str | None,
    view: "View", settings: str | None,
) -> int:  # fmt: skip
    from pipeline.ingest import ingest
    from pipeline.reporting.ingested import ingested_report

    options, rules = told(language, view, settings)
    with opened(registry, originals, new=True) as found:
        done = [ingest(found, file, options, rules) for file in files]
    emit(ingested_report(done, worded(language)), "json" if json else form, output)
    return 3 if any(one.digest.outcome != "read" for one in done) else 0


def _programmes(language: str, registry: str, originals: str | None, form: str, output: str | None) -> None:
    from pipeline.reporting.archive import programmes_report

    with opened(registry, originals) as found:
        emit(programmes_report(found.programmes(), worded(language)), form, output)


def _editions(language: str, programme: str, registry: str, originals: str | None, form: str, output: str | None) -> None:
    from pipeline.reporting.archive import editions_report

    with opened(registry, originals) as found:
        emit(editions_report(found.programme(programme), worded(language)), form, output)


def _changelog(
    language: str, programme: str, first: str | None, last: str | None, registry: str, originals: str | None, form: str,
    output: str | None, view: "View", settings: str | None,
) -> None:  # fmt: skip
    from pipeline.renderer import renderer
    from pipeline.reporting.changelog import Documents, diff_report
    from pipeline.reporting.history import history_report
    from pipeline.stages import check_step, history

    words = worded(language)
    options, rules = told(language, view, settings)
    with opened(registry, originals) as found:
        one = found.programme(programme)
        chosen = _between(one, first, last, language)
        steps = [_step(found, one, old, new, options) for old, new in pairwise(chosen)]
        documents = _documents(found, chosen, options) if form == "html" and len(chosen) == 2 else None
    _warn(one, chosen, language)
    if len(steps) > 1:
        whole = history([steps[0].old, *(step.new for step in steps)]).model_copy(update={"steps": tuple(steps)})
        emit(history_report(whole, [check_step(step, rules) for step in steps], words, renderer(form).wants), form, output)
    else:
        comparison, shown = steps[0], documents or Documents()
        emit(diff_report(comparison, check_step(comparison, rules), words, shown, renderer(form).wants), form, output)


def _between(programme: "Programme", first: str | None, last: str | None, language: str) -> "Sequence[Filed]":
    """The editions from the one to the other, both named by the number of their act."""
    start = _position(programme, first, "--from", language) if first else 0
    end = _position(programme, last, "--to", language) if last else len(programme.editions) - 1
    chosen = programme.editions[start : end + 1]
    if len(chosen) < 2:
        words = worded(language)
        raise click.UsageError(words("сравнить нечего: в реестре между этими границами меньше двух редакций"))
    return chosen


def _position(programme: "Programme", name: str, option: str, language: str) -> int:
    found = [
        n for n, edition in enumerate(programme.editions) if name in (edition.number, edition.date, f"{edition.date}/{edition.number}")
    ]
    if len(found) == 1:
        return found[0]
    words = worded(language)
    known = ", ".join(f"{edition.date}/{edition.number}" for edition in programme.editions)
    reason = (
        words("такой редакции нет; есть: {known}", known=known)
        if not found
        else words("таких редакций несколько; назовите дату: {known}", known=known)
    )
    raise click.BadParameter(f"{name}: {reason}", param_hint=option)


def _step(registry: "Registry", programme: "Programme", old: "Filed", new: "Filed", options: "Options") -> "Comparison":
    """The step between two editions, held against the resolutions that are filed."""
    from pipeline.ingest import step_between

    ends = old.documents[0].sha256, new.documents[0].sha256
    return step_between(registry, *ends, registry.acts_between(programme.id, *ends), options)


def _documents(registry: "Registry", chosen: "Sequence[Filed]", options: "Options") -> "Documents":
    """The documents of two editions, read again from their originals to be shown."""
    from extractors.reader import read
    from pipeline.reporting.changelog import Documents

    old, new = (read(registry.originals.get(link.documents[0].sha256), options) for link in chosen)
    return Documents(old, new)


def _warn(programme: "Programme", chosen: "Sequence[Filed]", language: str) -> None:
    """Missing editions between those that are compared."""
    start, end = chosen[0].date or "", chosen[-1].date or "9999"
    missing = [(date, number) for date, number in programme.gaps if start <= (date or end) <= end]
    if missing:
        from pipeline.reporting.common import act_name

        words = worded(language)
        acts = "; ".join(act_name(date, number, words) for date, number in missing)
        click.echo(words("popravka: внимание: между этими редакциями не хватает: {acts}", acts=acts), err=True)


def _batch(
    language: str, folders: tuple[str, ...], registry: str, originals: str | None, workers: int, scheduler: str | None, timeout: int,
    memory: int, retry: bool, reports: tuple[str, ...], form: str, output: str | None, settings: str | None,
) -> int:  # fmt: skip
    from pipeline.batch.batch import Wish, batch
    from pipeline.batch.workers import Bounds
    from pipeline.console import configured
    from pipeline.progress import progress
    from pipeline.renderer import renderer
    from pipeline.reporting.batch import batch_report

    words = worded(language)
    forms = [_report_form(name, language) for name in reports]
    wish = Wish(folders, workers, scheduler, Bounds(timeout, memory), retry)
    with opened(registry, originals, new=True) as found, progress(words) as told:
        record = batch(found, wish, configured(language, settings), told)
    report = batch_report(record, words)
    for name, its_form in zip(reports, forms, strict=True):
        emit(report, renderer(its_form).name, name)
    emit(report, form, output)
    is_unread = any(file["filed"] in ("refused", "timed-out", "out-of-memory", "crashed") for file in record["files"])
    return 3 if is_unread else 0


def _report_form(name: str, language: str) -> str:
    ending = name.rpartition(".")[2].lower()
    if ending not in ("json", "html"):
        raise click.BadParameter(worded(language)("отчёт пишется в .json или .html"), param_hint="--report")
    return ending


def _export(language: str, folder: str, registry: str, originals: str | None, form: str) -> None:
    from pipeline.export import export

    with opened(registry, originals) as found:
        counts = export(found, folder, form)
    words = worded(language)
    for name, count in counts.items():
        click.echo(words("{file}: строк {count}", file=name, count=str(count)), err=True)


def _purge(language: str, registry: str, originals: str | None, programme: str | None, document: str | None, yes: bool) -> None:
    words = worded(language)
    if (programme is None) == (document is None):
        raise click.UsageError(words("укажите, что удалить: --programme или --document"))
    with opened(registry, originals) as found:
        if document is not None:
            doomed = [found.document(document)["sha256"]]
        else:
            doomed = [held.sha256 for edition in found.programme(str(programme)).editions for held in edition.documents]
        if not yes:
            click.echo(words("будет удалено документов: {n} — повторите с ключом --yes", n=str(len(doomed))), err=True)
            return
        for sha256 in doomed:
            found.forget(sha256)
    click.echo(words("удалено документов: {n}", n=str(len(doomed))), err=True)


def _backup(language: str, file: str, registry: str, originals: str | None) -> None:
    from pipeline.backup import backup

    with opened(registry, originals) as found:
        count = backup(found, file)
    click.echo(worded(language)("{file}: документов {count}", file=file, count=str(count)), err=True)


def _restore(language: str, file: str, registry: str, originals: str | None) -> None:
    from pipeline.backup import restore

    with opened(registry, originals, new=True) as found:
        count = restore(found, file)
    click.echo(worded(language)("{file}: документов {count}", file=file, count=str(count)), err=True)
