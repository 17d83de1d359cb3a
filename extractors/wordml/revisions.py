"""Tracked changes: the text with all of them accepted (final), or all rejected (original).

Norm: ECMA-376 part 1, 17.13.5 (ins, del, moveFrom, moveTo around runs and in the properties of
paragraph marks and rows; cellIns, cellDel, cellMerge in the properties of cells; *Change hold
the former properties).
"""

from lxml import etree

from extractors.leftovers import Leftovers
from extractors.options import View
from extractors.wordml.gather import CHANGES, Gathered
from extractors.wordml.names import Names, is_in, local, owner, remove

_MARKUP = ("former", "latter", "cells", "changes")
_NAMES = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", *CHANGES)
_GOING = {"final": "former", "original": "latter"}
_GONE = {"final": ("del", "moveFrom"), "original": ("ins", "moveTo")}
_GONE_CELL = {"final": "cellDel", "original": "cellIns"}
_KIND = {"final": "deleted", "original": "inserted"}
_CONTAINERS = ("body", "tc", "txbxContent", "footnote", "endnote", "comment", "hdr", "ftr", "docPartBody")
_MERGES = {"cont": "continue", "rest": "restart"}


def settle(root: etree._Element, w: Names, view: View, found: Gathered, left: Leftovers) -> int:
    """Accept or reject every change that was found; returns how many there were, a move counted once."""
    gone = tuple(map(w, _GONE[view]))
    going = [(element, _tag_around(element)) for element in found[_GOING[view]]]
    joined = [owner(mark, w("p")) for mark, around in going if around == w("rPr")]
    rows = [mark for mark, around in going if around == w("trPr")]
    _remove_rows(rows, root, w, left, view)
    _settle_cells(found["cells"], root, w, left, view)
    _settle_properties(found["changes"], view)
    if rows or found["cells"] or found["changes"]:  # some of what goes may be gone with them
        going = [(element, _tag_around(element)) for element in root.iter(*gone)]
    content = [mark for mark, around in going if around != w("rPr") and owner(mark, *gone) is None]
    left.extend(_KIND[view], map(w.text_of, content))
    for element in content:
        remove(element)
    if view == "original":
        _restore(root, w)
    for paragraph in joined:
        if paragraph is not None:
            _join_to_next(paragraph, w)
    return _count([element.tag for group in _MARKUP for element in found[group]], w)


def _count(tags: list[str], w: Names) -> int:
    moves = [tags.count(w(name)) for name in ("moveFrom", "moveTo")]
    return len(tags) - sum(moves) + max(moves)


def _tag_around(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else parent.tag


def _remove_rows(marks: list[etree._Element], root: etree._Element, w: Names, left: Leftovers, view: View) -> None:
    """Rows whose properties say that they go; a table that loses all its rows goes with them."""
    for mark in marks:
        row = owner(mark, w("tr"))
        table = owner(mark, w("tbl"))
        if row is None or table is None or not is_in(row, root):
            continue
        left.add(_KIND[view], w.text_of(row))
        remove(row)
        if next(table.iter(w("tr")), None) is None:
            remove(table)


def _settle_cells(marks: list[etree._Element], root: etree._Element, w: Names, left: Leftovers, view: View) -> None:
    for mark in marks:
        cell, name = owner(mark, w("tc")), local(mark)
        if cell is None or not is_in(cell, root):
            continue
        if name == _GONE_CELL[view]:
            left.add(_KIND[view], w.text_of(cell))
            remove(cell)
        elif name == "cellMerge":
            merge = _MERGES.get(mark.get(w("vMerge" if view == "final" else "vMergeOrig")) or "")
            properties = mark.getparent()
            if merge and properties is not None:
                for old in properties.findall(w("vMerge")):
                    properties.remove(old)
                etree.SubElement(properties, w("vMerge")).set(w.val, merge)


def _settle_properties(changes: list[etree._Element], view: View) -> None:
    """Former properties are dropped in the final view and put back in the original one."""
    for change in changes:
        properties = change.getparent()
        if properties is None:
            continue
        former = next(iter(change), None)
        properties.remove(change)
        if view == "original" and former is not None and former.tag == properties.tag:
            kept = [child for child in properties if local(child) in (*_NAMES, "rPr", "sectPr")]
            properties[:] = [*former, *kept]


def _restore(root: etree._Element, w: Names) -> None:
    """In the original view deleted text is text."""
    for former, now in (("delText", "t"), ("delInstrText", "instrText")):
        for element in root.iter(w(former)):
            element.tag = w(now)


def _join_to_next(paragraph: etree._Element, w: Names) -> None:
    """A paragraph whose mark goes runs on into the next one; an empty one at the end goes altogether."""
    name, following = w("pPr"), paragraph.getnext()
    if following is None or following.tag != w("p"):
        following = _next_block(paragraph, w)
    if following is not None and following.tag == w("p"):
        content = [child for child in paragraph if child.tag != name]
        properties = following.find(name)
        position = 0 if properties is None else following.index(properties) + 1
        following[position:position] = content
        remove(paragraph)
    elif _is_empty(paragraph, w) and (paragraph.getprevious() is not None or following is not None):
        remove(paragraph)


def _next_block(paragraph: etree._Element, w: Names) -> etree._Element | None:
    """The paragraph or table that follows in the same cell, body or note, whatever wrappers either stands in."""
    node = paragraph
    while local(node) not in _CONTAINERS:
        following = node.getnext()
        if following is None:
            parent = node.getparent()
            if parent is None:
                return None
            node = parent
            continue
        found = next(following.iter(w("p"), w("tbl")), None)
        if found is not None:
            return found
        node = following
    return None


def _is_empty(paragraph: etree._Element, w: Names) -> bool:
    return not w.text_of(paragraph) and next(paragraph.iter(w("drawing"), w("pict"), w("object")), None) is None
