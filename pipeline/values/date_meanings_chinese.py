"""What Chinese words for dates mean: each resolved against the day of publication and the dates told before."""

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
    lunar_day,
    month,
    month_without_year,
    months_before,
    stretch_before,
    week_before,
    weekday_before,
    weekday_of_week,
    year,
)
from pipeline.values.numbers import from_han

_YEARS = {"今年": 0, "去年": 1, "前年": 2, "明年": -1}
_NEAR_ITS_END = 10
_WEEKDAYS = "一二三四五六日"


def _number(written: str) -> int:
    return int(written) if written.isdigit() else int(from_han(written))


def _year_of(match: re.Match[str], context: Context) -> int:
    groups = match.groupdict()
    if groups.get("year"):
        return _number(groups["year"])
    if groups.get("short"):
        return 2000 + int(groups["short"])
    if groups.get("minguo"):
        return 1911 + int(groups["minguo"].removeprefix("民国"))
    if groups.get("relative"):
        return context.published.year - _YEARS[groups["relative"]]
    return context.published.year


def exact(match: re.Match[str], context: Context) -> PartialDate:
    """For 2025年3月3日, 去年11月."""
    of_year, of_month = _year_of(match, context), _number(match["month"])
    number = match.groupdict().get("day")
    return day(of_year, of_month, _number(number)) if number else month(of_year, of_month)


def quarter(match: re.Match[str], context: Context) -> PartialDate:
    """For 2025年第三季度, 去年上半年, 三季度: without a year the one told before, else the latest that has begun."""
    groups = match.groupdict()
    of_year = _year_of(match, context)
    if groups.get("half"):
        return PartialDate(f"{of_year}-H{1 if groups['half'] == '上' else 2}")
    number = _number(match["quarter"])
    if not any(groups.get(name) for name in ("year", "short", "relative", "minguo")):
        if context.last is not None and context.last.precision == "year":
            of_year = int(context.last.iso)
        elif number * 3 - 2 > context.published.month and not context.future:
            of_year -= 1
    return PartialDate(f"{of_year}-Q{number}")


def lunar(match: re.Match[str], context: Context) -> PartialDate:
    """For 春节, 大年初七: the latest one, or the next when looking ahead."""
    of_year = _year_of(match, context)
    number = _number(match["lunar"]) if match["lunar"] else 1
    found = lunar_day(of_year, number)
    if found.first_day() > context.published and not match.groupdict().get("relative") and not context.future:
        found = lunar_day(of_year - 1, number)
    return found


def turn_of_year(match: re.Match[str], context: Context) -> PartialDate:
    """年底 told as past, long before the year ends, is last year's."""
    until = match.string.startswith(("前", "之前", "以前"), match.end())
    past = match[0] != "年初" and not (until or context.future) and context.published.month < _NEAR_ITS_END
    return year(context.published.year - past)


def whole_year(match: re.Match[str], context: Context) -> PartialDate:
    """For 2023年, 去年底."""
    return year(_year_of(match, context))


def same_year(match: re.Match[str], context: Context) -> PartialDate | None:
    """For 同年9月, 次年: of the year told last."""
    if context.last is None:
        return None
    of_year = int(context.last.iso[:4]) + _years_on(match["same"])
    groups = match.groupdict()
    if not groups.get("month"):
        return year(of_year)
    number = groups.get("day")
    return day(of_year, _number(match["month"]), _number(number)) if number else month(of_year, _number(match["month"]))


def year_before(match: re.Match[str], context: Context) -> PartialDate | None:
    """The period told last, a year earlier; 去年同期 without one is last year."""
    last = context.last
    if last is None or (match[0] == "上年" and not context.told_here):
        return year(context.published.year - 1) if match[0].startswith(("去", "上年")) else None
    whole = not match[0].endswith(("期", "季")) or last.precision not in ("quarter", "half", "month")
    if match[0].startswith("去") and int(last.iso[:4]) != context.published.year:
        return year(context.published.year - 1)
    before = int(last.iso[:4]) - 1
    return year(before) if whole else PartialDate(f"{before}{last.iso[4:]}")


def _years_on(written: str) -> int:
    """How many years 次年, 又过一年 or 第三年 is behind the year told last."""
    if written.startswith("第"):
        return int(from_han(written[1])) - 1
    return int(_next_year().fullmatch(written) is not None)


@cache
def _next_year() -> re.Pattern[str]:
    return re.compile(lexicon("pipeline.lexicon", "chinese_dates")["words"]["next_year"])


