"""Word documents: WordprocessingML read by lxml straight from the package.

Read as Word shows it: see `extractors.wordml`, where each thing that Word stores otherwise
than it shows has its place.
"""

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from extractors import errors
from extractors.leftovers import Leftovers, tracked_changes
from extractors.options import Options
from extractors.package import Package, open_document, open_package, parse
from extractors.reader import Reader
from extractors.wordml.lighten import lightened
from extractors.wordml.names import Names, local
from extractors.wordml.numbering import Lists
from extractors.wordml.parts import Related, hidden_styles, main_name, may_hold, others, related, text_of_other
from extractors.wordml.tidy import drop_invisible, tidy
from extractors.wordml.walk import Walk
from schemas.blocks import Aside, Block, Document, Paragraph, Table, Unread
from schemas.place import Place

_NOTES = {"footnotes": ("footnote", "footnoteReference"), "endnotes": ("endnote", "endnoteReference")}
_AROUND = {"header": "header", "footer": "footer", "comments": "comment"}


class _Told(NamedTuple):
    """What a part gave: its blocks, and what goes with them."""

    blocks: tuple[Block, ...]
    unread: list[Unread]
    changes: int
    computed: int
    wordart: tuple[str, ...]


def recognises(data: bytes) -> bool:
    """A zip archive that is no OpenDocument: whether it is a Word file is for `read` to say, with its own advice."""
    return data.startswith(b"PK") and not open_document(data)


def read(data: bytes, options: Options) -> Document:
    """The package's main document as blocks; raises NotWord, Damaged, Encrypted or TooLarge."""
    package = open_package(data, options.limits)
    try:
        return _Reading(package, options).document()
    except RecursionError:
        raise errors.Damaged from None


class _Reading:
    """The reading of one package."""

    def __init__(self, package: Package, options: Options) -> None:
        self._package, self._options = package, options
        self._main = main_name(package)
        self._related = related(package, self._main)
        self._left = Leftovers()
        self._aside: list[Aside] = []
        self._root = parse(lightened(package.read(self._main)), options.limits, self._main)
        self._hidden = frozenset[str]()
        self._lists: Lists | None = None
        self._use_styles()

    def _use_styles(self) -> None:
        """What the styles and lists add to the text; both parts are large, and read only if the text may need them."""
        styles, numbering = self._name_of("styles"), self._name_of("numbering")
        of_paragraphs, of_runs, numbers = map(self._uses, ("pStyle", "rStyle", "numPr"))
        written = self._package.read(styles) if styles and (of_paragraphs or of_runs) else b""
        hides, counts = may_hold(written, "vanish"), of_paragraphs and may_hold(written, "numPr")
        root = parse(written, self._options.limits, styles or "") if hides or counts else None
        if root is not None and hides:
            self._hidden = hidden_styles(root)
        if numbering and (numbers or counts):
            self._lists = Lists(self._package.xml(numbering), root)

    def _uses(self, name: str) -> bool:
        return next(self._root.iter(Names(self._root)(name)), None) is not None

    def _name_of(self, kind: str) -> str | None:
        return next((relation.name for relation in self._related if relation.kind == kind), None)

    def document(self) -> Document:
        root = self._root
        body = next((child for child in root if local(child) == "body"), None)
        if body is None:
            raise errors.NotWord
        marks = self._marks(root)
        told = self._told(root, body)
        changes = told.changes + sum(self._apart(relation, marks) for relation in self._related)
        for text in told.wordart:
            self._aside.append(Aside(kind="wordart", mark="", text=text, place=Place(part=self._main)))
        self._list_others()
        return Document(
            "docx",
            told.blocks,
            tuple(told.unread),
            tuple(self._aside),
            self._left.listed(),
            told.computed,
            (tracked_changes(changes, self._options.view),) if changes else (),
        )

    def _told(self, root: etree._Element, inner: etree._Element) -> _Told:
        """The blocks of a part, tidied as a whole and walked from its inner element."""
        w = Names(root)
        found = tidy(root, w, self._options.view, self._hidden, self._left)
        drop_invisible(root, w, self._left)
        computed = found.computed + (self._lists.number(root) if self._lists else 0)
        walk = Walk(w, self._options.limits)
        blocks = tuple(walk.blocks(inner))
        return _Told(blocks, walk.unread, found.changes, computed, found.wordart)

    def _marks(self, root: etree._Element) -> dict[tuple[str, str], str]:
        """The mark of each note: the one its author chose, which is taken out of the text, or its number."""
        w = Names(root)
        own, key = w("customMarkFollows"), w("id")
        marks: dict[tuple[str, str], str] = {}
        for kind, name in _NOTES.values():
            number = 0
            for reference in root.iter(w(name)):
                identity = kind, reference.get(key) or ""
                run = reference.getparent() if reference.get(own) in ("1", "true", "on") else None
                if run is not None:
                    marks[identity] = w.text_of(run)
                    self._left.add("note-mark", marks[identity])
                    for text in run.findall(w("t")):
                        run.remove(text)
                elif identity not in marks:
                    number += 1
                    marks[identity] = str(number)
        return marks

    def _apart(self, relation: Related, marks: dict[tuple[str, str], str]) -> int:
        """Read a part that stands apart, if it is one; returns its tracked changes."""
        if relation.kind not in _NOTES and relation.kind not in _AROUND:
            return 0
        root = self._package.xml(relation.name)
        w = Names(root)
        found = tidy(root, w, self._options.view, self._hidden, self._left)
        drop_invisible(root, w, self._left)
        for text in found.wordart:
            self._aside.append(Aside(kind="wordart", mark="", text=text, place=Place(part=relation.name)))
        entries = [root] if relation.kind in ("header", "footer") else list(root)
        walk = Walk(w, self._options.limits)
        for number, entry in enumerate(entries):
            text = _plain(walk.blocks(entry))
            if text.strip():
                self._aside.append(_aside(relation, entry, w, Place(part=relation.name, paragraph=number), text, marks))
        return found.changes

    def _list_others(self) -> None:
        for name in others(
            self._package, {self._main, *(relation.name for relation in self._related if relation.kind in (*_NOTES, *_AROUND))}
        ):
            text = text_of_other(self._package.xml(name))
            if text.strip():
                self._left.add("glossary" if "glossary" in name else "drawing", text)
        for relation in self._related:
            if relation.kind == "aFChunk":
                self._left.add("embedded", "")


def _aside(relation: Related, entry: etree._Element, w: Names, place: Place, text: str, marks: dict[tuple[str, str], str]) -> Aside:
    if relation.kind in _NOTES:
        kind = _NOTES[relation.kind][0]
        return Aside(kind=kind, mark=marks.get((kind, entry.get(w("id")) or ""), ""), text=text, place=place)
    return Aside(kind=_AROUND[relation.kind], mark=entry.get(w("author")) or "", text=text, place=place)


def _plain(blocks: Iterable[Block]) -> str:
    """Blocks as lines of text."""
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines.extend(cell.text for cell in block.cells)
    return "\n".join(lines).strip("\n")


reader = Reader("docx", (".docx", ".docm", ".dotx"), recognises, read)
