"""Steps of many kinds in every format: nothing breaks, and what changed can be read in each."""

import io
import zipfile
from html import unescape
from typing import Any

import openpyxl
import pytest
import regex
import yaml

from extractors.reader import read
from pipeline.history import history
from pipeline.renderer import Screen, renderer
from pipeline.reporting.changelog import Documents, diff_report
from pipeline.reporting.history import history_report
from pipeline.stages import check, check_step, compare
from pipeline.wording import Words
from tests.model import CASES, MODEL, PLAIN, broken, edition_of

STEPS: list[dict[str, Any]] = yaml.safe_load((CASES / "steps.yaml").read_text("utf-8"))
FORMATS = ("text", "md", "html", "docx", "xlsx", "json")


def said(form: str, data: bytes) -> str:
    """What a reader of the output sees, with plain blanks."""
    if form == "docx":
        made = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
        text = unescape(regex.sub("<[^>]*>", "", made))
    elif form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        text = "\n".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value is not None)
    else:
        text = regex.sub("<[^>]*>", "", unescape(data.decode()))
    return " ".join(text.split()).casefold()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("case", STEPS, ids=lambda case: case["title"])
def test_step_is_told_in_every_format(case: dict[str, Any], language: str) -> None:
    """No format fails; in Russian each shows what the case names, numbers of a workbook and of JSON with their own decimal sign."""
    text = broken(case["edits"])
    new = edition_of(text)
    comparison = compare(PLAIN, new)
    assert comparison.changes
    documents = Documents(read(MODEL.encode()), read(text.encode()))
    for form in FORMATS:
        known = renderer(form)
        report = diff_report(comparison, check(new), Words(language), documents if form == "html" else Documents(), known.wants)
        shown = said(form, known.render(report, Screen()))
        wanted = case["shows"] if language == "ru" and form != "json" else []
        for value in map(str.casefold, wanted):
            number = value.replace(",", ".").removesuffix(".0")
            in_columns = form == "text" and all(word in shown for word in value.split())  # a phrase is broken over the lines of its column
            assert value in shown or in_columns or (form == "xlsx" and number in shown.split()), (form, value)


@pytest.mark.parametrize("form", FORMATS)
def test_history_is_told_in_every_format(form: str) -> None:
    """All steps one upon the other, in both languages."""
    editions = [PLAIN, *(edition_of(broken(case["edits"])) for case in STEPS[:14])]
    for language in ("ru", "en"):
        known = renderer(form)
        told = history(editions)
        report = history_report(told, [check_step(step) for step in told.steps], Words(language), known.wants)
        assert said(form, known.render(report, Screen()))
