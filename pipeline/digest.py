"""What one file comes to: read, checked, and put in the form in which it is filed. What a worker of a batch does.

A digest holds plain values only, so that it may cross from one process or machine to another.
"""

import datetime as dt
import hashlib
import json
import time
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractors.errors import CannotRead, NotEdition
from extractors.options import USUAL, Options
from extractors.reader import read, source_file
from pipeline import VERSION
from pipeline.records import finding_record
from pipeline.stages import check, read_record
from pipeline.wording import Words
from schemas.blocks import Document
from schemas.edition import Edition, SourceFile
from schemas.finding import Finding, Severity

if TYPE_CHECKING:
    from pipeline.rule import Rule

FORMATS = ("docx", "odt", "html", "doc", "rtf", "txt", "pdf")  # the sooner, the surer every cell is where it was
_ISSUER_LETTERS = 5  # so many letters of a word stay the same in all its cases
Act = tuple[str | None, str | None]


class Digest(NamedTuple):
    """A file as it is filed.

    `outcome` is `read`, or `refused` with `code` and `reason`; `kind` edition, resolution or other; `record` what `read` gives,
    packed; `findings` code, severity and record (worded in Russian) of each in order. `base` identifies the programme, `act` the last act of the edition or the resolution itself;
    `cited` are the amending acts of an edition; `amends` the acts (issuer's key, date, number) that a resolution amends.
    """

    sha256: str
    size: int
    name: str
    outcome: str
    reading: str
    seconds: float = 0.0
    format: str | None = None
    kind: str | None = None
    code: str | None = None
    reason: str | None = None
    advice: str | None = None
    title: str | None = None
    issuer: str | None = None
    base: Act = (None, None)
    act: Act = (None, None)
    place_date: str | None = None
    rank: int = len(FORMATS)
    cited: tuple[Act, ...] = ()
    amends: tuple[tuple[str, str | None, str | None], ...] = ()
    findings: tuple[tuple[str, str, str], ...] = ()
    record: bytes | None = None

    def count(self, severity: str) -> int:
        """How many findings of a severity."""
        return sum(found == severity for _, found, _ in self.findings)


def digest(data: bytes, name: str, options: Options = USUAL, rules: "tuple[Rule, ...] | None" = None, reading: str | None = None) -> Digest:
    """The bytes of a file → its digest; a file that cannot be read is a digest too."""
    started = time.perf_counter()
    made = Digest(hashlib.sha256(data).hexdigest(), len(data), name, "read", reading or reading_version())
    try:
        document = read(data, options)
        made = _of_document(made, source_file(name, data, document), document, rules)._replace(format=document.format)
    except CannotRead as problem:
        made = refused(made, problem)
    return made._replace(seconds=time.perf_counter() - started)


def refused(made: Digest, problem: CannotRead) -> Digest:
    """A digest of a file that could not be read."""
    detail = f" ({problem.detail})" if problem.detail else ""
    return made._replace(outcome="refused", code=problem.code, reason=problem.message + detail, advice=problem.advice)


def _of_document(made: Digest, source: SourceFile, document: Document, rules: "tuple[Rule, ...] | None") -> Digest:
    try:
        found = read_record(source, document)
    except NotEdition as problem:
        record = {"kind": "other", "source": source.record(), "reason": problem.detail}
        return made._replace(kind="other", reason=problem.detail, record=pack(record))
    if isinstance(found, Edition):
        return _of_edition(made, found, rules)
    amends = tuple((issuer_key(act.issuer), act.date, act.number) for act in found.amends)
    if found.edition is not None:  # it is filed as the edition that it carries, and as the act that made it
        return _of_edition(made, found.edition, rules)._replace(amends=amends)
    act = (found.act.date, found.act.number)
    return made._replace(kind="resolution", title=found.act.title, act=act, place_date=act[0], amends=amends, record=pack(found.record()))


def _of_edition(made: Digest, edition: Edition, rules: "tuple[Rule, ...] | None") -> Digest:
    findings = check(edition, rules)
    base, acts = edition.base_act, edition.amending_acts
    last = acts[-1] if acts else base
    known = [_iso(act.date) for act in (base, *acts)]
    return made._replace(
        kind="edition", title=edition.programme.title, issuer=base.issuer,
        base=(_iso(base.date), base.number), act=(_iso(last.date), last.number),
        place_date=max(filter(None, known), default=None), rank=FORMATS.index(edition.source.format),
        cited=tuple((_iso(act.date), act.number) for act in acts),
        findings=tuple(_finding(finding) for finding in findings), record=pack(edition.record()),
    )  # fmt: skip


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _finding(finding: Finding) -> tuple[str, str, str]:
    return finding.code, Severity(finding.severity).value, packed_text(finding_record(finding, Words("ru")))


def issuer_key(issuer: str | None) -> str:
    """What stays of an issuer's name in all cases of its words: «Администрации Кожевниковского района» → «админ кожев район».

    >>> issuer_key("Администрация Кожевниковского района") == issuer_key("администрацией  Кожевниковского района")
    True
    """
    return " ".join(word[:_ISSUER_LETTERS].casefold().replace("ё", "е") for word in (issuer or "").split() if len(word) > 1)


def pack(record: Any) -> bytes:
    """A record as packed JSON."""
    return zlib.compress(packed_text(record).encode())


def unpack(data: bytes) -> Any:
    """The reverse of `pack`."""
    return json.loads(zlib.decompress(data))


def packed_text(record: Any) -> str:
    """A record as JSON on one line."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


@cache
def reading_version() -> str:
    """The program's version, with a mark of its code: a file is read again when either is another."""
    return f"{VERSION}+{_mark(Path(__file__).parent.parent)}"


def _mark(root: Path) -> str:
    made = hashlib.sha256()
    for room in ("schemas", "extractors", "pipeline"):
        for file in sorted(_sources(root / room)):
            made.update(file.read_bytes())
    return made.hexdigest()[:12]


def _sources(folder: Path) -> Iterable[Path]:
    return (file for file in folder.rglob("*") if file.suffix in (".py", ".toml"))
