"""What an amendment changed: pairs of things in two editions, and the changes between them."""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from schemas.address import Address
from schemas.amount import Amount
from schemas.base import Shape
from schemas.edition import Activity, Edition, Indicator, Task
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


Field = Literal["amount", "indicator", "name", "term", "responsible", "result", "text", "requisites"]


class Text(Shape):
    """A text value with the place where it stands."""

    text: str
    place: Place | None = None


class Change(Shape):
    """One change. `field` "name" also carries what befell a task or an activity as a whole:
    added, removed, renumbered, moved; then `old` and `new` are the whole records or the numbers.
    """

    id: str
    kind: Kind
    field: Field
    address_old: Address | None
    address_new: Address | None
    old: Amount | Text | Activity | Task | Indicator | Act | None
    new: Amount | Text | Activity | Task | Indicator | Act | None
    delta: Decimal | None = None
    role: Role | None = None
    declared: str | None = None
    by: str | None = None


class Explained(Shape):
    """The part of the programme's delta that one primary change accounts for."""

    change: str
    delta: Decimal


class Totals(Shape):
    """The programme's grand total before and after, and what the difference is made of.

    `rounding` is what remains only because a total is printed with fewer decimals.
    """

    old: Decimal | None
    new: Decimal | None
    delta: Decimal | None
    explained: tuple[Explained, ...] = ()
    rounding: Decimal = Decimal(0)
    unexplained: Decimal | None = None


class Comparison(Shape):
    """Two editions of a programme and everything that differs between them."""

    old: Edition
    new: Edition
    changes: tuple[Change, ...]
    totals: Totals
