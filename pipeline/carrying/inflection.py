"""A wording in other cases than the act quotes, and the new wording in the same case.

A form is used only if it is determined: every case that the old form may stand for, in its surroundings, must give the
same new words. «администрации» may be four cases, but «мэрии» is the form of all four. Word forms are those of
OpenCorpora, through pymorphy3.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import regex

from pipeline.carrying.naming import analyzer

_WORD = regex.compile(r"\p{L}[\p{L}\-]*+")
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_GOVERNED = {
    "к": "datv", "ко": "datv", "от": "gent", "из": "gent", "до": "gent", "для": "gent", "без": "gent", "у": "gent", "около": "gent",
    "при": "loct", "о": "loct", "об": "loct", "над": "ablt", "перед": "ablt", "между": "ablt",
}  # fmt: skip


class Form(NamedTuple):
    """Signs of a text that are the old wording in some case, and the new words for them."""

    start: int
    end: int
    new: str
    mark: str


class Undetermined(NamedTuple):
    """Signs that are the old wording, and the new words that they may give way to."""

    start: int
    end: int
    forms: tuple[str, ...]


Grammar = tuple[str, str]
"""Case and number."""


def inflected(old: str, new: str, text: str, within: tuple[int, int], cases: bool) -> Iterator[Form | Undetermined]:
    """Every occurrence of the old wording in another form: with a capital letter, and if `cases`, in any case and number."""
    words = _WORD.findall(old)
    if not words or not _WORD.search(new):
        return
    found = list(_WORD.finditer(text, *within))
    for at in range(len(found) - len(words) + 1):
        spell = found[at : at + len(words)]
        if not _stands(old, words, text, spell):
            continue
        start, end = spell[0].start(), spell[-1].end()
        said = [match[0] for match in spell]
        if [word.lower() for word in said] == [word.lower() for word in words]:
            if said[0] != words[0]:
                yield Form(start, end, _capital(new), "capital-kept")
        elif cases and _is_form(words, said):
            yield _form(new, words, said, (start, end), _before(text, found, at))


def _stands(old: str, words: Sequence[str], text: str, spell: "Sequence[regex.Match[str]]") -> bool:
    """Whether the words are those of the wording in some form, with the same signs between them."""
    if any(_stem(word) != _stem(match[0]) for word, match in zip(words, spell, strict=True)):
        return False
    between_old = _WORD.split(old)[1:-1]
    between = [text[one.end() : other.start()] for one, other in pairwise(spell)]
    return [" ".join(sign.split()) for sign in between_old] == [" ".join(sign.split()) for sign in between]


def _stem(word: str) -> str:
    """What every form of a word begins with: enough to leave out most words without the dictionary."""
    return word[:2].lower()


def _is_form(words: Sequence[str], said: Sequence[str]) -> bool:
    return all(one.lower() == other.lower() or _lexemes(one) & _lexemes(other) for one, other in zip(words, said, strict=True))


@lru_cache(maxsize=20_000)
def _parses(word: str) -> tuple[Any, ...]:
    return tuple(analyzer().parse(word))


def _lexemes(word: str) -> set[str]:
    return {parse.normal_form for parse in _parses(word.lower()) if parse.score > 0.01}


def _grammar(word: str, like: str) -> set[Grammar]:
    """The cases and numbers that a form of a word may stand for."""
    lexemes = _lexemes(like)
    return {(str(parse.tag.case), str(parse.tag.number)) for parse in _parses(word.lower())
            if parse.normal_form in lexemes and parse.tag.case in _CASES}  # fmt: skip


def _form(new: str, words: Sequence[str], said: Sequence[str], span: tuple[int, int], before: str | None) -> Form | Undetermined:
    changed = [(one, other) for one, other in zip(words, said, strict=True) if one.lower() != other.lower()]
    grammars = set.intersection(*(_grammar(other, one) for one, other in changed))
    made = {form for grammar in _likely(grammars, before) if (form := _put(new, grammar)) is not None}
    capital = said[0][:1].isupper() and not words[0][:1].isupper()
    forms = sorted({_capital(form) if capital else form for form in made})
    return Form(*span, forms[0], "inflected") if len(forms) == 1 else Undetermined(*span, tuple(forms))


def _likely(grammars: set[Grammar], before: str | None) -> set[Grammar]:
    """The cases that the word before allows: of a preposition the one it governs, of a noun the genitive."""
    if before is None:
        return grammars
    governed = _GOVERNED.get(before)
    if governed is None and before in ("в", "на"):
        kept = {grammar for grammar in grammars if grammar[0] in ("loct", "accs")}
        return kept or grammars
    if governed is None and any(parse.tag.POS == "NOUN" for parse in _parses(before)[:1]):
        governed = "gent"
    kept = {grammar for grammar in grammars if grammar[0] == governed}
    return kept or grammars


def _before(text: str, found: "Sequence[regex.Match[str]]", at: int) -> str | None:
    """The word that stands right before, with nothing but a blank between."""
    if at == 0 or text[found[at - 1].end() : found[at].start()].strip():
        return None
    return found[at - 1][0].lower()


def _put(new: str, grammar: Grammar) -> str | None:
    """The new wording in a case and number: its head noun and the adjectives before it; what depends on them stays."""
    words = list(_WORD.finditer(new))
    parses = [_nominative(match[0]) for match in words]
    head = next((n for n, parse in enumerate(parses) if parse is not None and parse.tag.POS == "NOUN"), None)
    if head is None:
        return None
    out, end = [], 0
    for n, match in enumerate(words[: head + 1]):
        parse = parses[n]
        if parse is None or (n < head and parse.tag.POS not in ("ADJF", "PRTF")):
            return None
        form = parse.inflect(_wanted(grammar, parses[head], parse))
        if form is None:
            return None
        out.append(new[end : match.start()] + _like_case(form.word, match[0]))
        end = match.end()
    return "".join(out) + new[end:]


def _wanted(grammar: Grammar, head: Any, parse: Any) -> set[str]:
    """What to ask of the dictionary: an adjective takes the gender of its noun, and its life in the accusative."""
    case, number = grammar
    wanted = {case, number}
    if parse is not head and number == "sing":
        wanted.add(str(head.tag.gender))
    if parse is not head and case == "accs" and head.tag.animacy:
        wanted.add(str(head.tag.animacy))
    return wanted


def _nominative(word: str) -> Any:
    """The likeliest parse of a word that stands in the nominative, as an act quotes it."""
    found = [parse for parse in _parses(word.lower()) if parse.tag.case == "nomn"]
    return found[0] if found else None


def _like_case(word: str, pattern: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    return _capital(word) if pattern[:1].isupper() else word


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
