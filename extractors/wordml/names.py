"""Names of WordprocessingML elements, made for the namespace that a file uses: transitional or strict."""

from lxml import etree

ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
)
DRAWING = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://purl.oclc.org/ooxml/drawingml/main}",
)
TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_OFF = ("0", "false", "off", "none")


class Names:
    """`w("tbl")` is the full name of an element or attribute."""

    def __init__(self, root: etree._Element) -> None:
        self._namespace = str(root.tag).partition("}")[0] + "}"
        self.val = self("val")
        self.texts = (
            *map(self, ("t", "delText", "instrText", "delInstrText")),
            *(space + "t" for space in (*MATH, *DRAWING)),
            TEXT_PATH,
        )
        self._holds_text = frozenset(self.texts)

    def __call__(self, name: str) -> str:
        return self._namespace + name

    def text_of(self, element: etree._Element) -> str:
        """All characters in an element, seen or not."""
        if not len(element):
            return self._own_text(element)
        return "".join(map(self._own_text, element.iter()))

    def _own_text(self, element: etree._Element) -> str:
        tag = element.tag
        if tag not in self._holds_text:
            return ""
        return (element.get("string") if tag == TEXT_PATH else element.text) or ""

    def is_on(self, element: etree._Element) -> bool:
        """Whether a property that is there is switched on."""
        return (element.get(self.val) or "").lower() not in _OFF


def local(element: etree._Element) -> str:
    """The name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def remove(element: etree._Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def is_in(element: etree._Element, root: etree._Element) -> bool:
    """Whether an element is still in the tree, and in no part that has been taken out of it."""
    top = element
    for top in element.iterancestors():  # noqa: B007 — the last one is wanted
        pass
    return top is root


def owner(element: etree._Element, *names: str) -> etree._Element | None:
    """The nearest element of these names around."""
    return next(element.iterancestors(*names), None)
