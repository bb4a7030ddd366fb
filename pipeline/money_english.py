"""Sums of money as English writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import cast

from db.values import Money, Operator
from pipeline.found import FoundMoney
from pipeline.lexicon_files import lexicon
from pipeline.numbers import DIGITS, ENGLISH_WORDS, from_digits, from_english

_DOLLARS = frozenset({"USD", "HKD", "SGD", "AUD", "CAD", "TWD"})
_BUCKETS = {"tens": 10, "dozens": 10, "hundreds": 100, "several": 2, "millions": 1}
_FIGURES = {
    **{"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
    **{str(count): count for count in range(6, 13)},
}


def english_sums(text: str, home_currency: str | None) -> Iterator[FoundMoney]:
    """Every sum in a folded text; they may overlap, the longest from a place is meant."""
    place = 0
    while match := _pattern().search(text, place):
        found = _read(match, text, home_currency)
        place = max(found.end if found else match.end(), place + 1)
        if found is not None:
            yield found
    yield from _carried(text)
    yield from _in_words(text)


@cache
def _table(name: str) -> dict[str, str]:
    """Word (lower case) -> what it means, of one section of the lexicon."""
    section = lexicon("pipeline.lexicon", "money")[name]
    return {word.lower(): str(meaning) for meaning, words in section.items() for word in words}


def _alternatives(name: str) -> str:
    words = sorted(_table(name), key=len, reverse=True)
    return "|".join(re.escape(word) + (r"(?![a-z])" if word[-1].isalpha() else "") for word in words)


@cache
def _pattern() -> re.Pattern[str]:
    number = rf"(?:{DIGITS})½?"
    scale = rf"(?:[ -]?(?P<scale{{0}}>{_scales()}))"
    before = rf"(?<![a-z0-9$.])(?P<prefix>{_prefixes()})\s?"
    upper = rf"(?:\s?(?:-|–|—|to|and)\s?(?:{_prefixes()})?\s?(?P<upper>{number}){scale.format('_upper')}?)?"
    prefixed = rf"{before}(?P<number>{number}){scale.format('')}?{upper}"
    suffixed = (
        rf"(?<![\w.$€£¥])(?P<number_s>{number}|(?:{ENGLISH_WORDS})(?![a-z]))"
        rf"(?:\s?(?:-|–|to)\s?(?P<upper_s>{number}))?{scale.format('_s')}?(?:[ -]|(?=€))(?P<suffix>{_suffixes()})"
        rf"(?:\s(?P<scale_in>{_scales()}))?"
    )
    return re.compile(rf"{prefixed}|{suffixed}", re.IGNORECASE)


def _scales() -> str:
    return "|".join(rf"{re.escape(word)}(?![a-z])" for word in sorted(_table("scales_en"), key=len, reverse=True))


def _prefixes() -> str:
    return "|".join(
        re.escape(word)
        for word in sorted(_table("prefixes"), key=len, reverse=True)
        if word.isascii() or word in "€£¥₹₩₪cn¥jp¥"
    )


def _suffixes() -> str:
    return _alternatives("suffixes_en")


def _read(match: re.Match[str], text: str, home_currency: str | None) -> FoundMoney | None:
    prefix, suffix = match["prefix"], match["suffix"]
    if prefix is not None:
        currency = _table("prefixes")[prefix.lower()]
        if prefix == "$" and home_currency in _DOLLARS:
            currency = home_currency
        written, scale, upper, upper_scale = match["number"], match["scale"], match["upper"], match["scale_upper"]
        if text[match.end("number") : match.end("number") + 1] in ("万", "亿", "千", "百"):
            return None
    else:
        currency = _table("suffixes_en")[suffix.lower()]
        written, scale, upper, upper_scale = (
            match["number_s"],
            match["scale_s"] or match["scale_in"],
            match["upper_s"],
            None,
        )
        upper_scale = scale
    low = _number(written) * _scale(scale or (upper_scale if upper else None))
    high = _number(upper) * _scale(upper_scale or scale) if upper else None
    operator, end = _operator(text, match.start(), match.end())
    if high is not None and high > low and not _rises(text, match):
        return FoundMoney(match.start(), end, Money(low, currency, ">=", high))
    if high is not None:  # not a range after all: "$5 million and $3 million" are two sums
        end = match.end("scale") if match["scale"] else match.end("number")
        operator, end = _operator(text, match.start(), end)
    return FoundMoney(match.start(), end, Money(low, currency, operator))


_FROM = re.compile(r"\bfrom\s\Z", re.IGNORECASE)


def _rises(text: str, match: re.Match[str]) -> bool:
    """A rise: "doubled from $1 billion to $3 billion" tells two prices, not a range."""
    return (
        match["prefix"] is not None
        and " to " in match[0]
        and _FROM.search(text, max(0, match.start() - 6), match.start()) is not None
    )


def _number(written: str) -> Decimal:
    half = Decimal("0.5") if written.endswith("½") else Decimal(0)
    written = written.rstrip("½")
    return (from_digits(written) if written[0].isdigit() else from_english(written)) + half


def _scale(word: str | None) -> Decimal:
    return Decimal(_table("scales_en")[word.lower()]) if word else Decimal(1)


@cache
def _operator_before() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_table("operators_en"), key=len, reverse=True))
    return re.compile(rf"(?<![a-z])({words})(?: the| a| an)?\s*\Z", re.IGNORECASE)


@cache
def _operator_after() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_table("after_en"), key=len, reverse=True))
    return re.compile(rf"({words})(?![a-z])", re.IGNORECASE)


def _operator(text: str, start: int, end: int) -> tuple[Operator, int]:
    """The operator around a sum, and the sum's end with a trailing "+"."""
    after = _operator_after().match(text, end)
    if after:
        return cast(Operator, _table("after_en")[after[1].lower()]), end if after[1] == " cap" else after.end()
    before = _operator_before().search(text, max(0, start - 24), start)
    if before is None:
        return "=", end
    return cast(Operator, _table("operators_en")[before[1].lower()]), end


