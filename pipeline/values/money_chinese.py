"""Sums of money as Chinese writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import cast

from db.values import Money, Operator
from pipeline.lexicon_files import lexicon
from pipeline.matching.first_letters import quick
from pipeline.values.found import FoundMoney
from pipeline.values.numbers import DIGITS, HAN_DIGITS, from_digits, from_han

_LETTERS = {"w": 10**4, "k": 10**3, "m": 10**6, "b": 10**9}
_UNIT = r"万亿|兆|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百"
_CONTEXT_BEFORE = 14


def chinese_sums(text: str, home_currency: str | None) -> Iterator[FoundMoney]:
    """Every sum in a folded text, in order."""
    carried: str | None = None
    for match in _pattern().finditer(text):
        found = _read(match, text, carried or home_currency)
        if found is not None:
            carried = found.money.currency
            yield found


@cache
def _table(name: str) -> dict[str, str]:
    section = lexicon("pipeline.lexicon", "money")[name]
    return {word: str(meaning) for meaning, words in section.items() for word in words}


def _any_of(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(cast("list[str]", list(words)), key=len, reverse=True))  # type: ignore[call-overload]


@cache
def _pattern() -> re.Pattern[str]:
    digits = rf"(?:{DIGITS})"
    plain = (
        rf"(?P<number>{digits}|[{HAN_DIGITS}十百千]{{1,12}}(?:点[{HAN_DIGITS}]{{1,6}})?)\s?(?P<more>余|多)?个?"
        rf"(?P<unit>{_UNIT}|[wWkKmMbB](?![A-Za-z]))?(?P<more_after>余|多)?"
        rf"(?P<tail>(?:{digits}|[{HAN_DIGITS}十百千]{{1,8}})(?:亿|千万|百万|万))?"
    )
    pairs = "一两|两三|二三|三四|三五|四五|五六|六七|七八|八九"
    vague = rf"(?P<vague>数十|几十|数百|几百|好几|十几|十多|数|几|上|{pairs})个?(?P<vague_unit>{_UNIT})"
    bare = rf"(?P<bare>{_UNIT})(?=级|[美港欧日韩加澳英新台人元]|$|[^\w]|估值|市值)"
    figures = r"(?P<figures>[六七八九十])位数(?:的)?"
    goal = r"(?P<goal>一个小目标)"
    prefix = rf"(?P<prefix>{_any_of(_table('prefixes'))})?\s?"
    suffix = rf"(?P<level>级)?\s?(?P<suffix>{_any_of(_table('suffixes_zh'))})?"
    upper = (
        rf"(?:\s?(?:-|–|—|~|至|到)\s?(?:{_any_of(_table('prefixes'))})?(?P<upper>{digits})\s?(?P<upper_unit>{_UNIT})?)?"
    )
    return quick(
        rf"{prefix}(?:{goal}|{figures}|(?<![\d.,]){vague}|(?<![\d.,{HAN_DIGITS}十百千万]){plain}{upper}|(?<![\d{HAN_DIGITS}十百千万数几]){bare})"
        rf"{suffix}"
    )


def _read(match: re.Match[str], text: str, fallback: str | None) -> FoundMoney | None:
    currency = _currency(match)
    has_unit = any(match.group("unit", "vague", "bare", "upper_unit", "goal", "figures"))
    if currency is None:
        if not has_unit or not _is_money(match, text):
            return None
        currency = fallback or "CNY"
    if not has_unit and match["prefix"] is None and match["suffix"] in ("刀", "元", "块", None):
        plain = match["suffix"] != "块" and match["number"][0].isdigit()
        if match["suffix"] is None or not (plain or _spelled_out(match, text)):
            return None
    if (
        match["number"]
        and match["suffix"] in ("元", "圆")
        and text.startswith(("宇宙", "旦", "素", "年", "老", "首", "桌", "形", "满"), match.end())
    ):
        return None
    if match["number"] and not match["unit"] and not match["upper"] and match["prefix"] in ("$", "US$", "USD"):
        return None  # plain dollars are the English reader's
    amount, operator, upper = _amount(match)
    operator, end = _operator(text, match, operator)
    small = _SMALL_CHANGE.match(text, end) if match["number"] and match["suffix"] and operator == "=" else None
    if small is not None:
        amount, end = amount + _small_change(small), small.end()
    return FoundMoney(_start(match), end, Money(amount, currency, operator, upper))


_SPENT = re.compile(r"(?:花费?|花了|付了?|收了?|要|卖|值)[你我他她]?\Z")
_SMALL_CHANGE = re.compile(
    rf"(?:又|零)?(?:(?P<tenths>\d|[{HAN_DIGITS}])[角毛](?!度))?(?:(?P<cents>\d{{1,2}}|[{HAN_DIGITS}十]{{1,3}})[美欧港]?分(?![之期钟公成类别布享析])(?:钱)?)?"
)


def _spelled_out(match: re.Match[str], text: str) -> bool:
    """Whether this is a sum: 一千元, 五元三毛 and 花了三块 are; 一元 and 三块 may be anything."""
    if len(match["number"]) > 1 and match["suffix"] == "元":
        return True
    change = _SMALL_CHANGE.match(text, match.end())
    return bool(change and change[0]) or bool(_SPENT.search(text, max(0, match.start() - 4), match.start()))


def _small_change(match: re.Match[str]) -> Decimal:
    """The tenths and hundredths behind a sum: 三毛, 6角三分."""
    total = Decimal(0)
    for written, of in ((match["tenths"], 10), (match["cents"], 100)):
        if written:
            total += (from_digits(written) if written[0].isdigit() else from_han(written)) / of
    return total


def _start(match: re.Match[str]) -> int:
    return (
        match.start()
        if match["prefix"]
        else min(match.start(name) for name in ("goal", "figures", "vague", "number", "bare") if match[name])
    )


def _currency(match: re.Match[str]) -> str | None:
    suffix = match["suffix"]
    prefixed = _table("prefixes").get(match["prefix"]) if match["prefix"] else None
    if suffix and suffix not in ("元", "块钱"):
        return _table("suffixes_zh")[suffix]
    return prefixed or (_table("suffixes_zh")[suffix] if suffix else None)


@cache
def _money_words() -> re.Pattern[str]:
    return re.compile(_any_of(lexicon("pipeline.lexicon", "money")["money_words_zh"]))


@cache
def _things() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{_any_of(lexicon('pipeline.lexicon', 'money')['things_zh'])})")


def _is_money(match: re.Match[str], text: str) -> bool:
    """A number without a currency is money only after a money word, and before nothing one counts."""
    if match["goal"]:
        return True
    before = text[max(0, match.start() - _CONTEXT_BEFORE) : match.start()]
    before = re.split(r"[。；;，,]", before)[-1]
    return bool(_money_words().search(before)) and not _things().match(text, match.end())


def _unit(word: str | None) -> Decimal:
    if not word:
        return Decimal(1)
    return Decimal(_LETTERS[word.lower()]) if word.isascii() else from_han(word)


def _amount(match: re.Match[str]) -> tuple[Decimal, Operator, Decimal | None]:
    if match["goal"]:
        return Decimal(10**8), "~", None
    if match["figures"]:
        floor = Decimal(10) ** (int(from_han(match["figures"])) - 1)
        return floor, ">=", floor * 10
    if match["bare"]:
        return from_han(match["bare"]), "~", None
    if match["vague"]:
        return _vague(match["vague"], _unit(match["vague_unit"]))
    number = match["number"]
    value = from_digits(number) if number[0].isdigit() else from_han(number)
    if (number in ("百", "千") and match["unit"]) or number in ("千万", "百万", "十万"):
        return from_han(number + (match["unit"] or "")), "~", None
    unit = _unit(match["unit"] or (match["upper_unit"] if match["upper"] else None))
    amount = value * unit
    if match["tail"]:
        amount += from_han(match["tail"].replace(",", ""))
    if match["upper"]:
        high = from_digits(match["upper"]) * _unit(match["upper_unit"] or match["unit"])
        return amount, ">=", high if high > amount else None
    return amount, ">" if match["more"] or match["more_after"] else "=", None


def _vague(word: str, unit: Decimal) -> tuple[Decimal, Operator, Decimal | None]:
    """数千万 is at least ten million, 十几亿 over a billion, 两三千万 about twenty million, 上亿 at least 亿."""
    if word == "上":
        return unit, ">=", None
    if word in ("十几", "十多"):
        return 10 * unit, ">", 20 * unit
    if word[0] in "数几好":
        floor = unit * {"十": 10, "百": 100}.get(word[-1], 1)
        return floor, ">=", floor * 10
    low, high = from_han(word[0]), from_han(word[-1])
    return low * unit, "~", high * unit


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"({_any_of(_table('operators_zh'))})\s?\Z")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s?({_any_of(_table('after_zh'))})")


_HAVE_DONE = frozenset("出拿收得投借到筹募给")
"""Behind these 过 says that it has happened: 「有人开出过3亿美元」."""


def _operator(text: str, match: re.Match[str], operator: Operator) -> tuple[Operator, int]:
    end = match.end()
    start = _start(match)
    before = _before().search(text, max(0, start - 8), start)
    if before is not None and before[1] == "过" and text[before.start() - 1 : before.start()] in _HAVE_DONE:
        before = None
    if before and operator in ("=", "~"):
        return cast(Operator, _table("operators_zh")[before[1]]), end
    if match["level"] and operator == "=":
        return "~", end
    after = _after().match(text, end)
    if after and operator == "=":
        return cast(Operator, _table("after_zh")[after[1]]), after.end()
    if after and operator == "~" and after[1] == "级":
        return "~", after.end()
    return operator, end
