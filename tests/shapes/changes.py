"""Shapes of tracked changes, and an oracle of its own that accepts or rejects them all.

The shapes leave the final text as the plain document has it: what is inserted stood there,
what is deleted did not. `resolve` gives the document without changes, in either view.
"""

from copy import deepcopy
from typing import Literal

from lxml import etree

from tests.shapes.word import DEAD, FIGURE, Word, el, kill, properties, put, q, run, signs, text_of, wrap

_SHARE_OF_RUNS, _SHARE_OF_MARKS, _SHARE_OF_ROWS = 0.5, 0.3, 0.08


def change(word: Word, tag: str, *children: etree._Element) -> etree._Element:
    """A tracked change with its author and date."""
    return el(tag, *children, id=word.number(), author="Петров П. П.", date="2023-03-21T09:30:00Z")


def insertions(word: Word) -> None:
    """Tracked insertions of runs, paragraph marks, rows and cells."""
    for found in word.runs():
        if word.some(_SHARE_OF_RUNS):
            pieces = word.cut(found, 2) if word.rng.random() < 0.5 else [found]
            for piece in word.rng.sample(pieces, word.rng.randint(1, len(pieces))):
                wrap(piece, change(word, "w:ins"))
    _marks(word, "w:ins", _SHARE_OF_MARKS)
    for row in word.rows():
        if word.some(_SHARE_OF_ROWS):
            put(properties(row, "w:trPr"), change(word, "w:ins"))
    for cell in word.cells():
        if word.some(_SHARE_OF_ROWS / 2):
            put(properties(cell, "w:tcPr"), change(word, "w:cellIns"))


def _marks(word: Word, tag: str, share: float) -> None:
    """Marks of paragraphs that have another paragraph behind them."""
    for found in word.paragraphs():
        following = found.getnext()
        if following is not None and following.tag == q("w:p") and word.some(share):
            put(properties(properties(found, "w:pPr"), "w:rPr"), change(word, tag))


def deletions(word: Word) -> None:
    """Tracked deletions of runs, paragraphs, paragraph marks, cells and rows: the former text among the present one."""
    for found in word.runs():
        if word.some(_SHARE_OF_RUNS):
            pieces = word.cut(found) if word.rng.random() < 0.5 and found.getparent().tag != q("w:ins") else [found]
            former = "9 999,9" if FIGURE.fullmatch(text_of(found)) else "прежние слова "
            pieces[-1].addprevious(_deleted(word, former))
    _split_paragraphs(word)
    for found in word.paragraphs():
        if word.some(0.1) and found.getparent().tag in (q("w:body"), q("w:tc")):
            found.addprevious(_deleted_paragraph(word, "Прежний абзац, 5 человек."))
    for row in word.rows():
        if word.some(_SHARE_OF_ROWS):
            row.addnext(_deleted_row(word, row))
        if word.some(_SHARE_OF_ROWS / 2) and row.find(q("w:tc")) is not None:
            row.append(_deleted_cell(word))


def _deleted(word: Word, text: str) -> etree._Element:
    return kill(change(word, "w:del", run(word.note("deleted", text), tag="w:delText")))


def _deleted_paragraph(word: Word, text: str) -> etree._Element:
    made = el("w:p", el("w:pPr", el("w:rPr", change(word, "w:del"))), _deleted(word, text))
    return kill(made)


