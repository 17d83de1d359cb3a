"""How alike two names of things are: by their words, endings set aside, or by their letters where only letters slipped."""

from extractors.text import key
from pipeline.likeness import stems

_UNLIKE = 0.6  # letters of two Russian sentences that have nothing to do with each other agree so far


def similarity(left: str, right: str) -> float:
    """From 0 (nothing in common) to 1 (the same but for form).

    >>> similarity("Обеспечение системы электронной подписи", "Обеспечение систем электронных подписей")
    0.75
    >>> similarity("Освещение улиц", "Благоустройство")
    0.0
    """
    from rapidfuzz.distance import Indel

    letters, other_letters = key(left), key(right)
    if letters == other_letters:
        return 1.0
    words, other_words = stems(left), stems(right)
    by_words = Indel.normalized_similarity(words, other_words) if words and other_words else 0.0
    by_letters = (Indel.normalized_similarity(letters, other_letters) - _UNLIKE) / (1 - _UNLIKE)
    return max(by_words, by_letters, 0.0)
