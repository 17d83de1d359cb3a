"""The words of amending acts: units, verbs, objects and set phrases, with the case and number of every form.

A closed vocabulary on purpose: a word that is not here carries a meaning that we do not know,
and the sentence with it is handed back as not understood. Forms are written in small letters, ё as е.
"""

from typing import NamedTuple

from schemas.amendment import Unit

# ending → cases (n, g, d, a, i, p), in the singular "1", the plural "2" or both
_MASCULINE = {"": "na1", "а": "g1", "у": "d1", "ом": "i1", "е": "p1", "ы": "na2", "ов": "g2", "ам": "d2", "ами": "i2", "ах": "p2"}
_FEMININE = {
    "а": "n1",
    "ы": "gna12",
    "и": "gna12",
    "е": "dp1",
    "у": "a1",
    "ой": "i1",
    "ою": "i1",
    "": "g2",
    "ам": "d2",
    "ами": "i2",
    "ах": "p2",
}
_IN_IYA = {"я": "n1", "и": "gdpna12", "ю": "a1", "ей": "i1", "й": "g2", "ям": "d2", "ями": "i2", "ях": "p2"}
_IN_IE = {"е": "na1", "я": "gna12", "ю": "d1", "ем": "i1", "и": "p1", "й": "g2", "ям": "d2", "ями": "i2", "ях": "p2"}
_SOFT_FEMININE = {"ь": "na1", "и": "gdpna12", "ью": "i1", "ей": "g2", "ям": "d2", "ями": "i2", "ях": "p2"}
_SOFT_MASCULINE = {"ь": "na1", "я": "g1", "ю": "d1", "ем": "i1", "е": "p1", "и": "na2", "ей": "g2", "ям": "d2", "ями": "i2", "ях": "p2"}
_IN_TS = {**_MASCULINE, "ем": "i1", "ев": "g2", "ом": "", "ов": ""}
_NEUTER = {"о": "na1", "а": "gna12", "у": "d1", "ом": "i1", "е": "p1", "": "g2", "ам": "d2", "ами": "i2", "ах": "p2"}
_OBLIQUE = {ending: cases for ending, cases in _MASCULINE.items() if ending}  # столб(е)ц, заголов(о)к


class Form(NamedTuple):
    """A form of a word: what it names, its possible cases, whether it is plural (None: either)."""

    name: str
    cases: str
    plural: bool | None


_UNIT_STEMS: tuple[tuple[Unit, str, dict[str, str]], ...] = (
    (Unit.ROW, "строк", _FEMININE),
    (Unit.ROW, "строчк", _FEMININE),
    (Unit.ROW, "позици", _IN_IYA),
    (Unit.COLUMN, "граф", _FEMININE),
    (Unit.COLUMN, "колонк", _FEMININE),
    (Unit.COLUMN, "столбец", {"": "na1"}),
    (Unit.COLUMN, "столбц", _OBLIQUE),
    (Unit.ITEM, "пункт", _MASCULINE),
    (Unit.SUBITEM, "подпункт", _MASCULINE),
    (Unit.PARAGRAPH, "абзац", _IN_TS),
    (Unit.SENTENCE, "предложени", _IN_IE),
    (Unit.SECTION, "раздел", _MASCULINE),
    (Unit.SUBSECTION, "подраздел", _MASCULINE),
    (Unit.PART, "част", _SOFT_FEMININE),
    (Unit.ARTICLE, "стать", {"я": "n1", "и": "gna12", "е": "dp1", "ю": "a1", "ей": "i1", "ям": "d2", "ями": "i2", "ях": "p2"}),
    (Unit.APPENDIX, "приложени", _IN_IE),
    (Unit.TABLE, "таблиц", {**_FEMININE, "ей": "i1"}),
    (Unit.PASSPORT, "паспорт", _MASCULINE),
    (Unit.SUBPROGRAMME, "подпрограмм", _FEMININE),
    (Unit.PROGRAMME, "программ", _FEMININE),
    (Unit.TASK, "задач", {**_FEMININE, "ей": "i1"}),
    (Unit.ACTIVITY, "мероприяти", _IN_IE),
    (Unit.INDICATOR, "показател", _SOFT_MASCULINE),
    (Unit.INDICATOR, "индикатор", _MASCULINE),
    (Unit.NOTE, "сноск", _FEMININE),
    (Unit.NOTE, "примечани", _IN_IE),
    (Unit.PREAMBLE, "преамбул", _FEMININE),
    (Unit.TITLE, "заголовок", {"": "na1"}),
    (Unit.TITLE, "заголовк", _OBLIQUE),
    (Unit.TITLE, "наименовани", _IN_IE),
    (Unit.TITLE, "названи", _IN_IE),
    (Unit.TEXT, "текст", _MASCULINE),
    (Unit.ACT, "постановлени", _IN_IE),
    (Unit.ACT, "распоряжени", _IN_IE),
    (Unit.ACT, "решени", _IN_IE),
    (Unit.ACT, "приказ", _MASCULINE),
)

