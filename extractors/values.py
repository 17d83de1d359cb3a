"""Written values: number, year, date, number of an act, number of a row.

Every function takes text as written and gives a value or None. A number comes
with the marks of every liberty taken; junk gives none, never an exception.
"""

import datetime as dt
from decimal import Decimal

import regex

from schemas.amount import Mark

_BLANK = "\u0020\u00a0\u2007\u2009\u202f"
_PLAIN = regex.compile(r"[0-9]+(?:,[0-9]+)?")
_GROUPED = regex.compile(rf"[0-9]{{1,3}}(?:[{_BLANK}]+[0-9]{{3}})+(?:,[0-9]+)?")
_LOOKALIKE_ONLY = regex.compile(r"[\d\s.,\-ОоOoЗзбlIіІ|ӀЧ]+")
_DIGITS_AND_LETTERS = regex.compile(r"-?[\d\s.,]*\d[.,]?[\p{L}][\d.,]*|-?\p{L}[.,]?\d[\d\s.,]*")
_DIGIT = regex.compile(r"\d")
_ZERO_AS_LETTER = regex.compile(r"[ОоOo](?:,[ОоOo]+)?")
_LINE_BREAKS = regex.compile(r"\s*[\n\v]\s*")
_NOT_DUE = regex.compile(
    r"(?:финансирован\w+ )?не (?:требу|предусм)\w+(?: финансирован\w+)?|без (?:финанс|затрат|средств|привлеч)[\w\s]*|б/ф|в (?:рамках|пределах) [\w\s]*",
    regex.I,
)
_NUMBER_AND_UNIT = regex.compile(r"[\d\s.,]*\d\s*(?:тыс\w*|млн|млрд|миллион\w*|миллиард\w*|руб\w*|р)\b", regex.I)
_GROUP_BLANK = regex.compile(rf"[{_BLANK}]")
_SIGN = regex.compile(r"^[-‐‑‒–−]\s*(?=\d)")
_FOOTNOTE = regex.compile(r"(?<=[\d,])\s*(?:<\*+>|\*+(?:\(\d+\))?)$")
_SIGNS_AROUND = regex.compile(r"^[^\w\s.,\-–−]+\s*(?=\d)|(?<=\d)\s*[^\w\s\-–−]+$")
_NUMBER_WITH_SIGN, _SIGN_INSIDE = regex.compile(r"\d+[;:/'`´_]\d{1,3}"), regex.compile(r"(?<=\d)[;:/'`´_](?=\d)")
_DOUBLED = regex.compile(r"(?<=\d)\s*[.,]\s*[.,]+\s*(?=\d)")
_WITH_POINT = regex.compile(r"-?[\d\s]+\.\s*\d+")
_AFTER_SEPARATOR = regex.compile(r"(?<=\d)\s*,\s*(?=\d)")
_ANY_GROUPS = regex.compile(r"-?\d+(?:\s+\d{3})+|-?\d+(?:\s+\d+)+,\d+")
_POINT_GROUPS = regex.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_COMMA_GROUPS = regex.compile(r"-?\d{1,3}(?:,\d{3})+(?P<decimals>[.,]\d{1,2}|\.\d+)")
_DIGITS_APART = regex.compile(r"-?\d+(?:[\s.,]+\d+)+")
_DASH = regex.compile(r"[-‐‑‒–—―−]+")
_UNIT = regex.compile(r"\s*(?:тыс\w*|млн|млрд|миллион\w*|миллиард\w*|руб\w*|р)\b\.?.*$", regex.I | regex.S)
_YEAR = regex.compile(r"((?:19|20)\d\d)\s*(?:-?\s*[йм]\b)?\s*(?:г(?:од(?:ах?|у|а|ы)?|\.\s?г\.|г?\.)?)?[.:,;]?", regex.I)
_LIST_NUMBER = regex.compile(r"(\d+(?:[.\-]\d+)*)[.)]?")
_LOOKALIKES = str.maketrans("ОоOoЗзбlIіІ|ӀЧ", "00003361111114")
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
MONTH_WORDS = "|".join(_MONTHS)
_QUOTES = regex.compile(r"[«»\"“”„]")
_DATE_IN_FIGURES = regex.compile(r"(\d{1,2})(?:\s*\.\s*|\s+)(\d{1,2})\s*\.\s*(\d{4})")  # «21» 07.2020
_DATE_IN_WORDS = regex.compile(rf"(\d{{1,2}})\s*({MONTH_WORDS})\s*(\d{{4}})")

