"""Shapes of the text of a paragraph: what Word puts around, between and inside the words a person sees."""

import re
from copy import deepcopy

from lxml import etree

from tests.shapes.word import FIGURE, Word, el, kill, properties, put, q, run, story, text_of, wrap

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff"
_BREAKABLE = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])|(?<=\d) (?=[^\W\d_])")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")
_WHEN = {"author": "Иванова И. И.", "date": "2023-03-20T10:00:00Z"}


def split_runs(word: Word) -> None:
    """Runs cut anywhere, also inside a number, with what Word leaves between them."""
    for found in word.runs():
        if word.some():
            for piece in word.cut(found, 4)[1:]:
                _between(word, piece)


def _between(word: Word, piece: etree._Element) -> None:
    kind = word.rng.randrange(5)
    if kind == 0:
        piece.addprevious(el("w:proofErr", type="spellStart"))
        piece.addnext(el("w:proofErr", type="spellEnd"))
    elif kind == 1:
        number = word.number()
        piece.addprevious(el("w:bookmarkStart", id=number, name=f"_GoBack{number}"))
        piece.addnext(el("w:bookmarkEnd", id=number))
    elif kind == 2:
        text = piece.find(q("w:t"))
        text.addprevious(el("w:lastRenderedPageBreak"))
    elif kind == 3:
        rpr = properties(piece, "w:rPr")
        for name in ("noProof", "b"):
            if rpr.find(q(f"w:{name}")) is None:
                put(rpr, el(f"w:{name}"))
        piece.set(q("w:rsidR"), "00A77B3E")
    else:  # a run of nothing
        piece.addprevious(el("w:r", el("w:rPr", el("w:lang", val="en-US"))))


def run_controls(word: Word) -> None:
    """Content controls around runs, one in another here and there."""
    for found in word.runs():
        if word.some():
            outer = control(word, story(found))
            if word.some(0.2):
                control(word, outer)


def control(word: Word, element: etree._Element, *kind: etree._Element) -> etree._Element:
    """A content control around the element."""
    content = el("w:sdtContent")
    head = el("w:sdtPr", el("w:alias", val="Поле"), el("w:tag", val="field"), el("w:id", val=word.number()), *kind)
    return wrap(element, el("w:sdt", head, content), content)


def smart_tags(word: Word) -> None:
    """Smart tags and custom XML around runs, paragraphs, tables, rows and cells."""
    for found in word.runs():
        if word.some(0.7):
            _tagged(story(found), "smartTag" if word.rng.random() < 0.6 else "customXml")
    for kind, share in (("tr", 0.2), ("tc", 0.2), ("tbl", 0.5), ("p", 0.1)):
        for found in [e for e in word.body.iter(q(f"w:{kind}")) if e.get("dead") is None]:
            if word.some(share):
                _tagged(found, "customXml")


def _tagged(element: etree._Element, kind: str) -> None:
    head = el(f"w:{kind}Pr", el("w:attr", uri="urn:x", name="ProductID", val="1 999,9 тыс"))
    outer = el(f"w:{kind}", head, uri="urn:schemas-microsoft-com:office:smarttags", element="metricconverter")
    wrap(element, outer)


def hyperlinks(word: Word) -> None:
    """Links to bookmarks and to addresses outside."""
    outside = word.relate("hyperlink", "https://example.org/акт?n=504", external=True)
    for found in word.runs():
        if word.some():
            inside = {"w:anchor": "_Toc1"} if word.rng.random() < 0.5 else {"r:id": outside}
            wrap(story(found), el("w:hyperlink", attrs={**inside, "w:history": "1"}))


def fields(word: Word) -> None:
    """Fields: only the result is seen, never the code, also not the results of fields in the code."""
    for found in word.runs():
        if not word.some(0.8):
            continue
        kind = word.rng.randrange(5)
        if kind == 0:
            wrap(story(found), el("w:fldSimple", instr=' DOCPROPERTY "Сумма" \\* MERGEFORMAT '))
            continue
        pieces = [story(piece) for piece in word.cut(found, 2)] if story(found) is found else [story(found)]
        for part in _opening(kind):
            pieces[0].addprevious(part)
        end = _mark("end")
        pieces[-1].addnext(end)
        if kind == 4:
            end.addnext(_deleted_field(word))
    _spread_field(word)


