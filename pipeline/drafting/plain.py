"""A drafted act as plain text; a table stands as its cells led by tabs, row by row, as Word saves them."""

from collections.abc import Iterable, Iterator

from pipeline.drafting.act import Drafted
from pipeline.drafting.closing import in_quotes
from pipeline.drafting.wording import CONTROL, DATE_AND_NUMBER, DRAFT, KIND, NAME, POST, annex_head, enacting, entry
from schemas.blocks import Block, Cell, Paragraph


def plain(drafted: Drafted) -> str:
    """The act as text, one paragraph on a line."""
    return "\n".join(_lines(drafted)) + "\n"


def _lines(drafted: Drafted) -> Iterator[str]:
    act = drafted.resolution.act
    yield from (
        DRAFT,
        "",
        (act.issuer or "").upper(),
        KIND,
        DATE_AND_NUMBER,
        "",
        act.title or "",
        "",
        enacting(drafted.resolution),
        drafted.head,
    )
    for line in drafted.lines:
        yield f"{line.number} {line.text}".strip()
        yield from _blocks(in_quotes(line.payload, line.closing))
    yield from (entry(drafted), CONTROL, "", f"{POST}          {NAME}")
    for annex in drafted.annexes:
        yield from ("", *annex_head(annex, drafted.resolution), "")
        yield from _blocks(annex.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """A tab begins a cell, a blank line follows a row, another one the table."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text.strip("\n")
        else:
            for number, slots in enumerate(block.grid):
                for cell in dict.fromkeys(slots):
                    yield from _cell(cell, number)
                yield ""
            yield ""


def _cell(cell: Cell, row: int) -> Iterator[str]:
    """The cell's first line is led by a tab, its others are not; a cell merged downwards is empty in the rows below."""
    lines = [paragraph.text.strip("\n") for paragraph in cell.paragraphs()] if cell.row == row else []
    yield "\t" + (lines[0] if lines else "")
    yield from lines[1:]
