"""Running text of two editions → instructions on its sections and paragraphs.

Paragraphs are counted as they stand in the former edition. What is altered comes first, then what
comes and goes from the end of a section to its beginning, so that no count is upset by another.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from pipeline.drafting.instructions import Instruction, operation
from pipeline.drafting.ordinals import ordinal
from pipeline.drafting.phrases import added, deleted, operations, quoted, replacing, restated
from pipeline.drafting.rewording import Rewording, is_sound, rewording
from schemas.amendment import Step, Unit, Verb
from schemas.blocks import Block, Paragraph
from schemas.edition import Edition, Section

_MOST_RESTATED = 0.5
"""The share of a section's paragraphs above which the section is said anew as a whole."""


def section_instructions(old: Edition, new: Edition, careful: Mapping[str, int]) -> tuple[Instruction, ...]:
    """The instructions on all sections, in the order of the text.

    `careful` tells by the number of a section whether its paragraphs are to be called by their words (1), as
    their count could be taken in two ways, or the section is to be restated (2).
    """
    before, after = ([section.number for section in edition.sections] for edition in (old, new))
    found: list[Instruction] = []
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, becomes = old.sections[a:b], new.sections[c:d]
        paired = list(zip(was, becomes, strict=False))
        found += [line for left, right in paired for line in _section(left, right, careful.get(left.number, 0))]
        gone, come = was[len(paired) :], becomes[len(paired) :]
        found += [deleted(f"раздел {section.number}", (_step(section),)) for section in gone]
        if come:
            found.append(_added(come, new.sections[c + len(paired) - 1] if c + len(paired) else None))
    return tuple(found)


def _step(section: Section) -> Step:
    return Step(unit=Unit.SECTION, number=section.number)


def _heading(section: Section) -> str:
    return f"{section.number}. {section.title}"


def _whole(section: Section) -> tuple[Block, ...]:
    return tuple(Paragraph.of(text) for text in (_heading(section), *section.paragraphs))


def _added(come: Sequence[Section], anchor: Section | None) -> Instruction:
    what = f"разделом {come[0].number}" if len(come) == 1 else f"разделами {come[0].number} - {come[-1].number}"
    payload = tuple(block for section in come for block in _whole(section))
    behind = (_step(anchor),) if anchor else ()
    words = f"после раздела {anchor.number}" if anchor else ""
    return added(words, what, (Step(unit=Unit.PROGRAMME),), behind, payload)


def _section(old: Section, new: Section, careful: int) -> Iterator[Instruction]:
    if old.paragraphs == new.paragraphs and old.title == new.title and old.number == new.number:
        return
    lines = _lines(old, new, careful) if old.number == new.number else None
    if lines is None or sum(line.told() for line in lines) > max(3, _MOST_RESTATED * len(old.paragraphs)):
        yield restated(f"раздел {old.number}", (_step(old),), _whole(new))
    elif len(lines) == 1:
        yield lines[0]._replace(text=_of_section(lines[0].text, old))
    else:
        yield Instruction(f"в разделе {old.number}", inner=tuple(lines))


def _lines(old: Section, new: Section, careful: int) -> list[Instruction] | None:
    if careful == 0:
        return [*_title(old, new), *_paragraphs(old, new)]
    worded = list(by_words(old, new)) if careful == 1 else [None]
    return None if None in worded else [*_title(old, new), *(line for line in worded if line)]


def _of_section(text: str, section: Section) -> str:
    """«в абзаце втором слова …» → «в абзаце втором раздела 1 слова …»: a single instruction needs no line for its section."""
    return f"в разделе {section.number} {text}"


def _title(old: Section, new: Section) -> Iterator[Instruction]:
    if old.title == new.title:
        return
    locus = (_step(old), Step(unit=Unit.TITLE))
    found = rewording(old.title, new.title)
    if found:
        yield Instruction(f"в наименовании {replacing(found)}", operations=operations(locus, found))
    else:
        yield restated("наименование", locus, (Paragraph.of(_heading(new)),))


