"""REF: the lists of acts that amended the programme, and dates of acts that cannot be."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from extractors.text import key
from pipeline.register import usual_register
from pipeline.rule import Dossier, rule
from schemas.address import Address, Part
from schemas.edition import Edition
from schemas.finding import Phrase, Remark, Severity, Term, phrase
from schemas.place import Place
from schemas.requisites import Act, Citation

_NOTED: tuple[Part, ...] = ("title", "appendix1", "appendix2")  # the parts that may carry a note


@rule("REF002", Severity.WARNING)
def lists_of_amendments(dossier: Dossier) -> Iterator[Remark]:
    """Перечни изменивших постановлений различаются или пометки о них где-то нет

    Под заголовком и под названиями приложений пишут: «в редакции постановлений от …
    № …». Если перечни различаются или одно приложение пометку имеет, а другое нет,
    то какую редакцию приложения читают, не понять. Пометка под одним заголовком
    относится ко всей программе. Если у каждого приложения свой перечень и все они
    — части перечня из заголовка, так ведут учёт, и находки нет; пометки, которой нет
    вовсе, ждут лишь там, где другое приложение повторяет весь перечень.

    Не проходит: в заголовке «от 07.04.2022 №192, от 24.03.2023 №160», в приложении 2 «от 07.04.2022 №192»
    Не проходит: пометка есть в заголовке и в приложении 2, а в приложении 1 её нет
    Проходит: один и тот же перечень в заголовке и в приложениях
    """
    edition = dossier.edition
    places = _parts(edition)
    lists = {part: [act for act in edition.amending_acts if any(c.part == part for c in act.citations)] for part in places}
    noted = [part for part in places if lists[part]]
    if not any(part != "title" for part in noted):
        return
    full = "title" not in noted or any(len(lists[part]) >= len(lists["title"]) for part in noted if part != "title")
    for part in places:
        if part not in noted and full:
            others = _terms(c for act in edition.amending_acts for c in act.citations if c.part == noted[0])
            yield Remark(message=phrase("нет пометки о внесённых изменениях, хотя в других частях программы она есть"),
                         address=Address(part=part), place=places[part], terms=others)  # fmt: skip
    if not _kept_apart([lists[part] for part in noted if part != "title"], lists.get("title", [])):
        whole = [act for act in edition.amending_acts if any(act in lists[part] for part in noted)]
        yield from (remark for part in noted for remark in _lacking(part, lists[part], whole))


def _parts(edition: Edition) -> dict[Part, Place]:
    """The parts that may carry a note and are there, each with the place of its heading."""
    found: dict[Part, Place] = {}
    for part in _NOTED:
        stated = [named.place for named in edition.named if named.address.part == part and named.scope == "title"]
        headed = [mention.place for mention in edition.mentions if mention.address.part == part and mention.heads]
        if stated or headed:
            found[part] = (stated or headed)[0]
    return found


def _kept_apart(appendices: list[list[Act]], heading: list[Act]) -> bool:
    """Whether each appendix lists only the acts that amended it: the lists differ, and the heading has them all."""
    return any(one != other for one, other in pairwise(appendices)) and all(
        len(acts) < len(heading) and all(act in heading for act in acts) for acts in appendices
    )


def _lacking(part: Part, listed: list[Act], whole: list[Act]) -> Iterator[Remark]:
    missing = [act for act in whole if act not in listed]
    if missing:
        place = next(c.place for act in listed for c in act.citations if c.part == part)
        names = ", ".join(act.citations[0].raw for act in missing)
        yield Remark(message=phrase("в перечне изменений нет того, что есть в других частях программы: {missing}", missing=names),
                     address=Address(part=part), place=place, terms=_terms(act.citations[0] for act in missing))  # fmt: skip


def _terms(citations: Iterable[Citation]) -> tuple[Term, ...]:
    return tuple(Term(address=Address(part=c.part), value=None, raw=c.raw, place=c.place) for c in citations)


@rule("REF004")
def impossible_dates(dossier: Dossier) -> Iterator[Remark]:
    """Дата акта невозможна

    Такого дня нет в календаре; акт изменён раньше, чем принят; редакция ссылается
    на акт позже себя самой. Подозрение (предупреждение): вместо даты или номера
    оставлено пустое место; акты перечня стоят не по порядку дат.

    Не проходит: от 31.02.2022 № 15
    Не проходит: постановление от 16.03.2011 № 586 с изменениями от 08.02.2010 № 198
    Проходит: постановление от 16.03.2011 № 586 с изменениями от 08.02.2012 № 198
    """
    edition = dossier.edition
    for citation in _citations(edition):
        if citation.date is None:
            yield _remark(citation, phrase("такой даты нет: «{raw}»", raw=citation.raw))
    for citation in edition.unfinished:
        message = phrase("дата или номер акта не заполнены: «{raw}»", raw=citation.raw)
        yield _remark(citation, message, certain=False)
    yield from _before_the_base(edition)
    yield from _out_of_order(edition)
    yield from _from_the_future(edition)


def _citations(edition: Edition) -> Iterator[Citation]:
    """Every citation once."""
    every = (*edition.base_act.citations, *(c for act in edition.amending_acts for c in act.citations), *edition.cited_acts)
    yield from {(citation.place, citation.raw): citation for citation in every}.values()


def _remark(citation: Citation, message: Phrase, certain: bool = True, against: tuple[Citation, ...] = ()) -> Remark:
    return Remark(message=message, address=Address(part=citation.part), place=citation.place, raw=citation.raw,
                  terms=_terms(against), certain=certain)  # fmt: skip


def _settled(edition: Edition) -> list[Citation]:
    """The first citation of each amending act whose date is the same everywhere; of the others REF001 speaks."""
    acts = [act.citations for act in edition.amending_acts if act.citations and len({c.date for c in act.citations}) == 1]
    return [citations[0] for citations in acts if citations[0].date is not None]


def _before_the_base(edition: Edition) -> Iterator[Remark]:
    base = edition.base_act
    for citation in _settled(edition):
        if base.date is not None and citation.date is not None and citation.date < base.date:
            message = phrase("изменяющий акт «{raw}» принят раньше того, который он изменяет: «{base}»",
                             raw=citation.raw, base=base.citations[0].raw)  # fmt: skip
            yield _remark(citation, message, against=base.citations[:1])


def _out_of_order(edition: Edition) -> Iterator[Remark]:
    """Of a list that goes neither up nor down, the first act that falls behind the one before it."""
    settled = [c for c in _settled(edition) if edition.base_act.date is None or (c.date and c.date >= edition.base_act.date)]
    first = [c for c in settled if c.place == settled[0].place]
    steps = [(before, after) for before, after in pairwise(first) if before.date and after.date]
    falls = [(before, after) for before, after in steps if before.date and after.date and before.date > after.date]
    if falls and len(falls) < sum(before.date != after.date for before, after in steps):
        before, after = falls[0]
        message = phrase("акты перечня стоят не по порядку дат: «{after}» после «{before}»", after=after.raw, before=before.raw)
        yield _remark(after, message, certain=False, against=(before,))


def _from_the_future(edition: Edition) -> Iterator[Remark]:
    """Acts cited that are later than the edition: certain where the edition says what amended it last."""
    dates = [c.date for act in (edition.base_act, *edition.amending_acts) for c in act.citations if c.date is not None]
    if not dates or not edition.base_act.citations:
        return
    own = {(key(c.number), c.date) for act in (edition.base_act, *edition.amending_acts) for c in act.citations}
    register = usual_register()
    later = [
        citation for citation in edition.cited_acts
        if citation.date is not None and citation.date > max(dates) and (key(citation.number), citation.date) not in own
        and not register.mistake(citation)  # of its date REF007 speaks
    ]  # fmt: skip
    for citation in later if edition.amending_acts else later[:1]:
        message = phrase("назван акт «{raw}», а сама редакция — от {date}", raw=citation.raw, date=f"{max(dates):%d.%m.%Y}")
        made = _remark(citation, message, certain=bool(edition.amending_acts))
        yield made if edition.amending_acts else made.model_copy(update={"again": _terms(later[1:])})
