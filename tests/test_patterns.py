"""No regular expression takes time out of proportion, whatever it is given: read, and tried on strings made against it."""

import math
import time

import pytest
import regex

from tests.patterns import STAND_IN, Found, ambiguous, attacks, patterns

ALL = patterns()
SHORTEST, LENGTH = 16, 20_000  # signs of a string
MEASURABLE = 0.003  # seconds of work from which two lengths can be compared
PATIENCE = 2.0  # seconds after which a try is given up
TRIES = 4  # the machine may have been busy with something else
GROWTH = 5.0  # times as long for twice as many signs: squares pass (4), cubes (8) and powers do not


def test_every_pattern_is_collected() -> None:
    """The collection holds the patterns of every module that uses them, and no more than a few that only a run can tell."""
    assert len(ALL) > 300
    told_by_a_run = {found.where.partition(":")[0] for found in ALL if found.pattern == STAND_IN}
    assert told_by_a_run == {"extractors.labels", "pipeline.wording"}  # of labels.toml, collected from there; of our own escaped texts
    assert {"extractors.values", "pipeline.reckoning.yearly", "labels.toml rows.task"} <= {found.where.partition(":")[0] for found in ALL}


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.where)
def test_no_pattern_reads_one_text_in_many_ways(found: Found) -> None:
    """No quantifier repeats another without a sign that parts its rounds; no three of one kind follow each other."""
    assert ambiguous(found.tree) == [], found.pattern


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.where)
def test_time_grows_in_proportion(found: Found) -> None:
    """On long runs of what a pattern repeats, twice the signs cost no more than squares do."""
    compiled = found.compiled
    for attack in attacks(found.tree):
        assert any(growth(compiled, *attack) <= GROWTH for _ in range(TRIES)), (found.pattern, attack)


@pytest.mark.parametrize("bad", [r"(?:\w+\s?)+:", r"(?:а|а)*б", r"(\d+)*x"])
def test_a_bad_pattern_is_seen_by_trying(bad: str) -> None:
    """Patterns known for their powers of time are told."""
    found = Found("here", bad, 0)
    assert max(growth(found.compiled, *attack) for attack in attacks(found.tree)) > GROWTH


@pytest.mark.parametrize("bad", [r"(?:\w+\s?)+:", r"(\d+)*x", r"\s*,?\s*;?\s*\d", r"(?:[а-я]+[а-я-]*)*:"])
def test_a_bad_pattern_is_seen_by_reading(bad: str) -> None:
    """So are they by the reader, and three quantifiers of blanks in a row."""
    assert ambiguous(Found("here", bad, 0).tree)


@pytest.mark.parametrize("good", [r"[\w]+(?:-\w+)*", r"(?:\d{3} )*\d+", r"\s*[,;]\s*\d", r"(?:\w+\s+){0,3}\w+"])
def test_a_good_pattern_is_let_pass(good: str) -> None:
    """Rounds that a sign parts, and bounded ones, are no fault."""
    assert ambiguous(Found("here", good, 0).tree) == []


def growth(compiled: "regex.Pattern[str]", lead: str, piece: str, end: str) -> float:
    """How many times as long a string twice as long takes, as soon as that can be measured; 1 when all is brief."""
    length, taken = SHORTEST, 0.0
    while length <= LENGTH:
        taken = spent(compiled, lead, piece, end, length)
        if taken >= MEASURABLE:
            return spent(compiled, lead, piece, end, 2 * length) / taken
        length *= 2
    return 1.0


def spent(compiled: "regex.Pattern[str]", lead: str, piece: str, end: str, length: int) -> float:
    """The least time of a search that fails on a run of the piece; without end when patience ends."""
    text = lead + piece * (length // len(piece)) + end
    least = math.inf
    for _ in range(3):
        start = time.process_time()
        try:
            compiled.search(text, timeout=PATIENCE)
        except TimeoutError:
            return math.inf
        least = min(least, time.process_time() - start)
        if least < MEASURABLE / 4:
            break
    return least
