"""Whole acts carried out on the samples: the expected edition, its Word file, the note of editions, what acts may be carried out."""

import time
from pathlib import Path

import pytest

from extractors.edition import edition
from extractors.reader import read
from pipeline.content import content
from pipeline.edition_paper import paper
from pipeline.expected import Expected, amends, expected, in_order
from pipeline.stages import load
from schemas.amendment import AmendedAct, Operation, Resolution, Step, TheAct, Unit, Verb
from schemas.blocks import Paragraph, Table
from schemas.edition import SourceFile
from tests.carrying import operation

SAMPLES = Path(__file__).parent.parent / "samples/kozhevnikovo-504"
(SOURCE, DOCUMENT), (TEXT_SOURCE, TEXT) = (load(str(SAMPLES / "2023-160" / name)) for name in ("source.docx", "source.txt"))
FORMER = edition(DOCUMENT, SOURCE)
BASE = AmendedAct(date="2020-09-17", number="504")
CURATOR = operation({"do": "restate", "at": "паспорт > строка «Куратор МП»", "new": "Первый заместитель Главы"})
FIGURE = operation(
    {"do": "replace-figures", "at": "приложение 2 > строка 4.1 > строка «2023 год» > графа 7", "old": "2600,0", "new": "2700,0"}, "O2"
)
LOST = operation({"do": "delete", "at": "раздел 77"}, "O3")


def act(*operations: Operation, date: str | None = "2024-02-15", number: str = "77", of: AmendedAct = BASE) -> Resolution:
    """A resolution with these operations."""
    source = SourceFile(file="акт.txt", sha256="", format="txt")
    return Resolution(source=source, act=TheAct(date=date, number=number), amends=(of,), operations=operations)


def carried(*acts: Resolution) -> Expected:
    """What is to be expected of the sample after these acts."""
    return expected(DOCUMENT, FORMER, acts)


def test_expected_edition_names_the_act_and_keeps_the_base() -> None:
    """The act joins the amending acts, the base act and all that the act does not speak of stay."""
    made = carried(act(CURATOR, FIGURE, LOST)).edition
    assert [one.number for one in made.amending_acts] == ["192", "160", "77"]
    assert (made.base_act.number, made.base_act.date) == (FORMER.base_act.number, FORMER.base_act.date)
    assert made.passport.curator == "Первый заместитель Главы"
    assert made.passport.customer == FORMER.passport.customer
    assert [note.kind for note in made.notes] == ["carried-out"]


def test_notes_of_the_parts_that_the_act_touched() -> None:
    """The heading names the act always, an appendix when it was touched; in the form of the acts before it."""
    both = carried(act(FIGURE)).document
    heading = [block.text for block in both.blocks if isinstance(block, Paragraph) and "в редакции" in block.text]
    assert heading[0].rstrip().endswith("от 24.03.2023 №160, от 15.02.2024 №77)")
    assert "№77" in heading[1]
    passport = [
        block.text for block in carried(act(CURATOR)).document.blocks if isinstance(block, Paragraph) and "в редакции" in block.text
    ]
    assert ["№77" in text for text in passport] == [True, False]


def test_an_act_that_does_nothing_is_not_named() -> None:
    """Where nothing could be carried out the document is the former one."""
    made = carried(act(LOST))
    assert made.document is DOCUMENT
    assert made.edition is FORMER
    assert [one.status for one in made.operations] == ["failed"]


def test_acts_one_after_the_other() -> None:
    """The second finds what the first left; the ids of operations tell the act."""
    again = operation(
        {"do": "replace-figures", "at": "приложение 2 > строка 4.1 > строка «2023 год» > графа 7", "old": "2700,0", "new": "2800,0"}
    )
    made = carried(act(FIGURE), act(again, date="2024-05-01", number="90"))
    assert [one.status for one in made.operations] == ["carried-out", "carried-out"]
    assert [one.id for one in made.operations] == ["77/O2", "90/O1"]
    assert [one.number for one in made.edition.amending_acts] == ["192", "160", "77", "90"]


def test_order_of_acts() -> None:
    """By date; as given where an act bears none."""
    early, late, bare = act(date="2024-01-01"), act(date="2024-05-01"), act(date=None)
    assert in_order([late, early]) == (early, late)
    assert in_order([late, bare, early]) == (late, bare, early)


@pytest.mark.parametrize(
    ("of", "wanted"),
    [
        (BASE, "this"), (AmendedAct(number="504"), "this"), (AmendedAct(date="2020-09-18", number="504"), "other"),
        (AmendedAct(date="2023-03-24", number="160"), "amending"), (AmendedAct(date="2019-01-01", number="1"), "other"), (AmendedAct(), "unknown"),
    ],
)  # fmt: skip
def test_which_act_is_amended(of: AmendedAct, wanted: str) -> None:
    """The programme's base act, an act that only amended it, another, or who knows."""
    assert amends(act(of=of), FORMER) == wanted


def test_of_an_act_on_several_acts_only_the_operations_on_this_one() -> None:
    """The others are about other programmes."""
    several = act(CURATOR, FIGURE.model_copy(update={"act": 1})).model_copy(update={"amends": (AmendedAct(number="9"), BASE)})
    assert [one.id for one in carried(several).operations] == ["O2"]


def test_word_file_is_read_to_the_same_edition() -> None:
    """Tables with merged cells and tables in cells come back; rows and columns that came in too."""
    year = operation({"do": "add", "at": "приложение 1", "added": "графа «2027»", "payload": "\n".join(f"| {n} |" for n in range(6))}, "O4")
    row = operation(
        {
            "do": "add",
            "at": "приложение 2",
            "added": "строка 5.7",
            "payload": "| 5.7 | Новое | 2024г. | 1,0 | 0 | 0 | 1,0 | 0 | Отдел | 1 |",
        },
        "O5",
    )
    made = carried(act(CURATOR, FIGURE, year, row))
    assert {one.status for one in made.operations} == {"carried-out"}
    data = paper(made.document, made.edition.programme.title)
    again = edition(read(data), SOURCE)
    assert content(again) == content(made.edition)
    assert [table.width for table in read(data).blocks if isinstance(table, Table)] == [2, 11, 10]


def test_programme_restated_whole_keeps_its_requisites_and_its_acts() -> None:
    """The new wording is headed by the act that brought it; the edition is still of the programme's base act."""
    order = Operation(
        id="O1", item="1", text="", kind=Verb.RESTATE, locus=(Step(unit=Unit.PROGRAMME),), payload=TEXT.blocks[3:6] + TEXT.blocks[7:]
    )
    made = carried(act(order)).edition
    assert made.base_act.number == "504"
    assert [one.number for one in made.amending_acts] == ["192", "160", "77"]
    assert content(made)["tasks"] == content(edition(TEXT, TEXT_SOURCE))["tasks"]


@pytest.mark.slow
def test_two_hundred_operations_take_no_time() -> None:
    """Two hundred figures of the sample are changed by one act within a second, and each as the act says."""
    amounts = [(at, amount) for at, amount in FORMER.walk() if at.part == "appendix2" and amount.raw.strip()][:200]
    orders = [
        Operation(id=f"O{n}", item=str(n), text="", kind=Verb.REPLACE_FIGURES, target=at, old=amount.raw.strip(), new=str(n))
        for n, (at, amount) in enumerate(amounts)
    ]
    started = time.process_time()
    made = carried(act(*orders))
    took = time.process_time() - started
    assert {one.status for one in made.operations} == {"carried-out"}
    assert {at: made.edition.amounts[at].raw for at, _ in amounts} == {at: str(n) for n, (at, _) in enumerate(amounts)}
    assert took < 1.0
