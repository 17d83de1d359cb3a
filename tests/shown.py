"""Blocks as the cases write them: paragraphs as strings, tables as rows of slots."""

from collections.abc import Iterable
from typing import Any

from schemas.blocks import Block, Paragraph

_SIGNS = {"\v": "¶", "\n": "¶", "\t": "→", "\xa0": "_"}


def shown(blocks: Iterable[Block], signs: str = "\v\n\t\xa0") -> list[Any]:
    """The blocks with signs that nobody sees made visible."""
    return [
        _text(block.text, signs) if isinstance(block, Paragraph) else [[_text(cell.text, signs) for cell in row] for row in block.grid]
        for block in blocks
    ]


def _text(text: str, signs: str) -> str:
    for sign in signs:
        text = text.replace(sign, _SIGNS[sign])
    return text


def stripped(value: Any) -> Any:
    """A record whose raw amounts have no blanks around them."""
    if isinstance(value, dict):
        return {key: item.strip() if key == "raw" and isinstance(item, str) else stripped(item) for key, item in value.items()}
    return [stripped(item) for item in value] if isinstance(value, list) else value
