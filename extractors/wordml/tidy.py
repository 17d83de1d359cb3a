"""The tree of a part → the tree of what a person sees in it.

Each pass removes or rewrites one thing of WordprocessingML that a reader does not see as it
is stored, and lists the characters that go. After them text is `w:t`, and every element
that is not a paragraph, table, row or cell may be looked through.
"""

from collections.abc import Callable, Collection
from typing import NamedTuple

from lxml import etree

from extractors.invisible import has_invisible, without_invisible
from extractors.leftovers import Leftovers
from extractors.options import View
from extractors.wordml.names import ALTERNATE, DRAWING, MATH, TEXT_PATH, Names, is_in, local, owner, remove, topmost
from extractors.wordml.revisions import MARKUP, settle
from extractors.wordml.symbols import sign

_VISIBLE_IN_A_RUN = ("t", "tab", "br", "cr", "ptab")
_FORMATTING = ("vanish", "rStyle", "pStyle", "hidden")


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
    if hidden_styles or present.intersection(_FORMATTING):
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
    if has_invisible(str(root.xpath("string()"))):
        for element in root.iter(w("t")):
            seen, taken = without_invisible(element.text or "")
            if taken:
                left.add("invisible", taken)
                element.text = seen


def _present(root: etree._Element, w: Names) -> set[str]:
    """Which of the things that need a pass the tree holds."""
    names = (
        *map(w, (*MARKUP, *_FORMATTING, "sym", "noBreakHyphen", "fldChar", "instrText", "delInstrText", "delText", "rt", "txbxContent")),
        ALTERNATE + "AlternateContent", TEXT_PATH, *(space + "oMath" for space in MATH),
    )  # fmt: skip
    found = {local(element) for element in root.iter(*names)}
    if next(root.iter(*(space + "t" for space in DRAWING)), None) is not None:
        found.add("drawing-text")
    return found - {"rStyle", "pStyle"}


def _drop(root: etree._Element, w: Names, names: tuple[str, ...], kind: str, left: Leftovers) -> None:
    for element in topmost(root, *names):
        left.add(kind, w.text_of(element))
        remove(element)


def _one_alternate(root: etree._Element, w: Names, left: Leftovers) -> None:
    """Of the branches that say the same for newer and older programs one stays: the first that holds text."""
    for element in list(root.iter(ALTERNATE + "AlternateContent")):
        if not is_in(element, root):
            continue  # inside a branch that has been removed
        branches = list(element)
        chosen = next((branch for branch in branches if w.text_of(branch)), branches[0] if branches else None)
        for branch in branches:
            if branch is not chosen:
                element.remove(branch)
                if w.text_of(branch):
                    left.add("alternate", w.text_of(branch))


def _symbols(root: etree._Element, w: Names) -> None:
    """`w:sym` and the hyphen that keeps its line become the text that they show."""
    for element in list(root.iter(w("sym"), w("noBreakHyphen"))):
        code, font = element.get(w("char")) or "", element.get(w("font")) or ""
        element.text = sign(code, font) if local(element) == "sym" else "-"
        element.tag = w("t")


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
        for child in list(run):
            if child.tag != w("rPr"):
                run.remove(child)


def _hidden_runs(root: etree._Element, w: Names, styles: Collection[str]) -> list[etree._Element]:
    own: dict[etree._Element, bool] = {run: w.is_on(mark) for mark in root.iter(w("vanish")) if (run := _run_of(mark, w)) is not None}
    found = dict(own)
    if styles:
        for mark in root.iter(w("rStyle")):
            run = _run_of(mark, w)
            if run is not None and mark.get(w.val) in styles:
                found[run] = own.get(run, True)
        for mark in root.iter(w("pStyle")):
            paragraph = owner(mark, w("p"))
            if paragraph is not None and mark.get(w.val) in styles:
                found |= {run: own.get(run, True) for run in paragraph.iter(w("r"))}
    return [run for run, hidden in found.items() if hidden]


def _run_of(mark: etree._Element, w: Names) -> etree._Element | None:
    """The run whose properties the mark stands in; None for the properties of a paragraph mark."""
    properties = mark.getparent()
    run = None if properties is None else properties.getparent()
    return run if run is not None and run.tag == w("r") else None


def _field_codes(root: etree._Element, w: Names, left: Leftovers) -> None:
    """What stands between the beginning of a field and its separator is code, also when it is written as text."""
    events = list(root.iter(w("fldChar"), *map(w, _VISIBLE_IN_A_RUN)))
    whole = _whole_fields(events, w)
    open_fields: list[bool] = []
    for element in events:
        if element.tag != w("fldChar"):
            if any(open_fields):
                left.add("field-code", w.text_of(element))
                remove(element)
            continue
        kind = whole.get(element)
        if kind == "begin":
            open_fields.append(True)
        elif kind == "separate":
            open_fields[-1] = False
        elif kind == "end":
            open_fields.pop()


def _whole_fields(events: list[etree._Element], w: Names) -> dict[etree._Element, str]:
    """The marks of fields that have both a beginning and an end; a field that is cut off hides nothing."""
    whole: dict[etree._Element, str] = {}
    stack: list[list[etree._Element]] = []
    for element in events:
        kind = element.get(w("fldCharType")) if element.tag == w("fldChar") else None
        if kind == "begin":
            stack.append([element])
        elif kind == "separate" and stack and len(stack[-1]) == 1:
            stack[-1].append(element)
        elif kind == "end" and stack:
            whole |= dict(zip(stack.pop(), ("begin", "separate"), strict=False))
            whole[element] = "end"
    return whole


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
