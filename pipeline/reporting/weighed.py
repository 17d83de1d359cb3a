"""The changes by their weight: what does not follow first, then what changed in its own right, what merely followed, what only looks different."""

from collections.abc import Iterator, Sequence

from pipeline.reporting.changes import Bunch, ChangeRows, Facets
from pipeline.reporting.doubts import doubts
from pipeline.reporting.names import Names
from pipeline.reporting.told import GROUP_WORDS, TRANSFERS, Told, where
from pipeline.wording import Words
from schemas.address import Address
from schemas.change import Change, Comparison, Group, GroupKind, Kind
from schemas.report import Piece, ReportSection, Tone, line, piece

_NAMED = (GroupKind.SOURCE_ADDED, GroupKind.SOURCE_REMOVED)
_MOST = 6  # members of a group that its heading tells of by name


class Weighed:
    """Sets the changes of a comparison as sections of a report."""

    def __init__(self, comparison: Comparison, every: Sequence[Told], rows: ChangeRows, facets: Facets, words: Words, prefix: str) -> None:
        self._comparison, self._every, self._rows, self._facets, self._words = comparison, every, rows, facets, words
        self._prefix = prefix
        self._groups = {group.id: group for group in comparison.groups}

    def sections(self) -> Iterator[ReportSection]:
        """A section for each weight that occurs."""
        words = self._words
        if not self._every:
            yield ReportSection(title=words("Изменений нет"), lines=(line(words("Все значения и тексты двух редакций совпадают.")),))
        yield from self._unexplained()
        own = [one for one in self._every if one.tone == Tone.PRIMARY]
        transferred, events = ([one for one in own if self._is_of(one, kinds)] for kinds in (True, False))
        yield from self._grouped(words("Перераспределено: сумма прежняя"), transferred)
        yield from self._grouped(words("Годы и источники, которых не было или не стало"), events)
        rest = [one for one in own if one.change.group not in self._groups]
        yield from self._plain(words("Изменены суммы и показатели"), [one for one in rest if _counts(one.change)])
        yield from self._plain(words("Изменены тексты и реквизиты"), [one for one in rest if not _counts(one.change)])
        yield from doubts(self._comparison, Names(self._comparison), self._rows.link, self._prefix, words)
        followed = [one for one in self._every if one.tone == Tone.DERIVED]
        yield from self._plain(words("Следствия: изменилось вслед за другим"), followed)
        formal = [one for one in self._every if one.tone == Tone.QUIET]
        fold = words.count("{n} изменение: значения и слова прежние", "{n} изменений: значения и слова прежние", len(formal))
        yield from self._plain(words("Изменена только запись"), formal, fold)

    def _is_of(self, one: Told, transfers: bool) -> bool:
        group = self._groups.get(one.change.group or "")
        return group is not None and (group.kind in TRANSFERS) == transfers

    def _plain(self, title: str, members: Sequence[Told], fold: str = "") -> Iterator[ReportSection]:
        if members:
            yield ReportSection(title=title, table=self._rows.by_part(members, self._facets), fold=fold)

    def _unexplained(self) -> Iterator[ReportSection]:
        """Those that moved otherwise than their terms."""
        words = self._words
        members = tuple(one for one in self._every if one.tone == Tone.UNEXPLAINED)
        if not members:
            return
        lead = line(piece(words("Итог изменился не так, как его слагаемые, или остался прежним, хотя они изменились."), Tone.QUIET))
        yield ReportSection(title=words("Не объяснено"), lines=(lead,), table=self._rows.table([Bunch((), members)], self._facets))

    def _grouped(self, title: str, members: Sequence[Told]) -> Iterator[ReportSection]:
        """One heading for each group, that says in words what happened."""
        bunches = []
        for group in self._comparison.groups:
            held = tuple(one for one in members if one.change.group == group.id)
            if held:
                bunches.append(Bunch(self._event(group, held), held, f"{self._prefix}{group.id}"))
        if bunches:
            yield ReportSection(title=title, table=self._rows.table(bunches, self._facets))

    def _event(self, group: Group, held: Sequence[Told]) -> tuple[Piece, ...]:
        words = self._words
        subject = words.column(group.subject or "") if group.kind in _NAMED else group.subject
        made = [piece(words(GROUP_WORDS[group.kind], subject=subject or ""), Tone.STRONG)]
        if group.kind not in TRANSFERS:
            if group.delta:
                made.append(piece(f": {words.number(group.delta, signed=True)}"))
            return tuple(made)
        said = [(_apart(one.change, held, words), one.change.delta) for one in held]
        told = [f"{name} {words.number(delta, signed=True)}" if delta is not None else name for name, delta in said]
        shared = _shared(held, words)
        more = [words("ещё {n}", n=len(told) - _MOST)] if len(told) > _MOST else []
        return (*made, piece(f" — {shared}: " if shared else ": "), piece("; ".join([*told[:_MOST], *more])))


def _counts(change: Change) -> bool:
    """Whether it is money or the value of an indicator that changed, or a thing that bears them."""
    if change.field in ("amount", "indicator"):
        return True
    return change.field == "name" and change.kind in (Kind.ADDED, Kind.REMOVED)


def _shared(held: Sequence[Told], words: Words) -> str:
    """What all members of a group have in common, in words."""
    said = [_said(one.change, words) for one in held]
    return ", ".join(word for word in said[0] if all(word in other for other in said))


def _apart(change: Change, held: Sequence[Told], words: Words) -> str:
    shared = set.intersection(*(set(_said(one.change, words)) for one in held))
    own = [word for word in _said(change, words) if word not in shared]
    return ", ".join(own or _said(change, words))


def _said(change: Change, words: Words) -> list[str]:
    address: Address = where(change)
    return words.address_words(address, with_part=False)
