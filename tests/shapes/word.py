"""A Word file that is being reshaped: its parts, its main document as a tree, and what was done to it.

Elements are built and put in the order that the schema wants, so that every shaped file
is one that Word itself could have written.
"""

import io
import random
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from lxml import etree

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
}
STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}
OFFICE = NS["r"] + "/"
MAIN = "word/document.xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DECLARED = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."

ORDER = {
    "rPr": "ins del moveFrom moveTo rStyle rFonts b i noProof vanish webHidden color sz highlight u vertAlign lang rPrChange",
    "pPr": "pStyle keepNext pageBreakBefore widowControl numPr tabs spacing ind jc outlineLvl rPr sectPr pPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge shd vAlign cellIns cellDel cellMerge tcPrChange",
    "trPr": "gridBefore gridAfter wBefore wAfter cantSplit tblHeader hidden ins del trPrChange",
    "tblPr": "tblStyle tblW jc tblLook tblPrChange",
    "sectPr": "headerReference footerReference footnotePr pgSz pgMar cols titlePg docGrid sectPrChange",
}
_TRANSITIONAL = {new: old for old, new in STRICT.items()}
FIGURE = re.compile(r"[\s\d,.%–-]*\d[\s\d,.%–-]*|[–-]|\s*")
DEAD = "dead"  # an attribute that marks, until the file is saved, what a person does not see


class Expectations(NamedTuple):
    """What a shape hid or added: texts piece by piece, and counts."""

    revisions: int = 0
    deleted: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    endnotes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    computed: int = 0


class Shaped(NamedTuple):
    """A shaped file, and what was done to it."""

    data: bytes
    expect: Expectations


@cache
def q(tag: str) -> str:
    """«w:p» as lxml names it."""
    prefix, _, name = tag.partition(":")
    return f"{{{NS[prefix]}}}{name}"


def el(
    tag: str, *children: etree._Element, text: str | None = None, attrs: dict[str, str] | None = None, **values: object
) -> etree._Element:
    """An element; keywords are attributes in the w namespace, `attrs` those with a prefix or none."""
    made = etree.Element(q(tag), nsmap={tag.partition(":")[0]: NS[tag.partition(":")[0]]})
    for name, value in values.items():
        made.set(q(f"w:{name}"), str(value))
    for name, value in (attrs or {}).items():
        made.set(q(name) if ":" in name else name, value)
    if text is not None:
        made.text = text
        if text != text.strip() or tag in ("w:t", "w:delText"):
            made.set(_SPACE, "preserve")
    made.extend(children)
    return made


def run(text: str, *properties: etree._Element, tag: str = "w:t") -> etree._Element:
    """A run of text with its properties."""
    return el("w:r", *([el("w:rPr", *properties)] if properties else []), el(tag, text=text))


def paragraph(text: str, *properties: etree._Element) -> etree._Element:
    """A paragraph of one run."""
    return el("w:p", *([el("w:pPr", *properties)] if properties else []), run(text))


def put(properties: etree._Element, child: etree._Element) -> etree._Element:
    """Put a property where the schema wants it."""
    order = ORDER[etree.QName(properties).localname].split()
    rank = order.index(etree.QName(child).localname)
    for position, other in enumerate(properties):
        name = etree.QName(other).localname
        if name in order and order.index(name) > rank:
            properties.insert(position, child)
            return child
    properties.append(child)
    return child


def properties(element: etree._Element, tag: str) -> etree._Element:
    """The element's properties, made when there are none: w:pPr of a w:p, w:trPr of a w:tr …"""
    found = element.find(q(tag))
    if found is None:
        found = el(tag)
        behind = element.find(q("w:tblPrEx")) if tag == "w:trPr" else None
        element.insert(0 if behind is None else 1, found)
    return found


def wrap(element: etree._Element, outer: etree._Element, inner: etree._Element | None = None) -> etree._Element:
    """Put `outer` in the element's stead, and the element into it (or into `inner`, a part of it)."""
    element.addprevious(outer)
    (outer if inner is None else inner).append(element)
    return outer


def text_of(element: etree._Element) -> str:
    """All w:t under an element, joined."""
    return "".join(found.text or "" for found in element.iter(q("w:t")))


def signs(texts: Iterator[str] | tuple[str, ...] | list[str] | str) -> str:
    """The signs that are not blank."""
    return "".join("".join(texts).split())


