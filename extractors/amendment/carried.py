"""The edition that a resolution carries: the programme that it adopts, or restates whole.

It is read by the same extractors from the same document, whose other blocks are blanked: so each place stays what
it is in the file.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import regex

from extractors.amendment.zones import Annex, Placed, Zones
from extractors.edition import edition
from extractors.labels import default_labels
from extractors.locate import Parts, locate
from extractors.text import key, squeeze
from schemas.amendment import AmendedAct, TheAct
from schemas.blocks import Block, Cell, Document, Paragraph, Table
from schemas.edition import Edition, SourceFile
from schemas.place import Place
from schemas.requisites import Act, Citation

_ADOPTS = regex.compile(r"\bутвердить\b[^.;:]{0,120}?\bпрограмм", regex.I)
_AMENDS = regex.compile(r"\b(?:внести|внесении)\b[^.;]{0,80}?изменени|\bизложи|в\s+новой\s+редакции", regex.I)
_WHOLE_TEXT = 2  # sections of text that make a passport a programme


class Carried(NamedTuple):
    """The annex, and the edition that was read from it."""

    annex: Annex
    edition: Edition


def carried(document: Document, source: SourceFile, zones: Zones, act: TheAct, amends: Sequence[AmendedAct]) -> Carried | None:
    """The annex that is a whole programme, with the act's own place among those that made the edition; None if none is."""
    text = " ".join(squeeze(line.text) for line in zones.operative)
    adopts = _ADOPTS.search(text) is not None and not _AMENDS.search(text)
    for annex in zones.annexes:
        kept = [*annex.blocks, *((*zones.head, *annex.heading) if adopts else ())]
        only = _only(document, kept)
        if _is_programme(locate(_only(document, annex.blocks), default_labels()), adopts=adopts):
            read = edition(only, source)
            return Carried(annex, _adopted(read, act, zones) if adopts else _restated(read, act, amends, zones))
    return None


def _is_programme(parts: Parts, *, adopts: bool) -> bool:
    """A passport alone may restate a part; with activities or text, or in an act that adopts a programme, it is the whole."""
    return bool(parts.passport) and (adopts or parts.activities is not None or len(parts.text) >= _WHOLE_TEXT)


def _only(document: Document, kept: Iterable[Placed]) -> Document:
    """The document with all blocks blank but these."""
    ids = {id(line.block) for line in kept}
    return Document(
        document.format,
        _blanked(document.blocks, ids),
        document.unread,
        document.aside,
        document.left_out,
        document.computed,
        document.notes,
    )


def _blanked(blocks: Iterable[Block], ids: set[int]) -> tuple[Block, ...]:
    made: list[Block] = []
    for block in blocks:
        if id(block) in ids:
            made.append(block)
        elif isinstance(block, Table) and any(id(inner) in ids for cell in block.cells for inner in cell.blocks):
            cells = tuple(Cell.of(c.row, c.column, c.row_span, c.column_span, _blanked(c.blocks, ids)) for c in block.cells)
            made.append(Table(block.index, cells, block.inside))
        else:
            made.append(Paragraph.of(""))
    return tuple(made)


def _own(act: TheAct, zones: Zones) -> Act:
    """The act itself, as its head tells it."""
    place = zones.head[0].place if zones.head else Place()
    date = act.date and Citation.model_validate({"date": act.date, "number": act.number or "", "kind": act.kind, "issuer": act.issuer,
                                                 "raw": f"{act.date} № {act.number}", "part": "title", "place": place})  # fmt: skip
    return Act(issuer=act.issuer, date=date.date if date else None, number=act.number, citations=(date,) if date and act.number else ())


def _adopted(read: Edition, act: TheAct, zones: Zones) -> Edition:
    """The base act is the act itself; a stamp that tells it otherwise keeps its own word, and both are known."""
    own, stamp = _own(act, zones), read.base_act
    if own.number is None:
        return read
    if stamp.number is None or (stamp.date != own.date and key(stamp.number) != key(own.number)):
        return read.model_copy(update={"base_act": own})
    base = own.model_copy(update={"citations": (*own.citations, *stamp.citations)})
    return read.model_copy(update={"base_act": base})


def _restated(read: Edition, act: TheAct, amends: Sequence[AmendedAct], zones: Zones) -> Edition:
    """The base act is the one amended, and the act itself the last of those that amended it."""
    own, base, acts = _own(act, zones), read.base_act, read.amending_acts
    if base.number is None and amends:
        first = amends[0]
        base = Act.model_validate({"issuer": first.issuer, "date": first.date, "number": first.number})
    if not acts and amends:
        acts = tuple(Act.model_validate({"date": date, "number": number}) for date, number in amends[0].former)
    if own.number and not any(key(one.number or "") == key(own.number) and one.date == own.date for one in acts):
        acts = (*acts, own)
    return read.model_copy(update={"base_act": base, "amending_acts": acts})
