"""A constructed next edition of the real sample, № 77 of 2024: some thirty edits of every kind.

They are made in the text of the sample, a figure where the reader says that it stands, so that
both editions can be shown as documents too. Totals follow unless it is said that they do not.
"""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from extractors.edition import edition
from extractors.reader import read, source_file
from schemas.address import Address
from schemas.amount import Amount
from schemas.blocks import Document
from schemas.edition import Edition
from tests.golden import ROOT

SOURCE = (ROOT / "samples/kozhevnikovo-504/2023-160/source.txt").read_text("utf-8")
_YEARS = range(2021, 2027)
# Money of the district budget by activity and year.
_CARRIED = (
    ("4.1", "2024", "300.0"),
    ("4.1", "2025", "-100.0"), ("4.1", "2026", "100.0"),  # between years
    ("5.3", "2025", "-10.0"), ("5.1", "2025", "10.0"),  # between activities
    ("5.3", "2022", "5.0"),  # a year that is over
    ("1.1", "2025", "12.5"), ("2.4", "2026", "-7.5"), ("4.2", "2026", "-25.0"),
)  # fmt: skip
_LEFT_BEHIND = (("2.1", "2025", "50.0"),)  # no total follows
_GONE, _NEW_MONEY = ("5.6", {"2022": "57.500"}), {"2025": "40.0", "2026": "60.0"}
_NEW_ACTIVITY = (
    "2",
    "2.3",
    "Создание резервного центра хранения данных",
    "2025-2026 годы",
    "Управляющий делами",
    "Введено в работу хранилищ",
)
_WRITTEN = (("4.1", "2021", "2 805,0"), ("2.3", "2021", "13"))  # the same figures in another form
_INDICATORS = (("4.1", "2025", "70"), ("5.1", "2026", "98"))
_WORDS = (
    (", от 24.03.2023 №160)", ", от 24.03.2023 №160, от 15.02.2024 №77)"),
    (", от 14.03.2023 №160)", ", от 24.03.2023 №160, от 15.02.2024 №77)"),
    ("\t5.2\n", "\t5.2.\n"),
    ("высшее агрономическое образование 1 человек", "высшее агрономическое образование  – 1 человек"),
    ("Из 41 муниципального служащего 3 имеют", "Из 43 муниципальных служащих 3 имеют"),
    ("\tПечатные СМИ\n", "\tПечатные и сетевые средства массовой информации\n"),
    ("\tНачальники структурных подразделений Администрации Кожевниковского района\n", "\tУправляющий делами, отдел правовой и кадровой работы\n"),
    ("\t1 раз в 2 года\n", "\tежегодно\n"),
    ("Количество приобретенных наградных материалов", "Количество изготовленных и приобретенных наградных материалов"),
)  # fmt: skip


class Step(NamedTuple):
    """Two editions and the documents that they were read from."""

    old: Edition
    new: Edition
    documents: tuple[Document, Document]


@cache
def rich_step() -> Step:
    """The real edition and the constructed one after it."""
    sides = [_read(text) for text in (SOURCE, _amended())]
    return Step(sides[0][0], sides[1][0], (sides[0][1], sides[1][1]))


def _read(text: str) -> tuple[Edition, Document]:
    data = text.encode()
    document = read(data)
    return edition(document, source_file("source.txt", data, document)), document


def _amended() -> str:
    figures = _Figures()
    for number, year, delta in _CARRIED:
        figures.move(number, year, Decimal(delta))
    for number, year, delta in _LEFT_BEHIND:
        figures.move(number, year, Decimal(delta), carried=False)
    for year, value in _GONE[1].items():
        figures.carry("5", year, -Decimal(value))
    for year, value in _NEW_MONEY.items():
        figures.carry("2", year, Decimal(value))
    for number, year, raw in _WRITTEN:
        figures.put(Address.parse(f"appendix2 task={number[0]} activity={number} year={year} column=district"), raw)
    for indicator, year, value in _INDICATORS:
        figures.put(Address.parse(f"appendix1 indicator={indicator} year={year}"), value)
    text = figures.text()
    for before, after in _WORDS:
        assert before in text, before
        text = text.replace(before, after, 1)
    text = _without_activity(text, _GONE[0], "\tИтого по задаче 5\n")
    for former, number in (("2.4", "2.5"), ("2.3", "2.4")):
        text = text.replace(f"\n\t{former}\n", f"\n\t{number}\n", 1)
    return text.replace("\n\t2.4\n", f"\n{_new_activity()}\n\t2.4\n", 1)


class _Figures:
    """The lines of the text, and its figures by address."""

    def __init__(self) -> None:
        self._edition, _ = _read(SOURCE)
        self._lines = SOURCE.split("\n")
        self._raw: dict[int, str] = {}

    def text(self) -> str:
        return "\n".join(self._lines)

    def move(self, number: str, year: str, delta: Decimal, carried: bool = True) -> None:
        """More money for an activity in a year."""
        task = number.partition(".")[0]
        for column in ("total", "district"):
            self._add(Address.parse(f"appendix2 task={task} activity={number} year={year} column={column}"), delta)
        if carried:
            self.carry(task, year, delta)

    def carry(self, task: str, year: str, delta: Decimal) -> None:
        """The totals that follow: of the task, of the programme, of the passport."""
        for row in (year, "total"):
            for column in ("total", "district"):
                self._add(Address.parse(f"appendix2 task={task} year={row} column={column}"), delta)
                self._add(Address.parse(f"appendix2 year={row} column={column}"), delta)
                self._add(Address.parse(f"passport row=funding source={column} year={row}"), delta)

    def put(self, address: Address, raw: str) -> None:
        amount = self._amount(address)
        line = (amount.place.line or 0) - 1
        written = self._raw.get(line, amount.raw.strip())
        assert written in self._lines[line], (str(address), written)
        self._lines[line] = self._lines[line].replace(written, raw)
        self._raw[line] = raw

    def _add(self, address: Address, delta: Decimal) -> None:
        amount = self._amount(address)
        assert amount.value is not None
        former = self._raw.get((amount.place.line or 0) - 1)
        value = amount.value if former is None else Decimal(former.replace(",", "."))
        self.put(address, str(value + delta).replace(".", ","))

    def _amount(self, address: Address) -> Amount:
        found = self._edition.at(address)
        assert found is not None, str(address)
        return found


def _without_activity(text: str, number: str, before: str) -> str:
    start = text.index(f"\n\t{number}.\n")
    return text[:start] + "\n" + text[text.index(before, start) :]


def _new_activity() -> str:
    """An activity as the text export sets it: its head, then a row for each year."""
    _, number, name, term, responsible, result = _NEW_ACTIVITY
    lines = [f"\t{number}", "", f"\t{name}", "", f"\t{term}", *["\t"] * 5, f"\t{responsible}", "", f"\t{result}", ""]
    for year in _YEARS:
        value = _NEW_MONEY.get(str(year), "0").replace(".", ",")
        lines += ["\t", "\t", f"\t{year}г.", f"\t{value}", "\t0", "\t0", f"\t{value}", "\t0", "\t", "\t1" if value != "0" else "\t0", ""]
    return "\n".join(lines)