def _mark(kind: str) -> etree._Element:
    return el("w:r", el("w:fldChar", fldCharType=kind))


def _code(text: str, tag: str = "w:instrText") -> etree._Element:
    return el("w:r", el(tag, text=text))


def _opening(kind: int) -> list[etree._Element]:
    """A complex field up to its result; one kind has a field with a result of its own in its code."""
    if kind == 1:
        return [_mark("begin"), _code(' HYPERLINK "https://example.org/'), _code('2600,0" \\o "3 999,5" '), _mark("separate")]
    if kind == 2:
        inner = [_mark("begin"), _code(" REF сумма "), _mark("separate"), kill(run("777,7")), _mark("end")]
        return [_mark("begin"), _code(" IF "), *inner, _code(' > 0 "12,5" "13,5" '), _mark("separate")]
    if kind == 3:
        form = el(
            "w:ffData", el("w:name", val="Текст1"), el("w:enabled"), el("w:calcOnExit", val=0), el("w:textInput", el("w:default", val="0"))
        )
        return [el("w:r", el("w:fldChar", form, fldCharType="begin")), _code(" FORMTEXT "), _mark("separate")]
    empty = [_mark("begin"), _code(' XE "Скрытый указатель 55,5" '), _mark("end")]
    return [*empty, _mark("begin"), _code(" =SUM(ABOVE) \\# "), _code('"# ##0,0" '), _mark("separate")]


def _deleted_field(word: Word) -> etree._Element:
    """A field deleted with its code while changes were tracked."""
    inner = [
        _mark("begin"),
        _code(" SEQ 41 ", "w:delInstrText"),
        _mark("separate"),
        kill(run(word.note("deleted", "41,1"), tag="w:delText")),
        _mark("end"),
    ]
    return kill(el("w:del", *inner, attrs={f"w:{k}": v for k, v in _WHEN.items()}, id=word.number()))


def _spread_field(word: Word) -> None:
    """A field whose result runs over two paragraphs, as a table of contents does."""
    for first in word.body.findall(q("w:p")):
        second = first.getnext()
        if second is not None and second.tag == q("w:p") and text_of(first) and text_of(second) and word.some(0.3):
            start = first.find(q("w:pPr"))
            for number, part in enumerate((_mark("begin"), _code(' TOC \\o "1-3" '), _mark("separate"))):
                first.insert(number + (start is not None), part)
            second.append(_mark("end"))
            break


def hyphens(word: Word) -> None:
    """Hyphens that are seen only at a line's end, that never break, and signs that are never seen."""
    for found in word.runs():
        for text in found.findall(q("w:t")):
            if word.some(0.8):
                _hyphenated(word, text)


def _hyphenated(word: Word, text: etree._Element) -> None:
    """The text with soft hyphens as elements anywhere, as signs inside words, and «-» as the element."""
    whole = text.text or ""
    parts: list[etree._Element] = []
    for piece in re.split("(-)", whole):
        if piece == "-" and word.rng.random() < 0.8:
            parts.append(el("w:noBreakHyphen"))
            continue
        spots = [match.start() for match in _INSIDE_WORD.finditer(piece)]
        for spot in sorted(word.rng.sample(spots, min(len(spots), 3)), reverse=True):
            piece = piece[:spot] + word.rng.choice(INVISIBLE) + piece[spot:]
        at = word.rng.randrange(len(piece) + 1)
        parts.extend([*_text(piece[:at]), el("w:softHyphen"), *_text(piece[at:])])
    for part in parts:
        text.addprevious(part)
    text.getparent().remove(text)


