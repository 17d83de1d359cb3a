"""Markdown of the GitHub flavour, for mail and chat: what stands in a document never becomes markup."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import regex

from pipeline.renderer import Renderer, Screen
from schemas.report import Entry, Line, Piece, Report, ReportRow, ReportSection, ReportTable, TableCell, Tone

_BOLD = (Tone.STRONG, Tone.ERROR, Tone.WARNING, Tone.UNEXPLAINED, Tone.ADDED, Tone.POINTED)
_TAGS = {"**": "b", "~~": "del"}
_MARKUP = regex.compile(r"[\\`*|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\](?=[(\[:]|$)")  # [таблица 1] and a_b are no markup
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BREAKS = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\t": " "})
_OPENING = regex.compile(r"(?:^|(?<=\n))(?:(?P<sign>[-+#=])|(?P<number>\d{1,9})(?P<dot>[.)]))")  # «- пункт», «1. пункт», «# »


def render(report: Report, screen: Screen) -> bytes:  # noqa: ARG001 — Markdown looks the same everywhere
    """The report as UTF-8 Markdown."""
    blocks = [f"# {_one_line(report.title)}"]
    if report.subtitle:
        blocks.append(_block("\n".join(_escaped(line) for line in report.subtitle)))
    if report.facts:
        blocks.append("\n".join(f"- {_one_line(fact.name)}: {_run((Piece(text=fact.value, tone=Tone.STRONG),))}" for fact in report.facts))
    blocks += [_told(item) for item in report.gist]
    for section in report.sections:
        blocks.extend(_section(section))
    if report.footer:
        blocks.append(_block(_escaped(report.footer)))
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _section(section: ReportSection) -> Iterator[str]:
    yield f"{'#' * (section.level + 1)} {_one_line(section.title)}"
    for item in section.lines:
        yield _entry(item) if isinstance(item, Entry) else _told(item)
    if section.table:
        yield _table(section.table)


def _entry(entry: Entry) -> str:
    """One thing as an item of a list: its lines under each other, its tables between blank lines."""
    made = ""
    for before, item in zip((None, *entry.lines, *entry.folded), (*entry.lines, *entry.folded), strict=False):
        close = isinstance(before, Line) and isinstance(item, Line)
        made += ("  \n" if close else "\n\n" if made else "") + _told(item)
    return "- " + made.replace("\n", "\n  ").replace("\n  \n", "\n\n")


def _told(item: Line | ReportTable) -> str:
    return _table(item) if isinstance(item, ReportTable) else _block(_run(item.pieces))


def _table(table: ReportTable) -> str:
    """A table; Markdown knows none without a header, and none whose rows are of unequal length."""
    if not table.rows:
        return ""
    count = len(table.columns)
    rows = [[_one_line(column.title) for column in table.columns], ["---:" if column.numeric else "---" for column in table.columns]]
    rows.extend(_heading(row, count) if row.heading else [*map(_cell, row.cells), *[""] * (count - len(row.cells))] for row in table.rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _heading(row: ReportRow, count: int) -> list[str]:
    """A heading as a row of its own: in the second column, for the first is that of short numbers."""
    said = _marked("".join(piece.text for cell in row.cells for piece in cell.pieces), "**", "", "")
    return ([said] if count == 1 else ["", said]) + [""] * (count - 2)


def _cell(cell: TableCell) -> str:
    return _run(cell.pieces).strip().replace("\n", "<br>")


def _block(text: str) -> str:
    """Marked text as a paragraph: its breaks stay breaks, and no line of it opens a list or a heading."""
    return _OPENING.sub(_harmless, text.strip()).replace("\n", "  \n")


def _run(pieces: Sequence[Piece]) -> str:
    """Pieces in a row; what looks alike is one run: `**a****b**` would be no emphasis at all."""
    runs = [(mark, "".join(piece.text for piece in group)) for mark, group in groupby(filter(lambda piece: piece.text, pieces), _mark)]
    whole = "".join(text for _, text in runs)
    made, done = "", 0
    for mark, text in runs:
        before, after = whole[:done][-1:], whole[done + len(text) :][:1]
        made += _marked(text, mark, before, after) if mark else _escaped(text)
        done += len(text)
    return regex.sub(r" *\n[ \n]*", "\n", made)


def _mark(piece: Piece) -> str:
    return "**" if piece.tone in _BOLD else "~~" if piece.tone == Tone.REMOVED else ""


def _marked(text: str, mark: str, before: str, after: str) -> str:
    """Emphasis around the text and not around its blanks; a tag where the signs beside it would undo the emphasis."""
    inner = text.strip()
    if not inner:
        return _escaped(text)
    start = text.index(inner)
    left, right = text[:start], text[start + len(inner) :]
    undone = (not left and _undoes(before, inner[0])) or (not right and _undoes(after, inner[-1])) or "\n" in inner
    opened, closed = (f"<{_TAGS[mark]}>", f"</{_TAGS[mark]}>") if undone else (mark, mark)
    return f"{_escaped(left)}{opened}{_escaped(inner)}{closed}{_escaped(right)}"


def _undoes(outside: str, inside: str) -> bool:
    """«слово**«имя»**»: between a letter and a sign, Markdown takes the stars for stars."""
    return outside.isalnum() and not inside.isalnum()


def _one_line(text: str) -> str:
    return " ".join(_escaped(text).split())


def _escaped(text: str) -> str:
    """Text that means itself within a line."""
    safe = _MARKUP.sub(r"\\\g<0>", text.translate(_BREAKS))
    for sign, reference in _REFERENCES.items():
        safe = safe.replace(sign, reference)
    return safe


def _harmless(found: "regex.Match[str]") -> str:
    sign, number, dot = found.group("sign", "number", "dot")
    return f"\\{sign}" if sign else f"{number}\\{dot}"


renderer = Renderer("md", ".md", "text/markdown; charset=utf-8", render)
