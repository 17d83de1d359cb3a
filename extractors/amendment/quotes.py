"""Quoted wording: where a quotation ends, in whatever marks, nested, collapsed or unbalanced."""

from typing import NamedTuple

import regex

OPENING, CLOSING = "«\"“„‟'", "»\"”“‟'"
_ONLY_OPENING, _ONLY_CLOSING = "«„", "»”"
_LONGEST = 3_000  # signs of a quotation inside a sentence; a new wording is told by structure
_PAIRS = {"«": "»", "„": "“", "“": "”", '"': '"', "'": "'", "‟": "”"}
_MARKS = frozenset(OPENING + CLOSING)
_BEFORE_OPENING = " (\t[-–—/:,\ufffc"
_GOES_ON = regex.compile(
    r"[)\].,;:]{0,3} ?(?:(?:заменить|заменив|заменяется|заменяются|исключить|исключив|исключается|исключаются|дополнить|дополнив|дополняется"
    r"|дополняются|изложить|изложив|словами|словом|цифрами|цифрой|числом|числами|соответственно|читать|в соответствующ\w{1,5}|следующ\w{2}|изменени\w|утвержденн\w{2,3})\b|: |:$|\((?:далее|в ред|с изм|с послед|с уч|ред\.)|[).,;]{0,3}+$)",
    regex.I,
)


class Quoted(NamedTuple):
    """A quotation: the text inside, where it ends (behind its closing mark), and whether its marks have their pairs."""

    text: str
    end: int
    balanced: bool


def opens(text: str, at: int) -> bool:
    """Whether the mark at this position opens a quotation: «, „, or a straight one with a blank before and none behind."""
    sign = text[at]
    if sign in _ONLY_CLOSING or sign not in OPENING:
        return False
    if sign in _ONLY_OPENING:
        return True
    before, behind = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    if before in _MARKS and before:  # «"Интернет»: behind a mark that opens
        before = "" if before in _ONLY_OPENING or text[max(at - 2, 0) : at - 1].strip() == "" else "а"
    return (not before or before in _BEFORE_OPENING) and bool(behind.strip())


def quoted(text: str, start: int) -> Quoted | None:
    """The quotation that opens at `start`; None if nothing closes it.

    Marks are counted; where one closing mark stands for two («сеть "Интернет» заменить …), the
    quotation ends at the first mark behind which the instruction goes on.

    >>> quoted('слова "сеть "Интернет" заменить словами "связь"', 6)
    Quoted(text='сеть "Интернет"', end=22, balanced=False)
    >>> quoted("«а» и «б»", 0).text
    'а'
    """
    depth = 1
    for at in range(start + 1, min(len(text), start + _LONGEST)):
        if text[at] not in _MARKS:
            continue
        if opens(text, at):
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            return Quoted(text[start + 1 : at].strip(), at + 1, True)
        if _GOES_ON.match(text, at + 1):
            return Quoted(text[start + 1 : at].strip() + _PAIRS[text[start]] * depth, at + 1, False)
    return None


_LEADING = regex.compile(rf"^\s*+[{OPENING}](?=\S)")
_TRAILING = regex.compile(r"\s*+[»\"”“‟']\s?[.;,]?$")
_ALONE = regex.compile(r"^\s*[«»\"“”„‟']+\s*[.;,]?\s*$")


def closes(text: str) -> bool:
    """Whether a text ends with a closing mark: `".`, `»;`, `.».`."""
    return _TRAILING.search(text.rstrip()) is not None


def is_mark(text: str) -> bool:
    """Whether nothing but quotation marks stands in a line."""
    return _ALONE.match(text) is not None


def without_opening(text: str) -> str:
    """The text without its first mark."""
    return _LEADING.sub("", text)


def without_closing(text: str) -> str:
    """The text without its last mark, and the sign that ends the instruction behind it.

    >>> without_closing('возложить на заместителя главы.».'), without_closing('3 566,2 тыс. рублей";')
    ('возложить на заместителя главы.', '3 566,2 тыс. рублей')
    """
    return _TRAILING.sub("", text.rstrip())
