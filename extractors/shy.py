"""Soft hyphens: signs that only say where a word may be broken."""

from schemas.blocks import LeftOut

SOFT_HYPHEN = "\u00ad"


def without_soft_hyphens(text: str) -> tuple[str, tuple[LeftOut, ...]]:
    """The text without its soft hyphens, and what was left out.

    >>> without_soft_hyphens("про\u00adграмма")[0]
    'программа'
    """
    count = text.count(SOFT_HYPHEN)
    return text.replace(SOFT_HYPHEN, ""), soft_hyphens(count)


def soft_hyphens(count: int) -> tuple[LeftOut, ...]:
    """So many soft hyphens, left out."""
    if not count:
        return ()
    reason = "мягкие переносы: место, где слово можно разорвать, а не знак текста"
    return (LeftOut(kind="soft-hyphen", count=count, characters=count, reason=reason, text=SOFT_HYPHEN * count),)
