"""Two editions → the resolution that leads from the one to the other: its instructions as operations and as lines.

Each part of the programme gets the narrowest instruction that says everything: words, cells, rows; where a
table changes in too many cells its appendix is restated as an annex, and where nothing narrower can be said
(parts came or went, another passport's form) the programme is.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

import regex

from extractors.edition import edition
from extractors.errors import CannotRead
from extractors.labels import Labels, default_labels
from extractors.locate import Appendix, Located, Parts, locate
from extractors.text import joined, squeeze
from pipeline.align import align
from pipeline.amend import amend
from pipeline.carrying.restate import is_requisites
from pipeline.content import Plain, content
from pipeline.drafting.bands import bands
from pipeline.drafting.cutting import flat_text
from pipeline.drafting.instructions import Instruction, Line, in_words, numbered, operation
from pipeline.drafting.passport import passport_instructions, rows
from pipeline.drafting.phrases import operations, quoted, replacing, restated
from pipeline.drafting.rewording import Rewording, rewording
from pipeline.drafting.sections import section_instructions
from pipeline.drafting.tables import Side, table_instructions
from pipeline.loaded import Loaded
from schemas.address import Address, Part
from schemas.amendment import AmendedAct, Operation, Resolution, Step, TheAct, Unit, Verb
from schemas.blocks import Block, Paragraph, Table
from schemas.edition import Edition, SourceFile
from schemas.requisites import Act

_NOTE = regex.compile(r"\s*+[({\[]?\s*+(?:в\s++ред|с\s++изм|ред\.|с\s++учетом\s++изм)", regex.I)
_APPENDIX = regex.compile(r"\s*+приложение\s*+(?:№|N)?\s*+(?P<number>\d*+)", regex.I)
ENTRY = "Настоящее постановление вступает в силу со дня его официального опубликования."


class Annex(NamedTuple):
    """An annex of the act: its number, and the new wording that it holds."""

    number: str
    blocks: tuple[Block, ...]


class Drafted(NamedTuple):
    """A drafted act: as data, as the lines of its operative part, and its annexes.

    `resolution.operations` tell the same as the lines; `head` is the line above them. `exact` tells that the
    act, carried out on the former edition, gives the new one to the last sign.
    """

    resolution: Resolution
    head: str
    lines: tuple[Line, ...]
    annexes: tuple[Annex, ...]
    exact: bool


def draft(old: Loaded, new: Loaded) -> Drafted:
    """The amending act; without an instruction if the editions say the same.

    The act is tried before it is given away: carried out on the former edition it has to give the new one.
    A part where it does not is told in wider words, in the end the whole programme.
    """
    labels = default_labels()
    wider: dict[str, int] = {}
    while True:
        instructions, annexes = _Draft(old, new, labels, wider).instructions()
        lines, found = numbered(instructions)
        wrong = missed(old, new, found)
        if not wrong or wider.get("programme"):
            return Drafted(
                _resolution(old.edition, found), _head(old.edition, _genitive(old.edition.base_act)), lines, tuple(annexes), not wrong
            )
        for part in wrong:
            wider[part] = wider.get(part, 0) + 1
            if wider[part] > _WIDEST[part.partition(" ")[0]]:
                wider["programme"] = 1


_WIDEST = {"passport": 2, "section": 2, "appendix1": 1, "appendix2": 1, "programme": 1}
"""How many times a part can be told in wider words before only the whole programme is left."""


def missed(old: Loaded, new: Loaded, operations: Sequence[Operation]) -> list[str]:
    """The parts in which the operations, carried out on the former edition, do not give the new one."""
    done = amend(old.document, operations, old.edition)
    parts = {part: found for part, found in zip(("appendix1", "appendix2"), _appendices(old), strict=True) if found}
    numbers = {_number(found): part for part, found in parts.items()}
    wrong = [_part(one, numbers) for one in done.operations if one.status != "carried-out"]
    if wrong:
        return list(dict.fromkeys(wrong))
    try:
        made = edition(done.document, old.edition.source)
    except CannotRead:
        return ["programme"]
    return list(dict.fromkeys(different(content(made), content(new.edition))))


def different(made: Mapping[str, Plain], wanted: Mapping[str, Plain]) -> Iterator[str]:
    """The parts in which two contents differ, apart from the notes on the amending acts."""
    for key, part in _PARTS.items():
        if made[key] != wanted[key]:
            yield part
    for n, (one, other) in enumerate(zip_longest(made["sections"], wanted["sections"])):
        if one != other:
            yield f"section {one['number'] if one else n}"


_PARTS = {
    "programme": "programme", "titles": "programme", "unit": "appendix2", "passport": "passport",
    "appendix1": "appendix1", "indicators": "appendix1", "appendix2": "appendix2", "tasks": "appendix2", "grand_total": "appendix2",
    "repeated": "appendix2",
}  # fmt: skip


def _appendices(source: Loaded) -> tuple[Appendix | None, Appendix | None]:
    parts = locate(source.document, default_labels())
    return parts.indicators, parts.activities


def _part(operation: Operation, numbers: Mapping[str, str]) -> str:
    """The part of the programme that an operation speaks of; `numbers` are those of the appendices."""
    if not operation.locus:
        return "programme"
    step = operation.locus[0]
    if step.unit == Unit.APPENDIX:
        return numbers.get(step.number or "", "programme")
    return {Unit.PASSPORT: "passport", Unit.SECTION: f"section {step.number}"}.get(step.unit, "programme")


def _resolution(former: Edition, found: tuple[Operation, ...]) -> Resolution:
    act = former.base_act
    issuer = _genitive(act)
    amended = AmendedAct(
        issuer=act.issuer, date=act.date.isoformat() if act.date else None, number=act.number, title=None,
        former=tuple((one.date.isoformat() if one.date else None, one.number) for one in former.amending_acts),
    )  # fmt: skip
    return Resolution(
        source=SourceFile(file="", sha256="", format=""), amends=(amended,), operations=found, entry_into_force=ENTRY,
        act=TheAct(issuer=act.issuer, title=f"О внесении изменений в постановление {issuer} {_cited(act)}"),
        preamble="В соответствии со статьей 179 Бюджетного кодекса Российской Федерации",
    )  # fmt: skip


def _genitive(act: Act) -> str:
    """The issuer as the programme's own heading declines it: «к постановлению Администрации …»."""
    return next((citation.issuer for citation in act.citations if citation.issuer), act.issuer or "________________")


