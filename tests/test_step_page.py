"""Pages of a step of some thirty edits and of a history of three editions, in a real browser: what they show, fold and lead to."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pipeline.renderer import Screen, renderer
from pipeline.reporting.changelog import Documents, diff_report
from pipeline.reporting.history import history_report
from pipeline.stages import check_step, compare, history, load_edition
from pipeline.wording import Words
from schemas.change import Comparison
from tests.browser import opened
from tests.golden import ROOT
from tests.next_edition import rich_step

pytestmark = pytest.mark.slow

RU = Words("ru")
ROWS = "tr[data-tone]:visible"


def comparison() -> Comparison:
    """The rich step, compared."""
    return compare(rich_step().old, rich_step().new)


def step_page() -> bytes:
    """The rich step with both documents."""
    found = comparison()
    return renderer("html").render(diff_report(found, check_step(found), RU, Documents(*rich_step().documents)), Screen())


def history_page() -> bytes:
    """The edition before, the real one and the constructed one after it."""
    former = load_edition(str(ROOT / "samples/kozhevnikovo-504/2022-192/source.docx"))
    steps = history([former, rich_step().old, rich_step().new])
    return renderer("html").render(history_report(steps, [check_step(step) for step in steps.steps], RU), Screen())


MADE = {"шаг": step_page, "история": history_page}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both pages."""
    folder = tmp_path_factory.mktemp("pages")
    files = {name: folder / f"{name}.html" for name in MADE}
    for name, made in MADE.items():
        files[name].write_bytes(made())
    return files


@pytest.mark.parametrize("dark", [False, True], ids=["светлая", "тёмная"])
@pytest.mark.parametrize("width", [360, 1400, 1920])
@pytest.mark.parametrize("name", MADE)
def test_accessible_within_its_window_and_silent(pages: dict[str, Path], name: str, width: int, dark: bool) -> None:
    """Axe finds nothing, folded or unfolded; nothing is wider than the window; nothing is asked for; every link has its one end."""
    with opened(pages[name], width=width, dark=dark) as seen:
        for opening in (False, True):
            seen.page.evaluate("open => document.querySelectorAll('details').forEach(one => { one.open = open })", opening)
            found = Axe().run(seen.page)
            assert found.violations_count == 0, found.generate_report()
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        links = set(seen.page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))"))
        ids = seen.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
        assert len(ids) == len(set(ids))
        assert {link.removeprefix("#") for link in links} <= set(ids)
        assert not seen.complaints
        assert seen.requests == [pages[name].as_uri()]


@pytest.mark.parametrize("name", MADE)
def test_no_word_is_torn_and_no_figure_is_cut(pages: dict[str, Path], name: str) -> None:
    """In the tables of changes: no cell so narrow that a word of it is broken over lines, on a wide screen as on the narrowest."""
    torn = """() => Array.from(document.querySelectorAll('table.list td, table.list th')).filter(cell => {
        const range = document.createRange(), walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            for (const word of walker.currentNode.data.matchAll(/[\\p{L}\\d,]{2,24}/gu)) {
                range.setStart(walker.currentNode, word.index); range.setEnd(walker.currentNode, word.index + word[0].length);
                const tops = new Set(Array.from(range.getClientRects()).filter(box => box.width > 0).map(box => Math.round(box.top)));
                if (tops.size > 1) { return true; }
            }
        }
        return false;
    }).map(cell => cell.textContent)"""
    for width in (360, 1400, 1920):
        with opened(pages[name], width=width) as seen:
            assert seen.page.evaluate(torn) == []


def titles(seen: Page) -> list[str]:
    """The sections that are to be seen, in order."""
    return seen.locator("section.told:visible > h2").all_inner_texts()


