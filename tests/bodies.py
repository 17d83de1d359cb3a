"""Random Word files as Hypothesis strategies: elements in one another as no author would put them, and sometimes no program.

Everything is written as text of WordprocessingML; `packages` gives whole files with
headers, footers, notes and comments whose text is as random as the body's.
"""

import io
import zipfile
from collections.abc import Callable

from hypothesis import strategies as st

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "x": "urn:of-a-program-nobody-knows",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_OFFICE = _NAMESPACES["r"]
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_APART = ("header", "footer", "footnotes", "endnotes", "comments")

Markup = st.SearchStrategy[str]
TEXTS = st.text(alphabet="абвГД12,.№«» -\u00a0\u00ad\u200b", max_size=6)


def of(*pieces: str | Markup) -> Markup:
    """Pieces of markup, fixed and random, one behind the other."""
    return st.tuples(*(piece if isinstance(piece, st.SearchStrategy) else st.just(piece) for piece in pieces)).map("".join)


def several(piece: Markup, most: int = 3) -> Markup:
    """Up to so many of a piece."""
    return st.lists(piece, max_size=most).map("".join)


def inside(*tags: str) -> Callable[[Markup], list[Markup]]:
    """For each tag, with its attributes, the strategy of that element around some content."""
    return lambda content: [of(f"<{tag}>", content, f"</{tag.split()[0]}>") for tag in tags]


def _properties(*kinds: str) -> Markup:
    return st.sampled_from(("", "", "", *kinds))


_AUTHOR = 'w:id="7" w:author="я" w:date="2024-01-01T00:00:00Z"'
_DELETED, _INSERTED = f"<w:del {_AUTHOR}/>", f"<w:ins {_AUTHOR}/>"
_RUN = _properties(
    "<w:vanish/>",
    '<w:vanish w:val="0"/>',
    "<w:webHidden/>",
    f"<w:rPrChange {_AUTHOR}><w:rPr><w:vanish/></w:rPr></w:rPrChange>",
    "<w:caps/>",
).map("<w:rPr>{}</w:rPr>".format)
_PIECES = st.one_of(
    of('<w:t xml:space="preserve">', TEXTS, "</w:t>"),
    of('<w:t xml:space="preserve">', TEXTS, "</w:t>"),
    of("<w:delText>", TEXTS, "</w:delText>"),
    of("<w:instrText>", TEXTS, "</w:instrText>"),
    of("<w:delInstrText>", TEXTS, "</w:delInstrText>"),
    of("<x:strange><w:t>", TEXTS, "</w:t></x:strange>"),
    st.sampled_from([
        "<w:tab/>", "<w:br/>", '<w:br w:type="page"/>', "<w:cr/>", "<w:noBreakHyphen/>", "<w:softHyphen/>", "<w:lastRenderedPageBreak/>",
        '<w:sym w:font="Times New Roman" w:char="2116"/>', '<w:sym w:font="Symbol" w:char="F035"/>',
        '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>',
        '<w:footnoteReference w:id="1"/>', '<w:endnoteReference w:id="1"/>', '<w:commentReference w:id="1"/>', "<w:pgNum/>",
    ]),
    of('<w:pict><v:shape><v:textpath string="', TEXTS, '"/></v:shape></w:pict>'),
    of("<w:drawing><wp:inline><a:graphic><a:graphicData><a:p><a:r><a:t>", TEXTS, "</a:t></a:r></a:p></a:graphicData></a:graphic></wp:inline></w:drawing>"),
)  # fmt: skip
_RUNS = of("<w:r>", _RUN, several(_PIECES), "</w:r>")
_MATHS = of(
    "<m:oMath><m:sSub><m:e><m:r><m:t>", TEXTS, "</m:t></m:r></m:e><m:sub><m:r><m:t>", TEXTS, "</m:t></m:r></m:sub></m:sSub></m:oMath>"
)
_FIELDS = of(
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>', TEXTS, '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    several(_RUNS), '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
)  # fmt: skip
_RUN_WRAPPERS = inside(
    f"w:ins {_AUTHOR}", f"w:del {_AUTHOR}", f"w:moveFrom {_AUTHOR}", f"w:moveTo {_AUTHOR}", 'w:hyperlink w:anchor="a"', "w:smartTag", "w:customXml",
    'w:fldSimple w:instr="PAGE"', 'w:dir w:val="rtl"', 'w:bdo w:val="ltr"', "x:wrapper",
)  # fmt: skip