def _cited(act: Act) -> str:
    date = act.date.strftime("%d.%m.%Y") if act.date else "__.__.____"
    return f"от {date} № {act.number or '____'}"


def _head(edition: Edition, issuer: str) -> str:
    former = ", ".join(map(_cited, edition.amending_acts))
    count = "постановления" if len(edition.amending_acts) == 1 else "постановлений"
    note = f" (в редакции {count} {issuer} {former})" if former else ""
    title = quoted(edition.programme.title) + ", " if edition.programme.title else ""
    return f"1. Внести в муниципальную программу {title}утвержденную постановлением {issuer} {_cited(edition.base_act)}{note}, следующие изменения:"


class _Draft:
    def __init__(self, old: Loaded, new: Loaded, labels: Labels, wider: Mapping[str, int]) -> None:
        self.old, self.new, self.labels, self.wider = old, new, labels, wider
        self.parts = [locate(side.document, labels) for side in (old, new)]
        self.annexes: list[Annex] = []

    def instructions(self) -> tuple[tuple[Instruction, ...], list[Annex]]:
        """The instructions in the order of the programme."""
        before, after = self.parts
        title = self._head_lines(before.head, after.head)
        if title is None or self._has_other_parts() or self.wider.get("programme"):
            return (
                self._annexed("муниципальную программу", (Step(unit=Unit.PROGRAMME),), _below_requisites(self.new.document.blocks)),
            ), self.annexes
        careful = {part.removeprefix("section "): level for part, level in self.wider.items() if part.startswith("section ")}
        found = [*title, *self._passport(), *section_instructions(self.old.edition, self.new.edition, careful)]
        parts: tuple[Part, Part] = ("appendix1", "appendix2")
        for part, was, becomes in zip(parts, (before.indicators, before.activities), (after.indicators, after.activities), strict=True):
            if was is not None and becomes is not None:
                found += self._appendix(part, was, becomes)
        return tuple(found), self.annexes

    def _has_other_parts(self) -> bool:
        """Whether parts came or went, or something differs that has no name in an act."""
        before, after = self.parts
        kept = [(bool(p.passport), p.indicators is None, p.activities is None) for p in self.parts]
        others = [flat_texts((*p.others, *p.further)) for p in (before, after)]
        loose = [_loose(side.edition, p) for side, p in zip((self.old, self.new), self.parts, strict=True)]
        return kept[0] != kept[1] or others[0] != others[1] or loose[0] != loose[1]

    def _passport(self) -> Iterator[Instruction]:
        before, after = (parts.passport for parts in self.parts)
        level = self.wider.get("passport", 0)
        if level > 1 and flat_texts(before) != flat_texts(after):
            yield restated("паспорт", (Step(unit=Unit.PASSPORT),), after)
            return
        yield from _grouped("в паспорте", passport_instructions(rows(before, self.labels), rows(after, self.labels), level))

    def _head_lines(self, before: Sequence[Located], after: Sequence[Located]) -> tuple[Instruction, ...] | None:
        """The title's words; None where the paragraphs above the passport differ otherwise."""
        found = _worded(before, after)
        if found is None:
            return None
        if not found:
            return ()
        locus = (Step(unit=Unit.PROGRAMME), Step(unit=Unit.TITLE))
        return (Instruction(f"в наименовании муниципальной программы {replacing(found)}", operations=operations(locus, found)),)

    def _appendix(self, part: Part, was: Appendix, becomes: Appendix) -> Iterator[Instruction]:
        former, latter = (Side(found, _number(found), bands(side.edition, found, part))
                          for side, found in ((self.old, was), (self.new, becomes)))  # fmt: skip
        named = f"приложени{{}} {former.number}".rstrip() + " к муниципальной программе"
        worded = _worded(was.heading, becomes.heading)
        simple = len(was.tables) == len(becomes.tables) == 1 and not self.wider.get(part)
        lines = table_instructions(former, latter, self._pairs()) if simple and worded is not None else None
        if lines is None or worded is None:
            yield self._annexed(named.format("е"), (former.step,), self._blocks_of(becomes))
            return
        if worded:
            locus = (former.step, Step(unit=Unit.TITLE))
            lines = (Instruction(f"в наименовании {replacing(worded)}", operations=operations(locus, worded)), *lines)
        yield from _grouped(f"в {named.format('и')}", lines)

    def _pairs(self) -> dict[Address, Address]:
        """The address of each thing of the appendices in the new edition."""
        pairs = align(self.old.edition, self.new.edition).pairs
        return {pair.old.address.at(column=None): pair.new.address.at(column=None)
                for pair in pairs if pair.old and pair.new and pair.new.address.part in ("appendix1", "appendix2")}  # fmt: skip

    def _blocks_of(self, appendix: Appendix) -> tuple[Block, ...]:
        """The appendix as it stands in the new document: what is above its tables, and they."""
        return (*(Paragraph.of(line.text) for line in appendix.heading), *(table for table, _ in appendix.tables))

    def _annexed(self, words: str, locus: tuple[Step, ...], blocks: tuple[Block, ...]) -> Instruction:
        number = str(len(self.annexes) + 1)
        self.annexes.append(Annex(number, blocks))
        made = operation(Verb.RESTATE, locus, new=in_words(blocks), payload=blocks, annex=number)
        return Instruction(f"{words} изложить в редакции согласно приложению {number} к настоящему постановлению", operations=(made,))


