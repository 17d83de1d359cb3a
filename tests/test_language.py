"""An English report says nothing in Russian but what stands in the documents."""

import json
from pathlib import Path

import pytest
import regex

from extractors.edition import edition
from pipeline.compare import compare
from pipeline.renderer import Screen, renderer
from pipeline.reporting.changelog import diff_report
from pipeline.reporting.editions import edition_report
from pipeline.reporting.findings import check_report
from pipeline.reporting.history import history_report
from pipeline.reporting.ledger import ledger_report
from pipeline.reporting.manual import rules_report
from pipeline.reporting.sources import Checked
from pipeline.rule import all_rules
from pipeline.stages import check, check_step, history, load
from pipeline.wording import REASON_WORDS, Words
from schemas.report import Report
from tests.next_edition import rich_step

SAMPLES = Path(__file__).parent.parent / "samples/kozhevnikovo-504"
EN = Words("en")
SOURCES = [load(str(SAMPLES / name)) for name in ("2022-192/source.docx", "2023-160/source.docx")]
OLD, NEW = (edition(document, source) for source, document in SOURCES)
RICH = rich_step()
SHOWN = [*(document for _, document in SOURCES), *RICH.documents]
SOURCE_TEXT = json.dumps([document.record() for document in SHOWN], ensure_ascii=False).lower()


def reports() -> dict[str, Report]:
    """Everything that the sample gives, in English."""
    comparison, found, steps = compare(OLD, NEW), check(NEW), history([OLD, NEW, RICH.new])
    return {
        "diff": diff_report(comparison, found, EN),
        "filed": diff_report(comparison, found, EN, wants="filed"),
        "sheets": diff_report(comparison, found, EN, wants="sheets"),
        "history": history_report(steps, [check_step(step) for step in steps.steps], EN),
        "filed history": history_report(steps, [(), ()], EN, "filed"),
        "history sheets": history_report(steps, [(), ()], EN, "sheets"),
        "rich step": diff_report(compare(RICH.old, RICH.new), found, EN),
        "check": check_report([Checked(NEW, found)], [], EN),
        "checked sheets": check_report([Checked(NEW, found)], [], EN, wants="sheets"),
        "read": edition_report(NEW, EN),
        "ledger": ledger_report(*SOURCES[1], EN),
        "rules": rules_report(all_rules(), False, EN),
    }


REPORTS = reports()


@pytest.mark.parametrize("name", REPORTS)
def test_russian_stands_in_the_documents_only(name: str) -> None:
    """Every Cyrillic word of the report, and of the page made of it, is part of the sources."""
    record = REPORTS[name].record()
    record.pop("data")
    page = renderer("html").render(REPORTS[name], Screen()).decode()
    for text in (json.dumps(record, ensure_ascii=False), regex.sub(r"<script.*?</script>", "", page, flags=regex.S)):
        words = set(regex.findall(r"\p{Cyrillic}+", text.lower()))
        assert len(words) > 3 or name in ("ledger", "rules")
        assert {word for word in words if word not in SOURCE_TEXT} == set()


def test_russian_is_not_translated() -> None:
    """The same report in Russian is full of Russian words of ours."""
    page = renderer("text").render(diff_report(compare(OLD, NEW), (), Words("ru")), Screen()).decode()
    assert "Изменены суммы и показатели" in page
    assert "Changed" not in page


@pytest.mark.parametrize("template", REASON_WORDS)
def test_reasons_with_values_are_worded(template: str) -> None:
    """A reader's finished sentence finds its translation, its values in place, and a reason within it too."""
    names = regex.findall(r"\{(\w+)\}", template)
    given = {name: "заголовок не понят" if name == "reason" else f"«{name} (1)» \n {{x}}" for name in names}
    said = EN.reason(template.format(**given))
    assert all(value in said for name, value in given.items() if name != "reason")
    assert "the title was not understood" in said or "reason" not in names
    assert said != template.format(**given)
    assert Words("ru").reason(template.format(**given)) == template.format(**given)


def test_numbers_and_dates_in_the_form_of_the_language() -> None:
    """Russian: a comma and blanks; English: a point and commas; dates as each writes them."""
    ru, en = (diff_report(compare(OLD, NEW), (), Words(language)) for language in ("ru", "en"))
    assert [fact.value for fact in ru.facts][-2:] == ["22\u00a0049,96 → 23\u00a0084,76", "+1\u00a0034,80"]
    assert [fact.value for fact in en.facts][-2:] == ["22,049.96 → 23,084.76", "+1,034.80"]
    assert "24.03.2023" in ru.subtitle[-1]
    assert "2023-03-24" in en.subtitle[-1]
