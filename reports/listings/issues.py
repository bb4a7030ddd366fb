"""The issues of the brief that were kept, as a listing."""

from __future__ import annotations

from collections.abc import Sequence

from db.publishing.issues import Issue
from reports.tables.listing import Column, Listing, ShownColumn


def issue_listing(kept: Sequence[Issue], *, sample: bool) -> Listing[Issue]:
    """The issues in the order given."""
    return Listing("issues", _COLUMNS, _SHOWN, kept, sample)


_COLUMNS: tuple[Column[Issue], ...] = (
    Column("week", "text", lambda issue: issue.week),
    Column("number", "count", lambda issue: issue.number),
    Column("made_at", "moment", lambda issue: issue.made_at),
    Column("facts", "count", lambda issue: issue.facts),
    Column("digest", "text", lambda issue: issue.digest),
)
_SHOWN: tuple[ShownColumn[Issue], ...] = (
    ShownColumn("issue", lambda issue: issue.name),
    ShownColumn("made (UTC)", lambda issue: f"{issue.made_at:%Y-%m-%d %H:%M}"),
    ShownColumn("facts", lambda issue: str(issue.facts), right=True),
    ShownColumn("digest", lambda issue: issue.digest),
)
