"""What a rule says (Remark) and what the reader of a report gets (Finding)."""

from decimal import Decimal
from enum import StrEnum

from schemas.address import Address
from schemas.base import Shape
from schemas.place import Place


class Severity(StrEnum):
    """How much a finding weighs.

    `error`    a contradiction or a malformed number: two statements cannot both hold
    `warning`  suspicious, a person decides
    `note`     a rounding difference, a normalisation, a slip of form
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITIES: tuple[Severity, ...] = tuple(Severity)


class Phrase(Shape):
    """Words for a person, still to be put into a language: a template and its values.

    The template is Russian and names its values in braces; numbers, addresses and phrases
    within it are written in the form of the language only when the phrase is worded.
    """

    template: str
    values: "dict[str, PhraseValue]" = {}


PhraseValue = str | int | Decimal | Address | Phrase


def phrase(template: str, /, **values: PhraseValue) -> Phrase:
    """A phrase from a template and its values.

    >>> phrase("нет года {year}", year=2024).values
    {'year': 2024}
    """
    return Phrase(template=template, values=values)


class Term(Shape):
    """One addend of a sum, or one statement of several that disagree."""

    address: Address
    value: Decimal | None
    raw: str
    place: Place


class Suggestion(Shape):
    """A cell and the value that would make everything hold, with the reason. Never applied.

    Suggestions with the same number of `change` belong together; several numbers are so many
    ways to mend, between which the document does not decide.
    """

    address: Address
    value: Decimal
    why: Phrase
    change: int = 1


class Remark(Shape):
    """What a rule says: what is wrong and where; never how much it weighs.

    For a sum: `address` is the total that does not hold, `value` what it states,
    `expected` what its terms give, `terms` the addends. `pointed` are the signs of
    `raw` that are wrong themselves (from, to; the end excluded). `again` are further places
    where the very same slip stands. What is not `certain` is a suspicion, also where the
    rule otherwise finds contradictions.
    """

    message: Phrase
    address: Address
    place: Place
    raw: str | None = None
    pointed: tuple[int, int] | None = None
    value: Decimal | None = None
    expected: Decimal | None = None
    terms: tuple[Term, ...] = ()
    again: tuple[Term, ...] = ()
    certain: bool = True

    @property
    def difference(self) -> Decimal | None:
        """Stated minus expected."""
        if self.value is None or self.expected is None:
            return None
        return self.value - self.expected


class Finding(Shape):
    """A remark with its code and severity, and its part in the chain of causes."""

    id: str
    code: str
    severity: Severity
    remark: Remark
    cause: str | None = None
    consequences: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
