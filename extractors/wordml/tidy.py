"""The tree of a part → the tree of what a person sees in it.

Each pass removes or rewrites one thing of WordprocessingML that a reader does not see as it
is stored, and lists the characters that go. After them text is `w:t`, and every element
that is not a paragraph, table, row or cell may be looked through.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from extractors.invisible import invisible_in, without_invisible
from extractors.leftovers import Leftovers
from extractors.options import View
from extractors.wordml.gather import Gathered, again, gather
from extractors.wordml.names import ALTERNATE, MATH, Names, is_in, owner, remove
from extractors.wordml.revisions import settle
from extractors.wordml.symbols import sign

_VISIBLE_IN_A_RUN = ("t", "tab", "br", "cr", "ptab")
_DROPPED = (("codes", "field-code"), ("delText", "deleted"), ("rt", "ruby"))
_MARKUP, _HIDING = ("former", "latter", "cells", "changes"), ("hidden", "vanish")
_LAST = ("fields", "codes", "delText", "rt", "boxes", "wordart", "formulas", "drawings")  # groups by the step that asks for them last


class Tidied(NamedTuple):
    """What the passes found: the number of tracked changes, of signs added, and the texts drawn as pictures."""

    changes: int
    computed: int
    wordart: tuple[str, ...]


def tidy(root: etree._Element, w: Names, view: View, hidden_styles: Collection[str], left: Leftovers) -> Tidied:
    """Rewrite the tree in place; `hidden_styles` are the styles whose text is hidden."""
    changes, found = 0, gather(root, w)
    _symbols(found["symbols"], w)
    if found["alternates"]:
        _one_alternate(found["alternates"], w, left)
        found = again(root, w, found, *_MARKUP, *_HIDING, *_LAST)
    if any(found[group] for group in _MARKUP):
        changes = settle(root, w, view, found, left)
        found = again(root, w, found, *_HIDING, *_LAST)
    if hidden_styles or found["vanish"] or found["hidden"]:
        _hidden(root, w, found, hidden_styles, left)
        found = again(root, w, found, *_LAST)
    if found["fields"] and _field_codes(root, w, left):
        found = again(root, w, found, *_LAST)
    for group, kind in _DROPPED:
        if _drop(found[group], w, kind, left):
            found = again(root, w, found, *_LAST)
    _text_boxes(found["boxes"], w)
    wordart = tuple(text for element in found["wordart"] if (text := element.get("string")))
    computed = _formulas(root, w) if found["formulas"] else 0
    _drop(found["drawings"], w, "drawing", left)
    return Tidied(changes, computed, wordart)


def drop_invisible(root: etree._Element, w: Names, left: Leftovers) -> None:
    """Soft hyphens and other characters without width are no part of the text."""
    there = invisible_in(str(root.xpath("string()")))
    if not there:
        return
    signs = frozenset(there)
    for element in root.iter(w("t")):
        text = element.text
        if text and not signs.isdisjoint(text):
            element.text, taken = without_invisible(text)
            left.add("invisible", taken)


def _drop(found: list[etree._Element], w: Names, kind: str, left: Leftovers) -> bool:
    """Take elements out of the tree; one that stands in another goes with it. Returns whether any held others."""
    held = any(map(len, found))
    if held:
        names = {str(element.tag) for element in found}
        found = [element for element in found if owner(element, *names) is None]
    left.extend(kind, map(w.text_of, found))
    for element in found:
        remove(element)
    return held


def _one_alternate(found: list[etree._Element], w: Names, left: Leftovers) -> None:
    """Of the branches that say the same for newer and older programs one stays: the first that holds text."""
    removed: set[etree._Element] = set()
    for element in found:
        if element in removed:
            continue
        texts = [(branch, w.text_of(branch)) for branch in element]
        chosen = next((branch for branch, text in texts if text), texts[0][0] if texts else None)
        for branch, text in texts:
            if branch is not chosen:
                removed.update(branch.iter(ALTERNATE + "AlternateContent"))
                element.remove(branch)
                if text:
                    left.add("alternate", text)


def _symbols(found: list[etree._Element], w: Names) -> None:
    """`w:sym` and the hyphen that keeps its line become the text that they show."""
    char, font, hyphen, t = map(w, ("char", "font", "noBreakHyphen", "t"))
    shown: dict[tuple[str, str], str] = {}
    for element in found:
        key = element.get(char) or "", element.get(font) or ""
        if key not in shown:
            shown[key] = sign(*key)
        element.text = "-" if element.tag == hyphen else shown[key]
        element.tag = t


def _hidden(root: etree._Element, w: Names, found: Gathered, styles: Collection[str], left: Leftovers) -> None:
    """Hidden rows, and runs hidden by their own properties, their style or the paragraph's style (17.3.2.41)."""
    for mark in found["hidden"]:
        parent = mark.getparent()
        row = owner(mark, w("tr")) if parent is not None and parent.tag == w("trPr") and w.is_on(mark) else None
        if row is not None and is_in(row, root):
            left.add("hidden", w.text_of(row))
            remove(row)
    if found["hidden"]:
        found = again(root, w, found, "vanish")
    for run in _hidden_runs(root, w, found["vanish"], styles):
        left.add("hidden", w.text_of(run))
        remove(run)


