"""Law 8: no operations change nothing; an operation touches its target and nothing else; a failed one touches nothing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from extractors.edition import edition
from pipeline.amend import amend
from pipeline.carrying.account import Touched, Trespass, prove
from pipeline.content import content
from pipeline.stages import load
from schemas.address import Address
from schemas.amendment import Operation, Step, Unit, Verb
from schemas.amount import Amount
from schemas.blocks import Cell, Document, Paragraph, Table
from tests.carrying import document, operation, plain, written

SAMPLES = Path(__file__).parent.parent / "samples/kozhevnikovo-504/2023-160"
LOADED = [load(str(SAMPLES / name)) for name in ("source.docx", "source.txt")]
EDITIONS = [edition(read, source) for source, read in LOADED]
COLUMNS = {"total": "4", "federal": "5", "regional": "6", "district": "7", "extrabudgetary": "8"}
FUNDING = {"total": "ВСЕГО", "federal": "федеральный бюджет", "regional": "областной бюджет", "district": "районный бюджет"}


def path(address: Address, label: str | None = None) -> tuple[Step, ...]:
    """How an act names an amount of the sample; `label` is the name of a passport indicator."""
    year = "ВСЕГО" if address.year == "total" else f"{address.year} год"
    if address.part == "appendix1":
        return (
            Step(unit=Unit.APPENDIX, number="1"),
            Step(unit=Unit.INDICATOR, number=address.indicator),
            Step(unit=Unit.COLUMN, label=address.year),
        )
    if address.part == "passport":
        family = "Показатели цели МП" if address.row == "indicators" and address.task is None else "Показатели задач МП"
        row = Step(unit=Unit.ROW, label=family if address.row == "indicators" else "Объемы и источники финансирования МП")
        inner = Step(unit=Unit.ROW, label=label or FUNDING[address.source or ""])
        return Step(unit=Unit.PASSPORT), row, inner, Step(unit=Unit.COLUMN, label=year)
    row = Step(unit=Unit.ROW, number=address.activity) if address.activity else Step(unit=Unit.ROW, label=f"Итого по задаче {address.task}")
    if address.task is None:
        row = Step(unit=Unit.ROW, label="Итого по муниципальной программе", described=True)
    return (
        Step(unit=Unit.APPENDIX, number="2"),
        row,
        Step(unit=Unit.ROW, label=year),
        Step(unit=Unit.COLUMN, number=COLUMNS[address.column or ""]),
    )


@st.composite
def figures(draw: st.DrawFn) -> tuple[int, Address, Amount, str]:
    """An amount of one of the sample's files, and a figure that it is to become."""
    which = draw(st.integers(0, len(EDITIONS) - 1))
    amounts = [(address, amount) for address, amount in EDITIONS[which].walk() if amount.raw.strip()]
    address, amount = draw(st.sampled_from(amounts))
    new = draw(st.decimals(0, 99_999, places=2).map(lambda value: str(value).replace(".", ",")))
    return which, address, amount, new


@settings(deadline=None, max_examples=40)
@given(figures(), st.booleans())
def test_one_figure_is_changed_and_nothing_else(drawn: tuple[int, Address, Amount, str], by_address: bool) -> None:
    """The instruction on one cell gives exactly the edition in which that cell was edited, named by address or as an act does."""
    which, address, amount, new = drawn
    (source, read), former = LOADED[which], EDITIONS[which]
    label = next((i.name for at, i in former.passport_indicator_addresses() if at == address.at(year=None)), None)
    old = amount.raw.strip().removesuffix("%")
    order = Operation(id="O1", item="1", text="", kind=Verb.REPLACE_FIGURES, old=old, new=new,
                      target=address if by_address else None, locus=() if by_address else path(address, label))  # fmt: skip
    made = amend(read, [order], former)
    assert made.operations[0].status == "carried-out", (made.operations[0].reason, made.operations[0].candidates)
    assert made.operations[0].target == address
    raws = {at: one.raw for at, one in former.walk()} | {address: amount.raw.replace(old, new)}
    assert {at: one.raw for at, one in edition(made.document, source).walk()} == raws
    assert [n for n, block in enumerate(read.blocks) if made.document.blocks[n] is not block] == [_top(amount, read)]


def _top(amount: Amount, read: Document) -> int:
    """The block of the document in which an amount stands."""
    place = amount.place
    while place.inside is not None:
        place = place.inside
    return next(n for n, block in enumerate(read.blocks) if isinstance(block, Table) and block.index == place.table)


def test_no_operations_change_nothing() -> None:
    """The document is the same object."""
    assert all(amend(read, []).document is read for _, read in LOADED)


