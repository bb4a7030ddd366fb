"""Notes when a source leaves its own rhythm, and when it is back: once for each time, whoever looks how often."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from crawlers.past import has_moved
from crawlers.ports import SourcePast
from dailies.notices.source_rhythm import rhythm_of
from db.crawl.source_record import source_days
from db.publishing.notices import open_alerts
from db.schema.crawl_tables import SourcePastRow
from db.schema.notice_tables import SourceAlertRow

DAYS_LOOKED_AT = 400
"""A source's rhythm is that of so many days: more than a year, for what is quiet once a year."""
_STILL_CRAWLED = timedelta(days=2)
"""A source not visited for so long before the newest visit of all is off, and no trouble."""
_TROUBLES = ("silent", "failing")

Trouble = tuple[str, str, date]
"""A source's key, the kind of trouble, and its first day."""


def note_alerts(session: Session, now: datetime) -> None:
    """Enter what is new, and close what is over. A source never reached, or known too shortly, is no trouble."""
    found = _troubles(session, now) | _moved(session)
    known = {(alert.source_key, alert.kind): alert for alert in open_alerts(session)}
    for (key, kind), alert in known.items():
        if (key, kind) not in {(source, trouble) for source, trouble, _ in found}:
            alert.over_at = now
    for (key, kind, since), detail in sorted(found.items()):
        if (key, kind) not in known:
            session.add(SourceAlertRow(source_key=key, kind=kind, since=since, detail=detail, noted_at=now))


def _troubles(session: Session, now: datetime) -> dict[Trouble, str]:
    days = {key: told for key, told in source_days(session, now - timedelta(days=DAYS_LOOKED_AT)).items() if told}
    newest = max((told[-1].day for told in days.values()), default=now.date())
    found: dict[Trouble, str] = {}
    for key, told in days.items():
        rhythm = rhythm_of(told)
        if rhythm.state in _TROUBLES and rhythm.since is not None and newest - told[-1].day < _STILL_CRAWLED:
            usual = f"{rhythm.articles_a_day:.1f}" if rhythm.articles_a_day is not None else ""
            found[key, rhythm.state, rhythm.since] = rhythm.outcome if rhythm.state == "failing" else usual
    return found


def _moved(session: Session) -> dict[Trouble, str]:
    found: dict[Trouble, str] = {}
    for row in session.exec(select(SourcePastRow)):
        past = SourcePast(row.url, row.moved_to, row.moved_since, row.moved_runs, row.gone_since, row.gone, row.read_at)
        if has_moved(past) and row.moved_since is not None:
            found[row.source_key, "moved", row.moved_since.date()] = row.moved_to or ""
    return found
