"""The note of editions «(в редакции постановлений … от … № …)»: an act that was carried out is named in it.

The act itself does not say so; whoever publishes an edition writes it, and readers know the edition by it. In the
heading the note names every act; in an appendix that has a note of its own the act is named when it touched the appendix.
What the note says of the base act, and the lines above the title, stay.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import regex

from pipeline.carrying.account import Touched
from pipeline.carrying.edits import Edit, PutBlocks, Splice
from pipeline.carrying.former import Former
from pipeline.carrying.paths import Path
from pipeline.carrying.scopes import Run
from schemas.amendment import TheAct, Unit
from schemas.blocks import Paragraph
from schemas.requisites import Act

_NOTE = regex.compile(r"\(\s*(?:в\s+ред(?:акции|\.)|с\s+изменениями|с\s+изм\.)", regex.I)
_ONE_ACT = regex.compile(r"(?<=\bпостановлени)я(?=\s)", regex.I)
_TIGHT = regex.compile(r"№(?=\d)")


def cited(date: str | None, number: str | None, tight: bool = False) -> str:
    """How a note names an act.

    >>> cited("2024-02-15", "77")
    'от 15.02.2024 № 77'
    """
    day = f"от {dt.date.fromisoformat(date):%d.%m.%Y} " if date else ""
    return f"{day}№{'' if tight else ' '}{number or ''}".strip()


def noted(former: Former, act: TheAct, before: Iterable[Act], touched: Touched) -> list[Edit]:
    """The edits that name the act in the notes of a document in which it was carried out; `before` are the acts that the edition knew."""
    found = list(_notes(former))
    edits: list[Edit] = []
    for path, at, is_head in found:
        if is_head or _touches(former, path, touched):
            edits.extend(_named(former, path, at, act))
    if not any(is_head for _, _, is_head in found) and former.title is not None:
        edits.append(_new_note(former.title, [*((_day(one), one.number) for one in before), (act.date, act.number)]))
    return edits


def _day(act: Act) -> str | None:
    return act.date.isoformat() if act.date else None


def _notes(former: Former) -> Iterator[tuple[Path, int, bool]]:
    """Where notes end: the paragraph and the closing bracket in it, and whether it is the note of the heading."""
    headings = [appendix.heading for appendix in (former.parts.indicators, former.parts.activities) if appendix]
    for lines, is_head in ((former.parts.head, True), *((heading, False) for heading in headings)):
        opened = False
        for line in lines:
            start = _NOTE.search(line.text)
            opened = opened or start is not None
            closing = line.text.find(")", start.end() if start else 0) if opened else -1
            if closing >= 0:
                yield former.path(line), closing, is_head
                opened = False


def _named(former: Former, path: Path, at: int, act: TheAct) -> Iterator[Edit]:
    text = former.spots.text(path)
    yield Splice(path, at, at, f", {cited(act.date, act.number, bool(_TIGHT.search(text)))}")
    one = _ONE_ACT.search(text, 0, at)
    if one:
        yield Splice(path, one.start(), one.end(), "й")


def _new_note(title: Run, acts: Sequence[tuple[str | None, str | None]]) -> PutBlocks:
    word = "постановления" if len(acts) == 1 else "постановлений"
    text = f"(в редакции {word} {', '.join(cited(*act) for act in acts)})"
    return PutBlocks(title.container, title.stop, title.stop, (Paragraph(text),))


def _touches(former: Former, note: Path, touched: Touched) -> bool:
    """Whether the act touched the appendix in whose heading a note stands."""
    headings = former.appendix_headings
    runs = [former.reach(heading, headings, Unit.APPENDIX) for heading in headings]
    mine = next((run for run in runs if run.container == note[:-1] and run.start <= note[-1] < run.stop), None)
    if mine is None:
        return False
    depth = len(mine.container)
    return any(path[:depth] == mine.container and mine.start <= path[depth] < mine.stop for path in touched.made)
