"""Nothing that stands in a document is ever obeyed by the page that shows it."""

from pathlib import Path

import pytest

from pipeline.renderer import Screen
from pipeline.renderers import html
from pipeline.reporting.changelog import Documents, diff_report
from pipeline.reporting.findings import check_report
from pipeline.reporting.sources import Checked
from pipeline.stages import check, compare, load, read_edition
from pipeline.wording import Words
from schemas.report import Report
from tests.browser import opened
from tests.golden import ROOT
from tests.hostile import ATTEMPTS, poisoned, poisoned_document

pytestmark = pytest.mark.slow

FILES = [ROOT / "samples/kozhevnikovo-504" / edition / "source.docx" for edition in ("2022-192", "2023-160")]
WORDS = Words("ru")


def changelog() -> Report:
    """Two editions whose every text is an attempt, each with its document."""
    sources = [load(str(file)) for file in FILES]
    old, new = (poisoned(read_edition(*source), turn) for turn, source in enumerate(sources))
    documents = Documents(*(poisoned_document(document) for _, document in sources))
    return diff_report(compare(old, new), check(new), WORDS, documents)


def findings() -> Report:
    """An edition whose every text is an attempt, checked."""
    source, document = load(str(FILES[1]))
    edition = poisoned(read_edition(source, document), 0)
    return check_report([Checked(edition, check(edition), poisoned_document(document))], [], WORDS)


@pytest.mark.parametrize("made", [changelog, findings], ids=["изменения", "находки"])
def test_no_text_is_obeyed(made: object, tmp_path: Path) -> None:
    """The attempts stand on the page as text, all kinds of them; none is an element, an attribute or a script, none is refused by the policy."""
    assert callable(made)
    file = tmp_path / "страница.html"
    file.write_bytes(html.render(made(), Screen()))
    with opened(file) as seen:
        said: list[str] = []
        seen.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        text = seen.page.locator("body").text_content() or ""
        assert all(attempt in text for attempt in ATTEMPTS)
        assert seen.page.locator("script").count() == 1
        assert seen.page.locator("style").count() == 1
        assert seen.page.locator("img, iframe, object, embed, svg:not(.chart svg), [href^='javascript']").count() == 0
        attributes = seen.page.evaluate("Array.from(document.querySelectorAll('*')).flatMap(one => one.getAttributeNames())")
        assert not [name for name in attributes if name.startswith("on") or name == "autofocus"]
        ids = seen.page.evaluate("Array.from(document.querySelectorAll('[id]')).map(one => one.id)")
        assert len(ids) == len(set(ids))
        assert not said
        assert not seen.complaints
        assert seen.requests == [file.as_uri()]
