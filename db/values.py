"""The two values everything else is made of: money and dates that know how precise they are."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Operator = Literal["=", "~", ">", ">=", "<", "<="]
OPERATORS: tuple[Operator, ...] = ("=", "~", ">", ">=", "<", "<=")
Precision = Literal["year", "half", "quarter", "month", "week", "day"]

_FORMS: tuple[tuple[Precision, re.Pattern[str]], ...] = (
    ("year", re.compile(r"\d{4}\Z")),
    ("half", re.compile(r"\d{4}-H[12]\Z")),
    ("quarter", re.compile(r"\d{4}-Q[1-4]\Z")),
    ("month", re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z")),
    ("week", re.compile(r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])\Z")),
    ("day", re.compile(r"\d{4}-\d{2}-\d{2}\Z")),
)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact sum in full units (141000000, not 141) with the operator the text gives it.

    `currency` is an ISO 4217 code, or None where the text does not make it plain. `amount_max` is the upper end of a
    range or of a bucket such as 数千万; None where there is none.
    """

    amount: Decimal
    currency: str | None
    operator: Operator = "="
    amount_max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date at the precision its source supports: YYYY, YYYY-Hn, YYYY-Qn, YYYY-MM, YYYY-Www or YYYY-MM-DD.

    Raises ValueError, naming the text, where it is none of these or no such day exists.
    """

    iso: str

    def __post_init__(self) -> None:
        try:
            self.first_day()
        except (KeyError, ValueError) as error:
            raise ValueError(f"not a date: {self.iso!r}; write YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD") from error

    @property
    def precision(self) -> Precision:
        """Which form this is written in."""
        return _precision(self.iso)

    def first_day(self) -> date:
        """The first day of the period."""
        return _period(self.iso)[0]

    def last_day(self) -> date:
        """The last day of the period."""
        return _period(self.iso)[1]

    def contains(self, other: PartialDate) -> bool:
        """Whether the whole of `other` lies within this period."""
        return self.first_day() <= other.first_day() and other.last_day() <= self.last_day()


@lru_cache(maxsize=20_000)
def _precision(iso: str) -> Precision:
    for precision, form in _FORMS:
        if form.match(iso):
            return precision
    raise ValueError(iso)


@lru_cache(maxsize=20_000)
def _period(iso: str) -> tuple[date, date]:
    """The first and the last day: merging asks for them again and again."""
    year, precision = int(iso[:4]), _precision(iso)
    if precision == "week":
        first = date.fromisocalendar(year, int(iso[6:]), 1)
        return first, first + timedelta(days=6)
    if precision == "day":
        day = date.fromisoformat(iso)
        return day, day
    first_month, months = _MONTHS[precision](iso)
    end_year, end_month = divmod(year * 12 + first_month - 1 + months - 1, 12)
    last = date(end_year, end_month + 1, calendar.monthrange(end_year, end_month + 1)[1])
    return date(year, first_month, 1), last


_MONTHS: dict[Precision, Callable[[str], tuple[int, int]]] = {
    "year": lambda _iso: (1, 12),
    "half": lambda iso: (1 if iso.endswith("1") else 7, 6),
    "quarter": lambda iso: (3 * int(iso[-1]) - 2, 3),
    "month": lambda iso: (int(iso[5:]), 1),
}
"""The first month of a period and how many it has."""
