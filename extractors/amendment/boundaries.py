"""Which lines begin an instruction, and which items amend nothing: by their first words, before they are read in full."""

import regex

from extractors.amendment.phrases import plain

_UNITS = (
    r"(?:строк|строчк|позици|граф|столб|колонк|пункт|подпункт|абзац|предложени|раздел|подраздел|част|стать|приложени|таблиц|паспорт"
    r"|подпрограмм|программ|задач|мероприяти|показател|индикатор|сноск|примечани|преамбул|заголов|наименовани|названи|текст|постановлени|решени|ячейк)"
)
_ADJECTIVES = r"(?:(?:муниципальн|государственн|указанн|названн|нов|перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят|последн|данн)\w{1,5} ){0,3}"
_VERB = regex.compile(
    r"(?<!\w)(?:излож(?:ить|ив|ена|ены|ено)|излага(?:ется|ются)|замен(?:ить|ив|яется|яются)|дополн(?:ить|ив|яется|яются)|исключ(?:ить|ив|ается|аются)"
    r"|признать|признается|добавить|включить|ввести|удалить|внести|читать)(?!\w)"
)
_STARTS = regex.compile(
    rf"(?:(?:в|во|из|по|после|перед|к|на) )?{_ADJECTIVES}{_UNITS}\w{{0,4}}(?!\w)|(?:слов|цифр|числ)\w{{1,3}}(?!\w)|\d{{1,2}}-?\w{{1,2}} (?:абзац|строк|граф)"
    rf"|(?:изложить|заменить|дополнить|исключить|признать|добавить|включить|ввести|удалить|внести|утвердить|считать|читать)(?!\w)|(?:далее )?по (?:всему )?тексту"
    rf"|после слов"
)
_REACH = 900
_LONGEST_CONTEXT = 400
_CLAUSES: tuple[tuple[str, "regex.Pattern[str]"], ...] = (
    ("control", regex.compile(r"контроль|ответственн\w+ (?:за|лиц)")),
    ("entry-into-force", regex.compile(r"(?:настоящ\w+ |данн\w+ )?(?:постановлени|решени|распоряжени|приказ|закон)\w{1,2} (?:вступа|подлежит (?:вступ|опубл|размещ|обнарод)|действ|распростран)|действие настоящ")),
    ("publication", regex.compile(r"(?:опубликовать|обнародовать|разместить|направить|довести|ознакомить)(?!\w)|(?:настоящ\w+ |данн\w+ )?(?:постановлени|решени)\w{1,2} (?:опубликовать|обнародовать|разместить|направить)|обеспечить (?:опубл|размещ|обнарод)")),
    ("repeal-of-act", regex.compile(r"(?:признать|считать|отменить)(?: (?:утративш|недейств)\w+(?: силу)?)?:? ?(?:с \d\S* (?:\w+ \d{4} года )?)?(?:\d\) ?)?(?:постановлени|решени|распоряжени|приказ|указ|пункт \d+ постановлени)|(?:постановлени|решени|распоряжени)\w{1,2} [^:]{0,300}? (?:признать утратившим|отменить|считать утратившим)")),
    ("money", regex.compile(r"(?:выделить|финансирование|расходы|предусмотреть|установить|определить|направить|перечислить|профинансировать)(?!\w)")),
    ("rest-unchanged", regex.compile(r"в остальн\w+ (?:част|постановлени|текст)\w*")),
    ("approval", regex.compile(r"утвердить (?!прилагаемые изменени|изменени)")),
    ("order", regex.compile(
        r"(?:рекомендовать|поручить|обязать|возложить|назначить|организовать|обеспечить|провести|принять к сведению|создать|считать, что)(?!\w)"
        r"|(?:\w+(?:ой|ому|ым|ской|скому) )?(?:отдел|управлени|комитет|департамент|министерств|начальник|главн\w+ бухгалтер|заместител|руководител|глав|председател|бухгалтери|директор|специалист|секретар|финансов\w+ (?:орган|отдел|управлени)|администраци|служб|учреждени|мку|организаци|ведомств)(?:у|ю|ам|ям|е|и|ом|ой)?(?: |,|$)")),
)  # fmt: skip


def kind_of_clause(text: str) -> str | None:
    """What an item is that amends nothing, told by its beginning; None if that does not tell.

    >>> kind_of_clause("Контроль за исполнением возложить на заместителя главы."), kind_of_clause("Пункт 4 исключить.")
    ('control', None)
    """
    start = plain(text[:_REACH])
    return next((kind for kind, pattern in _CLAUSES if pattern.match(start)), None)


def is_instruction(text: str) -> bool:
    """Whether a line looks like an instruction: it begins as one and holds a verb, or it only names a place.

    >>> is_instruction("В паспорте Программы:"), is_instruction("Раздел 3. Характеристика"), is_instruction("строку 5 исключить;")
    (True, False, True)
    """
    start = plain(text[:_REACH])
    if not _STARTS.match(start):
        return False
    if _VERB.search(start):
        return True
    return len(text) <= _LONGEST_CONTEXT and text.rstrip().endswith(":") and start.startswith(("в ", "во ", "по ", "из "))


def is_boundary(text: str) -> bool:
    """Whether a line cannot go on with a new wording without quotation marks: an instruction, or an item that ends the list."""
    return is_instruction(text) or kind_of_clause(text) in ("control", "entry-into-force", "publication", "repeal-of-act", "rest-unchanged")


def speaks_of_changes(text: str) -> bool:
    """Whether any word of amending stands in a text."""
    return _CHANGES.search(plain(text)) is not None


_CHANGES = regex.compile(
    r"излож|замен|дополн|исключ|изменен|измени(?!е)|редакци|утратив|утратил|перенумер|увелич|уменьш|сократ|переимен|отмен|читать|продл|скорректир"
    r"|переме|перенес|включить|добавить|удалить"
)