def _alternate(content: Markup) -> Markup:
    known = st.sampled_from(["wps", "w14", "x"])
    choice = of('<mc:Choice Requires="', known, '">', content, "</mc:Choice>")
    return of(
        "<mc:AlternateContent>",
        choice,
        several(choice, 1),
        st.one_of(st.just(""), of("<mc:Fallback>", content, "</mc:Fallback>")),
        "</mc:AlternateContent>",
    )


def _control(content: Markup) -> Markup:
    return of('<w:sdt><w:sdtPr><w:alias w:val="поле"/></w:sdtPr><w:sdtContent>', content, "</w:sdtContent></w:sdt>")


def _inline(content: Markup) -> Markup:
    held = several(content)
    box = of("<w:p>", held, "</w:p>")
    return st.one_of(
        *_RUN_WRAPPERS(held),
        _alternate(held),
        _control(held),
        of("<w:ruby><w:rt>", held, "</w:rt><w:rubyBase>", held, "</w:rubyBase></w:ruby>").map("<w:r>{}</w:r>".format),
        of("<w:r><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>", box,
           "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"),
        of("<w:r><w:pict><v:shape><v:textbox><w:txbxContent>", box, "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"),
    )  # fmt: skip


INLINE = st.recursive(st.one_of(_RUNS, _RUNS, _MATHS, _FIELDS), _inline, max_leaves=6)
_MARK = _properties(*(f"<w:rPr>{mark}</w:rPr>" for mark in (_DELETED, _INSERTED, "<w:vanish/>"))).map("<w:pPr>{}</w:pPr>".format)
PARAGRAPHS = of("<w:p>", _MARK, several(INLINE), "</w:p>")
_CELL = _properties(
    '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:hMerge w:val="restart"/>', "<w:hMerge/>",
    f"<w:cellIns {_AUTHOR}/>", f"<w:cellDel {_AUTHOR}/>",
).map("<w:tcPr>{}</w:tcPr>".format)  # fmt: skip
_ROW = _properties("<w:hidden/>", _DELETED, _INSERTED, '<w:gridBefore w:val="1"/>', '<w:gridAfter w:val="2"/>').map(
    "<w:trPr>{}</w:trPr>".format
)
_WRAPPERS = inside("w:customXml", "x:wrapper")


def _wrapped(content: Markup) -> Markup:
    """The content as it is, mostly, or in something that stands around paragraphs, rows and cells."""
    return st.one_of(content, content, content, _control(content), _alternate(content), *_WRAPPERS(content))


def _blocks(content: Markup) -> Markup:
    cells = _wrapped(of("<w:tc>", _CELL, several(content), "</w:tc>"))
    rows = _wrapped(of("<w:tr>", _ROW, several(cells), "</w:tr>"))
    return st.one_of(
        of("<w:tbl><w:tblPr/>", several(rows), "</w:tbl>"), of("<w:tbl>", several(rows), "</w:tbl>"), _wrapped(several(content))
    )


_STRAY = st.one_of(of("<w:tbl>", PARAGRAPHS, "</w:tbl>"), of("<w:p><w:t>", TEXTS, "</w:t></w:p>"), of("<w:r><w:t>", TEXTS, "</w:t></w:r>"))
BLOCKS = several(st.recursive(st.one_of(*[PARAGRAPHS] * 8, _STRAY), _blocks, max_leaves=6))
_SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/></w:sectPr>'


def _part(kind: str, content: str) -> str:
    root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
    if kind not in ("header", "footer"):
        one = kind[:-1]
        content = f'<w:{one} w:id="1">{content}</w:{one}><w:{one} w:id="2">{content}</w:{one}>'
    return f"<w:{root} {DECLARED}>{content}</w:{root}>"


def package(body: str, apart: dict[str, str]) -> bytes:
    """A Word file of this body and these parts, by their kind."""
    relations = "".join(f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in apart)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        document = f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        made.writestr("_rels/.rels", document)
        made.writestr("word/document.xml", f"<w:document {DECLARED}><w:body>{body}{_SECTION}</w:body></w:document>")
        made.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>')
        for kind, content in apart.items():
            made.writestr(f"word/{kind}.xml", _part(kind, content))
    return out.getvalue()


def packages() -> st.SearchStrategy[bytes]:
    """Whole files: a body, and parts that stand apart."""
    apart = st.dictionaries(st.sampled_from(_APART), several(PARAGRAPHS, 2), max_size=3)
    return st.builds(package, BLOCKS, apart)
