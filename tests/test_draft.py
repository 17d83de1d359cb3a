"""The way back: two editions give the amending act in official wording, as text and as a Word file."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from openxml_audit import OpenXmlValidator

from extractors.amendment.resolution import resolution
from extractors.reader import read, source_file
from pipeline.drafting.act import Drafted, draft, missed
from pipeline.drafting.paper import paper
from pipeline.drafting.plain import plain
from pipeline.loaded import Loaded
from pipeline.stages import load, read_edition
from schemas.amendment import Operation
from tests.model import CASES, broken, edition_of
from tests.typing_over import source, typed_over

SAMPLES = Path(__file__).parent.parent / "samples/kozhevnikovo-504"
OLD, NEW = SAMPLES / "2022-192/source.docx", SAMPLES / "2023-160/source.docx"
DRAFTS: list[dict[str, Any]] = yaml.safe_load((CASES / "drafts.yaml").read_text("utf-8"))


def of_text(text: str) -> Loaded:
    """A text as an edition with its document."""
    return Loaded(edition_of(text), read(text.encode()))


@cache
def of_sample() -> Drafted:
    """The act that leads from one edition of the sample to the other."""
    old, new = (load(str(file)) for file in (OLD, NEW))
    return draft(Loaded(read_edition(*old), old[1]), Loaded(read_edition(*new), new[1]))


@pytest.mark.parametrize("case", DRAFTS, ids=[case["case"] for case in DRAFTS])
def test_instructions(case: dict[str, Any]) -> None:
    """Each difference is said in the words of the case, and nothing else is."""
    drafted = draft(of_text(broken(case.get("before", []))), of_text(broken(case["edits"])))
    assert [f"{line.number} {line.text}".strip() for line in drafted.lines] == case["lines"]
    assert len({operation.id for operation in drafted.resolution.operations}) == len(drafted.resolution.operations)
    assert bool(drafted.resolution.operations) == bool(case["lines"])


def test_each_operation_says_where_and_what() -> None:
    """The operations of the sample's act: what is quoted as old stands in the former edition, and each has an item of the act."""
    drafted = of_sample()
    items = {line.number.rstrip(".") for line in drafted.lines}
    former = "\n".join(cell for cell in _texts(OLD))
    for operation in drafted.resolution.operations:
        assert operation.item in items
        assert operation.locus
        assert operation.old is None or operation.old in former
        assert operation.kind == "delete" or operation.new
    assert len(drafted.resolution.operations) == 48
    assert not drafted.annexes


def _texts(file: Path) -> list[str]:
    document = load(str(file))[1]
    tables = [block for block in document.blocks if not hasattr(block, "text")]
    return [block.text for block in document.blocks if hasattr(block, "text")] + [cell.text for table in tables for cell in table.cells]


def test_word_file_is_sound(tmp_path: Path) -> None:
    """The Word file opens without repair, is the same each time, and says what the text says."""
    data = paper(of_sample())
    assert data == paper(of_sample())
    file = tmp_path / "draft.docx"
    file.write_bytes(data)
    assert not [str(error) for error in OpenXmlValidator().validate(file).errors]
    written = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs if paragraph.text]
    assert written[0] == "ПРОЕКТ"
    said = [" ".join(line.split()) for line in plain(of_sample()).split("\n")]
    assert all(" ".join(text.split()) in said for text in written)


def test_an_appendix_changed_all_over_is_restated() -> None:
    """Where most figures of a table change, the appendix is an annex of the act and not a hundred instructions."""
    text = broken([])
    new = text.replace("\t60,125", "\t61,125").replace("\t80,0", "\t81,0").replace("\t0\n", "\t1\n")
    drafted = draft(of_text(text), of_text(new))
    assert [line.text for line in drafted.lines if "Приложение 2" in line.text] == [
        "Приложение 2 к муниципальной программе изложить в редакции согласно приложению 1 к настоящему постановлению."
    ]
    (annex,) = drafted.annexes
    assert "\t81,0" in plain(drafted).partition("Приложение 1\nк постановлению Администрации Заречного района")[2]
    assert drafted.resolution.operations[-1].payload == annex.blocks


def test_swapped_parts_restate_the_programme() -> None:
    """What has no name in an act (a passport that is gone) is told by the whole programme anew."""
    text = broken([])
    start, stop = text.index("ПАСПОРТ"), text.index("1. Характеристика")
    drafted = draft(of_text(text), of_text(text[:start] + text[stop:]))
    assert [operation.kind for operation in drafted.resolution.operations] == ["restate"]
    assert drafted.lines[0].text.startswith("Муниципальную программу изложить в редакции согласно приложению")


def reread(drafted: Drafted, form: str) -> tuple[Operation, ...]:
    """The operations that are read back from a drafted act."""
    data = paper(drafted) if form == "docx" else plain(drafted).encode()
    document = read(data)
    found = resolution(document, source_file(f"draft.{form}", data, document))
    assert not found.unread
    return found.operations


@pytest.mark.parametrize("form", ["docx", "txt"])
@pytest.mark.parametrize("back", [False, True])
def test_a_draft_of_the_sample_read_back_gives_the_new_edition(back: bool, form: str) -> None:
    """The whole way: draft, file, reading, carrying out; there and back."""
    old, new = (Loaded(read_edition(*side), side[1]) for side in (load(str(file)) for file in ((NEW, OLD) if back else (OLD, NEW))))
    drafted = draft(old, new)
    assert drafted.exact
    operations = reread(drafted, form)
    assert len(operations) == len(drafted.resolution.operations)
    assert missed(old, new, operations) == []


def laws(text: str, seeds: range, count: int) -> None:
    """Random edits: the draft leads to the new edition as it is, and when it was read back from its file."""
    lines = text.split("\n")
    old = source(lines)
    tried = 0
    for seed in seeds:
        new = source(typed_over(lines, seed, count))
        if len(new.document.unread) != len(old.document.unread):
            continue  # the plain text itself is not read whole any more
        drafted = draft(old, new)
        assert drafted.exact, seed
        if drafted.lines:
            assert missed(old, new, reread(drafted, ("docx", "txt")[seed % 2])) == [], seed
            tried += 1
    assert tried > len(seeds) // 4


def test_drafts_of_random_edits_lead_to_the_new_edition() -> None:
    """A few, in every run."""
    laws(broken([]), range(12), 3)


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3, 6])
def test_drafts_of_many_random_edits_lead_to_the_new_edition(count: int) -> None:
    """Many, of both texts."""
    laws(broken([]), range(200, 260), count)
    laws((SAMPLES / "2023-160/source.txt").read_text("utf-8"), range(300, 320), count)
