"""Tokens that no program writes and that the library below would read for hours.

It adds a string that it reads sign by sign to what it has of it: a string of a megabyte of
brackets costs a megabyte for each of them. The same holds for names with escaped signs
and for pictures inside of a page's drawing.
"""

from collections.abc import Callable

import regex
from pdfminer.psparser import PSBaseParser

from extractors import errors

_LONGEST = 2**16  # bytes: the standard allows half as many
_PICTURE = regex.compile(rb"\sID\s")
_MOST_WORK = 2 * 10**9  # bytes copied
_Step = Callable[[PSBaseParser, bytes, int], int]


def bound_tokens() -> None:
    """From now on no parser of the library goes on with a string or a name that has grown too long.

    Its parsers are made in many places and cannot be handed in, so that the base of all of them is told.
    """
    for name in ("_parse_string", "_parse_literal"):
        step = getattr(PSBaseParser, name)
        if not hasattr(step, "__wrapped__"):
            setattr(PSBaseParser, name, _bounded(step))


def _bounded(step: _Step) -> _Step:
    def bounded(parser: PSBaseParser, data: bytes, at: int) -> int:
        if len(parser._curtoken) > _LONGEST:
            raise errors.TooLarge
        return step(parser, data, at)

    bounded.__wrapped__ = step  # type: ignore[attr-defined]
    return bounded


def check_pictures(drawing: bytes) -> None:
    """Raises TooLarge for a drawing with a picture whose end would be looked for at too many spots.

    >>> check_pictures(b"BI ID " + b"E" * 100 + b" EI")
    >>> check_pictures(b"BI ID " + b"E" * 100_000)
    Traceback (most recent call last):
    extractors.errors.TooLarge: : too-large
    """
    behind = 0
    for found in _PICTURE.finditer(drawing):
        if found.start() < behind:
            continue
        end = drawing.find(b"EI", found.end())
        behind = end if end >= 0 else len(drawing)
        if drawing.count(b"E", found.end(), behind) * (behind - found.end()) > _MOST_WORK:
            raise errors.TooLarge
