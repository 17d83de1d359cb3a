"""What must not be torn apart at the end of a line is held together by no-break blanks."""

import regex

_NO_BREAK = "\u00a0"
_BREAKS = regex.compile(
    r"(?<=№) (?=\p{L}?\d)"  # № 504
    r"|(?<=\d) (?=(?:год\p{L}*|г\.|тыс\.|млн|млрд|руб\p{L}*|%|₽)(?!\p{L}))"  # 2026 год, 2 600,0 тыс.
    r"|(?<=\b(?:тыс|млн|млрд)\.?) (?=руб)"  # тыс. руб.
    r"|(?<=\b(?:таблица|строка|графа|абзац|страница|раздел|задача|задаче|мероприятие|показатель|[Пп]риложение|от|за)) (?=\d)"  # задача 5
    r"|(?<=\S) (?=[—–→](?: |$))"  # a dash never begins a line
)


def held_together(text: str) -> str:
    """The text with no-break blanks where a line must not end; nothing else is touched.

    >>> held_together("Приложение 2, 2026 год — 15,0 тыс. руб. от 24.03.2023 № 160").replace(chr(160), "_")
    'Приложение_2, 2026_год_— 15,0_тыс._руб. от_24.03.2023 №_160'
    """
    return _BREAKS.sub(_NO_BREAK, text)
