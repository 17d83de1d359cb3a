"""The head of a resolution → its requisites: issuer, date, number, title, wherever they stand.

Each line is told by what it is made of. A line of date and number alone is the act's own, unless it
goes on with a title that cites another act («О внесении изменений в постановление … / от 17.09.2020 № 504»).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from extractors.amendment import signs
from extractors.amendment.casing import as_called, unspaced
from extractors.amendment.citing import Told, told, written
from extractors.amendment.zones import Placed
from extractors.labels import Labels, default_labels
from extractors.requisites import nominative
from extractors.text import squeeze
from schemas.amendment import HeadLine, TheAct
from schemas.blocks import Paragraph
from schemas.place import Place

_PLACE_NAME = regex.compile(
    r"(?:с|г|п|р|д|х|ст|пос|село|город|посёлок|поселок|станица|хутор|деревня|аул|пгт|р\s?\.\s?п|п\s?\.\s?г\s?\.\s?т|ст-ца|рабочий посёлок)\s?\.?\s*+\p{Lu}[\p{L}-]*(?:\s\p{Lu}[\p{L}-]*)?",
)
_FILLER = regex.compile(r"\bот\b|\bг(?:ода?)?\b\.?|[_…]{2,}|(?<!\w)[-–—]+|[-–—]+(?!\w)|[\s.,«»\"“”/|]+|№|\bN\b", regex.I)
_BARE_NUMBER = regex.compile(r"\d[\w/-]*")
_OTHER_NAME = regex.compile(r"\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)?")
_TITLE = regex.compile(r"[«\"“(]?\s*+Обо?\b|[«\"“(]?\s*+О\s+\p{L}", regex.I)
_CITES = regex.compile(r"(?:постановлени|решени|распоряжени|приказ|закон)\w*(?:\s+[\p{L}\"«»-]+){0,15}$", regex.I)
_ORGAN = regex.compile(
    r"администраци|глав[аы]\b|мэр|правительств|дум[аы]\b|совет|собрани|губернатор|исполнительн\w+\s+комитет|исполком|муниципалитет|комитет|департамент|министерств|управлени|курултай|хурал",
    regex.I,
)
_DRAFT = regex.compile(r"\W*проект\b", regex.I)
_BRACKETED = regex.compile(r"\(.*\)\W*", regex.S)
_COUNTRY = regex.compile(r"российская\s+федерация\W*$", regex.I)
_GARANT = regex.compile(r"[\"«“]\s*+(?P<title>О(?:бо?)?\s.*\S)[\"»”]\W*$", regex.S)


class _Line(NamedTuple):
    text: str
    place: Place


class _Requisites(NamedTuple):
    """A line of requisites alone: what of them it names."""

    date: str | None
    number: str | None


def requisites(head: Sequence[Placed], elsewhere: Iterable[str], labels: Labels | None = None) -> tuple[TheAct, tuple[HeadLine, ...]]:
    """The act's requisites and every line of its head with what it was taken for.

    `elsewhere` are other texts of the act: they tell how a name is written that the head has in capitals.
    """
    lines = list(_lines(head))
    reader = _Reader(labels or default_labels())
    for line in lines:
        reader.take(line)
    texts = [*(line.text for line in lines), *elsewhere]
    return reader.act(texts), tuple(reader.told)


def _lines(head: Sequence[Placed]) -> Iterator[_Line]:
    for placed in head:
        if isinstance(placed.block, Paragraph):
            pieces = [(placed.block.text, placed.place)]
        else:
            table = placed.block
            pieces = [(p.text, table.place(cell)) for cell in table.cells for p in cell.paragraphs()]
        for text, place in pieces:
            for part in text.replace("\v", "\n").split("\n"):
                if part.strip():
                    yield _Line(part, place)


class _Reader:
    """Takes the lines one by one; what was met before decides what a line may be."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.kind: str | None = None
        self.before: list[str] = []
        self.behind: list[str] = []
        self.title: list[str] = []
        self.date: str | None = None
        self.number: str | None = None
        self.told: list[HeadLine] = []
        self.in_title = False

    def take(self, line: _Line) -> None:
        """Tell one line."""
        role = self._role(line)
        if role != "title":
            self.in_title = False
        self.told.append(HeadLine(text=squeeze(line.text), role=role, place=line.place))

    def _role(self, line: _Line) -> str | None:
        plain = unspaced(line.text)
        word = signs.act_word(line.text)
        if word and self.kind is None:
            self._heading(word, line.text)
            return "heading"
        if _DRAFT.match(plain):
            return "draft"
        own = alone(plain)
        if own is not None and not self._is_of_title(own):
            self.date, self.number = self.date or own.date, self.number or own.number
            return "requisites"
        if self.in_title or _TITLE.match(plain):
            self.in_title = True
            self.title.append(plain)
            return "title"
        if _PLACE_NAME.fullmatch(plain.strip(" .,")):
            return "place"
        if _BRACKETED.fullmatch(plain) or _COUNTRY.match(plain):
            return None
        if not self.title and (_ORGAN.search(plain) or self.before or self.behind or self.kind is None):
            (self.before if self.kind is None else self.behind).append(plain)
            return "issuer"
        return None

    def _heading(self, word: str, text: str) -> None:
        """The heading may hold more: «Постановление Администрации района от 15.02.2024 N 77 "О внесении …"»."""
        self.kind = word
        rest = signs.behind_act_word(text)
        quoted = _GARANT.search(rest)
        if quoted:
            self.title, rest = [squeeze(quoted["title"])], rest[: quoted.start()]
        acts = told(rest)
        if acts:
            self.date, self.number = acts[0].date, acts[0].number
            rest = rest[: acts[0].start]
        name = squeeze(rest).removesuffix(" от").removesuffix(" ОТ").strip(" ,.")
        if _ORGAN.search(name):
            self.behind.append(name)

    def _is_of_title(self, own: _Requisites) -> bool:
        """Whether date and number go on with the title: it cites an act without them, or they are known already."""
        if not self.in_title:
            return False
        known = (self.date and own.date) or (self.number and own.number)
        return bool(known) or _CITES.search(" ".join(self.title)) is not None

    def act(self, texts: list[str]) -> TheAct:
        """The requisites as they were told."""
        title = squeeze(" ".join(self.title)) or None
        return TheAct(issuer=self._issuer(texts), date=self.date, number=self.number, title=title, kind=self.kind)

    def _issuer(self, texts: list[str]) -> str | None:
        if any(_ORGAN.search(line) for line in self.before):
            first = next(n for n, line in enumerate(self.before) if _ORGAN.search(line))
            return as_called(squeeze(" ".join(self.before[first:])), texts)
        if any(_ORGAN.search(line) for line in self.behind):
            name = as_called(squeeze(" ".join(self.behind)), texts)
            called = nominative(name[0].lower() + name[1:], self.labels)
            return called[0].upper() + called[1:]
        return None


def alone(line: str) -> "_Requisites | None":
    """The date and number of a line that holds nothing else but a place name.

    >>> alone("15.02.2024 с. Кожевниково № 77"), alone("от 17.09.2020 № 504 «Об утверждении»")
    (_Requisites(date='2024-02-15', number='77'), None)
    """
    acts = told(line)
    rest = _PLACE_NAME.sub(" ", _without(line, acts))
    rest = squeeze(_FILLER.sub(" ", rest))
    date = next((act.date for act in acts if act.date), None)
    number = next((act.number for act in acts if act.number), None)
    if date and number is None and _BARE_NUMBER.fullmatch(rest):
        return _Requisites(date, written(rest))
    if not rest or (date and number and _OTHER_NAME.fullmatch(rest)):
        return _Requisites(date, number) if acts or "__" in line or "№" in line else None
    return None


def _without(line: str, acts: list[Told]) -> str:
    """The line without the citations."""
    for act in reversed(acts):
        line = f"{line[: act.start]} {line[act.end :]}"
    return line
