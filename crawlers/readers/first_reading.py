"""Bounds what is taken of a source that was never read before: its newest entries, not its whole past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crawlers.ports import Entry


def newest(entries: Sequence[Entry], most: int, days: int | None, now: datetime) -> list[Entry]:
    """All entries; those beyond the newest `most`, or older than `days` before `now`, marked as skipped.

    Entries without a date stand behind those with one, in the feed's order, and have no age.
    """
    by_date = sorted(entries, key=lambda entry: _age(entry, now))
    limit = None if days is None else timedelta(days=days)
    return [
        replace(entry, skipped=True) if place >= most or (limit and _is_older(entry, limit, now)) else entry
        for place, entry in enumerate(by_date)
    ]


def _age(entry: Entry, now: datetime) -> timedelta:
    return now - entry.hints.published if entry.hints.published else timedelta.max


def _is_older(entry: Entry, limit: timedelta, now: datetime) -> bool:
    return entry.hints.published is not None and now - entry.hints.published > limit
