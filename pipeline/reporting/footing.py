"""A broken sum as an accountant foots it: the addends, their sum, what stands there, the difference."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.wording import Words
from schemas.address import Address
from schemas.finding import Remark
from schemas.report import ReportColumn, ReportRow, ReportTable, TableCell, Tone, cell, piece

_FIGURE_SPACE = "\u2007"


def footing(remark: Remark, links: dict[object, str], words: Words, indent: int) -> ReportTable | None:
    """The footing of a remark about a sum of several terms, or None; addends of nothing are left out.

    `links` gives the anchor of a place that the report shows.
    """
    if remark.expected is None or remark.value is None or remark.difference is None or len(remark.terms) < 2:
        return None
    terms = [term for term in remark.terms if term.value] or list(remark.terms)
    values = [*(term.value or Decimal(0) for term in terms), remark.expected, remark.value, remark.difference]
    shown = aligned([*(words.number(value) for value in values[:-1]), words.number(values[-1], signed=True)])
    rows = [
        ReportRow(cells=(cell(piece(name, Tone.QUIET, links.get(term.place))), cell(number, numeric=True)))
        for term, name, number in zip(terms, told_apart([term.address for term in terms], words), shown, strict=False)
    ]
    for name, number, tone in zip((words("сумма"), words("стоит"), words("расхождение")), shown[-3:], (Tone.STRONG, Tone.PLAIN, Tone.STRONG), strict=True):  # fmt: skip
        rows.append(ReportRow(cells=(cell(name), cell(number, numeric=True)), tone=tone))
    return ReportTable(columns=(ReportColumn(title=""), ReportColumn(title="", numeric=True)), rows=tuple(rows), indent=indent)


def told_apart(addresses: Sequence[Address], words: Words) -> list[str]:
    """What tells addends apart: the words of their addresses that not all of them share."""
    said = [words.address_words(address, with_part=False) for address in addresses]
    shared = set.intersection(*map(set, said)) if len(addresses) > 1 else set()
    return [", ".join(word for word in words_ if word not in shared) or ", ".join(words_) for words_ in said]


def aligned(numbers: list[str]) -> list[str]:
    """The numbers with their decimal signs under each other: blanks as wide as a figure make up for missing decimals.

    >>> [number.replace(chr(0x2007), "_") for number in aligned(["1,5", "20", "3,125"])]
    ['1,5__', '20____', '3,125']
    """
    tails = [len(number) - place if (place := max(number.find(","), number.find("."))) >= 0 else 0 for number in numbers]
    return [number + _FIGURE_SPACE * (max(tails) - tail) for number, tail in zip(numbers, tails, strict=True)]


def lined_up(table: ReportTable) -> ReportTable:
    """The table with the figures of each column under each other by their decimal signs."""
    rows = list(table.rows)
    for number, _ in enumerate(table.columns):
        held = [place for place, row in enumerate(rows) if number < len(row.cells) and _is_figure(row.cells[number])]
        texts = aligned([rows[place].cells[number].pieces[0].text for place in held])
        for place, text in zip(held, texts, strict=True):
            cells = list(rows[place].cells)
            (figure,) = cells[number].pieces
            filling = text.removeprefix(figure.text)  # apart from the figure: it is no part of a link
            pieces = (figure, piece(filling)) if figure.target else (figure.model_copy(update={"text": text}),)
            cells[number] = cells[number].model_copy(update={"pieces": pieces})
            rows[place] = rows[place].model_copy(update={"cells": tuple(cells)})
    return table.model_copy(update={"rows": tuple(rows)})


def _is_figure(one: TableCell) -> bool:
    return one.numeric and len(one.pieces) == 1 and one.pieces[0].text[-1:].isdigit()
