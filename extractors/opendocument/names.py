"""Names of OpenDocument elements and attributes, and the characters of an element.

Norm: OpenDocument 1.3 part 3 (ISO/IEC 26300).
"""

from functools import cache

from lxml import etree

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    **{prefix: f"{_OASIS}{prefix}:1.0" for prefix in ("office", "text", "table", "style", "manifest")},
    "draw": f"{_OASIS}drawing:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "form": f"{_OASIS}form:1.0",
    "presentation": f"{_OASIS}presentation:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "math": "http://www.w3.org/1998/Math/MathML",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": f"{_OASIS}meta:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


@cache
def q(name: str) -> str:
    """The full name of «text:p».

    >>> q("xlink:href")
    '{http://www.w3.org/1999/xlink}href'
    """
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def local(element: etree._Element) -> str:
    """The name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def is_of(element: etree._Element, prefix: str) -> bool:
    """Whether the element's name belongs to this namespace."""
    return isinstance(element.tag, str) and element.tag.startswith(f"{{{_NAMESPACES[prefix]}}}")


P, H = q("text:p"), q("text:h")


def text_of(element: etree._Element) -> str:
    """All characters in an element, seen or not, a paragraph on a line."""
    paragraphs = [found for found in element.iter(P, H) if next(found.iterancestors(P, H), None) is None]
    whole = not paragraphs or element.tag in (P, H)
    lines = (" ".join("".join(map(str, found.itertext())).split()) for found in ([element] if whole else paragraphs))
    return "\n".join(filter(None, lines))


def count(value: str | None, usual: int = 1) -> int:
    """A count from an attribute; nonsense is the usual one, what is too large to be meant stays too large.

    >>> count("3"), count(None), count("-1"), count("9" * 30)
    (3, 1, 1, 999999999)
    """
    return int(value[:9]) if value and value.isascii() and value.isdigit() else usual
