"""Tables of activities with years as columns, as most municipalities draw them."""

from typing import Any

import pytest
import yaml

from extractors.edition import edition
from extractors.reader import read, source_file
from pipeline.rule import check
from schemas.edition import Block, Edition, Funding
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


def programme(table: str, passport: str = "", title: str = "«Развитие города Светлого»") -> Edition:
    """The edition of a programme with this table of activities."""
    head = p("Муниципальная программа") + p(title) + passport
    appendix = p("Приложение 1 к муниципальной программе") + p("Перечень мероприятий") + table if table else ""
    data = package(head + appendix)
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
    made = programme(drawn(case["table"]), title=case.get("title", "«Развитие города Светлого»"))
    assert money(made) == case["money"]
    assert sorted(item.reason for item in made.unread) == sorted(case.get("unread", []))
    assert sorted(f"{f.code} {f.remark.address}" for f in check(made)) == sorted(case.get("findings", []))
    assert made.unit == case.get("unit")
    if "responsible" in case:
        assert [activity.responsible for task in made.tasks for activity in task.activities] == case["responsible"]


@pytest.mark.parametrize("case", yaml.safe_load((CASES / "prose.yaml").read_text("utf-8")), ids=lambda case: case["case"])
def test_funding_in_words(case: dict[str, Any]) -> None:
    """What the passport's words say of each source; what cannot be told for certain is unread, and no finding comes of it."""
    rows = [tr(tc(label), tc("".join(map(p, text.strip().split("\n"))))) for label, text in [*_PASSPORT, (_FUNDING, case["text"])]]
    made = programme("", tbl(*rows))
    read_ = {funding.source: _said(funding) for funding in made.passport.funding}
    assert read_ == case["funding"]
    assert made.passport.funding_unit == case.get("unit")
    assert [item.text.split("\n")[0] for item in made.unread] == ([] if case["funding"] else [case["text"].split("\n")[0]])
    assert [f"{f.code} {f.remark.address}" for f in check(made)] == case.get("findings", [])


_TABLE = """
№ | Наименование мероприятия | Источник финансирования | Всего, тыс. руб. | 2025
1 | Ремонт | местный бюджет | 9,0 | 9,0
Всего по программе | < | местный бюджет | 9,0 | 9,0
"""


def test_a_page_laid_out_in_a_table() -> None:
    """A table that only frames another adds nothing, however deep it stands."""
    plain, framed = programme(drawn(_TABLE)), programme(tbl(tr(tc(tbl(tr(tc(drawn(_TABLE) + p("")))) + p("")))))
    assert money(framed) == money(plain) != {}
    assert (framed.unread, check(framed)) == ((), ())


def test_money_stated_once_more_in_another_appendix() -> None:
    """A second appendix with the same money adds up to nothing twice; it is unread as a whole."""
    again = p("Приложение 2 к муниципальной программе") + p("Ресурсное обеспечение") + drawn("\n".join(_TABLE.strip().split("\n")[:2]))
    made = programme(drawn(_TABLE) + again)
    assert money(made) == money(programme(drawn(_TABLE)))
    assert [item.reason for item in made.unread] == ["ещё одна таблица с деньгами программы: мероприятия прочитаны из другого приложения"]
    assert check(made) == ()


_FUNDING = "Объемы и источники финансирования"
_PASSPORT = [
    ("Наименование программы", "Развитие города Светлого"),
    ("Цель программы", "Рост"),
    ("Исполнитель", "Отдел"),
    ("Срок реализации", "долгий"),
]


def _said(funding: Funding) -> str:
    amounts = funding.years | ({"total": funding.total} if funding.total else {})
    return "; ".join(f"{year} {amount.value}" for year, amount in amounts.items())


@pytest.mark.parametrize(
    "nested",
    [
        "Год | Сумма, тыс. рублей\n2025 | 4,0\n2026 | 5,0\nИтого | 9,0",
        "Источники | 2025 год | 2026 год | Всего\nместный бюджет | 4,0 | 5,0 | 9,0",
        "Годы | местный бюджет\n2025 | 4,0\n2026 | 5,0\nВсего | 9,0",
        "Источник | Сумма, тыс. рублей\nместный бюджет | 9,0\nВсего | 9,0",
    ],
)
def test_funding_in_tables_of_any_orientation(nested: str) -> None:
    """Years and sources in rows or in columns, or one of them alone: nothing unread and nothing found wrong."""
    rows = [tr(tc(label), tc(text)) for label, text in _PASSPORT]
    made = programme("", tbl(*rows, tr(tc(_FUNDING), tc(drawn(nested) + p("")))))
    assert made.unread == ()
    assert check(made) == ()
    assert {str(funding.total and funding.total.value) for funding in made.passport.funding} == {"9.0"}


def test_the_label_names_the_only_source() -> None:
    """«За счет средств областного бюджета» in the label: the amounts are of that source; numbered labels and dashes tell nothing."""
    label = "9. Объемы финансового обеспечения за счет средств областного бюджета"
    rows = [tr(tc(f"{n}. {name}"), tc("-"), tc(text)) for n, (name, text) in enumerate(_PASSPORT, 1)]
    made = programme("", tbl(*rows, tr(tc(label), tc("-"), tc("Всего 9,0 тыс. рублей, в том числе: 2025 год – 9,0 тыс. рублей"))))
    assert [(funding.source, _said(funding)) for funding in made.passport.funding] == [("regional", "2025 9.0; total 9.0")]
    assert (made.passport.goal, made.unread, check(made)) == ("Рост", (), ())


def test_units_that_differ_are_not_compared() -> None:
    """Roubles of the passport beside thousands of the appendix: no disagreement comes of the unit."""
    rows = [tr(tc(label), tc(text)) for label, text in [*_PASSPORT, (_FUNDING, "Всего – 9000 рублей, в том числе: 2025 год – 9000 рублей")]]
    table = "№ | Наименование мероприятия | Всего, тыс. руб. | 2025\n1.1 | Ремонт | 9,0 | 9,0\nВсего по программе | < | 9,0 | 9,0"
    made = programme(drawn(table), tbl(*rows))
    assert (made.unit, made.passport.funding_unit) == ("тыс. руб.", "рублей")
    assert check(made) == ()


@pytest.mark.parametrize(
    ("above", "header", "unit"),
    [("тыс. рублей", "2025", "тыс. рублей"), ("", "2025 год, тыс. руб.", "тыс. руб."), ("(в рублях)", "2025 год", "рублях")],
)
def test_the_unit_above_the_table_of_funding(above: str, header: str, unit: str) -> None:
    """A line above the passport's own table, or its header, says the unit: the appendix in another one does not contradict it."""
    amount = "9000" if "рублях" in above else "9,0"
    nested = drawn(f"Источник | {header} | Всего\nместный бюджет | {amount} | {amount}")
    rows = [*(tr(tc(label), tc(text)) for label, text in _PASSPORT), tr(tc(_FUNDING), tc(p(above) + nested + p("")))]
    head = "№ | Наименование мероприятия | Источник | Всего, млн руб. | 2025"
    made = programme(
        drawn(f"{head}\n1 | Ремонт | местный бюджет | 0,009 | 0,009\nВсего по программе | < | местный бюджет | 0,009 | 0,009"), tbl(*rows)
    )
    assert (made.unit, made.passport.funding_unit) == ("млн руб.", unit)
    assert (made.unread, check(made)) == ((), ())
