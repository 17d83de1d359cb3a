"""Resolutions as documents: heads, tails, amended acts, entry into force, other kinds; nothing dropped."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors import reader
from extractors.amendment.accounting import Held, bare
from extractors.amendment.amended import amended
from extractors.amendment.clauses import forces
from extractors.amendment.resolution import resolution
from extractors.amendment.zones import Placed, Zones, other_kind, placed, zones
from extractors.errors import NotEdition
from pipeline.stages import NO_WHOLE_PROGRAMME, read_edition, read_record
from schemas.amendment import Resolution
from schemas.blocks import Block, Cell, Document, Paragraph, Table
from schemas.edition import Edition, SourceFile
from schemas.place import Place

CASES = Path(__file__).parent / "cases" / "resolutions"
SOURCE = SourceFile(file="акт.txt", sha256="0" * 64, format="txt")


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a file; dates come as ISO texts."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))
    found: list[dict[str, Any]] = yaml.load((CASES / f"{name}.yaml").read_text("utf-8"), Loader)
    return found


HEADS = cases("heads")


def document(text: str) -> Document:
    """Each line a paragraph; «| a | b |» a table of one row, two blanks in a cell part its paragraphs."""
    blocks: list[Block] = []
    tables = 0
    for line in text.split("\n"):
        if line.startswith("|"):
            cells = tuple(
                Cell.of(0, n, 1, 1, tuple(Paragraph(part) for part in cell.split("  ")))
                for n, cell in enumerate(line.strip("|").split("|"))
            )
            blocks.append(Table(tables, cells))
            tables += 1
        else:
            blocks.append(Paragraph(line))
    return Document("txt", tuple(blocks))


def read(text: str) -> Resolution:
    """The resolution of a text."""
    return resolution(document(text), SOURCE)


def said(record: Resolution) -> dict[str, Any]:
    """What a case may expect."""
    return {
        **record.act.record(),
        "preamble": record.preamble,
        "signatories": [[one.post, one.name] for one in record.signatories],
        "annexes": [[annex.number, annex.kind] for annex in record.annexes],
        "unread": [item.text for item in record.unread],
    }


@pytest.mark.parametrize("case", HEADS, ids=lambda case: case["case"])
def test_heads_and_tails(case: dict[str, Any]) -> None:
    """Requisites, preamble, signatures and annexes in every spelling."""
    found = said(read(case["text"]))
    for field, value in case["expect"].items():
        if field == "unread":
            assert set(value) <= set(found[field]), field
        else:
            assert found[field] == value, field


@pytest.mark.parametrize("case", cases("others"), ids=lambda case: case["case"])
def test_other_kinds(case: dict[str, Any]) -> None:
    """Neither programme nor resolution, and told so."""
    made = document(case["text"])
    assert zones(made) is None
    assert other_kind(made) == case["reason"]


@pytest.mark.parametrize("case", cases("amended"), ids=lambda case: case["text"][:60])
def test_amended_acts(case: dict[str, Any]) -> None:
    """Issuer, date, number, title, former amendments of the act that a sentence amends."""
    found = amended(case["text"], Place())
    if case["act"] is None:
        assert found is None
        return
    assert found is not None
    assert [found.issuer, found.date, found.number, found.title] == case["act"]
    assert [list(pair) for pair in found.former] == case.get("former", [])
    assert found.all_told is case.get("all_told", True)


@pytest.mark.parametrize("case", cases("force"), ids=lambda case: case["text"][:60])
def test_entry_into_force(case: dict[str, Any]) -> None:
    """The days that a wording names, of the whole act and of parts."""
    found = forces(case["text"], "2024-02-15")
    assert [[one.unit, list(one.numbers), one.effective, one.retroactive] for one in found] == case["parts"]


@given(st.sampled_from(HEADS), st.integers(0, 2**32))
def test_nothing_is_dropped(case: dict[str, Any], seed: int) -> None:
    """Whatever is mixed into an act, each written paragraph stands in some field of its record."""
    chance = random.Random(seed)
    lines = case["text"].split("\n")
    for _ in range(chance.randint(0, 6)):
        lines.insert(chance.randint(0, len(lines)), chance.choice(STRANGE))
    made = document("\n".join(lines))
    found = zones(made)
    if found is None:
        return
    assert sorted(bare("".join(line.text for line in every(found)))) == sorted(bare("".join(line.text for line in placed(made))))
    held = Held(resolution(made, SOURCE))
    assert [line.text for line in every(found) if not held.holds(line)] == []


def every(found: Zones) -> list[Placed]:
    """The lines of all zones in order."""
    annexes = (line for annex in found.annexes for line in (*annex.heading, *annex.blocks))
    return [*found.head, *found.preamble, *found.operative, *found.tail, *annexes]


STRANGE = (
    "Лист 2", "1.1. Пункт 3 исключить.", "Приложение", "«Приложение 3", "| а | 2600,,0 |", "Согласовано: Юрист", "Вестник № 5", "М.П.", "* сноска", "от 01.02.2003 № 4",
    "Глава района", "Иванов И.И.", "Об ином", "постановляю:", "к постановлению", "ИЗМЕНЕНИЯ", "РЕШЕНИЕ", "—",
)  # fmt: skip


def test_a_record_that_lacks_a_line_is_seen() -> None:
    """The law above can fail: a record of another act does not hold this one's lines."""
    first, second = (document(HEADS[n]["text"]) for n in (0, 1))
    held = Held(resolution(second, SOURCE))
    assert not all(held.holds(line) for line in placed(first))
    assert bare(" «а\u00a0б».") == "аб"


