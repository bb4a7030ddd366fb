"""How often a feed wants to be read, in its own words: ttl, skipHours, skipDays, and the header's max-age."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from crawlers.ports import Rhythm

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST_MINUTES = 60 * 24 * 365
_SKIPPED_HOURS = re.compile(rb"<skipHours>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_SKIPPED_DAYS = re.compile(rb"<skipDays>(.{0,2000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*([A-Za-z]+)\s*</day>", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:\A|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def read_rhythm(document: bytes, ttl: object) -> Rhythm:
    """The rhythm of an RSS document (rssboard.org/rss-specification), `ttl` in minutes as written.

    feedparser keeps only the last of several hours and days, so they are read from the bytes.
    """
    minutes = min(int(ttl), _LONGEST_MINUTES) if isinstance(ttl, str) and re.fullmatch(r"\d{1,9}", ttl.strip()) else 0
    hours, days = _SKIPPED_HOURS.search(document), _SKIPPED_DAYS.search(document)
    return Rhythm(
        minutes=minutes,
        skip_hours=tuple(sorted({int(hour) % 24 for hour in _HOUR.findall(hours[1])})) if hours else (),
        skip_days=_days([name.decode().lower() for name in _DAY.findall(days[1])]) if days else (),
    )


def with_max_age(rhythm: Rhythm, cache_control: str | None) -> Rhythm:
    """The rhythm, no faster than the header's max-age (RFC 9111 5.2.2.1) allows."""
    match = _MAX_AGE.search(cache_control or "")
    if match is None or "no-cache" in (cache_control or ""):
        return rhythm
    return replace(rhythm, minutes=max(rhythm.minutes, ceil(int(match[1]) / 60)))


def _days(names: Sequence[str]) -> tuple[int, ...]:
    return tuple(sorted({_DAYS.index(name) for name in names if name in _DAYS}))
