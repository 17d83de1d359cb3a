"""Structural units and their paths in the words of acts: «паспорт → строка «Цель» → абзац 2»."""

from collections.abc import Iterable

from pipeline.wording import Words
from schemas.amendment import Step, Unit, Verb

UNIT_NAMES = {
    Unit.ACT: "постановление",
    Unit.TITLE: "заголовок",
    Unit.PREAMBLE: "преамбула",
    Unit.PROGRAMME: "программа",
    Unit.PASSPORT: "паспорт",
    Unit.SUBPROGRAMME: "подпрограмма",
    Unit.SECTION: "раздел",
    Unit.SUBSECTION: "подраздел",
    Unit.PART: "часть",
    Unit.ARTICLE: "статья",
    Unit.ITEM: "пункт",
    Unit.SUBITEM: "подпункт",
    Unit.PARAGRAPH: "абзац",
    Unit.SENTENCE: "предложение",
    Unit.APPENDIX: "приложение",
    Unit.TABLE: "таблица",
    Unit.ROW: "строка",
    Unit.COLUMN: "графа",
    Unit.TASK: "задача",
    Unit.ACTIVITY: "мероприятие",
    Unit.INDICATOR: "показатель",
    Unit.NOTE: "примечание",
    Unit.TEXT: "весь текст",
}
VERB_NAMES = {
    Verb.RESTATE: "изложить в новой редакции",
    Verb.REPLACE_WORDS: "заменить слова",
    Verb.REPLACE_FIGURES: "заменить цифры",
    Verb.INSERT_WORDS: "дополнить словами",
    Verb.ADD: "дополнить",
    Verb.DELETE: "исключить",
    Verb.REPEAL: "признать утратившим силу",
    Verb.REPLACE_THROUGHOUT: "заменить по всему тексту",
}

CLAUSE_NAMES = {
    "control": "контроль",
    "entry-into-force": "вступление в силу",
    "publication": "опубликование",
    "repeal-of-act": "другой акт утратил силу",
    "money": "деньги",
    "rest-unchanged": "остальное без изменений",
    "approval": "утверждение",
    "order": "поручение",
}


def step_words(step: Step, words: Words) -> str:
    """One unit: «строка 5», «строка «Всего»», «абзац 2–5», «последний абзац».

    >>> step_words(Step(unit=Unit.PARAGRAPH, number="2", until="5"), Words("ru"))
    'абзац 2–5'
    """
    name = words(UNIT_NAMES[step.unit])
    if step.last:
        return words("последний {unit}", unit=name)
    number = f"{step.number}–{step.until}" if step.until else step.number
    described = words("{label} (по описанию)", label=step.label) if step.described else f"«{step.label}»"
    return " ".join(filter(None, (name, number, described if step.label else None)))


def path_words(path: Iterable[Step], words: Words) -> str:
    """A path of units, the widest first."""
    return " → ".join(step_words(step, words) for step in path)
