"""Words and figures of a text: replaced, put in, taken out, in one spot or everywhere."""

from collections.abc import Sequence

import regex

from extractors.text import shortened
from pipeline.carrying.edits import Edit, PutBlocks, Splice
from pipeline.carrying.former import Former
from pipeline.carrying.inflection import Undetermined, inflected
from pipeline.carrying.lines import Hit
from pipeline.carrying.plan import Plan, Refused, by_rule, check_found, found, plan, target, the_only
from pipeline.carrying.scopes import Area, Run, areas, shown
from pipeline.carrying.wordings import Spot, around, occurrences
from schemas.amendment import Operation, Verb
from schemas.finding import phrase

_FINAL = ".;"
_GLUED = ",.;:!?)»”%"
_REQUISITES = regex.compile(r"в\s+ред(?:акции|\.)|с\s+изменениями|к\s+постановлени", regex.I)


def replace(operation: Operation, former: Former) -> Plan:
    """Words or figures give way to others."""
    hit, spots = _spots(operation, former, operation.old or "")
    return _with(hit, former, spots, operation.new or "")


def delete(operation: Operation, former: Former) -> Plan:
    """Words go, with the blank that parted them from their neighbours."""
    hit, spots = _spots(operation, former, operation.old or "")
    return _with(hit, former, spots, "")


def insert(operation: Operation, former: Former) -> Plan:
    """Words come behind or before others, or to the end of a unit."""
    new = operation.new or ""
    if not operation.old:
        return _append(operation, former, new)
    hit, spots = _spots(operation, former, operation.old)
    edits = []
    for spot in spots:
        piece = spot.pieces[0] if operation.before else spot.pieces[-1]
        at = piece.start if operation.before else piece.end
        edits.append(Splice(piece.paragraph, at, at, _joined_to(former.spots.text(piece.paragraph), at, new)))
    return plan(hit, former, edits, (spot.mark for spot in spots))


def _joined_to(text: str, at: int, new: str) -> str:
    """New words with the blanks that part them from what stands on both sides."""
    before = "" if at == 0 or text[at - 1].isspace() or new[:1].isspace() or new[:1] in _GLUED else " "
    after = "" if at >= len(text) or text[at].isspace() or new[-1:].isspace() or text[at] in _GLUED else " "
    return before + new + after


def _append(operation: Operation, former: Former, new: str) -> Plan:
    """Words at the end of the target: before its last full stop or semicolon, unless they are sentences of their own."""
    hit = target(operation, former)
    texts = list(areas(hit.scope, former.spots))
    if not texts:
        raise Refused(phrase("в указанном месте нет текста, который можно дополнить"), [shown(hit.scope, former.spots)])
    path, start, end = texts[-1]
    text = former.spots.text(path)
    stop = start + len(text[start:end].rstrip())
    if text[stop - 1 : stop] not in tuple(_FINAL):
        return plan(hit, former, [Splice(path, stop, stop, _joined_to(text, stop, new))])
    if new.lstrip()[:1].isupper() and text[stop - 1] == "." and new.rstrip()[-1:] in tuple(".!?"):
        return plan(hit, former, [Splice(path, stop, stop, _joined_to(text, stop, new))])
    words = new.rstrip().rstrip(_FINAL) if new.rstrip()[-1:] in tuple(_FINAL) else new
    return plan(hit, former, [Splice(path, stop - 1, stop - 1, _joined_to(text, stop - 1, words))], ["before-final-sign"])


def _spots(operation: Operation, former: Former, old: str) -> tuple[Hit, list[Spot]]:
    """Where the old wording stands in the target: as often as the act implies, or `Refused`."""
    figures = operation.kind == Verb.REPLACE_FIGURES
    resolved = found(operation, former)
    check_found(resolved, former)
    if resolved.disputed and len(resolved.hits) > 1:
        holding = [
            n for n, one in enumerate(resolved.hits) if occurrences(old, list(areas(one.scope, former.spots)), former.spots, figures)
        ]
        resolved = by_rule(resolved, holding[0] if len(holding) == 1 else None)
    hit = the_only(resolved, former)
    spots = occurrences(old, list(areas(hit.scope, former.spots)), former.spots, figures)
    if not spots:
        raise Refused(
            phrase("прежних слов «{old}» в указанном месте нет", old=shortened(old, 120)),
            [shown(hit.scope, former.spots), *_elsewhere(old, former)],
        )
    if len(spots) > 1 and not operation.everywhere:
        reason = phrase("прежние слова «{old}» стоят в указанном месте не один раз, а {count}", old=shortened(old, 120), count=len(spots))
        raise Refused(reason, (_candidate(spot, former) for spot in spots))
    return hit, spots


