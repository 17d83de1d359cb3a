"""What an amending resolution says is to be changed: operations on structural units, and what was not understood.

An operation has a `locus`, the path of structural units as the act names them («паспорт» → строка
«Объёмы финансирования»), and a `target`, the same spot as an Address of the programme where the
contract has a word for it. Methods: the drafting rules for federal acts (Минюст, «Методические рекомендации
по юридико-техническому оформлению законопроектов») name the units and the verbs.
"""

from enum import StrEnum
from typing import Any, Literal

from pydantic import ConfigDict, field_serializer

from schemas.address import Address
from schemas.base import Shape, SparseShape
from schemas.blocks import Block, Unread, block_record
from schemas.edition import Edition, SourceFile
from schemas.place import Place


class Verb(StrEnum):
    """What is done to the target (the contract's `kind` of an operation)."""

    RESTATE = "restate"  # изложить в следующей (новой) редакции
    REPLACE_WORDS = "replace-words"  # слова «…» заменить словами «…»
    REPLACE_FIGURES = "replace-figures"  # цифры «…» заменить цифрами «…»
    INSERT_WORDS = "insert-words"  # после слов «…» дополнить словами «…»; дополнить словами «…»
    ADD = "add"  # дополнить строкой, пунктом, абзацем, графой, показателем
    DELETE = "delete"  # исключить
    REPEAL = "repeal"  # признать утратившим силу
    REPLACE_THROUGHOUT = "replace-throughout"  # по всему тексту слова «…» заменить словами «…»


class Unit(StrEnum):
    """The structural units that an act names."""

    ACT = "act"  # the amended resolution itself, not the programme that it adopts
    TITLE = "title"  # заголовок, наименование
    PREAMBLE = "preamble"
    PROGRAMME = "programme"
    PASSPORT = "passport"
    SUBPROGRAMME = "subprogramme"
    SECTION = "section"
    SUBSECTION = "subsection"
    PART = "part"  # часть, of a passport or of an article
    ARTICLE = "article"  # статья
    ITEM = "item"  # пункт
    SUBITEM = "subitem"  # подпункт
    PARAGRAPH = "paragraph"  # абзац
    SENTENCE = "sentence"
    APPENDIX = "appendix"
    TABLE = "table"
    ROW = "row"  # строка, позиция of a table or of the passport
    COLUMN = "column"  # графа, столбец
    TASK = "task"
    ACTIVITY = "activity"
    INDICATOR = "indicator"
    NOTE = "note"  # сноска, примечание
    TEXT = "text"  # по всему тексту


class Step(SparseShape):
    """One structural unit of a path, by number, by name, or by both.

    `number` without a trailing dot («2.1», «I», «1-1»; «2» for «абзац второй»); `label` the name as
    quoted or described; `described` if it was not quoted («позицию, касающуюся объёмов финансирования»);
    `last` for «последний абзац»; `until` the end of a range («абзацы второй - пятый»).
    """

    unit: Unit
    number: str | None = None
    until: str | None = None
    label: str | None = None
    described: bool | None = None
    last: bool | None = None


class AmendedAct(Shape):
    """An act that the resolution amends, and the former amendments that it cites.

    `former` are (date, number) pairs as far as they are told; `all_told` is false where the
    citation only says «с последующими изменениями» or names the last edition alone.
    """

    issuer: str | None = None
    date: str | None = None
    number: str | None = None
    title: str | None = None
    former: tuple[tuple[str | None, str | None], ...] = ()
    all_told: bool = True
    place: Place | None = None


Status = Literal["carried-out", "failed", "not-understood"]


