"""Automatic numbers: what Word shows before a paragraph and does not store.

Norm: ECMA-376 part 1, 17.9 (abstractNum, num, lvl, lvlOverride, startOverride, lvlRestart,
lvlText, isLgl, suff, numFmt) and 17.9.23 for numbers that come with a paragraph's style.
"""

from typing import NamedTuple

import regex
from lxml import etree

from extractors.leftovers import signs
from extractors.wordml.names import Names, owner
from extractors.wordml.symbols import converted

_PLACE = regex.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LETTERS = {"lowerLetter": "abcdefghijklmnopqrstuvwxyz", "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя"}
_SUFFIXES = {"tab": "\t", "space": " ", "nothing": ""}
_LEVELS = 9


class _Level(NamedTuple):
    """A level of a list: where it starts, in which form it counts, what stands around the number."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "\t"
    restart: int | None = None  # the level, from 1, whose numbers start this one anew; 0 never, None any above
    legal: bool = False  # all numbers in Arabic figures
    font: str = ""
    style: str = ""


class _List(NamedTuple):
    """A list as the paragraphs name it: the counters it shares, its levels, the levels that it starts anew."""

    counters: str
    levels: dict[int, _Level]
    starts: dict[int, int]

    def start(self, position: int) -> int:
        """The first number of a level, here and wherever it starts anew."""
        return self.starts.get(position, self.levels[position].start)


class Lists:
    """The lists of a document; counts its paragraphs in order."""

    def __init__(self, numbering: etree._Element, styles: etree._Element | None) -> None:
        w = Names(numbering)
        patterns = {element.get(w("abstractNumId")) or "": element for element in numbering.iter(w("abstractNum"))}
        self._w, self._patterns = w, patterns
        self._elements = {element.get(w("numId")) or "": element for element in numbering.iter(w("num"))}
        self._lists: dict[str, _List | None] = {}
        self._styles = {} if styles is None else _style_lists(styles)
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def number(self, root: etree._Element) -> int:
        """Write the number of each numbered paragraph into it; returns how many signs that added."""
        w = Names(root)
        added = 0
        p, t, style = map(w, ("p", "t", "pStyle"))
        marks = (mark for mark in root.iter(w("numPr"), style) if mark.tag != style or mark.get(w.val) in self._styles)
        for paragraph in dict.fromkeys(owner(mark, p) for mark in marks):
            label, suffix = ("", "") if paragraph is None else self._label(paragraph, w)
            if paragraph is not None and label:
                empty = next((text for text in paragraph.iter(t) if text.text), None) is None
                _write(paragraph, label if empty else label + suffix, w)
                added += signs(label)
        return added

    def _list(self, number: str) -> _List | None:
        """The list of this number, made when the first paragraph of it is met: templates hold many more than are used."""
        if number not in self._lists:
            element = self._elements.get(number)
            self._lists[number] = None if element is None else _list(element, self._patterns, self._w)
        return self._lists[number]

    def _label(self, paragraph: etree._Element, w: Names) -> tuple[str, str]:
        number, position = self._membership(paragraph, w)
        made = self._list(number)
        if made is None or position not in made.levels:
            return "", ""
        level = made.levels[position]
        counters = self._count(number, made, position)
        return _shown(made, counters, position), _SUFFIXES.get(level.suffix, "\t")

    def _membership(self, paragraph: etree._Element, w: Names) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, else those of its style; "" and 0 for none."""
        properties = paragraph.find(w("pPr"))
        if properties is None:
            return "", 0
        style = properties.find(w("pStyle"))
        named = "" if style is None else style.get(w.val) or ""
        number, position = self._styles.get(named, ("", 0))
        if named and (brought := self._list(number)) is not None:
            position = {level.style: at for at, level in brought.levels.items()}.get(named, position)
        own = properties.find(w("numPr"))
        if own is not None:
            stated, level = own.find(w("numId")), own.find(w("ilvl"))
            number = number if stated is None else stated.get(w.val) or ""
            position = position if level is None else _whole(level.get(w.val))
        return number, position

    def _count(self, number: str, made: _List, position: int) -> list[int]:
        """The counters of the list's levels after one more paragraph of this level."""
        counters = self._counters.setdefault(made.counters, [None] * _LEVELS)
        for level in made.starts:
            if (number, level) not in self._started:
                self._started.add((number, level))
                counters[level] = None
        current = counters[position]
        counters[position] = made.start(position) if current is None else current + 1
        for below in range(position + 1, _LEVELS):
            restart = made.levels[below].restart if below in made.levels else None
            if restart is None or restart > position:
                counters[below] = None
        for above in range(position):
            if counters[above] is None and above in made.levels:
                counters[above] = made.start(above)  # counted, as Word and LibreOffice do: the next one shows the number after it
        return [0 if counter is None else counter for counter in counters]


