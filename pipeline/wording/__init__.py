"""All words that a person reads, in the form of his language.

The code's own words are Russian and serve as message identifiers; `ru.po` holds their
plural forms, `en.po` the English. Numbers, dates, addresses and places are worded here
and nowhere else. The machine's formats do not pass through here, except for messages.
"""

import datetime as dt
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations
from importlib import resources
from io import BytesIO

import regex

from schemas.address import Address
from schemas.finding import Phrase
from schemas.place import Place

LANGUAGES = ("ru", "en")
NO_BREAK = "\u00a0"

COLUMNS = {
    "total": "всего",
    "federal": "федеральный бюджет",
    "regional": "областной бюджет",
    "district": "районный бюджет",
    "settlement": "бюджет поселений",
    "extrabudgetary": "внебюджетные источники",
    "name": "наименование",
    "term": "срок",
    "responsible": "исполнители",
    "result": "результат",
}
ROWS = {
    "title": "наименование",
    "requisites": "реквизиты",
    "curator": "куратор",
    "customer": "заказчик",
    "executors": "исполнители",
    "strategic_goal": "цель социально-экономического развития",
    "goal": "цель",
    "indicators": "показатели",
    "tasks": "задачи",
    "term": "срок реализации",
    "subprogrammes": "подпрограммы",
    "funding": "финансирование",
    "management": "организация управления",
    "unit": "единица измерения",
    "unread": "непонятый текст",
    "aside": "сноска, примечание",
}
PARTS = {
    "title": "Заголовок",
    "passport": "Паспорт",
    "section": "Текст программы",
    "appendix1": "Приложение 1",
    "appendix2": "Приложение 2",
    "resolution": "Постановление",
}
EXAMPLE_WORDS = ("Не проходит:", "Проходит:")
REASON_WORDS = (
    "графа {column} «{header}»: {reason}",
    "в строке таблицы клеток: {cells}, а граф в таблице: {columns}; места клеток не определить",
    "значений в строке: {values}, а граф: {columns}; к каким годам они относятся, не определить",
    "в строке паспорта «{label}» нет таблицы по годам",
    "{reason}: «{wording}»",
)
_VALUE = regex.compile(r"\\?\{(\w+)\\?\}")
_REASONS = [(text, regex.compile(_VALUE.sub(r"(?P<\1>.*)", regex.escape(text, literal_spaces=True)), regex.S)) for text in REASON_WORDS]