Number = tuple[Decimal | None, tuple[Mark, ...]]


def number(text: str) -> Number:
    """A written number and the liberties taken in reading it.

    >>> number("2600,,0")
    (Decimal('2600.0'), (<Mark.DOUBLED_SEPARATOR: 'doubled-separator'>,))
    >>> number("1 814 779,4")[0]
    Decimal('1814779.4')
    >>> number("ежегодно")
    (None, (<Mark.NOT_A_NUMBER: 'not-a-number'>,))
    """
    body = text.strip()
    if _PLAIN.fullmatch(body):
        return Decimal(body.replace(",", ".")), ()
    if not body:
        return None, ()
    if _DASH.fullmatch(body):
        return Decimal(0), (Mark.DASH,)
    if body in ("х", "Х", "x", "X") or _NOT_DUE.fullmatch(body):
        return None, (Mark.NOT_APPLICABLE,)
    return _with_liberties(body)


def _junk(body: str = "") -> Number:
    """No number; «2600,0а» is told apart from plain text by the letter in it, «1,814,779» by its separators."""
    if _DIGITS_AND_LETTERS.fullmatch(body):
        return None, (Mark.LETTER, Mark.NOT_A_NUMBER)
    if _DIGITS_APART.fullmatch(body):
        return None, (Mark.GROUPING, Mark.NOT_A_NUMBER)
    return None, (Mark.NOT_A_NUMBER,)


def _with_liberties(body: str) -> Number:
    """The number under the liberties, taken one by one in this order."""
    if not _DIGIT.search(body) and not _ZERO_AS_LETTER.fullmatch(body):
        return _junk()
    written, marks = body, list[Mark]()
    for step in _STEPS:
        changed, mark = step(body)
        if changed != body:
            body = changed
            if mark:
                marks.append(mark)
    if not _PLAIN.fullmatch(body.lstrip("-")) or body.count("-") > 1:
        return _junk(written)
    if body.startswith("-"):
        marks.append(Mark.NEGATIVE)
    return Decimal(body.replace(",", ".")), tuple(dict.fromkeys(marks))


Step = tuple[str, Mark | None]


def _line_break(body: str) -> Step:
    """«2600,» and «0» on two lines; a break where the blank of a group is due stands for it: «1 814», «779,4»."""
    grouped = _LINE_BREAKS.sub(" ", body)
    return (grouped if _GROUPED.fullmatch(grouped) and _GROUP_BLANK.search(body) else _LINE_BREAKS.sub("", body)), Mark.LINE_BREAK


def _percent(body: str) -> Step:
    """«54%», «54 %»."""
    return body.removesuffix("%").rstrip(), Mark.PERCENT_SIGN


def _unit(body: str) -> Step:
    """«21 814,6тыс.», «500 тыс. руб.»: only behind a digit."""
    return (_UNIT.sub("", body) if _NUMBER_AND_UNIT.match(body) else body), Mark.UNIT


def _regular_groups(body: str) -> Step:
    """«1 814 779,4»: the regular form, no mark."""
    return (_GROUP_BLANK.sub("", body) if _GROUPED.fullmatch(body.lstrip("-‐‑‒–−")) else body), None


def _sign(body: str) -> Step:
    """«-7 857,5»: one dash of any kind before the digits."""
    return _SIGN.sub("-", body), None


def _footnote(body: str) -> Step:
    """«2600,0*», «2600,0 <*>»: a footnote mark behind the number."""
    return _FOOTNOTE.sub("", body), Mark.FOOTNOTE


