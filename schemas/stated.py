"""What a place of the document names, refers to or marks: facts for comparing one place with another."""

from typing import Literal

from schemas.address import Address
from schemas.base import Shape
from schemas.place import Place


class Named(Shape):
    """A place that names the programme, its goal or a task in words of its own.

    `task` is the number that the task bears there; None for a title, a goal and a task without a number.
    """

    scope: Literal["title", "goal", "task"]
    task: str | None = None
    text: str
    address: Address
    place: Place


class Mention(Shape):
    """A place that heads an appendix of the programme (`heads`), or refers to one.

    `number` is None where the appendix bears none; `of` are the words behind «к» that tell
    to what the appendix belongs, "" where nothing is said.
    """

    number: str | None
    heads: bool
    of: str
    raw: str
    address: Address
    place: Place


class FootMark(Shape):
    """A footnote's mark: where it leads to a footnote, or (`opens`) where the footnote itself begins.

    `mark` is without brackets; `raw` the mark as written, or the footnote's line.
    """

    mark: str
    opens: bool
    raw: str
    address: Address
    place: Place


class RowLabel(Shape):
    """What the row of a group's total in appendix 2 calls the group: «Итого по задаче 3», as written.

    `number` and `name` are those of the group that the label names, None where it does not.
    """

    text: str
    number: str | None
    name: str | None
    place: Place