def _split_paragraphs(word: Word) -> None:
    """A paragraph that was two: the mark between them deleted."""
    for found in word.paragraphs():
        parts = [child for child in found if child.tag != q("w:pPr")]
        if len(parts) > 1 and word.some(0.15) and all(part.tag in (q("w:r"), q("w:ins"), q("w:del")) for part in parts):
            first = el("w:p", el("w:pPr", el("w:rPr", change(word, "w:del"))))
            first.extend(parts[: len(parts) // 2])
            found.addprevious(first)


def _deleted_row(word: Word, row: etree._Element) -> etree._Element:
    """The row once more, with other figures, deleted with all that is in it."""
    made = copied_row(row)
    put(properties(made, "w:trPr"), change(word, "w:del"))
    for cell in own_cells(made):
        text = "8 888,8" if FIGURE.fullmatch(text_of(cell)) else "прежняя строка"
        refill(cell, _deleted_paragraph(word, text))
    return kill(made)


def copied_row(row: etree._Element) -> etree._Element:
    """A row of the same cells, in the merges of the row above it."""
    made = deepcopy(row)
    for spare in [found for name in ("w:ins", "w:del", "w:trPrChange") for found in made.findall(f"{q('w:trPr')}/{q(name)}")]:
        spare.getparent().remove(spare)
    for deleted in [cell for cell in own_cells(made) if cell.get(DEAD)]:
        deleted.getparent().remove(deleted)
    for merge in made.iter(q("w:vMerge")):
        merge.attrib.pop(q("w:val"), None)
    for change_of_cell in [found for name in ("w:cellIns", "w:cellMerge") for found in made.iter(q(name))]:
        change_of_cell.getparent().remove(change_of_cell)
    return made


def own_cells(row: etree._Element) -> list[etree._Element]:
    """The row's cells, those in content controls and custom XML too, not those of tables in them."""
    return [cell for cell in row.iter(q("w:tc")) if next(cell.iterancestors(q("w:tr"))) is row]


def refill(cell: etree._Element, content: etree._Element) -> None:
    """Other content for the cell, its properties kept."""
    for child in list(cell):
        if child.tag != q("w:tcPr"):
            cell.remove(child)
    cell.append(content)


def _deleted_cell(word: Word) -> etree._Element:
    return kill(el("w:tc", el("w:tcPr", change(word, "w:cellDel")), _deleted_paragraph(word, "7 777,7")))


def former_properties(word: Word) -> None:
    """Changes of properties: what they hold is former, and must not be taken for the present."""
    for found in word.runs():
        if word.some(0.3):
            put(properties(found, "w:rPr"), change(word, "w:rPrChange", el("w:rPr", el("w:vanish"))))
    for found in word.paragraphs():
        if word.some(0.2):
            former = el("w:pPr", el("w:numPr", el("w:ilvl", val=0), el("w:numId", val=1)))
            put(properties(found, "w:pPr"), change(word, "w:pPrChange", former))
    for cell in word.cells():
        if word.some(0.2):
            former = el("w:tcPr", el("w:gridSpan", val=3), el("w:vMerge"))
            put(properties(cell, "w:tcPr"), change(word, "w:tcPrChange", former))
        _same_merge(word, cell)
    for row in word.rows():
        if word.some(0.2):
            former = el("w:trPr", el("w:gridBefore", val=2), el("w:hidden"))
            put(properties(row, "w:trPr"), change(word, "w:trPrChange", former))
    for table in word.tables():
        put(properties(table, "w:tblPr"), change(word, "w:tblPrChange", el("w:tblPr", el("w:tblW", w=0, type="auto"))))
        table.find(q("w:tblGrid")).append(el("w:tblGridChange", el("w:tblGrid", el("w:gridCol", w=100)), id=word.number()))
    for section in word.body.iter(q("w:sectPr")):
        put(section, change(word, "w:sectPrChange", el("w:sectPr", el("w:pgSz", w=11906, h=16838))))
        break


def _same_merge(word: Word, cell: etree._Element) -> None:
    """A merge that was tracked and is what it was."""
    held = properties(cell, "w:tcPr")
    merge = held.find(q("w:vMerge"))
    if merge is not None and word.some(0.1):
        kind = "rest" if merge.get(q("w:val")) == "restart" else "cont"
        tracked = change(word, "w:cellMerge")
        tracked.set(q("w:vMerge"), kind)
        tracked.set(q("w:vMergeOrig"), kind)
        put(held, tracked)


def moves(word: Word) -> None:
    """What was moved stands at both ends: words, whole paragraphs, rows."""
    for found in word.runs():
        if word.some(0.2) and found.getparent().tag != q("w:ins"):
            _moved_run(word, found)
    for found in word.paragraphs():
        if word.some(0.1) and found.getparent().tag in (q("w:body"), q("w:tc")) and _is_plain(found):
            _moved_paragraph(word, found)
    for row in word.rows():
        if word.some(_SHARE_OF_ROWS / 2) and _may_move(row):
            _moved_row(word, row)


def _is_plain(found: etree._Element) -> bool:
    return all(child.tag in (q("w:pPr"), q("w:r")) for child in found)


def _ranged(word: Word, element: etree._Element, kind: str, name: str) -> None:
    """The marks of a moved range around an element."""
    number = word.number()
    start = el(f"w:{kind}RangeStart", id=number, name=name, author="Петров П. П.", date="2023-03-21T09:30:00Z")
    element.addprevious(start)
    element.addnext(el(f"w:{kind}RangeEnd", id=number))


def _moved_run(word: Word, found: etree._Element) -> None:
    name, held = f"move{word.number()}", found.getparent()
    target = wrap(found, change(word, "w:moveTo"))
    source = kill(change(word, "w:moveFrom", run(word.note("moved", "переехало 66,6"))))
    (held.append if word.rng.random() < 0.5 or held.tag != q("w:p") else target.addprevious)(source)
    _ranged(word, target, "moveTo", name)
    _ranged(word, source, "moveFrom", name)


def _mark_of(word: Word, found: etree._Element, tag: str) -> None:
    put(properties(properties(found, "w:pPr"), "w:rPr"), change(word, tag))


def _moved_paragraph(word: Word, found: etree._Element) -> None:
    """The paragraph moved to its place, and the place it came from right before it."""
    name = f"move{word.number()}"
    text = word.note("moved", text_of(found))
    source = kill(el("w:p", change(word, "w:moveFrom", run(text))))
    _mark_of(word, source, "w:moveFrom")
    for part in [child for child in found if child.tag == q("w:r")]:
        wrap(part, change(word, "w:moveTo"))
    if found.getnext() is not None and found.getnext().tag == q("w:p"):
        _mark_of(word, found, "w:moveTo")
    found.addprevious(source)
    _ranged(word, source, "moveFrom", name)
    _ranged(word, found, "moveTo", name)


def _may_move(row: etree._Element) -> bool:
    """A row without merges downwards, of plain paragraphs that hold something."""
    plain = all(_is_plain(found) for found in row.iter(q("w:p")))
    flat = row.find(f".//{q('w:tbl')}") is None and row.find(f"{q('w:tc')}/{q('w:tcPr')}/{q('w:vMerge')}") is None
    return plain and flat and row.getparent().tag == q("w:tbl") and row.find(f"{q('w:trPr')}/{q('w:ins')}") is None


def _moved_row(word: Word, row: etree._Element) -> None:
    """Word tracks a moved row as one deleted here and one inserted there, with its text moved."""
    source = copied_row(row)
    put(properties(source, "w:trPr"), change(word, "w:del"))
    for found in source.iter(q("w:p")):
        for part in [child for child in found if child.tag == q("w:r")]:
            word.note("moved", text_of(part))
            wrap(part, change(word, "w:moveFrom"))
    put(properties(row, "w:trPr"), change(word, "w:ins"))
    for found in row.iter(q("w:p")):
        for part in [child for child in found if child.tag == q("w:r")]:
            wrap(part, change(word, "w:moveTo"))
    row.addnext(kill(source))


View = Literal["final", "original"]
_GONE = {"final": ("w:del", "w:moveFrom"), "original": ("w:ins", "w:moveTo")}
_KEPT = {"final": ("w:ins", "w:moveTo"), "original": ("w:del", "w:moveFrom")}
_WRAPPERS = ("w:smartTag", "w:customXml", "w:sdtContent", "w:sdt")
_FORMER = ("Change", "cellIns", "cellDel", "cellMerge", "RangeStart", "RangeEnd")
_NEVER_FORMER = ("rPr", "sectPr", "headerReference", "footerReference", "ins", "del", "moveFrom", "moveTo")
_SPARE = ("mc:Fallback", "w:smartTagPr", "w:customXmlPr", "w:sdtPr", "w:sdtEndPr")


def resolve(root: etree._Element, view: View) -> None:
    """The tree with all changes accepted (final) or rejected (original), in place: the oracle of the views."""
    for spare in [found for name in _SPARE for found in root.iter(q(name))]:
        _drop(spare)
    for name in _WRAPPERS:
        for outer in list(root.iter(q(name))):
            _unwrap(outer)
    gone_cell = "w:cellDel" if view == "final" else "w:cellIns"
    for mark in [found for name in (*_GONE[view], gone_cell) for found in root.iter(q(name))]:
        _undo(mark)
    for mark in [found for name in _KEPT[view] for found in root.iter(q(name))]:
        (_drop if etree.QName(mark.getparent()).localname in ("rPr", "trPr") else _unwrap)(mark)
    for former in [found for found in root.iter(q("w:*")) if etree.QName(found).localname.endswith("PrChange")]:
        if view == "original":
            _restore(former)
    for spare in [found for found in root.iter(q("w:*")) if etree.QName(found).localname.endswith(_FORMER)]:
        _drop(spare)
    for old, new in (("w:delText", "w:t"), ("w:delInstrText", "w:instrText")):
        for text in root.iter(q(old)):
            text.tag = q(new)
    for found in list(root.iter(q("w:p"))):
        if found.get("joined"):
            _join(found)


def _restore(change_of: etree._Element) -> None:
    """The former properties in place of the present ones; what they never speak of stays."""
    held, former = change_of.getparent(), change_of[0]
    for child in list(held):
        if etree.QName(child).localname not in _NEVER_FORMER:
            held.remove(child)
    for number, child in enumerate(former):
        held.insert(number, child)


def _undo(mark: etree._Element) -> None:
    """Take away what the mark says is not there in this view."""
    above = mark.getparent()
    if above is None:
        return
    if above.tag in (q("w:trPr"), q("w:tcPr")):
        _drop(above.getparent())
    elif above.tag == q("w:rPr"):
        above.getparent().getparent().set("joined", "1")
    else:
        _drop(mark)


def _drop(element: etree._Element) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _unwrap(outer: etree._Element) -> None:
    for child in list(outer):
        outer.addprevious(child)
    outer.getparent().remove(outer)


def _join(found: etree._Element) -> None:
    """Give the paragraph's content to the paragraph behind it; without one it stays, if it holds anything."""
    del found.attrib["joined"]
    following = next((other for other in found.itersiblings() if other.tag in (q("w:p"), q("w:tbl"))), None)
    content = [child for child in found if child.tag != q("w:pPr")]
    if following is not None and following.tag == q("w:p"):
        start = 1 if following.find(q("w:pPr")) is not None else 0
        for number, child in enumerate(content):
            following.insert(start + number, child)
        found.getparent().remove(found)
    elif not signs(text_of(found)) and len(found.getparent().findall(q("w:p"))) > 1:
        found.getparent().remove(found)


def resolved(data: bytes, view: View) -> bytes:
    """The file with all its changes accepted or rejected."""
    word = Word(data, "resolve")
    resolve(word.root, view)
    return word.saved().data
