"""Blanks that are missing: «18комплектов», «переподготовку,чел.», «цели -эффективное», «внесенииизменений».

Only what is certain: units and endings may stand at their number («5км», «2021г.», «1ого»), abbreviations
at their dot («г.Томск», «тыс.руб.»), and addresses of the net have no blanks at all.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from pipeline.passages import Passages

_NOT_AFTER_A_NUMBER = (
    r"тыс|млн|млрд|трлн|руб|коп|чел|экз|мин|сек|час|шт|кв|куб|км|га|тонн|ого|его|ому|ему|ыми|ими|ная|ный|ных|лет(?!\w)|летн|лети|кратн"
    r"|этажн|процентн|дневн|месячн|местн|часов|литр|мест(?!\w)|квт|мвт|гкал|мм(?!\w)|сот(?!\w)"
)
_GLUED = regex.compile(
    rf"(?<![\p{{L}}\d№./,_-])\d+(?:,\d+)?(?!{_NOT_AFTER_A_NUMBER})(?=[а-яё]{{3}})"  # «18комплектов», «29ноября»
    r"|(?<![\p{L}\d-])(?:[Оо]т|[Дд]о|[Нн]а|[Пп]о|[Зз]а|из|при|для)(?=\d)"  # «от30.10.2014»
    r"|(?<=[а-яё]{2})[,;:](?=[А-Яа-яЁё]{2})"  # «переподготовку,чел.», «развитие;поддержка»
    r"|(?<=[а-яё]{4})(?<!просп|комн|район|стан|респ)\.(?=[А-ЯЁ][а-яё]{2})"  # «года.Реализация»
    r"|(?<=[а-яё]{2})[а-яё](?=\([а-яё]{4,40}\)(?![а-яё]))"  # «информации(сведений)», but not «исполнителя(ей)»
)
_AFTER_DASH, _BEFORE_DASH = regex.compile(r"[-–—][а-яё]{3,}[^\d]*"), regex.compile(r"[^\d]*[а-яё]{3}[-–—]")
_BEFORE, _BEHIND = regex.compile(r"[\p{L}\d)»] $"), regex.compile(r" (?!либо|также)[а-яё]{4}")
_SUSPENDED = regex.compile(r"(?:^|\s)(?:и|или|либо|а|но|,) $")
_ADDRESS = regex.compile(r"@|www|/|\\|_|\.рф\b|[A-Za-z]")
_SITE = regex.compile(r"(?:https?://|www\.) +(?=[\p{L}\d])")
_BEFORE_COMMA = regex.compile(r"(?<=[а-яё]{2}) (?=, )")
_ABBREVIATIONS = {"и.д.р.": "и др.", "и.др.": "и др.", "и.т.д.": "и т.д.", "и.т.п.": "и т.п.", "и.тд.": "и т.д.", "и.тп.": "и т.п."}
_DASHES = frozenset(("-", "–", "—", "‑"))
_SHORTEST_PART = 4


class Glue(NamedTuple):
    """Where a blank is missing: the distinct text, the signs that touch, how they should stand; "" for a dash."""

    text: str
    start: int
    end: int
    right: str = ""


def missing_blanks(passages: Passages) -> Iterator[Glue]:
    """Places where a blank is missing for certain, found in the runs of signs between blanks."""
    for chunk in passages.chunks:
        if chunk.isalpha() or (chunk[:-1].isalpha() and chunk[-1] in ",.;:"):
            continue
        right = _ABBREVIATIONS.get(chunk.rstrip(",;)»")) or _parted(chunk)
        if right:
            yield from (Glue(text, start, start + len(chunk), right) for text, start in passages.find(chunk))
        elif _AFTER_DASH.fullmatch(chunk) or _BEFORE_DASH.fullmatch(chunk):
            yield from _one_sided(passages, chunk)


def _parted(chunk: str) -> str:
    """The run with the blanks that it lacks; "" when it lacks none."""
    places = [match.end() for match in _GLUED.finditer(chunk)]
    if not places or _ADDRESS.search(chunk):
        return ""
    return " ".join(chunk[start:end] for start, end in zip([0, *places], [*places, len(chunk)], strict=True))


def _one_sided(passages: Passages, chunk: str) -> Iterator[Glue]:
    """A dash with a blank on one side only, between words; not «видео- и фотосъёмка», not the dash of a list."""
    leads = chunk[0] in "-–—"
    for text, start in passages.find(chunk):
        end = start + len(chunk)
        if leads and _BEFORE.search(text, max(0, start - 2), start) and not _SUSPENDED.search(text, max(0, start - 8), start):
            yield Glue(text, text.rfind(" ", 0, start - 1) + 1, end)
        elif not leads and _BEHIND.match(text, end):
            following = text.find(" ", end + 1)
            yield Glue(text, start, following if following > 0 else len(text))


def stray_blanks(passages: Passages) -> Iterator[Glue]:
    """Blanks that must not be: «www. kogadm.ru», «дороги , мосты»."""
    for text in passages.places:
        for match in _SITE.finditer(text) if "www" in text or "http" in text else ():
            end = text.find(" ", match.end())
            end = match.start() + len(text[match.start() : end if end > 0 else len(text)].rstrip(",.;:)"))
            yield Glue(text, match.start(), end, match[0].rstrip() + text[match.end() : end])
        for match in _BEFORE_COMMA.finditer(text) if " ," in text else ():
            start = text.rfind(" ", 0, match.start()) + 1
            yield Glue(text, start, match.end() + 1, text[start : match.start()] + ",")


def joined_words(passages: Passages) -> Iterator[Glue]:
    """A word that is two words which stand side by side elsewhere: «внесенииизменений»."""
    words, spans = passages.tokens
    often = {word for word, count in passages.counts.items() if count > 1 and len(word) >= _SHORTEST_PART and word.isalpha()}
    rare = [word for word, count in passages.counts.items() if count <= 2 and len(word) > 2 * _SHORTEST_PART and word.isalpha()]
    found: dict[str, tuple[str, str]] = {}
    for word in rare:
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if word[:cut] in often and word[cut:] in often:
                found[word] = word[:cut], word[cut:]
    if not found:
        return
    pairs = set(pairwise(words))
    for word, span in zip(words, spans, strict=True):
        if word in found and found[word] in pairs:
            text, start = passages.text_at(span[0])
            yield Glue(text, start, start + len(word), " ".join(found[word]))


def torn_compounds(passages: Passages) -> Iterator[Glue]:
    """«информационно - телекоммуникационной» where «информационно-телекоммуникационной» stands elsewhere."""
    words, spans = passages.tokens
    compounds = {word for word in passages.counts if "-" in word}
    for dash in _DASHES & passages.counts.keys():
        n = -1
        for _ in range(passages.counts[dash]):
            n = words.index(dash, n + 1)
            if 0 < n < len(words) - 1 and words[n - 1][-1] in "ое" and f"{words[n - 1]}-{words[n + 1]}" in compounds:
                text, start = passages.text_at(spans[n - 1][0])
                yield Glue(text, start, start + spans[n + 1][1] - spans[n - 1][0], f"{words[n - 1]}-{words[n + 1]}")
