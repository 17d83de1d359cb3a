"""The operative part as lines with their numbers, and the tree that the numbers make.

Numbers are of any kind («1.», «1.1.», «1)», «а)», «-», «IV.»), their dots may be lost, and they may begin again
inside an item: a number is set where it goes on with one of its kind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from extractors.amendment.targets import Path
from extractors.amendment.zones import Placed
from extractors.text import squeeze
from schemas.blocks import Paragraph, Table
from schemas.place import Place

_DECIMAL = regex.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*+(?:-\d{1,2})?)(?:(?P<form>[.)])(?!\d)|(?<=\.\d{1,3})(?= ?[\p{L}«\"]))\s*+(?=\S)"
)
_LETTER = regex.compile(r"(?P<number>[а-яa-z])\)\s*+(?=\S)", regex.I)
_ROMAN = regex.compile(r"(?P<number>[IVX]{1,6})\.\s*+(?=\S)")
_DASH = regex.compile(r"[-–—•●▪*·]\s*+(?=[\p{L}«\"])")
_BARE = regex.compile(
    r"(?P<number>\d{1,2})\s++(?=(?:В|Во|Строк|Пункт|Раздел|Приложен|Абзац|Дополн|Исключ|Излож|Замен|Внести|Паспорт)\p{Ll}*\s)"
)


class Line(NamedTuple):
    """One line of the operative part: the style and the value of its number, its words, or a table."""

    style: str
    number: str
    text: str
    written: str
    place: Place
    table: Table | None = None


def lines(placed: Iterable[Placed]) -> list[Line]:
    """The lines of paragraphs (parted where they were broken by hand), and the tables between them."""
    found: list[Line] = []
    for block, place in placed:
        if isinstance(block, Paragraph):
            pieces = block.text.replace("\v", "\n").split("\n")
            found.extend(line(piece, place) for piece in pieces if piece.strip(" \t\u00a0;.,"))
        else:
            found.append(Line("", "", "", "", place, block))
    return found


def line(text: str, place: Place) -> Line:
    """A line with its number cut off.

    >>> line("1.1. В паспорте:", Place())[:3], line("а) строку 5 исключить;", Place())[:3]
    (('dot2', '1.1', 'В паспорте:'), ('letter', 'а', 'строку 5 исключить;'))
    """
    written = squeeze(text)
    for pattern, style in ((_DECIMAL, "dot"), (_LETTER, "letter"), (_ROMAN, "roman"), (_BARE, "dot")):
        found = pattern.match(written)
        if found:
            number = found["number"]
            if style == "dot":
                kind = "paren" if pattern is _DECIMAL and found["form"] == ")" else "dot"
                style = f"{kind}{number.count('.') + 1}"
            return Line(style, number, written[found.end() :], written, place)
    found = _DASH.match(written)
    return Line("dash" if found else "", "", written[found.end() :] if found else written, written, place)


@dataclass
class Node:
    """An item that is open: its number, and the context that it gives to what stands in it.

    `contexts` are paths (several, if the item speaks of several places); `flow` what unnumbered lines in it added.
    `lost` if a line that names the place was not understood: nothing under it can be; `clause` if the item amends
    nothing, and so all under it; `opened` if it names a place for what stands under it.
    """

    style: str
    number: str
    item: str
    contexts: tuple[Path, ...] = ((),)
    flow: tuple[Path, ...] | None = None
    lost: bool = False
    clause: str | None = None
    opened: bool = False


@dataclass
class Outline:
    """The items that are open at a line, outermost first."""

    nodes: list[Node] = field(default_factory=lambda: [Node("", "", "")])

    @property
    def top(self) -> Node:
        """The innermost item."""
        return self.nodes[-1]

    def enter(self, style: str, number: str, *, is_outer: bool = False) -> Node:
        """Open an item; `is_outer` if its words belong to no list (a head, publication, control)."""
        place = self._place(style, number, is_outer=is_outer)
        del self.nodes[place:]
        node = Node(style, number, self._item(number), self._inherited(), None, self.top.lost, self.top.clause)
        self.nodes.append(node)
        return node

    def plain(self) -> Node:
        """The item that a line without a number belongs to: a dash that opened nothing is closed by it."""
        if self.top.style == "dash" and not self.top.opened:
            self.nodes.pop()
        return self.top

    def is_lost_above(self) -> bool:
        """Whether the place is unknown already where the innermost item begins."""
        return len(self.nodes) > 1 and self.nodes[-2].lost

    def follows(self, style: str, number: str) -> bool:
        """Whether a number goes on with an open item of its kind."""
        return any(node.style == style and _goes_on(node.number, number) for node in self.nodes)

    def _inherited(self) -> tuple[Path, ...]:
        """A numbered line is in the item above, and in what an unnumbered line of it opened, unless that is a dash's sister."""
        return self.top.flow or self.top.contexts

    def _place(self, style: str, number: str, *, is_outer: bool) -> int:
        same = [at for at, node in enumerate(self.nodes) if node.style == style]
        if not same:
            return self._by_prefix(number)
        if is_outer or style == "dash":
            return same[0] if is_outer else same[-1]
        going_on = [at for at in same if _goes_on(self.nodes[at].number, number)]
        if going_on:
            return going_on[-1]
        if _value(number) == 1 and same[-1] < len(self.nodes) and not (same[-1] == 1 and len(self.nodes) == 2):
            return len(self.nodes)  # «1.1. В статье 1:» → «1. В подпункте …»: numbering begins again
        return same[-1]

    def _by_prefix(self, number: str) -> int:
        """«1.2.1» behind «1.2» and a list in it belongs to «1.2»."""
        above = number.rpartition(".")[0]
        for at in range(len(self.nodes) - 1, 0, -1):
            if above and self.nodes[at].number == above and self.nodes[at].style.startswith(("dot", "paren")):
                return at + 1
        return len(self.nodes)

    def _item(self, number: str) -> str:
        parent = self.top.item
        if not number:
            return parent
        if not parent or (parent and number.startswith(parent + ".")):
            return number
        return number if number.count(".") and number.partition(".")[0] == parent.partition(".")[0] else f"{parent}.{number}"


def _value(number: str) -> int:
    last = number.rpartition(".")[2].partition("-")[0]
    if last.isdigit():
        return int(last)
    return ord(last.lower()) - ord("а") + 1 if len(last) == 1 else 0


def _goes_on(former: str, number: str) -> bool:
    """Whether one number may follow another of its kind: the same but for the last part, which is higher."""
    return (former.rpartition(".")[0] == number.rpartition(".")[0] and _value(number) > _value(former)) or _outer(former) < _outer(number)


def _outer(number: str) -> tuple[int, ...]:
    return tuple(_value(part) for part in number.split(".")[:-1])


def texts(lines_: Sequence[Line]) -> str:
    """Lines as one text."""
    return "\n".join(line_.written for line_ in lines_ if line_.table is None)
