"""The head sentence of an instruction («Внести в постановление … следующие изменения:») → the act that it amends."""

from extractors.locate import Located
from extractors.requisites import Joined
from extractors.text import squeeze
from schemas.amendment import AmendedAct
from schemas.place import Place


def amended(text: str, place: Place) -> AmendedAct | None:
    """The act that a head sentence amends, with its former amendments; None if it names none."""
    joined = Joined("resolution", [Located(squeeze(text), place)])
    cited = [citation for _, citation in joined.citations]
    if not cited:
        return None
    first, *former = cited
    return AmendedAct(issuer=first.issuer, date=first.date.isoformat() if first.date else None, number=first.number, title=first.name,
                      former=tuple((c.date.isoformat() if c.date else None, c.number) for c in former), place=place)  # fmt: skip
