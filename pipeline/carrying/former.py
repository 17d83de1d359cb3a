"""The former edition ready to be asked: its parts as the extractors find them, as runs of blocks."""

from functools import cached_property

import regex

from extractors.labels import Labels, default_labels
from extractors.locate import Located, Region, locate, regions
from extractors.requisites import Joined, title_at
from extractors.sections import counted, sections
from extractors.text import squeeze
from pipeline.carrying.naming import Names
from pipeline.carrying.paths import Path, Spots
from pipeline.carrying.scopes import Run, Slots
from pipeline.carrying.tables import TableView
from schemas.amendment import Unit
from schemas.blocks import Document, Paragraph
from schemas.edition import Edition

APPENDIX = regex.compile(r"приложени[ея]\s*(?:(?:№|N)\s*)?(?P<number>\d+(?:\.\d+)*|[IVX]+\b)?", regex.I)
_PASSPORT = regex.compile(r"п\s?а\s?с\s?п\s?о\s?р\s?т", regex.I)
_TO_AN_ACT = regex.compile(r"\bк\s+(?:постановлени|распоряжени|решени)", regex.I)
_ENACTS = regex.compile(r"п\s?о\s?с\s?т\s?а\s?н\s?о\s?в\s?л\s?я\s?[ею]|р\s?е\s?ш\s?и\s?л", regex.I)
_SUBPROGRAMME = regex.compile(r"(?:паспорт\s+)?подпрограмм[аы]\s*(?:(?:№|N)\s*)?(?P<number>\d+|[IVX]+)?\b", regex.I)
_LONGEST_HEADING = 250
_HEADING_LINES = 6


class Heading:
    """The first paragraph of a unit that reaches up to the next of its kind: its number and its name."""

    def __init__(self, path: Path, number: str | None, text: str) -> None:
        self.path, self.number, self.text = path, number, text


