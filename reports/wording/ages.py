"""How old a known value is: whole months, since nobody needs it finer and dates are often known to the month."""

from __future__ import annotations

from datetime import date, timedelta

from db.values import PartialDate

OLD_PRICE_MONTHS = 6
"""From this age on, a valuation is shown with its age: it is no current price."""
_YEAR = 12


def months_between(earlier: PartialDate, later: date) -> int:
    """Whole months from the end of a period to a day; a day of the period itself is 0 months away."""
    end = earlier.last_day()
    return max((later.year - end.year) * 12 + later.month - end.month - (later.day < end.day), 0)


def told_age(months: int) -> tuple[int, int]:
    """Years and months of an age as a table tells it: nothing of what is new, months in the first year, then years."""
    if months < OLD_PRICE_MONTHS:
        return 0, 0
    return (months // _YEAR, 0) if months >= _YEAR else (0, months)


def next_told_age(earlier: PartialDate, day: date) -> date:
    """The first day after this one on which the age is told otherwise."""
    told, later = told_age(months_between(earlier, day)), max(day, earlier.last_day()) + timedelta(days=1)
    while told_age(months_between(earlier, later)) == told:
        later += timedelta(days=1)
    return later
