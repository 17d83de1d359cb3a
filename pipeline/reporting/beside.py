"""Two documents block by block: which block of the one stands beside which of the other."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest

from extractors.text import squeeze
from schemas.blocks import Block, Table
from schemas.report import Beside, Shown, Spot

_HEADER = 300  # signs of a table by which it is known again


def beside(old: Shown, new: Shown) -> tuple[Beside, ...]:
    """The blocks in order: equal ones in pairs, between them like with like; blank paragraphs are left out."""
    sides = [[(number, block) for number, block in enumerate(shown.document.blocks) if _sign(block)] for shown in (old, new)]
    matcher = SequenceMatcher(None, [_sign(block) for _, block in sides[0]], [_sign(block) for _, block in sides[1]], autojunk=False)
    made: list[Beside] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        left, right = sides[0][a:b], sides[1][c:d]
        pairs = zip(left, right, strict=True) if tag == "equal" else _like_with_like(left, right)
        made.extend(_row(one, other, old, new) for one, other in pairs)
    return tuple(made)


def _sign(block: Block) -> str:
    """By what a block is known again: a paragraph by its text, a table by its beginning."""
    if not isinstance(block, Table):
        return squeeze(block.text)
    return "\t" + squeeze(" ".join(cell.text for cell in block.cells[:30]))[:_HEADER]


Numbered = tuple[int, Block]


def _like_with_like(old: list[Numbered], new: list[Numbered]) -> Iterator[tuple[Numbered | None, Numbered | None]]:
    """Paragraphs with paragraphs and tables with tables, in order, as far as they go."""
    while old or new:
        is_table = isinstance((new or old)[0][1], Table)
        yield from zip_longest(_taken(old, is_table), _taken(new, is_table))


def _taken(blocks: list[Numbered], tables: bool) -> list[Numbered]:
    """The blocks of this kind that come first, taken off the list."""
    count = next((n for n, (_, block) in enumerate(blocks) if isinstance(block, Table) != tables), len(blocks))
    taken = blocks[:count]
    del blocks[:count]
    return taken


def _row(old: Numbered | None, new: Numbered | None, before: Shown, after: Shown) -> Beside:
    if old is None or new is None:
        return Beside(old and old[0], new and new[0], same=False)
    marked = _is_marked(*old, before.marks) or _is_marked(*new, after.marks)
    return Beside(old[0], new[0], same=not marked and _text(old[1]) == _text(new[1]))


def _is_marked(number: int, block: Block, marks: Mapping[Spot, object]) -> bool:
    if not isinstance(block, Table):
        return number in marks
    inner = {block.index} | {nested.index for cell in block.cells for nested in cell.blocks if isinstance(nested, Table)}
    return any(isinstance(spot, tuple) and spot[0] in inner for spot in marks)


def _text(block: Block) -> str:
    return squeeze("\n".join(cell.text for cell in block.cells) if isinstance(block, Table) else block.text)
