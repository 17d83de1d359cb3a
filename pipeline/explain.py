"""The command `explain`: how a sentence, or each line of an act, was understood."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.console import emit, told, worded
from pipeline.usage import Command

if TYPE_CHECKING:
    from extractors.amendment.operations import Reading
    from extractors.options import Options, View
    from schemas.amendment import Correction

_LONGEST_NAME = 255  # a longer text is no file


def commands(
    command: Callable[..., Command],
    reading: Callable[..., tuple[click.Parameter, ...]],
    form: Callable[..., click.Option],
    option: Callable[..., click.Option],
    output: click.Option,
    argument: Callable[..., click.Argument],
) -> tuple[Command, ...]:
    """The command, made with the tools of the command line."""
    corrections = option("--corrections", text="corrections", metavar="TOML")
    return (command("explain", _explain, *reading(argument("text"), form("text"), corrections, output)),)


def settled(language: str, file: str | None) -> "tuple[Correction, ...]":
    """The corrections in a file; those that cannot be used are a wrong use of the command."""
    from pipeline.corrections import corrections
    from pipeline.settings import BadSettings

    try:
        return corrections(file)
    except BadSettings as problem:
        place = f"{problem.file}: {problem.key}" if problem.key else problem.file
        raise click.BadParameter(f"{place}: {worded(language)(problem.reason)}", param_hint="--corrections") from None


def _explain(language: str, text: str, form: str, corrections: str | None, output: str | None, view: "View", settings: str | None) -> None:
    from pipeline.reporting.explained import explained_report

    by_hand = settled(language, corrections)
    is_file = len(text) <= _LONGEST_NAME and "\n" not in text and Path(text).exists()
    if not is_file and _names_a_file(text):
        raise click.BadParameter(worded(language)("нет такого файла: {file}", file=text), param_hint="TEXT|FILE")
    read = _of_file(text, told(language, view, settings)[0], by_hand) if is_file else _of_text(text)
    emit(explained_report(read, text if is_file else None, worded(language)), form, output)


def _names_a_file(text: str) -> bool:
    """Whether a single word with an ending is meant for a file, and no wording."""
    return " " not in text.strip() and Path(text).suffix.lower() in (".docx", ".doc", ".odt", ".pdf", ".rtf", ".txt", ".html")


def _of_text(text: str) -> "list[Reading]":
    from extractors.amendment.operations import read_text

    return read_text(text)


def _of_file(file: str, options: "Options", corrections: "tuple[Correction, ...]") -> "list[Reading]":
    """Each line of the operative part; of a file that is no whole resolution, every line."""
    from pipeline.stages import explain, load

    return explain(load(file, options)[1], corrections)
