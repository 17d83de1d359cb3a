"""Filing one file in the registry, with everything the legal department must know at once.

Read → keep the original → file → compare the steps that are new → look at the chain again.
"""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractors.errors import CannotRead
from extractors.options import USUAL, Options
from extractors.reader import fetch
from pipeline.digest import Digest, digest, reading_version, refused
from pipeline.registry.queries import Edition as Filed
from pipeline.registry.queries import Programme
from pipeline.registry.registry import Registry, Seen
from pipeline.stages import check, compare
from pipeline.stepping import edition_of, stepped
from schemas.change import Comparison
from schemas.edition import Edition
from schemas.finding import Finding

if TYPE_CHECKING:
    from pipeline.rule import Rule


class Ingested(NamedTuple):
    """What came of one file.

    `is_new` tells that it was not filed before. Of an edition: the programme with its chain, its `position` in it, the
    step that leads to it (`comparison`), the step that leads on from it where it was filed late (`onward`), and how other
    files of the same edition differ from it (`twins`: SHA-256 and comparison, the other file being the older).
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
    settle_steps(registry)
    programme = registry.of_document(made.sha256)
    if programme is None or made.record is None or made.kind != "edition":
        return Ingested(path, made, is_new)
    return _in_its_chain(registry, Ingested(path, made, is_new, programme), programme, made.record, rules)


def _seen(path: str, made: Digest) -> Seen:
    state = Path(path).stat()
    return Seen(str(Path(path).absolute()), made.sha256, state.st_size, str(state.st_mtime_ns), made.outcome, made.reason, made.reading)


def settle_steps(registry: Registry) -> int:
    """Compare every step that is not compared yet; returns how many there were."""
    steps = registry.missing_steps()
    for step in steps:
        made = stepped(*registry.records(step.old, step.new))
        registry.file_step(step, reading_version(), made.record, made.changes)
    return len(steps)


def _in_its_chain(registry: Registry, one: Ingested, programme: Programme, record: bytes, rules: "tuple[Rule, ...] | None") -> Ingested:
    made, chain = one.digest, programme.editions
    position = next(n for n, link in enumerate(chain) if made.sha256 in (held.sha256 for held in link.documents))
    edition = edition_of(record)
    former = _edition(registry, chain[position - 1]) if position else None
    latter = _edition(registry, chain[position + 1]) if position + 1 < len(chain) else None
    others = [held.sha256 for held in chain[position].documents if held.sha256 != made.sha256]
    return one._replace(
        position=position, edition=edition, findings=check(edition, rules, former),
        comparison=compare(former, edition) if former else None, onward=compare(edition, latter) if latter else None,
        twins=tuple((sha, compare(_of_document(registry, sha), edition)) for sha in others),
    )  # fmt: skip


def _edition(registry: Registry, link: Filed) -> Edition:
    return _of_document(registry, link.documents[0].sha256)


def _of_document(registry: Registry, sha256: str) -> Edition:
    return edition_of(registry.document(sha256)["record"])
