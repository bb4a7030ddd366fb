"""What a rule for dates is made of, in either language: what it may lean on, and the days and spans it resolves to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from db.values import PartialDate
from pipeline.lexicon_files import lexicon


@dataclass(slots=True)
class Context:
    """What a date may lean on: the day of publication, the last date told, and whether the sentence looks ahead."""

    published: date
    last: PartialDate | None
    future: bool = False
    told_here: bool = False
    then: PartialDate | None = None


Stretch = tuple[date, date]
"""The first day of a time and the day after its last."""
Resolver = Callable[[re.Match[str], Context], PartialDate | Stretch | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it means. Where not all of its `signs` are in a text, it cannot match there."""

    signs: frozenset[str]
    pattern: re.Pattern[str]
    resolve: Resolver
    vague: bool = False


def stretch_before(published: date, count: int, unit: str) -> Stretch:
    """So many days, weeks, months or years up to the day of publication."""
    if unit in ("day", "week"):
        return published - timedelta(days=count * (7 if unit == "week" else 1)), published
    first = months_before(published, count * (12 if unit == "year" else 1)).first_day()
    return first.replace(day=min(published.day, 28)), published


def year(number: int) -> PartialDate:
    """A year. Raises ValueError outside 1900 to 2100: a model's name or a fund's, not a year."""
    if not 1900 <= number <= 2100:
        raise ValueError(f"{number} is no year of news")
    return PartialDate(str(number))


def month(number_of_year: int, number: int) -> PartialDate:
    """A month of a year."""
    year(number_of_year)
    return PartialDate(f"{number_of_year}-{number:02}")


def day(of_year: int, of_month: int, number: int) -> PartialDate:
    """A day of a month of a year."""
    year(of_year)
    return PartialDate(f"{of_year}-{of_month:02}-{number:02}")


def months_before(published: date, count: int) -> PartialDate:
    """The month `count` months before the one of publication; negative counts look ahead."""
    whole = published.year * 12 + published.month - 1 - count
    return month(whole // 12, whole % 12 + 1)


def month_without_year(number: int, context: Context) -> PartialDate:
    """The first such month after the date told last, where that lies in an earlier year; else the latest one."""
    leaning = _leaning_year(number, context)
    if leaning is not None:
        return month(leaning, number)
    of_year = context.published.year
    if number > context.published.month and not context.future:
        of_year -= 1
    elif context.future and number < context.published.month:
        of_year += 1
    return month(of_year, number)


def day_without_year(of_month: int, number: int, context: Context) -> PartialDate:
    """As `month_without_year`, for a day."""
    leaning = _leaning_year(of_month, context)
    if leaning is not None:
        return day(leaning, of_month, number)
    of_year = context.published.year
    later = (of_month, number) > (context.published.month, context.published.day)
    if later and not context.future:
        of_year -= 1
    elif context.future and not later:
        of_year += 1
    return day(of_year, of_month, number)


def _leaning_year(number: int, context: Context) -> int | None:
    """The year a bare month takes from the date before it: from a year within one sentence, from a month always."""
    last = context.last
    if last is None or int(last.iso[:4]) >= context.published.year:
        return None
    of_year = int(last.iso[:4])
    if last.precision == "year":
        return of_year if context.told_here else None
    if last.precision not in ("month", "day"):
        return None
    following = of_year if number >= last.first_day().month else of_year + 1
    return following if (following, number) <= (context.published.year, context.published.month) else None


def weekday_before(published: date, number: int, *, strictly: bool = False) -> PartialDate:
    """The latest such weekday up to publication (0 is Monday); `strictly`: before it."""
    back = (published.weekday() - number) % 7
    if strictly and back == 0:
        back = 7
    return PartialDate((published - timedelta(days=back)).isoformat())


def weekday_of_week(published: date, weeks_ago: int, number: int) -> PartialDate:
    """Such a weekday of the week of publication or an earlier one."""
    monday = published - timedelta(days=published.weekday() + 7 * weeks_ago)
    return PartialDate((monday + timedelta(days=number)).isoformat())


def week_before(published: date, weeks_ago: int) -> PartialDate:
    """An ISO week counted back from the one of publication."""
    number = (published - timedelta(days=7 * weeks_ago)).isocalendar()
    return PartialDate(f"{number.year}-W{number.week:02}")


def lunar_day(of_year: int, number: int) -> PartialDate:
    """A day of the first lunar month (1 is new year's day). Raises ValueError for years our table does not hold."""
    table = lexicon("pipeline.lexicon", "chinese_dates")["lunar_new_year"]
    if of_year not in table:
        raise ValueError(f"no lunar new year known for {of_year}")
    first = date.fromisoformat(f"{of_year}-{table[of_year]}")
    return PartialDate((first + timedelta(days=number - 1)).isoformat())


def after(last: PartialDate | None, months: int) -> PartialDate | None:
    """So many months after the last date told, at its precision (months where it is finer)."""
    if last is None:
        return None
    if last.precision == "year":
        return year(int(last.iso) + months // 12) if months % 12 == 0 else None
    return months_before(last.first_day(), -months)