def _candidate(spot: Spot, former: Former) -> dict[str, object]:
    path, start, end = spot.pieces[0]
    return {"place": former.spots.place(path)._replace(span=(start, end)).record(), "text": around(spot, former.spots)}


def _elsewhere(old: str, former: Former) -> list[dict[str, object]]:
    """Where in the whole programme the old wording stands: the act may name a wrong spot."""
    return [_candidate(spot, former) for spot in occurrences(old, list(areas(former.whole, former.spots)), former.spots)]


def _with(hit: Hit, former: Former, spots: Sequence[Spot], new: str) -> Plan:
    edits = [edit for spot in spots for edit in spliced(spot, new, former)]
    return plan(hit, former, edits, (spot.mark for spot in spots))


def spliced(spot: Spot, new: str, former: Former) -> list[Edit]:
    """An occurrence gives way to a new wording; paragraphs of which nothing is left go with it."""
    edits: list[Edit] = []
    for number, (path, start, end) in enumerate(spot.pieces):
        text = former.spots.text(path)
        put = new if number == 0 else ""
        if not put:
            start, end = _with_blank(text, start, end)
        rest = text[:start] + put + text[end:]
        if not rest.strip() and len(former.spots.blocks(path[:-1])) > 1:
            edits.append(PutBlocks(path[:-1], path[-1], path[-1] + 1, ()))
        else:
            edits.append(Splice(path, start, end, put))
    return edits


def _with_blank(text: str, start: int, end: int) -> tuple[int, int]:
    """The signs to be taken out with one of the blanks around them."""
    blank_after = end >= len(text) or text[end].isspace() or text[end] in _GLUED
    if start and text[start - 1].isspace() and blank_after:
        return start - 1, end
    return (start, end + 1) if not text[:start].strip() and end < len(text) and text[end].isspace() else (start, end)


def throughout(operation: Operation, former: Former) -> Plan:
    """A wording gives way wherever it stands; in other cases of the words too, where the act says so.

    The lines that name the acts stay: an act is cited by the name that its issuer had.
    """
    old, new = operation.old or "", operation.new or ""
    hit = target(operation, former)
    texts = [area for area in areas(hit.scope, former.spots) if not _names_acts(area, former)]
    spots = occurrences(old, texts, former.spots)
    spots = [spot for spot in spots if spot.mark != "across-paragraphs"]
    edits = [edit for spot in spots for edit in spliced(spot, new, former)]
    marks = [spot.mark for spot in spots]
    if operation.inflected or old[:1].islower():
        taken = {piece for spot in spots for piece in spot.pieces}
        more, told = _in_other_forms(operation, former, texts, taken)
        edits.extend(more)
        marks.extend(told)
    if not edits:
        raise Refused(phrase("прежних слов «{old}» в тексте нет", old=shortened(old, 120)))
    return plan(hit, former, edits, marks)._replace(yields=True)


def _in_other_forms(operation: Operation, former: Former, texts: Sequence[Area], taken: set[Area]) -> tuple[list[Edit], list[str]]:
    """The wording in other cases, or with a capital letter at the beginning of a sentence."""
    old, new = operation.old or "", operation.new or ""
    edits: list[Edit] = []
    marks: list[str] = []
    doubts = []
    for area in texts:
        text = former.spots.text(area.paragraph)
        for form in inflected(old, new, text, (area.start, area.end), cases=operation.inflected):
            piece = Area(area.paragraph, form.start, form.end)
            if any(piece.paragraph == other.paragraph and piece.start < other.end and other.start < piece.end for other in taken):
                continue
            if isinstance(form, Undetermined):
                doubts.append(_candidate(Spot((piece,)), former) | {"forms": list(form.forms)})
            else:
                edits.extend(spliced(Spot((piece,)), form.new, former))
                marks.append(form.mark)
    if doubts:
        raise Refused(
            phrase("падеж слов «{old}» не определить: какие слова стоят в новой редакции, решает человек", old=shortened(old, 120)), doubts
        )
    return edits, marks


def _names_acts(area: Area, former: Former) -> bool:
    """Whether a paragraph of a heading says to which act the programme belongs, or which acts amended it."""
    if len(area.paragraph) != 1 or (
        isinstance(former.passport, Run) and area.paragraph[0] >= former.passport.start and not _is_note(area, former)
    ):
        return False
    return bool(_REQUISITES.search(former.spots.text(area.paragraph)))


def _is_note(area: Area, former: Former) -> bool:
    return former.spots.text(area.paragraph).lstrip().startswith("(")