class Word:
    """The package: other parts as bytes or trees, the main document as a tree with all prefixes declared; a strict file becomes transitional."""

    def __init__(self, data: bytes, seed: str, rate: float = 1.0) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: _in_namespaces(name, package.read(name), _TRANSITIONAL) for name in package.namelist()}
        self.trees: dict[str, etree._Element] = {}
        self.rng = random.Random(seed)
        self.rate = rate
        self.noted: dict[str, list[str]] = {}
        self.computed = 0
        self.ids = 1000
        self.namespaces: dict[str, str] = {}  # replaced in every part when the file is saved
        self.root = self._declared(etree.fromstring(self.parts[MAIN]))
        self.body = self.root.find(q("w:body"))

    def _declared(self, root: etree._Element) -> etree._Element:
        made = etree.Element(root.tag, nsmap={**root.nsmap, **NS})
        made.set(q("mc:Ignorable"), "w14 w15 wp14")
        made.extend(list(root))
        return made

    def tree(self, name: str) -> etree._Element:
        """A part as a tree that is written back when the file is saved."""
        if name not in self.trees:
            self.trees[name] = etree.fromstring(self.parts[name])
        return self.trees[name]

    def note(self, kind: str, text: str) -> str:
        """Remember a text that was hidden, deleted, noted …"""
        self.noted.setdefault(kind, []).append(text)
        return text

    def some(self, share: float = 1.0) -> bool:
        """Whether to do it here: by the rate of the whole shaping and the share of this place."""
        return self.rng.random() < self.rate * share

    def number(self) -> int:
        """An id that is used nowhere else."""
        self.ids += 1
        return self.ids

    def relate(self, kind: str, target: str, external: bool = False) -> str:
        """A relationship of the main document; gives its id."""
        relations = self.tree("word/_rels/document.xml.rels")
        key = f"rId{self.number()}"
        made = etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", Id=key, Type=OFFICE + kind, Target=target)
        if external:
            made.set("TargetMode", "External")
        return key

    def add(self, kind: str, root: etree._Element, file: str | None = None) -> str:
        """A new part beside the main document; gives the id of its relationship."""
        name = file or kind
        types = self.tree("[Content_Types].xml")
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/word/{name}.xml", ContentType=f"{_WML}{kind}+xml")
        self.trees[f"word/{name}.xml"] = root
        return self.relate(kind, f"{name}.xml")

    def style(self, kind: str, name: str, *parts: etree._Element) -> str:
        """A new style; gives its id."""
        made = el("w:style", el("w:name", val=name), *parts, type=kind, customStyle=1, styleId=name)
        self.tree("word/styles.xml").append(made)
        return name

    def runs(self) -> list[etree._Element]:
        """Runs of nothing but text that a person sees."""
        return [found for found in self.body.iter(q("w:r")) if _is_text(found) and not _is_dead(found)]

    def paragraphs(self) -> list[etree._Element]:
        """Paragraphs of body and cells that hold text a person sees."""
        return [found for found in self.body.iter(q("w:p")) if not _is_dead(found) and signs(text_of(found))]

    def tables(self) -> list[etree._Element]:
        """Tables, nested ones included, that a person sees."""
        return [found for found in self.body.iter(q("w:tbl")) if not _is_dead(found)]

    def rows(self) -> list[etree._Element]:
        """Rows of all tables that a person sees."""
        return [found for found in self.body.iter(q("w:tr")) if not _is_dead(found)]

    def cells(self) -> list[etree._Element]:
        """Cells of all tables that a person sees."""
        return [found for found in self.body.iter(q("w:tc")) if not _is_dead(found)]

    def cut(self, found: etree._Element, most: int = 1) -> list[etree._Element]:
        """The run cut anywhere into pieces, at most so many times; each is a run of its own with the same properties."""
        pieces = [found]
        for _ in range(self.rng.randint(1, most)):
            last = pieces[-1]
            texts = [t for t in last.iterchildren(q("w:t")) if len(t.text or "") > 1]
            if not texts:
                break
            pieces.append(_cut(last, texts[0], self.rng.randrange(1, len(texts[0].text))))
        return pieces

    def saved(self) -> Shaped:
        """The file's bytes, the same for the same steps, and what was done."""
        expect = Expectations(revisions(self.root), computed=self.computed, **{k: tuple(v) for k, v in self.noted.items()})
        for marked in self.root.iter():
            if marked.attrib.pop(DEAD, None):
                pass
        parts = self.parts | {MAIN: _bytes(self.root)} | {name: _bytes(tree) for name, tree in self.trees.items()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name in sorted(parts, key=lambda part: (part != "[Content_Types].xml", part)):
                info = zipfile.ZipInfo(name, (2023, 3, 24, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(info, _in_namespaces(name, parts[name], self.namespaces))
        return Shaped(out.getvalue(), expect)


def _in_namespaces(name: str, content: bytes, namespaces: dict[str, str]) -> bytes:
    """A part with its namespaces replaced, where it is XML."""
    if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
        for old, new in namespaces.items():
            content = content.replace(old.encode(), new.encode())
    return content


def revisions(root: etree._Element) -> int:
    """Tracked changes as a person would count their elements; what moved counts once, not at both ends."""
    names = [etree.QName(found).localname for found in root.iter(q("w:*"))]
    counted = ("ins", "del", "cellIns", "cellDel", "cellMerge")
    plain = sum(name in counted or name.endswith("Change") for name in names)
    return plain + max(names.count("moveFrom"), names.count("moveTo"))


def story(element: etree._Element) -> etree._Element:
    """The child of the paragraph in which the run stands: the run, or the outermost thing around it."""
    while element.getparent().tag != q("w:p"):
        element = element.getparent()
    return element


def kill(element: etree._Element) -> etree._Element:
    """Mark what a person does not see, so that no other shape takes it for text."""
    element.set(DEAD, "1")
    return element


def _cut(found: etree._Element, at: etree._Element, position: int) -> etree._Element:
    """The run behind the cut; the one before it stays where it was."""
    kept = found.find(q("w:rPr"))
    behind = el("w:r", *([] if kept is None else [etree.fromstring(etree.tostring(kept))]))
    whole = at.text or ""
    following = list(at.itersiblings())
    at.text = whole[:position]
    at.set(_SPACE, "preserve")
    behind.append(el("w:t", text=whole[position:]))
    behind.extend(following)
    found.addnext(behind)
    return behind


_TEXTUAL = frozenset(
    map(q, ("w:rPr", "w:t", "w:tab", "w:br", "w:cr", "w:softHyphen", "w:noBreakHyphen", "w:sym", "w:lastRenderedPageBreak"))
)


def _is_text(found: etree._Element) -> bool:
    return bool(found.find(q("w:t")) is not None and signs(text_of(found)) and all(child.tag in _TEXTUAL for child in found))


def _is_dead(element: etree._Element) -> bool:
    return element.get(DEAD) is not None or any(above.get(DEAD) is not None for above in element.iterancestors())


def _bytes(tree: etree._Element) -> bytes:
    return _DECLARED + etree.tostring(tree, encoding="UTF-8")
