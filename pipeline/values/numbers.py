"""Numbers as English and Chinese write them: digits, words, 汉字, and the scales between them."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?)(?![.,]?\d)"
"""At most fifteen digits: more is no sum anybody raised. Never part of a longer number, such as 1.500.000 or 1,5."""

_ONES = {
    **{
        "a": 1,
        "an": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
    },
    **{"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16},
    **{"seventeen": 17, "eighteen": 18, "nineteen": 19},
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ONE = "|".join(sorted({*_ONES, *_TENS} - {"a", "an"}, key=len, reverse=True))
ENGLISH_WORDS = (
    rf"(?:(?:{_ONE})(?:[ -](?:{_ONE}))?(?:[ -]hundred(?: and)?(?:[ -](?:{_ONE})(?:[ -](?:{_ONE}))?)?)?"
    rf"(?: point (?:{_ONE}))?|(?:an? )?hundred and (?:{_ONE})(?:[ -](?:{_ONE}))?|an? hundred)"
)
"""A number below a thousand in words."""

_HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
HAN_DIGITS = "零〇一二两三四五六七八九"


def from_digits(text: str) -> Decimal:
    """Digits such as "1,200.5" as a number."""
    return Decimal(text.replace(",", ""))


def from_english(text: str) -> Decimal:
    """Words such as "five hundred", "twenty-five", "one point five" as a number."""
    whole, _, fraction = text.lower().partition(" point ")
    total = 0
    for word in re.split(r"[ -]+", whole):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word != "and":
            total += _ONES.get(word, 0) + _TENS.get(word, 0)
    if not fraction:
        return Decimal(total)
    return Decimal(f"{total}.{_ONES.get(fraction, 0)}")


_SHORTENED = {"百": "十", "千": "百", "万": "千", "亿": "千万"}
"""What the last digit counts where nothing is said behind it."""


def from_han(text: str) -> Decimal:
    """三千五百万, 一亿五千万, 一点五, 二十 as a number; digits may stand among them (1亿5000万)."""
    whole, _, fraction = text.partition("点")
    if fraction:
        scaled = re.match(rf"([{HAN_DIGITS}]+)(.*)", fraction)
        digits = "".join(str(_HAN_DIGITS[character]) for character in scaled.group(1)) if scaled else ""
        factor = from_han("一" + scaled.group(2)) if scaled and scaled.group(2) else Decimal(1)
        return (from_han(whole) + Decimal(f"0.{digits or 0}")) * factor
    if len(whole) > 1 and all(character in _HAN_DIGITS for character in whole):
        return Decimal("".join(str(_HAN_DIGITS[character]) for character in whole))
    if len(whole) > 2 and whole[-1] in _HAN_DIGITS and whole[-2] in _SHORTENED and _HAN_DIGITS[whole[-1]]:
        whole += _SHORTENED[whole[-2]]  # 六万三 is 六万三千, and 六万零三 is not
    total = section = Decimal(0)
    pending: Decimal | None = None
    for piece in re.findall(r"\d+(?:\.\d+)?|\D", whole):
        if piece[0].isdigit():
            pending = Decimal(piece)
        elif piece in _HAN_DIGITS:
            pending = Decimal(_HAN_DIGITS[piece])
        elif piece in ("万", "亿", "兆"):
            section += pending or (0 if section or total else 1)
            scale = _HAN_SCALES[piece]
            # 万亿 multiplies what stands before it; 九兆五千亿 and 一亿五千万 add to it.
            larger = total >= scale
            total = total + section * scale if larger or piece == "万" else (total + section) * scale
            section, pending = Decimal(0), None
        elif piece in _HAN_SCALES:
            section += (Decimal(1) if pending is None else pending) * _HAN_SCALES[piece]
            pending = None
    return total + section + (pending or 0)
