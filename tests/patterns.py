"""Every regular expression of the code base, and what can be said of its worst case.

The expressions are collected from the source, so none can be forgotten: every call of
`regex.…` has its pattern evaluated with the names of its module; what only a run can tell
(a word that was escaped) is stood in for. `ambiguous` reads a pattern, `attacks` makes
strings out of it that force it to try again and again.
"""

import ast
import importlib
import tomllib
from collections.abc import Iterable, Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import regex

from tests.test_architecture import MODULES, ROOT

CALLS = ("compile", "sub", "subn", "search", "match", "fullmatch", "split", "findall", "finditer")
STAND_IN = "слово"
MANY = 100  # a quantifier with a higher bound, or none, is unbounded
_LETTERS = "A-Za-zА-Яа-яЁё"
_PROPERTIES = {"L": _LETTERS, "Lu": "A-ZА-ЯЁ", "Ll": "a-zа-яё", "Cyrillic": "А-Яа-яЁё", "Latin": "A-Za-z", "M": "\u0301", "N": "0-9",
               "Nd": "0-9", "Pd": "\\-‑–—", "Zs": " \u00a0", "P": ".,;:!?", "S": "№+=", "Sc": "₽$", "Sm": "+=<>", "Z": " \u00a0",
               "C": "\x01", "Cc": "\x01", "Cf": "\u00ad"}  # fmt: skip
_PROPERTY = regex.compile(r"\\(p|P)\{(\^?)([\w=]+)\}")
_NAME = regex.compile(r"(?<!\\)\(\?P?<(?![=!])\w+>")
ALPHABET = frozenset(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "0123456789 \t\n\v\f\r\u00a0\u202f.,;:!?\"'`´_-‑–—−+=*/\\|()[]{}<>«»„“”№%&@#$^~…·•\0\x01\u00ad"
)


class Found(NamedTuple):
    """A pattern, its flags, and where it stands."""

    where: str
    pattern: str
    flags: int

    @property
    def compiled(self) -> "regex.Pattern[str]":
        """The pattern as the code uses it."""
        return regex.compile(self.pattern, self.flags)

    @property
    def tree(self) -> Any:
        """The pattern as Python's own parser reads it, with letters and digits for the properties of Unicode."""
        return parser.parse(_portable(self.pattern), self.flags & (regex.I | regex.S | regex.M | regex.X))


def patterns() -> list[Found]:
    """Every pattern of the packages and of the profile of labels."""
    found = [_evaluated(name, node) for name, tree in MODULES.items() for node in ast.walk(tree) if _is_call(node)]
    profile = tomllib.loads((ROOT / "extractors" / "labels.toml").read_text("utf-8"))
    families = ((kind, family, item) for kind, table in profile.items() if kind != "issuers" for family, item in table.items())
    found += [Found(f"labels.toml {kind}.{family}", text, 0) for kind, family, texts in families for text in texts]
    return found


def _is_call(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS
        and isinstance(node.func.value, ast.Name) and node.func.value.id in ("regex", "re")
    )  # fmt: skip


def _evaluated(module: str, node: Any) -> Found:
    scope = vars(importlib.import_module(module))
    stated = [word.value for word in node.keywords if word.arg == "flags"] + (node.args[1:2] if node.func.attr == "compile" else [])
    flags = sum(int(_value(flag, scope) or 0) for flag in stated)
    pattern = _text(node.args[0], scope)
    return Found(f"{module}:{node.lineno}", pattern, flags)


def _value(node: ast.expr, scope: dict[str, Any]) -> Any:
    try:
        return eval(compile(ast.Expression(node), "pattern", "eval"), dict(scope))
    except (NameError, TypeError):
        return None


def _text(node: ast.expr, scope: dict[str, Any]) -> str:
    value = _value(node, scope)
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, str):
        return value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part.value if isinstance(part, ast.FormattedValue) else part, scope) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left, scope) + _text(node.right, scope)
    return STAND_IN


def _portable(pattern: str) -> str:
    made, end, inside = [], 0, False
    for match in regex.finditer(r"\\(?:[pP]\{\^?[\w=]+\}|.)|[\[\]]", pattern, regex.S):
        made.append(pattern[end : match.start()])
        end = match.end()
        named = _PROPERTY.fullmatch(match[0])
        if not named:
            made.append(match[0])
            inside = match[0] == "[" or (inside and match[0] != "]")
        elif named[1] == "P" or named[2]:
            made.append("\\W" if inside else f"[^{_PROPERTIES[named[3]]}]")
        else:
            made.append(_PROPERTIES[named[3]] if inside else f"[{_PROPERTIES[named[3]]}]")
    return _NAME.sub("(", "".join([*made, pattern[end:]]))


_CATEGORIES = {
    op.CATEGORY_DIGIT: str.isdigit, op.CATEGORY_SPACE: str.isspace, op.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
    op.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdigit(), op.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    op.CATEGORY_NOT_WORD: lambda sign: not (sign.isalnum() or sign == "_"),
}  # fmt: skip
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)


