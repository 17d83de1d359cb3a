"""What the commands write as JSON, whole: `check`, `diff` of two editions and of more, `read` of what is no edition.

The published JSON Schemas are made from these shapes (see `published`).
"""

from typing import Literal

from schemas.address import Address
from schemas.audit import ActAtHand, Order, Verdict
from schemas.base import Exact, Shape
from schemas.change import Change, Group, Pairing, Totals, Trail
from schemas.edition import Programme, SourceFile
from schemas.finding import Severity
from schemas.place import Place

Version = Literal["1"]


class ToldTerm(Shape):
    """One addend of a sum, or one statement of several that disagree."""

    address: Address
    value: Exact | None
    raw: str
    place: Place


class ToldSuggestion(Shape):
    """A cell and the value that would make everything hold; those with the same number of `change` belong together."""

    address: Address
    value: Exact
    why: str
    change: int


class ToldFinding(Shape):
    """A finding; `message` and `why` are in the reader's language, all else does not depend on it."""

    id: str
    code: str
    severity: Severity
    message: str
    address: Address
    place: Place
    raw: str | None
    value: Exact | None
    expected: Exact | None
    difference: Exact | None
    terms: tuple[ToldTerm, ...]
    again: tuple[ToldTerm, ...]
    cause: str | None
    consequences: tuple[str, ...]
    suggestions: tuple[ToldSuggestion, ...]


class Counts(Shape):
    """How many findings of each severity."""

    error: int
    warning: int
    note: int


class CheckedFile(Shape):
    """A file that was read, with its findings; a resolution without a programme has none."""

    file: str
    kind: Literal["edition", "resolution"] = "edition"
    counts: Counts
    findings: tuple[ToldFinding, ...]


class Refusal(Shape):
    """Why a file could not be read, and what to do; `code` does not depend on the language."""

    code: str
    message: str
    advice: str


class RefusedFile(Shape):
    """A file that could not be read."""

    file: str
    error: Refusal


class ChecksRecord(Shape):
    """What `check --format json` writes."""

    schema_version: Version = "1"
    files: tuple[CheckedFile | RefusedFile, ...]


class ActIdentity(Shape):
    """What identifies a legal act."""

    issuer: str | None
    date: str | None
    number: str | None


class EditionIdentity(Shape):
    """An edition is identified by the last of its amending acts, the first one by its base act."""

    date: str | None
    number: str | None


class Identity(Shape):
    """Which edition of which programme, from which file."""

    source: SourceFile
    programme: Programme
    base_act: ActIdentity
    amending_acts: tuple[ActIdentity, ...]
    edition: EditionIdentity


class ToldRuling(Shape):
    """A verdict of the audit; `reasons` are in the reader's language, all else does not depend on it."""

    id: str
    verdict: Verdict
    change: str | None
    field: str | None
    address: Address | None
    place: Place | None
    expected: str | None
    published: str | None
    orders: tuple[Order, ...]
    derived: bool
    forgotten: bool
    reasons: tuple[str, ...]


class ToldAudit(Shape):
    """What the acts that were given account for; `obstacles` say why no change can be called undeclared."""

    acts: tuple[ActAtHand, ...]
    missing: tuple[ActIdentity, ...]
    obstacles: tuple[str, ...]
    rulings: tuple[ToldRuling, ...]


class ComparisonRecord(Shape):
    """What `diff --format json` of two editions writes; `pairs` are those that number and name do not make evident.

    `audit` is there with `--by`.
    """

    schema_version: Version = "1"
    kind: Literal["comparison"] = "comparison"
    old: Identity
    new: Identity
    changes: tuple[Change, ...]
    totals: Totals
    groups: tuple[Group, ...]
    pairs: tuple[Pairing, ...]
    findings: tuple[ToldFinding, ...]
    audit: ToldAudit | None = None


class HistoryRecord(Shape):
    """What `diff --format json` of three editions and more writes; the findings are those of the last one and its step."""

    schema_version: Version = "1"
    kind: Literal["history"] = "history"
    editions: tuple[Identity, ...]
    steps: tuple[ComparisonRecord, ...]
    history: tuple[Trail, ...]
    findings: tuple[ToldFinding, ...]


class OtherRecord(Shape):
    """What `read` writes of a document that is readable and no edition."""

    schema_version: Version = "1"
    kind: Literal["other"] = "other"
    source: SourceFile
    reason: str
