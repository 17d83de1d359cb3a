"""OpenDocument text (.odt, and .fodt in one piece of XML), read straight from its XML."""

from collections.abc import Iterator

from lxml import etree

from extractors import errors
from extractors.leftovers import Leftovers
from extractors.opendocument.names import local, q, text_of
from extractors.opendocument.revisions import settle
from extractors.opendocument.styles import Styles
from extractors.opendocument.walk import Walk, plain
from extractors.options import Options
from extractors.package import Package, open_document, open_package, parse
from extractors.reader import Reader
from extractors.signatures import is_flat_open_document
from schemas.blocks import Aside, Document
from schemas.place import Place

_MANIFEST = "META-INF/manifest.xml"
_OTHER = {
    "spreadsheet": "таблица OpenDocument", "presentation": "презентация OpenDocument", "graphics": "рисунок OpenDocument",
    "formula": "формула OpenDocument", "chart": "диаграмма OpenDocument", "database": "база данных OpenDocument",
}  # fmt: skip
_AROUND = ("header", "footer")


class _Parts:
    """The parts of a file, wherever they stand: in a package, or in one piece of XML."""

    def __init__(self, data: bytes, options: Options) -> None:
        self._package = None if is_flat_open_document(data) else open_package(data, options.limits)
        if self._package is None:
            self.content = self.styles = parse(data, options.limits)
        else:
            _refuse_encrypted(self._package)
            self.content = self._package.xml("content.xml")
            self.styles = self._package.xml("styles.xml") if "styles.xml" in self._package.names else etree.Element("none")

    def part(self, name: str) -> etree._Element | None:
        """The root of an embedded object's part."""
        return self._package.xml(name) if self._package is not None and name in self._package.names else None

    def body(self) -> etree._Element:
        """What holds the text; raises OtherKind for a spreadsheet and the like."""
        body = self.content.find(q("office:body"))
        inner = next((child for child in body if isinstance(child.tag, str)), None) if body is not None else None
        if inner is None:
            raise errors.Damaged
        if inner.tag != q("office:text"):
            raise errors.OtherKind(detail=_OTHER.get(local(inner).replace("drawing", "graphics"), local(inner)))
        return inner

    def used_by(self, root: etree._Element) -> Styles:
        """The styles that a part uses: its own automatic ones, then the common ones."""
        groups = (root.find(q("office:automatic-styles")), self.styles.find(q("office:styles")))
        return Styles([group for group in groups if group is not None])


def recognises(data: bytes) -> bool:
    """An OpenDocument package of any kind, or the same in one piece of XML."""
    return bool(open_document(data)) or is_flat_open_document(data)


def read(data: bytes, options: Options) -> Document:
    """The text as blocks; raises Damaged, Encrypted, OtherKind or TooLarge."""
    kind = open_document(data)
    if kind and not kind.startswith("text"):
        raise errors.OtherKind(detail=_OTHER.get(kind.partition("-")[0], kind))
    parts = _Parts(data, options)
    try:
        return _document(parts, options)
    except RecursionError:
        raise errors.Damaged from None


def _refuse_encrypted(package: Package) -> None:
    if "encrypted-package" in package.names:
        raise errors.Encrypted
    if _MANIFEST in package.names and next(package.xml(_MANIFEST).iter(q("manifest:encryption-data")), None) is not None:
        raise errors.Encrypted


def _document(parts: _Parts, options: Options) -> Document:
    left = Leftovers()
    body = parts.body()
    changes = settle(parts.content, options.view, left)
    walk = Walk(parts.used_by(parts.content), options.limits, left, parts.part)
    blocks = walk.blocks(body)
    if parts.styles is not parts.content:
        changes = changes.plus(settle(parts.styles, options.view, left))
    around = Walk(parts.used_by(parts.styles), options.limits, left, parts.part)
    asides = list(_around(parts.styles, around, left))
    return Document(
        "odt",
        tuple(blocks),
        (*walk.unread, *around.unread),
        (*walk.aside, *asides, *around.aside),
        left.listed(),
        walk.computed + around.computed,
        changes.notes(options.view),
    )


def _around(styles: etree._Element, walk: Walk, left: Leftovers) -> Iterator[Aside]:
    """Headers and footers, those of the first and of left pages too."""
    number = 0
    for page in styles.iter(q("style:master-page")):
        for element in page:
            kind = local(element).partition("-")[0]
            if kind not in _AROUND:
                continue
            if element.get(q("style:display")) == "false":
                left.add("hidden", text_of(element))
                continue
            text = plain(walk.blocks(element, Place(part="styles.xml", paragraph=number)))
            if text.strip():
                yield Aside(kind=kind, mark="", text=text, place=Place(part="styles.xml", paragraph=number))
            number += 1


reader = Reader("odt", (".odt", ".fodt", ".ott", ".otm"), recognises, read)