def _letters(body: str) -> Step:
    """«26О0,0», «З300,0»: letters that look like digits, among digits; «О» alone for zero."""
    among_digits = _LOOKALIKE_ONLY.fullmatch(body) and _DIGIT.search(body)
    if among_digits or _ZERO_AS_LETTER.fullmatch(body):
        return body.translate(_LOOKALIKES), Mark.LETTER
    return body, None


def _around(body: str) -> Step:
    """«2600,0?», «*2600,0», «2600,»: signs that have no business around a number."""
    return _SIGNS_AROUND.sub("", body), Mark.STRAY_SIGN


def _inside(body: str) -> Step:
    """«2600;0»: a sign that has no business in a number."""
    return (_SIGN_INSIDE.sub(",", body) if _NUMBER_WITH_SIGN.fullmatch(body) else body), Mark.FOREIGN_SIGN


def _doubled(body: str) -> Step:
    """«2600,,0», «2600.,0», «2600, ,0»."""
    return _DOUBLED.sub(",", body), Mark.DOUBLED_SEPARATOR


def _point(body: str) -> Step:
    """«2600.0»."""
    return (body.replace(".", ",") if _WITH_POINT.fullmatch(body) else body), Mark.DECIMAL_POINT


def _after_separator(body: str) -> Step:
    """«81, 168», «81 ,168»."""
    return _AFTER_SEPARATOR.sub(",", body), Mark.BLANK_AFTER_SEPARATOR


def _irregular_groups(body: str) -> Step:
    """«1500 000,0», «1 50,0»: blanks that do not part thousands.

    Without a comma every group but the first has three digits: «150 00» may be 150,00 and is not read.
    """
    return ("".join(body.split()) if _ANY_GROUPS.fullmatch(body) else body), Mark.GROUPING


def _other_groups(body: str) -> Step:
    """«1.500.000,0», «1,500,000.0», «1,500,25»: points or commas between thousands, where only one reading is left."""
    if _POINT_GROUPS.fullmatch(body):
        return body.replace(".", ""), Mark.GROUPING
    found = _COMMA_GROUPS.fullmatch(body)
    if found is None:
        return body, None
    whole = body[: found.start("decimals")].replace(",", "")
    return f"{whole},{found['decimals'][1:]}", Mark.GROUPING


_STEPS = (
    _line_break, _footnote, _percent, _unit, _sign, _regular_groups, _letters, _around, _inside,
    _doubled, _point, _after_separator, _regular_groups, _other_groups, _irregular_groups,
)  # fmt: skip


def year(text: str) -> str | None:
    r"""The year that the whole text states: «2021г.», «2022 год», «2021\n\nгод».

    >>> year("2021г. "), year("2 021"), year("в 2021 году")
    ('2021', None, None)
    """
    body = " ".join(text.split())
    found = _YEAR.fullmatch(body) if len(body) < 16 else None
    return found[1] if found else None


def list_number(text: str) -> str | None:
    """The number of a row, without its trailing dot.

    >>> list_number("3.1."), list_number("1)"), list_number("12 комплектов")
    ('3.1', '1', None)
    """
    found = _LIST_NUMBER.fullmatch(text.strip())
    return found[1] if found else None


def date(text: str) -> dt.date | None:
    """A written date: «07.04.2022», «6 октября 2003», «« 11 » сентября 2015».

    >>> date("6 октября 2003")
    datetime.date(2003, 10, 6)
    >>> date("31.02.2022") is None
    True
    """
    body = _QUOTES.sub(" ", text.lower())
    found = _DATE_IN_FIGURES.search(body)
    if found:
        day, month, of_year = map(int, found.groups())
    else:
        found = _DATE_IN_WORDS.search(body)
        if not found:
            return None
        day, month, of_year = int(found[1]), _MONTHS.index(found[2]) + 1, int(found[3])
    try:
        return dt.date(of_year, month, day)
    except ValueError:
        return None