FRAGMENT = """\
1. Раздел
Первый абзац.
Второй абзац.
2. Другой раздел
Третий абзац.
| № | Наименование | 2024 |
| 1 | Дороги | 10 |
| 2 | Улицы | 20 |
| 3 | Мосты | 30 |"""
POOL = [
    operation(case, f"O{n}")
    for n, case in enumerate([
        {"do": "replace-words", "at": "раздел 1 > абзац 1", "old": "Первый", "new": "Начальный"},
        {"do": "delete", "at": "раздел 1 > абзац 2"},
        {"do": "add", "at": "раздел 2", "added": "абзац", "after": "раздел 2 > абзац 1", "new": "Вставка."},
        {"do": "replace-figures", "at": "строка 1 > графа 3", "old": "10", "new": "11"},
        {"do": "delete", "at": "строка 2"},
        {"do": "add", "at": "таблица", "added": "строка 1-1", "payload": "| 1-1 | Дворы | 5 |"},
        {"do": "restate", "at": "строка 3", "payload": "| 3 | Мосты и трубы | 31 |"},
        {"do": "restate", "at": "раздел 2 > наименование", "new": "2. Раздел второй"},
        {"do": "replace-words", "at": "раздел 1", "old": "которых нет", "new": "здесь"},
        {"do": "delete", "at": "раздел 9"},
        {"do": "replace-words", "at": "раздел 1", "old": "абзац", "new": "пункт"},
        {"do": "replace-throughout", "at": "текст", "old": "Третий", "new": "Последний"},
    ])
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(POOL), unique_by=lambda one: one.id), st.randoms(use_true_random=False))
def test_order_decides_nothing(chosen: Sequence[Operation], chance: object) -> None:
    """Operations that have nothing to do with each other give the same document in any order, and each the same status."""
    former = document(FRAGMENT)
    shuffled = list(chosen)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = amend(former, chosen), amend(former, shuffled)
    assert written(one.document) == written(other.document)
    assert {o.id: (o.status, o.reason) for o in one.operations} == {o.id: (o.status, o.reason) for o in other.operations}


@given(st.lists(st.sampled_from(POOL), unique_by=lambda one: one.id))
def test_failed_operations_touch_nothing(chosen: Sequence[Operation]) -> None:
    """With the failed ones left out the document is the same; those alone leave it as it is; what fails gives a reason."""
    former = document(FRAGMENT)
    made = amend(former, chosen)
    failed = [outcome for outcome in made.outcomes if outcome.operation.status == "failed"]
    assert all(outcome.account == Touched() and outcome.operation.reason for outcome in failed)
    assert all(outcome.account != Touched() for outcome in made.outcomes if outcome not in failed)
    kept = [one for one in chosen if one.id not in {outcome.operation.id for outcome in failed}]
    assert written(amend(former, kept).document) == written(made.document)
    assert amend(former, [one for one in chosen if one not in kept]).document is former


@given(st.integers(0, 5), st.sampled_from(["text", "row", "lost", "column"]))
def test_the_account_is_not_trusted_but_proved(block: int, how: str) -> None:
    """Whatever is changed beside the account is found out."""
    former = document(FRAGMENT)
    blocks = list(former.blocks)
    table = blocks[-1]
    assert isinstance(table, Table)
    if how == "text":
        blocks[block % 5] = Paragraph("подменено")
    elif how == "lost":
        del blocks[block]
    else:
        n = 3 + block % 6
        cell = table.cells[n]
        moved = cell._replace(row=cell.row + 1) if how == "row" else Cell.of(cell.row, cell.column, 1, 1, (Paragraph("иное"),))
        blocks[-1] = replace(table, cells=(*table.cells[:n], moved, *table.cells[n + 1 :]))
    with pytest.raises(Trespass):
        prove(former, replace(former, blocks=tuple(blocks)), Touched())


