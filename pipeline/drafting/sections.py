"""Running text of two editions → instructions on its sections and paragraphs.

Paragraphs are counted as they stand in the former edition. What is altered comes first, then what
comes and goes from the end of a section to its beginning, so that no count is upset by another.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from pipeline.drafting.instructions import Instruction
from pipeline.drafting.ordinals import ordinal
from pipeline.drafting.phrases import added, deleted, operations, replacing, restated
from pipeline.drafting.rewording import rewording
from schemas.amendment import Step, Unit
from schemas.blocks import Block, Paragraph
from schemas.edition import Edition, Section

_MOST_RESTATED = 0.5
"""The share of a section's paragraphs above which the section is said anew as a whole."""


def section_instructions(old: Edition, new: Edition) -> tuple[Instruction, ...]:
    """The instructions on all sections, in the order of the text."""
    before, after = ([_name(section) for section in edition.sections] for edition in (old, new))
    found: list[Instruction] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, becomes = old.sections[a:b], new.sections[c:d]
        paired = list(zip(was, becomes, strict=False))
        found += [line for left, right in paired for line in _section(left, right)]
        gone, come = was[len(paired) :], becomes[len(paired) :]
        found += [deleted(f"раздел {section.number}", (_step(section),)) for section in gone]
        if come:
            anchor = becomes[len(paired) - 1] if paired else new.sections[c - 1] if c else None
            found.append(_added(come, anchor))
        assert tag != "equal" or len(was) == len(becomes)
    return tuple(found)


def _name(section: Section) -> str:
    return section.number


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


def _section(old: Section, new: Section) -> Iterator[Instruction]:
    if old.paragraphs == new.paragraphs and old.title == new.title:
        return
    lines = [*_title(old, new), *_paragraphs(old, new)] if old.number == new.number else None
    if lines is None or sum(line.told() for line in lines) > max(3, _MOST_RESTATED * len(old.paragraphs)):
        yield restated(f"раздел {old.number}", (_step(old),), _whole(new))
    elif len(lines) == 1:
        yield lines[0]._replace(text=_of_section(lines[0].text, old))
    else:
        yield Instruction(f"в разделе {old.number}", inner=tuple(lines))


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
