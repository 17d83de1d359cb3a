"""Document → Resolution: zones, requisites, instructions."""

from extractors import errors
from extractors.amendment.operations import operations
from extractors.amendment.zones import zones
from schemas.amendment import Resolution, TheAct
from schemas.blocks import Document
from schemas.edition import SourceFile


def resolution(document: Document, source: SourceFile) -> Resolution:
    """The resolution that the document holds; raises `NotResolution` when it holds none."""
    found = zones(document)
    if found is None:
        raise errors.NotResolution
    said = operations(found.operative, found.annexes)
    return Resolution(source=source, act=TheAct(), amends=said.amends, operations=said.operations, clauses=said.clauses,
                      unread=(*document.unread, *said.unread))  # fmt: skip
