"""The edition that is to be expected when acts are carried out on a former one, act by act.

Totals are not reckoned anew: an act that changes a term and not its total leaves the total as it was, and the rules say so.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from extractors.edition import edition as extract
from extractors.text import key
from pipeline.amend import Amended, amend
from schemas.amendment import AmendedAct, Operation, Resolution
from schemas.blocks import Document, Note
from schemas.edition import Edition, SourceFile
from schemas.requisites import Act

Read = Callable[[SourceFile, Document], Edition]
Match = Literal["this", "other", "amending", "unknown"]


class Carried(NamedTuple):
    """One act that was carried out: what became of its operations, and the edition that came of it."""

    resolution: Resolution
    amended: Amended
    edition: Edition


class Expected(NamedTuple):
    """The document and the edition after all acts, and the acts one by one."""

    document: Document
    edition: Edition
    acts: tuple[Carried, ...]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations of all acts in order; of several acts each with the number of its act before its own id."""
        several = len(self.acts) > 1
        return tuple(
            operation.model_copy(update={"id": f"{carried.resolution.act.number or n}/{operation.id}"}) if several else operation
            for n, carried in enumerate(self.acts, 1) for operation in carried.amended.operations
        )  # fmt: skip


def expected(document: Document, edition: Edition, resolutions: Sequence[Resolution], read: Read | None = None) -> Expected:
    """The former edition and its document, and the acts in the order in which they come → what is to be expected.

    Of an act that amends several only the operations on this programme are carried out. The base act is the
    former edition's, whatever heads a programme that was restated whole; the act joins the amending acts. Raises
    `NotEdition` if what is left is none. `read` reads the edition from the document, as the former one was read.
    """
    read = read or extract_from
    acts: list[Carried] = []
    for resolution in resolutions:
        amended = amend(document, operations_on(resolution, edition), edition, resolution.act)
        done = any(operation.status == "carried-out" for operation in amended.operations)
        if done:
            document = _marked(amended.document, resolution)
            edition = _with_requisites(read(edition.source, document), edition, resolution)
        acts.append(Carried(resolution, amended, edition))
    return Expected(document, edition, tuple(acts))


def extract_from(source: SourceFile, document: Document) -> Edition:
    """The edition that a document holds by itself."""
    return extract(document, source)


def operations_on(resolution: Resolution, edition: Edition) -> tuple[Operation, ...]:
    """The operations of an act on this programme: those on the amended act that adopted it."""
    matches = [which(act, edition) for act in resolution.amends]
    if len(matches) < 2 or "this" not in matches:
        return resolution.operations
    return tuple(operation for operation in resolution.operations if operation.act == matches.index("this"))


def in_order(resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """The acts by date; as they were given where one bears none."""
    if any(resolution.act.date is None for resolution in resolutions):
        return tuple(resolutions)
    return tuple(sorted(resolutions, key=lambda resolution: resolution.act.date or ""))


def amends(resolution: Resolution, edition: Edition) -> Match:
    """Whether an act amends this programme: its base act, another act, an act that only amended it, or who knows."""
    matches = [which(act, edition) for act in resolution.amends]
    return next((match for match in ("this", "amending", "other") if match in matches), "unknown")


def which(act: AmendedAct, edition: Edition) -> Match:
    """Which act of this programme an amended act is."""
    if act.number is None or edition.base_act.number is None:
        return "unknown"
    if _same(act, edition.base_act):
        return "this"
    return "amending" if any(_same(act, other) for other in edition.amending_acts) else "other"


def _same(act: AmendedAct, other: Act) -> bool:
    dates = (act.date, other.date.isoformat() if other.date else None)
    return key(act.number or "") == key(other.number or "") and (None in dates or dates[0] == dates[1])


def _marked(document: Document, resolution: Resolution) -> Document:
    """The document with a note that no file holds this edition: it was made by carrying an act out."""
    act = resolution.act
    text = f"редакция составлена исполнением акта № {act.number or '?'}: файла с ней нет"
    return replace(document, notes=(*document.notes, Note(kind="carried-out", count=1, text=text)))


def _with_requisites(made: Edition, former: Edition, resolution: Resolution) -> Edition:
    """The edition with the base act of the former one, and with the act among its amending acts, if its heading does not say so."""
    base = made.base_act if made.base_act.number else former.base_act
    known = {key(act.number or "") for act in made.amending_acts}
    lost = tuple(act for act in former.amending_acts if key(act.number or "") not in known)
    date, number = resolution.act.date, resolution.act.number
    new = () if number is None or key(number) in known else (Act(date=dt.date.fromisoformat(date) if date else None, number=number),)
    return made.model_copy(update={"base_act": base, "amending_acts": (*lost, *made.amending_acts, *new)})
