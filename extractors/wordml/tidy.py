"""The tree of a part → the tree of what a person sees in it.

Each pass removes or rewrites one thing of WordprocessingML that a reader does not see as it
is stored, and lists the characters that go. After them text is `w:t`, and every element
that is not a paragraph, table, row or cell may be looked through.
"""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from lxml import etree

from extractors.invisible import invisible_in, without_invisible
from extractors.leftovers import Leftovers
from extractors.options import View
from extractors.wordml.names import ALTERNATE, DRAWING, MATH, TEXT_PATH, Names, is_in, owner, remove, topmost
from extractors.wordml.revisions import MARKUP, settle
from extractors.wordml.symbols import sign

_VISIBLE_IN_A_RUN = ("t", "tab", "br", "cr", "ptab")
_HIDING = ("vanish", "hidden")


class Tidied(NamedTuple):
    """What the passes found: the number of tracked changes, of signs added, and the texts drawn as pictures."""

    changes: int
    computed: int
    wordart: tuple[str, ...]


def tidy(root: etree._Element, w: Names, view: View, hidden_styles: Collection[str], left: Leftovers) -> Tidied:
    """Rewrite the tree in place; `hidden_styles` are the styles whose text is hidden."""
    present = _present(root, w)
    if not present and not hidden_styles:
        return Tidied(0, 0, ())
    changes = computed = 0
    wordart: tuple[str, ...] = ()
    if present.intersection(("sym", "noBreakHyphen")):
        _symbols(root, w)
    if "AlternateContent" in present:
        _one_alternate(root, w, left)
    if present.intersection(MARKUP):
        changes = settle(root, w, view, left)
    if hidden_styles or present.intersection(_HIDING):
        _hidden(root, w, hidden_styles, left)
    if "fldChar" in present:
        _field_codes(root, w, left)
    passes: tuple[tuple[str, Callable[[], None]], ...] = (
        ("instrText delInstrText", lambda: _drop(root, w, (w("instrText"), w("delInstrText")), "field-code", left)),
        ("delText", lambda: _drop(root, w, (w("delText"),), "deleted", left)),
        ("rt", lambda: _drop(root, w, (w("rt"),), "ruby", left)),
        ("txbxContent", lambda: _text_boxes(root, w)),
    )
    for names, run in passes:
        if present.intersection(names.split()):
            run()
    if "textpath" in present:
        wordart = _wordart(root)
    if "oMath" in present:
        computed = _formulas(root, w)
    if "drawing-text" in present:
        _drop(root, w, tuple(space + "t" for space in DRAWING), "drawing", left)
    return Tidied(changes, computed, wordart)


def drop_invisible(root: etree._Element, w: Names, left: Leftovers) -> None:
    """Soft hyphens and other characters without width are no part of the text."""
    there = invisible_in(str(root.xpath("string()")))
    if not there:
        return
    for element in root.iter(w("t")):
        text = element.text
        if text and any(sign in text for sign in there):
            element.text, taken = without_invisible(text)
            left.add("invisible", taken)


def _present(root: etree._Element, w: Names) -> set[str]:
    """Which of the things that need a pass the tree holds."""
    names = (
        *map(w, (*MARKUP, *_HIDING, "sym", "noBreakHyphen", "fldChar", "instrText", "delInstrText", "delText", "rt", "txbxContent")),
        ALTERNATE + "AlternateContent", TEXT_PATH, *(space + "oMath" for space in MATH),
    )  # fmt: skip
    found = {tag.rpartition("}")[2] for tag in {str(element.tag) for element in root.iter(*names)}}
    if next(root.iter(*(space + "t" for space in DRAWING)), None) is not None:
        found.add("drawing-text")
    return found


def _drop(root: etree._Element, w: Names, names: tuple[str, ...], kind: str, left: Leftovers) -> None:
    """Take out all elements of these names."""
    found = list(root.iter(*names))
    if any(map(len, found)):
        found = list(topmost(root, *names))
    left.extend(kind, map(w.text_of, found))
    etree.strip_elements(root, *names)


def _one_alternate(root: etree._Element, w: Names, left: Leftovers) -> None:
    """Of the branches that say the same for newer and older programs one stays: the first that holds text."""
    removed: set[etree._Element] = set()
    for element in list(root.iter(ALTERNATE + "AlternateContent")):
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


def _symbols(root: etree._Element, w: Names) -> None:
    """`w:sym` and the hyphen that keeps its line become the text that they show."""
    char, font, t = w("char"), w("font"), w("t")
    shown: dict[tuple[str, str], str] = {}
    for element in list(root.iter(w("sym"))):
        key = element.get(char) or "", element.get(font) or ""
        if key not in shown:
            shown[key] = sign(*key)
        element.text, element.tag = shown[key], t
    for element in list(root.iter(w("noBreakHyphen"))):
        element.text, element.tag = "-", t


def _hidden(root: etree._Element, w: Names, styles: Collection[str], left: Leftovers) -> None:
    """Hidden rows, and runs hidden by their own properties, their style or the paragraph's style (17.3.2.41)."""
    for mark in list(root.iter(w("hidden"))):
        parent = mark.getparent()
        row = owner(mark, w("tr")) if parent is not None and parent.tag == w("trPr") and w.is_on(mark) else None
        if row is not None and is_in(row, root):
            left.add("hidden", w.text_of(row))
            remove(row)
    for run in _hidden_runs(root, w, styles):
        left.add("hidden", w.text_of(run))
        remove(run)


def _hidden_runs(root: etree._Element, w: Names, styles: Collection[str]) -> list[etree._Element]:
    own = {run: w.is_on(mark) for run, mark in _of_runs(root, w, "vanish")}
    found = dict(own)
    if styles:
        for run, mark in _of_runs(root, w, "rStyle"):
            if mark.get(w.val) in styles:
                found[run] = own.get(run, True)
        for mark in root.iter(w("pStyle")):
            paragraph = owner(mark, w("p")) if mark.get(w.val) in styles else None
            if paragraph is not None:
                found |= {run: own.get(run, True) for run in paragraph.iter(w("r"))}
    return [run for run, hidden in found.items() if hidden]


def _of_runs(root: etree._Element, w: Names, name: str) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The marks of this name among the properties of runs, each with its run; those of paragraph marks are none."""
    r = w("r")
    for mark in root.iter(w(name)):
        properties = mark.getparent()
        run = None if properties is None else properties.getparent()
        if run is not None and run.tag == r:
            yield run, mark


def _field_codes(root: etree._Element, w: Names, left: Leftovers) -> None:
    """What stands between the beginning of a field and its separator is code, also when it is written as text.

    A field that is cut off, without its end, hides nothing.
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


def _text_boxes(root: etree._Element, w: Names) -> None:
    """The paragraphs and tables of a text box come behind the paragraph that it hangs on."""
    for box in reversed(list(root.iter(w("txbxContent")))):
        anchor = owner(box, w("p"))
        if anchor is not None:
            remove(box)
            for block in reversed(list(box)):
                anchor.addnext(block)


def _wordart(root: etree._Element) -> tuple[str, ...]:
    return tuple(text for element in root.iter(TEXT_PATH) if (text := element.get("string")))


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