def _below_requisites(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The programme without the lines that say to which act it belongs: they are not amended."""
    start = next((n for n, block in enumerate(blocks) if not (isinstance(block, Paragraph) and is_requisites(block.text))), 0)
    return blocks[start:]


def _grouped(words: str, lines: tuple[Instruction, ...]) -> Iterator[Instruction]:
    """The lines under one that says what they are about."""
    if lines:
        yield Instruction(words, inner=lines)


def _loose(edition: Edition, parts: Parts) -> list[str]:
    """Paragraphs of the text that belong to no section."""
    told = {place for section in edition.sections for place in (section.place, *section.places)}
    titles = {squeeze(section.title) for section in edition.sections}
    lines = [squeeze(line.text) for line in parts.text if line.place not in told]
    return [line for line in lines if not any(title.endswith(line) for title in titles)]


def flat_texts(tables: Sequence[Table]) -> list[str]:
    """What the tables say, one by one."""
    return [flat_text(table) for table in tables]


def _number(appendix: Appendix) -> str:
    found = next((match for line in appendix.heading if (match := _APPENDIX.match(line.text))), None)
    return found["number"] if found else ""


def _worded(before: Sequence[Located], after: Sequence[Located]) -> tuple[Rewording, ...] | None:
    """What is to be replaced in a heading, notes on its editions apart; None where words do not do."""
    old, new = ([joined(line.text) for line in lines if not _NOTE.match(line.text)] for lines in (before, after))
    if len(old) != len(new):
        return None
    everything = [joined(line.text) for line in before]
    found: list[Rewording] = []
    for was, becomes in zip(old, new, strict=True):
        if was == becomes:
            continue
        one = rewording(was, becomes, "\n".join(line for line in everything if line is not was and line != was))
        if one is None or everything.count(was) != 1:
            return None
        found += one
    return tuple(found)
