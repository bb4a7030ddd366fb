"""What English words for dates mean: each resolved against the day of publication and the dates told before."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from db.values import PartialDate
from pipeline.lexicon_files import lexicon
from pipeline.values.date_rules import (
    Context,
    Stretch,
    after,
    day,
    day_without_year,
    month,
    month_without_year,
    months_before,
    stretch_before,
    week_before,
    weekday_before,
    year,
)
from pipeline.values.numbers import from_english

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
"""The first month of each season that lies within one year."""


@cache
def _months() -> dict[str, int]:
    table = lexicon("pipeline.lexicon", "english_dates")
    return {name.lower(): number for number, name in enumerate(table["months"], 1)} | dict(table["month_abbreviations"])


def _number_of_month(name: str) -> int:
    written = name.rstrip(".").lower()
    return int(written) if written.isdigit() else _months()[written]


def exact_day(match: re.Match[str], _context: Context) -> PartialDate:
    """For "March 3, 2025"."""
    return day(int(match["year"]), _number_of_month(match["month"]), int(match["day"]))


def exact_month(match: re.Match[str], _context: Context) -> PartialDate:
    """For "March 2025"."""
    return month(int(match["year"]), _number_of_month(match["month"]))


def month_of_year(match: re.Match[str], context: Context) -> PartialDate:
    """For "March last year"."""
    return month(context.published.year - (match["which"] == "last"), _number_of_month(match["month"]))


def day_alone(match: re.Match[str], context: Context) -> PartialDate:
    """For "March 3"."""
    return day_without_year(_number_of_month(match["month"]), int(match["day"]), context)


def day_of_month(match: re.Match[str], context: Context) -> PartialDate:
    """As in "closed on the 11th": of the month told last, else the latest such day."""
    number = int(match["day"])
    if context.last is not None and context.last.precision in ("month", "day"):
        return day(int(context.last.iso[:4]), int(context.last.iso[5:7]), number)
    back = number > context.published.day and not context.future
    whole = months_before(context.published, int(back))
    return day(int(whole.iso[:4]), int(whole.iso[5:7]), number)


def last_month_of_name(match: re.Match[str], context: Context) -> PartialDate:
    """For "last March": the one before the month of publication."""
    number = _number_of_month(match["month"])
    return month(context.published.year - (number >= context.published.month), number)


def month_alone(match: re.Match[str], context: Context) -> PartialDate:
    """For "in March"."""
    return month_without_year(_number_of_month(match["month"]), context)


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _period(of_year: int, which: str, half: bool) -> PartialDate:
    year(of_year)
    if which[0] in "QH" and which[-1].isdigit():
        return PartialDate(f"{of_year}-{which}")
    return PartialDate(f"{of_year}-{'H' if half else 'Q'}{_ORDINALS[which]}")


def exact_quarter(match: re.Match[str], _context: Context) -> PartialDate | None:
    """For "the first quarter of 2025", "Q1 2025"."""
    if match["q"] in _ORDINALS and "quarter" not in match[0] and "half" not in match[0]:
        return None
    return _period(int(match["year"]), match["q"], " half" in match[0])


def quarter_of_year(match: re.Match[str], context: Context) -> PartialDate:
    """For "last year's first quarter"."""
    return _period(context.published.year - (match["which"] == "last"), match["q"], match["unit"] == "half")


def quarter_alone(match: re.Match[str], context: Context) -> PartialDate | None:
    """The latest such quarter or half that has begun; one told beside others ("half of what it was") is none."""
    number = _ORDINALS[match["q"]]
    half = match["unit"] == "half"
    if number > (2 if half else 4):
        return None
    if context.last is not None and context.last.precision == "year":
        return _period(int(context.last.iso), match["q"], half)
    begins = (number - 1) * (6 if half else 3) + 1
    ahead = begins > context.published.month
    return _period(context.published.year - (ahead and not context.future), match["q"], half)


def exact_year(match: re.Match[str], _context: Context) -> PartialDate:
    """For "2025"."""
    return year(int(match["year"]))


def short_year(match: re.Match[str], context: Context) -> PartialDate | None:
    """For "'25", up to the next year."""
    number = 2000 + int(match["year"])
    return year(number) if number <= context.published.year + 1 else None


def year_before(_match: re.Match[str], context: Context) -> PartialDate | None:
    """For "the previous fiscal year": the one before that told in the sentence."""
    told = context.last if context.told_here else None
    return year(int(told.iso[:4]) - 1) if told is not None else None


def year_before_last(_match: re.Match[str], context: Context) -> PartialDate:
    """The year before the last one."""
    return year(context.published.year - 2)


def month_before_last(_match: re.Match[str], context: Context) -> PartialDate:
    """The month before the last one."""
    return months_before(context.published, 2)


def end_of_year(match: re.Match[str], context: Context) -> PartialDate:
    """For "at the end of the year": this one's where it is ahead, else in the first half of a year the last one's."""
    ahead = context.future or match[0].startswith("b") or context.published.month > _FIRST_HALF
    return year(context.published.year - (not ahead))


_FIRST_HALF = 6


def relative(match: re.Match[str], context: Context) -> PartialDate:
    """For "last month", "this year", "last spring"."""
    back = {"last": 1, "this": 0, "next": -1}[match["which"].lower()]
    if match["unit"] == "month":
        return months_before(context.published, back)
    if match["unit"] == "week":
        return week_before(context.published, back)
    return year(context.published.year - back)


def relative_quarter(match: re.Match[str], context: Context) -> PartialDate:
    """For "last quarter"."""
    whole = context.published.year * 4 + (context.published.month - 1) // 3 - (match["which"].lower() == "last")
    return PartialDate(f"{whole // 4}-Q{whole % 4 + 1}")


def _counted(match: re.Match[str]) -> int:
    written = match["count"].lower()
    return int(written) if written.isdigit() else 18 if written == "eighteen" else int(from_english(written))


def ago(match: re.Match[str], context: Context) -> PartialDate:
    """For "two months ago"; "a year before", from the date told in the sentence."""
    count = _counted(match)
    unit = match["unit"].rstrip("s")
    told = context.last if context.told_here and not match[0].endswith("ago") else None
    if unit == "year" and told is not None and told.precision in ("year", "month", "quarter", "half"):
        return PartialDate(f"{int(told.iso[:4]) - count}{told.iso[4:]}")  # "$53 million in June, $19 a year before"
    if unit == "year":
        return year(context.published.year - count)
    if unit == "month":
        return months_before(context.published, count)
    if unit == "week":
        return PartialDate((context.published - timedelta(days=7 * count)).isoformat()[:7])
    return PartialDate((context.published - timedelta(days=count)).isoformat())


def past(match: re.Match[str], context: Context) -> Stretch:
    """For "the past two months"."""
    return stretch_before(context.published, _counted(match), match["unit"].rstrip("s"))


def later(match: re.Match[str], context: Context) -> PartialDate | None:
    """For "two months later": after the date told last."""
    return after(context.last, _counted(match) * (12 if match["unit"].startswith("year") else 1))


def same(match: re.Match[str], context: Context) -> PartialDate | None:
    """For "the same month", "later that year"."""
    if context.last is None:
        return None
    groups = match.groupdict()
    length = {"year": 4, "month": 7, "day": 10}[groups.get("unit") or groups["unit2"]]
    return PartialDate(context.last.iso[:length]) if len(context.last.iso) >= length else None


def month_of_that_year(match: re.Match[str], context: Context) -> PartialDate | None:
    """For "in March of that year"."""
    return month(int(context.last.iso[:4]), _number_of_month(match["month"])) if context.last is not None else None


def that_month(match: re.Match[str], context: Context) -> PartialDate | None:
    """For "that December": the one of the year told, or the next one after the month told."""
    if context.last is None:
        return None
    number, of_year = _number_of_month(match["month"]), int(context.last.iso[:4])
    later = context.last.precision in ("month", "day") and number < context.last.first_day().month
    return month(of_year + later, number)


def same_year(_match: re.Match[str], context: Context) -> PartialDate | None:
    """For "that spring"."""
    return year(int(context.last.iso[:4])) if context.last is not None else None


def following(match: re.Match[str], context: Context) -> PartialDate | None:
    """For "the following month"."""
    return after(context.last, 12 if match["unit"] == "year" else 1)


def weekday(match: re.Match[str], context: Context) -> PartialDate:
    """For "on Monday", "last Monday"."""
    names = lexicon("pipeline.lexicon", "english_dates")["weekdays"]
    strictly = match[0].lower().startswith("last ")
    return weekday_before(context.published, names.index(match["weekday"]), strictly=strictly)


def weekend(_match: re.Match[str], context: Context) -> PartialDate:
    """For "over the weekend": its Saturday."""
    return weekday_before(context.published, 5)


def fortnight_ago(_match: re.Match[str], context: Context) -> PartialDate:
    """Two weeks before publication, told no closer than the month."""
    return PartialDate((context.published - timedelta(days=14)).isoformat()[:7])


def weekday_before_last(match: re.Match[str], context: Context) -> PartialDate:
    """For "the Friday before last": a week before the last one."""
    last = weekday(match, context).first_day()
    return PartialDate((last - timedelta(days=7)).isoformat())


def season_alone(match: re.Match[str], context: Context) -> PartialDate:
    """For "in the spring": of the year told before, else the latest that has begun or, ahead, the next one."""
    last = context.last
    if last is not None and last.precision == "year" and context.told_here:
        return year(int(last.iso))
    begun = SEASONS[match["season"]] < context.published.month
    of_year = context.published.year
    if context.future:
        return year(of_year + (SEASONS[match["season"]] + 2 < context.published.month))
    return year(of_year if begun else of_year - 1)


def christmas(_match: re.Match[str], context: Context) -> PartialDate:
    """December of the last year whose Christmas has passed, or of this one where it is ahead."""
    passed = context.published.month == 12 and context.published.day > 25
    return month(context.published.year - (not passed and not context.future), 12)


def between_months(match: re.Match[str], context: Context) -> Stretch | None:
    """For "between April and June": the latest such months that have passed."""
    until = month_without_year(_number_of_month(match["until"]), context)
    count = (until.first_day().month - _number_of_month(match["month"])) % 12
    return months_before(until.first_day(), count).first_day(), until.last_day() + timedelta(days=1)
