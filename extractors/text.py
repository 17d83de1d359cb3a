"""Normalisations of text, each small and named; done twice they change nothing more."""

import regex

_INVISIBLE = ("\u200b", "\ufeff")
_MARKER = regex.compile(r"^показател[ьи]\s+\d+\s*+(?:задачи|цели)?[.:]?\s*+$|^показател[ьи]\s+(?:задачи|цели)\s*+\d*\s*+:?\s*+$", regex.I)
_QUOTES = str.maketrans("«»„“”\"'", '"""""""')
_DASHES = regex.compile(r"\s*[-–—−]\s*")


def squeeze(text: str) -> str:
    """Runs of blanks to one, trimmed.

    >>> squeeze(" Единая   система ")
    'Единая система'
    """
    for invisible in _INVISIBLE:
        if invisible in text:
            text = text.replace(invisible, " ")
    return " ".join(text.split())


def joined(text: str) -> str:
    r"""Each line squeezed, blank lines dropped: the form of names and texts in the schema.

    >>> joined("Отдел  кадров ;\n\n архив")
    'Отдел кадров ;\nархив'
    """
    if "\n" not in text:
        return squeeze(text)
    return "\n".join(filter(None, map(squeeze, text.split("\n"))))


def flat(text: str) -> str:
    """All on one line: for names that were broken over several paragraphs."""
    return squeeze(text)


def is_marker(line: str) -> bool:
    """Whether the line only counts indicators: «Показатель 1», «Показатели задачи 3:»."""
    return _MARKER.match(squeeze(line)) is not None


def key(text: str) -> str:
    """What is left of a name when form is set aside: for comparing, never for showing.

    >>> key("«Объём  услуг».") == key('"объем услуг"')
    True
    """
    plain = _DASHES.sub("-", squeeze(text).lower().replace("ё", "е").translate(_QUOTES))
    return plain.strip(" .,;:")


def shortened(text: str, limit: int = 90) -> str:
    """A long name on one line, cut at a blank, for headings and messages.

    >>> shortened("Развитие единой системы электронного документооборота", 24)
    'Развитие единой системы…'
    """
    text = squeeze(text)
    if len(text) <= limit:
        return text
    return text[: limit + 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
