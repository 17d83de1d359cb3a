"""The register of well-known acts: which act a citation means, and whether it gives the act's date and number.

Numbers come again every year (273-ФЗ is two laws), and titles come again too (a new law under
the old title). So an act is known by two of the three: number, date, title. A citation without
a title is held against the acts of its number alone: a law's number stands once in a year.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

import regex

from extractors import values
from pipeline.likeness import words_of
from schemas.requisites import Citation

_ENTRY = regex.compile(
    r"(?:(?P<kind>указ|постановление|распоряжение)\s+)?(?:№\s*)?(?P<number>\d[\w-]*)\s+от\s+(?P<date>\d\d\.\d\d\.\d{4})\s+«(?P<title>.+)»"
)
_NUMBER = regex.compile(r"(?P<before>\p{L}*)\W*(?P<figures>\d+)\W*(?P<after>[\p{L}\d]*)", regex.I)
_ENOUGH = 4  # words that a title cut short must still share


class KnownAct(NamedTuple):
    """An act of the register; `kind` is the word for it, "" for a law."""

    kind: str
    number: str
    date: dt.date
    title: str


class Mistake(NamedTuple):
    """The act that a citation means and miscites; not `certain`: another act may bear these requisites."""

    act: KnownAct
    certain: bool


def known_act(text: str) -> KnownAct:
    """An entry of the register; ValueError for one that is not in its form.

    >>> known_act("152-ФЗ от 27.07.2006 «О персональных данных»").date.year
    2006
    """
    found = _ENTRY.fullmatch(text.strip())
    date = values.date(found["date"]) if found else None
    if found is None or date is None:
        raise ValueError(text)
    return KnownAct(found["kind"] or "", found["number"], date, found["title"])


class Register:
    """Acts by number and by date."""

    def __init__(self, acts: Iterable[KnownAct]) -> None:
        self.acts = tuple(acts)
        self._by_number: dict[str, list[KnownAct]] = {}
        self._by_date: dict[dt.date, list[KnownAct]] = {}
        for act in self.acts:
            self._by_number.setdefault(_canonical(act.number), []).append(act)
            self._by_date.setdefault(act.date, []).append(act)

    def mistake(self, citation: Citation) -> Mistake | None:
        """The act that the citation means, if it gives another date or number for it; None also where nothing is certain.

        >>> from schemas.place import Place
        >>> cited = Citation(date=dt.date(2013, 10, 6), number="131-ФЗ", raw="", part="section", place=Place())
        >>> usual_register().mistake(cited).act.date
        datetime.date(2003, 10, 6)
        """
        if citation.date is None:
            return None
        of_number = [act for act in self._by_number.get(_canonical(citation.number), ()) if _is_of_kind(act, citation)]
        of_date = [act for act in self._by_date.get(citation.date, ()) if _is_of_kind(act, citation)]
        both = [act for act in of_number if act in of_date]
        if citation.name is not None:
            for act in (*both, *of_number, *of_date):
                if _same_title(act.title, citation.name):
                    return None if act in both else Mistake(act, certain=not _is_cut(act, citation))
            if any(_same_title(act.title, citation.name) for act in self.acts):
                return None
        return None if both else _unnamed(citation.date, citation, of_number, of_date)


def _unnamed(date: dt.date, citation: Citation, of_number: list[KnownAct], of_date: list[KnownAct]) -> Mistake | None:
    """Of the laws of this number: one of the same year is meant for certain, one of the same day probably."""
    laws = [act for act in of_number if act.kind == ""]
    for act in laws:
        if act.date.year == date.year or not act.number.endswith("ФЗ"):
            return Mistake(act, certain=True)
    for act in laws:
        if (act.date.day, act.date.month) == (date.day, date.month) and citation.name is None:
            return Mistake(act, certain=False)
    cut = next((act for act in of_date if _is_cut(act, citation)), None)
    return Mistake(cut, certain=False) if cut and "федеральн" in (citation.kind or "") else None


def _is_of_kind(act: KnownAct, citation: Citation) -> bool:
    """A law is known by «-ФЗ» or by the word; another act by its word alone: «указ», which others than the President sign too."""
    kind = citation.kind or ""
    if act.kind:
        return act.kind[:4] in kind and citation.name is not None
    return "закон" in kind or not kind or _canonical(citation.number).endswith("фз")


def _canonical(number: str) -> str:
    """«ФЗ-131», «131 - ФЗ», «2124-I» → «131фз», «21241».

    >>> _canonical("ФЗ-131"), _canonical("2124-I")
    ('131фз', '2124-1')
    """
    found = _NUMBER.fullmatch(number.strip().lower())
    if not found:
        return number.lower()
    after = (found["after"] or found["before"]).replace("i", "1").replace("і", "1")
    return found["figures"] + ("-" if after.isdecimal() else "") + after


def _is_cut(act: KnownAct, citation: Citation) -> bool:
    """«№ 172» for «172-ФЗ»."""
    return not act.kind and _canonical(act.number) == _canonical(citation.number) + "фз"


def _same_title(title: str, name: str) -> bool:
    """The same words, or as many of them as were quoted."""
    left, right = words_of(title), words_of(name)
    shared = min(len(left), len(right))
    return left == right or (shared >= _ENOUGH and left[:shared] == right[:shared])


@cache
def usual_register() -> Register:
    """The register that comes with popravka."""
    stated = tomllib.loads(resources.files("pipeline").joinpath("acts.toml").read_text("utf-8"))
    return Register(map(known_act, stated["acts"]))
