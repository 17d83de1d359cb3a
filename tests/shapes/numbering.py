"""Automatic numbering: numbers that stood in the text become what Word computes from w:numPr.

The counters of Word are followed here step by step, so that every computed number is the
one that stood there: a number that comes of itself goes on in the running list, any other
begins a new one (by startOverride, or by a list of its own with other beginnings).
"""

import re

from lxml import etree

from tests.shapes.word import Word, el, properties, put, q, signs, text_of

_NUMBER = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*)(\.?)\s*")
_ITEM = re.compile(r"\s*(\d{1,2})([.)])(\s*)(\S.*)", re.S)
_BULLET = re.compile(r"\s*([·-])(\s+)(\S.*)", re.S)
_LEVELS = 3


def numbering(word: Word) -> None:
    """The number column of the appendices, headings, items of lists and bullets, numbered by Word."""
    root = word.tree("word/numbering.xml")
    for table in word.tables():
        if len(table.find(q("w:tblGrid"))) > 6:
            _column(word, root, table)
    _lists(word, root)


def _column(word: Word, root: etree._Element, table: etree._Element) -> None:
    counters: list[int] = []
    key = ""
    dotted = ""
    for row in table.findall(q("w:tr")):
        cells = row.findall(q("w:tc"))
        held = cells[0].findall(q("w:p")) if cells else []
        match = _NUMBER.fullmatch(text_of(held[0])) if len(held) == 1 and len(held[0]) == 1 else None
        if match is None or _is_header(cells) or not word.some(0.9):
            continue
        wanted = [int(part) for part in match[1].split(".")]
        if len(wanted) > _LEVELS:
            continue
        following = _next(counters, len(wanted))
        if not key or following != wanted or match[2] != dotted:
            key, dotted = _own_list(word, root, wanted, match[2]), match[2]
        counters = wanted
        _number(word, held[0], key, len(wanted) - 1, match[0])


def _is_header(cells: list[etree._Element]) -> bool:
    return len(cells) > 2 and all(signs(text_of(cell)).isdigit() for cell in cells)


def _next(counters: list[int], length: int) -> list[int]:
    """The number that comes of itself: the next of its level, or the first one below."""
    if len(counters) < length:
        return [*counters, *[1] * (length - len(counters))]
    return [*counters[: length - 1], counters[length - 1] + 1]


def _own_list(word: Word, root: etree._Element, starts: list[int], dot: str) -> str:
    """A list with levels «1», «1.1», «1.1.1» whose levels begin where they are wanted; some are legal numbers of Roman ones."""
    legal = word.rng.random() < 0.4
    levels = []
    for level in range(_LEVELS):
        start = starts[level] if level < len(starts) else 1
        text = ".".join(f"%{n + 1}" for n in range(level + 1)) + dot
        parts = [el("w:start", val=start), el("w:numFmt", val=word.rng.choice(["upperRoman", "lowerLetter"]) if legal else "decimal")]
        if level and word.rng.random() < 0.3:
            parts.append(el("w:lvlRestart", val=level))
        parts += [el("w:isLgl")] if legal else []
        parts += [el("w:suff", val="nothing")] if word.rng.random() < 0.7 else []
        levels.append(el("w:lvl", *parts, el("w:lvlText", val=text), el("w:lvlJc", val="left"), ilvl=level))
    return _list(root, word, levels)


def _list(root: etree._Element, word: Word, levels: list[etree._Element]) -> str:
    abstract = str(word.number())
    made = el("w:abstractNum", el("w:multiLevelType", val="multilevel"), *levels, abstractNumId=abstract)
    first = root.find(q("w:num"))
    (root.append if first is None else first.addprevious)(made)
    return _num(root, word, abstract)


def _num(root: etree._Element, word: Word, abstract: str, *overrides: etree._Element) -> str:
    key = str(word.number())
    root.append(el("w:num", el("w:abstractNumId", val=abstract), *overrides, numId=key))
    return key


def _number(word: Word, held: etree._Element, key: str, level: int, was: str) -> None:
    """The paragraph gets its number from the list, and what stood there is taken out."""
    put(properties(held, "w:pPr"), el("w:numPr", el("w:ilvl", val=level), el("w:numId", val=key)))
    word.computed += len(signs(was))
    for text in held.iter(q("w:t")):
        text.text = (text.text or "")[len(was) :]
        if not text.text:
            held.remove(text.getparent())
        break


