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
_OF_CHANGES = ("symbols", "former", "latter", "cells", "changes")
_FOREIGN = {
    ALTERNATE + "AlternateContent": "alternates",
    TEXT_PATH: "wordart",
    **{space + "oMath": "formulas" for space in MATH},
    **{space + "t": "drawings" for space in DRAWING},
}

Gathered = dict[str, list[etree._Element]]
"""The elements of each group, in the order of the document; a group that is not there is empty."""


def gather(root: etree._Element, w: Names, settled: bool = False) -> Gathered:
    """The elements of all groups that are in the tree now; once its changes are settled nobody asks for those."""
    group_of = {w(name): group for group, names in _GROUPS.items() if not (settled and group in _OF_CHANGES) for name in names} | _FOREIGN
    found: Gathered = defaultdict(list)
    for element in root.iter(*group_of):
        found[group_of[element.tag]].append(element)
    return found