def test_told_by_weight(pages: dict[str, Path]) -> None:
    """What does not follow first; groups, doubts and form in sections of their own; each change in one row."""
    found = comparison()
    with opened(pages["шаг"]) as seen:
        assert titles(seen.page) == [
            "Не объяснено", "Перераспределено: сумма прежняя", "Изменены суммы и показатели", "Изменены тексты и реквизиты",
            "Сопоставлено с сомнением", "Следствия: изменилось вслед за другим", "Изменена только запись", "Находки шага", "Находки новой редакции",
        ]  # fmt: skip
        rows = seen.page.eval_on_selector_all("tr[data-tone] > th", "all => all.map(one => one.textContent)")
        told = [row for row in rows if row.startswith("C")]
        assert len(told) == len(set(told))
        assert set(told) <= {change.id for change in found.changes}
        groups = seen.page.locator("tr.heading[id^='G']").all_inner_texts()
        assert groups == ["Между мероприятиями — 2025\xa0год, районный бюджет: мероприятие\xa05.1 +10,000; мероприятие\xa05.3 −10,0"]


def test_the_gist_leads_to_the_changes(pages: dict[str, Path]) -> None:
    """The first lines name what is gravest, and each number there leads to its row."""
    with opened(pages["шаг"]) as seen:
        lines = seen.page.locator(".gist li").all_inner_texts()
        assert [line.split(":")[0] for line in lines][:3] == ["Не объяснено", "Изменены прошедшие годы", "Снижены показатели"]
        link = seen.page.locator(".gist a").first
        link.focus()
        seen.page.keyboard.press("Enter")
        expect(seen.page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")).to_be_focused()


def test_form_is_put_away_until_it_is_asked_for(pages: dict[str, Path]) -> None:
    """Folded at first; a search that finds one of them, or a link to one, unfolds it."""
    with opened(pages["шаг"]) as seen:
        formal = seen.page.locator("section.told:has(details.put-away)")
        row = formal.locator("tr[data-tone]", has_text="«2 805,0»")
        expect(row).not_to_be_visible()
        number = row.get_attribute("id")
        seen.page.fill("input[type=search]", "«2 805,0»")
        expect(seen.page.locator(f"[id='{number}']")).to_be_visible()
        assert titles(seen.page) == ["Изменена только запись"]
    with opened(pages["шаг"]) as seen:
        seen.page.locator(f".new a.back[href='#{number}']").first.click()
        expect(seen.page.locator(f"[id='{number}']")).to_be_focused()
        expect(seen.page.locator(f"[id='{number}']")).to_be_visible()


def test_a_heading_goes_with_its_rows(pages: dict[str, Path]) -> None:
    """Filtered by a task: no heading stands above nothing, and no section is empty."""
    with opened(pages["шаг"]) as seen:
        seen.page.get_by_role("combobox", name="Задача", exact=True).select_option(label="задача 5")
        lonely = """() => Array.from(document.querySelectorAll('tr.heading')).filter(one => one.checkVisibility()).filter(one => {
            let next = one.nextElementSibling;
            while (next && next.hidden) { next = next.nextElementSibling; }
            return !next || next.classList.contains('heading');
        }).length"""
        assert seen.page.locator("tr.heading:visible").count() > 0
        assert seen.page.evaluate(lonely) == 0
        for section in seen.page.locator("section.told:visible:has([data-tone])").all():
            assert section.locator("[data-tone]:not([hidden])").count() > 0


def test_a_figure_of_the_history_leads_to_its_step(pages: dict[str, Path]) -> None:
    """From the amount of an edition to the change of that step, folded away until then; all steps are there with their findings."""
    with opened(pages["история"]) as seen:
        headings = seen.page.locator("section.told > h2").all_inner_texts()
        assert [" ".join(heading.split()) for heading in headings[-2:]] == [
            "редакция от 07.04.2022 № 192 → редакция от 24.03.2023 № 160",
            "редакция от 24.03.2023 № 160 → редакция от 15.02.2024 № 77",
        ]
        assert seen.page.get_by_role("heading", name="Находки шага").count() == 2
        row = seen.page.locator("tr[id^='trail']", has_text="мероприятие\xa04.1, 2024").first
        link = row.locator("td a")
        assert link.inner_text() == "2\xa0900,0"
        target = seen.page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
        expect(target).not_to_be_visible()
        link.click()
        expect(target).to_be_focused()
        assert "2\xa0900,0" in target.inner_text()
