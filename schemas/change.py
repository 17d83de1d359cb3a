"""What an amendment changed: pairs of things in two editions, and the changes between them."""

from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from schemas.address import Address
from schemas.amount import Amount
from schemas.audit import Audit
from schemas.base import Exact, Shape
from schemas.edition import Activity, Edition, Funding, Indicator, Money, Task
from schemas.place import Place
from schemas.requisites import Act


class Kind(StrEnum):
    """What happened to the thing."""

    ALTERED = "altered"
    ADDED = "added"
    REMOVED = "removed"
    RENUMBERED = "renumbered"
    MOVED = "moved"


class Role(StrEnum):
    """How an amount came to change.

    `primary`      in its own right
    `derived`      a total that moved by exactly what its terms moved
    `unexplained`  a total that moved otherwise, or that stayed where its terms moved
    """

    PRIMARY = "primary"
    DERIVED = "derived"
    UNEXPLAINED = "unexplained"


class Trait(StrEnum):
    """What else is to be known of a change."""

    STALE = "stale"  # a total that stayed although its terms moved
    RETROACTIVE = "retroactive"  # a figure of a year that was over when the new edition was made
    LOWERED = "lowered"  # the value of an indicator fell
    TRANSFERRED = "transferred"  # money went elsewhere and the sum stayed: see the group
    SPLIT = "split"  # one thing became several: `relatives` are the others
    MERGED = "merged"  # several things became one: `relatives` are the others


class Evidence(StrEnum):
    """Why two things are held to be the same thing."""

    NUMBER = "number"  # they bear the same number
    NAME = "name"  # they bear the same name, form apart
    LIKENESS = "likeness"  # their names are alike
    GROUP = "group"  # they stand in the same task, section or goal
    CONTENT = "content"  # what they hold is the same
    PLACE = "place"  # they stand between the same neighbours


Field = Literal["amount", "indicator", "name", "term", "responsible", "result", "text", "requisites"]
Thing = Literal[
    "programme", "act", "row", "passport-indicator", "funding", "section", "paragraph", "heading", "indicator",
    "task", "activity", "repeated", "unread", "aside",
]  # fmt: skip


class Text(Shape):
    """A text value with the place where it stands."""

    text: str
    place: Place | None = None


class Passage(Text):
    """A section, a heading or a row of the passport, whole: its text, and what it consists of (as `content.plain` tells it)."""

    whole: dict[str, Any]


class Fragment(Shape):
    """A run of text that stayed, went or came."""

    op: Literal["same", "removed", "added"]
    text: str


class Reading(Shape):
    """Another way to understand a doubtful pair, and what speaks for it; a missing address: the thing came or went."""

    address_old: Address | None
    address_new: Address | None
    strength: Exact
    evidence: tuple[Evidence, ...] = ()


class Pairing(Shape):
    """Two things that are held to be the same thing, why, and how surely (`strength` from 0 to 1).

    `doubtful`: the evidence would bear another reading almost as well; then `alternatives` are those.
    """

    thing: Thing
    address_old: Address
    address_new: Address
    evidence: tuple[Evidence, ...]
    strength: Exact
    doubtful: bool = False
    alternatives: tuple[Reading, ...] = ()


class MovedTerm(Shape):
    """A term of a total and by how much it moved; `change` is the change that tells of it."""

    address: Address
    delta: Exact
    change: str | None


class Footing(Shape):
    """A total against its terms: it moved by the change's delta, the terms by `expected`; `code` is the rule of the sum."""

    code: str
    expected: Exact
    terms: tuple[MovedTerm, ...]


class Column(Shape):
    """A source of money that a table has gained or lost: its cells that hold no money, by JSON pointer."""

    source: str
    cells: dict[str, Amount]


Value = Amount | Passage | Text | Activity | Task | Indicator | Act | Money | Funding | Column


class Change(Shape):
    """One change. `field` "name" also carries what befell a task or an activity as a whole:
    added, removed, renumbered, moved; then `old` and `new` are the whole records or the numbers.

    `pointer_*` are JSON pointers (RFC 6901) into the records of the two editions: what was
    altered, or where a thing stood that went, moved or came. `form` is a change of form only:
    value and words are the same. `words` is the difference of two texts word by word.
    `pairing` tells why the two are one thing, where that is not evident. `cause` is the change
    of which this one is a mere consequence.
    """

    id: str
    kind: Kind
    field: Field
    address_old: Address | None
    address_new: Address | None
    place_old: Place | None = None
    place_new: Place | None = None
    pointer_old: str | None = None
    pointer_new: str | None = None
    old: Value | None
    new: Value | None
    form: bool = False
    words: tuple[Fragment, ...] = ()
    delta: Exact | None = None
    role: Role | None = None
    traits: tuple[Trait, ...] = ()
    footing: Footing | None = None
    pairing: Pairing | None = None
    relatives: tuple[Address, ...] = ()
    group: str | None = None
    cause: str | None = None
    declared: str | None = None
    by: str | None = None


class GroupKind(StrEnum):
    """What the changes of a group are together."""

    YEAR_ADDED = "year-added"  # `subject` is the year: the period was extended
    YEAR_REMOVED = "year-removed"
    SOURCE_ADDED = "source-added"  # `subject` is the source
    SOURCE_REMOVED = "source-removed"
    BETWEEN_YEARS = "between-years"  # money moved, the sum stayed
    BETWEEN_ACTIVITIES = "between-activities"
    BETWEEN_SOURCES = "between-sources"


class Group(Shape):
    """Changes that are one event; `delta` is what they come to together."""

    id: str
    kind: GroupKind
    subject: str | None = None
    changes: tuple[str, ...]
    delta: Exact | None


class Explained(Shape):
    """The part of the programme's delta that one primary change accounts for."""

    change: str
    delta: Exact


class Balance(Shape):
    """A total before and after, and what the difference is made of.

    `rounding` is what remains only because a total is printed with fewer decimals.
    """

    old: Exact | None
    new: Exact | None
    delta: Exact | None
    explained: tuple[Explained, ...] = ()
    rounding: Exact = Decimal(0)
    unexplained: Exact | None = None


class Share(Balance):
    """The balance of one task, year or source; `key` is the task's number in the new edition (else the old), the year, the source."""

    key: str
    address: Address


class Totals(Balance):
    """The balance of the programme's grand total, and of each task, year and source."""

    by_task: tuple[Share, ...] = ()
    by_year: tuple[Share, ...] = ()
    by_source: tuple[Share, ...] = ()


class Comparison(Shape):
    """Two editions of a programme and everything that differs between them.

    `pairs` are all pairs of things, evident ones included, in the order of the new edition. `audit` is there
    where the amending acts were given.
    """

    old: Edition
    new: Edition
    changes: tuple[Change, ...]
    totals: Totals
    groups: tuple[Group, ...] = ()
    pairs: tuple[Pairing, ...] = ()
    audit: Audit | None = None


class Trail(Shape):
    """One amount through several editions: its address and value in each (None where it is not), and the change of each step."""

    field: Literal["amount", "indicator"]
    addresses: tuple[Address | None, ...]
    values: tuple[Amount | None, ...]
    changes: tuple[str | None, ...]
    delta: Exact | None


class History(Shape):
    """Editions of one programme in order, the steps between them, and the trail of each amount that ever changed."""

    editions: tuple[Edition, ...]
    steps: tuple[Comparison, ...]
    trails: tuple[Trail, ...]
