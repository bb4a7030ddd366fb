"""How old a known value is: whole months, since nobody needs it finer and dates are often known to the month."""

from __future__ import annotations

from datetime import date

from db.values import PartialDate

OLD_PRICE_MONTHS = 6
"""From this age on, a valuation is shown with its age: it is no current price."""


def months_between(earlier: PartialDate, later: date) -> int:
    """Whole months from the end of a period to a day; a day of the period itself is 0 months away."""
    end = earlier.last_day()
    return max((later.year - end.year) * 12 + later.month - end.month - (later.day < end.day), 0)
