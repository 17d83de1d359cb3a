"""Written values, from data."""

import datetime as dt
from decimal import Decimal

import pytest
import yaml

from extractors import values
from tests.model import CASES


@pytest.mark.parametrize(("raw", "value", "marks"), yaml.safe_load((CASES / "numbers.yaml").read_text("utf-8")))
def test_number(raw: str, value: str | None, marks: list[str]) -> None:
    """A written number gives its value with its written decimals, and every liberty taken."""
    found, taken = values.number(raw)
    assert (None if found is None else str(found)) == value
    assert [mark.value for mark in taken] == marks


@pytest.mark.parametrize("space", ["\u0020", "\u00a0", "\u2009", "\u202f"])
def test_thousands_are_grouped_by_any_blank(space: str) -> None:
    """A blank, a no-break, a thin and a narrow no-break space group thousands alike."""
    assert values.number(f"23{space}084,76") == (Decimal("23084.76"), ())


@pytest.mark.parametrize("text", ["2021", "2021г.", "2021 г.", "2021 год", "2021 года", "2021\n\nгод", " 2021г. "])
def test_year(text: str) -> None:
    """The spellings of a year."""
    assert values.year(text) == "2021"


@pytest.mark.parametrize("text", ["2021-2022", "20211", "в 2021 году", "2 021", "", "3021"])
def test_no_year(text: str) -> None:
    """What is more or less than a year is none."""
    assert values.year(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("07.04.2022", dt.date(2022, 4, 7)),
        ("6 октября 2003", dt.date(2003, 10, 6)),
        ("«11 » сентября 2015", dt.date(2015, 9, 11)),
        ("31.02.2022", None),
        ("2022", None),
    ],
)
def test_date(text: str, date: dt.date | None) -> None:
    """The spellings of a date; an impossible one is none."""
    assert values.date(text) == date
