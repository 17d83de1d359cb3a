"""REF: acts cited and periods stated."""

from collections.abc import Iterable, Iterator

from extractors.text import key
from pipeline.likeness import stems
from pipeline.register import usual_register
from pipeline.rule import Dossier, rule
from schemas.address import Address
from schemas.edition import Edition, StatedPeriod
from schemas.finding import Remark, Term, phrase
from schemas.requisites import Act, Citation


@rule("REF001")
def one_act_cited_twice(dossier: Dossier) -> Iterator[Remark]:
    """Один акт назван с двумя датами или двумя номерами

    Акт определяют орган, дата и номер. Если постановление, которым внесены
    изменения, в заголовке названо от одного числа, а в приложении от другого,
    одна из ссылок ведёт к несуществующему акту. Прочие акты сравниваются, когда
    совпадают название и номер или название и дата, а федеральные законы — и без
    названия, когда совпадают номер и год или номер, день и месяц.

    О законе из реестра, названном неверно, говорит REF007, если не выключена.

    Не проходит: «от 24.03.2023 №160» и «от 14.03.2023 №160»
    Проходит: «от 24.03.2023 №160» в обоих местах
    """
    edition = dossier.edition
    for act in edition.amending_acts:
        yield from _contradictions(act.citations)
    known = {(c.place, c.raw) for c in edition.base_act.citations}
    again = [c for c in edition.cited_acts if (c.place, c.raw) not in known and _is_base_again(c, edition.base_act)]
    if edition.base_act.citations:
        yield from _contradictions([*edition.base_act.citations, *again])
    for group in _same_law(edition, "REF007" in dossier.codes):
        yield from _contradictions(group)


def _is_base_again(citation: Citation, base: Act) -> bool:
    """Whether an act of the same number is the base act with another date: of the same year and by the same issuer.

    Numbers begin anew each year, and «постановление Правительства … № 504» is another act.
    """
    if citation.date is None or base.date is None or key(citation.number) != key(base.number or ""):
        return False
    issuer = set(stems(citation.issuer or "")) - set(stems(base.issuer or ""))
    return citation.date.year == base.date.year and "постановлени" in (citation.kind or "") and not issuer


def _contradictions(citations: Iterable[Citation]) -> Iterator[Remark]:
    """A remark for each way of citing that differs from the usual one; of equals the first is the usual."""
    ways: dict[tuple[object, str], list[Citation]] = {}
    for citation in citations:
        ways.setdefault((citation.date, key(citation.number)), []).append(citation)
    first = max(ways.values(), key=len)[0]
    for citation, *_ in ways.values():
        if citation is first or citation.date is None or first.date is None:  # of a date that is none REF004 speaks
            continue
        terms = tuple(Term(address=Address(part=c.part), value=None, raw=c.raw, place=c.place) for c in (first, citation))
        if citation.date != first.date:
            message = phrase("один акт назван с двумя датами: «{first}» и «{other}»", first=first.raw, other=citation.raw)
        else:
            message = phrase("один акт назван с двумя номерами: «{first}» и «{other}»", first=first.raw, other=citation.raw)
        yield Remark(message=message, address=Address(part=citation.part), place=citation.place, raw=citation.raw, terms=terms)


def _same_law(edition: Edition, mistakes_are_told: bool) -> Iterator[list[Citation]]:
    """Citations of one other act: those that agree with the first in name, and in number or date.

    A federal law is known by its number too, within its year: «от 6 октября 2003 года
    № 131-ФЗ» and «от 6 ноября 2003 года № 131-ФЗ» are one law, whether it is named or not.
    """
    groups: list[list[Citation]] = []
    register = usual_register()
    for citation in edition.cited_acts:
        if mistakes_are_told and register.mistake(citation):
            continue
        group = next((group for group in groups if _is_same_law(group[0], citation)), None)
        if group is None:
            groups.append([citation])
        else:
            group.append(citation)
    yield from groups


def _is_same_law(left: Citation, right: Citation) -> bool:
    same_number = key(left.number) == key(right.number)
    if left.name and right.name and left.kind and right.kind:
        return key(left.name) == key(right.name) and (same_number or left.date == right.date)
    if not same_number or not key(left.number).endswith("фз") or left.date is None or right.date is None:
        return False
    return left.date.year == right.date.year or (left.date.day, left.date.month) == (right.date.day, right.date.month)


@rule("REF003")
def period(dossier: Dossier) -> Iterator[Remark]:
    """Срок программы в одном месте не тот, что в других

    Годы реализации названы в заголовке, в паспорте, в названиях приложений и
    заданы графами и строками таблиц. Верным считается срок, который назван в
    большинстве мест (при равенстве — в заголовке); каждое место, где он иной,
    — находка.

    Не проходит: «на 2021-2026 годы» в названии и «2020-2026 годы» в строке «Сроки»
    Проходит: одни и те же годы везде
    """
    stated = dossier.edition.periods
    most = usual(stated)
    if most is None or len({_years(item) for item in stated}) == 1:
        return
    agreeing = [item for item in stated if _years(item) == most]
    for item in stated:
        if _years(item) != most:
            terms = tuple(
                Term(address=other.address, value=None, raw=other.period.raw or _span(_years(other)), place=other.place)
                for other in agreeing
            )
            yield Remark(
                message=phrase("указан срок {this}, а в других местах документа {usual} (мест: {count})",
                               this=item.period.raw or _span(_years(item)), usual=_span(most), count=len(agreeing)),
                address=item.address, place=item.place, raw=item.period.raw, terms=terms,
            )  # fmt: skip


def _years(item: StatedPeriod) -> tuple[int, int]:
    return item.period.start, item.period.end


def _span(years: tuple[int, int]) -> str:
    return f"{years[0]}–{years[1]}"


def usual(stated: tuple[StatedPeriod, ...]) -> tuple[int, int] | None:
    """The years that most places state; of equals those stated first."""
    counts: dict[tuple[int, int], int] = {}
    for item in stated:
        counts[_years(item)] = counts.get(_years(item), 0) + 1
    return max(counts, key=lambda years: counts[years]) if counts else None
