"""Nothing is dropped: what stands in no field of a resolution is kept as unread."""

from collections.abc import Iterator

from extractors.amendment.zones import Annex, Placed, Zones
from extractors.text import joined
from schemas.amendment import Resolution
from schemas.blocks import Block, Paragraph, Unread

NOT_TAKEN = "не отнесено ни к одному указанию"
ANNEX_NOT_TAKEN = "приложение, которого не взяло ни одно указание"


def unaccounted(record: Resolution, zones: Zones, programme: Annex | None = None) -> Iterator[Unread]:
    """The lines of the document that no field of the record holds; of the annex that is the `programme` its edition tells."""
    held = Held(record)
    for line in (*zones.head, *zones.preamble, *zones.operative, *zones.tail):
        if not held.holds(line):
            yield Unread(place=line.place, text=joined(line.text), reason=NOT_TAKEN)
    for annex in zones.annexes:
        for line in annex.blocks if annex is not programme else ():
            if not held.holds(line):
                yield Unread(place=line.place, text=joined(line.text), reason=ANNEX_NOT_TAKEN)


class Held:
    """Every text of a record, without blanks: line by line, and whole for pieces of lines."""

    def __init__(self, record: Resolution) -> None:
        texts = list(_texts(record))
        self._lines = {bare(part) for text in texts for part in text.split("\n")}
        self._whole = "\n".join(bare(text) for text in texts)

    def holds(self, line: Placed) -> bool:
        """Whether each paragraph of the block stands somewhere in the record."""
        return all(self.holds_text(text) for text in _written(line.block))

    def holds_text(self, text: str) -> bool:
        """Whether a paragraph stands somewhere in the record, whole or line by line."""
        plain = bare(text)
        return (
            not plain
            or plain in self._lines
            or plain in self._whole
            or all(self._has(line) for line in text.replace("\v", "\n").split("\n"))
        )

    def _has(self, line: str) -> bool:
        plain = bare(line)
        return not plain or plain in self._lines or plain in self._whole


def bare(text: str) -> str:
    """The letters and digits of a text: the marks around a new wording are no part of it."""
    return "".join(filter(str.isalnum, text))


def _written(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    else:
        for cell in block.cells:
            for paragraph in cell.paragraphs():
                yield paragraph.text


def _texts(record: Resolution) -> Iterator[str]:
    """The texts of the record's fields, one by one."""
    yield from (line.text for line in record.head)
    yield record.preamble or ""
    yield from (line.text for line in record.lines)
    for operation in record.operations:
        yield operation.text
        yield operation.new or ""
        for block in operation.payload:
            yield from _written(block)
    yield from (clause.text for clause in record.clauses)
    for signatory in record.signatories:
        yield from (signatory.post, signatory.name, f"{signatory.post} {signatory.name}")
    for annex in record.annexes:
        yield from annex.heading
    yield from (item.text for item in record.unread)
