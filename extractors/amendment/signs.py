"""The signs by which the zones of a resolution are told: its heading, enacting verb, items, signature, annexes."""

from collections.abc import Sequence

import regex

from extractors.text import squeeze


def spaced(word: str) -> str:
    """A word whose letters may stand apart: «П о с т а н о в л я ю»."""
    return r"\s?".join(word)


_ACT_WORDS = ("постановление", "решение", "распоряжение", "приказ", "указ")
_ACT = regex.compile(rf"^\W*(?:проект\s+)?(?P<word>{'|'.join(map(spaced, _ACT_WORDS))})(?=\W|$)(?P<rest>[^\n]*)$", regex.I | regex.M)
_REQUISITES_ONLY = regex.compile(
    r"[\W_]*+(?:от\b|№|N\s?\d|\d|$|(?:[\p{L}-]++\s++){0,2}(?:администрации|главы|мэра|мэрии|правительства|думы|совета|собрания|губернатора|исполкома|муниципалитета|комитета)\b)",
    regex.I,
)
_VERB = regex.compile(
    rf"(?<![Рр]аз|[Пп]ред)(?:{spaced('постановля')}\s?(?:ю|{spaced('ет')})|{spaced('решил')}\s?[аи]?|{spaced('решает')}"
    rf"|{spaced('приказываю')}|{spaced('распоряжаюсь')}|{spaced('обязываю')})\s*+(?::|(?=\s*+$))",
    regex.I,
)
_ITEM = regex.compile(r"\s*+(?:\d{1,2}+\s*+[.)]|[IVX]++\s*+[.)]|внести|утвердить|признать)", regex.I)
_INSTRUCTION = regex.compile(
    r"\s*+(?:1\s*+[.)]\s*+)?(?:внести|утвердить|признать|изложить|дополнить|отменить|одобрить|создать|назначить)\b", regex.I
)
_PREAMBLE = regex.compile(
    r"\s*(?:руководству|в\s+соответстви|на\s+основани|в\s+целях|во\s+исполнени|в\s+связи|рассмотрев|в\s+рамках|учитывая|с\s+целью|заслушав|согласно)",
    regex.I,
)
_ANNEX = regex.compile(
    rf"\W*(?:{spaced('приложение')}|приложения)\s*(?:(?:№|N)\s*)?(?P<number>\d+|(?-i:[АБВГД])(?=\W*$)|)(?=\W|$)(?P<rest>[^\n]*)", regex.I
)
_ANNEX_REST = regex.compile(r"[\s.]*(?:$|\(|к\b|от\b|утвержд|№|N\b)", regex.I)
_APPROVED = regex.compile(
    rf"\W*(?:{spaced('утвержден')}\s?[аоы]?|{spaced('утверждён')}\s?[аоы]?)\s*(?:$|\n|постановлени|решени|распоряжени)", regex.I
)
_OF_CHANGES = regex.compile(rf"\W*{spaced('изменени')}\s?[яй]", regex.I)
_CAPTION_OF_CHANGES = regex.compile(rf"\W*{spaced('изменения')}\W*(?:$|котор|внос)", regex.I)
_NEW_WORDING = regex.compile(r"изложить|дополнить|исключить")
_NUMBERED = regex.compile(r"\d+[.)]")
_TO_THE_ACT = regex.compile(r"(?:к|утвержд\w+)\s+(?:постановлени|решени|распоряжени|приказ|указ|закон)", regex.I)
_STAMP_LINE = regex.compile(
    r"\W*(?:приложени|утвержд|к\s+|от\s*[\d«\"_]|№|N\s?\d|\(|администраци|главы|совета|думы|муниципальн\w+\s+(?:район|округ|образован)|город)",
    regex.I,
)
_STAMP_END = regex.compile(r"(?:№|N)\s*[\w/_-]+\W*$|\d{4}\s*(?:г|года)?\W*$")
_NAME = (
    r"(?:\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}+(?:вич|вна|ична|ьич)\b|\p{Lu}\.\s?(?:\p{Lu}\.\s?)?(?:\p{Lu}\p{Ll}+|\p{Lu}{2,})(?:-(?:\p{Lu}\p{Ll}+|\p{Lu}+))?"
    r"|(?:\p{Lu}\p{Ll}+|\p{Lu}{2,})(?:-(?:\p{Lu}\p{Ll}+|\p{Lu}+))?\s+\p{Lu}\.\s?(?:\p{Lu}\.)?)"
)
_SIGNED = regex.compile(rf"^(?P<post>.*?)(?<=[\s_/|(])(?P<name>{_NAME})[)/]?\s*$", regex.S)
_POST = regex.compile(
    r"(?:и\.?\s?о\.?|исполняющ|врио\b|вр\.?\s?и\.?\s?о|временно|глава\b|главы\b|мэр\b|председател|губернатор|перв\w+\s+зам|замест|руководител"
    r"|директор|министр|начальник|управляющ|секретар|президент|спикер|премьер|полномочн)",
    regex.I,
)
_NO_STAMP = regex.compile(r"\W*+(?:паспорт|муниципальная\s+программа|изменения|раздел|план|перечень|\d+[.)])", regex.I)
_LONGEST_STAMP = 8
_NOT_POST = regex.compile(r"\(?\s?\bподпись\b\s?\)?|\bп/п\b|_{2,}", regex.I)
_CLERK = regex.compile(r"\W*+(?:исп(?:олн(?:итель)?)?\s*+[.:]|тел\s*+[.:]|\d-\d\d-\d\d\b)", regex.I)
_LONGEST_CLERK = 100
_LONGEST_POST = 300
_LONGEST_HEADING = 160