def _text(text: str) -> list[etree._Element]:
    return [el("w:t", text=text)] if text else []


def breaks(word: Word) -> None:
    """Tabs and line breaks in place of blanks inside names, page and column breaks around paragraphs."""
    for found in word.runs():
        for text in found.findall(q("w:t")):
            if not FIGURE.fullmatch(text.text or "") and word.some(0.8):
                _broken(word, text)
    for found in word.body.findall(q("w:p")):
        if text_of(found) and word.some(0.1):
            broken = el("w:r", el("w:br", type=word.rng.choice(["page", "column"])))
            found.append(broken)


def _broken(word: Word, text: etree._Element) -> None:
    whole, start = text.text or "", 0
    for match in _BREAKABLE.finditer(whole):
        if word.rng.random() < 0.25:
            for part in _text(whole[start : match.start()]):
                text.addprevious(part)
            kind = word.rng.choice([("br", {}), ("tab", {}), ("br", {"type": "textWrapping"}), ("cr", {}), ("br", {"type": "page"})])
            text.addprevious(el(f"w:{kind[0]}", **kind[1]))
            start = match.end()
    text.text = whole[start:]


def symbols(word: Word) -> None:
    """Signs written as symbols of a font: №, dashes and quotes of text fonts, figures of Symbol, the dot of Wingdings."""
    for found in word.runs():
        for text in found.findall(q("w:t")):
            whole, start = text.text or "", 0
            for position, sign in enumerate(whole):
                made = _symbol(sign) if word.some(0.5) else None
                if made is not None:
                    for part in _text(whole[start:position]):
                        text.addprevious(part)
                    text.addprevious(made)
                    start = position + 1
            if start:
                text.text = whole[start:]
                if not text.text:
                    text.getparent().remove(text)


def _symbol(sign: str) -> etree._Element | None:
    if sign in "№–«»":
        return el("w:sym", font="Times New Roman", char=f"{ord(sign):04X}")
    if sign in "0123456789,.%()":
        return el("w:sym", font="Symbol", char=f"F0{ord(sign):02X}")
    return el("w:sym", font="Wingdings", char="F09E") if sign == "·" else None


def alternates(word: Word) -> None:
    """A run, or the text in it, in two copies of which a program shows one."""
    for found in word.runs():
        if word.some(0.5):
            whole = word.rng.random() < 0.5
            held = [story(found)] if whole else [child for child in found if child.tag != q("w:rPr")]
            outer, choice, fallback = el("mc:AlternateContent"), el("mc:Choice", attrs={"Requires": "wps"}), el("mc:Fallback")
            outer.extend([choice, fallback])
            held[0].addprevious(outer)
            fallback.extend([deepcopy(part) for part in held])
            choice.extend(held)
            kill(fallback)


def formulas(word: Word) -> None:
    """The method of an indicator, and other texts with «=» and «/», as formulas."""
    for found in word.runs():
        text = text_of(found)
        if word.some() and len(text) > 3 and ("=" in text or "/" in text or "ведомственные" in text.lower()):
            held = story(found)
            if held is found and all(child.tag in (q("w:rPr"), q("w:t")) for child in found):
                _formula(word, found, text)


def _formula(word: Word, found: etree._Element, text: str) -> None:
    at = word.rng.randrange(1, len(text))
    math = el("m:oMath")
    math.append(_math_run(text[:at]))
    if len(text) - at > 2:
        base, lower = text[at : at + 1], text[at + 1 : at + 2]
        math.append(el("m:sSub", el("m:sSubPr"), el("m:e", _math_run(base)), el("m:sub", _math_run(lower))))
        at += 2
    math.append(_math_run(text[at:]))
    found.addprevious(el("m:oMathPara", math) if word.rng.random() < 0.3 and len(found.getparent().findall(q("w:r"))) == 1 else math)
    found.getparent().remove(found)


def _math_run(text: str) -> etree._Element:
    made = el("m:t", text=text)
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return el("m:r", el("m:rPr", el("m:nor")), made)
