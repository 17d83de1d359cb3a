"""Tracked changes: the text with all of them accepted (final), or all rejected (original).

A deletion is kept apart, in `text:changed-region`, and a `text:change` marks where it was (or,
where it could not be kept apart, two marks stand around it); marks stand around an insertion.

Norm: OpenDocument 1.3 part 3, 5.5.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from extractors.leftovers import Leftovers, tracked_changes
from extractors.opendocument.names import H, P, q, text_of
from extractors.options import View
from schemas.blocks import Note

_REGION, _ID = q("text:changed-region"), q("text:change-id")
_POINT, _START, _END = q("text:change"), q("text:change-start"), q("text:change-end")
_BLOCKS = (P, H, q("table:table"), q("text:list"), q("text:section"))
_KIND = {"final": "deleted", "original": "inserted"}


class Changes(NamedTuple):
    """How many regions of each kind a part holds."""

    all: int = 0
    inserted: int = 0
    deleted: int = 0

    def plus(self, other: "Changes") -> "Changes":
        """Both parts' changes."""
        return Changes(self.all + other.all, self.inserted + other.inserted, self.deleted + other.deleted)

    def notes(self, view: View) -> tuple[Note, ...]:
        """What the reader of the document must know of them; nothing where there are none."""
        return (tracked_changes(self.all, view),) if self.all else ()


def settle(root: etree._Element, view: View, left: Leftovers) -> Changes:
    """Accept or reject every change in the tree, in place; what goes is listed as left out."""
    regions = {region.get(q("text:id")) or region.get(q("xml:id")) or "": region for region in root.iter(_REGION)}
    if not regions:
        return Changes()
    insertions = {name for name, region in regions.items() if region.find(q("text:insertion")) is not None}
    deletions = {name: found for name, region in regions.items() if (found := region.find(q("text:deletion"))) is not None}
    changes = Changes(len(regions), len(insertions), len(deletions))
    if view == "original":
        _put_back(root, deletions)
    gone = insertions if view == "original" else set(deletions)
    for start, end in list(_ranges(root, gone)):
        if _is_in(start, root) and _is_in(end, root):
            left.add(_KIND[view], "".join(_cut(start, end)).strip())
    if view == "final":
        for deletion in deletions.values():
            _drop_creator(deletion)
            if text := text_of(deletion):
                left.add(_KIND[view], text)
    for holder in list(root.iter(q("text:tracked-changes"))):
        _remove(holder)
    return changes


def _drop_creator(deletion: etree._Element) -> None:
    for about in list(deletion.iterchildren(q("office:change-info"))):
        deletion.remove(about)


def _ranges(root: etree._Element, names: set[str]) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The pairs of marks of these changes; a mark without its fellow is none."""
    starts: dict[str, etree._Element] = {}
    for mark in root.iter(_START, _END):
        name = mark.get(_ID) or ""
        if name in names and mark.tag == _START:
            starts[name] = mark
        elif name in starts:
            yield starts.pop(name), mark


def _is_in(element: etree._Element, root: etree._Element) -> bool:
    return element is root or any(above is root for above in element.iterancestors())


def _cut(start: etree._Element, end: etree._Element) -> Iterator[str]:
    """Remove what stands between two marks and join the paragraphs that held them; yields the text removed."""
    before, after = [*reversed(list(start.iterancestors())), start], [*reversed(list(end.iterancestors())), end]
    depth = next(n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a is not b)
    first, last = before[depth], after[depth]
    for element in reversed(before[depth:]):
        yield _take_tail(element)
        if element is not first:
            yield from _take(list(element.itersiblings()))
    between = [element for element in first.itersiblings() if element.getparent() is last.getparent()]
    yield from _take(between[: between.index(last)])
    yield "\n" if last.tag in (P, H) else ""
    for element in after[depth + 1 :]:
        parent = element.getparent()
        assert parent is not None
        if parent.text:
            yield parent.text
            parent.text = None
        yield from _take(list(element.itersiblings(preceding=True))[::-1])
    if first.tag in (P, H) and last.tag in (P, H):
        _append(first, last)


def _take_tail(element: etree._Element) -> str:
    tail, element.tail = element.tail or "", None
    return tail


def _take(elements: list[etree._Element]) -> Iterator[str]:
    for element in elements:
        yield "\n" if element.tag in _BLOCKS else ""
        yield text_of(element)
        yield _take_tail(element)
        _remove(element)


def _append(first: etree._Element, last: etree._Element) -> None:
    """The content of the second paragraph goes on in the first."""
    _add_text(first, last.text or "")
    first.extend(list(last))
    _remove(last)


def _put_back(root: etree._Element, deletions: dict[str, etree._Element]) -> None:
    """In the original view a deletion stands where it stood."""
    for mark in list(root.iter(_POINT)):
        deletion = deletions.pop(mark.get(_ID) or "", None)
        if deletion is None:
            continue
        _drop_creator(deletion)
        blocks = list(deletion)
        paragraph = next(mark.iterancestors(P, H), None)
        if paragraph is None:
            for block in reversed(blocks):
                mark.addnext(block)
        elif blocks:
            _put_into(paragraph, mark, blocks)


def _put_into(paragraph: etree._Element, mark: etree._Element, blocks: list[etree._Element]) -> None:
    """The first deleted paragraph goes on the text before the mark, the last one goes before the text after it."""
    rest = etree.Element(P)
    rest.text = _take_tail(mark)
    inner = mark
    while (parent := inner.getparent()) is not None:
        rest.extend(list(inner.itersiblings()))
        if parent is paragraph:
            break
        _add_text(rest, _take_tail(parent))
        inner = parent
    first = blocks.pop(0)
    if first.tag in (P, H):
        _add_text(paragraph, first.text or "")
        paragraph.extend(list(first))
    else:
        blocks.insert(0, first)
    end = paragraph
    for block in blocks:
        end.addnext(block)
        end = block
    if end.tag in (P, H):
        _append(end, rest)
    else:
        end.addnext(rest)


def _add_text(paragraph: etree._Element, text: str) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + text
    else:
        paragraph.text = (paragraph.text or "") + text


def _remove(element: etree._Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if tail := element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + tail
        else:
            previous.tail = (previous.tail or "") + tail
        element.tail = None
    parent.remove(element)
