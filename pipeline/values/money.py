"""Sums of money in a sentence: every notation, exact, with the operator and the currency the text makes plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from db.model import Language
from db.values import Money, Operator
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.values.found import FoundMoney
from pipeline.values.money_chinese import chinese_sums
from pipeline.values.money_english import english_sums
from pipeline.values.money_english_words import worded_sums

_LONGEST_BRIDGE = 24
_RESTATED = re.compile(
    r"\s?(?:[（(]\s?(?:约合|折合|合|约为|约|相当于|approximately|about|around|roughly|or|equivalent to|equal to|~|≈)?"
    r"|[,，]?\s?(?:约合|折合|合|相当于|or about|or roughly|or)\s?(?:人民币)?)\s?(?:约|人民币|about )?\s?"
)


def find_money(text: str, language: Language, home_currency: str | None = None) -> list[FoundMoney]:
    """Every sum of money in a folded text, in order, none overlapping.

    A bare "$" is `home_currency`'s where that is a dollar, else USD; a bare 万 or 亿 takes the currency of the sum
    before it, else `home_currency`, else CNY in Chinese. Sums in words such as "nine figures" have currency None.
    `restates` marks the second currency of "5.8亿元（8000万美元）".
    """
    found = list(chinese_sums(text, home_currency)) if language == "zh" else []
    found += english_sums(text, home_currency)
    found += worded_sums(text)
    found += _fixed(text, language)
    if not found:
        return []
    kept: list[FoundMoney] = []
    for each in sorted(found, key=lambda sum_: (sum_.start, -sum_.end)):
        if kept and each.start < kept[-1].end:
            continue
        restates = bool(kept) and _restates(text, kept[-1], each)
        kept.append(_in_yen(text, each, home_currency)._replace(restates=restates))
    return kept


def _in_yen(text: str, sum_: FoundMoney, home_currency: str | None) -> FoundMoney:
    """A sum of "¥" as yen where the sentence or the text speaks of Japan: the sign is China's and Japan's."""
    if text[sum_.start] != "¥" or not (home_currency == "JPY" or _JAPAN.search(text)):
        return sum_
    return sum_._replace(money=replace(sum_.money, currency="JPY"))


def home_of_yen(text: str) -> str | None:
    """Yen ("JPY") where a text with "¥" speaks of Japan, not of China; kroner and pesos are of the one country told."""
    if "¥" in text:
        return "JPY" if _JAPAN.search(text) and not _CHINA.search(text) else None
    if "kroner" not in text and "pesos" not in text:
        return None
    homes = _KRONER if "kroner" in text else _PESOS
    spoken_of = [currency for currency, places in homes.items() if places.search(text)]
    return spoken_of[0] if len(spoken_of) == 1 else None


_KRONER = {
    "NOK": re.compile(r"\b(?:Norw(?:ay|egian)|Oslo|Bergen|Trondheim|Stavanger)\b"),
    "DKK": re.compile(r"\b(?:Denmark|Danish|Copenhagen|Aarhus|Odense)\b"),
}
_PESOS = {
    "MXN": re.compile(r"\b(?:Mexic(?:o|an)|Guadalajara|Monterrey|Puebla)\b"),
    "ARS": re.compile(r"\b(?:Argentin(?:a|e|ian)|Buenos Aires|Córdoba|Rosario)\b"),
    "COP": re.compile(r"\b(?:Colombian?|Bogotá|Medellín)\b"),
    "CLP": re.compile(r"\b(?:Chile(?:an)?|Santiago|Valparaíso)\b"),
    "PHP": re.compile(r"\b(?:Philippines?|Filipino|Manila|Cebu)\b"),
}
_CHINA = re.compile(r"\b(?:Chin(?:a|ese)|yuan|renminbi|RMB|Beijing|Shanghai|Shenzhen|Hangzhou|Guangzhou)\b")
_JAPAN = re.compile(r"\b(?:Japan(?:ese)?|Tokyo|Osaka|Kyoto|Fukuoka|Nagoya|yen|Nikkei|Mizuho|SoftBank|Kadokawa)\b")


def _restates(text: str, before: FoundMoney, after: FoundMoney) -> bool:
    """Whether the second sum says the first in another currency: in brackets, or after "or" and 约合."""
    between = text[before.end : after.start]
    if before.money.currency == after.money.currency or not between or len(between) > _LONGEST_BRIDGE:
        return False
    return bool(_RESTATED.fullmatch(between))


@cache
def _fixed_pattern(language: str) -> GatedPattern:
    words = "|".join(lexicon("pipeline.lexicon", "money")["fixed"][language])
    if language == "zh":
        return GatedPattern(rf"(?:成为|跻身|晋升为?|晋身|升级为|迈入|步入)[^，。；]{{0,6}}(?<!准)({words})")
    verbs = (
        r"becomes?|became|becoming|(?:makes?|made|making|turn(?:s|ed|ing)|crown(?:s|ed)|mint(?:s|ed))"
        r" (?:it|the (?:[\w-]+ ){0,3}?\w+|\w+(?: AI)?)(?:, [^,;.]{2,50},)?(?: into)?|is now|as"
    )
    ranks = "status|club|ranks|territory|league|valuation|mark"
    joins = "join(?:s|ed|ing)?|enter(?:s|ed|ing)?|reach(?:es|ed|ing)?"
    return GatedPattern(
        rf"\b(?:{verbs}) an? (?:newly minted |fresh )?({words})\b|\b({words})[- ](?:{ranks})\b"
        rf"|\b(?:{joins}) (?:the )?(?:\w+ of (?:the )?(?:world's |country's |region's )?)?(?:AI )?({words})s\b"
    )


def _fixed(text: str, language: Language) -> Iterator[FoundMoney]:
    """Words that are a price by themselves: "a unicorn" is worth at least a billion dollars."""
    name = "zh" if language == "zh" else "en"
    for match in _fixed_pattern(name).finditer(text):
        word = next(group for group in match.groups() if group)
        amount = Decimal(lexicon("pipeline.lexicon", "money")["fixed"][name][word])
        operator: Operator = ">="
        yield FoundMoney(match.start(), match.end(), Money(amount, "USD", operator))
