"""STR005, STR006: totals that name another group than their own, and parts of tables that could not be read."""

from bisect import bisect_left
from collections.abc import Iterator

import regex

from extractors.activities import SUM_WITHOUT_YEAR
from extractors.columns import CODES
from extractors.edition import SET_ASIDE
from extractors.passport import MISFIT
from extractors.quantities import plain, shared_words, words
from extractors.sections import counted
from extractors.text import shortened
from extractors.values import year
from pipeline.rule import Dossier, rule
from schemas.address import Address, Part
from schemas.blocks import Unread
from schemas.edition import Edition, Heading
from schemas.finding import Remark, Severity, phrase
from schemas.place import Place

_MONEY = regex.compile(r"[1-9][\d\s.]{3,}|[\d\s]+,\s?\d+")  # «1500», «1 500», «3,0»


@rule("STR005")
def label_of_a_total(dossier: Dossier) -> Iterator[Remark]:
    """Итог назван по другой задаче или разделу

    Строка «Итого по задаче N» стоит под задачей с другим номером или называет
    раздел не так, как он озаглавлен. Либо строку скопировали и не исправили, либо
    сумма относится не к тем мероприятиям. Итоги, собранные вместе в конце, верны,
    если каждая задача названа один раз.

    Не проходит: под задачей 2 — «Итого по задаче 3»
    Не проходит: раздел «Организация поддержки», итог «Итого по разделу 1. Организация праздников»
    Проходит: под задачей 2 — «Итого по задаче 2»
    """
    edition = dossier.edition
    tasks = [heading for heading in edition.headings if heading.part == "appendix2" and heading.scope == "task" and heading.task]
    tasks.sort(key=lambda heading: _spot(heading.place))
    spots, first = [_spot(heading.place) for heading in tasks], {_normal(heading.task): at for at, heading in reversed([*enumerate(tasks)])}
    closed: set[str] = set()
    for label in edition.total_labels:
        above = bisect_left(spots, _spot(label.place))
        if not above:
            continue
        here, stated = tasks[above - 1], _normal(label.number)
        address = Address(part="appendix2", task=here.task, column="name")
        if stated and stated != _normal(here.task) and (stated in closed or first.get(stated, above) >= above):
            message = phrase("под задачей {task} стоит «{label}»", task=here.task or "", label=shortened(label.text, 80))
            yield Remark(message=message, address=address, place=label.place, raw=label.text)
            closed.add(_normal(here.task))
            continue
        closed.add(stated or _normal(here.task))
        named = next((heading for heading in reversed(tasks[:above]) if _normal(heading.task) == stated), here)
        if label.name and _is_other(label.name, named):
            message = phrase(
                "раздел назван «{name}», а итог по нему — «{label}»", name=shortened(named.name, 80), label=shortened(label.name, 80)
            )
            yield Remark(message=message, address=address, place=label.place, raw=label.text)


def _normal(number: str | None) -> str:
    """«IV» and «4» are one number."""
    return str(counted(number) or number) if number else ""


def _is_other(name: str, heading: Heading) -> bool:
    """Whether two names have less than half of their words in common: a shortened one is not another."""
    least = min(len(words(name)), len(words(heading.name)))
    return least > 1 and shared_words(name, heading.name) * 2 < least


@rule("STR006", Severity.WARNING)
def unread_numbers(dossier: Dossier) -> Iterator[Remark]:
    """Числа таблицы, которые не удалось отнести ни к одной строке и графе

    В таблице есть числа, но неясно, чьи они: заголовок графы не понят, строка не
    принадлежит ни мероприятию, ни итогу, чисел не столько, сколько граф. Ничего не
    потеряно (`popravka read`, поле unread), но в проверку сумм эти числа не вошли.

    Не проходит: графа «Резерв» с суммами, которой нет ни среди источников, ни среди годов
    Проходит: все графы и строки с числами поняты
    """
    tables: dict[tuple[Place | None, int | None], list[Unread]] = {}
    for item in dossier.edition.unread:
        if item.place.table is not None and _is_a_loss(item):
            tables.setdefault((item.place.inside, item.place.table), []).append(item)
    for items in tables.values():
        listed = "; ".join(f"«{shortened(item.text, 60)}»" for item in items[:3])
        message = phrase("не прочитано мест: {count}; суммы с ними не сверены: {listed}", count=len(items), listed=listed)
        yield Remark(message=message, address=Address(part=_part(dossier.edition, items[0].place)), place=items[0].place, raw=items[0].text)


def _is_a_loss(item: Unread) -> bool:
    """Money that nobody knows what to do with.

    Not what is known and only no part of the record, nor what other rules tell of, nor text, years and codes («903»).
    """
    if item.reason in SET_ASIDE or item.reason == SUM_WITHOUT_YEAR or item.reason.endswith(CODES) or item.reason.startswith(MISFIT):
        return False
    pieces = item.text.replace("\n", " | ").split(" | ")
    return any(_MONEY.fullmatch(piece) is not None and year(piece) is None and plain(piece) is not None for piece in pieces)


def _part(edition: Edition, place: Place) -> Part:
    """The part of the document whose table this is, by what else was read of it."""
    if any(row.place.table == (place.inside or place).table for row in edition.passport.rows):
        return "passport"
    indicators = {indicator.place.table for indicator in edition.indicators}
    return "appendix1" if place.table in indicators else "appendix2"


def _spot(place: Place) -> tuple[int, int, int]:
    return (place.table or 0, place.row or 0, place.line or 0)
