"""Random instructions made of wordings, places and operations, each with its own truth in the notation of the cases."""

from typing import Any, NamedTuple

from hypothesis import strategies as st

# unit in the notation, then singular: accusative, genitive, prepositional; feminine or not, for «утратившей»
_UNITS = {
    "раздел": ("раздел", "раздела", "разделе"),
    "подраздел": ("подраздел", "подраздела", "подразделе"),
    "приложение": ("приложение", "приложения", "приложении"),
    "пункт": ("пункт", "пункта", "пункте"),
    "подпункт": ("подпункт", "подпункта", "подпункте"),
    "строка": ("строку", "строки", "строке"),
    "графа": ("графу", "графы", "графе"),
    "таблица": ("таблицу", "таблицы", "таблице"),
    "мероприятие": ("мероприятие", "мероприятия", "мероприятии"),
}
_CHAINS = (
    ("раздел",), ("пункт",), ("приложение",), ("приложение", "строка"), ("приложение", "таблица", "строка"), ("раздел", "пункт"),
    ("раздел", "подраздел", "пункт"), ("раздел", "пункт", "подпункт"), ("приложение", "мероприятие"), ("строка", "графа"),
    ("приложение", "строка", "графа"), ("раздел", "таблица", "графа"),
)  # fmt: skip
_ORDINALS = (
    ("первый", "первом"), ("второй", "втором"), ("третий", "третьем"), ("четвертый", "четвертом"), ("двадцать первый", "двадцать первом"),
)  # fmt: skip
_COUNTED = (1, 2, 3, 4, 21)
_MARKS = (("«", "»"), ('"', '"'), ("“", "”"), ("„", "“"))
_WORDS = ("отдел кадров", "служба", "в 2025 - 2027 годах", "жители района", "по согласованию", "№ 131-ФЗ", "(при наличии)")


class Place(NamedTuple):
    """A place: in the accusative, after «в», and in the notation."""

    accusative: str
    inside: str
    truth: str


class Made(NamedTuple):
    """An instruction and its operations."""

    text: str
    truth: list[dict[str, Any]]


_numbers = st.one_of(st.integers(1, 40).map(str), st.tuples(st.integers(1, 9), st.integers(1, 20)).map(lambda pair: f"{pair[0]}.{pair[1]}"))
_figures = st.one_of(
    st.integers(0, 999).map(str),
    st.tuples(st.integers(1, 9999), st.integers(0, 9)).map(lambda pair: f"{pair[0]},{pair[1]}"),
    st.tuples(st.integers(1, 99), st.integers(100, 999), st.integers(0, 9)).map(lambda three: f"{three[0]} {three[1]},{three[2]}"),
)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Any chain of units, each with its number, the passport's rows among them; a paragraph may stand in the innermost."""
    if draw(st.booleans()) and draw(st.booleans()):
        name = draw(st.sampled_from(("Цель", "Куратор МП", "Объёмы финансирования (тыс. руб.)")))
        found = Place(f"строку «{name}» паспорта", f"строке «{name}» паспорта", f"паспорт > строка «{name}»")
    else:
        chain = draw(st.sampled_from(_CHAINS))
        numbers = [draw(_numbers) for _ in chain]
        outer = "".join(f" {_UNITS[unit][1]} {number}" for unit, number in reversed([*zip(chain, numbers, strict=True)][:-1]))
        forms = [f"{_UNITS[chain[-1]][case]} {numbers[-1]}{outer}" for case in (0, 2)]
        found = Place(*forms, " > ".join(f"{unit} {number}" for unit, number in zip(chain, numbers, strict=True)))
    if draw(st.integers(0, 4)) == 0 and "графа" not in found.truth:
        return _paragraph(draw, found)
    return found


def _paragraph(draw: st.DrawFn, outer: Place) -> Place:
    number = draw(st.integers(0, len(_ORDINALS) - 1))
    genitive = outer.accusative
    for forms in _UNITS.values():
        if genitive.startswith(forms[0] + " "):
            genitive = forms[1] + genitive[len(forms[0]) :]
            break
    words = _ORDINALS[number]
    return Place(f"абзац {words[0]} {genitive}", f"абзаце {words[1]} {genitive}", f"{outer.truth} > абзац {_COUNTED[number]}")


