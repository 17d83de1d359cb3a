"""Shapes of what stands beside the text or is not seen: hidden text, notes, comments, headers, text boxes."""

from copy import deepcopy

from lxml import etree

from tests.shapes.changes import copied_row, own_cells, refill
from tests.shapes.word import FIGURE, Word, el, kill, paragraph, properties, put, q, run, signs, story, text_of


def hidden(word: Word) -> None:
    """Hidden text: by itself, by a style of its signs or its paragraph, whole rows; vanish="0" is seen."""
    base = word.style("character", "Скрытый", el("w:rPr", el("w:vanish")))
    heir = word.style("character", "СкрытыйЕщё", el("w:basedOn", val=base), el("w:rPr", el("w:b")))
    secret = word.style("paragraph", "СкрытыйАбзац", el("w:rPr", el("w:vanish")))
    for found in word.runs():
        if word.some(0.4):
            _hide_beside(word, found, base, heir)
    for found in word.paragraphs():
        before = found.getprevious()
        runs_on = before is not None and before.find(f"{q('w:pPr')}/{q('w:rPr')}") is not None
        if word.some(0.1) and found.getparent().tag in (q("w:body"), q("w:tc")) and not runs_on:
            found.addprevious(kill(paragraph(word.note("hidden", "Скрытый абзац, 31 человек."), el("w:pStyle", val=secret))))
    for row in word.rows():
        if word.some(0.06):
            row.addnext(_hidden_row(word, row))


def _hide_beside(word: Word, found: etree._Element, base: str, heir: str) -> None:
    pieces = word.cut(found)
    if word.rng.random() < 0.4:
        text = word.note("hidden", "55,5" if FIGURE.fullmatch(text_of(found)) else "тайно")
        way = word.rng.choice(
            [el("w:vanish"), el("w:vanish", val="1"), el("w:rStyle", val=base), el("w:rStyle", val=heir), el("w:vanish", val="true")]
        )
        pieces[-1].addprevious(kill(run(text, way)))
    for piece in pieces:
        if word.rng.random() < 0.2:
            put(properties(piece, "w:rPr"), el("w:vanish", val=word.rng.choice(["0", "false"])))
        elif word.rng.random() < 0.1:
            put(properties(piece, "w:rPr"), el("w:webHidden"))
        elif word.rng.random() < 0.2 and piece.find(f"{q('w:rPr')}/{q('w:rStyle')}") is None:
            put(properties(piece, "w:rPr"), el("w:rStyle", val=base))
            put(properties(piece, "w:rPr"), el("w:vanish", val="0"))


def _hidden_row(word: Word, row: etree._Element) -> etree._Element:
    made = copied_row(row)
    put(properties(made, "w:trPr"), el("w:hidden"))
    for cell in own_cells(made):
        text = word.note("hidden", "44,4" if FIGURE.fullmatch(text_of(cell)) else "скрытая строка")
        refill(cell, el("w:p", el("w:pPr", el("w:rPr", el("w:vanish"))), run(text, el("w:vanish"))))
    return kill(made)


def notes(word: Word) -> None:
    """Footnotes and endnotes, their marks right behind numbers and in the text."""
    for kind, text in (("footnote", "С учётом остатков прошлого года, 12,3 тыс. руб."), ("endnote", "По данным отчёта за 2022 год.")):
        style = word.style("character", f"Знак{kind}", el("w:rPr", el("w:vertAlign", val="superscript")))
        part = etree.Element(q(f"w:{kind}s"), nsmap={"w": q("w:p")[1:-2]})
        for number, mark in ((-1, "separator"), (0, "continuationSeparator")):
            part.append(el(f"w:{kind}", el("w:p", el("w:r", el(f"w:{mark}"))), type=mark, id=number))
        for number, found in enumerate([found for found in word.runs() if word.some(0.06)], 1):
            sign = el("w:rPr", el("w:rStyle", val=style))
            story(found).addnext(el("w:r", sign, el(f"w:{kind}Reference", id=number)))
            own = el("w:r", deepcopy(sign), el(f"w:{kind}Ref"))
            body = [el("w:p", own, run(f" {word.note(f'{kind}s', f'{text} Примечание {number}.')}"))]
            part.append(el(f"w:{kind}", *body, id=number))
        word.add(f"{kind}s", part)


