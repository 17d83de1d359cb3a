"""A step between two filed editions: compared, and put in the form in which it is filed. What a worker of a batch does."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.digest import pack, unpack
from pipeline.records import comparison_record
from pipeline.rule import all_rules
from pipeline.stages import audit, check_step, compare, read_edition
from pipeline.wording import Words
from schemas.audit import Verdict
from schemas.blocks import Document
from schemas.change import Comparison, Role
from schemas.edition import Edition, SourceFile

Loaded = tuple[SourceFile, Document]
"""A document and which file it is, as `stages.load` gives them."""


class Stepped(NamedTuple):
    """A compared step: its packed record, and how many changes it has, unexplained ones and undeclared ones among them."""

    record: bytes
    changes: int
    unexplained: int
    undeclared: int


def edition_of(record: bytes) -> Edition:
    """An edition from its packed record."""
    return Edition.model_validate(unpack(record))


def stepped(old: bytes, new: bytes) -> Stepped:
    """The packed records of two editions → what is filed of the step between them."""
    return of_comparison(compare(edition_of(old), edition_of(new)))


def held_against(old: Loaded, new: Loaded, acts: Sequence[Loaded]) -> Stepped:
    """The documents of two editions and of the acts between them → what is filed of the step, every change judged."""
    return of_comparison(audit(old, new, compare(read_edition(*old), read_edition(*new)), acts))


def of_comparison(comparison: Comparison) -> Stepped:
    """A comparison → what is filed of it."""
    own = [rule for rule in all_rules() if rule.over == "step"]  # the new edition's own findings are filed with it
    record = comparison_record(comparison, check_step(comparison, own), Words("ru"))
    changes = comparison.changes
    unexplained = sum(change.role == Role.UNEXPLAINED for change in changes)
    undeclared = sum(change.declared == Verdict.UNDECLARED for change in changes)
    return Stepped(pack(record), len(changes), unexplained, undeclared)
