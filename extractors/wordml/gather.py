"""What a part holds that a person does not see as it is stored, gathered in one pass.

Most of it is absent from most documents, and to go through a large tree costs more than
what is found there: it is gone through once for all, and anew only behind a step that
took something out.
"""

from collections import defaultdict

from lxml import etree

from extractors.wordml.names import ALTERNATE, DRAWING, MATH, TEXT_PATH, Names

CHANGES = (
    "rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange",
    "sectPrChange", "tblGridChange", "numberingChange",
)  # fmt: skip
_GROUPS = {
    "symbols": ("sym", "noBreakHyphen"),
    "former": ("del", "moveFrom"),
    "latter": ("ins", "moveTo"),
    "cells": ("cellIns", "cellDel", "cellMerge"),
    "changes": CHANGES,
    "fields": ("fldChar",),
    "codes": ("instrText", "delInstrText"),
    "boxes": ("txbxContent",),
    **{name: (name,) for name in ("hidden", "vanish", "delText", "rt")},
}
_FOREIGN = {
    ALTERNATE + "AlternateContent": "alternates",
    TEXT_PATH: "wordart",
    **{space + "oMath": "formulas" for space in MATH},
    **{space + "t": "drawings" for space in DRAWING},
}

Gathered = dict[str, list[etree._Element]]
"""The elements of each group, in the order of the document; a group that is not there is empty."""


def gather(root: etree._Element, w: Names) -> Gathered:
    """The elements of all groups that are in the tree now."""
    return _gathered(root, {w(name): group for group, names in _GROUPS.items() for name in names} | _FOREIGN)


def again(root: etree._Element, w: Names, before: Gathered, *wanted: str) -> Gathered:
    """What is left of these groups in a tree that something was taken out of: what was not there before is not sought."""
    there = {group for group in wanted if before[group]}
    named = {w(name): group for group in there for name in _GROUPS.get(group, ())}
    return _gathered(root, named | {name: group for name, group in _FOREIGN.items() if group in there})


def _gathered(root: etree._Element, group_of: dict[str, str]) -> Gathered:
    found: Gathered = defaultdict(list)
    if group_of:
        for element in root.iter(*group_of):
            found[group_of[element.tag]].append(element)
    return found
