"""Laws of the amendment grammar on random instructions: what is said is read, and what is not known is never passed over."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.amendment.operations import read_text
from extractors.amendment.passes import constituents
from extractors.amendment.phrases import tokens
from schemas.amendment import Operation
from tests.instructions import told
from tests.wordings import Made, instructions

_UNKNOWN = ("частично", "ориентировочно", "кроме", "не", "или", "ежегодно", "примерно", "без")


def _read(text: str) -> list[Operation]:
    return [operation for reading in read_text(text) for operation in reading.operations]


def _told(text: str, fields: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return [told(operation, fields) for operation in _read(text)]


@settings(max_examples=400, deadline=None)
@given(instructions())
def test_what_is_said_is_read(made: Made) -> None:
    """Kind, place, old and new wording of every operation, and no other operation."""
    assert _told(made.text) == made.truth


@settings(max_examples=200, deadline=None)
@given(st.lists(instructions(), min_size=2, max_size=4))
def test_instructions_on_lines_of_their_own_do_not_meet(made: list[Made]) -> None:
    """Numbered one after the other they say together what each says alone."""
    text = "\n".join(f"{number}. {one.text};" for number, one in enumerate(made, 1))
    assert _told(text) == [truth for one in made for truth in one.truth]


@settings(max_examples=400, deadline=None)
@given(instructions(), st.sampled_from(_UNKNOWN), st.integers(0, 20))
def test_an_unknown_word_is_never_passed_over(made: Made, word: str, where: int) -> None:
    """Wherever it stands outside quotation marks, the instruction is not understood."""
    ends = [0, *(token.end for token in tokens(made.text) if token.text != ":")]  # behind a colon it may be new wording
    at = ends[where % len(ends)]
    text = f"{made.text[:at]} {word} {made.text[at:]}".strip()
    read = [operation.status for operation in _read(text)]
    assert set(read) <= {"not-understood"}, text


@settings(max_examples=200, deadline=None)
@given(instructions())
def test_every_sign_is_in_a_token(made: Made) -> None:
    """Tokens cover the text but for blanks, before the passes and after them."""
    for made_of in (tokens(made.text), constituents(tokens(made.text))):
        covered = {at for token in made_of for at in range(token.start, token.end)}
        assert {sign for at, sign in enumerate(made.text) if at not in covered} <= {" "}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='абвгд «»"“”„:;,.-()12№\ufffc\n', max_size=80))
def test_junk_raises_nothing(text: str) -> None:
    """Any signs give readings, in time."""
    start = time.process_time()
    read_text(text)
    assert time.process_time() - start < 1


def test_what_takes_too_long_is_not_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    """An expression that runs out of time leaves the instruction not understood, and raises nothing."""
    monkeypatch.setattr("extractors.amendment.phrases._PATIENCE", 1e-9)
    assert {operation.status for operation in _read("в пункте 2 (далее " + "а " * 700 + ") слова «А» исключить")} == {"not-understood"}
