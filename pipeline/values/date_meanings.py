"""What words for dates mean alike in both languages: today, yesterday, this year."""

from __future__ import annotations

import re
from datetime import timedelta

from db.values import PartialDate
from pipeline.values.date_rules import Context, year


def today(_match: re.Match[str], context: Context) -> PartialDate:
    """The day of publication."""
    return _days_on(context, 0)


def yesterday(_match: re.Match[str], context: Context) -> PartialDate:
    """The day before publication."""
    return _days_on(context, -1)


def day_before_yesterday(_match: re.Match[str], context: Context) -> PartialDate:
    """Two days before publication."""
    return _days_on(context, -2)


def tomorrow(_match: re.Match[str], context: Context) -> PartialDate:
    """The day after publication."""
    return _days_on(context, 1)


def this_year(_match: re.Match[str], context: Context) -> PartialDate:
    """The year of publication."""
    return year(context.published.year)


def vague(_match: re.Match[str], _context: Context) -> None:
    """For "recently", 近日: a time, but no date."""


def _days_on(context: Context, days: int) -> PartialDate:
    return PartialDate((context.published + timedelta(days=days)).isoformat())