@st.composite
def instructions(draw: st.DrawFn) -> Made:
    """Any operation on any place, in any order of words that acts use."""
    place = draw(places())
    left, right = draw(st.sampled_from(_MARKS))
    return draw(st.sampled_from(_KINDS))(draw, place, lambda text: f"{left}{text}{right}")


def _replace_words(draw: st.DrawFn, place: Place, quote: Any) -> Made:
    old, new = draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=2, unique=True))
    text = draw(st.sampled_from((
        f"в {place.inside} слова {quote(old)} заменить словами {quote(new)}", f"слова {quote(old)} в {place.inside} заменить словами {quote(new)}",
        f"заменить в {place.inside} слова {quote(old)} словами {quote(new)}", f"в {place.inside} слова {quote(old)} заменить на {quote(new)}",
    )))  # fmt: skip
    return Made(text, [{"do": "replace-words", "at": place.truth, "old": old, "new": new}])


def _replace_figures(draw: st.DrawFn, place: Place, quote: Any) -> Made:
    count = draw(st.integers(1, 3))
    said = draw(st.lists(_figures, min_size=2 * count, max_size=2 * count, unique=True))
    olds, news = said[:count], said[count:]
    mark = quote if draw(st.booleans()) or count > 1 else str
    joined = [" и ".join(filter(None, (", ".join(map(mark, texts[:-1])), mark(texts[-1])))) for texts in (olds, news)]
    paired = "соответственно " if count > 1 else ""
    text = f"в {place.inside} цифры {joined[0]} заменить {paired}цифрами {joined[1]}"
    return Made(text, [{"do": "replace-figures", "at": place.truth, "old": a, "new": b} for a, b in zip(olds, news, strict=True)])


def _insert(draw: st.DrawFn, place: Place, quote: Any) -> Made:
    old, new = draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=2, unique=True))
    text = draw(st.sampled_from((
        f"{place.accusative} после слов {quote(old)} дополнить словами {quote(new)}",
        f"дополнить {place.accusative} после слов {quote(old)} словами {quote(new)}",
        f"в {place.inside} после слов {quote(old)} дополнить словами {quote(new)}",
    )))  # fmt: skip
    return Made(text, [{"do": "insert-words", "at": place.truth, "old": old, "new": new}])


def _delete(draw: st.DrawFn, place: Place, quote: Any) -> Made:
    old = draw(st.sampled_from(_WORDS))
    whole = [{"do": "delete", "at": place.truth}]
    words = [{"do": "delete", "at": place.truth, "old": old}]
    return draw(st.sampled_from((
        Made(f"{place.accusative} исключить", whole), Made(f"исключить {place.accusative}", whole),
        Made(f"в {place.inside} слова {quote(old)} исключить", words), Made(f"исключить в {place.inside} слова {quote(old)}", words),
        Made(f"{place.accusative} признать утратившим силу", [{"do": "repeal", "at": place.truth}]),
    )))  # fmt: skip


def _restate(draw: st.DrawFn, place: Place, quote: Any) -> Made:
    new = draw(st.sampled_from(("Новый текст о 100 тыс. рублей", "2. Отдел кадров", "В районе 5 школ; из них 2 новые")))
    text = draw(st.sampled_from((
        f"{place.accusative} изложить в следующей редакции: {quote(new)}", f"изложить {place.accusative} в новой редакции: {quote(new)}",
    )))  # fmt: skip
    return Made(text, [{"do": "restate", "at": place.truth, "new": new}])


def _add(draw: st.DrawFn, place: Place, quote: Any) -> Made:
    if "абзац" in place.truth:
        return _restate(draw, place, quote)
    new = draw(st.sampled_from(("Новый абзац о школах", "Всего 5 школ")))
    text = draw(st.sampled_from((
        f"{place.accusative} дополнить абзацем следующего содержания: {quote(new)}",
        f"дополнить {place.accusative} абзацем следующего содержания: {quote(new)}",
    )))  # fmt: skip
    return Made(text, [{"do": "add", "at": place.truth, "add": "абзац", "new": new}])


_KINDS = (_replace_words, _replace_figures, _insert, _delete, _restate, _add)
