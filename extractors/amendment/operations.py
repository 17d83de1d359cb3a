"""The operative part → operations and clauses; what is not understood is kept with the reason.

Line by line: its number opens an item, its words are parsed in the context of the items above, the new wording that it
announces is cut out of the lines below. A line that fails is an operation that was not understood, or an item
that amends nothing.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.amendment import boundaries
from extractors.amendment.action import Action, NotUnderstood
from extractors.amendment.actions import Parsed, parse
from extractors.amendment.amended import amended
from extractors.amendment.announced import announcement
from extractors.amendment.building import Built, build
from extractors.amendment.items import Line, Node, Outline, lines
from extractors.amendment.passes import constituents
from extractors.amendment.payloads import Payload, payload
from extractors.amendment.phrases import PAYLOAD_SIGN, Token, tokens
from extractors.amendment.targets import Conflict, Path, nest
from extractors.amendment.zones import Annex, Placed
from extractors.labels import Labels, default_labels
from schemas.amendment import AmendedAct, Clause, Correction, Operation, Step, Unit
from schemas.blocks import Paragraph, Unread
from schemas.place import Place

_LOST = "строка выше, в которой названо место, не понята"
_ALONE = "таблица, о которой ни одно указание не говорит"


class Found(NamedTuple):
    """What an operative part says: the acts amended, the operations, the other items, what was not understood."""

    amends: tuple[AmendedAct, ...] = ()
    operations: tuple[Operation, ...] = ()
    clauses: tuple[Clause, ...] = ()
    unread: tuple[Unread, ...] = ()


class Reading(NamedTuple):
    """How one line was understood, for those who ask: its constituents, the context it stood in, what came of it."""

    line: Line
    item: str
    tokens: tuple[Token, ...]
    contexts: tuple[Path, ...]
    opens: tuple[Path, ...]
    operations: tuple[Operation, ...]
    clause: Clause | None
    act: AmendedAct | None


def operations(operative: Sequence[Placed], annexes: Sequence[Annex], corrections: Sequence[Correction] = ()) -> Found:
    """The instructions of an act; those of an annex «ИЗМЕНЕНИЯ, которые вносятся …» are read with them.

    `corrections` are those of this act.
    """
    return found(readings(operative, annexes, corrections=corrections))


def found(read: Sequence[Reading]) -> Found:
    """What the lines say together."""
    made = [operation for reading in read for operation in reading.operations]
    return Found(
        amends=tuple(reading.act for reading in read if reading.act),
        operations=tuple(operation.model_copy(update={"id": f"O{number}"}) for number, operation in enumerate(made, 1)),
        clauses=tuple(reading.clause for reading in read if reading.clause),
    )


def readings(
    operative: Sequence[Placed], annexes: Sequence[Annex] = (), labels: Labels | None = None, corrections: Sequence[Correction] = ()
) -> list[Reading]:
    """Every line of the operative part, and of the annexes with instructions, as it was understood."""
    reader = _Reader(labels or default_labels(), annexes, corrections)
    made = list(reader.read(lines(operative)))
    for annex in annexes:
        if annex.kind == "изменения":
            reader.outline = Outline()
            reader.outline.top.contexts = reader.head
            made.extend(reader.read(lines(annex.blocks)))
    return made


class _Reader:
    def __init__(self, labels: Labels, annexes: Sequence[Annex], corrections: Sequence[Correction]) -> None:
        self.labels, self.annexes, self.corrections = labels, annexes, corrections
        self.outline = Outline()
        self.head: tuple[Path, ...] = ((),)
        self.acts = 0

    def read(self, lines_: list[Line]) -> Iterator[Reading]:
        at = 0
        while at < len(lines_):
            line = lines_[at]
            if line.table is not None:
                yield self._failed(line, line.written, _ALONE, ())
                at += 1
                continue
            node = self._node(line)
            said, payloads, at = self._sentence(lines_, at)
            read = self._line(line, node, said, payloads)
            yield self._settled(read, line, node, payloads)

    def _node(self, line: Line) -> Node:
        if line.style:
            is_outer = boundaries.kind_of_clause(line.text) is not None or line.text.lower().startswith("внести ")
            return self.outline.enter(line.style, line.number, is_outer=is_outer)
        return self.outline.plain()

    def _sentence(self, lines_: list[Line], at: int) -> tuple[str, list[Payload], int]:
        """The words of a line with a sign in place of each new wording, the new wordings, the next line."""
        line, said, payloads, following = lines_[at], "", list[Payload](), at + 1
        text = line.text
        while (offset := announcement(text)) is not None:
            cut = payload(lines_, at, text[offset:].strip(), self.outline)
            if cut is None:
                break
            payloads.append(cut)
            said += f"{text[:offset]} {PAYLOAD_SIGN}{'; ' if cut.rest else ''}"
            following = max(following, cut.next_line)
            text = cut.rest
        return said + text, payloads, following

    def _line(self, line: Line, node: Node, said: str, payloads: list[Payload]) -> Reading:
        contexts = node.contexts if line.style else node.flow or node.contexts
        made: tuple[Token, ...] = ()
        if node.clause and (line.style or not boundaries.speaks_of_changes(line.text) or node.opened):
            return self._clause(line, node, node.clause, made)
        try:
            made = constituents(tokens(said))
            parsed = parse(made)
            opens = self._opened(parsed, contexts, below=bool(line.style))
            built = self._built(parsed, contexts, payloads, below=bool(line.style))
            if node.lost and built:
                raise NotUnderstood(_LOST)
        except NotUnderstood as problem:
            return self._failed(line, said, _reason(problem), made, payloads)
        except Conflict as problem:
            return self._failed(line, said, problem.reason, made, payloads, problem.ways)
        clause = boundaries.kind_of_clause(line.text) if _is_of_whole_act(parsed) else None
        if clause:
            return self._clause(line, node, clause, made)
        act = self._act(line, parsed)
        self._open(line, node, opens, act is not None)
        node.opened = node.opened or bool(line.style and opens)
        if act is not None or (opens and not line.style):
            node.lost = act is None and self.outline.is_lost_above()
        if not built and not opens and act is None and not parsed.is_head:
            return self._failed(line, said, "не сказано, что сделать", made, payloads)
        return Reading(line, node.item, made, contexts, opens, self._operations(line, node, said, built), None, act)

    def _clause(self, line: Line, node: Node, kind: str | None, made: tuple[Token, ...]) -> Reading:
        """An item that amends nothing; what stands under its colon is part of it."""
        node.clause = kind or "other"
        node.opened = line.text.rstrip().endswith(":")
        return Reading(line, node.item, made, (), (), (), Clause(item=node.item, text=line.written, kind=kind, place=line.place), None)

    def _settled(self, read: Reading, line: Line, node: Node, payloads: list[Payload]) -> Reading:
        """The line as a person reads it, if the machine left it open and a correction speaks of it."""
        if not any(operation.status == "not-understood" for operation in read.operations):
            return read
        fits = [one for one in self.corrections if one.item == read.item and line.text.startswith(one.text or "")]
        if len(fits) != 1:
            return read
        if fits[0].wording is None:
            clause = Clause(item=read.item, text=line.written, kind="settled-by-hand", place=line.place)
            return read._replace(operations=(), clause=clause)
        cut = f" {PAYLOAD_SIGN}" * len(payloads) if fits[0].wording.rstrip().endswith(":") else ""
        node.lost = self.outline.is_lost_above()
        again = self._line(line, node, fits[0].wording + cut, payloads if cut else [])
        made = [operation.model_copy(update={"settled": fits[0].signed, "text": line.text}) for operation in again.operations]
        return again._replace(operations=tuple(made))

    def _act(self, line: Line, parsed: Parsed) -> AmendedAct | None:
        if not parsed.is_head:
            return None
        act = amended(line.written, line.place)
        self.acts += act is not None
        return act

    def _opened(self, parsed: Parsed, contexts: tuple[Path, ...], *, below: bool) -> tuple[Path, ...]:
        """The contexts for the lines below."""
        if not parsed.context:
            return ()
        return chained(contexts, parsed.context, self.labels, below=below)

    def _open(self, line: Line, node: Node, opens: tuple[Path, ...], is_head: bool) -> None:
        if is_head:
            self.head = opens or ((Step(unit=Unit.ACT),),)
        if not opens:
            return
        if line.style:
            node.contexts, node.flow = opens, None
        else:
            node.flow = opens

    def _built(self, parsed: Parsed, contexts: tuple[Path, ...], payloads: list[Payload], *, below: bool) -> list[Built]:
        queue = list(payloads)
        made: list[Built] = []
        for action in parsed.actions:
            own = queue.pop(0) if action.payload is not None and action.payload.text == PAYLOAD_SIGN and queue else None
            made.extend(build(action, self._resolve(action, contexts, below=below), own, self.annexes, self.labels, below=below))
        return made

    def _resolve(self, action: Action, contexts: tuple[Path, ...], *, below: bool) -> tuple[Path, ...]:
        carried = chained(contexts, action.carry, self.labels, below=below) if action.carry else contexts
        return chained(carried, action.where, self.labels, below=below and not action.carry) if action.where else carried

    def _operations(self, line: Line, node: Node, said: str, built: list[Built]) -> tuple[Operation, ...]:
        text = said.replace(f" {PAYLOAD_SIGN}", "").strip()
        return tuple(
            Operation.model_validate(
                {"id": "", "item": node.item, "text": text, "act": max(0, self.acts - 1), "place": line.place, **one.fields}
            )
            for one in built
        )

    def _failed(
        self, line: Line, said: str, reason: str, made: tuple[Token, ...], payloads: Sequence[Payload] = (), ways: tuple[Path, ...] = ()
    ) -> Reading:
        node = self.outline.top
        kind = boundaries.kind_of_clause(line.text)
        amends_nothing = kind is not None or (
            line.style in ("dot1", "paren1", "roman") and len(self.outline.nodes) == 2 and not boundaries.speaks_of_changes(line.text)
        )
        if amends_nothing and line.table is None:
            return self._clause(line, node, kind, made)
        if line.text.rstrip().endswith(":"):
            node.lost, node.flow = True, None
        text = said.replace(f" {PAYLOAD_SIGN}", "").strip() or (line.table.cells[0].text if line.table and line.table.cells else "")
        operation = Operation(
            id="", item=node.item, text=text, act=max(0, self.acts - 1), status="not-understood", reason=reason, place=line.place,
            new=payloads[0].text if payloads else None, payload=payloads[0].blocks if payloads else (line.table,) if line.table else (),
            candidates=tuple({"locus": [step.record() for step in way]} for way in ways),
        )  # fmt: skip
        return Reading(line, node.item, made, (), (), (operation,), None, None)


def chained(contexts: tuple[Path, ...], pieces: tuple[tuple[Path, ...], ...], labels: Labels, *, below: bool) -> tuple[Path, ...]:
    """Contexts with the pieces of a place under them, one after the other, every path of each with every one above."""
    for number, paths in enumerate(pieces):
        contexts = tuple(nest(context, path, labels, below=below or number > 0) for context in contexts for path in paths)
    return contexts


def _is_of_whole_act(parsed: Parsed) -> bool:
    """«Признать утратившим силу постановление …»: another act, not a part of this one."""
    return bool(parsed.actions) and all(
        action.verb in ("declare", "delete") and any(path[-1].unit is Unit.ACT for token in action.objects for path in token.paths)
        for action in parsed.actions
    )


def _reason(problem: NotUnderstood) -> str:
    if problem.token is None or PAYLOAD_SIGN in problem.token.text:
        return problem.reason
    return f"{problem.reason}: «{problem.token.text}»"


def read_text(text: str, labels: Labels | None = None) -> list[Reading]:
    """A wording alone, as if it stood in an act: one line, or several."""
    blocks = [
        Placed(Paragraph(piece, number), Place(paragraph=number - 1, line=number))
        for number, piece in enumerate(text.split("\n"), 1)
        if piece.strip()
    ]
    return readings(blocks, (), labels)
