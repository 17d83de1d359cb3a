"""Filing: one document, one transaction; what follows from it is put right in the same one.

Programmes, editions and holdings are made anew from the documents of the same base act each time, so
their content does not depend on the order of filing, on who filed first, or on what was cut short.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select, update

from pipeline.digest import Digest, issuer_key
from pipeline.registry import tables as t
from pipeline.registry.chain import Held, Link, chain, programmes, steps
from pipeline.registry.engine import insert, lock, put
from pipeline.stepping import Stepped

_NO_NUMBER = ""


class Step(NamedTuple):
    """A step of a programme that is still to be compared: SHA-256 of the documents of both editions, and of the acts between them."""

    programme: int
    old: str
    new: str
    acts: tuple[str, ...] = ()


def file_digest(connection: Connection, made: Digest) -> bool:
    """File a digest; returns whether it was new (read by another version counts as new)."""
    base = f"{made.base[0]} {made.base[1]}"
    lock(connection, base)
    found = connection.execute(
        select(t.documents.c.reading, t.documents.c.outcome, t.documents.c.base_date, t.documents.c.base_number).where(
            t.documents.c.sha256 == made.sha256
        )
    ).one_or_none()
    if found is not None and found.reading == made.reading and found.outcome == "read":
        return False
    if found is not None:
        connection.execute(delete(t.findings).where(t.findings.c.sha256 == made.sha256))
        connection.execute(delete(t.citations).where(t.citations.c.sha256 == made.sha256))
        connection.execute(delete(t.amendments).where(t.amendments.c.sha256 == made.sha256))
        _forget_steps(connection, made.sha256)
    put(connection, t.documents, _document(made))
    insert(connection, t.findings, [
        {"sha256": made.sha256, "position": n, "code": code, "severity": severity, "record": record}
        for n, (code, severity, record) in enumerate(made.findings)
    ])  # fmt: skip
    insert(connection, t.citations, [
        {"sha256": made.sha256, "position": n, "date": date, "number": number} for n, (date, number) in enumerate(made.cited)
    ])  # fmt: skip
    insert(connection, t.amendments, [
        {"sha256": made.sha256, "position": n, "issuer_key": key, "date": date, "number": number}
        for n, (key, date, number) in enumerate(made.amends)
    ])  # fmt: skip
    bases = {(made.base[0] or "", made.base[1])} | ({(found.base_date or "", found.base_number)} if found is not None else set())
    for date, number in sorted(bases, key=str):
        if number:
            settle(connection, date, number)
    _forget_steps_amended(connection, made)
    return True


def _forget_steps_amended(connection: Connection, made: Digest) -> None:
    """An act that is filed may account for changes: the steps of what it amends are held against it anew."""
    for _, date, number in made.amends:
        ids = select(t.programmes.c.id).where(t.programmes.c.number == number, t.programmes.c.date == (date or ""))
        for old, new in connection.execute(select(t.steps.c.old, t.steps.c.new).where(t.steps.c.programme.in_(ids))).all():
            _forget_step(connection, old, new)


def _document(made: Digest) -> dict[str, Any]:
    return {
        "sha256": made.sha256, "size": made.size, "name": made.name, "format": made.format, "kind": made.kind, "outcome": made.outcome,
        "code": made.code, "reason": made.reason, "reading": made.reading, "seconds": made.seconds, "title": made.title,
        "base_issuer": made.issuer, "base_key": issuer_key(made.issuer), "base_date": made.base[0], "base_number": made.base[1],
        "act_date": made.act[0], "act_number": made.act[1], "place_date": made.place_date, "rank": made.rank,
        "errors": made.count("error"), "warnings": made.count("warning"), "notes": made.count("note"), "record": made.record,
    }  # fmt: skip


def settle(connection: Connection, date: str, number: str) -> None:
    """Make the programmes of a base act (date, "" where not told, and number) anew from their documents."""
    found = programmes(_held(connection, date, number))
    was = connection.execute(
        select(t.programmes.c.id, t.programmes.c.issuer_key).where(t.programmes.c.date == date, t.programmes.c.number == number)
    ).all()
    for programme, key in was:
        if key not in found:
            connection.execute(delete(t.programmes).where(t.programmes.c.id == programme))
    known = {key: programme for programme, key in was}
    for key, helds in found.items():
        links = chain(helds)
        row = {
            "issuer": _issuer(helds), "issuer_key": key, "date": date, "number": number,
            "title": next((held.title for link in reversed(links) for held in link.documents if held.title), ""),
        }  # fmt: skip
        if key in known:
            connection.execute(update(t.programmes).where(t.programmes.c.id == known[key]).values(row))
            _renew(connection, known[key], links)
        else:
            made = connection.execute(t.programmes.insert().values(row).returning(t.programmes.c.id)).scalar_one()
            _renew(connection, made, links)


def _held(connection: Connection, date: str, number: str) -> list[Held]:
    d = t.documents.c
    is_of_date = d.base_date.is_(None) if not date else d.base_date == date
    query = select(
        d.sha256, d.base_issuer, d.base_key, d.act_date, d.act_number, d.place_date, d.rank, d.title
    ).where(is_of_date, d.base_number == number, d.kind == "edition", d.outcome == "read")  # fmt: skip
    return [Held(*row[:7], row[7] or "") for row in connection.execute(query)]


def _issuer(helds: Sequence[Held]) -> str | None:
    """The issuer as most documents write it; the same for every order of filing."""
    names = [held.issuer for held in helds if held.issuer]
    return max(sorted(set(names)), key=names.count) if names else None


def _renew(connection: Connection, programme: int, links: Sequence[Link]) -> None:
    """Put a programme's editions in their order; steps that are none any more go."""
    connection.execute(delete(t.editions).where(t.editions.c.programme == programme))
    shas = [held.sha256 for link in links for held in link.documents]
    connection.execute(delete(t.holdings).where(t.holdings.c.programme == programme))
    connection.execute(delete(t.holdings).where(t.holdings.c.sha256.in_(shas)))
    insert(connection, t.editions, [
        {"programme": programme, "position": n, "date": link.date, "number": link.number, "sha256": link.documents[0].sha256}
        for n, link in enumerate(links)
    ])  # fmt: skip
    insert(connection, t.holdings, [
        {"sha256": held.sha256, "programme": programme, "position": n} for n, link in enumerate(links) for held in link.documents
    ])  # fmt: skip
    wanted = set(steps(links))
    for old, new, whose in connection.execute(
        select(t.steps.c.old, t.steps.c.new, t.steps.c.programme).where(t.steps.c.new.in_(shas))
    ).all():
        if (old, new) not in wanted or whose != programme:
            _forget_step(connection, old, new)


