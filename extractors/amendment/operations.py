"""The operative part → operations and clauses; what is not understood is kept with the reason."""

from collections.abc import Sequence
from typing import NamedTuple

from extractors.amendment.zones import Annex, Placed
from extractors.text import joined
from schemas.amendment import AmendedAct, Clause, Operation
from schemas.blocks import Unread

NOT_UNDERSTOOD = "указание не понято"


class Found(NamedTuple):
    """What an operative part says: the acts amended, the operations, the other items, what was not understood."""

    amends: tuple[AmendedAct, ...] = ()
    operations: tuple[Operation, ...] = ()
    clauses: tuple[Clause, ...] = ()
    unread: tuple[Unread, ...] = ()


def operations(operative: Sequence[Placed], annexes: Sequence[Annex]) -> Found:
    """The instructions of an act; those of an annex «ИЗМЕНЕНИЯ, которые вносятся …» are read with them."""
    lines = [*operative, *(line for annex in annexes if annex.kind == "изменения" for line in annex.blocks)]
    return Found(unread=tuple(Unread(place=line.place, text=joined(line.text), reason=NOT_UNDERSTOOD) for line in lines))
