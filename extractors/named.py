"""What the programme is called in each of its parts, and the goal and the tasks that its text names."""

from collections.abc import Iterable, Iterator

import regex

from extractors.locate import Located
from extractors.requisites import Joined, title_at
from extractors.text import joined, squeeze
from schemas.address import Address, Part
from schemas.edition import Passport, Section
from schemas.place import Place
from schemas.stated import Named

_PROGRAMME = r"(?:(?:настоящ|муниципальн|ведомственн|государственн|долгосрочн|целев|данн|реализаци)\p{L}*\s+)*(?:под)?(?:программ\p{L}*|МП)"
_GOAL = regex.compile(
    rf"\s*(?:основн\p{{L}}+\s+|главн\p{{L}}+\s+)?цел(?:ь|ью|ями|и)\s+{_PROGRAMME}\s*(?:явля[юе]тся|[-–—:])+\s*(?P<rest>.*)",
    regex.I | regex.S,
)
_TASKS = regex.compile(rf"\bзадач(?:и|ами)?(?:\s+{_PROGRAMME})?(?:\s+явля[юе]тся)?\s*[-–—:]+\s*(?P<rest>\d[.)].*)?$", regex.I | regex.S)
_ABOUT_GOALS = regex.compile(r"\bцел[ьиея]|\bзадач", regex.I)
_ITEM = regex.compile(r"\s*(?:(?:задача\s*)?(?:№\s*)?(?P<number>\d{1,2})\s*[.):]|[-–—•·*])\s*(?P<text>\p{L}.*)", regex.I | regex.S)
_INNER_ITEM = regex.compile(r"(?:^|(?<=\s))\d{1,2}[.)]\s*(?=\p{L})")
_SENTENCE = regex.compile(r"\.\s+(?=\p{Lu})")
_SUBPROGRAMME = regex.compile(r"подпрограмм", regex.I)


def titles(texts: dict[Part, Joined], passport: Passport) -> Iterator[Named]:
    """The title as the heading, the passport and the headings of the appendices give it."""
    for part in ("title", "appendix1", "appendix2"):
        found = title_at(texts[part]) if part in texts else None
        if found:
            yield Named(scope="title", text=found[0], address=Address(part=part, row="title"), place=found[1])
    row = passport.row("title")
    if row and row.text:
        yield Named(scope="title", text=_own_title(row.text), address=Address(part="passport", row="title"), place=row.place)


def _own_title(text: str) -> str:
    """The title in a row of the passport, which may go on with those of the subprogrammes."""
    cut = _SUBPROGRAMME.search(text, 1)
    own = text[: cut.start()] if cut and "\n" in text[: cut.start()] else text
    quoted = title_at(Joined("passport", [Located(squeeze(own), Place())]))
    return quoted[0] if quoted else squeeze(own)


def goals_and_tasks(sections: Iterable[Section]) -> Iterator[Named]:
    """The goal and the tasks in the sections that are about them; a list ends with the first line that is no item."""
    for section in sections:
        if not _ABOUT_GOALS.search(section.title):
            continue
        lines = [Located(text, place) for text, place in zip(section.paragraphs, section.places, strict=True)]
        for number, line in enumerate(lines):
            yield from _goal(section, line, lines[number + 1 :])
            yield from _tasks(section, line, lines[number + 1 :])


def _goal(section: Section, line: Located, behind: list[Located]) -> Iterator[Named]:
    found = _GOAL.match(line.text)
    if not found:
        return
    stated: list[tuple[str | None, str, Place]]
    if found["rest"]:
        stated = [(None, _SENTENCE.split(found["rest"])[0], line.place)]
    else:
        stated = list(_items(behind)) or [(None, next_line.text, next_line.place) for next_line in behind[:1]]
    for _, text, place in stated:
        yield Named(scope="goal", text=joined(text), address=Address(part="section", section=section.number), place=place)


def _tasks(section: Section, line: Located, behind: list[Located]) -> Iterator[Named]:
    found = _TASKS.search(line.text)
    if not found:
        return
    if found["rest"]:
        texts = [text for text in _INNER_ITEM.split(found["rest"]) if text.strip()]
        stated = [(str(number), text, line.place) for number, text in enumerate(texts, 1)]
    else:
        stated = [(number or str(position), text, place) for position, (number, text, place) in enumerate(_items(behind), 1)]
    for number, text, place in stated:
        address = Address(part="section", section=section.number, task=number)
        yield Named(scope="task", task=number, text=joined(text), address=address, place=place)


def _items(lines: list[Located]) -> Iterator[tuple[str | None, str, Place]]:
    """The items of the list that begins at once: marked by numbers or dashes, or parted by semicolons."""
    marked = goes_on = False
    for line in lines:
        found, ends = _ITEM.match(line.text), line.text.rstrip().endswith(";")
        if found:
            marked = True
            yield found["number"], found["text"], line.place
        elif not marked and (ends or goes_on):
            yield None, line.text, line.place
            goes_on = ends
        else:
            return
