"""STR002, STR004: numbers that stand twice, stand out of order, or are written in two forms."""

from collections import Counter
from collections.abc import Iterator

import regex

from extractors.text import shortened
from pipeline.rule import Dossier, rule
from pipeline.rules.structure import Numbered, last_part, sequences
from schemas.address import Address
from schemas.edition import Edition, Listing
from schemas.finding import Phrase, Remark, Severity, phrase
from schemas.place import Place

_FORM = regex.compile(r"(?P<number>\d+(?:\.\d+)*)(?P<ending>[.)]?)")


@rule("STR002")
def repeated_number(dossier: Dossier) -> Iterator[Remark]:
    """Номер стоит дважды или не на своём месте

    В одном ряду два пункта с одним номером, номер меньше предыдущего или номер
    мероприятия — от другой задачи. Ссылка на такой номер ведёт не туда или сразу
    в два места. Ряд, который заново начат с единицы, — новый ряд.

    Не проходит: 1.1, 1.2, 1.2
    Не проходит: в задаче 3 мероприятия 3.1, 2.2, 3.3
    Проходит: 1.1, 1.2, 1.3
    """
    borrowed = dict(_borrowed(dossier.edition))
    yield from (Remark(message=message, address=address, place=place) for address, (message, place) in borrowed.items())
    for sequence in sequences(dossier.edition):
        own = [item for item in sequence if item[0] and item[1] not in borrowed and "-" not in item[0] and last_part(item[0]) is not None]
        yield from _out_of_order(own)


def _out_of_order(sequence: list[Numbered]) -> Iterator[Remark]:
    seen: dict[tuple[str, int], str] = {}
    before = 0
    lasts = [last_part(number) or 0 for number, *_ in sequence]
    for position, (number, address, place, name) in enumerate(sequence):
        last, prefix = lasts[position], (number or "").rpartition(".")[0]
        if last == 1 and before > 1 and lasts[position + 1 : position + 2] == [2]:
            seen.clear()
            before = 0
        if (prefix, last) in seen:
            message = phrase("номер {number} стоит дважды: «{first}» и «{other}»",
                             number=number or "", first=shortened(seen[prefix, last], 50), other=shortened(name, 50))  # fmt: skip
            yield Remark(message=message, address=address, place=place, raw=number)
        elif last < before:
            message = phrase(
                "номер {number} стоит не на своём месте: после {before}", number=number or "", before=_like(number or "", before)
            )
            yield Remark(message=message, address=address, place=place, raw=number)
        seen.setdefault((prefix, last), name)
        before = max(before, last)


def _like(number: str, last: int) -> str:
    prefix = number.rpartition(".")[0]
    return f"{prefix}.{last}" if prefix else str(last)


def _borrowed(edition: Edition) -> Iterator[tuple[Address, tuple[Phrase, Place]]]:
    """Activities whose number begins with that of another task, where numbers usually begin with their own."""
    found: list[tuple[Address, str, str, Place, bool]] = []
    for address, activity in edition.activity_addresses():
        begins = activity.number.split(".")[0]
        if address.task and "." in activity.number and activity.places.get("name"):
            found.append((address, activity.number, begins, activity.places["name"], begins == address.task.split(".")[0]))
    known = {task.number for task in edition.tasks}
    if sum(own for *_, own in found) * 2 <= len(found):
        return
    for address, number, begins, place, own in found:
        if not own and begins in known and address.task in known:
            yield address, (phrase("в задаче {task} стоит номер другой задачи: {number}", task=address.task or "", number=number), place)


@rule("STR004", Severity.NOTE)
def odd_number_form(dossier: Dossier) -> Iterator[Remark]:
    """Номера строк написаны в двух формах

    Почти все номера приложения написаны одинаково, а некоторые — с точкой или
    скобкой на конце (или без неё). На смысл это не влияет, но ссылка «пункт 3.1» и
    строка «3.1.» в приложении перестают совпадать буквально.

    Не проходит: 1.1, 1.2, 2.1, 3.1.
    Проходит: 1.1, 1.2, 2.1, 3.1
    """
    for listing in dossier.edition.row_numbers:
        for depth, forms in sorted(_forms(listing).items()):
            usual, count = Counter(ending for _, ending, _ in forms).most_common(1)[0]
            odd = [(written, place) for written, ending, place in forms if ending != usual]
            if odd and count >= 2 * len(odd):
                listed = ", ".join(f"«{written}»" for written, _ in odd)
                model = ".".join(["1"] * depth) + usual
                message = phrase("номера написаны не так, как остальные («{model}»): {listed}", model=model, listed=listed)
                yield Remark(message=message, address=listing.address, place=odd[0][1], raw=odd[0][0])


def _forms(listing: Listing) -> dict[int, list[tuple[str, str, Place]]]:
    """The numbers by how many parts they have: as written, the ending, the place."""
    found: dict[int, list[tuple[str, str, Place]]] = {}
    for written, place in zip(listing.numbers, listing.places, strict=True):
        form = _FORM.fullmatch(written)
        if form:
            found.setdefault(form["number"].count(".") + 1, []).append((written, form["ending"], place))
    return found