PROGRAMME = (Path(__file__).parent.parent / "samples" / "kozhevnikovo-504" / "2023-160" / "source.txt").read_text("utf-8")
ADOPTING = """АДМИНИСТРАЦИЯ КОЖЕВНИКОВСКОГО РАЙОНА
ПОСТАНОВЛЕНИЕ
17.09.2020                       № 504
Об утверждении муниципальной программы
В соответствии с Порядком, утвержденным постановлением Администрации от 10.01.2018 № 5,
ПОСТАНОВЛЯЮ:
1. Утвердить муниципальную программу согласно приложению.
2. Настоящее постановление вступает в силу с 1 января 2021 года.
Глава района                     А.М. Иванов
"""
RESTATING = """АДМИНИСТРАЦИЯ КОЖЕВНИКОВСКОГО РАЙОНА
ПОСТАНОВЛЕНИЕ
15.02.2024                       № 77
О внесении изменений в постановление Администрации Кожевниковского района от 17.09.2020 № 504
ПОСТАНОВЛЯЮ:
1. Внести в постановление Администрации Кожевниковского района от 17.09.2020 № 504 следующие изменения:
1.1. Приложение к постановлению изложить в новой редакции согласно приложению к настоящему постановлению.
Глава района                     А.М. Иванов
Приложение
к постановлению Администрации
Кожевниковского района
от 15.02.2024 № 77
"""


def loaded(text: str) -> tuple[SourceFile, Document]:
    """A text file as it is loaded."""
    data = text.encode()
    made = reader.read(data)
    return reader.source_file("акт.txt", data, made), made


@pytest.mark.parametrize(
    ("text", "acts"),
    [(ADOPTING + PROGRAMME, ["192", "160"]), (RESTATING + PROGRAMME.split("\n", 3)[3], ["192", "160", "77"])],
    ids=["adopted", "restated"],
)
def test_the_programme_in_an_annex(text: str, acts: list[str]) -> None:
    """It is the edition that it is on its own, line for line further down; the act is its base or the last that amended it."""
    source, made = loaded(text)
    record = read_record(source, made)
    assert isinstance(record, Resolution)
    assert record.unread == ()
    edition, alone = read_edition(source, made), read_edition(*loaded(PROGRAMME))
    assert edition == record.edition
    assert (edition.base_act.date, edition.base_act.number) == (alone.base_act.date, "504")
    assert [act.number for act in edition.amending_acts] == acts
    assert {at: amount.raw for at, amount in edition.walk()} == {at: amount.raw for at, amount in alone.walk()}
    shift = text.count("\n") - PROGRAMME.count("\n")
    assert all(amount.place.line == (alone.amounts[at].place.line or 0) + shift for at, amount in edition.walk())
    assert edition.sections == tuple(
        section.model_copy(update={"place": edition.sections[n].place, "places": edition.sections[n].places})
        for n, section in enumerate(alone.sections)
    )


def test_a_programme_alone_is_no_resolution() -> None:
    """Its head cites the act that adopted it, and is no act."""
    assert isinstance(read_record(*loaded(PROGRAMME)), Edition)


def test_a_resolution_without_a_programme_is_no_edition() -> None:
    """It is told what it is."""
    with pytest.raises(NotEdition) as refused:
        read_edition(*loaded(RESTATING))
    assert refused.value.detail == NO_WHOLE_PROGRAMME


def test_commands_on_a_resolution(tmp_path: Path) -> None:
    """`read` gives the contract's fields, `check` finds nothing to add up and says so, `diff` wants an edition."""
    file = tmp_path / "act.txt"
    file.write_text(RESTATING, "utf-8")
    command = [sys.executable, "-c", "from pipeline.cli import main; main()"]

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, cwd=CASES.parent.parent.parent)

    told = json.loads(run("read", str(file)).stdout)
    assert told["kind"] == "resolution"
    assert {"source", "act", "amends", "entry_into_force", "signatory", "operations", "edition", "unread"} <= set(told)
    checked = run("check", str(file))
    assert checked.returncode == 0
    assert "проверять нечего" in checked.stdout
    [one] = json.loads(run("check", str(file), "--format", "json").stdout)["files"]
    assert (one["kind"], one["findings"]) == ("resolution", [])
    refused = run("diff", str(file), str(file))
    assert refused.returncode == 3
    assert "программы целиком в нём нет" in refused.stderr
    for form in ("text", "html", "md"):
        shown = run("read", str(file), "--format", form)
        assert shown.returncode == 0
        assert "Что изменяется" in shown.stdout


def test_a_part_comes_into_force_on_its_own_day() -> None:
    """An item on it is no instruction that failed; the operation that it speaks of bears the day."""
    record = read(
        "ПОСТАНОВЛЕНИЕ\n01.02.2024 № 5\nОб изменении\nпостановляю:\n1. Внести в постановление Администрации от 01.02.2020 № 3 следующие изменения:\n"
        "1.1. Пункт 4 исключить.\n1.2. Пункт 5 исключить.\n2. Пункт 1.2 вступает в силу с 1 марта 2025 года.\n"
        "3. Постановление вступает в силу со дня подписания.\nГлава района Б.Б. Белов"
    )
    assert [(operation.item, operation.effective) for operation in record.operations] == [("1.1", None), ("1.2", "2025-03-01")]
    assert (record.effective, record.unread) == ("2024-02-01", ())
    assert [clause.kind for clause in record.clauses] == ["entry-into-force", "entry-into-force"]
