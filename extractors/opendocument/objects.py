"""Objects embedded in a text: a formula is text of its paragraph, other objects are listed as left out."""

import posixpath
from collections.abc import Callable, Iterator

from lxml import etree

from extractors.leftovers import Leftovers
from extractors.opendocument.names import local, q, text_of

Part = Callable[[str], etree._Element | None]
"""The root of a part by its name; None for a part that is not there."""

_SIGNS = ("mi", "mn", "mo", "mtext", "ms")


def formula(element: etree._Element, part: Part, left: Leftovers) -> tuple[str, int]:
    """The text of a `draw:object` and how many of its signs are computed; "" for what is no formula."""
    root = next(element.iter(q("math:math")), None)
    if root is None:
        href = element.get(q("xlink:href")) or ""
        root = part(posixpath.normpath(posixpath.join(href, "content.xml"))) if href else next(iter(element), None)
    if root is None:
        return "", 0
    if root.tag != q("math:math"):
        left.add("embedded", text_of(root))
        return "", 0
    text = "".join(_signs(root))
    return text, sum(1 for _ in root.iter(q("math:mfrac")))


def _signs(element: etree._Element) -> Iterator[str]:
    """The characters of a formula in order, a fraction with its bar as «/»."""
    name = local(element)
    if name in _SIGNS:
        yield "".join((element.text or "").split())
    elif not name.startswith("annotation"):
        for number, child in enumerate(element):
            if name == "mfrac" and number == 1:
                yield "/"
            yield from _signs(child)
