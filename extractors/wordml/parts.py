"""The parts of a Word package: the main document, and those that stand apart from it."""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from extractors import errors
from extractors.package import Package
from extractors.wordml.names import DRAWING, Names

_ROOT_RELATIONS = "_rels/.rels"
_NEVER_SEEN = ("docProps/", "customXml/", "word/theme/")
_SEEN_ELSEWHERE = {"styles.xml", "settings.xml", "webSettings.xml", "fontTable.xml", "numbering.xml", "stylesWithEffects.xml"}
_CHART_VALUE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"


class Related(NamedTuple):
    """A part that the main document refers to: the last word of the relation's type, and its name."""

    kind: str
    name: str


def main_name(package: Package) -> str:
    """The name of the main document; raises NotWord for a package that has none."""
    if _ROOT_RELATIONS not in package.names:
        raise errors.NotWord
    for relation in _relations(package, _ROOT_RELATIONS):
        if relation.kind == "officeDocument":
            if relation.name not in package.names:
                raise errors.NotWord
            return relation.name
    raise errors.NotWord


def related(package: Package, main: str) -> list[Related]:
    """The parts of the package that the main document refers to, in order."""
    folder, name = posixpath.split(main)
    relations = posixpath.join(folder, "_rels", name + ".rels")
    if relations not in package.names:
        return []
    found = [Related(kind, posixpath.normpath(posixpath.join(folder, target)))
             for kind, target in _relations(package, relations)]  # fmt: skip
    within = [Related(kind, name.lstrip("/")) for kind, name in found]
    return [relation for relation in within if relation.name in package.names]


def _relations(package: Package, name: str) -> Iterator[Related]:
    """Relations to parts inside the package; those to the world outside are never followed."""
    for relation in package.xml(name):
        if relation.get("TargetMode") != "External":
            target = (relation.get("Target") or "").replace("\\", "/")
            kind = (relation.get("Type") or "").rpartition("/")[2]
            yield Related(kind, posixpath.normpath(target.lstrip("/")) if name == _ROOT_RELATIONS else target)


def may_hold(part: bytes, name: str) -> bool:
    """Whether an element of this name may stand in a part, which is told faster than it is parsed."""
    return name.encode() in part or b"\0" in part[:4]  # in UTF-16 the name is written otherwise


def hidden_styles(styles: etree._Element) -> frozenset[str]:
    """The styles whose text is hidden, by their own properties or those of the style they are based on."""
    w = Names(styles)
    based_on, r_pr, vanish = map(w, ("basedOn", "rPr", "vanish"))
    own: dict[str, bool] = {}
    based: dict[str, str] = {}
    for style in styles.iter(w("style")):
        name = style.get(w("styleId")) or ""
        mark = next((inner for outer in style.iterchildren(r_pr) for inner in outer.iterchildren(vanish)), None)
        parent = next(style.iterchildren(based_on), None)
        based[name] = "" if parent is None else parent.get(w.val) or ""
        if mark is not None:
            own[name] = w.is_on(mark)
    return frozenset(name for name in based if _hides(name, own, based))


def _hides(name: str, own: dict[str, bool], based: dict[str, str]) -> bool:
    seen: set[str] = set()
    while name and name not in own and name not in seen:
        seen.add(name)
        name = based.get(name, "")
    return own.get(name, False)


def others(package: Package, known: set[str]) -> Iterator[str]:
    """XML parts that may hold text and that nobody has read: diagrams, charts, glossaries."""
    for name in sorted(package.names - known):
        seen_nowhere = name.startswith(("_rels", "[", *_NEVER_SEEN)) or posixpath.basename(name) in _SEEN_ELSEWHERE
        if name.endswith(".xml") and not seen_nowhere:
            yield name


def text_of_other(root: etree._Element) -> str:
    """The characters of a part that is not read: those of its text elements, whatever vocabulary it uses."""
    w = Names(root)
    names = (*w.texts, *(space + "t" for space in DRAWING), _CHART_VALUE, "{*}t")
    return "".join(element.text or "" for element in root.iter(*names))
