"""The source of money that a row's own label names: «федеральный бюджет», «всего», «за счёт средств района».

The words of a source stand in names of activities too («Ремонт дорог районного значения»),
so that a label outside a column of sources must read like one from its first word on.
"""

import regex

from extractors.labels import Labels
from extractors.text import squeeze

_LEAD = regex.compile(
    r"^(?:\W|\d+[.)]|в\s+т(?:ом\s+числе\b|\.?\s?ч\.?(?!\p{L}))|из\s+них\b|за\s+сч[её]т\b|объ[её]м\w*\b|средств\w*\b|из\b|по\s+годам\b)+",
    regex.I,
)
_OPENS = regex.compile(
    r"федерал|област|кра[йея]|республик|регион|субъект|автоном|окруж|район|местн|город|муниципальн|поселен|сельск|внебюдж|внеб|собственн"
    r"|ин(?:ые|ых)\b|проч|частн|бюджет|юридич|населен|налогов|инвест|предприят|дорожн|фонд|[кофмр]\.?\s?б\b|в\.?[бис]\b",
    regex.I,
)
_SPEAKS_OF_MONEY = regex.compile(r"бюджет|средств|источник|инвест|фонд", regex.I)
_NEVER = regex.compile(r"программ|задач|мероприят|подпрограмм", regex.I)
_TOTAL = regex.compile(
    r"\W*(?:всего|итого|общий об[ъ]?[её]м)(?:\W*+(?:в\s+том\s+числе|в\s+т\.?\s?ч\.?|из\s+них|по\s+источникам\b.*+|средств\w*+|финансирован\w++|расход\w*+|за\s+сч[её]т))*+\W*+",
    regex.I,
)
_LONGEST = 90


def without_lead(text: str) -> str:
    """The label behind «в том числе:», «за счёт средств».

    >>> without_lead("в т.ч. средства областного бюджета")
    'областного бюджета'
    """
    return _LEAD.sub("", squeeze(text), count=1).strip()


def is_total(text: str) -> bool:
    """«Всего», «Итого, в том числе:» and nothing more.

    >>> is_total("Всего, в том числе:"), is_total("Всего по программе")
    (True, False)
    """
    return _TOTAL.fullmatch(squeeze(text)) is not None


def is_lead(text: str) -> bool:
    """«в том числе:», «из них:» and nothing more."""
    return bool(text.strip()) and not without_lead(text)


def source_label(text: str, labels: Labels) -> str | None:
    """The source that a label names, wherever it stands; "total" for «всего».

    >>> from extractors.labels import default_labels
    >>> source_label("- районный бюджет", default_labels()), source_label("Ремонт дорог районного значения", default_labels())
    ('district', None)
    """
    if is_total(text):
        return "total"
    rest = without_lead(text)
    if not rest or len(rest) > _LONGEST or not _OPENS.match(rest) or _NEVER.search(rest):
        return None
    if " " in rest and not _SPEAKS_OF_MONEY.search(squeeze(text)):
        return None
    family = labels.family("sources", rest)
    return None if family == "total" else family


def source_in_column(text: str, labels: Labels) -> str | None:
    """The source that a cell in a column of sources names."""
    if is_total(text):
        return "total"
    family = labels.family("sources", without_lead(text)) if without_lead(text) else None
    return family if family != "total" or squeeze(text).lower().startswith(("всего", "итого")) else None
