"""Quotation marks and brackets that have no partner.

Exports let nested quotation marks collapse («О программе «Культура»): one closing mark may
close all that are open. The bracket of a list's number («1)», «а)») closes nothing.
A citation may run over several paragraphs: a mark opened in one is looked for in the next.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from pipeline.passages import Passage, Passages

_MARKS = regex.compile(r"[()\[\]«»„“”\"]")
_LIST_NUMBER = regex.compile(r"(?:^|[\s;:,.(«])(?:\d{1,3}(?:\.\d{1,3}){0,3}|\p{L}|[ivxIVX]{1,4})$")
_BEFORE_OPENING = frozenset(' \n\t([«„“"—–-/\u00a0')
_AFTER_CLOSING = frozenset(' \n\t)]»”“".,;:!?—–-/\u00a0*<')
_CHAIN_REACH = 12  # paragraphs over which a citation may run


class Lone(NamedTuple):
    """A mark without a partner; `opens`: whether it opens, `family`: "(", "[" or "«"."""

    offset: int
    family: str
    opens: bool


def lone_marks(passages: Passages) -> Iterator[tuple[Passage, list[Lone]]]:
    """The passages with marks that have no partner, neither in them nor in the running text around them."""
    known = {text: found for text in passages.places if (found := _lone(text))}
    if not known:
        return
    excused = {*_across_paragraphs(passages, known), *_around_the_whole(passages, known)}
    for passage in passages.all:
        rest = [mark for mark in known.get(passage.text, ()) if (id(passage), mark.offset) not in excused]
        if rest:
            yield passage, rest


def _across_paragraphs(passages: Passages, known: dict[str, list[Lone]]) -> Iterator[tuple[int, int]]:
    for chain in passages.chains.values():
        pending: list[tuple[int, Passage, Lone]] = []
        for number, passage in enumerate(chain):
            for mark in known.get(passage.text, ()):
                if mark.opens:
                    pending.append((number, passage, mark))
                    continue
                partner = next((p for p in reversed(pending) if p[2].family == mark.family and number - p[0] <= _CHAIN_REACH), None)
                if partner is not None:
                    pending.remove(partner)
                    yield id(partner[1]), partner[2].offset
                    yield id(passage), mark.offset


def _around_the_whole(passages: Passages, known: dict[str, list[Lone]]) -> Iterator[tuple[int, int]]:
    """A new edition that an act quotes whole: the mark at the very beginning, and the one at the very end."""
    first = next(((p, m) for p in passages.all for m in known.get(p.text, ()) if m.opens and m.offset == 0 and m.family == "«"), None)
    last = next(
        ((p, m) for p in reversed(passages.all) for m in reversed(known.get(p.text, []))
         if not m.opens and m.family == "«" and not p.text[m.offset + 1 :].strip(" .;»\"")), None)  # fmt: skip
    if first and last:
        yield id(first[0]), first[1].offset
        yield id(last[0]), last[1].offset


def _lone(text: str) -> list[Lone]:
    marks = [(match.start(), match[0]) for match in _MARKS.finditer(text)]
    if not marks:
        return []
    return sorted([*_brackets(text, marks, "(", ")"), *_brackets(text, marks, "[", "]"), *_quotes(text, marks)])


def _brackets(text: str, marks: list[tuple[int, str]], opening: str, closing: str) -> Iterator[Lone]:
    """Closing brackets that cannot close anything; opening ones that must stay open."""
    least = most = 0  # how many may be open, given that each list number's bracket may close one or none
    open_at: list[int] = []
    for offset, sign in marks:
        if sign == opening:
            least, most = least + 1, most + 1
            open_at.append(offset)
        elif sign == closing:
            optional = closing == ")" and _LIST_NUMBER.search(text, max(0, offset - 12), offset) is not None
            if most == 0 and not optional:
                yield Lone(offset, opening, False)
            least = max(0, least - 1)
            most = most if optional else max(0, most - 1)
            if open_at:
                open_at.pop()
    for offset in open_at[len(open_at) - least :] if least else ():
        yield Lone(offset, opening, True)


def _quotes(text: str, marks: list[tuple[int, str]]) -> Iterator[Lone]:
    """Marks that close nothing or stay open, given that one may close several."""
    depths, open_at = {0}, list[int]()
    for offset, sign in marks:
        role = None if sign in "()[]" else _role(text, offset, sign)
        if role:
            depths = {depth + 1 for depth in depths}
            open_at.append(offset)
        elif role is not None and max(depths) == 0:
            if not (sign in '"”' and text[offset - 1 : offset].isdigit()):  # 19" is a measure
                yield Lone(offset, "«", False)
        elif role is not None:
            depths = {depth - 1 for depth in depths if depth} | {0 for depth in depths if depth > 1}
            open_at.pop()
    for offset in open_at[: min(depths)]:
        yield Lone(offset, "«", True)


def _role(text: str, offset: int, sign: str) -> bool | None:
    """Whether a quotation mark opens (True) or closes (False); None when it cannot be told."""
    if sign in "«„":
        return True
    if sign == "»":
        return False
    before = offset == 0 or text[offset - 1] in _BEFORE_OPENING
    after = offset + 1 == len(text) or text[offset + 1] in _AFTER_CLOSING
    if before == after:
        return False if sign == "”" else None
    return before
