"""The register of well-known acts: sound in itself, and a municipality can add to it."""

import re
from pathlib import Path

import pytest

from pipeline.register import known_act, usual_register
from pipeline.settings import BadSettings, settings
from pipeline.stages import check, chosen_rules
from tests.model import broken, edition_of

MISCITED = "Закон Томской области от 11.09.2008 № 198-ОЗ «О муниципальной службе в Томской области». Реализацию осуществляют"


def test_register_is_sound() -> None:
    """Every entry is in its form, none stands twice, and there are enough of them."""
    acts = usual_register().acts
    assert len(acts) >= 80
    assert len({(act.kind, act.number, act.date.year) for act in acts}) == len(acts)
    assert all(1991 <= act.date.year <= 2025 for act in acts)


@pytest.mark.parametrize("text", ["131-ФЗ", "131-ФЗ от 31.02.2003 «Название»", "131-ФЗ от 06.10.2003 Название"])
def test_entry_out_of_form(text: str) -> None:
    """An entry that cannot be read is refused."""
    with pytest.raises(ValueError, match=re.escape(text)):
        known_act(text)


def test_further_acts_come_from_the_settings(tmp_path: Path) -> None:
    """An act of the region is unknown until the settings name it."""
    edition = edition_of(broken([{"find": "Реализацию осуществляют", "put": MISCITED}]))
    assert check(edition) == ()
    file = tmp_path / "popravka.toml"
    file.write_text("[rules.REF007]\nacts = ['198-ОЗ от 11.09.2007 «О муниципальной службе в Томской области»']\n", "utf-8")
    assert [finding.code for finding in check(edition, chosen_rules(settings(str(file)), str(file)))] == ["REF007"]


def test_a_further_act_out_of_form_is_refused(tmp_path: Path) -> None:
    """The key is named."""
    file = tmp_path / "popravka.toml"
    file.write_text("[rules.REF007]\nacts = ['198-ОЗ']\n", "utf-8")
    with pytest.raises(BadSettings) as refused:
        chosen_rules(settings(str(file)), str(file))
    assert refused.value.key == "rules.REF007.acts"
