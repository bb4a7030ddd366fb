"""The two values everything else is made of: money and dates that know how precise they are."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
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
        for precision, form in _FORMS:
            if form.match(self.iso):
                return precision
        raise ValueError(self.iso)

    def first_day(self) -> date:
        """The first day of the period."""
        year, precision = int(self.iso[:4]), self.precision
        if precision == "year":
            return date(year, 1, 1)
        if precision == "half":
            return date(year, 1 if self.iso.endswith("1") else 7, 1)
        if precision == "quarter":
            return date(year, 3 * int(self.iso[-1]) - 2, 1)
        if precision == "month":
            return date(year, int(self.iso[5:]), 1)
        if precision == "week":
            return date.fromisocalendar(year, int(self.iso[6:]), 1)
        return date.fromisoformat(self.iso)

    def last_day(self) -> date:
        """The last day of the period."""
        first, precision = self.first_day(), self.precision
        if precision == "day":
            return first
        if precision == "week":
            return first + timedelta(days=6)
        months = {"year": 12, "half": 6, "quarter": 3, "month": 1}[precision]
        year, month = divmod(first.year * 12 + first.month - 1 + months - 1, 12)
        return date(year, month + 1, calendar.monthrange(year, month + 1)[1])

    def contains(self, other: PartialDate) -> bool:
        """Whether the whole of `other` lies within this period."""
        return self.first_day() <= other.first_day() and other.last_day() <= self.last_day()
