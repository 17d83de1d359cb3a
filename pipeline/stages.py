"""The whole flow: bytes → document → edition → findings → changes → report.

This is the first file to read. Each step is a function of values; only `load` touches
the outer world, and only it raises (`CannotRead`).
"""

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.amendment.zones import other_kind, zones
from extractors.edition import edition as extract
from extractors.errors import CannotRead, NotEdition
from extractors.options import USUAL, Options
from extractors.reader import fetch, read, source_file
from pipeline.settings import Settings
from schemas.amendment import Correction
from schemas.blocks import Document
from schemas.change import Comparison, History
from schemas.edition import Edition, SourceFile
from schemas.finding import Finding

if TYPE_CHECKING:
    from extractors.amendment.operations import Reading
    from pipeline.drafting.act import Drafted
    from pipeline.rule import Rule
    from schemas.amendment import Resolution

NO_WHOLE_PROGRAMME = "это постановление, и программы целиком в нём нет"


def load(path: str, options: Options = USUAL) -> tuple[SourceFile, Document]:
    """A file → its identity and its blocks."""
    try:
        data = fetch(path, options)
        document = read(data, options)
    except CannotRead as problem:
        raise problem.of(path) from None
    return source_file(path, data, document), document


def load_edition(path: str, options: Options = USUAL) -> Edition:
    """A file → the edition that it holds."""
    return read_edition(*load(path, options))


def load_resolution(path: str, options: Options = USUAL, corrections: Sequence[Correction] = ()) -> "Resolution":
    """A file → the amending act that it holds."""
    from extractors.amendment.resolution import resolution

    source, document = load(path, options)
    try:
        return resolution(document, source, corrections)
    except CannotRead as problem:
        raise problem.of(path) from None


def read_edition(source: SourceFile, document: Document) -> Edition:
    """A file's identity and its blocks → the edition that it holds, be it the annex of a resolution; raises `NotEdition`."""
    read = read_record(source, document)
    if isinstance(read, Edition):
        return read
    if read.edition is None:
        raise NotEdition(source.file, NO_WHOLE_PROGRAMME)
    return read.edition


def read_record(source: SourceFile, document: Document, corrections: Sequence[Correction] = ()) -> "Edition | Resolution":
    """A file's identity and its blocks → the edition or the resolution that it holds; raises `NotEdition` when it is neither.

    `corrections` settle by hand what the machine leaves open in the act that they name.
    """
    if zones(document) is not None:
        from extractors.amendment.resolution import resolution

        return resolution(document, source, corrections)
    try:
        return extract(document, source)
    except NotEdition as problem:
        raise NotEdition(source.file, other_kind(document) or problem.detail) from None


def json_schema(name: str) -> bytes:
    """The published JSON Schema of what a command writes: `read`, `check` or `diff`."""
    return files("schemas").joinpath("json", f"{name}.schema.json").read_bytes()


def chosen_rules(settings: Settings, file: str) -> tuple["Rule", ...]:
    """The settings that stand in a file → the rules to run; raises BadSettings."""
    from pipeline.tuning import tuned

    return tuned(file, settings.rules)


def check(edition: Edition, rules: Iterable["Rule"] | None = None, former: Edition | None = None) -> tuple[Finding, ...]:
    """An edition → its findings, by these rules, or by all as they are; `former` is the edition before, where it is known."""
    from pipeline.rule import check

    return check(edition, rules, former)


def check_step(comparison: Comparison, rules: Iterable["Rule"] | None = None) -> tuple[Finding, ...]:
    """Two editions compared → the findings of the new one and of the step, by these rules, or by all as they are."""
    from pipeline.rule import check_step

    return check_step(comparison, rules)


def compare(old: Edition, new: Edition) -> Comparison:
    """Two editions → the changes between them."""
    from pipeline.compare import compare

    return compare(old, new)


def history(editions: Sequence[Edition]) -> History:
    """Editions of one programme in order → the steps between them and the trail of each amount."""
    from pipeline.history import history

    return history(editions)


def draft(old: tuple[SourceFile, Document], new: tuple[SourceFile, Document]) -> "Drafted":
    """Two editions as they were loaded → the amending act that leads from the one to the other."""
    from pipeline.drafting.act import draft
    from pipeline.loaded import Loaded

    return draft(*(Loaded(read_edition(*side), side[1]) for side in (old, new)))


def audit(
    old: tuple[SourceFile, Document],
    new: tuple[SourceFile, Document],
    comparison: Comparison,
    acts: Sequence[tuple[SourceFile, Document]],
    corrections: Sequence[Correction] = (),
) -> Comparison:
    """A comparison and the files of the amending acts → the same with every change held against what the acts order."""
    from extractors.amendment.resolution import resolution
    from pipeline.audit import audited
    from pipeline.loaded import Loaded

    given = []
    for source, document in acts:
        try:
            given.append(resolution(document, source, corrections))
        except CannotRead as problem:
            raise problem.of(source.file) from None
    return audited(Loaded(comparison.old, old[1]), Loaded(comparison.new, new[1]), comparison, given)


def drafted_bytes(drafted: "Drafted", form: str) -> bytes:
    """A drafted act as a Word document, or as text."""
    from pipeline.drafting.paper import paper
    from pipeline.drafting.plain import plain

    return paper(drafted) if form == "docx" else plain(drafted).encode()


def explain(document: Document, corrections: Sequence[Correction] = ()) -> list["Reading"]:
    """The blocks of an act, or of instructions alone → how each line was understood; `corrections` are taken for their own act."""
    from extractors.amendment.operations import readings
    from extractors.amendment.resolution import act_of, mine
    from extractors.amendment.zones import placed, zones

    parts = zones(document)
    if parts is None:
        return readings(tuple(placed(document)))
    return readings(parts.operative, parts.annexes, corrections=mine(corrections, act_of(parts)[0]))


def write(path: str, data: bytes) -> None:
    """Write a file whole or not at all."""
    target = Path(path)
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.write_bytes(data)
        draft.replace(target)
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, path) from None
    finally:
        draft.unlink(missing_ok=True)
