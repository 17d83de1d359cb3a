"""Characters without width: soft hyphens, joiners, marks of direction; a person does not see them."""

from schemas.blocks import LeftOut

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
REASON = "знак без ширины: мягкий перенос и подобные"


def invisible_in(text: str) -> str:
    """Those of them that stand in the text, each once."""
    return "".join([sign for sign in INVISIBLE if sign in text])


def has_invisible(text: str) -> bool:
    """Whether one of them stands in the text."""
    return bool(invisible_in(text))


def without_invisible(text: str) -> tuple[str, str]:
    r"""The text without them, and those that were taken out.

    >>> without_invisible("про\u00adграмма")
    ('программа', '\xad')
    """
    there, seen = invisible_in(text), text
    for sign in there:
        seen = seen.replace(sign, "")
    return seen, there * text.count(there) if len(there) == 1 else "".join(sign for sign in text if sign in there)


def invisible_left_out(taken: str) -> tuple[LeftOut, ...]:
    """The record of what was taken out, if anything was."""
    return (LeftOut(kind="invisible", count=len(taken), characters=len(taken), reason=REASON, text=taken),) if taken else ()
