"""The page of an amendment in a real browser: opened from disk, sought through, printed, and never obeying a document."""

import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from pdfminer.high_level import extract_pages, extract_text
from playwright.sync_api import Page, expect

from pipeline.cli import run
from tests.browser import opened
from tests.golden import ROOT

pytestmark = pytest.mark.slow

PROGRAMME = ROOT / "samples/kozhevnikovo-504"
OLD, NEW = (PROGRAMME / edition / "source.docx" for edition in ("2022-192", "2023-160"))
MOST_BYTES = 400 * 1024
ROWS = "tr[data-tone]:visible"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the amendment of the samples changed, on one page."""
    file = tmp_path_factory.mktemp("page") / "изменения.html"
    assert run(["diff", str(OLD), str(NEW), "--format", "html", "-o", str(file)]) == 0
    return file


def numbers(seen: Page) -> list[str]:
    """The numbers of the changes that are to be seen."""
    return seen.locator(f"{ROWS} > th").all_inner_texts()


def test_opens_from_disk_and_asks_nobody(page: Path) -> None:
    """One file within its size; nothing else is fetched, nothing complains, every link leads somewhere."""
    assert page.stat().st_size <= MOST_BYTES
    with opened(page) as seen:
        assert seen.page.locator("html").get_attribute("lang") == "ru"
        links = seen.page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))")
        assert all(link.startswith("#") for link in links)
        assert all(seen.page.evaluate("id => document.getElementById(id) !== null", link[1:]) for link in set(links))
        assert not seen.complaints
        assert seen.requests == [page.as_uri()]


def test_each_changed_figure_leads_to_its_cells(page: Path) -> None:
    """From a row to the cell of the new edition and of the old one: there stand the figures of the row, and the way back."""
    with opened(page) as seen:
        tried = 0
        for row in (
            seen.page.locator(f"{ROWS}:has(.figure, td.number:nth-child(3))")
            .filter(has_not_text="целиком")
            .filter(has_not=seen.page.locator("del"))
            .all()
        ):
            for place, column in (("n", 4), ("o", 3)):
                link = row.locator(f"> td:nth-child(2) > a[href^='#{place}-']")
                cell = seen.page.locator(f"[id='{str(link.get_attribute('href'))[1:]}']")
                written, shown = (
                    "".join(text.split()) for text in (cell.inner_text(), row.locator(f"> td:nth-child({column})").inner_text())
                )
                assert written.startswith(shown)
                assert cell.locator(f"a.back[href='#{row.get_attribute('id')}']").count() == 1
                tried += 1
        assert tried >= 2 * 20


def test_a_click_brings_both_cells_into_sight(page: Path) -> None:
    """The cell of the new edition and its counterpart in the old one come to stand beside each other."""
    with opened(page, width=1920) as seen:
        seen.page.locator("#C20 a[href^='#n-']").click()
        seen.page.wait_for_selector(".old .twin")
        boxes = [seen.page.locator(cell).bounding_box() for cell in ("td:target", ".old td.twin")]
        assert all(box is not None and 0 <= box["y"] < 900 for box in boxes)
        assert abs(boxes[0]["y"] - boxes[1]["y"]) < 2  # type: ignore[index]
        assert seen.page.locator("td:target").inner_text().startswith("510,0")
        assert seen.page.locator(".old td.twin").inner_text().startswith("390,2")


def test_filters(page: Path) -> None:
    """By role, task, year and field, each alone and together; the count is said aloud, and reset brings all back."""
    with opened(page) as seen:
        every = numbers(seen.page)
        seen.page.get_by_role("button", name="следствия").click()
        assert seen.page.get_by_role("button", name="следствия").get_attribute("aria-pressed") == "false"
        assert numbers(seen.page) == ["C22", "C2", "C18", "C20", "C27", "C34", "C35", "C1", "C17", "C21", "C32"]
        seen.page.get_by_role("combobox", name="Задача", exact=True).select_option(label="задача 5")
        assert numbers(seen.page) == ["C34", "C35", "C32"]
        seen.page.get_by_role("combobox", name="Год", exact=True).select_option(label="2026")
        assert numbers(seen.page) == ["C34", "C35"]
        seen.page.get_by_role("combobox", name="Что изменено", exact=True).select_option(label="суммы")
        assert numbers(seen.page) == ["C34"]
        output = seen.page.locator("output")
        assert output.get_attribute("aria-live") == "polite"
        assert output.inner_text().startswith("показано записей: 1 /")
        assert seen.page.get_by_role("heading", name="Не объяснено").count() == 0
        seen.page.get_by_role("button", name="Сбросить").click()
        expect(seen.page.locator("[data-tone][hidden]")).to_have_count(0)
        assert numbers(seen.page) == every


def test_search_reads_numbers_as_people_type_them(page: Path) -> None:
    """Blanks inside numbers and the form of a dash do not matter; what is not there is said not to be."""
    with opened(page) as seen:
        seen.page.get_by_role("button", name="следствия").click()
        seen.page.fill("input[type=search]", "2600,0")
        assert numbers(seen.page) == ["C27"]
        seen.page.fill("input[type=search]", "-119,800")
        assert numbers(seen.page) == ["C22"]
        seen.page.fill("input[type=search]", "нет такого")
        assert numbers(seen.page) == []
        assert seen.page.locator("output").inner_text().startswith("Ничего не найдено")


def test_keyboard(page: Path) -> None:
    """The first stop skips to the content, «/» goes to the search and Escape clears it, a filter answers to the blank key."""
    with opened(page) as seen:
        keys = seen.page.keyboard
        keys.press("Tab")
        assert seen.page.evaluate("document.activeElement.hash") == "#main"
        keys.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "main"
        keys.press("Slash")
        keys.type("5.5")
        assert set(numbers(seen.page)) >= {"C35", "C36"}
        keys.press("Escape")
        assert len(numbers(seen.page)) == 36
        seen.page.locator("button[data-show=primary]").focus()
        keys.press("Space")
        assert "C35" not in numbers(seen.page)
        keys.press("Space")
        seen.page.locator("#C22 a[href='#C20']").focus()
        keys.press("Enter")
        expect(seen.page.locator("#C20")).to_be_focused()


def test_a_link_to_what_is_hidden_shows_it(page: Path) -> None:
    """The way back from a cell leads to its row although a filter had hidden it."""
    with opened(page) as seen:
        seen.page.locator("button[data-show=derived]").click()
        assert not seen.page.locator("#C24").is_visible()
        seen.page.locator(".new td.derived a.back[href='#C24']").first.click()
        expect(seen.page.locator("#C24")).to_be_focused()
        assert seen.page.locator("#C24").is_visible()


def test_without_script_it_is_a_plain_page(page: Path) -> None:
    """All rows and both documents are there, the controls are not, and the links lead to the cells."""
    with opened(page, scripted=False) as seen:
        assert seen.page.locator(ROWS).count() == 36
        assert not seen.page.locator("form.filter").is_visible()
        seen.page.locator("#C20 a[href^='#n-']").click()
        box = seen.page.locator("td:target").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 900


@pytest.mark.parametrize("dark", [False, True], ids=["светлая", "тёмная"])
@pytest.mark.parametrize("width", [360, 1920])
def test_accessible_and_within_its_window(page: Path, width: int, dark: bool) -> None:
    """Axe finds nothing, folded or unfolded, and the page is no wider than the window; beside each other only where there is room."""
    with opened(page, width=width, dark=dark) as seen:
        for opening in (False, True):
            seen.page.evaluate("open => document.querySelectorAll('details').forEach(one => { one.open = open })", opening)
            found = Axe().run(seen.page)
            assert found.violations_count == 0, found.generate_report()
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        old, new = (seen.page.locator(f".pair .{side} table.source").last.bounding_box() for side in ("old", "new"))
        assert old is not None
        assert new is not None
        assert (old["y"] == new["y"]) == (width == 1920)


def test_prints_on_landscape_pages(page: Path) -> None:
    """A4 across; the header of a table on every page that it runs over; no controls."""
    with opened(page) as seen:
        sides = {"left": "10mm", "right": "10mm"}  # of a printer, by which a browser tells how narrow the paper is
        printed = seen.page.pdf(prefer_css_page_size=True, format="A4", margin=sides)
    pages = list(extract_pages(io.BytesIO(printed)))
    assert {(round(one.width), round(one.height)) for one in pages} == {(842, 595)}
    texts = [extract_text(io.BytesIO(printed), page_numbers=[number]) for number in range(len(pages))]
    assert len(pages) < 12
    rows = [text for text in texts if "вслед за" in text]
    assert len(rows) > 1
    assert all("Разница" in text for text in rows)
    whole = " ".join("".join(texts).split())
    assert "не объяснено" in whole
    assert "Сбросить" not in whole
