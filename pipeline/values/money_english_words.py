"""Sums of money in English words: half a billion dollars, tens of millions of euros, nine figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from db.values import Money, Operator
from pipeline.values.found import FoundMoney
from pipeline.values.money_english import any_of, operator_around, suffixes
from pipeline.values.numbers import ENGLISH_WORDS, from_english

_BUCKETS = {"tens": 10, "dozens": 10, "hundreds": 100}
_FIGURES = {
    **{"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
    **{str(count): count for count in range(6, 13)},
}
_AMOUNT = (
    r"(?<![\w-])(?<!third of )(?:"
    r"(?P<half>half(?: a|-a)?[ -]|a quarter(?: of a|-)[ -]?|quarter[ -]|three[ -]quarters (?:of )?(?:an? )?)"
    r"(?P<half_scale>million|billion|trillion)"
    r"|(?P<and_half>an?|one|two|three|four|five) (?P<ah_scale>million|billion) and a half"
    rf"|(?P<one_half>{ENGLISH_WORDS})[ -]and[ -]a[ -]half[ -](?P<oh_scale>million|billion)"
    r"|(?P<bucket>tens|dozens|hundreds) of (?P<bucket_scale>millions|billions|thousands)"
    r"|(?P<several>several|a few) (?P<several_scale>hundred million|million|billion)"
    r"|a couple(?: of)? (?P<couple_scale>million|billion)"
    r"|(?P<digits>single|double|triple)[ -]digit (?P<digits_scale>million|billion)s?"
    r"|multi-?(?P<multi_scale>million|billion)"
    r"|an? (?P<bare_scale>million|billion|trillion)"
    r"|(?P<dash_scale>million|billion|trillion)(?=-dollar)"
    r")"
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "hundred million": 10**8}
_FIGURE_SUMS = re.compile(
    rf"(?<![\w-])(?:(?:low|mid|high)[ -])?(?P<count>{'|'.join(_FIGURES)})[ -]figures?(?![a-z])"
    r"(?: (?:sum|valuation|round))?",
    re.IGNORECASE,
)


@cache
def _pattern() -> re.Pattern[str]:
    words = any_of(word for word in suffixes() if word[0].isascii() and word[0].isalpha())
    return re.compile(rf"{_AMOUNT}[ -](?:of )?(?P<currency>{words})", re.IGNORECASE)


def worded_sums(text: str) -> Iterator[FoundMoney]:
    """Half a billion dollars, tens of millions of dollars, nine figures; these have currency None."""
    lowered = text.lower()
    if "illion" not in lowered and "figure" not in lowered:
        return
    for match in _pattern().finditer(text) if "illion" in lowered else ():
        amount, operator, upper = _worded(match)
        if operator == "=":
            operator, _ = operator_around(text, match.start(), match.end())
        currency = suffixes()[match["currency"].lower()]
        yield FoundMoney(match.start(), match.end(), Money(amount, currency, operator, upper))
    for match in _FIGURE_SUMS.finditer(text) if "figure" in lowered else ():
        floor = Decimal(10) ** (_FIGURES[match["count"].lower()] - 1)
        yield FoundMoney(match.start(), match.end(), Money(floor, None, ">=", floor * 10))


def _worded(match: re.Match[str]) -> tuple[Decimal, Operator, Decimal | None]:
    scale_word = next(value for name, value in match.groupdict().items() if name.endswith("_scale") and value)
    scale = Decimal(_SCALES[scale_word.lower().rstrip("s")])
    if match["half"]:
        share = {"h": "0.5", "a": "0.25", "q": "0.25", "t": "0.75"}[match["half"][0].lower()]
        return scale * Decimal(share), "=", None
    if match["and_half"] or match["one_half"]:
        return (from_english(match["and_half"] or match["one_half"]) + Decimal("0.5")) * scale, "=", None
    if match["bucket"]:
        floor = _BUCKETS[match["bucket"].lower()] * scale
        return floor, ">=", floor * 10
    if match["several"]:
        return 2 * scale, ">=", 10 * scale
    if match["couple_scale"]:
        return 2 * scale, "~", None
    if match["digits"]:
        floor = {"single": 1, "double": 10, "triple": 100}[match["digits"].lower()] * scale
        return floor, ">=", floor * 10
    if match["multi_scale"]:
        return scale, ">=", scale * 100
    return scale, "=", None