class Former:
    """The former edition: the document, what was read of it, where its parts are."""

    def __init__(self, document: Document, edition: Edition | None = None, labels: Labels | None = None) -> None:
        self.document, self.edition = document, edition
        self.labels = labels or default_labels()
        self.names = Names(self.labels)
        self.spots = Spots(document)
        self.parts = locate(document, self.labels)
        self._views: dict[Path, TableView] = {}

    def view(self, table: Path) -> TableView:
        """What the rows and columns of a table are."""
        if table not in self._views:
            self._views[table] = TableView(self.spots.table(table), self.labels)
        return self._views[table]

    def path(self, located: Located) -> Path:
        """The path of a paragraph that the extractors located."""
        found = self.spots.of(located.place)
        assert found is not None  # extractors locate what stands in the document
        return found

    def spot(self, path: Path) -> Run:
        """The paragraph at a path, as a scope."""
        return Run(path[:-1], path[-1], path[-1] + 1, Unit.PARAGRAPH)

    @cached_property
    def whole(self) -> Run:
        """The programme: the document from its heading on."""
        start = self._programme_start()
        return Run((), start, len(self.document.blocks), Unit.PROGRAMME)

    @cached_property
    def act(self) -> Run | None:
        """The resolution that adopted the programme, where the file holds it before the programme."""
        start = self._programme_start()
        before = [block.text for block in self.document.blocks[:start] if isinstance(block, Paragraph)]
        return Run((), 0, start, Unit.ACT) if any(_ENACTS.search(text) for text in before) else None

    def _programme_start(self) -> int:
        """The block «Приложение к постановлению …», if a resolution stands above it."""
        enacted = False
        for number, block in enumerate(self.document.blocks):
            if not isinstance(block, Paragraph):
                return 0
            line = squeeze(block.text)
            enacted = enacted or bool(_ENACTS.search(line) and not APPENDIX.match(line))
            if enacted and (APPENDIX.match(line) or line.lower().startswith(("утвержден", "приложен"))):
                return number
        return 0

    @cached_property
    def passport(self) -> Run | None:
        """The passport with its heading, up to the end of its last table."""
        if not self.parts.passport:
            return None
        first, last = (self.spots.tables[table.index] for table in (self.parts.passport[0], self.parts.passport[-1]))
        start, container = first[-1], first[:-1]
        blocks = self.spots.blocks(container)
        for number in range(start - 1, max(-1, start - 1 - _HEADING_LINES), -1):
            block = blocks[number]
            if not isinstance(block, Paragraph):
                break
            if _PASSPORT.match(squeeze(block.text)):
                start = number
                break
        return Run(container, start, last[-1] + 1, Unit.PASSPORT)

    @cached_property
    def passport_rows(self) -> list[tuple[Region, Slots]]:
        """The rows of the passport, each with the slots that it takes."""
        found = []
        for region in regions(self.parts.passport):
            if region.label is not None:
                path = self.spots.tables[region.table.index]
                top = region.label.row
                bottom = max(top + region.label.row_span, top + len(region.rows))
                found.append((region, Slots(path, top, bottom, 0, region.table.width, Unit.PASSPORT, region.left)))
        return found

    @cached_property
    def text_lines(self) -> tuple[Located, ...]:
        """The running text: of a document without tables all of it; what stands above a table that is no appendix belongs to it."""
        lines = list(self.parts.text)
        for appendix in (self.parts.indicators, self.parts.activities):
            heading = appendix.heading if appendix else ()
            if not any(APPENDIX.match(squeeze(line.text)) for line in heading):
                lines.extend(heading)
        if not self.parts.passport:
            lines.extend(self.parts.head)
        return tuple(sorted(lines, key=self.path))

    @cached_property
    def sections(self) -> list[tuple[str, str, Run]]:
        """The sections: number as written, title, blocks."""
        read, _, _ = sections(self.text_lines)
        starts = [self.spots.of(section.place) or () for section in read]
        found = []
        for number, section in enumerate(read):
            container = starts[number][:-1]
            begins = starts[number][-1]
            following = [path[-1] for path in starts[number + 1 :] if path[:-1] == container]
            stop = min([*following, *self._walls(container, begins)], default=len(self.spots.blocks(container)))
            found.append((section.number, section.title, Run(container, begins, stop, Unit.SECTION)))
        return found

    @cached_property
    def _bodies(self) -> dict[Path, int]:
        """Where the text of each section begins, below its heading, by the path of its heading."""
        read, _, _ = sections(self.text_lines)
        found = {}
        for section in read:
            start = self.spots.of(section.place) or ()
            first = self.spots.of(section.places[0]) if section.places else None
            found[start] = first[-1] if first else start[-1] + 1
        return found

    def body(self, run: Run) -> int:
        """The block with which the text of a unit begins: of a section the one below its heading."""
        if run.unit in (Unit.APPENDIX, Unit.SUBPROGRAMME):
            return run.start + 1
        return self._bodies.get((*run.container, run.start), run.start) if run.unit == Unit.SECTION else run.start

    def _walls(self, container: Path, begins: int) -> list[int]:
        """Where in a container a section ends at the latest: at an appendix, at the passport."""
        walls = [heading.path[-1] for heading in self.appendix_headings if heading.path[:-1] == container]
        if self.passport and self.passport.container == container:
            walls.append(self.passport.start)
        return [wall for wall in walls if wall > begins]

    @cached_property
    def appendix_headings(self) -> list[Heading]:
        """The paragraphs «Приложение 1 …» that open appendices of the programme."""
        found = []
        for path, line in self._lines():
            matched = APPENDIX.match(line) if len(line) <= _LONGEST_HEADING else None
            if (
                matched
                and not (self.passport and path < (*self.passport.container, self.passport.start))
                and not self._is_the_programme(path)
            ):
                found.append(Heading(path, matched["number"], line))
        return found

    def _is_the_programme(self, path: Path) -> bool:
        """Whether «Приложение» is the programme's own heading: an appendix to a resolution."""
        blocks = self.spots.blocks(path[:-1])[path[-1] : path[-1] + 3]
        lines = [squeeze(block.text) for block in blocks if isinstance(block, Paragraph)]
        return bool(lines) and (bool(_TO_AN_ACT.search(lines[0])) or (len(lines) > 1 and lines[1].lower().startswith("к постановлению")))

    def _lines(self) -> list[tuple[Path, str]]:
        """The paragraphs of the document, and of the cells that but frame parts of it."""
        containers = [(), *dict.fromkeys(self.path(line)[:-1] for line in (*self.parts.head, *self.text_lines, *self._headings()))]
        return [
            ((*container, number), squeeze(block.text))
            for container in dict.fromkeys(containers)
            for number, block in enumerate(self.spots.blocks(container))
            if isinstance(block, Paragraph) and block.text.strip()
        ]

    def _headings(self) -> tuple[Located, ...]:
        appendices = [appendix for appendix in (self.parts.indicators, self.parts.activities) if appendix]
        return tuple(line for appendix in appendices for line in appendix.heading)

    def reach(self, heading: Heading, headings: list[Heading], unit: Unit) -> Run:
        """From a heading up to the next one, or to the end of what holds it."""
        container, start = heading.path[:-1], heading.path[-1]
        following = [other.path[-1] for other in headings if other.path[:-1] == container and other.path[-1] > start]
        return Run(container, start, min(following, default=len(self.spots.blocks(container))), unit)

    @cached_property
    def subprogramme_headings(self) -> list[Heading]:
        """The first heading of each subprogramme."""
        found: dict[str, Heading] = {}
        for path, line in self._lines():
            matched = _SUBPROGRAMME.match(line) if len(line) <= _LONGEST_HEADING else None
            if matched:
                found.setdefault(matched["number"] or line.lower(), Heading(path, matched["number"], line))
        return list(found.values())

    @cached_property
    def title(self) -> Run | None:
        """The paragraphs of the heading in which the programme's title stands."""
        located = title_at(Joined("title", self.parts.head))
        start = self.spots.of(located[1]) if located else None
        if located is None or start is None:
            return None
        blocks = self.spots.blocks(start[:-1])
        told = ""
        for number in range(start[-1], len(blocks)):
            block = blocks[number]
            told = squeeze(f"{told} {block.text}") if isinstance(block, Paragraph) else told
            if located[0] in told or not isinstance(block, Paragraph):
                return Run(start[:-1], start[-1], number + 1, Unit.TITLE)
        return None


def same_number(one: str | None, other: str | None) -> bool:
    """Whether two numbers are the same, Arabic or Roman, with or without a dot at the end.

    >>> same_number("IV", "4"), same_number("2.1.", "2.1"), same_number("1-1", "1.1")
    (True, True, False)
    """
    if one is None or other is None:
        return False
    left, right = one.strip().rstrip(".)").lower(), other.strip().rstrip(".)").lower()
    if left == right:
        return True
    counts = counted(left.upper()), counted(right.upper())
    return None not in counts and counts[0] == counts[1]
