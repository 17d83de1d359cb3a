"""What can go wrong with a registry, in the user's words: what, where, and what to do. Texts are message identifiers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.wording import Words


class RegistryError(Exception):
    """The registry cannot be used; `place` is its URL (without a password) or a spot in it. Exit code 4, or 2 for a wrong URL."""

    def __init__(self, place: str, reason: str, advice: str, detail: str = "", exit_code: int = 4) -> None:
        super().__init__(f"{place}: {reason}")
        self.place, self.reason, self.advice, self.detail, self.exit_code = place, reason, advice, detail, exit_code

    def line(self, words: "Words") -> str:
        """One line for a person."""
        detail = f" ({words(self.detail)})" if self.detail else ""
        return f"popravka: {self.place}: {words(self.reason)}{detail} — {words(self.advice)}"


class NotFiled(RegistryError):
    """Nothing in the registry bears this name."""

    def __init__(self, place: str, asked: str) -> None:
        super().__init__(place, "в реестре такого нет", "посмотрите, что есть: popravka programmes", asked, exit_code=2)
