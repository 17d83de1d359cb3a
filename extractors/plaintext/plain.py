"""Lines of plain text → blocks: ruled tables, tab-led tables, paragraphs.

The lines between ruled tables are those in which `extractors.plaintext.tabbed` looks for its own.
"""

from collections.abc import Sequence
from typing import NamedTuple

from extractors import errors
from extractors.options import USUAL, Limits
from extractors.plaintext import ruled, tabbed
from schemas.blocks import Aside, Block, LeftOut, Unread


class Read(NamedTuple):
    """The blocks of some lines, the number of their tables, and all that is none of them."""

    blocks: tuple[Block, ...]
    tables: int = 0
    unread: tuple[Unread, ...] = ()
    aside: tuple[Aside, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def blocks(lines: Sequence[str], numbers: Sequence[int], first_table: int = 0, limits: Limits = USUAL.limits) -> Read:
    """The lines, numbered as in their file, as blocks; tables are counted from `first_table`.

    Raises `TooLarge` where the tables have more slots than the limit.
    """
    if sum(line.count("\t") for line in lines) > limits.plain_slots:
        raise errors.TooLarge(detail="limits.plain_slots")
    made: list[Block] = []
    unread: list[Unread] = []
    drawn: list[ruled.Ruled] = []
    tables, done, slots_left = first_table, 0, limits.plain_slots
    for region in [*ruled.regions(lines), range(len(lines), len(lines))]:
        between = tabbed.blocks(lines[done : region.start], numbers[done : region.start], tables)
        made.extend(between.blocks)
        unread.extend(between.unread)
        tables += between.tables
        done = region.stop
        if region:
            found = ruled.table(lines[region.start : region.stop], numbers[region.start : region.stop], tables, slots_left)
            slots_left -= found.slots
            drawn.append(found)
            made.extend(found.blocks)
            unread.extend(found.unread)
            tables += found.tables
    return Read(
        tuple(made), tables - first_table, tuple(unread), tuple(item for found in drawn for item in found.aside), ruled.left_out(drawn)
    )
