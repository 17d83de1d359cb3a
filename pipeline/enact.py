"""The command `amend`: carry resolutions out on an edition. Options in, exit code out.

What became of each instruction is told on standard error, the edition goes to standard output or to a file.
Heavy modules are imported inside the command.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from pipeline.console import told, worded, write
from pipeline.usage import Command

if TYPE_CHECKING:
    from extractors.options import View
    from pipeline.expected import Carried
    from pipeline.wording import Words
    from schemas.amendment import Operation, Resolution
    from schemas.edition import Edition

_MOST_CANDIDATES = 5
_LONGEST = 160


def commands(
    command: Callable[..., Command],
    reading: Callable[..., tuple[click.Parameter, ...]],
    _form: Callable[..., click.Option],
    option: Callable[..., click.Option],
    output: click.Option,
    argument: Callable[..., click.Argument],
) -> tuple[Command, ...]:
    """The command, made with the tools of the command line."""
    form = option("--format", "form", text="form", type=click.Choice(["json", "docx"]), default="json", show_default=True)
    by_hand = option("--corrections", text="corrections", metavar="TOML")
    return (command("amend", _amend, *reading(argument("old"), argument("resolutions", nargs=-1), form, by_hand, output)),)


def _amend(
    language: str, old: str, resolutions: tuple[str, ...], form: str, corrections: str | None, output: str | None,
    view: "View", settings: str | None,
) -> None:  # fmt: skip
    from pipeline.expected import expected, in_order
    from pipeline.explain import settled
    from pipeline.stages import load, load_resolution, read_edition
    from schemas.base import as_json

    words = worded(language)
    options = told(language, view, settings)[0]
    source, document = load(old, options)
    edition = read_edition(source, document)
    by_hand = settled(language, corrections)
    acts = [load_resolution(file, options, by_hand) for file in resolutions]
    for file, act in zip(resolutions, acts, strict=True):
        _check(file, act, edition, words)
    ordered = in_order(acts)
    if list(ordered) != acts:
        click.echo(words("popravka: постановления названы не по порядку дат — исполняю по датам"), err=True)
    made = expected(document, edition, ordered, read_edition)
    for carried in made.acts:
        _tell(carried, words)
    if form == "docx":
        from pipeline.edition_paper import paper

        write(paper(made.document, made.edition.programme.title), output)
    else:
        record = {"edition": made.edition.record(), "operations": [operation.record() for operation in made.operations]}
        write(as_json(record).encode(), output)


def _check(file: str, resolution: "Resolution", edition: "Edition", words: "Words") -> None:
    """Whether the act amends this programme: another one is a wrong use of the command, who knows is told."""
    from pipeline.expected import amends
    from pipeline.reporting.common import act_name

    match = amends(resolution, edition)
    adopted = edition.base_act
    base = act_name(adopted.date.isoformat() if adopted.date else None, adopted.number, words)
    if match == "unknown":
        click.echo(
            words(
                "popravka: {file}: не понять, какой акт изменяется; исполняю, как если бы это была программа {base}", file=file, base=base
            ),
            err=True,
        )
    elif match == "amending":
        raise click.UsageError(
            words("{file}: изменяется акт, который сам лишь внёс изменения; изменять нужно постановление {base}", file=file, base=base)
        )
    elif match == "other":
        named = ", ".join(act_name(act.date, act.number, words) for act in resolution.amends)
        raise click.UsageError(
            words(
                "{file}: изменяется другой акт ({named}), а программа утверждена постановлением {base}", file=file, named=named, base=base
            )
        )
    if any(act.number is not None and act.number == resolution.act.number for act in edition.amending_acts):
        click.echo(
            words("popravka: {file}: эта редакция уже называет постановление № {number}", file=file, number=resolution.act.number or ""),
            err=True,
        )


def _tell(carried: "Carried", words: "Words") -> None:
    """How many instructions of an act were carried out, and of the others why not."""
    from pipeline.reporting.common import act_name

    operations = carried.amended.operations
    counts = [sum(operation.status == status for operation in operations) for status in ("carried-out", "failed", "not-understood")]
    act = act_name(carried.resolution.act.date, carried.resolution.act.number, words)
    click.echo(
        words(
            "постановление {act}: исполнено {done}, не исполнено {failed}, не понято {lost}",
            act=act,
            done=counts[0],
            failed=counts[1],
            lost=counts[2],
        ),
        err=True,
    )
    for outcome in carried.amended.outcomes:
        operation = outcome.operation
        if operation.status == "failed":
            reason = words.say(outcome.why) if outcome.why else operation.reason or ""
            click.echo(words("  {item} не исполнено: {reason}", item=operation.item, reason=reason), err=True)
            _tell_candidates(operation.candidates, words)
        elif operation.status == "not-understood":
            click.echo(
                words(
                    "  {item} не понято: {reason} — {text}",
                    item=operation.item,
                    reason=words.reason(operation.reason or ""),
                    text=_short(operation),
                ),
                err=True,
            )


def _tell_candidates(candidates: Sequence[object], words: "Words") -> None:
    from schemas.place import Place

    for candidate in candidates[:_MOST_CANDIDATES]:
        if isinstance(candidate, dict):
            place = words.place(Place.of(candidate["place"]))
            click.echo(f"    · {place}: {candidate['text'][:_LONGEST]}", err=True)
    if len(candidates) > _MOST_CANDIDATES:
        click.echo(words("    · и ещё {count}", count=len(candidates) - _MOST_CANDIDATES), err=True)


def _short(operation: "Operation") -> str:
    text = " ".join(operation.text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
