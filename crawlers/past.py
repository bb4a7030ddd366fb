"""What a source's past means for its next reading: where it is now, whether it is gone, when it wants to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from crawlers.ports import Rhythm, SourcePast

RUNS_UNTIL_MOVED = 3
TIME_UNTIL_MOVED = timedelta(days=3) - timedelta(hours=6)
"""A permanent redirect is believed after so many runs over so long: hijacked and parked domains answer 301 too. The
clock of a daily run is not exact."""
TIME_UNTIL_GONE = timedelta(hours=18)
"""A second 410 after so long is the last one asked for."""
LONGEST_WAIT = timedelta(hours=12)
"""Hints of the publisher put a reading off by no more, so that a daily run never skips a day."""
_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Redirects:
    """The redirects that an answer came by: their statuses, and where they ended."""

    statuses: Sequence[int]
    target: str

    @property
    def moved_to(self) -> str | None:
        """Where the address has moved for good, if every redirect says so."""
        return self.target if self.statuses and all(status in _PERMANENT for status in self.statuses) else None


def past_of(url: str, kept: SourcePast | None) -> SourcePast:
    """The past that holds for this address of the catalogue."""
    return kept if kept is not None and kept.url == url else SourcePast(url)


def has_moved(past: SourcePast) -> bool:
    """Whether the new address is believed, so that it is asked from now on."""
    if past.moved_since is None or past.read_at is None:
        return False
    return past.moved_runs >= RUNS_UNTIL_MOVED and past.read_at - past.moved_since >= TIME_UNTIL_MOVED


def address(past: SourcePast) -> str:
    """The address to ask."""
    return past.moved_to if past.moved_to is not None and has_moved(past) else past.url


def due_at(past: SourcePast, rest: timedelta = timedelta()) -> datetime | None:
    """When the source wants to be read next; None: at any time. `rest` is how long we leave it alone in any case."""
    if past.read_at is None:
        return None
    if rest:
        return past.read_at + rest
    latest = past.read_at + LONGEST_WAIT
    moment = past.read_at + timedelta(minutes=past.rhythm.minutes)
    while moment < latest and _is_skipped(moment, past.rhythm):
        moment = (moment + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return min(moment, latest)


def after_reading(past: SourcePast, redirects: Redirects, rhythm: Rhythm | None, now: datetime) -> SourcePast:
    """The past after an answer as it should be; `rhythm` None: as before (304 has no body)."""
    read = replace(past, read_at=now, rhythm=rhythm or past.rhythm, gone_since=None, gone=False)
    if has_moved(past):
        return read
    if redirects.moved_to is None:
        return replace(read, moved_to=None, moved_since=None, moved_runs=0)
    if redirects.moved_to != past.moved_to:
        return replace(read, moved_to=redirects.moved_to, moved_since=now, moved_runs=1)
    return replace(read, moved_runs=past.moved_runs + 1)


def after_failure(past: SourcePast, kind: str, now: datetime) -> SourcePast:
    """The past after an outcome that was no reading. A new address that answers wrongly is given up again."""
    if kind in ("gone", "missing", "not_a_feed", "blocked") and has_moved(past):
        return replace(past, moved_to=None, moved_since=None, moved_runs=0)
    if kind != "gone":
        return past
    since = past.gone_since or now
    return replace(past, gone_since=since, gone=now - since >= TIME_UNTIL_GONE)


def _is_skipped(moment: datetime, rhythm: Rhythm) -> bool:
    gmt = moment.astimezone(UTC)
    return gmt.hour in rhythm.skip_hours or gmt.weekday() in rhythm.skip_days
