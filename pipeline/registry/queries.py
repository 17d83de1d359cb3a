"""What the registry can be asked: programmes, their editions and gaps, documents, resolutions."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import regex
from sqlalchemy import ColumnElement, Connection, func, select

from extractors.values import date as read_date
from pipeline.registry import tables as t
from pipeline.registry.chain import Act, Held, Link, gaps
from pipeline.registry.errors import NotFiled, RegistryError

_ISO = regex.compile(r"\d{4}-\d{2}-\d{2}")


class Document(NamedTuple):
    """A filed document of an edition, or a resolution: what a list shows of it."""

    sha256: str
    name: str
    format: str | None
    errors: int
    warnings: int
    notes: int
    reading: str
    differences: int | None = None  # of a further document of an edition: against the one that stands for it

    @property
    def counts(self) -> dict[str, int]:
        """Findings by severity, as `check` counts them."""
        return {"error": self.errors, "warning": self.warnings, "note": self.notes}


class Edition(NamedTuple):
    """An edition in its place in the chain; the first document stands for it. `resolutions` are the filed acts that made it."""

    date: str | None
    number: str | None
    documents: tuple[Document, ...]
    resolutions: tuple[Document, ...] = ()
    changes: int | None = None  # against the edition before it; None for the first, or where the step is not compared yet


class Programme(NamedTuple):
    """A programme as the registry knows it. `gaps` are cited acts without an edition, `acts` the filed resolutions that amend it."""

    id: int
    issuer: str | None
    date: str
    number: str
    title: str
    editions: tuple[Edition, ...]
    gaps: tuple[Act, ...]
    acts: tuple[tuple[str | None, str | None, Document], ...] = ()

    def record(self) -> dict[str, Any]:
        """The programme as the contract shows it."""
        filed = {(date, number) for date, number, _ in self.acts}
        return {
            "issuer": self.issuer, "date": self.date or None, "number": self.number, "title": self.title,
            "editions": [
                {
                    "date": edition.date, "number": edition.number, "documents": [held.sha256 for held in edition.documents],
                    "twins": [{"sha256": held.sha256, "differences": held.differences} for held in edition.documents[1:]],
                    "resolutions": [held.sha256 for held in edition.resolutions], "changes": edition.changes,
                    "findings": edition.documents[0].counts,
                }
                for edition in self.editions
            ],
            "gaps": [{"date": date, "number": number, "resolution": (date, number) in filed} for date, number in self.gaps],
        }  # fmt: skip


def programmes(connection: Connection, *only: ColumnElement[bool]) -> list[Programme]:
    """Programmes with all that belongs to them, by date and number."""
    p = t.programmes.c
    rows = connection.execute(
        select(p.id, p.issuer, p.issuer_key, p.date, p.number, p.title).where(*only).order_by(p.date, p.number, p.issuer_key)
    ).all()
    ids = [row.id for row in rows]
    editions = _editions(connection, ids, bool(only))
    cited = _cited(connection, ids, bool(only))
    acts = _resolutions(connection, [(row.date, row.number) for row in rows], bool(only))
    return [
        _programme(row, editions.get(row.id, []), cited.get(row.id, []), _of(row.issuer_key, acts.get((row.date, row.number), [])))
        for row in rows
    ]


def _programme(row: Any, editions: list[Edition], cited: list[Act], acts: list[tuple[str | None, str | None, Document]]) -> Programme:
    by_act: dict[Act, list[Document]] = {}
    for date, number, document in acts:
        by_act.setdefault((date, number), []).append(document)
    whole = tuple(edition._replace(resolutions=tuple(by_act.get((edition.date, edition.number), ()))) for edition in editions)
    links = [Link(edition.date, edition.number, (Held("", None, "", None, None, None, 0, ""),)) for edition in editions]
    return Programme(row.id, row.issuer, row.date, row.number, row.title, whole, tuple(gaps(links, cited)), tuple(acts))


def _editions(connection: Connection, ids: list[int], only: bool) -> dict[int, list[Edition]]:
    e, h, d = t.editions.c, t.holdings.c, t.documents.c
    changed = _changed(connection, ids, only)
    query = (
        select(
            e.programme,
            e.position,
            e.date,
            e.number,
            e.sha256.label("first"),
            d.sha256,
            d.name,
            d.format,
            d.errors,
            d.warnings,
            d.notes,
            d.reading,
        )
        .join(t.holdings, (h.programme == e.programme) & (h.position == e.position))
        .join(t.documents, d.sha256 == h.sha256)
        .order_by(e.programme, e.position, d.rank, d.sha256)
    )
    found: dict[int, list[Edition]] = {}
    for row in connection.execute(query.where(e.programme.in_(ids)) if only else query):
        document = _document(row[5:])._replace(differences=changed.get(row.sha256) if row.sha256 != row.first else None)
        listed = found.setdefault(row.programme, [])
        if len(listed) > row.position:
            listed[-1] = listed[-1]._replace(documents=(*listed[-1].documents, document))
        else:
            listed.append(Edition(row.date, row.number, (document,), changes=changed.get(row.first)))
    return found


def _document(row: Any) -> Document:
    return Document(*row)


def _changed(connection: Connection, ids: list[int], only: bool) -> dict[str, int]:
    query = select(t.steps.c.new, t.steps.c.changes)
    rows = connection.execute(query.where(t.steps.c.programme.in_(ids)) if only else query).all()
    return {row[0]: row[1] for row in rows}


def _cited(connection: Connection, ids: list[int], only: bool) -> dict[int, list[Act]]:
    query = select(t.holdings.c.programme, t.citations.c.date, t.citations.c.number).join(
        t.citations, t.citations.c.sha256 == t.holdings.c.sha256
    )
    found: dict[int, list[Act]] = {}
    for programme, date, number in connection.execute(query.where(t.holdings.c.programme.in_(ids)) if only else query):
        found.setdefault(programme, []).append((date, number))
    return found


_Acts = dict[tuple[str, str], list[tuple[str, str | None, str | None, Document]]]


def _resolutions(connection: Connection, bases: list[tuple[str, str]], only: bool) -> _Acts:
    """The filed resolutions that amend an act, by its date and number."""
    a, d = t.amendments.c, t.documents.c
    query = (
        select(
            a.date, a.number, a.issuer_key, d.act_date, d.act_number, d.sha256, d.name, d.format, d.errors, d.warnings, d.notes, d.reading
        )
        .join(t.documents, d.sha256 == a.sha256)
        .order_by(d.act_date, d.act_number, d.sha256)
    )
    if only:
        query = query.where(a.number.in_([number for _, number in bases]))
    found: _Acts = {}
    for row in connection.execute(query):
        found.setdefault((row.date or "", row.number), []).append((row.issuer_key or "", row.act_date, row.act_number, _document(row[5:])))
    return found


def _of(issuer: str, acts: Iterable[tuple[str, str | None, str | None, Document]]) -> list[tuple[str | None, str | None, Document]]:
    """The acts that amend the act of this issuer; where either does not name it, the date and number tell."""
    return [(date, number, document) for key, date, number, document in acts if not key or not issuer or key == issuer]


def of_document(connection: Connection, sha256: str) -> Programme | None:
    """The programme that a document belongs to, or None."""
    programme = connection.execute(select(t.holdings.c.programme).where(t.holdings.c.sha256 == sha256)).scalar()
    return None if programme is None else programmes(connection, t.programmes.c.id == programme)[0]


def amended_by(connection: Connection, sha256: str) -> Programme | None:
    """The programme that a filed resolution amends: the first that is there of those it names."""
    a = t.amendments.c
    for row in connection.execute(select(a.date, a.number, a.issuer_key).where(a.sha256 == sha256).order_by(a.position)).all():
        found = programmes(connection, t.programmes.c.number == row.number, t.programmes.c.date == (row.date or ""))
        for one in found:
            if any(document.sha256 == sha256 for _, _, document in one.acts):
                return one
    return None


def named(connection: Connection, name: str, place: str) -> Programme:
    """The programme of a base act: «504», «504 от 17.09.2020» or «2020-09-17/504»; a number alone where only one bears it."""
    number, day = _asked(name)
    found = programmes(connection, t.programmes.c.number == number)
    if day:
        found = [one for one in found if one.date == _iso(day)]
    if not found:
        raise NotFiled(place, name)
    if len(found) > 1:
        known = "; ".join(f"«{one.number} от {one.date}» ({one.issuer or '—'})" for one in found)
        raise RegistryError(place, "программ с таким номером несколько", "назовите и дату: «504 от 17.09.2020»", known, exit_code=2)
    return found[0]


def _asked(name: str) -> tuple[str, str]:
    bare = name.strip().removeprefix("№").strip()
    if "/" in bare and bare[:4].isdecimal() and bare[4:5] == "-":
        day, _, number = bare.partition("/")
        return number.strip(), day.strip()
    number, _, day = bare.partition(" от ")
    return number.strip(), day.strip()


def _iso(day: str) -> str | None:
    """A day as ISO text, from ISO or from any written date."""
    if _ISO.fullmatch(day):
        return day
    found = read_date(day)
    return found.isoformat() if found else None


def document(connection: Connection, sha256: str, place: str) -> dict[str, Any]:
    """A document's row; raises NotFiled."""
    row = connection.execute(select(t.documents).where(t.documents.c.sha256 == sha256)).mappings().one_or_none()
    if row is None:
        raise NotFiled(place, sha256)
    return dict(row)