def _forget_steps(connection: Connection, sha256: str) -> None:
    found = connection.execute(select(t.steps.c.old, t.steps.c.new).where((t.steps.c.old == sha256) | (t.steps.c.new == sha256))).all()
    for old, new in found:
        _forget_step(connection, old, new)


def _forget_step(connection: Connection, old: str, new: str) -> None:
    connection.execute(delete(t.steps).where(t.steps.c.old == old, t.steps.c.new == new))


def forget(connection: Connection, sha256: str) -> bool:
    """Remove a document with all that follows from it; returns whether it was there."""
    found = connection.execute(
        select(t.documents.c.base_date, t.documents.c.base_number).where(t.documents.c.sha256 == sha256)
    ).one_or_none()  # fmt: skip
    if found is None:
        return False
    lock(connection, f"{found.base_date} {found.base_number}")
    _forget_steps(connection, sha256)
    for table in (t.findings, t.citations, t.amendments, t.holdings, t.editions, t.files, t.documents):
        connection.execute(delete(table).where(table.c.sha256 == sha256))
    if found.base_number:
        settle(connection, found.base_date or "", found.base_number)
    return True


def missing_steps(connection: Connection, programme: int | None = None) -> list[Step]:
    """The steps that are still to be compared, of one programme or of all: between neighbours, and between files of one edition."""
    older, newer, h = t.editions.alias(), t.editions.alias(), t.holdings.c
    neighbours = select(older.c.programme, older.c.sha256.label("old"), newer.c.sha256.label("new")).join(
        newer, (newer.c.programme == older.c.programme) & (newer.c.position == older.c.position + 1)
    )
    twins = select(older.c.programme, older.c.sha256.label("old"), h.sha256.label("new")).join(
        t.holdings, (h.programme == older.c.programme) & (h.position == older.c.position) & (h.sha256 != older.c.sha256)
    )
    wanted = neighbours.union_all(twins).subquery()
    query = (
        select(wanted.c.programme, wanted.c.old, wanted.c.new)
        .outerjoin(t.steps, (t.steps.c.old == wanted.c.old) & (t.steps.c.new == wanted.c.new))
        .where(t.steps.c.old.is_(None))
        .order_by(wanted.c.old, wanted.c.new)
    )
    if programme is not None:
        query = query.where(wanted.c.programme == programme)
    return [Step(*row, acts_between(connection, *row)) for row in connection.execute(query).all()]


