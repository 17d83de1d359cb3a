"""The published JSON Schemas: what every command writes is valid, and what is not theirs is refused."""

import json
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline import cli
from pipeline.compare import compare
from pipeline.records import comparison_record
from pipeline.rule import check_step
from pipeline.wording import Words
from schemas.amount import Amount
from schemas.change import Explained
from schemas.place import Place
from schemas.published import PUBLISHED, published
from tests import golden
from tests.instructions import read as instructed
from tests.model import PLAIN, broken, edition_of
from tests.test_instructions import CASES as INSTRUCTIONS
from tests.test_steps import STEPS


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """The schema of a command's output, formats checked too."""
    return jsonschema.Draft202012Validator(json.loads(published(name)), format_checker=jsonschema.FormatChecker())


def written(name: str, out: Path, *arguments: str) -> Any:
    """What the command writes."""
    cli.run([name, *arguments, "--format", "json", "-o", str(out)])
    return json.loads(out.read_text("utf-8"))


@pytest.mark.parametrize("name", PUBLISHED)
def test_schema_is_one_and_is_printed(name: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """It is valid itself, nothing in it is left unused, and the command prints it."""
    schema = json.loads(published(name))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert {ref.rpartition("/")[2] for ref in refs(schema)} == set(schema["$defs"]) | ({"ChecksRecord"} & set(schema["$defs"]))
    assert schema["$id"].endswith(":1")
    assert cli.run(["schema", name]) == 0
    assert capfdbinary.readouterr().out == published(name).encode()


def refs(node: Any) -> Iterator[str]:
    """All references in a schema."""
    if isinstance(node, dict):
        yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from refs(inner)


@pytest.mark.parametrize("source", golden.sources(), ids=str)
def test_samples_read_and_checked(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read of every sample, and what is found in it."""
    monkeypatch.chdir(golden.ROOT)
    validator("read").validate(written("read", tmp_path / "read.json", str(source)))
    validator("check").validate(written("check", tmp_path / "check.json", str(source), str(tmp_path / "none.txt")))


def test_other_documents(tmp_path: Path) -> None:
    """A text that is no edition."""
    (tmp_path / "letter.txt").write_text("Уважаемые коллеги!\n", "utf-8")
    record = written("read", tmp_path / "read.json", str(tmp_path / "letter.txt"))
    assert record["kind"] == "other"
    validator("read").validate(record)


@pytest.mark.parametrize("act", [act for act, _, _ in golden.acts()], ids=lambda act: act.stem)
def test_sample_acts_read(act: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read of every constructed act."""
    monkeypatch.chdir(golden.ROOT)
    record = written("read", tmp_path / "act.json", str(act.relative_to(golden.ROOT)))
    assert record["kind"] == "resolution"
    validator("read").validate(record)
    assert not validator("read").is_valid(record | {"unknown": 1})


def test_instructions_read() -> None:
    """The instructions of all cases: words, paragraphs, rows and tables; what is not theirs is refused."""
    schema = json.loads(published("read"))
    of_one = jsonschema.Draft202012Validator({"$ref": "#/$defs/Operation", "$defs": schema["$defs"]})
    records = [one.record() for _, case in INSTRUCTIONS for one in instructed(case["text"], case.get("annex", "")).operations]
    assert {block for record in records for one in record["payload"] for block in one} == {"paragraph", "table"}
    for record in records:
        of_one.validate(record)
        assert not of_one.is_valid(record | {"unknown": 1})


def test_samples_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step of the samples, and a history of three editions."""
    monkeypatch.chdir(golden.ROOT)
    for old, new, _ in golden.steps():
        validator("diff").validate(written("diff", tmp_path / "diff.json", str(old), str(new)))
    story = written("diff", tmp_path / "history.json", str(old), str(new), str(old))
    assert story["kind"] == "history"
    validator("diff").validate(story)


@pytest.mark.parametrize("case", STEPS, ids=lambda case: case["title"])
def test_steps_compared(case: dict[str, Any]) -> None:
    """Steps of every kind."""
    validator("diff").validate(of_step(case))


def of_step(case: dict[str, Any]) -> dict[str, Any]:
    """The record of a step of the cases."""
    comparison = compare(PLAIN, edition_of(broken(case["edits"])))
    return comparison_record(comparison, check_step(comparison), Words("ru"))


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a record."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from objects(inner)


def test_unknown_and_missing_keys_are_refused() -> None:
    """Wherever a key too many is put, or one taken away, the record is no longer valid."""
    record = of_step(next(case for case in STEPS if case["title"] == "a lowered target"))
    refused = 0
    for number, _ in enumerate(objects(record)):
        for spoil in ("add", "take"):
            spoilt = deepcopy(record)
            target = list(objects(spoilt))[number]
            if spoil == "add":
                target["unknown"] = 1
            elif not optional(target):
                target.pop(next(iter(target)))
            refused += spoilt != record
            assert spoilt == record or not validator("diff").is_valid(spoilt), target
    assert refused > 40


def optional(node: dict[str, Any]) -> bool:
    """Whether the object has no key that must stand: a place, an address within the whole document, an empty one."""
    return not node or node.keys() <= {"table", "row", "column", "paragraph", "line", "page", "span", "inside", "start", "end", "raw"}


def test_decimals_are_plain() -> None:
    """However many noughts a number has, it is written without an exponent."""
    assert Explained(change="C1", delta=Decimal("0.0000000")).record()["delta"] == "0.0000000"
    assert Amount("0,0000000", Decimal("0.0000000"), (), Place()).record()["value"] == "0.0000000"