class Outcome(NamedTuple):
    """What came of a file in a run: `was` is its outcome before, `is_new` whether this run read it."""

    path: str
    sha256: str | None
    outcome: str
    reason: str | None
    is_new: bool
    was: str | None
    changed: int | None
    kind: str | None
    programme: str | None
    edition: str | None
    errors: int | None
    warnings: int | None
    notes: int | None
    seconds: float | None


def outcomes(connection: Connection, run: int) -> Iterator[Outcome]:
    """Every file that a run met, by path."""
    f, d = t.files.c, t.documents.c
    query = (
        select(
            f.path, f.sha256, f.outcome, f.reason, f.run == run, f.was, f.changed, d.kind, d.base_number, d.act_number,
            d.errors, d.warnings, d.notes, d.seconds,
        )
        .outerjoin(t.documents, d.sha256 == f.sha256)
        .where(f.met == run)
        .order_by(f.path)
    )  # fmt: skip
    for row in connection.execute(query):
        yield Outcome(*row)


def gone(connection: Connection, run: int) -> list[str]:
    """The files that the run before over the same folders met and this one did not."""
    r, same = t.runs.c, select(t.runs.c.folders).where(t.runs.c.id == run).scalar_subquery()
    before = select(func.max(r.id)).where(r.id < run, r.folders == same).scalar_subquery()
    return list(connection.execute(select(t.files.c.path).where(t.files.c.met == before).order_by(t.files.c.path)).scalars())


def findings_by_rule(connection: Connection, run: int) -> list[tuple[str, str, int, int]]:
    """(code, severity, findings, documents) among the documents that a run met, the most frequent first."""
    met = select(t.files.c.sha256).where(t.files.c.met == run)
    g = t.findings.c
    query = (
        select(g.code, g.severity, func.count(), func.count(g.sha256.distinct()))
        .where(g.sha256.in_(met))
        .group_by(g.code, g.severity)
        .order_by(func.count().desc(), g.code)
    )
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(query)]
