"""The schedule's jobs as a listing: what, when, and when next, on the user's own clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from reports.tables.listing import Column, Listing, ShownColumn


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job; `due` is None where it was never scheduled."""

    name: str
    when: str
    due: datetime | None
    zone: ZoneInfo


def job_listing(lines: Sequence[JobLine], *, sample: bool) -> Listing[JobLine]:
    """The lines as a listing."""
    return Listing("schedule", _COLUMNS, _SHOWN, lines, sample)


_COLUMNS: tuple[Column[JobLine], ...] = (
    Column("job", "text", lambda line: line.name),
    Column("when", "text", lambda line: line.when),
    Column("next_at", "moment", lambda line: line.due),
)


def _next(line: JobLine) -> str:
    return f"{line.due.astimezone(line.zone):%Y-%m-%d %H:%M %Z}" if line.due else "not scheduled yet"


_SHOWN: tuple[ShownColumn[JobLine], ...] = (
    ShownColumn("job", lambda line: line.name),
    ShownColumn("when", lambda line: line.when),
    ShownColumn("next", _next),
)
