"""Reads and writes of what a person is told unasked: the watchlist, alerts, messages and their delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.schema.notice_tables import BriefDeliveryRow, DeliveryRow, MessageFactRow, MessageRow, SourceAlertRow, WatchRow
from db.schema.tables import ChangeRow

WatchKind = Literal["company", "investor", "segment"]
TRIES = 14
"""A message that could not be delivered in so many runs is given up."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Whom one follows: a company's key, an investor's name, a segment."""

    kind: WatchKind
    name: str
    after_change: int = 0


def watchlist(session: Session) -> list[Watched]:
    """Everybody one follows, in order."""
    rows = session.exec(select(WatchRow).order_by(WatchRow.kind, WatchRow.name))
    return [Watched(cast(WatchKind, row.kind), row.name, row.after_change) for row in rows]


def add_watched(session: Session, kind: WatchKind, name: str, now: datetime) -> bool:
    """Follow somebody from now on; False where one does already."""
    if session.get(WatchRow, (kind, name)) is not None:
        return False
    session.add(WatchRow(kind=kind, name=name, added_at=now, after_change=last_change(session)))
    return True


def remove_watched(session: Session, kind: WatchKind, name: str) -> None:
    """Follow somebody no more."""
    session.delete(session.get_one(WatchRow, (kind, name)))


def last_change(session: Session) -> int:
    """The number of the change log's last entry; 0 of an empty one."""
    return session.exec(select(func.max(ChangeRow.id))).one() or 0


def added_facts(session: Session, after: int) -> list[tuple[int, str, str]]:
    """(entry, company's key, fact's id) of facts that news added after an entry of the log and no message told of."""
    rows = session.exec(
        select(ChangeRow.id, ChangeRow.company_key, ChangeRow.fact_id)
        .where(
            col(ChangeRow.id) > after,
            ChangeRow.kind == "added",
            ChangeRow.field == "",
            col(ChangeRow.cause).in_(("news", "revision")),
            col(ChangeRow.fact_id).not_in(select(MessageFactRow.fact_id)),
        )
        .order_by(col(ChangeRow.id))
    )
    return [(number or 0, company, fact) for number, company, fact in rows]


def open_alerts(session: Session) -> list[SourceAlertRow]:
    """The alerts that are not over, in order of their sources."""
    query = select(SourceAlertRow).where(col(SourceAlertRow.over_at).is_(None))
    return list(session.exec(query.order_by(SourceAlertRow.source_key, SourceAlertRow.kind)))


def last_message(session: Session) -> MessageRow | None:
    """The newest message."""
    return session.exec(select(MessageRow).order_by(col(MessageRow.id).desc()).limit(1)).first()


def put_message(
    session: Session,
    message: MessageRow,
    facts: Sequence[str],
    alerts: Sequence[SourceAlertRow],
    addresses: Sequence[str],
) -> None:
    """Keep a message, what it told, and to whom it is to go, so that nothing of it is ever told again."""
    session.add(message)
    session.flush()
    number = message.id or 0
    session.add_all(MessageFactRow(fact_id=each, message_id=number) for each in dict.fromkeys(facts))
    for alert in alerts:
        alert.message_id = number
    session.add_all(DeliveryRow(message_id=number, address=each) for each in addresses)


def undelivered(session: Session) -> list[tuple[MessageRow, DeliveryRow]]:
    """Messages that wait for an address, oldest first."""
    rows = session.exec(
        select(MessageRow, DeliveryRow)
        .join(DeliveryRow, col(DeliveryRow.message_id) == MessageRow.id)
        .where(DeliveryRow.state == "waiting")
        .order_by(col(MessageRow.id), DeliveryRow.address)
    )
    return list(rows)


def want_brief(session: Session, week: str, addresses: Sequence[str]) -> None:
    """Note that the brief of a week (ISO) is to go to these addresses; to each once, whatever becomes of the brief."""
    for address in addresses:
        if session.get(BriefDeliveryRow, (week, address)) is None:
            session.add(BriefDeliveryRow(week=week, address=address))


def undelivered_briefs(session: Session) -> list[BriefDeliveryRow]:
    """Briefs that wait for an address, oldest week first."""
    query = select(BriefDeliveryRow).where(BriefDeliveryRow.state == "waiting")
    return list(session.exec(query.order_by(BriefDeliveryRow.week, BriefDeliveryRow.address)))


def interrupted(session: Session) -> list[DeliveryRow | BriefDeliveryRow]:
    """Deliveries under way when their run was killed: nobody knows whether they arrived."""
    messages = session.exec(select(DeliveryRow).where(DeliveryRow.state == "sending"))
    return [*messages, *session.exec(select(BriefDeliveryRow).where(BriefDeliveryRow.state == "sending"))]


def not_delivered(session: Session) -> list[DeliveryRow | BriefDeliveryRow]:
    """What waits for another try, or was given up."""
    left = ("waiting", "given_up")
    messages = session.exec(select(DeliveryRow).where(col(DeliveryRow.state).in_(left)))
    return [*messages, *session.exec(select(BriefDeliveryRow).where(col(BriefDeliveryRow.state).in_(left)))]


def has_message(session: Session, day: date) -> bool:
    """Whether there is a message of this day already."""
    return session.exec(select(MessageRow.id).where(MessageRow.day == day)).first() is not None
