"""Where a command meets the person: words in his language, reports on his screen or in a file, settings as he gave them.

Heavy modules are imported inside: `--version` must answer at once.
"""

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from extractors.errors import CannotRead
    from extractors.options import Options, View
    from pipeline.renderer import Screen
    from pipeline.rule import Rule
    from pipeline.settings import BadSettings, Settings
    from pipeline.wording import Words
    from schemas.report import Report

_PLAIN_WIDTH = 120


def tell(problem: "CannotRead", language: str) -> None:
    """One line on standard error: what cannot be read, why, and what to do."""
    words = worded(language)
    detail = f" ({words(problem.detail)})" if problem.detail else ""
    file = " ".join(problem.file.splitlines())  # a name may hold an end of line, a message is one line
    click.echo(f"popravka: {file}: {words(problem.message)}{detail} — {words(problem.advice)}", err=True)


def worded(language: str) -> "Words":
    """The words of a language."""
    from pipeline.wording import Words

    return Words(language)


def emit(report: "Report", form: str, output: str | None) -> None:
    """Show a report in a format, on the screen or in a file."""
    from pipeline.renderer import renderer

    write(renderer(form).render(report, screen(output)), output)


def write(data: bytes, output: str | None) -> None:
    """Bytes to standard output, or to a file, whole or not at all."""
    from pipeline import stages

    if output in (None, "-"):
        sys.stdout.buffer.write(data)
    else:
        stages.write(str(output), data)


def screen(output: str | None) -> "Screen":
    """The terminal's width and colour, or a plain page when the output goes elsewhere."""
    import shutil

    from pipeline.renderer import Screen

    if output in (None, "-") and sys.stdout.isatty():
        width = shutil.get_terminal_size((_PLAIN_WIDTH, 40)).columns
        return Screen(max(40, min(width, 180)), "NO_COLOR" not in os.environ)
    return Screen(_PLAIN_WIDTH)


def told(language: str, view: "View", file: str | None) -> "tuple[Options, tuple[Rule, ...] | None]":
    """How to read and what to check (None: everything), from the command line and the settings.

    Settings that cannot be used are a wrong use of the command.
    """
    from extractors.options import Options
    from pipeline.settings import BadSettings
    from pipeline.stages import chosen_rules

    found = configured(language, file)
    try:
        rules = chosen_rules(found, file) if file and found.rules else None
    except BadSettings as problem:
        raise _wrong(problem, language) from None
    return Options(view, found.limits, found.soffice), rules


def configured(language: str, file: str | None) -> "Settings":
    """The settings in the file; those that cannot be used are a wrong use of the command."""
    from pipeline.settings import BadSettings, settings

    try:
        return settings(file)
    except BadSettings as problem:
        raise _wrong(problem, language) from None


def _wrong(problem: "BadSettings", language: str) -> click.BadParameter:
    words = worded(language)
    place = f"{problem.file}: {problem.key}" if problem.key else problem.file
    return click.BadParameter(f"{place}: {words(problem.reason)}", param_hint="--settings")
