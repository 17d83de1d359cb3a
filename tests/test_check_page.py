"""The page of findings in a real browser: each finding leads to its cell, nothing leaves the machine."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from pipeline.cli import run
from tests.browser import opened
from tests.golden import ROOT

pytestmark = pytest.mark.slow

WORD = ROOT / "samples/kozhevnikovo-504/2023-160/source.docx"
REAL = ROOT / "samples/kozhevnikovo-504/2023-160/source.txt"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The findings of the real edition, from Word and from text, on one page."""
    file = tmp_path_factory.mktemp("page") / "находки.html"
    assert run(["check", str(WORD), str(REAL), "--format", "html", "-o", str(file)]) == 1
    return file


def test_every_finding_leads_to_its_cell(page: Path) -> None:
    """The link of each finding goes to a marked cell or paragraph that links back to it; none leads to nowhere."""
    with opened(page) as seen:
        links = seen.page.eval_on_selector_all("a[href^='#']", "all => all.map(a => a.getAttribute('href').slice(1))")
        assert all(seen.page.evaluate("id => document.getElementById(id) !== null", link) for link in links)
        entries = seen.page.locator("article.entry")
        assert entries.count() >= 14
        for number in range(entries.count()):
            entry = entries.nth(number)
            target = entry.locator("a").first.get_attribute("href")
            back = seen.page.locator(f"[id='{str(target)[1:]}'] a.back").evaluate_all("all => all.map(a => a.getAttribute('href'))")
            assert f"#{entry.get_attribute('id')}" in back
        assert not seen.complaints
        assert seen.requests == [page.as_uri()]


def test_the_broken_total_is_shown_in_its_table(page: Path) -> None:
    """A click on the place of a broken total brings the cell with the written number into sight."""
    with opened(page) as seen:
        entry = seen.page.locator("article.entry", has_text="SUM002").first
        entry.locator("a").first.click()
        cell = seen.page.locator("td:target")
        assert cell.inner_text().startswith("3535,663")
        seen.page.wait_for_function("document.querySelector('td:target').getBoundingClientRect().top < innerHeight")
        box = cell.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 900


def test_filter_and_keyboard(page: Path) -> None:
    """Errors are hidden and shown by a key, the search leaves what holds the words, and says how many."""
    with opened(page) as seen:
        entries = seen.page.locator("article.entry:visible")
        before = entries.count()
        box = seen.page.locator("button[data-show=error]")
        box.focus()
        seen.page.keyboard.press("Space")
        assert entries.count() < before
        seen.page.keyboard.press("Space")
        seen.page.fill("input[type=search]", "2600,,0")
        assert entries.count() == 2
        assert seen.page.locator("output").inner_text().startswith("показано записей: 2 /")


@pytest.mark.parametrize("dark", [False, True], ids=["светлая", "тёмная"])
@pytest.mark.parametrize("width", [360, 1920])
def test_accessible_and_within_its_window(page: Path, width: int, dark: bool) -> None:
    """Axe finds nothing, and the page is no wider than the window."""
    with opened(page, width=width, dark=dark) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(seen.page)
        assert found.violations_count == 0, found.generate_report()
