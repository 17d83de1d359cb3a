"""Web pages: saved from portals, by Word, LibreOffice and Google Docs, and web archives of them (MHTML).

The tree is lxml's, the walk through it is `extractors.hypertext.page`, the blocks are made
by `extractors.hypertext.blocks`. Nothing is fetched: what a page only links to is no part of it.
"""

from collections.abc import Iterable, Iterator

import regex
from lxml import etree

from extractors import errors
from extractors.hypertext import webarchive
from extractors.hypertext.blocks import Build, text
from extractors.hypertext.page import Apart, Left, Page
from extractors.hypertext.webarchive import Part
from extractors.invisible import invisible_left_out
from extractors.leftovers import REASONS, left_out, tracked_changes
from extractors.options import Options
from extractors.plaintext.decoding import decode
from extractors.reader import Reader
from extractors.sniffing import is_archive, is_html
from schemas.blocks import Aside, Document, LeftOut, Note
from schemas.place import Place

_CHARSET = regex.compile(
    rb"<meta\b[^<>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml\b[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", regex.I
)
_ENOUGH = 8192
_ZEROS = "\0" * 16  # a piece that was never written
_BOUNDS = regex.compile(r"<(/?(?:html|body|table))\b", regex.I)
_EMBEDDED = regex.compile(r"(?<=;base64,)[A-Za-z0-9+/=\s]{1000,}")


def recognises(data: bytes) -> bool:
    """A page or a web archive."""
    return is_html(data) or is_archive(data)


def read(data: bytes, options: Options) -> Document:
    """The page as blocks; raises `NoText` for a page that shows nothing, a frameset among them."""
    main, *others = webarchive.pages(data) if is_archive(data) else [Part(data, "")]
    page, notes = _page(main, options)
    build = Build(options.limits)
    blocks = tuple(build.blocks(page.body.items))
    if not blocks:
        raise errors.NoText
    pages = [page, *(found for part in others if part.data.strip() for found, _ in [_page(part, options)])]
    apart = [*page.apart, *(held for other in pages[1:] for held in (*other.apart, Apart("frame", "", other.body)))]
    if sum(other.changes for other in pages):
        notes = (*notes, tracked_changes(sum(other.changes for other in pages), options.view))
    flows = [page.body, *(held.flow for held in apart)]
    return Document(
        "html", blocks, tuple(build.unread), (*build.aside, *_asides(apart)),
        (*_left_out([left for other in pages for left in other.left]), *invisible_left_out("".join(flow.invisible for flow in flows)), *build.left_out),
        sum(flow.computed for flow in flows), notes,
    )  # fmt: skip


def _page(part: Part, options: Options) -> tuple[Page, tuple[Note, ...]]:
    decoded = decode(part.data, part.encoding or _declared(part.data))
    if _ZEROS in decoded.text or _breaks_off(decoded.text):
        raise errors.Damaged
    limits = options.limits
    if len(decoded.text) > limits.text or decoded.text.count("<") > limits.elements:
        raise errors.TooLarge(detail="limits.text, limits.elements")
    return Page(_tree(decoded.text), options), decoded.notes


def _breaks_off(text: str) -> bool:
    """Whether a page that was begun as a whole one ends inside a table; sloppy pages that end as pages do are sound.

    >>> _breaks_off("<html><table><tr><td>2600,0"), _breaks_off("<html><table><tr><td>2600,0</html>"), _breaks_off("<table><td>x")
    (True, False, False)
    """
    tags = [found[1].lower() for found in _BOUNDS.finditer(text)]
    begun = any(tag in ("html", "body") for tag in tags)
    return begun and not any(tag in ("/html", "/body") for tag in tags) and tags.count("table") > tags.count("/table")


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data[:_ENOUGH])
    return (found[1] or found[2]).decode("ascii", "ignore") if found else ""


def _tree(page: str) -> etree._Element:
    """The page as a tree; one that goes beyond lxml's limits is refused, for it would be cut."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    if ";base64," in page:
        page = _EMBEDDED.sub("", page)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise errors.TooLarge
    if root is None:
        raise errors.NoText
    return root


def _asides(apart: Iterable[Apart]) -> Iterator[Aside]:
    seen: dict[str, int] = {}
    for kind, mark, flow in apart:
        words = text(flow.items)
        if words:
            seen[kind] = seen.get(kind, 0) + 1
            yield Aside(kind=kind, mark=mark, text=words, place=Place(part=f"{kind} {seen[kind]}"))


def _left_out(left: list[Left]) -> Iterator[LeftOut]:
    for kind in dict.fromkeys(item.kind for item in left):
        yield left_out(kind, [item.text for item in left if item.kind == kind], REASONS[kind])


reader = Reader("html", (".html", ".htm", ".xhtml", ".mht", ".mhtml"), recognises, read)