FIGURES, WORDS, CHANGES = "figures", "words", "changes"
_OBJECT_STEMS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (WORDS, "слов", _NEUTER),
    (FIGURES, "цифр", _FEMININE),
    (FIGURES, "числ", {**_NEUTER, "": ""}),
    (FIGURES, "чисел", {"": "g2"}),
    (FIGURES, "сумм", _FEMININE),
    (FIGURES, "значени", _IN_IE),
    (WORDS, "словосочетани", _IN_IE),
    (WORDS, "фраз", _FEMININE),
    (WORDS, "знак", _MASCULINE),
    (WORDS, "символ", _MASCULINE),
    (WORDS, "дат", _FEMININE),
    (WORDS, "аббревиатур", _FEMININE),
    (WORDS, "выражени", _IN_IE),
    (WORDS, "формулировк", _FEMININE),
    (CHANGES, "изменени", _IN_IE),
    (CHANGES, "дополнени", _IN_IE),
)


def _forms(stems: tuple[tuple[str, str, dict[str, str]], ...]) -> dict[str, Form]:
    found: dict[str, Form] = {}
    for name, stem, endings in stems:
        for ending, marks in endings.items():
            if marks:
                cases, number = marks.rstrip("12"), marks.lstrip("gdpnai")
                found.setdefault(stem + ending, Form(name, cases, {"1": False, "2": True, "12": None}[number]))
    return found


UNITS: dict[str, Form] = _forms(_UNIT_STEMS)
OBJECTS: dict[str, Form] = _forms(_OBJECT_STEMS)

RESTATE, READ, REPLACE, ADD, INCLUDE, DELETE, DECLARE, AMEND, APPROVE, UNKNOWN = (
    "restate", "read", "replace", "add", "include", "delete", "declare", "amend", "approve", "unknown",
)  # fmt: skip
_VERB_STEMS: tuple[tuple[str, str, str], ...] = (
    (RESTATE, "излож", "ить ив ена ено ены ен ите"),
    (RESTATE, "излага", "ется ются ть я"),
    (READ, "чита", "ть ется ются я"),
    (REPLACE, "замен", "ить ив яется яются ена ено ены ен ять яя ите"),
    (ADD, "дополн", "ить ив яется яются ена ено ены ен ять яя ите"),
    (INCLUDE, "добав", "ить ив ляется ляются ите"),
    (INCLUDE, "включ", "ить ив ается аются ите"),
    (INCLUDE, "вве", "сти дя"),
    (DELETE, "исключ", "ить ив ается аются ена ено ены ен ите"),
    (DELETE, "удал", "ить ив яется яются ите"),
    (DECLARE, "призна", "ть в ется ются ны на но н"),
    (DECLARE, "счита", "ть"),
    (AMEND, "вне", "сти ся сены сено сена"),
    (AMEND, "внос", "ятся ится я"),
    (AMEND, "измен", "ить ив яется яются"),
    (APPROVE, "утверд", "ить ив"),
    (APPROVE, "одобр", "ить"),
    (UNKNOWN, "увелич", "ить ив ена ено ены ен"),
    (UNKNOWN, "уменьш", "ить ив ена ено ены ен"),
    (UNKNOWN, "сократ", "ить ив"),
    (UNKNOWN, "перенумеров", "ать ав"),
    (UNKNOWN, "переимен", "овать овав"),
    (UNKNOWN, "перенес", "ти я ены"),
    (UNKNOWN, "перемест", "ить ив"),
    (UNKNOWN, "поменя", "ть в"),
    (UNKNOWN, "объедин", "ить ив"),
    (UNKNOWN, "раздел", "ить ив"),
    (UNKNOWN, "отмен", "ить ив"),
    (UNKNOWN, "приостанов", "ить ив"),
    (UNKNOWN, "продл", "ить ив"),
    (UNKNOWN, "скорректиров", "ать ав"),
)
VERBS: dict[str, str] = {stem + ending: name for name, stem, endings in _VERB_STEMS for ending in endings.split()}

