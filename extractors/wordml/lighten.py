"""The XML of a large document without what nobody reads: a tree of it would take ten times its bytes.

Word writes for each run its font and for each cell its width and shade; of a table of a
hundred thousand rows that is most of the tree. What is cut here are empty elements and
attributes of known names, found in the bytes: `<` begins a tag wherever it stands, but
for CDATA, and a file with that is left as it is.
"""

import re  # a quarter of the time of `regex` on bytes, and the patterns are no more than lists of names

_LARGE = 2**22  # bytes; a smaller tree is made sooner than its text is searched
_LOOKS = (
    "b", "bCs", "i", "iCs", "color", "kern", "lang", "rFonts", "spacing", "sz", "szCs", "u",
    "ind", "jc", "keepNext", "lastRenderedPageBreak", "proofErr", "noWrap", "shd", "tcW", "vAlign",
)  # fmt: skip
_LOOK = re.compile(rf"<w:(?:{'|'.join(_LOOKS)})(?: [^<>/]*+)?+/>".encode())
_OWN_MARKS = re.compile(rb"(<w:(?:p|r|tr))(?: (?:w:rsid\w++|w14:\w++)=\"\w*+\")++")
_KEEPS_BLANKS = b'<w:t xml:space="preserve">'  # ours are kept with it and without
_EMPTY = (b"<w:rPr></w:rPr>", b"<w:rPr/>", b"<w:tcPr></w:tcPr>", b"<w:tcPr/>")


def lightened(xml: bytes) -> bytes:
    """The same document as far as it is read: without fonts, widths and colours, and the numbers that Word gives what it saves."""
    if len(xml) < _LARGE or b"<![CDATA[" in xml:
        return xml
    bare = _OWN_MARKS.sub(rb"\1", _LOOK.sub(b"", xml.replace(_KEEPS_BLANKS, b"<w:t>")))
    for empty in _EMPTY:
        bare = bare.replace(empty, b"")
    return bare