def act_word(line: str) -> str | None:
    """The word for the kind of act, if the line is its heading: alone, or with date and number behind it.

    >>> act_word("П О С Т А Н О В Л Е Н И Е"), act_word("ПОСТАНОВЛЕНИЕ от 15.02.2024 № 77"), act_word("Решение вопросов")
    ('постановление', 'постановление', None)
    """
    found = _ACT.match(line.strip())
    if not found or not _REQUISITES_ONLY.match(found["rest"]):
        return None
    return "".join(found["word"].split()).lower()


def behind_act_word(line: str) -> str:
    """What a heading holds behind the word for the act."""
    found = _ACT.match(line.strip())
    return found["rest"] if found else ""


def enacting(text: str, *, sure: bool = True) -> int | None:
    """Where the enacting verb of a paragraph ends, with its colon; without a colon it must end the paragraph, and the act be `sure`.

    >>> enacting("администрация района п о с т а н о в л я е т :"), enacting("НовгородаРЕШИЛА:"), enacting("суд разрешил")
    (46, 16, None)
    """
    found = _VERB.search(text)
    return found.end() if found and (sure or found[0].endswith(":")) else None


def first_item(text: str) -> bool:
    """Whether an operative part may begin here."""
    return _ITEM.match(text) is not None


def first_instruction(text: str) -> bool:
    """Whether an operative part begins here that no enacting verb announces: «1. Внести …», «Утвердить …»."""
    return _INSTRUCTION.match(text) is not None


def preamble(text: str) -> bool:
    """Whether a preamble begins here."""
    return _PREAMBLE.match(text) is not None


def annex_heading(text: str) -> bool:
    """Whether an annex begins here; a quoted one is a new wording and no annex.

    >>> annex_heading("Приложение к постановлению"), annex_heading("«Приложение 2 к программе"), annex_heading("Приложение 1 изложить в новой редакции")
    (True, False, False)
    """
    body = text.strip()
    if body[:1] in '«"“„' or len(body.split("\n")[0]) > _LONGEST_HEADING:
        return False
    found = _ANNEX.match(body)
    if found:
        return _ANNEX_REST.match(found["rest"]) is not None and not _NEW_WORDING.search(body[:400])
    return _APPROVED.match(body) is not None or ((of_changes(body) and squeeze(body).isupper()) or _is_caption_of_changes(body))


def _is_caption_of_changes(text: str) -> bool:
    return _CAPTION_OF_CHANGES.match(text) is not None


def of_this_act(texts: Sequence[str]) -> bool:
    """Whether an annex is one of the act, and not of the programme: «Приложение», «к постановлению …» in its first lines."""
    return _TO_THE_ACT.search(squeeze(" ".join(texts))[:_LONGEST_HEADING]) is not None


def stamp_end(texts: Sequence[str]) -> int:
    """How many lines make the stamp of an annex: «Приложение № 1», «к постановлению …», «от … № …»."""
    for number, text in enumerate(texts[:_LONGEST_STAMP]):
        if number and (annex_heading(text) or _NO_STAMP.match(text)):
            break
        if _STAMP_END.search(squeeze(text)) and _TO_THE_ACT.search(" ".join(texts[: number + 1])):
            return number + 1
    return next((number for number, text in enumerate(texts[:_LONGEST_STAMP]) if not _STAMP_LINE.match(text)), len(texts[:_LONGEST_STAMP]))


def annex_number(text: str) -> str | None:
    """«Приложение № 2» → «2»."""
    found = _ANNEX.match(text.strip())
    return found["number"] or None if found else None


def annex_title(texts: Sequence[str]) -> str:
    """The first lines under the stamp, up to the first that is an item."""
    lines: list[str] = []
    for text in texts[:4]:
        if (first_item(text) and lines) or len(text) > 400:
            break
        lines.append(squeeze(text))
    return squeeze(" ".join(lines))


def of_changes(title: str) -> bool:
    """Whether an annex holds instructions: «ИЗМЕНЕНИЯ, которые вносятся в …»."""
    return _OF_CHANGES.match(title) is not None


def signature(texts: Sequence[str]) -> bool:
    """Whether a signature begins with the first of the lines: a post in the nominative, the name on its last line.

    >>> signature(["Глава района А.М. Емельянов"]), signature(["2. Контроль возложить на Главу А.М. Емельянова"])
    (True, False)
    """
    for number, text in enumerate(texts[:5]):
        if len(text) > _LONGEST_POST or (number and (_NUMBERED.match(text) or annex_heading(text))):
            return False
        if number == 0 and not post(text):
            return False
        if signed("\n".join(texts[: number + 1])):
            return True
    return False


def clerk(text: str) -> bool:
    """Whether a line at the end of the document names who typed it, and no more.

    >>> clerk("Исп. Иванова, 2-15-16"), clerk("Исполнители мероприятий")
    (True, False)
    """
    return len(text) <= _LONGEST_CLERK and _CLERK.match(text) is not None


def post(text: str) -> bool:
    """Whether a line begins with a post: «И.о. главы», «Врио Губернатора», «Председатель Думы»."""
    return _POST.match(text.strip()) is not None


def signed(text: str) -> tuple[str, str] | None:
    r"""(post, name) of a signature; None if no name ends it.

    >>> signed("Мэр города – глава\nадминистрации          О.Н.КОЖЕМЯКО")
    ('Мэр города – глава\nадминистрации', 'О.Н.КОЖЕМЯКО')
    """
    found = _SIGNED.match(text.strip())
    post = _NOT_POST.sub(" ", found["post"]).strip(" _\n\t|/(:") if found else ""
    return (post, found["name"]) if found and post else None
