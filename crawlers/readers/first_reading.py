"""Bounds what is taken of a source that was never read before: its newest entries, not its whole past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawlers.ports import Entry


@dataclass(frozen=True, slots=True)
class FirstReading:
    """At most so many entries, none of them older than so many days (None: of any age)."""

    most: int = 20
    days: int | None = 14


def newest(entries: Sequence[Entry], limits: FirstReading, now: datetime) -> list[Entry]:
    """All entries; those beyond the limits marked as skipped.

    Entries without a date stand behind those with one, in the feed's order, and have no age.
    """
    by_date = sorted(entries, key=lambda entry: _age(entry, now))
    oldest = None if limits.days is None else timedelta(days=limits.days)
    return [
        replace(entry, skipped=True) if place >= limits.most or (oldest and _is_older(entry, oldest, now)) else entry
        for place, entry in enumerate(by_date)
    ]


def _age(entry: Entry, now: datetime) -> timedelta:
    return now - entry.hints.published if entry.hints.published else timedelta.max


def _is_older(entry: Entry, limit: timedelta, now: datetime) -> bool:
    return entry.hints.published is not None and now - entry.hints.published > limit
