"""Random edits of a programme's text, as an office makes them by hand: figures, words, paragraphs, rows, titles.

A programme is given as the lines of its plain text; each edit makes other lines. `n` chooses, wrapped round.
"""

from collections.abc import Callable
from random import Random

import regex

from extractors.reader import read, source_file
from pipeline.loaded import Loaded
from pipeline.stages import read_edition

Lines = list[str]
Edit = Callable[[Lines, Random], Lines]
WORDS = ("район", "развитие", "2027", "отдел кадров", "не менее 3", "в том числе", "(далее - Программа)", "услуг,", "«Заря»")
FIGURE = regex.compile(r"\t\s*\d[\d ]*(?:,\d+)?\s*")
TEXT = regex.compile(r"\t?[^\t]*\p{L}{3,} [^\t]*\p{L}{3,}[^\t]*")


def source(lines: Lines) -> Loaded:
    """The programme as an edition with its document."""
    data = "\n".join(lines).encode()
    document = read(data)
    return Loaded(read_edition(source_file("programme.txt", data, document), document), document)


def _any(lines: Lines, chance: Random, form: regex.Pattern[str]) -> int:
    return chance.choice([n for n, line in enumerate(lines) if form.fullmatch(line)])


def figure(lines: Lines, chance: Random) -> Lines:
    """Another figure in a cell."""
    n = _any(lines, chance, FIGURE)
    return [*lines[:n], f"\t{chance.randint(0, 9999)},{chance.randint(0, 9)}", *lines[n + 1 :]]


def words(lines: Lines, chance: Random) -> Lines:
    """A word replaced, put in or taken out, in a cell or a paragraph."""
    n = _any(lines, chance, TEXT)
    lead = "\t" * lines[n].startswith("\t")
    held = lines[n].lstrip("\t").split(" ")
    at = chance.randrange(len(held))
    match chance.randrange(3):
        case 0:
            held[at] = chance.choice(WORDS)
        case 1:
            held.insert(at, chance.choice(WORDS))
        case _:
            del held[at]
    return [*lines[:n], lead + " ".join(held), *lines[n + 1 :]]


def _text(lines: Lines) -> range:
    """The lines of the sections."""
    first = next(n for n, line in enumerate(lines) if line.startswith("1. "))
    return range(first + 1, next(n for n, line in enumerate(lines) if n > first and line.startswith("Приложение")))


def paragraph_in(lines: Lines, chance: Random) -> Lines:
    """A new paragraph in the text."""
    n = chance.choice(_text(lines))
    return [*lines[:n], f"Новый абзац о {chance.choice(WORDS)} и {chance.choice(WORDS)} на {chance.randint(2, 99)} лет.", *lines[n:]]


def paragraph_out(lines: Lines, chance: Random) -> Lines:
    """A paragraph of the text taken out, headings apart."""
    n = chance.choice([n for n in _text(lines) if lines[n].strip() and not regex.match(r"\d\. |включая", lines[n])])
    return [*lines[:n], *lines[n + 1 :]]


def _blocks(lines: Lines) -> list[tuple[int, int]]:
    """First and last line, end excluded, of each activity."""
    edition = source(lines).edition
    starts = [activity.places["name"].line or 0 for _, activity in edition.activity_addresses()]
    found = []
    for line in starts:
        first = line - 2  # the number stands in the line before the name
        stop = next(n for n in range(first + 1, len(lines)) if _opens(lines, n))
        found.append((first, stop))
    return found


def _opens(lines: Lines, n: int) -> bool:
    return not lines[n - 1].strip("") and regex.match(r"\t(?:\d+(?:\.\d+)*\.?|Итого.*)\s*$", lines[n]) is not None and lines[n - 1] == ""


def row_out(lines: Lines, chance: Random) -> Lines:
    """An activity taken out."""
    blocks = _blocks(lines)
    if len(blocks) < 2:
        return lines
    first, stop = chance.choice(blocks)
    return [*lines[:first], *lines[stop:]]


def row_in(lines: Lines, chance: Random) -> Lines:
    """An activity once more, under another number and name, behind itself."""
    blocks = _blocks(lines)
    if not blocks:
        return lines
    first, stop = chance.choice(blocks)
    number = lines[first].strip().rstrip(".")
    fresh = [f"\t{number}-1", f"\tСовсем новое мероприятие {chance.choice(WORDS)}", *lines[first + 2 : stop]]
    return [*lines[:stop], *fresh, *lines[stop:]]


EDITS: tuple[Edit, ...] = (figure, words, paragraph_in, paragraph_out, row_out, row_in)


def typed_over(lines: Lines, seed: int, count: int) -> Lines:
    """The lines with so many random edits."""
    chance = Random(seed)
    for _ in range(count):
        lines = chance.choice(EDITS)(lines, chance)
    return lines
