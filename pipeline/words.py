"""The difference of two texts, word by word."""

from difflib import SequenceMatcher

import regex

from schemas.change import Fragment

_WORD = regex.compile(r"\s+|[\p{L}\p{N}]+(?:[-.,][\p{L}\p{N}]+)*|.", regex.S)


def difference(old: str, new: str) -> list[Fragment]:
    """Fragments that give `old` without the added ones and `new` without the removed ones.

    >>> [f.op + ":" + f.text for f in difference("на 22%", "на 27%")]
    ['same:на ', 'removed:22', 'added:27', 'same:%']
    """
    left, right = _WORD.findall(old), _WORD.findall(new)
    found: list[Fragment] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Fragment(op="same", text="".join(left[a:b])))
            continue
        if b > a:
            found.append(Fragment(op="removed", text="".join(left[a:b])))
        if d > c:
            found.append(Fragment(op="added", text="".join(right[c:d])))
    return found


def around(fragments: list[Fragment], keep: int = 60) -> list[Fragment]:
    """The same with long unchanged stretches cut to their ends, for showing in a table."""
    found: list[Fragment] = []
    for position, fragment in enumerate(fragments):
        first, last = position == 0, position == len(fragments) - 1
        if fragment.op != "same" or len(fragment.text) <= 2 * keep + 3:
            found.append(fragment)
        elif first and last:
            found.append(Fragment(op="same", text=fragment.text[: 2 * keep] + "…"))
        else:
            head = "" if first else _head(fragment.text, keep)
            tail = "" if last else _tail(fragment.text, keep)
            found.append(Fragment(op="same", text=f"{head}…{tail}"))
    return found


def _head(text: str, keep: int) -> str:
    return text[:keep].rsplit(" ", 1)[0] + " "


def _tail(text: str, keep: int) -> str:
    return " " + text[-keep:].split(" ", 1)[-1]