class Operation(Shape):
    """One change that an act orders, on one target.

    `item` is the number of the instruction in the act («1.2», «1.2.а»), `text` its wording as written;
    `act` counts the amended acts from 0. `old` is the wording that must stand there (for insert-words
    the words after which, or before which if `before`, the new ones come; absent: at the end of the target), `new` the new wording as plain
    text; `payload` the same as blocks where it is more than words (a table, paragraphs, an appendix).
    For `add` the locus is what receives, `added` what comes, as far as it is named («пунктом 1-1»), and
    `after` the whole path of the unit behind which it comes (before which, if `before`), if the act says it. `inflected` for «в
    соответствующем падеже». `everywhere` if each occurrence is meant and not exactly one.
    `annex` names the annex of the act that holds the payload. `by_column` is the new content of a row given in
    words by column («в столбце "Исполнитель": …»). `effective` is the day from which this operation
    is in force if it differs from the act's own. `status` is None until the operation is carried out.
    `settled` says who read it by hand, when and why, where the machine had left it open.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    id: str
    item: str
    text: str
    kind: Verb | None = None
    act: int = 0
    target: Address | None = None
    locus: tuple[Step, ...] = ()
    old: str | None = None
    new: str | None = None
    payload: tuple[Block, ...] = ()
    added: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    before: bool = False
    inflected: bool = False
    everywhere: bool = False
    annex: str | None = None
    by_column: tuple[tuple[str, str], ...] = ()
    effective: str | None = None
    status: Status | None = None
    reason: str | None = None
    candidates: tuple[Any, ...] = ()
    marks: tuple[str, ...] = ()
    settled: str | None = None
    place: Place | None = None

    @field_serializer("payload")
    def _blocks(self, payload: tuple[Block, ...]) -> list[dict[str, Any]]:
        return [block_record(block) for block in payload]


class Correction(Shape):
    """How a person reads an instruction that the machine left open: in clear words, or as amending nothing (no `wording`).

    The instruction is told by the act, its item, and how its text begins; a correction without author and reason there is none.
    """

    act_date: str
    act_number: str
    item: str
    text: str | None = None
    wording: str | None = None
    author: str
    date: str
    reason: str

    @property
    def signed(self) -> str:
        """Who said it, when and why."""
        return f"{self.author}, {self.date}: {self.reason}"


class TheAct(Shape):
    """The requisites of the resolution itself; `date` in ISO form, `kind` the word of its heading («постановление»)."""

    issuer: str | None = None
    date: str | None = None
    number: str | None = None
    title: str | None = None
    kind: str | None = None


class HeadLine(Shape):
    """A line above the preamble as written, and what it was taken for: issuer, heading, requisites, place, title, draft."""

    text: str
    role: str | None = None
    place: Place


class AnnexHeading(Shape):
    """An annex of the act: its number, its kind («приложение», «изменения»), its title, the lines of its stamp as written."""

    number: str | None = None
    kind: str
    title: str
    heading: tuple[str, ...] = ()
    place: Place


class Signatory(Shape):
    """Who signed: post and name as written."""

    post: str
    name: str


class Clause(Shape):
    """An item of the operative part that amends nothing (publication, control, money set aside), kept as written."""

    item: str
    text: str
    kind: str | None = None
    place: Place | None = None


class OperativeLine(Shape):
    """A line of the operative part as written, without the new wording that it announces, and what it was taken for.

    `role` is amended-act («Внести в постановление …»), context («в паспорте:»), instruction, not-understood, or clause.
    """

    item: str
    text: str
    role: str
    place: Place


class InForce(Shape):
    """A statement of entry into force, of the whole act or of parts: `unit` («пункт», «приложение», …) and `numbers`.

    `effective` is the day, `retroactive` the day to whose relations it reaches back, in ISO form as far as the wording names them.
    """

    unit: str | None = None
    numbers: tuple[str, ...] = ()
    effective: str | None = None
    retroactive: str | None = None
    text: str


class Resolution(Shape):
    """A resolution: its requisites, what it amends, its instructions; `edition` if it carries the programme as an annex.

    `effective` is the day of entry into force in ISO form where the wording names one; `retroactive` the
    day from which it applies to former relations, if the act says so.
    """

    kind: Literal["resolution"] = "resolution"
    source: SourceFile
    act: TheAct
    preamble: str | None = None
    amends: tuple[AmendedAct, ...] = ()
    operations: tuple[Operation, ...] = ()
    clauses: tuple[Clause, ...] = ()
    entry_into_force: str | None = None
    effective: str | None = None
    retroactive: str | None = None
    in_force: tuple[InForce, ...] = ()
    signatory: Signatory | None = None
    signatories: tuple[Signatory, ...] = ()
    head: tuple[HeadLine, ...] = ()
    lines: tuple[OperativeLine, ...] = ()
    annexes: tuple[AnnexHeading, ...] = ()
    control: str | None = None
    edition: Edition | None = None
    unread: tuple[Unread, ...] = ()
