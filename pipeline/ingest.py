"""Filing one file in the registry, with everything the legal department must know at once.

Read → keep the original → file → compare the steps that are new → look at the chain again.
"""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractors.errors import CannotRead
from extractors.options import USUAL, Options
from extractors.reader import fetch, read, source_file
from pipeline.digest import Digest, digest, reading_version, refused
from pipeline.registry.queries import Edition as Filed
from pipeline.registry.queries import Programme
from pipeline.registry.registry import Registry, Seen
from pipeline.stages import audit, check, check_step, compare
from pipeline.stepping import Loaded, edition_of, of_comparison
from schemas.change import Comparison
from schemas.edition import Edition
from schemas.finding import Finding

if TYPE_CHECKING:
    from pipeline.rule import Rule


class Ingested(NamedTuple):
    """What came of one file.

    `is_new` tells that it was not filed before. Of an edition: the programme with its chain, its `position` in it, the
    step that leads to it (`comparison`), the step that leads on from it where it was filed late (`onward`), and how other
    files of the same edition differ from it (`twins`: SHA-256 and comparison, the other file being the older). Of a resolution:
    the programme that it amends, and, where the edition that it made is filed, its `position` and the step held against the act.
    """

    path: str
    digest: Digest
    is_new: bool
    programme: Programme | None = None
    position: int | None = None
    edition: Edition | None = None
    findings: tuple[Finding, ...] = ()
    comparison: Comparison | None = None
    onward: Comparison | None = None
    twins: tuple[tuple[str, Comparison], ...] = ()

    @property
    def filed(self) -> Filed | None:
        """The edition as the registry knows it."""
        return self.programme.editions[self.position] if self.programme is not None and self.position is not None else None


def ingest(registry: Registry, path: str, options: Options = USUAL, rules: "tuple[Rule, ...] | None" = None) -> Ingested:
    """File a file; one that cannot be read is filed as such. Raises RegistryError only."""
    try:
        data = fetch(path, options)
    except CannotRead as problem:
        made = refused(Digest("", 0, path, "refused", reading_version()), problem)
        registry.saw([Seen(str(Path(path).absolute()), None, 0, "", made.outcome, made.reason, made.reading)])
        return Ingested(path, made, is_new=True)
    made = digest(data, path, options, rules)
    registry.originals.put(data)
    is_new = registry.file(made, _seen(path, made))
    settle_steps(registry, options)
    one = Ingested(path, made, is_new)
    if made.kind == "resolution":
        return _of_act(registry, one, options)
    programme = registry.of_document(made.sha256)
    if programme is None or made.record is None or made.kind != "edition":
        return one
    return _in_its_chain(registry, one._replace(programme=programme), programme, options, rules)


def _seen(path: str, made: Digest) -> Seen:
    state = Path(path).stat()
    return Seen(str(Path(path).absolute()), made.sha256, state.st_size, str(state.st_mtime_ns), made.outcome, made.reason, made.reading)


def settle_steps(registry: Registry, options: Options = USUAL) -> int:
    """Compare every step that is not compared yet; returns how many there were."""
    steps = registry.missing_steps()
    for step in steps:
        made = of_comparison(step_between(registry, step.old, step.new, step.acts, options))
        registry.file_step(step, reading_version(), made)
    return len(steps)


def step_between(registry: Registry, old: str, new: str, acts: tuple[str, ...], options: Options = USUAL) -> Comparison:
    """The step between two filed documents, held against the filed acts between them."""
    comparison = compare(*map(edition_of, registry.records(old, new)))
    if not acts:
        return comparison
    before, after, *given = (_loaded(registry, sha256, options) for sha256 in (old, new, *acts))
    return audit(before, after, comparison, given)


def _loaded(registry: Registry, sha256: str, options: Options) -> Loaded:
    """A document read again from its original, under the name by which it was filed."""
    data = registry.originals.get(sha256)
    document = read(data, options)
    return source_file(registry.document(sha256)["name"], data, document), document


def _in_its_chain(registry: Registry, one: Ingested, programme: Programme, options: Options, rules: "tuple[Rule, ...] | None") -> Ingested:
    made, chain = one.digest, programme.editions
    position = next(n for n, link in enumerate(chain) if made.sha256 in (held.sha256 for held in link.documents))
    edition = _of_document(registry, made.sha256)
    latter = chain[position + 1].documents[0].sha256 if position + 1 < len(chain) else None
    others = [held.sha256 for held in chain[position].documents if held.sha256 != made.sha256]
    comparison = _step_to(registry, programme, position, made.sha256, options)
    return one._replace(
        position=position, edition=edition, findings=check_step(comparison, rules) if comparison else check(edition, rules),
        comparison=comparison, onward=_step_to(registry, programme, position + 1, latter, options) if latter else None,
        twins=tuple((sha, compare(_of_document(registry, sha), edition)) for sha in others),
    )  # fmt: skip


def _step_to(registry: Registry, programme: Programme, position: int, new: str, options: Options) -> Comparison | None:
    """The step that leads to an edition, which this document stands for; None for the first one."""
    if not position:
        return None
    old = programme.editions[position - 1].documents[0].sha256
    return step_between(registry, old, new, registry.acts_between(programme.id, old, new), options)


def _of_act(registry: Registry, one: Ingested, options: Options) -> Ingested:
    """A resolution: the programme that it amends, and the step that it made, where the edition is filed."""
    programme = registry.amended_by(one.digest.sha256)
    if programme is None:
        return one
    date, number = one.digest.act
    position = next((n for n, link in enumerate(programme.editions) if (link.date, link.number) == (date, number)), None)
    if position is None:
        return one._replace(programme=programme)
    new = programme.editions[position].documents[0].sha256
    return one._replace(programme=programme, position=position, comparison=_step_to(registry, programme, position, new, options))


def _of_document(registry: Registry, sha256: str) -> Edition:
    return edition_of(registry.document(sha256)["record"])
