"""Sums of money as English writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import cast

from db.values import Money, Operator
from pipeline.fold import lower_case
from pipeline.lexicon_files import lexicon
from pipeline.matching.first_letters import quick
from pipeline.matching.led_pattern import LedPattern
from pipeline.values.found import FoundMoney
from pipeline.values.numbers import DIGITS, ENGLISH_WORDS, from_digits, from_english

_OF_SEVERAL = {"kroner": ("NOK", "DKK"), "pesos": ("MXN", "ARS", "COP", "CLP", "PHP")}
_DOLLARS = frozenset({"USD", "HKD", "SGD", "AUD", "CAD", "TWD"})


def english_sums(text: str, home_currency: str | None) -> Iterator[FoundMoney]:
    """Every sum in a folded text; they may overlap, the longest from a place is meant."""
    lowered = lower_case(text)
    if not _currencies().search(lowered):
        return
    place = 0
    while match := _pattern().search(lowered, place):
        found = _read(match, text, home_currency)
        place = max(found.end if found else match.end(), place + 1)
        if found is not None:
            yield found
    if any(word in text for word in _LEANS):
        yield from _carried(text, home_currency)


@cache
def _table(name: str) -> dict[str, str]:
    """Word (lower case) -> what it means, of one section of the lexicon."""
    section = lexicon("pipeline.lexicon", "money")[name]
    return {word.lower(): str(meaning) for meaning, words in section.items() for word in words}


@cache
def suffixes() -> dict[str, str]:
    """What may stand behind a number, in words, in words that need a scale, as a code or a sign -> its currency."""
    return {**_table("suffixes_en"), **_table("suffixes_en_scaled"), **_table("suffixes_en_home"), **_table("codes_en")}


@cache
def _currencies() -> LedPattern:
    """The signs, codes and names of currencies in lower case: where none stands, no sum does."""
    words = sorted({*_table("prefixes"), *suffixes()})
    named = [rf"(?<![ac-jln-z]){re.escape(word)}" for word in words if word[0].isascii() and word[0].isalpha()]
    signs = [re.escape(word) for word in words if not (word[0].isascii() and word[0].isalpha())]
    return LedPattern("|".join([*signs, *named]))  # a code may follow a digit, and b, k or m: MUSD


def any_of(words: Iterable[str]) -> str:
    """Words as a pattern, the longest first, none as the beginning of a longer word."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) + (r"(?![a-z])" if word[-1].isalpha() else "") for word in ordered)


@cache
def _pattern() -> re.Pattern[str]:
    """A sum in a text of lower case: to try each letter in both cases would take twice as long."""
    number = rf"(?:{DIGITS})½?"
    scales = any_of(_table("scales_en"))
    prefixes = "|".join(map(re.escape, sorted(_table("prefixes"), key=len, reverse=True)))
    before = rf"(?:(?<![a-z0-9$.])(?P<prefix>{prefixes})|(?<![\w$.])(?P<name>dollar)(?=\s[\d.,]+\s(?:{scales})))\s?"
    upper = rf"(?:\s?(?:-|–|—|to|and)\s?(?:{prefixes})?\s?(?P<upper>{number})(?:[ -]?(?P<scale_upper>{scales}))?)?"
    prefixed = rf"{before}(?P<number>{number})(?:[ -]?(?P<scale>{scales}))?{upper}"
    codes = any_of(word for word in _table("codes_en") if word.isascii() and word.isalpha())
    signs = "|".join(re.escape(word) for word in _table("codes_en") if not word.isalpha())
    yuan = r"元(?![\u4e00-\u9fff])"  # alone in an English text; 2024元宇宙 is the metaverse
    named = (
        rf"[ -](?P<suffix>{any_of(_table('suffixes_en') | _table('suffixes_en_scaled') | _table('suffixes_en_home'))})"
        rf"|\s?(?P<code>(?P<scale_code>[mbk])?(?P<currency>{codes})(?!\d)|(?:{signs})(?!\s?\d)|{yuan})"
    )
    suffixed = (
        rf"(?<![\w.$€£¥])(?<!\d,)(?P<number_s>{number}|(?:{ENGLISH_WORDS})(?![a-z]))"
        rf"(?:\s?(?:-|–|to)\s?(?P<upper_s>{number}))?(?:[ -]?(?P<scale_s>{scales}))?(?:{named})"
        rf"(?:\s(?P<scale_in>{scales}))?"
    )
    return quick(rf"{prefixed}|{suffixed}")


def _read(match: re.Match[str], text: str, home_currency: str | None) -> FoundMoney | None:
    if match["prefix"] or match["name"]:
        return _read_prefixed(match, text, home_currency)
    word = match["currency"] or match["suffix"] or match["code"]
    currency = suffixes()[word.lower()]
    if word.lower() in _table("suffixes_en_home"):
        if home_currency not in _OF_SEVERAL[word.lower()]:
            return None
        currency = str(home_currency)
    scale = match["scale_s"] or match["scale_in"] or match["scale_code"]
    if scale is None and word.lower() in _table("suffixes_en_scaled"):
        return None
    if word == "$" and home_currency in _DOLLARS:
        currency = str(home_currency)
    end = match.end()
    low = _number(match["number_s"])
    if scale is None and match["upper_s"] is None:
        low, end = _with_cents(text, low, end)
    high = _number(match["upper_s"]) if match["upper_s"] else None
    return _sum(text, match.start(), end, low * _scale(scale), high and high * _scale(scale), currency)


