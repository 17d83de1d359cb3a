"""A constructed programme of another municipality as a Word file: other years, sources, labels, columns and looks than the samples.

Money is drawn by a seeded generator, sums are right; the passport holds tables in its cells, the
appendices have heads of two rows and a row of numbers, cells merged over years and over columns.
"""

import io
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

YEARS = (2025, 2026, 2027, 2028)
SOURCES = ("федеральный бюджет", "краевой бюджет", "местный бюджет", "внебюджетные средства")
TITLE = "Развитие культуры и туризма Озёрского муниципального округа"


class Look(NamedTuple):
    """How the document is laid out, and how it writes thousands."""

    font: str = "Liberation Serif"
    size: int = 10
    landscape: bool = True
    group: str = "\u00a0"
    repeat_head: bool = True
    lead: int = 0  # lines that push the passport's tables down, so that pages end elsewhere in them


Money = dict[int, list[Decimal]]
"""Of a row: by year, in the order of the sources."""


_PLAIN_LOOK = Look()


def programme(look: Look = _PLAIN_LOOK, tasks: int = 2, activities: int = 3, seed: int = 1) -> bytes:
    """The document."""
    chance = random.Random(seed)
    money = {
        (task, number): {year: [_amount(chance) for _ in SOURCES] for year in YEARS}
        for task in range(1, tasks + 1)
        for number in range(1, activities + 1)
    }
    made = _Document(look)
    made.text(
        "Приложение", "к постановлению администрации Озёрского муниципального округа", "от 14.11.2024 № 1187-па", "МУНИЦИПАЛЬНАЯ ПРОГРАММА",
        f"«{TITLE} на 2025-2028 годы»",
        "(в редакции постановлений администрации Озёрского муниципального округа от 20.02.2025 № 211-па, от 05.06.2025 № 640-па)",
        "ПАСПОРТ", "муниципальной программы",
    )  # fmt: skip
    made.passport(tasks, _sum(money.values()))
    made.text(
        "1. Характеристика текущего состояния",
        "В округе 12 библиотек и 1 музей. Износ зданий составляет 62,4 %; ремонт ведётся с 2019 года.",
    )
    made.text("Приложение 1", "к муниципальной программе", "Показатели муниципальной программы")
    made.indicators(tasks)
    made.text("Приложение 2", "к муниципальной программе", "Перечень мероприятий и ресурсное обеспечение", "тыс. рублей")
    made.activities(money)
    made.text("")
    return made.bytes()


def _amount(chance: random.Random) -> Decimal:
    return Decimal(chance.randint(0, 90_000)) / 10 if chance.random() < 0.7 else Decimal(0)


def _sum(rows: Any) -> Money:
    found = list(rows)
    return {year: [sum((row[year][n] for row in found), Decimal(0)) for n in range(len(SOURCES))] for year in YEARS}


