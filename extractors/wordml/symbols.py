"""Signs of the fonts Symbol and Wingdings (`w:sym`, bullets) → Unicode.

Source: the encodings of the two fonts as published by Adobe (Symbol) and Microsoft (Wingdings);
of Wingdings those signs that text documents use.
"""

_PRIVATE = 0xF000
_SYMBOL = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x60: "‾", 0x7E: "∼",
    0xA1: "ϒ", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝",
    0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩",
    0xC8: "∪", 0xCE: "∈", 0xCF: "∉", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅",
    0xD8: "¬", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑", 0xF2: "∫",
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
}  # fmt: skip
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫",
    0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
    0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_PLAIN = range(0x20, 0x7F)  # the signs that Symbol shares with ASCII: digits, comma, brackets


def sign(code: str, font: str) -> str:
    """The character that the font shows for a hexadecimal code.

    >>> sign("F0B7", "Symbol"), sign("2116", "Times New Roman"), sign("F02C", "Symbol")
    ('•', '№', ',')

    A code that no XML may hold is no sign:

    >>> sign("0001", "Symbol"), sign("FFFF", "Symbol")
    ('', '')
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return converted(chr(number), font) if 0x20 <= number < 0xFFFE and not 0xD800 <= number < 0xE000 else ""


def converted(text: str, font: str) -> str:
    """Text of a symbol font in Unicode; signs that are not known stay as they are, a lone bullet becomes «•»."""
    return "".join(_converted(char, font.lower()) for char in text)


def _converted(char: str, font: str) -> str:
    number = ord(char)
    position = number - _PRIVATE if 0 <= number - _PRIVATE < 0x100 else number
    if position == number and not font.startswith(("symbol", "wingdings")):
        return char
    table = _WINGDINGS if font.startswith("wingdings") else _SYMBOL
    if position in table:
        return table[position]
    return chr(position) if position in _PLAIN and table is _SYMBOL else char
