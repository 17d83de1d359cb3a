"""The words of a drafted act that are the same in every act: heading, preamble, last items, signature."""

from pipeline.drafting.act import Annex, Drafted
from schemas.amendment import Resolution

DRAFT = "ПРОЕКТ"
KIND = "ПОСТАНОВЛЕНИЕ"
DATE_AND_NUMBER = "от __.__.____ № ____"
CONTROL = "3. Контроль за исполнением настоящего постановления возложить на ________________."
POST, NAME = "Глава ________________", "И.О. Фамилия"


def enacting(resolution: Resolution) -> str:
    """The preamble with the enacting verb: «В соответствии с …, Администрация … ПОСТАНОВЛЯЕТ:»."""
    return f"{resolution.preamble} {resolution.act.issuer or ''} ПОСТАНОВЛЯЕТ:".replace("  ", " ")


def entry(drafted: Drafted) -> str:
    """The item on the entry into force."""
    return f"2. {drafted.resolution.entry_into_force}"


def annex_head(annex: Annex, resolution: Resolution) -> tuple[str, ...]:
    """What stands above an annex."""
    issuer = (resolution.act.title or "").partition("в постановление ")[2].rpartition(" от ")[0]
    return f"Приложение {annex.number}", f"к постановлению {issuer}", DATE_AND_NUMBER
