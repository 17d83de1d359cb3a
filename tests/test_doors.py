"""A file in the folder is a feature: readers, rules and renderers are found, and nothing is found twice."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import NamedTuple

import pytest

from extractors.doors import collect
from extractors.reader import Reader, all_readers
from pipeline import renderers
from pipeline.renderer import Renderer, renderer
from pipeline.rule import Rule, all_rules


class Feature(NamedTuple):
    """What the folders of these tests hold."""

    name: str


def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, **modules: str) -> ModuleType:
    folder = tmp_path / package
    folder.mkdir()
    (folder / "__init__.py").touch()
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(f"from tests.test_doors import Feature\n{text}\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return import_module(package)


def test_dropping_a_file_adds_a_feature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values of the type are found, whatever they are called and wherever they stand; other values are not."""
    folder = _folder(tmp_path, monkeypatch, "first_folder", b="x = Feature('b')\ny = 7", a="z = Feature('a')")
    assert collect(folder, Feature, lambda feature: feature.name) == (Feature("a"), Feature("b"))


def test_a_name_used_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two features of one name stop the program and do not hide each other."""
    folder = _folder(tmp_path, monkeypatch, "second_folder", a="x = Feature('a')", b="y = Feature('a')")
    with pytest.raises(TypeError, match="second_folder: two are named a"):
        collect(folder, Feature, lambda feature: feature.name)


def test_what_is_behind_the_doors() -> None:
    """The readers and rules of this version; each renderer is named as its module."""
    assert [reader.name for reader in all_readers()] == ["doc", "docx", "html", "odt", "pdf", "rtf", "txt"]
    assert all(isinstance(reader, Reader) for reader in all_readers())
    assert len(all_rules()) > 20
    assert all(isinstance(rule, Rule) for rule in all_rules())
    names = [module.name for module in iter_modules(renderers.__path__)]
    assert names == ["docx", "html", "json", "md", "sarif", "text", "xlsx"]
    for name in names:
        assert isinstance(renderer(name), Renderer)
        assert renderer(name).name == name
