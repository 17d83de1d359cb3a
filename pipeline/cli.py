"""The command `popravka`: options in, exit code out, no logic of its own.

Only this module catches what a user can cause and turns it into one line and an exit
code: 0 done, 1 findings, 2 wrong use, 3 a file could not be read, 4 an outside program.
Heavy modules are imported inside the commands: `--version` must answer at once.
"""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import click

from pipeline import VERSION, archive, enact, explain, renderers
from pipeline.console import emit as _emit
from pipeline.console import tell as _tell
from pipeline.console import told as _told
from pipeline.console import worded as _words
from pipeline.console import write as _write
from pipeline.helptexts import HELP, OPTIONS
from pipeline.usage import Command, Group, spread, usage_line

if TYPE_CHECKING:
    from extractors.options import View
    from schemas.envelope import RefusedFile

_WRITING_WORDS = {
    errno.ENOENT: "нет такой папки",
    errno.ENOTDIR: "нет такой папки",
    errno.EACCES: "нет права на запись",
    errno.EISDIR: "это папка",
    errno.ENOSPC: "на диске нет места",
}
_RANKS = {"error": ("error",), "warning": ("error", "warning"), "note": ("error", "warning", "note"), "never": ()}


def main() -> None:
    """The entry point."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    language = _language(arguments)
    try:
        result = _cli(language).main(spread(arguments, "--by", 2), prog_name="popravka", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.UsageError as problem:
        click.echo(usage_line(problem, language), err=True)
        return 2
    except click.Abort:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        return _refuse(problem, language)
    return result if isinstance(result, int) else 0


def _refuse(problem: Exception, language: str) -> int:
    """A file that cannot be read is told in one line; anything else is a bug and flies."""
    from extractors.errors import CannotRead

    if isinstance(problem, CannotRead):
        _tell(problem, language)
        return problem.exit_code
    refusal = archive.refusal(problem)
    if refusal is not None:
        click.echo(refusal.line(_words(language)), err=True)
        return refusal.exit_code
    if isinstance(problem, OSError) and problem.filename:
        words = _words(language)
        click.echo(
            words(
                "popravka: {file}: не удалось записать ({why}) — укажите другое место в ключе -o",
                file=problem.filename,
                why=words(_WRITING_WORDS.get(problem.errno or 0, "")) or problem.strerror or "",
            ),
            err=True,
        )
        return 2
    raise problem


def _language(arguments: Sequence[str]) -> str:
    """The language is needed before click reads the line: help texts depend on it."""
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return os.environ.get("POPRAVKA_LANG", "ru")


def _cli(language: str) -> Group:
    """The commands, with help in the language."""
    tongue = language if language in ("ru", "en") else "ru"

    def option(*names: str, text: str, **given: Any) -> click.Option:
        return click.Option(names, help=OPTIONS[text][tongue], **given)

    formats = [module.name for module in iter_modules(renderers.__path__)]

    def form(usual: str, *, but: tuple[str, ...] = ("sarif",)) -> click.Option:
        choice = click.Choice([name for name in formats if name not in but])
        return option("--format", "form", text="form", type=choice, default=usual, show_default=True)

    def lang() -> click.Option:
        return option("--lang", text="lang", type=click.Choice(["ru", "en"]), expose_value=False)

    def command(name: str, body: Callable[..., int | None], *params: click.Parameter) -> Command:
        guarded = partial(_to_a_file, body, tongue) if output in params else partial(body, tongue)
        return Command(name, language=tongue, callback=guarded, help=HELP[name][tongue], params=[*params, lang()])

    def reading(*params: click.Parameter) -> tuple[click.Parameter, ...]:
        return *params, option("--view", text="view", type=click.Choice(["final", "original"]), default="final"), settings

    settings = option("--settings", text="settings", metavar="TOML", envvar="POPRAVKA_SETTINGS")
    by = option("--by", "by", text="by", metavar="RESOLUTION…", multiple=True)
    output = option("-o", "output", text="output", metavar="OUT")
    by_hand = option("--corrections", text="corrections", metavar="TOML")
    fail_on = option("--fail-on", text="fail_on", type=click.Choice(list(_RANKS)), default="error", show_default=True)
    version = option("--version", text="version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
    shown = (option("--blocks", text="blocks", is_flag=True), option("--ledger", text="ledger", is_flag=True))
    published = _argument("name", type=click.Choice(["read", "check", "diff"]))
    commands = (
        command("read", _read, *reading(_argument("file"), form("json"), *shown, by_hand, output)),
        command("check", _check, *reading(_argument("files", nargs=-1), form("text", but=()), fail_on, output)),
        command(
            "diff",
            _diff,
            *reading(_argument("old"), _argument("new"), _argument("more", nargs=-1, required=False), by, by_hand, form("text"), output),
        ),
        command("draft", _draft, *reading(_argument("old"), _argument("new"), _text_or_word(option), output)),
        *(one for part in (enact, archive, explain) for one in part.commands(command, reading, form, option, output, _argument)),
        command("rules", _rules, _argument("code", required=False), form("text"), output),
        Command("schema", language=tongue, callback=_schema, help=HELP["schema"][tongue], params=[published, output, lang()]),
    )
    return Group("popravka", language=tongue, help=HELP["popravka"][tongue], params=[version, lang()], commands=commands)


def _to_a_file(body: Callable[..., int | None], language: str, **given: Any) -> int | None:
    """Carry out a command; the name of the file tells the format where --format does not.

    A binary format is never written to a screen: it wants a file, or a pipe asked for by «-o -».
    """
    from pipeline.renderer import renderer

    form, output = _form(click.get_current_context(), given), given["output"]
    if renderer(form).binary and (output is None or (output == "-" and sys.stdout.isatty())):
        raise click.UsageError(_words(language)("формат {form} — файл, а не текст: укажите ключом -o, куда его записать", form=form))
    return body(language, **given | {"form": form})


def _form(context: click.Context, given: dict[str, Any]) -> str:
    """The format that was asked for: by --format, else by the ending of the file's name, else the usual one.

    The formats for programs are asked for by --format only: they say more than the others when files cannot be read.
    """
    ending = str(given["output"] or "").rpartition(".")[2].lower()
    choices = next(param.type.choices for param in context.command.params if isinstance(param.type, click.Choice) and param.name == "form")
    by_name = context.get_parameter_source("form") is click.core.ParameterSource.DEFAULT and ending in set(choices) - {"json", "sarif"}
    return ending if by_name else str(given["form"])


def _argument(name: str, required: bool = True, **given: Any) -> click.Argument:
    shown = {"files": "FILE…", "code": "[CODE]", "text": "TEXT|FILE", "more": "[NEW]…", "resolutions": "RESOLUTION…", "folders": "FOLDER…"}
    return click.Argument([name], metavar=shown.get(name, name.upper()), required=required, **given)


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"popravka {VERSION}")
        context.exit()


def _read(
    language: str, file: str, form: str, blocks: bool, ledger: bool, corrections: str | None, output: str | None,
    view: "View", settings: str | None,
) -> None:  # fmt: skip
    from extractors.errors import NotEdition
    from pipeline.reporting.editions import other_report, record_report
    from pipeline.reporting.ledger import ledger_report
    from pipeline.stages import load, read_record
    from schemas.base import as_json

    if blocks and form not in ("json", "text"):
        raise click.UsageError(_words(language)("разметка документа (--blocks) пишется только в JSON: уберите --format {form}", form=form))
    by_hand = explain.settled(language, corrections)
    source, document = load(file, _told(language, view, settings)[0])
    words = _words(language)
    if blocks:
        _write(as_json(document.record()).encode(), output)
        return
    if ledger:
        _emit(ledger_report(source, document, words), form, output)
        return
    try:
        report = record_report(read_record(source, document, by_hand), words)
    except NotEdition as problem:
        _tell(problem, language)
        report = other_report(source, problem.detail, words)
    _emit(report, form, output)


def _check(language: str, files: tuple[str, ...], form: str, fail_on: str, output: str | None, view: "View", settings: str | None) -> int:
    from extractors.errors import CannotRead
    from pipeline.records import refused_file
    from pipeline.renderer import renderer
    from pipeline.reporting.findings import check_report
    from pipeline.reporting.sources import Checked
    from pipeline.stages import check, load, read_record
    from schemas.edition import Edition

    words = _words(language)
    options, rules = _told(language, view, settings)
    checked: list[Checked] = []
    failed: list[RefusedFile] = []
    for file in _progress(files):
        try:
            source, document = load(file, options)
            record = read_record(source, document)
        except CannotRead as problem:
            _tell(problem, language)
            failed.append(refused_file(file, problem, words))
            continue
        edition = record if isinstance(record, Edition) else record.edition
        findings = check(edition, rules) if edition else ()
        checked.append(Checked(edition or record, findings, document if form == "html" else None))
    if checked or form in ("json", "sarif"):
        _emit(check_report(checked, failed, words, renderer(form).wants), form, output)
    if failed:
        return 3
    return int(any(finding.severity in _RANKS[fail_on] for one in checked for finding in one.findings))


def _progress(files: tuple[str, ...]) -> Sequence[str]:
    """The files, with a progress bar on a terminal when there are many."""
    if len(files) < 4 or not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, description="", console=Console(stderr=True), transient=True)  # type: ignore[return-value]


def _diff(
    language: str,
    old: str,
    new: str,
    more: tuple[str, ...],
    by: tuple[str, ...],
    corrections: str | None,
    form: str,
    output: str | None,
    view: "View",
    settings: str | None,
) -> None:
    from pipeline.renderer import renderer
    from pipeline.reporting.changelog import Documents, diff_report
    from pipeline.reporting.history import history_report
    from pipeline.stages import audit, check_step, compare, history, load, read_edition

    words = _words(language)
    if more and by:
        raise click.UsageError(words("ключ --by — для двух редакций, а дано больше"))
    by_hand = explain.settled(language, corrections)
    options, rules = _told(language, view, settings)
    sources = [load(file, options) for file in (old, new, *more)]
    editions = [read_edition(*source) for source in sources]
    if len({(edition.base_act.date, edition.base_act.number) for edition in editions}) > 1:
        click.echo(words("popravka: внимание: файлы называют разные базовые постановления — возможно, это разные программы"), err=True)
    if more:
        told = history(editions)
        findings = [check_step(step, rules) for step in told.steps]
        _emit(history_report(told, findings, words, renderer(form).wants), form, output)
        return
    comparison = compare(*editions)
    if by:
        comparison = audit(sources[0], sources[1], comparison, [load(file, options) for file in by], by_hand)
    documents = Documents(*(document for _, document in sources)) if form == "html" else Documents()
    _emit(diff_report(comparison, check_step(comparison, rules), words, documents, renderer(form).wants), form, output)


def _text_or_word(option: Callable[..., click.Option]) -> click.Option:
    return option("--format", "form", text="form", type=click.Choice(["text", "docx"]), default="text", show_default=True)


def _draft(language: str, old: str, new: str, form: str, output: str | None, view: "View", settings: str | None) -> None:
    from pipeline.stages import draft, drafted_bytes, load

    options = _told(language, view, settings)[0]
    drafted = draft(*(load(file, options) for file in (old, new)))
    if not drafted.lines:
        click.echo(_words(language)("popravka: редакции не различаются — изменять нечего"), err=True)
        return
    _write(drafted_bytes(drafted, form), output)
    if not drafted.exact:
        click.echo(
            _words(language)("popravka: внимание: проект, выполненный на прежней редакции, даёт новую не до последнего знака — сверьте её"),
            err=True,
        )


def _rules(language: str, code: str | None, form: str, output: str | None) -> None:
    from pipeline.reporting.manual import rules_report
    from pipeline.rule import all_rules

    chosen = [rule for rule in all_rules() if code is None or rule.code == code.upper()]
    words = _words(language)
    if not chosen:
        known = ", ".join(rule.code for rule in all_rules())
        raise click.BadParameter(words("нет проверки {code}; есть: {known}", code=code or "", known=known), param_hint="CODE")
    _emit(rules_report(chosen, code is not None, words), form, output)


def _schema(name: str, output: str | None) -> None:
    from pipeline.stages import json_schema

    _write(json_schema(name), output)
