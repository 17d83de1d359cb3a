"""Tables of activities with years as columns, as most municipalities draw them."""

from typing import Any

import pytest
import yaml

from extractors.edition import edition
from extractors.reader import read, source_file
from pipeline.rule import check
from schemas.edition import Block, Edition
from tests.model import CASES
from tests.word import CONTINUE, RESTART, p, package, span, tbl, tc, tr


def drawn(text: str) -> str:
    """A Word table of lines of cells: «^» goes on with the cell above, «<» with the one to the left."""
    grid = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    return tbl(*(tr(*_cells(grid, y)) for y in range(len(grid))))


def _cells(grid: list[list[str]], y: int) -> list[str]:
    made: list[str] = []
    for x, text in enumerate(grid[y]):
        if text == "<":
            continue
        wide = 1 + next((n for n, cell in enumerate(grid[y][x + 1 :]) if cell != "<"), len(grid[y]) - x - 1)
        down = y + 1 < len(grid) and x < len(grid[y + 1]) and grid[y + 1][x] == "^"
        merge = CONTINUE if text == "^" else RESTART if down else ""
        made.append(tc("" if text == "^" else text.replace("¶", "\n"), (span(wide) if wide > 1 else "") + merge))
    return made


def programme(table: str, passport: str = "") -> Edition:
    """The edition of a programme with this table of activities."""
    head = p("Муниципальная программа") + p("«Развитие города Светлого»") + passport
    data = package(head + p("Приложение 1 к муниципальной программе") + p("Перечень мероприятий") + table)
    document = read(data)
    return edition(document, source_file("city.docx", data, document))


def money(made: Edition) -> dict[str, str]:
    """Every row of money: «task/activity source» → its values in the order of the years."""
    blocks = [(f"{task.number}/{activity.number}", activity.years) for task in made.tasks for activity in task.activities]
    blocks += [(f"{task.number}/", task.subtotal) for task in made.tasks]
    return {f"{name} {source}": line for name, block in [*blocks, ("итог/", made.grand_total)] for source, line in _lines(block).items()}


def _lines(block: Block) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in block.values():
        for source, amount in row.amounts():
            found.setdefault(source, []).append(str(amount.value))
    return {source: " ".join(values) for source, values in found.items()}


@pytest.mark.parametrize("case", yaml.safe_load((CASES / "financing.yaml").read_text("utf-8")), ids=lambda case: case["case"])
def test_years_as_columns(case: dict[str, Any]) -> None:
    """The amounts, what was not understood and the findings are those that the case names."""
    made = programme(drawn(case["table"]))
    assert money(made) == case["money"]
    assert sorted(item.reason for item in made.unread) == sorted(case.get("unread", []))
    assert sorted(f"{f.code} {f.remark.address}" for f in check(made)) == sorted(case.get("findings", []))
    assert made.unit == case.get("unit")
