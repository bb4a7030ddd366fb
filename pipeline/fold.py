"""A shadow of a text for the rules to read: simplified Chinese, half-width letters and digits, the same length."""

from __future__ import annotations

from functools import cache
from typing import Any

_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SIGNS = {
    ord(wide): narrow
    for wide, narrow in {
        "＄": "$",
        "￥": "¥",
        "．": ".",
        "％": "%",
        "＋": "+",
        "－": "-",
        "～": "~",
        "\u00a0": " ",
        "\u3000": " ",
    }.items()
}
_TABLE = {
    **_HALF_WIDTH,
    **_SIGNS,
    **{ord(quote): "'" for quote in "\u2019\u02bc"},
    ord("\u2011"): "-",
    ord("\u202f"): " ",
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
"""What becomes what, one for one. A lone surrogate, which no library in C or Rust takes, becomes U+FFFD."""


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def fold_text(text: str) -> str:
    """The text folded, character for character: every offset in it is one in the original."""
    if text.isascii():
        return text
    folded = text.translate(_TABLE)
    simplified: str = _converter().convert(folded)
    if len(simplified) == len(folded):
        return simplified
    return "".join(_one(character) for character in folded)


def lower_case(text: str) -> str:
    """The text in lower case, character for character."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text)  # İ is two in lower case


def _one(character: str) -> str:
    simplified: str = _converter().convert(character)
    return simplified if len(simplified) == 1 else character
