"""Reads the dates of feeds by a table of their spellings, because feedparser gets 14 of 34 of them wrong.

A spelling the table does not know gives no date: a missing date is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Literal

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = timedelta(hours=24)
"""A date further ahead of the clock than this is a mistake: feeds in every zone are at most a day ahead."""

_LONGEST = 100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CHINESE_MONTHS = ("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月")
_ZONE_HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
    "hkt": 8, "sgt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""RFC 822 section 5 and the usual abbreviations. CST is left out: it is China's as often as Chicago's."""

_WEEKDAY = r"(?:[^\W\d]+\.?,?\s+)?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH_NAME = rf"(?P<month_name>[a-z]{{3,9}}\.?|{'|'.join(reversed(_CHINESE_MONTHS))})"
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?:\s*(?P<half>[ap])\.?m\.?)?"
_ZONE = r"(?:\s*(?P<zone>(?:gmt|utc|ut)?\s*[+−-]\d{1,2}(?::?\d{2})?|[a-z]{1,5})(?:\s*\([^)]*\))?)?"
_SPELLINGS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Wed, 05 Jun 2024 10:00:00 +0800 (RFC 822); 5 June 2024; 星期三, 05 六月 2024 10:00 +0800
        rf"{_WEEKDAY}{_DAY}[\s-]{_MONTH_NAME}[\s-](?P<year>\d{{4}}|\d{{2}})(?:,?\s+{_TIME}{_ZONE})?",
        # Mon, May 25 2020 04:45:26 +0000; May 25, 2020 4:45 pm
        rf"{_WEEKDAY}{_MONTH_NAME}\s+{_DAY},?\s+{_YEAR}(?:,?\s+(?:at\s+)?{_TIME}{_ZONE})?",
        # Wed Jun  5 10:00:00 UTC 2024 (asctime, date)
        rf"{_WEEKDAY}{_MONTH_NAME}\s+{_DAY}\s+{_TIME}(?:\s+(?P<zone>[a-z]{{1,5}}|[+-]\d{{4}}))?\s+{_YEAR}",
        # 2024-06-05T10:00:00+08:00, 2024/6/5 10:00, 2025.04.04, 2024-06-05 周三 10:00
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark){_DAY}"
        rf"(?:(?:t|\s+|\s+[^\W\d]{{2,3}}\s+){_TIME}{_ZONE})?",
        # 2024年06月05日 10:00
        rf"{_YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*[日号]?(?:\s*{_TIME}{_ZONE})?",
        # 20240605T100000Z
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})t(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})"
        r"(?P<zone>z|[+-]\d{4})?",
    )
]
_SECONDS_SINCE_1970 = re.compile(r"(\d{10})(\d{3})?")
_OFFSET = re.compile(r"(?:gmt|utc|ut)?\s*(?P<sign>[+−-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")


@dataclass(frozen=True, slots=True)
class FeedDate:
    """When an entry was published. A day's `moment` is its midnight where the source is (UTC where unknown)."""

    moment: datetime
    precision: Literal["day", "second"]


def read_date(text: str, zone: tzinfo | None, now: datetime) -> FeedDate | None:
    """The date that a feed wrote as `text`; None where it is in no known spelling, ambiguous or impossible.

    `zone` is the source's own, for times that name none; where it is None too, only the day is known. Dates before
    2000 or more than a day after `now` are taken for mistakes.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return None
    try:
        found = _since_1970(text) or _spelled(text, zone)
    except (ValueError, OverflowError):  # 31 June, hour 25, an offset of days
        return None
    return found if found and EARLIEST <= found.moment <= now + LATEST else None


def _since_1970(text: str) -> FeedDate | None:
    match = _SECONDS_SINCE_1970.fullmatch(text)
    return FeedDate(datetime.fromtimestamp(int(match[1]), UTC), "second") if match else None


def _spelled(text: str, zone: tzinfo | None) -> FeedDate | None:
    match = next((match for spelling in _SPELLINGS if (match := spelling.fullmatch(text))), None)
    if match is None:
        return None
    parts = match.groupdict()
    day = datetime(_year(parts["year"]), _month(parts), int(parts["day"]), tzinfo=zone or UTC)
    written = _zone(parts["zone"], zone) if parts.get("zone") else zone
    if not parts["hour"] or written is None:
        return FeedDate(day, "day")
    time = timedelta(
        hours=_hour(int(parts["hour"]), parts.get("half")),
        minutes=_below(60, parts["minute"]),
        seconds=min(59, _below(61, parts["second"] or "0")),
    )
    return FeedDate(day.replace(tzinfo=written) + time, "second")


def _year(digits: str) -> int:
    """RFC 2822 4.3: two digits below 50 are of this century."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _month(parts: dict[str, str | None]) -> int:
    """Raises ValueError for a word that names no month."""
    number = parts.get("month")
    if number:
        return int(number)
    name = (parts["month_name"] or "").lower()
    return 1 + (_CHINESE_MONTHS.index(name) if name in _CHINESE_MONTHS else _MONTHS.index(name[:3]))


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return _below(24, str(hour))
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour} o'clock with am or pm")
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _below(limit: int, digits: str) -> int:
    number = int(digits)
    if number >= limit:
        raise ValueError(f"{number} is not below {limit}")
    return number


def _zone(text: str, of_source: tzinfo | None) -> tzinfo | None:
    """The zone that a text names; None for a name that stands for several."""
    match = _OFFSET.fullmatch(text.strip().lower())
    if match:
        offset = timedelta(hours=_below(15, match["hours"]), minutes=_below(60, match["minutes"] or "0"))
        return timezone(-offset if match["sign"] in "-−" else offset)
    name = text.strip().lower()
    if name == "cst" and of_source is not None:
        return of_source
    return timezone(timedelta(hours=_ZONE_HOURS[name])) if name in _ZONE_HOURS else None