def acts_between(connection: Connection, programme: int, old: str, new: str) -> tuple[str, ...]:
    """The filed resolutions that amend a programme and that the newer edition names and the older does not, in their order."""
    p, a, d, c = t.programmes.c, t.amendments.c, t.documents.c, t.citations.c
    base = connection.execute(select(p.date, p.number, p.issuer_key).where(p.id == programme)).one()
    query = (
        select(d.sha256, a.issuer_key)
        .join(t.amendments, a.sha256 == d.sha256)
        .join(t.citations, (c.number == d.act_number) & ((c.date == d.act_date) | c.date.is_(None)))
        .where(a.number == base.number, a.date == (base.date or None), c.sha256 == new)
        .order_by(d.act_date, d.act_number, d.sha256)
    )
    known = select(c.number, c.date).where(c.sha256 == old)
    before = {(number, date) for number, date in connection.execute(known).all()}
    acts = connection.execute(query.add_columns(d.act_number, d.act_date)).all()
    between = [row.sha256 for row in acts if (row.act_number, row.act_date) not in before and row.issuer_key in ("", base.issuer_key)]
    return tuple(dict.fromkeys(between))


def file_step(connection: Connection, step: Step, reading: str, made: Stepped) -> bool:
    """File what changed in a step; returns whether it is (still) a step of its programme and was not filed before."""
    there = connection.execute(select(t.steps.c.old).where(t.steps.c.old == step.old, t.steps.c.new == step.new)).one_or_none()
    if there is not None or not _is_wanted(connection, step):
        return False
    row = {"old": step.old, "new": step.new, "programme": step.programme, "reading": reading, **made._asdict()}
    insert(connection, t.steps, [row])
    return True


def _is_wanted(connection: Connection, step: Step) -> bool:
    """Whether the documents stand for neighbouring editions, or are two of one edition."""
    e, h = t.editions.c, t.holdings.c
    first = connection.execute(select(e.position).where(e.programme == step.programme, e.sha256 == step.old)).scalar()
    after = connection.execute(select(e.position).where(e.programme == step.programme, e.sha256 == step.new)).scalar()
    held = connection.execute(select(h.position).where(h.programme == step.programme, h.sha256 == step.new)).scalar()
    return first is not None and (after == first + 1 if after is not None else held == first)


def file_seen(connection: Connection, row: dict[str, Any]) -> None:
    """Remember how a file looked, and what had come of it before."""
    former = connection.execute(select(t.files.c.outcome).where(t.files.c.path == row["path"])).scalar()
    put(connection, t.files, {**row, "was": former})


def settle_doubles(connection: Connection, run: int) -> None:
    """Of the files met in a run that hold the same read document, the first by name is the read one."""
    f = t.files.c
    shared = select(f.sha256).where(f.met == run, f.outcome.in_(("read", "duplicate"))).group_by(f.sha256).having(func.count() > 1)
    rows = connection.execute(
        select(f.sha256, f.path, f.outcome).where(f.met == run, f.sha256.in_(shared), f.outcome.in_(("read", "duplicate"))).order_by(f.path)
    ).all()
    first: set[str] = set()
    for sha256, path, outcome in rows:
        meant = "duplicate" if sha256 in first else "read"
        first.add(sha256)
        if outcome != meant:
            connection.execute(update(t.files).where(f.path == path).values(outcome=meant))


def now() -> str:
    """The present moment as ISO text, in universal time."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