def _list(element: etree._Element, patterns: dict[str, etree._Element], w: Names) -> _List:
    named = element.find(w("abstractNumId"))
    counters = "" if named is None else named.get(w.val) or ""
    pattern = _pattern(patterns.get(counters), patterns, w)
    levels = {} if pattern is None else {_whole(lvl.get(w("ilvl"))): _level(lvl, w) for lvl in pattern.iterchildren(w("lvl"))}
    starts = {}
    for override in element.iterchildren(w("lvlOverride")):
        position = _whole(override.get(w("ilvl")))
        for lvl in override.iterchildren(w("lvl")):
            levels[position] = _level(lvl, w)
        for start in override.iterchildren(w("startOverride")):
            starts[position] = _whole(start.get(w.val))
    return _List(counters, {position: level for position, level in levels.items() if position < _LEVELS},
                 {position: start for position, start in starts.items() if position < _LEVELS})  # fmt: skip


def _pattern(pattern: etree._Element | None, patterns: dict[str, etree._Element], w: Names) -> etree._Element | None:
    """The pattern itself, or the one that holds the levels of the list style it names (17.9.21)."""
    link = None if pattern is None else pattern.find(w("numStyleLink"))
    if link is None:
        return pattern
    named = link.get(w.val)
    return next((other for other in patterns.values() if (own := other.find(w("styleLink"))) is not None and own.get(w.val) == named), None)


def _level(element: etree._Element, w: Names) -> _Level:
    def value(name: str, usual: str = "") -> str:
        found = element.find(w(name))
        return usual if found is None else found.get(w.val) or usual

    forms = [found.get(w.val) or "" for found in element.iter(w("numFmt"))]  # a custom form stands beside its plain one
    fonts = [font.get(w("ascii")) or font.get(w("hAnsi")) or "" for font in element.iter(w("rFonts"))]
    legal, restart = element.find(w("isLgl")), element.find(w("lvlRestart"))
    return _Level(
        start=_whole(value("start", "1")),
        form=next((form for form in forms if form != "custom"), "decimal"),
        text=value("lvlText"),
        suffix=value("suff", "tab"),
        restart=None if restart is None else _whole(restart.get(w.val)),
        legal=legal is not None and w.is_on(legal),
        font=next(iter(fonts), ""),
        style=value("pStyle"),
    )


def _style_lists(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """The list and level that each paragraph style brings, its own or that of the style it is based on."""
    w = Names(styles)
    based_on, p_pr, num_pr = map(w, ("basedOn", "pPr", "numPr"))
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in styles.iter(w("style")):
        name = style.get(w("styleId")) or ""
        parent = next(style.iterchildren(based_on), None)
        based[name] = "" if parent is None else parent.get(w.val) or ""
        for properties in (inner for outer in style.iterchildren(p_pr) for inner in outer.iterchildren(num_pr)):
            number, level = properties.find(w("numId")), properties.find(w("ilvl"))
            if number is not None:
                own[name] = number.get(w.val) or "", 0 if level is None else _whole(level.get(w.val))
    return {name: found for name in based if (found := _inherited(name, own, based))}


def _inherited(name: str, own: dict[str, tuple[str, int]], based: dict[str, str]) -> tuple[str, int] | None:
    seen: set[str] = set()
    while name and name not in own and name not in seen:
        seen.add(name)
        name = based.get(name, "")
    return own.get(name)


def _shown(made: _List, counters: list[int], position: int) -> str:
    """The label: «%1.%2.» with the numbers in the forms of their levels; a bullet as its font shows it."""
    level = made.levels[position]
    if level.form == "bullet":
        return converted(level.text, level.font)

    def of(match: "regex.Match[str]") -> str:
        at = int(match[1]) - 1
        form = made.levels[at].form if at in made.levels else "decimal"
        return in_form(counters[at], "decimal" if level.legal and form != "none" else form)

    return _PLACE.sub(of, level.text)


def in_form(number: int, form: str) -> str:
    """A number as a list writes it; a form that is not known is written in figures.

    >>> in_form(4, "upperRoman"), in_form(30, "russianLower"), in_form(7, "decimalZero")
    ('IV', 'бб', '07')
    """
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02}"
    lower = "lower" + form[5:] if form.startswith("upper") else form.replace("russianUpper", "russianLower")
    made = str(number)
    if lower == "lowerRoman":
        made = _roman(number)
    elif lower in _LETTERS and 0 < number < 1000:
        letters = _LETTERS[lower]
        made = letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
    return made.upper() if lower != form else made


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    made = ""
    for value, written in _ROMAN:
        times, number = divmod(number, value)
        made += written * times
    return made


def _write(paragraph: etree._Element, text: str, w: Names) -> None:
    """A run with the text, in front of what the paragraph holds."""
    run = etree.Element(w("r"))
    etree.SubElement(run, w("t")).text = text
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, run)


def _whole(value: str | None) -> int:
    """A count from an attribute; nonsense is 0."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 8 else 0