def _read_prefixed(match: re.Match[str], text: str, home_currency: str | None) -> FoundMoney | None:
    prefix = match["prefix"] or "$"
    currency = _table("prefixes")[prefix.lower()]
    if prefix == "$" and home_currency in _DOLLARS:
        currency = str(home_currency)
    if text[match.end("number") : match.end("number") + 1] in ("万", "亿", "千", "百"):
        return None
    scale, upper, upper_scale = match["scale"], match["upper"], match["scale_upper"]
    low = _number(match["number"]) * _scale(scale or (upper_scale if upper else None))
    high = _number(upper) * _scale(upper_scale or scale) if upper else None
    if high is None or (high > low and not _rises(text, match)):
        return _sum(text, match.start(), match.end(), low, high, currency)
    # Not a range after all: "$5 million and $3 million" are two sums, each with its own scale.
    end = match.end("scale") if scale else match.end("number")
    return _sum(text, match.start(), end, _number(match["number"]) * _scale(scale), None, currency)


def _sum(text: str, start: int, end: int, low: Decimal, high: Decimal | None, currency: str) -> FoundMoney:
    """A sum with the operator around it; a range is its lower bound, or more."""
    operator, end = operator_around(text, start, end)
    if high is not None and high > low:
        return FoundMoney(start, end, Money(low, currency, ">=", high))
    return FoundMoney(start, end, Money(low, currency, operator))


_CENTS = re.compile(
    rf",?(?: and)? (?P<cents>\d{{2}}|{ENGLISH_WORDS})(?: cents?\b|(?= more\b|[.,;!?]?(?:\s|$)))"
    r"(?! (?:million|billion))",
    re.IGNORECASE,
)


def _with_cents(text: str, whole: Decimal, end: int) -> tuple[Decimal, int]:
    """Fifteen dollars and 50 cents, 15 USD 50: the sum and where it ends."""
    match = _CENTS.match(text, end)
    if match is None or whole != whole.to_integral_value():
        return whole, end
    cents = _number(match["cents"])
    counted = match[0].endswith(("cent", "cents"))
    at_end = match.end() == len(text) or text[match.end()] in ".,;!?" or text.startswith(" more", match.end())
    return (whole + cents / 100, match.end()) if cents < 100 and (counted or at_end) else (whole, end)


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


_UP_TO = re.compile(
    r"\b(?:own(?:s|ed|ing)?|add(?:s|ed|ing)?|liv(?:es|ed|ing)|sign(?:s|ed|ing)|face[sd]?) up to (?:an? |the |its )?\Z",
    re.IGNORECASE,
)
"""As in "owned up to a $33 million round": no most."""
_OVER = re.compile(
    r"\b(?:hand|turn|make|sign|roll|take|took|carr(?:y|ied)|pass|haul|cross)(?:s|es|ed|ing)? over\s*\Z", re.IGNORECASE
)
"""As in "hand over $4 million": no more than that."""


def operator_around(text: str, start: int, end: int) -> tuple[Operator, int]:
    """The operator around a sum, and the sum's end with a trailing "+"."""
    after = _operator_after().match(text, end)
    if after:
        return cast(Operator, _table("after_en")[after[1].lower()]), end if after[1] == " cap" else after.end()
    before = _operator_before().search(text, max(0, start - 24), start)
    if before is None or (before[1].lower() == "over" and _OVER.search(text, max(0, start - 30), start)):
        return "=", end
    if before[1].lower() == "up to" and _UP_TO.search(text, max(0, start - 40), start):
        return "=", end
    return cast(Operator, _table("operators_en")[before[1].lower()]), end


_LEANS = (" from ", " than ", " against ", " with ", " lost ", " losing ", " expects ", " forecasts ", " to ")


@cache
def _carry_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?P<word>from|than|against|with|lost|losing|expects|forecasts)"
        rf" (?P<more>about |around |some |nearly |only |just |over |more than )?(?P<number>{DIGITS})"
        r"(?: (?P<scale>thousand|million|billion|trillion|crore|lakh)(?= (?:a year|in|the|last|previously|for|this"
        r"|next)\b|[,.;)]|\Z)"
        r"|(?=(?<=\.\d) (?:the|a) year (?:before|earlier|ago)\b|(?<=\.\d) in 20\d\d\b))",
        re.IGNORECASE,
    )


def _carried(text: str, home_currency: str | None) -> Iterator[FoundMoney]:
    """The second sum of "340 million yuan, against 150 million a year before" takes the first's currency."""
    first = _pattern().search(lower_case(text))
    told = _read(first, text, home_currency) if first is not None else None
    if first is None or told is None or told.money.currency is None:
        return
    currency = told.money.currency
    written = first["scale"] or first["scale_s"] or first["scale_in"]
    for match in _carry_pattern().finditer(text, first.end()):
        scale = match["scale"] or (written if match["word"].lower() in ("from", "than", "against", "with") else None)
        if scale is None:
            continue
        amount = from_digits(match["number"]) * _scale(scale)
        operator, _ = operator_around(text, match.start("number"), match.end())
        yield FoundMoney(match.start("number"), match.end(), Money(amount, currency, operator))
