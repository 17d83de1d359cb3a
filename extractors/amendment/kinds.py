"""Documents of a municipality that are neither a programme nor a resolution, told by their heading."""

from collections.abc import Sequence

import regex

from extractors.amendment.casing import unspaced
from extractors.amendment.signs import act_word

LETTER = "это письмо, а не редакция программы и не постановление"
COURT = "это судебный акт, а не постановление органа власти"
LAW = "это закон, а не постановление"
AGREEMENT = "это договор или соглашение, а не редакция программы и не постановление"
MINUTES = "это протокол, а не постановление"
PLAN = "это план, отчёт или справка, а не редакция программы и не постановление"
CHARTER = "это положение, порядок или устав, а не редакция программы и не постановление"

_KINDS = (
    (LAW, regex.compile(r"\W*+(?:федеральный\s+(?:конституционный\s+)?закон|закон|кодекс)\b", regex.I)),
    (COURT, regex.compile(r"\W*+(?:приговор|определение|судебный\s+приказ)\b", regex.I)),
    (
        AGREEMENT,
        regex.compile(r"\W*+(?:договор|(?:дополнительное\s+)?соглашение|(?:муниципальный\s+|государственный\s+)?контракт)\b", regex.I),
    ),
    (MINUTES, regex.compile(r"\W*+протокол\b", regex.I)),
    (
        PLAN,
        regex.compile(
            r"\W*+(?:план(?:\s+мероприятий|-график)?|дорожная\s+карта|(?:годовой\s+)?отч[её]т|справка|(?:экспертное\s+)?заключение"
            r"|(?:пояснительная|докладная|служебная)\s+записка|(?:финансово-экономическое\s+)?обоснование)\b",
            regex.I,
        ),
    ),
    (CHARTER, regex.compile(r"\W*+(?:положение|порядок|устав|регламент|правила|инструкция)\b", regex.I)),
)
_COURT = regex.compile(
    r"\W*+(?:\p{L}+\s+){0,3}(?:районный|городской|областной|арбитражный|апелляционный|кассационный|краевой|верховный)\s+суд\b|\W*+(?:мировой\s+)?судья\b|.{0,200}\bсуд\s*(?:установил|решил|постановил)",
    regex.I,
)
_IN_THE_NAME = regex.compile(r"\W*+именем\s+российской\s+федерации", regex.I)
_ADDRESSED = regex.compile(r"уважаем(?:ый|ая|ые)\b|на\s+№\s*_*\S*\s+от\b|исх\.?\s*№", regex.I)
_LONGEST_HEADING = 90


def other_heading(texts: Sequence[str]) -> str | None:
    """Why the first lines of a document make it another kind; None if they do not.

    >>> other_heading(["РЕШЕНИЕ", "Именем Российской Федерации"]) == COURT, other_heading(["ПОСТАНОВЛЕНИЕ", "О плане мероприятий"])
    (True, None)
    """
    lines = [unspaced(text) for text in texts]
    for line in lines:
        if len(line) <= _LONGEST_HEADING and (_COURT.match(line) or _IN_THE_NAME.match(line)):
            return COURT
        for reason, words in _KINDS:
            found = words.match(line)
            if found and len(line) <= _LONGEST_HEADING and _stands_out(line, found.end()):
                return reason
        if act_word(line) and not any(_COURT.match(other) or _IN_THE_NAME.match(other) for other in lines):
            return None
    return LETTER if any(_ADDRESSED.search(line) for line in lines) else None


def _stands_out(line: str, end: int) -> bool:
    """Whether a line that begins with such a word is a heading: in capitals, nothing behind the word, or a number."""
    return line.isupper() or not line[end:].strip(" .:") or line[end:].lstrip().startswith("№")
