"""An amendment held to account: what the acts order against what the new edition shows."""

from enum import StrEnum

from schemas.address import Address
from schemas.base import Shape
from schemas.finding import Phrase
from schemas.place import Place


class Verdict(StrEnum):
    """What became of an order, or where a change comes from.

    `declared`         the change is ordered and done so, or it follows from what is
    `undeclared`       no act orders it, and every act between the editions is at hand and wholly understood
    `not-carried-out`  ordered, and the new edition shows nothing of it
    `otherwise`        ordered, and done elsewhere or in another way
    `unresolved`       what stands in the way of saying so is told
    """

    DECLARED = "declared"
    UNDECLARED = "undeclared"
    NOT_CARRIED_OUT = "not-carried-out"
    OTHERWISE = "otherwise"
    UNRESOLVED = "unresolved"


class Order(Shape):
    """An instruction of an act: which act, the item, the operation, the words."""

    act: str
    item: str
    operation: str
    text: str


class Ruling(Shape):
    """The one verdict on one difference: a change between the editions (`change` is its id), or something ordered and not there.

    `expected` is what the acts order there, `published` what the new edition shows, as texts; None: nothing stands there.
    `derived`: a total that follows from its terms; `forgotten`: a total that the acts did not restate though its terms changed.
    """

    id: str
    verdict: Verdict
    change: str | None = None
    field: str | None = None
    address: Address | None = None
    place: Place | None = None
    expected: str | None = None
    published: str | None = None
    orders: tuple[Order, ...] = ()
    derived: bool = False
    forgotten: bool = False
    reasons: tuple[Phrase, ...] = ()


class ActAtHand(Shape):
    """An act that was given: its requisites, its file, what became of its operations."""

    file: str
    date: str | None
    number: str | None
    carried_out: int = 0
    failed: int = 0
    not_understood: int = 0


class Doubt(Shape):
    """Something in an act itself that a person has to look at: `code` is the rule that tells of it."""

    code: str
    message: Phrase
    order: Order | None = None
    address: Address | None = None
    place: Place | None = None


class Audit(Shape):
    """What the acts between two editions account for. `missing` are acts that the new edition names and nobody gave.

    `obstacles` say why no change can be called undeclared.
    """

    acts: tuple[ActAtHand, ...]
    missing: tuple[tuple[str | None, str | None], ...] = ()
    obstacles: tuple[Phrase, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    doubts: tuple[Doubt, ...] = ()