def _lists(word: Word, root: etree._Element) -> None:
    """Headings «1.», items «1)» under them, and bullets, in body and cells."""
    lists = _Lists(word, root)
    for found in word.paragraphs():
        runs = found.findall(q("w:r"))
        if len(runs) != 1 or len(found) != 1 or found.getparent().tag not in (q("w:body"), q("w:tc")):
            continue
        text = text_of(found)
        item, bullet = _ITEM.fullmatch(text), _BULLET.fullmatch(text)
        if item and word.some(0.8):
            lists.item(found, int(item[1]), item[2], item[3], text[: item.start(4)])
        elif bullet and word.some(0.8):
            lists.bullet(found, bullet[1], text[: bullet.start(3)])
        elif item:
            lists.left_as_text(found)


class _Lists:
    """The running list of headings (level 0) and items (level 1), with its counters."""

    def __init__(self, word: Word, root: etree._Element) -> None:
        self.word, self.root = word, root
        self.abstract = {suffix: self._abstract(suffix) for suffix in ("tab", "space", "nothing")}
        self.state: dict[str, tuple[str, list[int]]] = {}
        self.bullets: dict[str, str] = {}
        self.styles: list[str] = []

    def _abstract(self, suffix: str) -> str:
        levels = [
            el("w:lvl", el("w:start", val=1), el("w:numFmt", val="decimal"), el("w:suff", val=suffix),
               el("w:lvlText", val=f"%{level + 1}{sign}"), el("w:lvlJc", val="left"), ilvl=level)
            for level, sign in enumerate(".)")
        ]  # fmt: skip
        key = _list(self.root, self.word, levels)
        return next(num for num in self.root.findall(q("w:num")) if num.get(q("w:numId")) == key).find(q("w:abstractNumId")).get(q("w:val"))

    def item(self, found: etree._Element, number: int, sign: str, blanks: str, was: str) -> None:
        """A paragraph with its number computed."""
        if sign == "." and self.word.rng.random() < 0.25:
            self._by_style(found, number, blanks, was)
            return
        suffix = self.word.rng.choice(["tab", "space"]) if blanks else "nothing"
        level = ".)".index(sign)
        key, counters = self.state.get(suffix, ("", [0, 0]))
        if not key or counters[level] + 1 != number:
            override = el("w:lvlOverride", el("w:startOverride", val=number), ilvl=level)
            key = _num(self.root, self.word, self.abstract[suffix], override)
        counters = [number, 0] if level == 0 else [counters[0] or 1, number]  # an item without a heading counts as under one
        self.state[suffix] = (key, counters)
        _number(self.word, found, key, level, was)

    def _by_style(self, found: etree._Element, number: int, blanks: str, was: str) -> None:
        """Through a paragraph style: the style names the list, the list's level names the style."""
        name = f"Раздел{self.word.number()}"
        suffix = "tab" if blanks else "nothing"
        level = el("w:lvl", el("w:start", val=number), el("w:numFmt", val="decimal"), el("w:pStyle", val=name), el("w:suff", val=suffix),
                   el("w:lvlText", val="%1."), el("w:lvlJc", val="left"), ilvl=0)  # fmt: skip
        key = _list(self.root, self.word, [level])
        self.word.style("paragraph", name, el("w:pPr", el("w:numPr", el("w:numId", val=key))))
        heir = self.word.style("paragraph", f"{name}Наследник", el("w:basedOn", val=name)) if self.word.rng.random() < 0.4 else name
        self.styles.append(name)
        put(properties(found, "w:pPr"), el("w:pStyle", val=heir))
        self.word.computed += len(signs(was))
        text = next(found.iter(q("w:t")))
        text.text = (text.text or "")[len(was) :]

    def bullet(self, found: etree._Element, sign: str, was: str) -> None:
        """A paragraph with its bullet computed."""
        if sign not in self.bullets:
            level = el(
                "w:lvl", el("w:start", val=1), el("w:numFmt", val="bullet"), el("w:lvlText", val=sign), el("w:lvlJc", val="left"), ilvl=0
            )
            self.bullets[sign] = _list(self.root, self.word, [level])
        _number(self.word, found, self.bullets[sign], 0, was)

    def left_as_text(self, found: etree._Element) -> None:
        """A number left as text in a paragraph whose style would number it, but that says numId 0."""
        if self.styles:
            put(properties(found, "w:pPr"), el("w:pStyle", val=self.word.rng.choice(self.styles)))
            put(properties(found, "w:pPr"), el("w:numPr", el("w:ilvl", val=0), el("w:numId", val=0)))