def comments(word: Word) -> None:
    """Comments with their ranges and marks."""
    part = etree.Element(q("w:comments"), nsmap={"w": q("w:p")[1:-2]})
    for number, found in enumerate([found for found in word.runs() if word.some(0.08)]):
        text = word.note("comments", f"Проверить сумму 1 234,5! Замечание {number}.")
        held = story(found)
        held.addprevious(el("w:commentRangeStart", id=number))
        held.addnext(el("w:r", el("w:commentReference", id=number)))
        held.addnext(el("w:commentRangeEnd", id=number))
        who = {"author": "Сидорова", "initials": "С", "date": "2023-03-22T12:00:00Z"}
        own = el("w:r", el("w:annotationRef"))
        part.append(el("w:comment", el("w:p", own, run(text)), id=number, **who))
    word.add("comments", part)


def headers(word: Word) -> None:
    """Headers and footers of the first and the other pages, with fields for the number of the page."""
    section = word.body.findall(q("w:sectPr"))[-1]
    for kind, pages in (("header", "default"), ("header", "first"), ("footer", "default")):
        part = etree.Element(q(f"w:{'hdr' if kind == 'header' else 'ftr'}"), nsmap={"w": q("w:p")[1:-2]})
        text = word.note(f"{kind}s", f"Проект, лист {pages} {word.number()}")
        part.append(paragraph(text))
        part.append(el("w:p", el("w:fldSimple", run("1"), instr=" PAGE ")))
        if kind == "header" and pages == "default":
            part.append(_small_table(word.note("headers", "Программа в редакции 2023 года")))
            part.append(el("w:p"))
        key = word.add(kind, part, f"{kind}{pages}")
        put(section, el(f"w:{kind}Reference", attrs={"w:type": pages, "r:id": key}))
    put(section, el("w:titlePg"))


def _small_table(text: str) -> etree._Element:
    grid = el("w:tblGrid", el("w:gridCol", w=5000))
    return el("w:tbl", el("w:tblPr", el("w:tblW", w=0, type="auto")), grid, el("w:tr", el("w:tc", el("w:tcPr"), paragraph(text))))


def text_boxes(word: Word) -> None:
    """Some paragraphs of the body moved into text boxes, with the copy for old programs beside each."""
    for found in word.body.findall(q("w:p")):
        if signs(text_of(found)) and word.some(0.15):
            anchor = el("w:p")
            found.addprevious(anchor)
            anchor.append(_boxed(word, found))


def _boxed(word: Word, found: etree._Element) -> etree._Element:
    """A run that holds a drawing with the paragraph in it."""
    number = word.number()
    copy = kill(deepcopy(found))
    box = el("wps:txbx", el("w:txbxContent", found))
    shape = el("wps:wsp", el("wps:cNvSpPr"), _geometry(), box, el("wps:bodyPr"))
    data = el("a:graphicData", shape, attrs={"uri": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"})
    inline = el(
        "wp:inline", el("wp:extent", attrs={"cx": "5000000", "cy": "600000"}),
        el("wp:docPr", attrs={"id": str(number), "name": f"Надпись {number}"}), el("a:graphic", data),
    )  # fmt: skip
    old = el("v:shape", el("v:textbox", el("w:txbxContent", copy)), attrs={"id": f"_x{number}", "style": "width:400pt;height:40pt"})
    choice = el("mc:Choice", el("w:drawing", inline), attrs={"Requires": "wps"})
    return el("w:r", el("mc:AlternateContent", choice, el("mc:Fallback", el("w:pict", old))))


def _geometry() -> etree._Element:
    place = el("a:xfrm", el("a:off", attrs={"x": "0", "y": "0"}), el("a:ext", attrs={"cx": "5000000", "cy": "600000"}))
    return el("wps:spPr", place, el("a:prstGeom", el("a:avLst"), attrs={"prst": "rect"}))
