"""Where in the programme a thing stands. Where in the file: see `place`."""

from typing import Literal, Self, get_args

from schemas.base import SparseShape

Part = Literal["title", "passport", "section", "appendix1", "appendix2", "resolution"]
Source = Literal["federal", "regional", "district", "settlement", "extrabudgetary"]
Column = Literal[
    "total", "federal", "regional", "district", "settlement", "extrabudgetary",
    "name", "term", "responsible", "result",
]  # fmt: skip

SOURCES: tuple[Source, ...] = get_args(Source)
MONEY_COLUMNS: tuple[str, ...] = ("total", *SOURCES)


class Address(SparseShape):
    """A place in the programme; keys that do not apply are absent.

    In appendix 2 no `activity` means the task's subtotal, no `task` either the
    programme's total; `year` is a year or "total" (the row ВСЕГО). In the passport
    `row` is the field's name; `indicator` counts the indicators of its goal or task.
    `repeat` tells the second (2), third … of things that bear the same number.

    >>> str(Address(part="appendix2", task="4", activity="4.1", year="2025", column="district"))
    'appendix2 task=4 activity=4.1 year=2025 column=district'
    """

    part: Part
    section: str | None = None
    paragraph: int | None = None
    row: str | None = None
    task: str | None = None
    activity: str | None = None
    indicator: str | None = None
    source: str | None = None
    year: str | None = None
    column: Column | None = None
    repeat: int | None = None

    def __str__(self) -> str:
        keys = ((key, value) for key, value in self if key != "part" and value is not None)
        return " ".join([self.part, *(f"{key}={value}" for key, value in keys)])

    @classmethod
    def parse(cls, text: str) -> Self:
        """The reverse of `str`.

        >>> Address.parse("passport row=funding source=total year=2021").row
        'funding'
        """
        part, *pairs = text.split()
        return cls.model_validate({"part": part} | dict(pair.split("=", 1) for pair in pairs))

    def at(self, **keys: object) -> Self:
        """The same address with some keys changed (None removes a key)."""
        return self.model_copy(update=keys)