def _paragraphs(old: Section, new: Section) -> Iterator[Instruction]:
    """The alterations in their order, then what comes and goes, from the end."""
    altered: list[Instruction] = []
    counted: list[Instruction] = []
    for tag, a, b, c, d in SequenceMatcher(None, old.paragraphs, new.paragraphs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(b - a, d - c)
        altered += [_altered(old, a + n, new.paragraphs[c + n]) for n in range(pairs)]
        if b - a > pairs:
            counted.append(_gone(old, a + pairs, b))
        elif d - c > pairs:
            counted.append(_come(old, a + pairs, new.paragraphs[c + pairs : d], new.paragraphs[c + pairs - 1] if pairs else None))
    yield from altered
    yield from reversed(counted)


def _paragraph(section: Section, n: int, until: int | None = None) -> tuple[Step, ...]:
    return _step(section), Step(unit=Unit.PARAGRAPH, number=str(n + 1), until=None if until is None else str(until + 1))


def _altered(old: Section, n: int, text: str) -> Instruction:
    was, locus = old.paragraphs[n], _paragraph(old, n)
    found = rewording(was, text)
    if found:
        return Instruction(f"в абзаце {ordinal(n + 1, 'prepositional')} {replacing(found)}", operations=operations(locus, found))
    return restated(f"абзац {ordinal(n + 1)}", locus, (Paragraph.of(text),))


def _gone(old: Section, first: int, stop: int) -> Instruction:
    if stop - first == 1:
        return deleted(f"абзац {ordinal(first + 1)}", _paragraph(old, first))
    return deleted(f"абзацы {ordinal(first + 1)} - {ordinal(stop)}", _paragraph(old, first, stop - 1))


def _come(old: Section, at: int, texts: Sequence[str], anchor: str | None) -> Instruction:
    """New paragraphs behind the paragraph before; at the very beginning of a section the first one is said anew with them."""
    payload = tuple(Paragraph.of(text) for text in texts)
    if at == 0 and old.paragraphs and anchor is None:
        return restated(f"абзац {ordinal(1)}", _paragraph(old, 0), (*payload, Paragraph.of(old.paragraphs[0])))
    what = "абзацем" if len(texts) == 1 else "абзацами"
    if at == 0:
        return added("", what, (_step(old),), (), payload)
    return added(f"после абзаца {ordinal(at, 'genitive')}", what, (_step(old),), _paragraph(old, at - 1), payload)


def by_words(old: Section, new: Section) -> Iterator[Instruction | None]:
    """The same without counting paragraphs: by words that stand in the section once; None for what they cannot say."""
    for tag, a, b, c, d in SequenceMatcher(None, old.paragraphs, new.paragraphs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(b - a, d - c)
        for n in range(pairs):
            yield _reworded(old, a + n, new.paragraphs[c + n])
        for n in range(a + pairs, b):
            yield _struck(old, n)
        if d - c > pairs:
            yield _beside(old, a + pairs, new.paragraphs[c + pairs : d]) if not pairs else None


def _around(section: Section, n: int) -> str:
    return "\n".join(text for m, text in enumerate(section.paragraphs) if m != n)


def _reworded(old: Section, n: int, text: str) -> Instruction | None:
    was, around = old.paragraphs[n], _around(old, n)
    found = rewording(was, text, around)
    if found is None and is_sound(was) and is_sound(text) and was not in around and "\n" not in was + text:
        found = (Rewording(Verb.REPLACE_WORDS, was, text),)
    return Instruction(replacing(found), operations=operations((_step(old),), found)) if found else None


def _struck(old: Section, n: int) -> Instruction | None:
    was = old.paragraphs[n]
    if not is_sound(was) or was in _around(old, n):
        return None
    return Instruction(f"слова {quoted(was)} исключить", operations=(operation(Verb.DELETE, (_step(old),), old=was),))


def _beside(old: Section, at: int, texts: Sequence[str]) -> Instruction:
    """New paragraphs told as the new wording of the longer of the paragraphs between which they come."""
    near = [n for n in (at - 1, at) if 0 <= n < len(old.paragraphs)]
    n = max(near, key=lambda n: len(old.paragraphs[n]))
    whole = [old.paragraphs[n], *texts] if n < at else [*texts, old.paragraphs[n]]
    return restated(f"абзац {ordinal(n + 1)}", _paragraph(old, n), tuple(map(Paragraph.of, whole)))