class Words:
    """Wording in one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "ru"
        self._catalogue = _catalogue(self.language)

    def __call__(self, text: str, /, **values: object) -> str:
        """A text of ours in this language, with its values set in."""
        said = self._catalogue.gettext(text) if text else ""
        return said.format(**{key: self.value(value) for key, value in values.items()}) if values else said

    def count(self, one: str, many: str, number: int) -> str:
        """A text that depends on a number: «{n} ошибка», «{n} ошибки»."""
        return self._catalogue.ngettext(one, many, number).format(n=number)

    def say(self, phrase: Phrase) -> str:
        """A phrase in this language."""
        return self(phrase.template, **phrase.values)

    def reason(self, text: str) -> str:
        """Why something was left out or not understood: readers say it in whole Russian sentences, with the values in them.

        >>> Words("en").reason("графа 3 «Код»: заголовок не понят")
        'column 3 “Код”: the title was not understood'
        """
        said = self(text)
        if said != text or self.language == "ru":
            return said
        for template, form in _REASONS:
            found = form.fullmatch(text)
            if found:
                return self(
                    template, **{name: self.reason(value) if name == "reason" else value for name, value in found.groupdict().items()}
                )
        return text

    def manual(self, code: str, text: str) -> list[str]:
        """What a rule explains, line by line, its title first; its examples are fragments of documents and stay as they are."""
        lines = text.split("\n")
        said = _catalogue(f"manuals.{self.language}").gettext(code) if self.language != "ru" else code
        if said == code:
            return lines
        examples = [line for line in lines if line.startswith(EXAMPLE_WORDS)]
        named = [next(self(word) + line.removeprefix(word) for word in EXAMPLE_WORDS if line.startswith(word)) for line in examples]
        return [self(lines[0]), "", *said.split("\n"), "", *named]

    def value(self, value: object) -> str:
        """A value of a phrase."""
        if isinstance(value, Decimal):
            return self.number(value)
        if isinstance(value, Address):
            return self.address(value)
        if isinstance(value, Phrase):
            return self.say(value)
        return value if isinstance(value, str) else str(value)

    def number(self, value: Decimal, signed: bool = False) -> str:
        """A number with its written decimals, thousands grouped.

        >>> Words("ru").number(Decimal("-2600.0")).replace(chr(160), " ")
        '−2 600,0'
        """
        text = f"{abs(value):,f}"
        text = text.replace(",", NO_BREAK).replace(".", ",") if self.language == "ru" else text
        sign = "−" if value < 0 else "+" if signed and value > 0 else ""
        return sign + text

    def date(self, value: dt.date | None) -> str:
        """A date as acts write it."""
        if value is None:
            return self("без даты")
        return f"{value:%d.%m.%Y}" if self.language == "ru" else f"{value:%Y-%m-%d}"

    def column(self, name: str) -> str:
        """A column or a source of money."""
        return self(COLUMNS[name]) if name in COLUMNS else name

    def part(self, name: str) -> str:
        """A part of the programme."""
        return self(PARTS[name])

    def address(self, address: Address, with_part: bool = True) -> str:
        """An address in words: «Приложение 2, мероприятие 4.1, 2025 год, районный бюджет»."""
        return ", ".join(self.address_words(address, with_part))

    def address_words(self, address: Address, with_part: bool = True) -> list[str]:
        """The same, word by word, from the whole to the cell."""
        words = [self.part(address.part)] if with_part else []
        if address.part == "appendix2" and address.row is None:
            words.extend(self._money_row(address))
        if address.row is not None:
            words.append(self(ROWS[address.row]) if address.row in ROWS else address.row.replace("_", " "))
        if address.part == "passport" and address.task is not None:
            words.append(self("задача {task}", task=address.task))
        if address.section is not None:
            words.append(self("раздел {section}", section=address.section))
        if address.paragraph is not None:
            words.append(self("абзац {paragraph}", paragraph=address.paragraph))
        if address.indicator is not None:
            words.append(self("показатель {indicator}", indicator=address.indicator))
        if address.part == "appendix1" and address.indicator is None and address.task is not None:
            words.append(self("задача {task}", task=address.task))
        if address.year is not None:
            words.append(self("ВСЕГО") if address.year == "total" else self("{year} год", year=address.year))
        words.extend(self.column(name) for name in (address.source, address.column) if name)
        if address.repeat:
            words.append(self("повтор {repeat}", repeat=address.repeat))
        return words

    def _money_row(self, address: Address) -> list[str]:
        if address.activity is not None:
            return [self("мероприятие {activity}", activity=address.activity or "?")]
        if address.task is not None:
            whole = address.column == "name" or (address.year is None and address.column is None)
            return [self("задача {task}" if whole else "итого по задаче {task}", task=address.task)]
        return [self("итого по программе")] if address.year else []

    def place(self, place: Place, brief: bool = False) -> str:
        """A place in the file, counted from one as people do; `brief` for tables that are narrow."""
        if brief and place.table is not None and place.row is not None and place.column is not None and place.line is None:
            said = self("табл. {table}, стр. {row}, гр. {column}", table=place.table + 1, row=place.row + 1, column=place.column + 1)
            return said if place.page is None else f"{self('с. {page}', page=place.page)}, {said}"
        if place.line is not None:
            return self("строка файла {line}", line=place.line)
        words: list[str] = []
        if place.page is not None:
            words.append(self("страница {page}", page=place.page))
        if place.table is not None:
            words.append(self("таблица {table}", table=place.table + 1))
        if place.row is not None:
            words.append(self("строка {row}", row=place.row + 1))
        if place.column is not None:
            words.append(self("графа {column}", column=place.column + 1))
        if place.table is None and place.paragraph is not None:
            words.append(self("абзац {paragraph}", paragraph=place.paragraph + 1))
        return ", ".join(words)


@cache
def _catalogue(language: str) -> GNUTranslations:
    import polib

    text = resources.files("pipeline.wording").joinpath(f"{language}.po").read_text("utf-8")
    return GNUTranslations(BytesIO(polib.pofile(text).to_binary()))