_ORDINAL_STEMS = (
    "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат", "двенадцат", "тринадцат",
    "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат", "двадцат",
)  # fmt: skip
_HARD_ENDINGS = ["ый", "ой", "ая", "ое", "ого", "ому", "ым", "ом", "ую", "ые", "ых", "ыми"]
_SOFT_ENDINGS = ["ий", "ья", "ье", "ьего", "ьей", "ьему", "ьим", "ьем", "ью", "ьи", "ьих", "ьими"]
_ROUND_STEMS = {
    "тридцат": 30, "сороков": 40, "пятидесят": 50, "шестидесят": 60, "семидесят": 70, "восьмидесят": 80, "девяност": 90, "сот": 100,
}  # fmt: skip
ORDINALS: dict[str, int] = {
    stem + ending: number
    for number, stem in enumerate(_ORDINAL_STEMS, 1)
    for ending in (_SOFT_ENDINGS if stem == "трет" else _HARD_ENDINGS)
} | {stem + ending: number for stem, number in _ROUND_STEMS.items() for ending in _HARD_ENDINGS}
TENS = {
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80, "девяносто": 90,
    "сто": 100,
}  # fmt: skip
LAST = frozenset(
    [
        "последний",
        "последняя",
        "последнее",
        "последнего",
        "последней",
        "последнему",
        "последним",
        "последнем",
        "последнюю",
        "последние",
        "последних",
    ]
)

_ADJECTIVE_ENDINGS = [
    "ый",
    "ий",
    "ая",
    "яя",
    "ое",
    "ее",
    "ого",
    "его",
    "ой",
    "ей",
    "ому",
    "ему",
    "ым",
    "им",
    "ом",
    "ем",
    "ую",
    "юю",
    "ые",
    "ие",
    "ых",
    "их",
    "ыми",
    "ими",
]
_EMPTY_ADJECTIVES = (
    "муниципальн", "государственн", "целев", "ведомственн", "долгосрочн", "адресн", "районн", "городск", "областн", "краев", "республиканск",
    "комплексн", "указанн", "названн", "данн", "вышеуказанн", "вышеназванн", "упомянут", "нов", "следующ", "соответствующ", "основн",
)  # fmt: skip
# adjectives that tell nothing of where or what: «муниципальной программы», «новым пунктом», «указанного постановления»
ADJECTIVES = frozenset(stem + ending for stem in _EMPTY_ADJECTIVES for ending in _ADJECTIVE_ENDINGS)

PREPOSITIONS = {
    "в": "in", "во": "in", "из": "from", "по": "in", "после": "after", "за": "after", "перед": "before",
    "к": "to", "ко": "to", "на": "on", "до": "before",
}  # fmt: skip
PRONOUNS = frozenset(("его", "ее", "их"))
NEGATIONS = frozenset(("не", "без", "кроме", "исключением"))
