"""AGR006: who answers for an activity is named in the passport."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractors.passport import items
from extractors.text import squeeze
from pipeline.likeness import bearing, stems, words_of
from pipeline.rule import Dossier, rule
from schemas.edition import Edition
from schemas.finding import Remark, Severity, Term, phrase
from schemas.place import Place

_NAMING_ROWS = regex.compile(r"исполнител|участник|заказчик|разработчик|координатор|администратор", regex.I)
_PARTED = regex.compile(r"[\n\v;,]+(?![^«\"(]*[»\")])")
_QUOTED = regex.compile(r"[«\"“](?P<name>[^«»\"“”]{2,})[»\"”]")
# what the name of an executor begins with, behind adjectives: a body, a kind of organisation, a post
_BODIES = (
    "администрац", "отдел", "управлен", "комитет", "департамент", "сектор", "служб", "учрежден", "предприят", "дум", "совет", "собран",
    "глав", "заместител", "управляющ", "инженер", "специалист", "начальник", "руководител", "директор", "председател", "подразделен",
    "орган", "организац", "библиотек", "музе", "центр", "школ", "дом", "клуб", "редакц", "комисс", "фонд", "больниц", "бухгалтер", "архив",
    "мку", "мбу", "мау", "муп", "мкоу", "мбоу", "маоу", "мбуд", "мбук", "огбу", "огау", "огку", "гбу", "кгбу", "ооо", "оао", "пао", "ао", "ип",
)  # fmt: skip
_PLACES = frozenset({
    "администрац", "район", "муниципальн", "образован", "город", "городск", "сельск", "поселен", "округ", "област", "кра", "республик", "мо",
})  # fmt: skip
_POSTS = frozenset(
    {"начальник", "руководител", "специалист", "директор", "главн", "ведущ", "заведующ", "старш", "мест", "лиц", "ответственн"}
)
# a passport may name a class: whom it takes in
_CLASSES = {
    "подразделен": ("отдел", "управлен", "комитет", "сектор", "служб", "департамент", "подразделен"),
    "учрежден": (
        "мку",
        "мбу",
        "мау",
        "мкоу",
        "мбоу",
        "маоу",
        "мбук",
        "мбуд",
        "школ",
        "библиотек",
        "музе",
        "дом",
        "клуб",
        "центр",
        "учрежден",
    ),
    "организац": ("организац", "учрежден", "мку", "мбу", "мау", "ооо", "предприят", "муп"),
    "поселен": ("администрац", "глав"),
    "орган": ("администрац", "дум", "совет", "собран", "орган"),
}
_KINDS = frozenset({"учрежден", "организац", "предприят"})
_DEPARTMENTS = ("отдел", "управлен", "комитет", "сектор", "департамент", "подразделен", "глав", "заместител", "управляющ", "специалист")
_SHORT, _BEGINNING = 6, 5  # letters: an abbreviation has at most so many, two stems of one word share at least so many
_CLASS_WORDS = 3  # «органы местного самоуправления»: a class is named in few words
_NOBODY = frozenset({"структурн", "подразделен", "отраслев", "функциональн", "орган", "местн", "самоуправлен", "организац", "учрежден", "предприят",
                     "подведомственн", "соисполнител", "исполнител", "участник", "бюджетн", "казен", "учредител"})  # fmt: skip


class _Named(NamedTuple):
    """One who is named as answering for an activity."""

    name: str
    meaning: frozenset[str]
    term: Term
    activity: str


@rule("AGR006", Severity.WARNING)
def executors(dossier: Dossier) -> Iterator[Remark]:
    """Ответственный исполнитель мероприятия не назван в паспорте

    Исполнители мероприятий перечислены в паспорте: они получают деньги и отчитываются.
    Если в графе «Ответственные исполнители» стоит тот, кого в паспорте нет,
    исполнителя сменили не везде. Сравниваются значащие слова без падежных
    окончаний, названия в кавычках и сокращения (ЖКХ, МКУ); «структурные
    подразделения» охватывают любой отдел. Заказчик может исполнять и сам.

    Не проходит: в приложении 2 «Управляющий делами», а в паспорте только отделы и МУП «Районные СМИ»
    Проходит: в приложении 2 «Отдел ЖКХ администрации», в паспорте «отдел жилищно-коммунального хозяйства»
    """
    edition = dossier.edition
    known = _known(edition)
    if not known:
        return
    away = _PLACES | set(stems(edition.base_act.issuer or ""))
    groups: list[list[_Named]] = []
    for named in _responsible(edition, frozenset(away)):
        if not _is_class(named) and not any(_is_covered(named, other, frozenset(away)) for other in known):
            group = next((g for g in groups if g[0].meaning <= named.meaning or named.meaning <= g[0].meaning), None)
            groups.append([named]) if group is None else group.append(named)
    curator = set(stems(edition.passport.curator or ""))
    for group in groups:
        first = group[0]
        activities = ", ".join(dict.fromkeys(named.activity for named in group))
        template = (
            "«{name}» — ответственный исполнитель (мероприятия {activities}), а среди исполнителей в паспорте не назван: там это куратор"
            if first.meaning <= curator
            else "«{name}» — ответственный исполнитель (мероприятия {activities}), а в паспорте не назван"
        )
        again = tuple(named.term for named in group[1:] if named.term.address != first.term.address)
        yield Remark(message=phrase(template, name=first.name, activities=activities), address=first.term.address,
                     place=first.term.place, raw=first.term.raw, again=again)  # fmt: skip


class _Known(NamedTuple):
    """One whom the passport names; a customer stands for himself alone, an executor also for those who belong to him."""

    text: str
    executes: bool


def _known(edition: Edition) -> list[_Known]:
    """Those whom the passport names."""
    rows = [row for row in edition.passport.rows if row.field in ("executors", "customer") or _NAMING_ROWS.search(row.label)]
    if not any(row.field == "executors" or "сполнител" in row.label for row in rows):
        return []
    return [_Known(squeeze(item), row.field != "customer") for row in rows for item in items(row.text) if words_of(item)]


def _responsible(edition: Edition, away: frozenset[str]) -> Iterator[_Named]:
    for address, activity in edition.activity_addresses():
        place = activity.places.get("responsible", activity.places.get("name", Place()))
        term = Term(address=address.at(column="responsible"), value=None, raw=activity.responsible, place=place)
        for name in _names(activity.responsible):
            yield _Named(name, _meaning(name, away), term, address.activity or "")


def _names(text: str) -> list[str]:
    """Those who are named one after another; a piece that begins with no body or post goes on with the one before."""
    found: list[str] = []
    for piece in filter(None, (squeeze(piece) for piece in _PARTED.split(text))):
        if any(word.startswith(_BODIES) for word in words_of(piece)[:4]):
            found.append(piece)
        elif found:
            found[-1] = f"{found[-1]} {piece}" if piece.startswith("и ") else f"{found[-1]}, {piece}"
    return found


def _meaning(name: str, away: frozenset[str]) -> frozenset[str]:
    """What tells one executor from another: its quoted name, or its words without the place and the rank."""
    quoted = _QUOTED.search(name)
    if quoted:
        return frozenset(stems(quoted["name"]))
    whole = frozenset(stems(name))
    return (whole - away - _POSTS) or (whole - _POSTS) or whole


def _is_class(named: _Named) -> bool:
    """«Учреждения культуры», «структурные подразделения»: a class names nobody."""
    return not named.meaning - _NOBODY or (not _QUOTED.search(named.name) and any(word in _KINDS for word in stems(named.name)[:3]))


def _is_covered(named: _Named, known: _Known, away: frozenset[str]) -> bool:
    """Whether one whom the passport names is the same, or a class that takes him in."""
    have = frozenset(stems(known.text))
    lacking = frozenset(word for word in named.meaning if not any(_is_same(word, other) for other in have))
    if (
        not lacking
        or all(_is_short_for(word, known.text) for word in lacking)
        or lacking <= _shortened_by(words_of(known.text), named.name)
    ):
        return True
    return known.executes and not _QUOTED.search(known.text) and _is_of_class(named, have, have - away)


def _is_of_class(named: _Named, known: frozenset[str], core: frozenset[str]) -> bool:
    """Whether the passport's few words name a class that takes the executor in: «структурные подразделения», «отделы администрации»."""
    head = next((body for word in words_of(named.name)[:4] for body in _BODIES if word.startswith(body)), "")
    if not core and "администрац" in known and head in _DEPARTMENTS:
        return True
    if core and all(word.startswith(_BODIES) for word in core) and any(word.startswith(head) for word in core):
        return True
    members = [kinds for kind, kinds in _CLASSES.items() if any(word.startswith(kind) for word in known)]
    return len(core) <= _CLASS_WORDS and any(head in kinds for kinds in members)


def _is_same(word: str, other: str) -> bool:
    """One stem, or one the beginning of the other: «финанс» and «финансов»."""
    return word == other or (min(len(word), len(other)) >= _BEGINNING and (word.startswith(other) or other.startswith(word)))


def _initials(words: tuple[str, ...]) -> str:
    return "".join(part[0] for word in words for part in word.split("-") if part)


def _is_short_for(word: str, known: str) -> bool:
    """«жкх» for «жилищно-коммунального хозяйства»."""
    return 1 < len(word) <= _SHORT and word in _initials(bearing(known))


def _shortened_by(known: tuple[str, ...], name: str) -> frozenset[str]:
    """The stems of a name whose initials the passport gives: «ЖКХ», «КУМИ», «ФКиС»."""
    found: set[str] = set()
    for words in (bearing(name), words_of(name)):
        initials, owners = _initials(words), [word for word in words for part in word.split("-") if part]
        for short in known:
            at = initials.find(short) if 2 < len(short) <= _SHORT else -1
            if at >= 0:
                found.update(stem for word in owners[at : at + len(short)] for stem in stems(word))
    return frozenset(found)
