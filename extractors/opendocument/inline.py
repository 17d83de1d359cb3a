"""The content of one paragraph, gathered piece by piece."""

import regex

from extractors.invisible import without_invisible
from extractors.leftovers import Leftovers
from schemas.blocks import Block

_BLANKS = regex.compile(r"[ \t\r\n]+")


class Inline:
    """Text so far, what hangs on the paragraph, and whether a field hides it all.

    Blanks of the XML are one blank, and none at the paragraph's beginning (OpenDocument 1.3,
    6.1.2); those that are meant are elements of their own.
    """

    __slots__ = ("_after_blank", "_pieces", "hanging", "hidden")

    def __init__(self) -> None:
        self.hanging: list[Block] = []
        self.hidden = False
        self._pieces: list[str] = []
        self._after_blank = True

    def raw(self, text: str | None) -> None:
        """Characters as the XML has them."""
        if not text:
            return
        text = _BLANKS.sub(" ", text.rstrip("\r"))  # LibreOffice writes the end of a paragraph into a field
        if self._after_blank and text.startswith(" "):
            text = text[1:]
        if text:
            self._pieces.append(text)
            self._after_blank = text[-1] == " "

    def sign(self, text: str) -> None:
        """Characters that an element stands for, kept as they are."""
        self._pieces.append(text)
        self._after_blank = False

    def text(self) -> str:
        """The whole paragraph."""
        return "".join(self._pieces)


def visible(text: str, left: Leftovers) -> str:
    """The text without characters that have no width; those are listed as left out."""
    if text.isascii():
        return text
    seen, taken = without_invisible(text)
    if taken:
        left.add("invisible", taken)
    return seen
