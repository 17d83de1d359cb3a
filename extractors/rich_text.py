"""RTF before it is converted: whether it is whole, and which of its fields would be worked out anew."""

import regex

from extractors import errors

_MARK = b"\xef\xbb\xbf"
_BLANK = b" \t\r\n\0"
_HEAD = 2**16
# `{\*\fldinst {\rtlch\b  DATE \\@ "dd.MM.yyyy"}}`: the instruction, behind groups and formatting.
_WORKED_OUT = regex.compile(rb"(\\\*\s*\\fldins)t(?=(?:[\s{}]|\\[a-z]+-?\d*)*+(?:DATE|TIME|FILENAME)\b)", regex.I)
_BEGINNING = regex.compile(rb"\{\\rtf\d*")
_BINARY = regex.compile(rb"\\bin(\d{1,18})")  # so many bytes of a picture follow
_ZEROS = bytes(16)  # a piece that was never written: RTF is text
# LibreOffice writes other blanks for «2  600» unless it is told not to balance narrow and wide signs.
_AS_WRITTEN = rb"\dntblnsbdb"


def is_rich_text(data: bytes) -> bool:
    r"""Whether it is RTF; blanks and a byte order mark may stand before it.

    >>> is_rich_text(b"\n{\\rtf1 x}"), is_rich_text(b"{x}")
    (True, False)
    """
    return data[:_HEAD].removeprefix(_MARK).lstrip(_BLANK).startswith(b"{\\rtf")


def settled(data: bytes) -> bytes:
    r"""RTF in which blanks, dates of the day and names of the file stay as they were saved.

    LibreOffice works fields out anew: the date of a resolution would become that of its reading.
    Their instructions get a name that no program knows, and what is unknown is passed over.
    Raises Damaged for a file that is cut off or has a hole.

    >>> settled(b'{\\rtf1{\\field{\\*\\fldinst { DATE}}{\\fldrslt 01.02.2003}}}\n')
    b'{\\rtf1\\dntblnsbdb{\\field{\\*\\fldinsx { DATE}}{\\fldrslt 01.02.2003}}}'
    """
    data = data.removeprefix(_MARK).strip(_BLANK + b"\x1a")
    if not data.endswith(b"}") or (_ZEROS in data and _BINARY.search(data) is None) or _runs_out(data):
        raise errors.Damaged
    if _AS_WRITTEN not in data:
        data = _BEGINNING.sub(lambda found: found[0] + _AS_WRITTEN, data, count=1)
    return _WORKED_OUT.sub(rb"\1x", data)


def _runs_out(data: bytes) -> bool:
    """Whether a picture claims more bytes than there are: the program would wait for them."""
    return any(int(found[1]) > len(data) - found.end() for found in _BINARY.finditer(data))
