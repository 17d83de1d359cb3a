"""Help and wrong-use messages of click in the user's language."""

import itertools
from collections.abc import Sequence
from typing import Any

import click

from pipeline.helptexts import OPTIONS

_HEADINGS = {"Usage:": "Использование:", "Options": "Ключи", "Commands": "Команды", "Arguments": "Аргументы"}


class _Worded:
    """A command whose help speaks the language it was made for."""

    language = "ru"

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = OPTIONS["help"][self.language]
        return option  # type: ignore[no-any-return]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        inner = ctx.make_formatter()
        super().format_help(ctx, inner)  # type: ignore[misc]
        text = inner.getvalue()
        if self.language == "ru":
            text = _russian(text)
        formatter.write(text)


def _russian(text: str) -> str:
    for english, russian in _HEADINGS.items():
        ending = "" if english.endswith(":") else ":"
        text = "\n".join(
            russian + ending + line[len(english + ending) :] if line.startswith(english + ending) else line for line in text.split("\n")
        )
    return text.replace("[OPTIONS]", "[КЛЮЧИ]").replace("COMMAND [ARGS]...", "КОМАНДА …").replace("[default: ", "[по умолчанию: ")


class Command(_Worded, click.Command):
    """A command with worded help."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language


class Group(_Worded, click.Group):
    """A group with worded help."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language


def usage_line(problem: click.UsageError, language: str) -> str:
    """One line: what is wrong with the command, and where help is."""
    path = problem.ctx.command_path if problem.ctx else "popravka"
    if language == "en":
        return f"popravka: {problem.format_message()} Try: {path} --help"
    return f"popravka: {_reason(problem)} — справка: {path} --help"


def _reason(problem: click.UsageError) -> str:
    if isinstance(problem, click.NoSuchOption):
        near = f", возможно: {', '.join(problem.possibilities)}" if problem.possibilities else ""
        return f"нет ключа {problem.option_name}{near}"
    if isinstance(problem, click.MissingParameter):
        return f"не указано: {_name(problem)}"
    if isinstance(problem, click.BadOptionUsage):
        return f"ключу {problem.option_name} нужно значение"
    if isinstance(problem, click.BadParameter):
        param = problem.param
        if param is not None and isinstance(param.type, click.Choice):
            return f"{_name(problem)}: можно только {', '.join(param.type.choices)}"
        return f"{_name(problem)}: {problem.message}"
    text = problem.format_message()
    if text.startswith("No such command"):
        return f"нет команды {text.partition(chr(39))[2].partition(chr(39))[0]}"
    if text.startswith("Got unexpected extra argument"):
        return f"лишнее в команде: {text.partition('(')[2].rstrip(').')}"
    return "не указана команда" if text.startswith("Missing command") else text


def _name(problem: click.BadParameter) -> str:
    if problem.param is None:
        return str(problem.param_hint or "")
    return str(problem.param.opts[-1] if isinstance(problem.param, click.Option) else problem.param.make_metavar(problem.ctx))  # type: ignore[arg-type]


def spread(arguments: Sequence[str], option: str, kept: int) -> list[str]:
    """Several values behind one option, each with the option before it; the last `kept` arguments of the line stay what they are if needed.

    >>> spread(["diff", "old", "new", "--by", "a", "b", "-o", "c"], "--by", 2)
    ['diff', 'old', 'new', '--by', 'a', '--by', 'b', '-o', 'c']
    >>> spread(["diff", "--by", "a", "b", "old", "new"], "--by", 2)
    ['diff', '--by', 'a', '--by', 'b', 'old', 'new']
    """
    found: list[str] = []
    given = list(arguments)
    while given:
        argument = given.pop(0)
        if argument != option:
            found.append(argument)
            continue
        values: list[str] = []
        while given and (not given[0].startswith("-") or given[0] == "-"):
            values.append(given.pop(0))
        lacking = kept - len(_positional([*found, *given])) if len(values) > 1 else 0
        last = max(1, len(values) - max(0, lacking))
        found += [part for value in values[:last] for part in (option, value)] or [option]
        found += values[last:]
    return found


def _positional(arguments: Sequence[str]) -> list[str]:
    """The arguments that are no options and no values of options, the command's name apart."""
    pairs = itertools.pairwise(arguments)
    return [one for before, one in pairs if not one.startswith("-") and not before.startswith("-")]
