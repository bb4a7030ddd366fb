"""Whether two sums can be the same sum: how exact the words are, and across currencies by a rough rate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

import yaml

from db.values import Money

AMOUNT_TOLERANCE = 0.05
"""Two exact sums this near are the same sum, rounded (「$141M」 and 「about $140 million」)."""
ABOUT_TOLERANCE = 0.1
OPEN_TO = 1.5
"""「Over 100 million」 hardly ever means more than 150."""
RATE_TOLERANCE = 0.2
"""How far a currency moves from its rough rate, and the press rounds when it converts."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum as the smallest and largest amount its words allow, in its currency and roughly in US dollars.

    `dollars` is None where the currency is unknown or has no rough rate. Floats: compared with tolerance, never shown.
    """

    amount: float
    low: float
    high: float
    currency: str | None
    dollars: tuple[float, float] | None


@lru_cache(maxsize=20_000)
def sum_of(money: Money) -> Sum:
    """A sum as it is compared: merging asks for it again and again."""
    amount = float(money.amount)
    slack = amount * (ABOUT_TOLERANCE if money.operator == "~" else AMOUNT_TOLERANCE / 2)
    low, high = amount - slack, amount + slack
    if money.operator in (">", ">="):
        high = amount * OPEN_TO
    if money.operator in ("<", "<="):
        low = amount / OPEN_TO
    if money.amount_max is not None:
        high = max(float(money.amount_max), high if money.operator in ("=", "~") else low)
    rate = _rates().get(money.currency or "")
    return Sum(amount, low, high, money.currency, None if rate is None else (low * rate, high * rate))


def sums_agree(one: Sum | None, other: Sum | None) -> bool | None:
    """Whether two sums can be the same; None where either is unknown.

    A sum without a currency is compared by its number; two currencies by their rough rates, where both have one.
    """
    if one is None or other is None:
        return None
    if not two_currencies(one, other):
        return one.low <= other.high and other.low <= one.high
    if one.dollars is None or other.dollars is None:
        return None
    (low_one, high_one), (low_other, high_other) = one.dollars, other.dollars
    return low_one * (1 - RATE_TOLERANCE) <= high_other and low_other * (1 - RATE_TOLERANCE) <= high_one


def two_currencies(one: Sum, other: Sum) -> bool:
    """Whether two sums are known to be in different currencies."""
    return one.currency is not None and other.currency is not None and one.currency != other.currency


def ratio(one: Sum, other: Sum) -> float | None:
    """The larger of two sums by the smaller, None where they cannot be compared or one is zero."""
    if not two_currencies(one, other):
        pair = one.amount, other.amount
    elif one.dollars is not None and other.dollars is not None:
        pair = sum(one.dollars) / 2, sum(other.dollars) / 2
    else:
        return None
    return max(pair) / min(pair) if min(pair) > 0 else None


def rated_currencies() -> Collection[str]:
    """The currencies that have a rough rate."""
    return _rates().keys()


@cache
def _rates() -> dict[str, float]:
    text = (files("pipeline.facts") / "rough_rates.yml").read_text(encoding="utf-8")
    return cast(dict[str, float], yaml.safe_load(text))
