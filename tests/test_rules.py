"""Every rule against its cases: all the findings that a case names, and no other."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.amendment.resolution import resolution
from extractors.reader import read, source_file
from pipeline.audit import audited
from pipeline.compare import compare
from pipeline.loaded import Loaded
from pipeline.rule import Rule, all_rules, check, check_step
from schemas.blocks import Note
from schemas.change import Comparison
from schemas.edition import Edition
from schemas.finding import Severity
from tests.model import CASES, PLAIN, broken, edition_of

FOLDER = CASES / "rules"


def _cases() -> list[Any]:
    files = {file: yaml.safe_load(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.yaml"))}
    return [pytest.param(file, case, id=f"{file.stem}: {case['case']}") for file, cases in files.items() for case in cases]


@pytest.mark.parametrize(("file", "case"), _cases())
def test_case(file: Path, case: dict[str, Any]) -> None:
    """The findings of the edited model, and of the step to it where the case says what was `before`, are exactly those expected."""
    edition = edition_of(broken(case["edits"])).model_copy(update={"notes": tuple(Note(**note) for note in case.get("notes", ()))})
    found = check_step(_step(case, edition)) if "before" in case else check(edition)
    assert sorted(f"{f.code} {f.remark.address}" for f in found) == sorted(case["expect"]), file.name


def _step(case: dict[str, Any], edition: Edition) -> Comparison:
    """The step of a case; with `act`, the text of an amending act, the step held against it."""
    old, new = broken(case["before"]), broken(case["edits"])
    comparison = compare(edition_of(old), edition)
    if "act" not in case:
        return comparison
    data = ACT.format(**{"number": "515", "date": "01.10.2024", "base": BASE} | case["act"]).encode()
    document = read(data)
    act = resolution(document, source_file("act.txt", data, document))
    return audited(Loaded(comparison.old, read(old.encode())), Loaded(edition, read(new.encode())), comparison, [act])


BASE = "от 12.10.2023 № 815 «Об утверждении муниципальной программы «Развитие дорожного хозяйства Заречного района на 2024-2026 годы»»"
ACT = """АДМИНИСТРАЦИЯ ЗАРЕЧНОГО РАЙОНА
ПОСТАНОВЛЕНИЕ
от {date} № {number}
О внесении изменений в постановление Администрации Заречного района {base}
В соответствии со статьей 179 Бюджетного кодекса Российской Федерации
ПОСТАНОВЛЯЮ:
1. Внести в постановление Администрации Заречного района {base} следующие изменения:
{items}
2. Настоящее постановление вступает в силу со дня его официального опубликования.
Глава Заречного района    И.И. Образцов
"""


def test_model_is_clean() -> None:
    """The model itself has no finding and nothing unread: otherwise the cases would mean nothing."""
    assert check(PLAIN) == ()
    assert PLAIN.unread == ()


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_rule_has_its_manual_and_cases(rule: Rule) -> None:
    """A rule has a title, a failing and a passing fragment in its manual, and a case of either kind."""
    assert rule.title
    assert "Не проходит:" in rule.manual
    assert "Проходит:" in rule.manual.replace("Не проходит:", "")
    cases = yaml.safe_load((FOLDER / f"{rule.code}.yaml").read_text("utf-8"))
    named = [any(line.startswith(rule.code) for line in case["expect"]) for case in cases]
    assert any(named)
    assert not all(named)


def test_every_finding_leads_to_its_place() -> None:
    """The line that a finding names holds the raw text that it complains of."""
    text = broken([{"at": "appendix2 task=2 activity=2.1 year=2024 column=district", "put": "60,,125"}])
    (finding,) = check(edition_of(text))
    assert finding.remark.place.line is not None
    assert text.split("\n")[finding.remark.place.line - 1].strip("\t") == finding.remark.raw == "60,,125"


def test_a_gap_weighs_less_where_items_may_have_been_repealed() -> None:
    """Numbers are not changed when an item is repealed: in an amended edition a gap is a suspicion, else an error."""
    text = broken([{"find": "\t1.2\n", "put": "\t1.3\n"}])
    (amended,) = check(edition_of(text))
    assert (amended.code, amended.severity) == ("STR001", Severity.WARNING)
    first = check(Edition(**(dict(edition_of(text)) | {"amending_acts": ()})))
    assert [finding.severity for finding in first if finding.code == "STR001"] == [Severity.ERROR]


def test_cause_is_told_from_its_consequences() -> None:
    """A stale ВСЕГО is the cause, the programme's total its consequence, and the right value is suggested."""
    edits = [
        {"at": "appendix2 task=2 year=total column=total", "put": "180,250"},
        {"at": "appendix2 task=2 year=total column=district", "put": "170,250"},
    ]
    found = {f"{f.code} {f.remark.address.column}": f for f in check(edition_of(broken(edits)))}
    cause = found.pop("SUM002 total")
    assert cause.cause is None
    assert cause.consequences == tuple(finding.id for finding in found.values())
    assert {finding.cause for finding in found.values()} == {cause.id}
    for column, value in (("total", "200.250"), ("district", "190.250")):
        told = cause if column == "total" else found["SUM002 district"]
        assert [(str(s.address.column), str(s.value)) for s in told.suggestions] == [(column, value)]


def test_suggestion_names_the_cell_and_not_the_total() -> None:
    """A slip in one activity breaks its row and its column; both lead to the one cell where they cross."""
    edits = [{"at": "appendix2 task=1 activity=1.1 year=2024 column=regional", "put": "1500,6"}]
    found = check(edition_of(broken(edits)))
    assert [f.code for f in found] == ["SUM001", "SUM003"]
    assert {str(s.address) for f in found for s in f.suggestions} == {"appendix2 task=1 activity=1.1 year=2024 column=regional"}
    assert found[1].cause == found[0].id


@pytest.mark.parametrize("form", yaml.safe_load((CASES / "forms.yaml").read_text("utf-8")), ids=lambda form: form["case"])
def test_other_ways_to_write_the_same(form: dict[str, Any]) -> None:
    """What other municipalities write instead is understood: no finding, nothing unread, every amount as before."""
    edition = edition_of(broken(form["edits"]))
    assert [f"{f.code} {f.remark.address} {f.remark.raw}" for f in check(edition)] == []
    assert edition.unread == ()
    assert {address: amount.value for address, amount in edition.walk()} == {address: amount.value for address, amount in PLAIN.walk()}
    assert (edition.base_act.number, len(edition.sections), [task.name for task in edition.tasks]) == (
        PLAIN.base_act.number, len(PLAIN.sections), [task.name for task in PLAIN.tasks],
    )  # fmt: skip


def test_a_law_named_wrongly_is_told_by_one_rule_or_the_other() -> None:
    """REF001 leaves a law of the register to REF007 only where REF007 is run."""
    text = "Учтены Федеральный закон от 06.10.2003 № 131-ФЗ и Федеральный закон от 06.11.2003 № 131-ФЗ. Реализацию осуществляют"
    edition = edition_of(broken([{"find": "Реализацию осуществляют", "put": text}]))
    assert [finding.code for finding in check(edition)] == ["REF007"]
    others = [rule for rule in all_rules() if rule.code != "REF007"]
    assert [finding.code for finding in check(edition, others)] == ["REF001"]