@cache
def _carry_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<=(?:from|than) )(?P<number>{DIGITS}) (?P<scale>thousand|million|billion|trillion)"
        r"(?= (?:a year|in|the|last|previously)|[,.;])",
        re.IGNORECASE,
    )


def _carried(text: str) -> Iterator[FoundMoney]:
    """The second sum of "$99 million from 30 million a year before" takes the first's currency."""
    first = _pattern().search(text)
    if first is None or first["prefix"] is None:
        return
    currency = _table("prefixes")[first["prefix"].lower()]
    for match in _carry_pattern().finditer(text, first.end()):
        yield FoundMoney(
            match.start(), match.end(), Money(from_digits(match["number"]) * _scale(match["scale"]), currency)
        )


_WORD_SUMS = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<half>half(?: a|-a)?[ -]|a quarter(?: of a|-)[ -]?|quarter[ -]|three[ -]quarters of a )"
    r"(?P<half_scale>million|billion|trillion)"
    r"|(?P<and_half>an?|one|two|three|four|five) (?P<ah_scale>million|billion) and a half"
    r"|(?P<one_half>one|two|three|four|five) and a half (?P<oh_scale>million|billion)"
    r"|(?P<bucket>tens|dozens|hundreds) of (?P<bucket_scale>millions|billions|thousands)"
    r"|(?P<several>several|a few) (?P<several_scale>hundred million|million|billion)"
    r"|a couple(?: of)? (?P<couple_scale>million|billion)"
    r"|(?P<digits>single|double|triple)[ -]digit (?P<digits_scale>million|billion)s?"
    r"|multi-?(?P<multi_scale>million|billion)"
    r"|an? (?P<bare_scale>million|billion|trillion)"
    r"|(?P<dash_scale>million|billion|trillion)(?=-dollar)"
    r")(?:[ -](?:of )?(?P<currency>US dollars|U\.S\. dollars|dollars?|euros?|pounds|yuan))",
    re.IGNORECASE,
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "hundred million": 10**8}
_WORD_CURRENCIES = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "yuan": "CNY"}
_FIGURE_SUMS = re.compile(
    rf"(?<![\w-])(?:(?:low|mid|high)[ -])?(?P<count>{'|'.join(_FIGURES)})[ -]figures?(?![a-z])(?: (?:sum|valuation|round))?",
    re.IGNORECASE,
)


def _in_words(text: str) -> Iterator[FoundMoney]:
    """Half a billion dollars, tens of millions of dollars, nine figures."""
    for match in _WORD_SUMS.finditer(text):
        word = match["currency"].lower().removeprefix("us ").removeprefix("u.s. ").rstrip("s")
        amount, operator, upper = _worded(match)
        if operator == "=":
            operator, _ = _operator(text, match.start(), match.end())
        yield FoundMoney(match.start(), match.end(), Money(amount, _WORD_CURRENCIES[word], operator, upper))
    for match in _FIGURE_SUMS.finditer(text):
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
