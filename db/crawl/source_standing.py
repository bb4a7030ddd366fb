"""How each source stood when it was last asked, and when it last answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from db.crawl.run_log import ANSWERED, READ_ONLY
from db.schema.run_tables import RunRow, RunSourceRow


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """`tried_at` and `outcome` are of the last run that asked it, `answered_at` of the last one that it answered."""

    tried_at: datetime
    outcome: str
    detail: str
    answered_at: datetime | None


def source_standings(session: Session) -> dict[str, SourceStanding]:
    """The standing of every source that was ever asked, by key."""
    query = (
        select(RunSourceRow, RunRow.started_at)
        .join(RunRow, col(RunRow.id) == RunSourceRow.run_id)
        .where(RunSourceRow.outcome != READ_ONLY)
        .order_by(col(RunRow.id))
    )
    found: dict[str, SourceStanding] = {}
    for row, started_at in session.exec(query):
        before = found.get(row.source_key)
        answered_at = started_at if row.outcome in ANSWERED else before.answered_at if before else None
        found[row.source_key] = SourceStanding(started_at, row.outcome, row.detail, answered_at)
    return found
