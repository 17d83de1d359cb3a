"""The tail of a resolution → who signed it: post and name, and what stands there besides."""

from collections.abc import Iterator, Sequence

from extractors.amendment import signs
from extractors.amendment.zones import Placed
from extractors.text import squeeze
from schemas.amendment import Signatory
from schemas.blocks import Paragraph, Table, Unread

BEHIND_SIGNATURE = "стоит после подписи и не похоже на приложение"


def signatories(tail: Sequence[Placed]) -> tuple[tuple[Signatory, ...], tuple[Unread, ...]]:
    """Those who signed, in order, and the lines behind them that are no signature."""
    found: list[Signatory] = []
    unread: list[Unread] = []
    pending: list[tuple[str, Placed]] = []
    for text, line in _pieces(tail):
        if not pending and not signs.post(text) and not found:
            unread.append(_unread(text, line))
            continue
        pending.append((text, line))
        signed = signs.signed("\n".join(part for part, _ in pending)) if signs.post(pending[0][0]) else None
        if signed:
            found.append(Signatory(post=squeeze(signed[0]), name=squeeze(signed[1])))
            pending = []
        elif not signs.post(pending[0][0]) or len(pending) > 5:
            unread.append(_unread(*pending.pop(0)))
    unread.extend(_unread(text, line) for text, line in pending)
    return tuple(found), tuple(unread)


def _unread(text: str, line: Placed) -> Unread:
    return Unread(place=line.place, text=squeeze(text), reason=BEHIND_SIGNATURE)


def _pieces(tail: Sequence[Placed]) -> Iterator[tuple[str, Placed]]:
    """The lines in reading order; a table of two signatories side by side is read column by column."""
    for line in tail:
        if isinstance(line.block, Paragraph):
            yield from ((part, line) for part in line.text.replace("\v", "\n").split("\n") if part.strip())
        else:
            for text in _cells(line.block):
                yield from ((part, line) for part in text.replace("\v", "\n").split("\n") if part.strip())


def _cells(table: Table) -> list[str]:
    """Cell by cell along the rows, or down the columns where each column is a signature of its own."""
    columns: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.text.strip():
            columns.setdefault(cell.column, []).append(cell.text)
    down = [text for column in sorted(columns) for text in columns[column]]
    own = [texts for texts in columns.values() if signs.post(texts[0]) and signs.signed("\n".join(texts))]
    if len(own) > 1 and len(own) == len(columns):
        return down
    return [cell.text for cell in table.cells if cell.text.strip()]
