"""Dates as pages write them, in metadata and in the lines beside a headline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Literal

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has had no other time since 1991."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "bst": 1, "cet": 1, "cest": 2, "ist": 5.5, "sgt": 8, "hkt": 8, "jst": 9, "kst": 9}
_ZONES |= {"et": -5, "est": -5, "edt": -4, "ct": -6, "cst": -6, "cdt": -5, "pt": -8, "pst": -8, "pdt": -7}
_DAY = "|".join(
    (
        r"(?P<y1>(?:19|20)\d\d)\s?(?:[-/.]|年)\s?(?P<m1>\d{1,2})\s?(?:[-/.]|月)\s?(?P<d1>\d{1,2})(?:\s?日|(?!\d))",
        rf"\b{_MONTH.format('m2')}\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y2>(?:19|20)\d\d)\b",
        rf"\b(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH.format('m3')},?\s(?P<y3>(?:19|20)\d\d)\b",
    )
)
_TIME = (
    r"(?:\s?(?:[T,|·•@-]|at|上午|下午|晚上)?\s{0,3}(?P<hour>\d{1,2})[:：](?P<minute>\d\d)(?:[:：](?P<second>\d\d)(?:\.\d+)?)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?\(?(?P<zone>[A-Z]{1,4}\b|[+-]\d\d:?\d\d)\)?)?)?"
)
_STAMP = re.compile(rf"(?<!\d)(?:{_DAY}){_TIME}", re.IGNORECASE)
_EARLIEST = 1990


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A point in time as written, and where. `when` has no zone where the text gives none; midnight for a mere day."""

    when: datetime
    precision: Literal["day", "second"]
    start: int = 0
    end: int = 0


def find_timestamp(text: str) -> Timestamp | None:
    """The first date written in a line: 2024-02-26 10:30, 2024年2月26日, February 26, 2024 at 5:30 pm ET."""
    for match in _STAMP.finditer(text):
        found = _from_match(match)
        if found is not None:
            return found
    return None


def parse_timestamp(value: str) -> Timestamp | None:
    """A date in metadata: ISO 8601, RFC 2822, seconds or milliseconds since 1970, or any form of `find_timestamp`."""
    text = value.strip()
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return Timestamp(datetime.fromtimestamp(int(text[:10]), UTC), "second")
    try:
        return _sane(Timestamp(datetime.fromisoformat(text), "day" if len(text) <= 10 else "second"))
    except ValueError:
        pass
    try:
        return _sane(Timestamp(parsedate_to_datetime(text), "second"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return find_timestamp(text)


def _sane(stamp: Timestamp) -> Timestamp | None:
    return stamp if stamp.when.year >= _EARLIEST else None


def _from_match(match: re.Match[str]) -> Timestamp | None:
    year, month, day = next(
        (match[f"y{form}"], match[f"m{form}"], match[f"d{form}"]) for form in "123" if match[f"y{form}"]
    )
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        date = datetime(int(year), number, int(day))
        if match["hour"] is None:
            return Timestamp(date, "day", match.start(), match.end())
        return Timestamp(_with_time(date, match), "second", match.start(), match.end())
    except ValueError:
        return None


def _with_time(date: datetime, match: re.Match[str]) -> datetime:
    hour = int(match["hour"])
    afternoon = (match["half"] or "").lower() == "p" or re.search("下午|晚上", match[0]) is not None
    if afternoon and hour < 12:
        hour += 12
    elif (match["half"] or "").lower() == "a" and hour == 12:
        hour = 0
    when = date.replace(hour=hour, minute=int(match["minute"]), second=int(match["second"] or 0))
    zone = _zone(match["zone"])
    return when if zone is None else when.replace(tzinfo=zone)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] in "+-":
        digits = text[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-offset if text[0] == "-" else offset)
    hours = _ZONES.get(text.lower())
    return None if hours is None else timezone(timedelta(hours=hours))