def _hidden_runs(root: etree._Element, w: Names, marks: Iterable[etree._Element], styles: Collection[str]) -> list[etree._Element]:
    own = {run: w.is_on(mark) for run, mark in _of_runs(marks, w)}
    runs = dict(own)
    if styles:
        for run, mark in _of_runs(root.iter(w("rStyle")), w):
            if mark.get(w.val) in styles:
                runs[run] = own.get(run, True)
        for mark in root.iter(w("pStyle")):
            paragraph = owner(mark, w("p")) if mark.get(w.val) in styles else None
            if paragraph is not None:
                runs |= {run: own.get(run, True) for run in paragraph.iter(w("r"))}
    return [run for run, hidden in runs.items() if hidden]


def _of_runs(marks: Iterable[etree._Element], w: Names) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The marks among the properties of runs, each with its run; those of paragraph marks are none."""
    r = w("r")
    for mark in marks:
        properties = mark.getparent()
        run = None if properties is None else properties.getparent()
        if run is not None and run.tag == r:
            yield run, mark


def _field_codes(root: etree._Element, w: Names, left: Leftovers) -> bool:
    """What stands between the beginning of a field and its separator is code, also when it is written as text.

    A field that is cut off, without its end, hides nothing. Returns whether any was written so.
    """
    mark, kind_of = w("fldChar"), w("fldCharType")
    seen: list[etree._Element] = []  # what a person would see inside of fields, code or not
    fields: list[tuple[int, int | None]] = []  # those that are open: where in it their code begins and ends
    codes: list[tuple[int, int]] = []
    for element in root.iter(mark, *map(w, _VISIBLE_IN_A_RUN)):
        if element.tag != mark:
            if fields:
                seen.append(element)
            continue
        kind = element.get(kind_of)
        if kind == "begin":
            fields.append((len(seen), None))
        elif kind == "separate" and fields and fields[-1][1] is None:
            fields[-1] = fields[-1][0], len(seen)
        elif kind == "end" and fields:
            begin, end = fields.pop()
            codes.append((begin, len(seen) if end is None else end))
    reached = 0
    for begin, end in sorted(codes):
        for element in seen[max(begin, reached) : end]:
            left.add("field-code", w.text_of(element))
            remove(element)
        reached = max(reached, end)
    return reached > 0


def _text_boxes(found: list[etree._Element], w: Names) -> None:
    """The paragraphs and tables of a text box come behind the paragraph that it hangs on."""
    for box in reversed(found):
        anchor = owner(box, w("p"))
        if anchor is not None:
            remove(box)
            for block in reversed(list(box)):
                anchor.addnext(block)


def _formulas(root: etree._Element, w: Names) -> int:
    """The characters of formulas are text; a fraction gets its bar as «/»; returns how many were added."""
    added = 0
    for space in MATH:
        for denominator in root.iter(space + "den"):
            bar = etree.Element(w("t"))
            bar.text = "/"
            denominator.insert(0, bar)
            added += 1
        for element in root.iter(space + "t"):
            element.tag = w("t")
    return added