class Programme(RuleBasedStateMachine):
    """Acts of one instruction each, one after the other, on a document, and the same by hand on plain lines."""

    def __init__(self) -> None:
        super().__init__()
        self.document = document(FRAGMENT)
        self.lines = plain(FRAGMENT).split("\n")
        self.count = 0

    def carry(self, case: dict[str, str]) -> str | None:
        """Carry one instruction out; returns its status."""
        self.count += 1
        made = amend(self.document, [operation(case, f"O{self.count}")])
        self.document = made.document
        return made.operations[0].status

    @property
    def table(self) -> list[int]:
        """The lines of the table below its header."""
        return [n for n, line in enumerate(self.lines) if line.startswith("|")][1:]

    def numbers(self) -> list[str]:
        return [self.lines[n].split(" | ")[0].removeprefix("| ") for n in self.table]

    @rule(pick=st.integers(0, 99), new=st.integers(100, 999))
    @precondition(lambda self: self.table)
    def figure(self, pick: int, new: int) -> None:
        n = self.table[pick % len(self.table)]
        number, name, old = self.lines[n].strip("| ").split(" | ")
        assert self.carry({"do": "replace-figures", "at": f"строка {number} > графа 3", "old": old, "new": str(new)}) == "carried-out"
        self.lines[n] = f"| {number} | {name} | {new} |"

    @rule(pick=st.integers(0, 99))
    @precondition(lambda self: len(self.table) > 1)
    def drop_row(self, pick: int) -> None:
        n = self.table[pick % len(self.table)]
        number = self.lines[n].strip("| ").split(" | ")[0]
        assert self.carry({"do": "delete", "at": f"строка {number}"}) == "carried-out"
        del self.lines[n]

    @rule(number=st.integers(1, 9))
    def add_row(self, number: int) -> None:
        row = f"| {number} | Новое | {number} |"
        known = list(map(int, self.numbers()))
        status = self.carry({"do": "add", "at": "таблица", "added": f"строка {number}", "payload": row})
        assert (status == "failed") == (number in known)
        if status == "carried-out":
            at = next((n for n, other in zip(self.table, known, strict=True) if other > number), self.table[-1] + 1)
            self.lines.insert(at, row)

    @rule()
    def add_paragraph(self) -> None:
        text = f"Абзац {self.count}."
        assert self.carry({"do": "add", "at": "раздел 1", "added": "абзац", "new": text}) == "carried-out"
        self.lines.insert(self.lines.index("2. Другой раздел"), text)

    @rule(pick=st.integers(1, 9))
    def drop_paragraph(self, pick: int) -> None:
        body = self.lines.index("2. Другой раздел") - 1
        status = self.carry({"do": "delete", "at": f"раздел 1 > абзац {pick}"})
        assert (status == "carried-out") == (pick <= body)
        if status == "carried-out":
            del self.lines[pick]

    @rule(at=st.sampled_from(["раздел 1", "раздел 2", "строка 1", "раздел 7", "строка 77"]))
    def nothing(self, at: str) -> None:
        before = self.document
        assert self.carry({"do": "replace-words", "at": at, "old": "чего нет", "new": "иное"}) == "failed"
        assert self.document is before

    @invariant()
    def same(self) -> None:
        assert written(self.document) == "\n".join(self.lines)


TestProgramme = Programme.TestCase
TestProgramme.settings = settings(deadline=None, max_examples=40, stateful_step_count=20)


def test_repeated_carrying_out_is_the_same() -> None:
    """The same operations on the same document give equal content."""
    read = document(FRAGMENT)
    assert amend(read, POOL).document == amend(read, POOL).document
    assert content(EDITIONS[0]) == content(edition(amend(LOADED[0][1], []).document, LOADED[0][0]))


NUMBERS = st.sampled_from([None, "1", "2", "3", "1.1", "5.2", "2-1", "а", "IV", "99", "0", ""])
LABELS = st.sampled_from([
    None, "Куратор МП", "Итого", "ВСЕГО", "районный бюджет", "2024 год", "Объемы и источники финансирования", "Цель", "",
    "Задача 1", "объемов финансирования", "Наименование", "Дороги", "№", "(", "1",
])  # fmt: skip
STEPS = st.builds(
    Step, unit=st.sampled_from(Unit), number=NUMBERS, until=st.sampled_from([None, None, "2", "5"]), label=LABELS,
    described=st.sampled_from([None, True]), last=st.sampled_from([None, None, True]),
)  # fmt: skip
PATHS = st.lists(STEPS, max_size=4).map(tuple)
GIVEN = st.sampled_from([
    (), document("Просто слова.").blocks, document("| 5.9 | Новое | 1 |").blocks, document("| а |\n| б |").blocks,
    document("1. Пункт\nАбзац").blocks, document("Приложение 3\n| 1 | 2 |\n| ^ | 3 |").blocks, document(FRAGMENT).blocks, LOADED[0][1].blocks[9:10],
])  # fmt: skip
ORDERS = st.builds(
    Operation, id=st.uuids().map(str), item=st.just("1"), text=st.just(""), kind=st.sampled_from(Verb), locus=PATHS,
    old=st.sampled_from([None, "0", "год", "2024", "программы", " ", "МП", "("]), new=st.sampled_from([None, "", "новое", "а\nб", "\t|\t", "5,5"]),
    payload=GIVEN, added=st.lists(STEPS, max_size=1).map(tuple), after=st.lists(STEPS, max_size=2).map(tuple), before=st.booleans(),
    inflected=st.booleans(), everywhere=st.booleans(),
    by_column=st.sampled_from([(), (("Наименование", "х"), ("2024", "1")), (("нет такой", ""),)]),
)  # fmt: skip
DOCUMENTS = [document(FRAGMENT), Document("txt", ()), LOADED[0][1], LOADED[1][1]]


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(DOCUMENTS), st.lists(ORDERS, max_size=6, unique_by=lambda one: one.id))
def test_no_operation_is_too_odd(former: Document, orders: Sequence[Operation]) -> None:
    """Whatever an act may be taken to say, each operation is carried out or says why not, and the account is proved."""
    made = amend(former, orders)
    assert [one.id for one in made.operations] == [one.id for one in orders]
    for one in made.operations:
        assert (one.status == "carried-out") != bool(one.reason)
