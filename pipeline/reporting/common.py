"""What all reports share: who the edition is, how severities are called, names cut short."""

import datetime as dt
from decimal import Decimal

from pipeline.wording import Words
from schemas.edition import Edition
from schemas.finding import Finding, Severity
from schemas.report import Figure, TableCell, Tone, cell

SEVERITY_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARNING, Severity.NOTE: Tone.NOTE}
SEVERITY_NAMES = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение", Severity.NOTE: "замечание"}


def identity(edition: Edition, words: Words) -> tuple[str, ...]:
    """The programme's title, its act and the edition, in lines."""
    base, acts = edition.base_act, edition.amending_acts
    lines = [f"«{edition.programme.title}»"] if edition.programme.title else [words("программа без названия")]
    if base.number:
        lines.append(
            words(
                "утверждена: {issuer}, {date} № {number}",
                issuer=base.issuer or words("орган не назван"),
                date=words.date(base.date),
                number=base.number,
            )
        )
    if acts:
        listed = ", ".join(words("от {date} № {number}", date=words.date(act.date), number=act.number or "") for act in acts)
        lines.append(words("в редакции постановлений {acts}", acts=listed))
    return tuple(lines)


def edition_name(edition: Edition, words: Words) -> str:
    """The edition by its last act: «редакция от 24.03.2023 № 160»."""
    last = edition.amending_acts[-1] if edition.amending_acts else edition.base_act
    return words("редакция от {date} № {number}", date=words.date(last.date), number=last.number or "?")


def edition_act(edition: Edition, words: Words) -> str:
    """The same without the word, for the heads of columns: «от 24.03.2023 № 160»."""
    last = edition.amending_acts[-1] if edition.amending_acts else edition.base_act
    return act_name(last.date.isoformat() if last.date else None, last.number, words)


def day(iso: str | None, words: Words) -> str:
    """A day that is kept as ISO text, in the form of the language."""
    return words.date(dt.date.fromisoformat(iso) if iso else None)


def act_name(date: str | None, number: str | None, words: Words) -> str:
    """An act by its day (ISO text) and number: «от 24.03.2023 № 160»."""
    return words("от {date} № {number}", date=day(date, words), number=number or "?")


def numbered(value: Decimal, words: Words, signed: bool = False) -> TableCell:
    """A number in words, with the number itself behind them."""
    return cell(words.number(value, signed=signed), numeric=True, figure=Figure(value=value, signed=signed))


def is_of_step(finding: Finding) -> bool:
    """Whether the finding is about the passage from one edition to the next; all others are about an edition."""
    return finding.code.startswith(("STEP", "STP"))
