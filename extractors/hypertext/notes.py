"""Footnotes, endnotes and comments of a web page: which links lead to them, which blocks hold them.

Word, LibreOffice, Google Docs and most sites alike make two links that lead to each
other: the short mark in the text, and the mark before (or an arrow behind) the note.
A raised mark that leads to a block beginning with the same mark is one, too.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex
from lxml import etree

BLOCKS = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "address", "section",
    "article", "main", "fieldset", "legend", "form", "figure", "figcaption", "center", "hr", "details", "summary", "menu", "dir",
    "pre", "body", "html", "header", "footer", "nav", "aside", "hgroup", "table", "thead", "tbody", "tfoot", "tr", "td", "th",
    "caption", "option",
))  # fmt: skip
_MARK = regex.compile(r"[\[(<{]*(\*{1,6}(?:\(\d+\))?|[†‡§]{1,3}|\d{1,4}|[ivxlcdm]{1,6}|\p{L}{1,4}\d{0,4})[\])>}.]*", regex.I)
_HOLDERS = ("div", "li", "aside", "dd")
_FAR = 40


class Note(NamedTuple):
    """A note: its kind and mark."""

    kind: str
    mark: str


class Notes(NamedTuple):
    """Links that add nothing to the text, and the blocks of notes."""

    marks: frozenset[etree._Element]
    blocks: dict[etree._Element, Note]


def notes(root: etree._Element) -> Notes:
    """All notes of a page."""
    links = [link for link in root.iter("a") if (link.get("href") or "").startswith("#")]
    if not links:
        return Notes(frozenset(), {})
    named = {name: element for element in root.iter() if isinstance(element.tag, str) for name in _names(element)}
    pairs = [*_pairs(links, named)]
    heads = frozenset(back for _, back, _ in pairs)
    marks: set[etree._Element] = set()
    blocks: dict[etree._Element, Note] = {}
    for link, back, target in pairs:
        block = _holder(back, target, heads)
        if block is not None and not any(ancestor is block for ancestor in link.iterancestors()):
            marks |= {_whole(link), *([back] if back.tag == "a" else [])}
            blocks[block] = Note(_kind(link), _mark(link))
    return Notes(frozenset(marks), blocks)


def _names(element: etree._Element) -> Iterator[str]:
    for attribute in ("id", "name"):
        name = element.get(attribute)
        if name and (attribute == "id" or element.tag == "a"):
            yield name


def _text(element: etree._Element) -> str:
    """The first signs of an element, without blanks."""
    made = ""
    for piece in element.itertext():
        made += "".join(str(piece[:_FAR]).split())
        if len(made) > _FAR:
            break
    return made


def _mark(link: etree._Element) -> str:
    return _text(link).strip("[](){}<>. ")


def _pairs(
    links: list[etree._Element], named: dict[str, etree._Element]
) -> Iterator[tuple[etree._Element, etree._Element, etree._Element]]:
    """The mark in the text, the link in the note, the note's named element."""
    order = {link: number for number, link in enumerate(links)}
    leading: dict[str, list[etree._Element]] = {}
    for link in links:
        leading.setdefault(link.get("href", "")[1:], []).append(link)
    for link in links:
        target = named.get(link.get("href", "")[1:])
        if target is None or not _MARK.fullmatch(_text(link)):
            continue
        own = [*_names(link), *(name for around in _around(link) for name in _names(around))]
        backs = [back for name in own for back in leading.get(name, ()) if order[back] > order[link] and _together(back, target)]
        if backs:
            yield link, backs[0], target
        elif _raised(link) and link is not target and _begins(target, _mark(link)):
            yield link, target, target


def _around(link: etree._Element) -> Iterator[etree._Element]:
    """The inline elements that hold nothing but the link."""
    parent = link.getparent()
    while parent is not None and parent.tag in ("sup", "span") and _text(parent).strip("[]()") == _text(link).strip("[]()"):
        yield parent
        parent = parent.getparent()


def _whole(link: etree._Element) -> etree._Element:
    return [link, *_around(link)][-1]


def _together(back: etree._Element, target: etree._Element) -> bool:
    return back is target or _block(back) is _block(target) or any(ancestor is target for ancestor in back.iterancestors())


def _raised(link: etree._Element) -> bool:
    return any(around.tag == "sup" for around in _around(link)) or link.find(".//sup") is not None


def _begins(target: etree._Element, mark: str) -> bool:
    """Whether a later block begins with this mark: «1) Указаны …», «* Здесь и далее …»."""
    block = _block(target)
    text = _text(block).lstrip("[(<") if block is not None else ""
    return text.startswith(mark) and not text[len(mark) : len(mark) + 1].isdigit() and len(text) > len(mark) + 1


def _block(element: etree._Element) -> etree._Element | None:
    """The nearest block that holds the element, or itself."""
    return next((held for held in (element, *element.iterancestors()) if held.tag in BLOCKS), None)


def _holder(back: etree._Element, target: etree._Element, heads: frozenset[etree._Element]) -> etree._Element | None:
    """The block that is the whole note: that of its mark, or the one around it that holds no other note."""
    block = target if target.tag in BLOCKS else _block(back)
    if block is None or block.tag in ("body", "html", "table", "tr", "tbody"):
        return None
    parent = block.getparent()
    if block.tag in ("td", "th") or parent is None or parent.tag not in _HOLDERS or parent[0] is not block or len(parent) > _FAR:
        return block
    return block if any(link in heads and link is not back for link in parent.iter("a")) else parent


def _kind(link: etree._Element) -> str:
    name = (link.get("href") or "").lower()
    return "endnote" if "edn" in name or "endnote" in name else "comment" if "com" in name or "cmnt" in name else "footnote"
