"""New wording in its quotation marks: they open before its first sign and close behind its last, in a cell if it is a table."""

from collections.abc import Sequence

from schemas.blocks import Block, Cell, Paragraph, Table


def in_quotes(blocks: Sequence[Block], ending: str) -> tuple[Block, ...]:
    """The blocks with «…» around them, and what closes the instruction behind."""
    found = list(blocks)
    if found:
        found[0] = _opened(found[0])
        found[-1] = _closed(found[-1], f"»{ending}")
    return tuple(found)


def _opened(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return block._replace(text=f"«{block.text.lstrip()}")
    first = next((cell for cell in block.cells if cell.row == 0 and cell.column == 0), None)
    return block if first is None else _with(block, first, _lines_opened(first.blocks))


def _lines_opened(blocks: Sequence[Block]) -> tuple[Block, ...]:
    if blocks and isinstance(blocks[0], Paragraph):
        return (_opened(blocks[0]), *blocks[1:])
    return (Paragraph.of("«"), *blocks)


def _closed(block: Block, ending: str) -> Block:
    if isinstance(block, Paragraph):
        return block._replace(text=block.text.rstrip() + ending)
    last = max(block.cells, key=lambda cell: (cell.row + cell.row_span, cell.column))
    return _with(block, last, _lines_closed(last.blocks, ending))


def _lines_closed(blocks: Sequence[Block], ending: str) -> tuple[Block, ...]:
    kept = list(blocks)
    while kept and isinstance(kept[-1], Paragraph) and not kept[-1].text.strip():
        kept.pop()
    if kept and isinstance(kept[-1], Paragraph):
        return (*kept[:-1], _closed(kept[-1], ending))
    return (*kept, Paragraph.of(ending))


def _with(table: Table, cell: Cell, blocks: tuple[Block, ...]) -> Table:
    made = Cell.of(cell.row, cell.column, cell.row_span, cell.column_span, blocks)
    return Table(table.index, tuple(made if one is cell else one for one in table.cells), table.inside)
