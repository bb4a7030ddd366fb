"""Sums in US dollars, by the ECB's rate of the event's date; never a number where no rate is known."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.nouns.us_dollars import UsDollars, UsdRate, history_end, us_dollars, usd_rate
from db.values import Money, PartialDate

NONE = UsdRate(None, None, "no_rate")
AFTER_THE_END = (history_end() + timedelta(days=400)).isoformat()


def in_dollars(amount, currency, on, upper=None):
    money = Money(Decimal(amount), currency, "=", None if upper is None else Decimal(upper))
    return us_dollars(money, PartialDate(on) if on else None)


def test_yuan_by_the_rate_of_the_day():
    # ECB, 2023-06-29: 1 EUR = 1.0938 USD = 7.914 CNY
    assert in_dollars(580_000_000, "CNY", "2023-06-29") == UsDollars(
        Decimal("80162247"), None, UsdRate(Decimal("0.13821077"), "2023-06-29", "day_rate")
    )


def test_a_range_keeps_both_ends():
    found = in_dollars(10_000_000, "CNY", "2023-06-29", upper=100_000_000)
    assert (found.amount, found.amount_max) == (Decimal("1382108"), Decimal("13821077"))


@pytest.mark.parametrize(
    ("currency", "on", "rate"),
    [
        ("USD", None, UsdRate(Decimal(1), None, "us_dollars")),
        ("EUR", "2024-05-10", UsdRate(Decimal("1.0779"), "2024-05-10", "day_rate")),
        ("EUR", "2024-05-12", UsdRate(Decimal("1.0779"), "2024-05-10", "day_rate")),  # a Sunday
        ("AED", "2024-05", UsdRate(Decimal("0.27229408"), None, "fixed_peg")),
        ("AED", "1999", NONE),
        ("CNY", "2004-01-05", NONE),  # before the ECB's first rate
        ("CNY", "2005", NONE),  # from April on only: an average of the year it is not
        # ECB, 2022-03-01: 1 EUR = 1.1162 USD = 117.201 RUB, the last rate it gave
        ("RUB", "2022-03-02", UsdRate(Decimal("0.0095238095"), "2022-03-01", "day_rate")),
        ("RUB", "2023-01-10", NONE),  # given up since
        ("TWD", "2024-05-10", NONE),
        ("CNY", None, UsdRate(None, None, "no_date")),
    ],
)
def test_the_rate_and_where_it_is_from(currency, on, rate):
    assert usd_rate(currency, PartialDate(on) if on else None) == rate


def test_a_currency_nobody_named_has_no_dollars():
    assert in_dollars(100_000_000, None, "2024-05-10") == UsDollars(None, None, UsdRate(None, None, "no_currency"))


@pytest.mark.parametrize("on", ["2023", "2023-H1", "2023-Q2", "2023-06", "2023-W26"])
def test_a_period_takes_its_average(on):
    period = PartialDate(on)
    found = usd_rate("CNY", period)
    days = [period.first_day() + timedelta(days=n) for n in range((period.last_day() - period.first_day()).days + 1)]
    known = [usd_rate("CNY", PartialDate(day.isoformat())) for day in days]
    rates = [rate.rate for day, rate in zip(days, known, strict=True) if rate.rate_on == day.isoformat()]
    assert (found.rate_on, found.basis) == (on, "period_average")
    assert abs(found.rate - sum(rates) / len(rates)) < Decimal("0.0000001")


def test_beyond_the_history_the_last_rate_holds_provisionally():
    last = usd_rate("CNY", PartialDate(history_end().isoformat()))
    expected = UsdRate(last.rate, history_end().isoformat(), "provisional")
    assert usd_rate("CNY", PartialDate(AFTER_THE_END)) == expected
    assert usd_rate("CNY", PartialDate(AFTER_THE_END[:4])) == expected
    assert usd_rate("RUB", PartialDate(AFTER_THE_END)) == NONE


def test_a_period_that_is_not_over_is_provisional():
    assert usd_rate("CNY", PartialDate(str(history_end().year))).basis == "provisional"


@given(st.sampled_from(["CNY", "EUR", "GBP", "JPY", "INR", "KRW", "AED"]), st.dates(max_value=history_end()))
def test_there_is_a_rate_or_a_reason_and_never_both(currency, day):
    rate = usd_rate(currency, PartialDate(day.isoformat()))
    assert (rate.rate is None) == (rate.basis == "no_rate")
    assert rate.rate is None or rate.rate > 0


MEMORY = """
import psutil
from db.nouns.us_dollars import usd_rate
from db.values import PartialDate
before = psutil.Process().memory_info().rss
for currency in ("CNY", "EUR", "GBP", "INR", "JPY", "KRW", "HKD", "ILS", "SGD", "CHF"):
    usd_rate(currency, PartialDate("2023-06-29"))
print((psutil.Process().memory_info().rss - before) / 1e6)
"""


def test_the_rates_of_ten_currencies_cost_little_memory():
    done = subprocess.run([sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 25