class _Document:
    """A document of python-docx in the making."""

    def __init__(self, look: Look) -> None:
        self.look, self.made = look, docx.Document()
        style, section = self.made.styles["Normal"], self.made.sections[0]
        style.font.name, style.font.size = look.font, Pt(look.size)
        section.page_width, section.page_height = (Cm(29.7), Cm(21)) if look.landscape else (Cm(21), Cm(29.7))
        section.orientation = WD_ORIENT.LANDSCAPE if look.landscape else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = Cm(1.5)

    def text(self, *paragraphs: str) -> None:
        for paragraph in paragraphs:
            self.made.add_paragraph(paragraph)

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.made.save(out)
        return out.getvalue()

    def table(self, rows: int, wide: Sequence[float], narrow: Sequence[float]) -> list[list[Any]]:
        """The cells of a new table whose columns have these widths, in centimetres."""
        table = self.made.add_table(rows, len(wide), "Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, wide if self.look.landscape else narrow, strict=True):
            for cell in column.cells:
                cell.width = Cm(width)
            column.width = Cm(width)
        self.rows = table.rows
        return [list(row.cells) for row in table.rows]

    def figure(self, value: Decimal) -> str:
        return f"{value:,f}".replace(",", self.look.group).replace(".", ",") if value else "0"

    def passport(self, tasks: int, total: Money) -> None:
        lines = [
            ("Наименование муниципальной программы", f"{TITLE} на 2025-2028 годы"),
            ("Куратор программы", "Заместитель главы администрации по социальным вопросам"),
            ("Соисполнители и участники программы", "МБУК «Центральная библиотека»;\nМАУ «Дом культуры «Заря»"),
            ("Цель программы", "\n".join(["Создание условий для развития культуры и туризма в округе", *["и сохранения наследия"] * self.look.lead])),
            ("Задачи программы", "\n".join(f"{task}. Развитие направления № {task} сферы культуры;" for task in range(1, tasks + 1))),
            ("Целевые показатели цели программы", [["Показатель", *(f"{year} год" for year in YEARS)], [f"{_GOAL[0]}, {_GOAL[1]}", *_GOAL[3:]]]),
            ("Сроки реализации программы", "2025-2028 годы"),
            ("Объёмы и источники финансирования программы, тыс. рублей", self._funding(total)),
        ]  # fmt: skip
        for cells, (label, content) in zip(self.table(len(lines), (6, 18), (5, 13)), lines, strict=True):
            _write(cells[0], label)
            if isinstance(content, str):
                _write(cells[1], content)
                continue
            inner = cells[1].add_table(len(content), len(content[0]))
            inner.style = "Table Grid"
            for row, texts in zip(inner.rows, content, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    _write(cell, text)
            cells[1].add_paragraph("")

    def _funding(self, total: Money) -> list[list[str]]:
        rows = [["Источник", *map(str, YEARS), "Всего"]]
        for number, source in enumerate((*SOURCES, "Итого")):
            values = [total[year][number] if number < len(SOURCES) else sum(total[year], Decimal(0)) for year in YEARS]
            rows.append([source, *map(self.figure, values), self.figure(sum(values, Decimal(0)))])
        return rows

    def indicators(self, tasks: int) -> None:
        own = [
            (f"Доля организаций направления {task}, получивших поддержку", "%", "отчёт отдела", f"{40 + task}", f"{41 + task},5", "х", "50")
            for task in range(1, tasks + 1)
        ]
        rows = [("1", *_GOAL), *((f"1.{number}", *texts) for number, texts in enumerate(own, 1))]
        cells = self.table(2 + len(rows), (1, 8, 2, 5, 2, 2, 2, 2), (1, 4, 2, 4, 1.7, 1.7, 1.7, 1.7))
        self._head(
            cells,
            ("№ п/п", "Наименование показателя", "Ед. изм.", "Методика расчета"),
            "Значение показателя по годам",
            tuple(map(str, YEARS)),
        )
        for line, texts in zip(cells[2:], rows, strict=True):
            for cell, text in zip(line, texts, strict=True):
                _write(cell, text)

    def activities(self, money: dict[tuple[int, int], Money]) -> None:
        tasks = sorted({task for task, _ in money})
        wide, narrow = (1, 6, 2, 2.6, 2.4, 2.4, 2.4, 2.6, 3, 2), (0.8, 3.4, 1.8, 1.9, 1.8, 1.8, 1.8, 1.8, 2, 1.4)
        cells = self.table(3 + (1 + len(YEARS)) * (len(money) + len(tasks) + 1) + len(tasks), wide, narrow)
        self._head(
            cells,
            ("№", "Наименование мероприятия", "Срок исполнения"),
            "Объём финансирования",
            ("Всего", *SOURCES),
            ("Исполнитель", "Результат"),
        )
        for number, cell in enumerate(cells[2], 1):
            _write(cell, str(number))
        for row in list(self.rows)[: 3 if self.look.repeat_head else 0]:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        at = 3
        for task in tasks:
            _write(cells[at][0].merge(cells[at][-1]), f"Задача {task}. Развитие направления № {task} сферы культуры")
            at += 1
            own = {number: row for (of, number), row in money.items() if of == task}
            for number, row in own.items():
                at = self._block(
                    cells,
                    at,
                    row,
                    (f"{task}.{number}", f"Мероприятие {task}.{number}: фестиваль «Звёзды Озёрска — {number}»"),
                    "отдел культуры, МАУ «ДК «Заря»",
                )
            at = self._block(cells, at, _sum(own.values()), (f"Итого по задаче {task}",), "х")
        self._block(cells, at, _sum(money.values()), ("Итого по программе",), "х")

    def _block(self, cells: list[list[Any]], at: int, money: Money, names: tuple[str, ...], responsible: str) -> int:
        """A row for the years together and for each of them; the row behind them."""
        total = [sum((money[year][n] for year in YEARS), Decimal(0)) for n in range(len(SOURCES))]
        rows = [("ВСЕГО", total), *((str(year), money[year]) for year in YEARS)]
        for line, (year, values) in zip(cells[at:], rows, strict=False):
            for cell, text in zip(line[2:], (year, *map(self.figure, (sum(values, Decimal(0)), *values))), strict=False):
                _write(cell, text)
            _write(line[9], "" if year == "ВСЕГО" else year[-1])
        last = cells[at + len(YEARS)]
        for column, name in enumerate(names):
            _write(cells[at][column].merge(last[column if len(names) > 1 else 1]), name)
        _write(cells[at][8].merge(last[8]), responsible)
        return at + len(rows)

    def _head(
        self, cells: list[list[Any]], before: tuple[str, ...], title: str, parts: tuple[str, ...], behind: tuple[str, ...] = ()
    ) -> None:
        first, second = cells[0], cells[1]
        stop = len(before) + len(parts)
        for column, text in (*enumerate(before), *enumerate(behind, stop)):
            _write(first[column].merge(second[column]), text)
        _write(first[len(before)].merge(first[stop - 1]), title)
        for column, text in enumerate(parts, len(before)):
            _write(second[column], text)


_GOAL = ("Число посещений учреждений культуры", "тыс. чел.", "форма 7-НК", "120,5", "125", "130", "-")


def _write(cell: Any, text: str) -> None:
    first, *others = text.split("\n")
    cell.text = first
    for other in others:
        cell.add_paragraph(other)