def signs_of(node: Any) -> frozenset[str]:
    """The signs of the alphabet that one item may match (all of its signs, for a group)."""
    kind, value = node
    if kind is op.LITERAL:
        return frozenset({chr(value), chr(value).lower(), chr(value).upper()})
    if kind is op.NOT_LITERAL:
        return ALPHABET - {chr(value)}
    if kind is op.ANY:
        return ALPHABET - {"\n"}
    if kind is op.IN:
        return _class(value)
    return frozenset().union(*(signs_of(item) for part in _parts(node) for item in part))


def _class(items: list[Any]) -> frozenset[str]:
    found: set[str] = set()
    for kind, value in items:
        if kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE:
            found |= {sign for sign in ALPHABET if value[0] <= ord(sign) <= value[1]}
        elif kind is op.CATEGORY:
            found |= {sign for sign in ALPHABET if _CATEGORIES[value](sign)}
    return ALPHABET - found if items and items[0][0] is op.NEGATE else frozenset(found)


def _parts(node: Any) -> list[Any]:
    """The sequences inside an item: of a group, of each branch, of what is repeated; assertions match nothing."""
    kind, value = node
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind is op.BRANCH:
        return list(value[1])
    if kind in (*_REPEATS, op.POSSESSIVE_REPEAT):
        return [value[2]]
    return []


def _is_unbounded(node: Any) -> bool:
    return node[0] in _REPEATS and (node[1][1] is op.MAXREPEAT or node[1][1] > MANY)


def _least(node: Any) -> int:
    """The least number of signs that an item matches."""
    kind, value = node
    if kind in (*_REPEATS, op.POSSESSIVE_REPEAT):
        return value[0] * sum(_least(item) for item in value[2])
    if kind is op.BRANCH:
        return min(sum(_least(item) for item in part) for part in value[1])
    parts = _parts(node)
    return sum(_least(item) for part in parts for item in part) if parts else int(kind in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN))


def ambiguous(tree: Any) -> list[str]:
    """What in a pattern can match one text in many ways: nested quantifiers, and overlapping ones side by side."""
    found: list[str] = []
    _read(list(tree), found)
    return found


def _read(sequence: list[Any], found: list[str]) -> None:
    flat = list(_flat(sequence))
    for position, node in enumerate(flat):
        if _is_unbounded(node):
            body = list(_flat(node[1][2]))
            if _is_nested(body):
                found.append("a quantifier inside another, with nothing between that tells its rounds apart")
            overlap = signs_of(node)
            rivals = 0
            for other in flat[position + 1 :]:
                if _is_unbounded(other) and len(other[1][2]) == 1 and overlap & signs_of(other):
                    overlap &= signs_of(other)
                    rivals += 1
                elif _least(other) and not overlap <= signs_of(other):
                    break
            if rivals > 1:
                found.append("three quantifiers in a row that match the same signs")
        for part in _parts(node):
            _read(list(part), found)


def _flat(sequence: Iterable[Any]) -> Iterator[Any]:
    """The items with those of plain groups in their place."""
    for node in sequence:
        if node[0] is op.SUBPATTERN:
            yield from _flat(node[1][3])
        elif node[0] not in (op.AT, op.ASSERT, op.ASSERT_NOT):
            yield node


def _is_nested(body: list[Any]) -> bool:
    for node in body:
        if _is_unbounded(node):
            own = signs_of(node)
            if not any(_least(other) and not own & signs_of(other) for other in body if other is not node):
                return True
    return False


_TRIED = frozenset((" ", "а", "0", "A", "-", ",", "\n"))


def attacks(tree: Any) -> Iterator[tuple[str, str, str]]:
    """For every quantifier without a bound: how a text begins that leads to it, pieces that it can repeat, how it ends.

    The end holds all that the pattern needs, behind a sign that no pattern means: without it
    the engine would see at once that the text cannot match.
    """
    end = "\x01" + _sample(tree)
    yield from ((lead, piece, end) for lead, piece in _attack(list(tree), ""))


def _attack(sequence: list[Any], lead: str) -> Iterator[tuple[str, str]]:
    for node in sequence:
        if _is_unbounded(node):
            body = list(node[1][2])
            pieces = {_sample(body)} | (_TRIED & signs_of(body[0]) if len(body) == 1 else set())
            yield from ((lead, piece) for piece in sorted(pieces) if piece)
        for part in _parts(node):
            yield from _attack(list(part), lead)
        lead += _sample([node])


def _sample(sequence: Iterable[Any]) -> str:
    """A short text that the items match, assertions apart."""
    made = ""
    for node in sequence:
        kind, value = node
        if kind is op.LITERAL:
            made += chr(value)
        elif kind in (*_REPEATS, op.POSSESSIVE_REPEAT):
            made += _sample(value[2]) * max(value[0], 1 if value[0] else 0)
        elif kind in (op.ANY, op.IN, op.NOT_LITERAL):
            signs = signs_of(node)
            made += next((sign for sign in "а0A ,-." if sign in signs), min(signs, default=""))
        elif _parts(node):
            made += _sample(_parts(node)[0])
    return made