def _cut(last: PartialDate | None, length: int) -> PartialDate | None:
    """The date told last as "then": 同日 after a mere month is that month."""
    return PartialDate(last.iso[:length]) if last is not None and last.precision in ("month", "day") else None


def day_alone(match: re.Match[str], context: Context) -> PartialDate:
    """For 3月7日: the nearest such day that fits."""
    return day_without_year(_number(match["month"]), _number(match["day"]), context)


def month_alone(match: re.Match[str], context: Context) -> PartialDate:
    """For 3月, 3月底: the nearest such month that fits."""
    return month_without_year(_number(match["month"]), context)


def day_of_month(match: re.Match[str], context: Context) -> PartialDate | None:
    """A bare day: the latest one, or the next one when looking ahead."""
    number = _number(match["day"])
    published = context.published
    if context.future:
        return day(published.year, published.month, number) if number >= published.day else None
    if number <= published.day:
        return day(published.year, published.month, number)
    before = months_before(published, 1).first_day()
    return day(before.year, before.month, number)


def relative_month(match: re.Match[str], context: Context) -> PartialDate:
    """For 上个月, 本月."""
    back = {"上上": 2, "上": 1, "本": 0, "这": 0, "下": -1}[match["which"]]
    return months_before(context.published, back)


def _week_day_number(match: re.Match[str]) -> int:
    return 6 if match["weekday"] == "天" else _WEEKDAYS.index(match["weekday"])


def weekday_in_week(match: re.Match[str], context: Context) -> PartialDate:
    """For 上周五."""
    back = {"上上": 2, "上": 1, "本": 0, "这": 0, "下": -1}[match["which"]]
    return weekday_of_week(context.published, back, _week_day_number(match))


def week(match: re.Match[str], context: Context) -> PartialDate:
    """For 上周, 本周."""
    return week_before(context.published, {"上上": 2, "上": 1, "本": 0, "这": 0}[match["which"]])


def weekday(match: re.Match[str], context: Context) -> PartialDate:
    """For 周五: the latest one."""
    return weekday_before(context.published, _week_day_number(match))


def ago(match: re.Match[str], context: Context) -> PartialDate | None:
    """For 三年前, 两个月前; 半年前 is half a year."""
    half, unit = match["count"] == "半", match["unit"]
    count = 0 if half else _number(match["count"])
    if unit == "年":
        return months_before(context.published, 6) if half else year(context.published.year - count)
    if half:
        return None
    if unit == "个月":
        return months_before(context.published, count)
    days = count * (7 if unit in ("周", "个星期") else 1)
    return PartialDate((context.published - timedelta(days=days)).isoformat())


def past(match: re.Match[str], context: Context) -> Stretch | None:
    """For 过去三年."""
    if match["count"] == "半":
        return stretch_before(context.published, 6, "month") if match["unit"] == "年" else None
    unit = {"年": "year", "个月": "month", "天": "day"}.get(match["unit"], "week")
    return stretch_before(context.published, _number(match["count"]), unit)


def later(match: re.Match[str], context: Context) -> PartialDate | None:
    """For 两年后, from the date told last."""
    if match["count"] == "半":
        return after(context.last, 6) if match["unit"] == "年" else None
    if match["unit"] in ("周", "天", "日"):
        return _days_after(context.last, _number(match["count"]) * (7 if match["unit"] == "周" else 1))
    return after(context.last, _number(match["count"]) * (12 if match["unit"] == "年" else 1))


def day_before(_match: re.Match[str], context: Context) -> PartialDate:
    """前一日: the day before the one told last in this paragraph, else before the day of publication."""
    told = context.last is not None and context.last.precision == "day"
    day_told = context.last.first_day() if told and context.last is not None else context.published
    return PartialDate((day_told - timedelta(days=1)).isoformat())


def day_after(_match: re.Match[str], context: Context) -> PartialDate | None:
    """For 次日: the day after the one told last."""
    return _days_after(context.last, 1)


def same_month(_match: re.Match[str], context: Context) -> PartialDate | None:
    """For 同月, 当月."""
    return _cut(context.then or context.last, 7)


def same_day(_match: re.Match[str], context: Context) -> PartialDate | None:
    """For 同日, 当天."""
    return _cut(context.then or context.last, 10)


def _days_after(last: PartialDate | None, days: int) -> PartialDate | None:
    if last is None or last.precision != "day":
        return None
    return PartialDate((last.first_day() + timedelta(days=days)).isoformat())
