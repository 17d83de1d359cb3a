"""README, CHANGELOG, catalogues and docstrings stay true with the code."""

import ast
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import regex

from extractors.errors import CannotRead
from pipeline import VERSION, cli
from pipeline.cli import _cli
from pipeline.helptexts import HELP, OPTIONS
from pipeline.reporting.manual import options_of
from pipeline.rule import all_rules
from pipeline.wording import EXAMPLE_WORDS, REASON_WORDS, Words
from tests.test_architecture import MODULES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
WORD_LISTS = {"extractors.pdf.words", "extractors.amendment.lexicon"}  # words of programmes, and no sentences of ours
COMMANDS = [line for block in regex.findall(r"```\n(.*?)```", README, regex.S) for line in block.splitlines()]


def test_first_two_commands() -> None:
    """A newcomer begins with these two, and the Makefile has them."""
    assert COMMANDS[:2] == ["make demo", "make test"]
    targets = regex.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), regex.M)
    assert {word for line in regex.findall(r"`?make ([a-z]+)", README) for word in [line]} <= set(targets)


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("popravka ")])
def test_readme_commands_work(command: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Every command that the README shows does what it says, without a word on standard error."""
    monkeypatch.chdir(ROOT)
    assert cli.run(shlex.split(command)[1:]) in (0, 1)
    shown = capfd.readouterr()
    assert shown.out
    assert not shown.err


def test_rule_table_is_the_catalogue() -> None:
    """The README's table is made of the rules' own codes, weights and titles."""
    names = {"error": "ошибка", "warning": "предупреждение", "note": "замечание"}
    rows = "\n".join(f"| {rule.code} | {names[rule.severity.value]} | {rule.title} |" for rule in all_rules())
    assert f"|---|---|---|\n{rows}\n<!-- /rules -->" in README


def test_every_dependency_is_explained_and_pinned() -> None:
    """Each library in pyproject.toml is pinned to a version and named in the README."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dependencies"]
    for dependency in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name, _, version = regex.sub(r"\[.*\]", "", dependency).partition("==")
        assert version, dependency
        stubs = name.startswith("types-") or name.endswith("-stubs")
        assert stubs or name in README, name


def test_changelog_knows_this_version() -> None:
    """The newest entry of the changelog is the version of the code."""
    versions = regex.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), regex.M)
    assert versions[0] == VERSION


def test_every_command_teaches_in_both_languages() -> None:
    """Help texts are there in Russian and in English, for every command and option."""
    assert set(HELP) == {"popravka", *_cli("ru").commands}
    for texts in (*HELP.values(), *OPTIONS.values()):
        assert set(texts) == {"ru", "en"}
        assert all(texts.values())


def _messages() -> Iterator[str]:
    """Every text of ours that is worded: arguments of words(), phrase(), count(), and the tables of words."""
    for tree in MODULES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in (
                "words",
                "self",
                "phrase",
                "count",
                "broken",
                "_remark",
                "RegistryError",
                "Failed",
            ):
                yield from (a.value for a in _texts(node) if _is_words(a.value))
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
                target = node.targets[0]
                if isinstance(target, ast.Name) and target.id.strip("_").split("_")[-1] in ("WORDS", "NAMES", "COLUMNS", "ROWS", "PARTS"):
                    yield from (
                        v.value
                        for value in node.value.values
                        for v in ast.walk(value)
                        if isinstance(v, ast.Constant) and _is_words(str(v.value))
                    )
    for error in _kinds(CannotRead):
        yield from (error.message, error.advice)
    for rule in all_rules():
        yield rule.title
        yield from (meaning for _, _, meaning in options_of(rule))
    yield from (*REASON_WORDS, *EXAMPLE_WORDS)
    yield from _reasons()


def _reasons() -> Iterator[str]:
    """The sentences in which readers say why something was left out: their Russian strings of several words, patterns apart."""
    for name, tree in MODULES.items():
        if name.startswith("extractors.") and name not in WORD_LISTS:
            docstrings = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
                          and isinstance(node.body[0], ast.Expr)}  # fmt: skip
            notes = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
            texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
            yield from (text.value for text in texts if id(text) not in docstrings | notes and _is_sentence(text.value))


def _is_sentence(text: str) -> bool:
    return len(regex.findall(r"\p{Cyrillic}{2,}", text)) > 2 and not regex.search(r"[|\\*+]", text)


def _kinds(error: type[CannotRead]) -> Iterator[type[CannotRead]]:
    yield error
    for kind in error.__subclasses__():
        yield from _kinds(kind)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _texts(node: ast.Call) -> Iterator[ast.Constant]:
    for argument in node.args:
        for inner in ast.walk(argument):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield inner


def _is_words(text: str) -> bool:
    """Russian words, as against keys and addresses."""
    return bool(regex.search(r"\p{Cyrillic}", text))


@pytest.mark.parametrize("language", ["en"])
def test_catalogue_is_complete(language: str) -> None:
    """Every Russian text of ours has its translation, with the same values in braces, and none is left over."""
    entries = polib.pofile(ROOT / "pipeline" / "wording" / f"{language}.po")
    said = {entry.msgid: entry for entry in entries}
    wanted = set(_messages())
    assert len(wanted) > 100
    assert wanted - set(said) - {entry.msgid_plural for entry in entries} == set()
    for entry in entries:
        texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
        assert all(texts), entry.msgid
        assert not any(_is_words(text) for text in texts), entry.msgid
        for text in texts:
            assert set(regex.findall(r"\{\w+\}", text)) == set(regex.findall(r"\{\w+\}", entry.msgid)), entry.msgid


def test_every_rule_explains_itself_in_english() -> None:
    """Each rule's page has its English, none is left over, and the examples stand in both alike."""
    entries = {entry.msgid: entry.msgstr for entry in polib.pofile(ROOT / "pipeline" / "wording" / "manuals.en.po")}
    assert set(entries) == {rule.code for rule in all_rules()}
    for rule in all_rules():
        russian, english = (Words(language).manual(rule.code, rule.manual) for language in ("ru", "en"))
        assert russian == rule.manual.split("\n")
        found = [line.partition(": ")[2] for line in english if line.startswith(("Fails: ", "Passes: "))]
        assert found == [line.partition(": ")[2] for line in russian if line.startswith(EXAMPLE_WORDS)], rule.code


@pytest.mark.parametrize("name", sorted(MODULES))
def test_public_things_have_docstrings(name: str) -> None:
    """Every module, and every public class and function in it, says what it is."""
    tree = MODULES[name]
    assert ast.get_docstring(tree), name
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and name != "extractors.errors":
            assert ast.get_docstring(node), f"{name}.{node.name}"


def test_nothing_names_the_workplace() -> None:
    """No committed file carries a path of the machine it was written on."""
    for file in ROOT.rglob("*"):
        if file.suffix in (".py", ".md", ".toml", ".yaml", ".po", ".jinja") and ".venv" not in file.parts:
            assert "/" + "work/" not in file.read_text("utf-8"), file
