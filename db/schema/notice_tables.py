"""The tables of what a person is told unasked: whom one follows, troubles of sources, messages and their delivery."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from db.schema.columns import RowNumber, UtcMoment, one_of


class WatchRow(SQLModel, table=True):
    """A company, an investor or a segment that one follows, from an entry of the change log on."""

    __tablename__ = "watch"
    __table_args__ = (one_of("kind", ("company", "investor", "segment")),)
    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    added_at: datetime = Field(sa_type=UtcMoment)
    after_change: int = Field(sa_type=RowNumber)


class SourceAlertRow(SQLModel, table=True):
    """A source that left its own rhythm, once for each time it did."""

    __tablename__ = "source_alert"
    __table_args__ = (one_of("kind", ("silent", "failing", "moved")),)
    id: int | None = Field(default=None, primary_key=True, sa_type=RowNumber)
    source_key: str = Field(index=True)
    kind: str
    since: date
    detail: str = ""
    noted_at: datetime = Field(sa_type=UtcMoment)
    message_id: int | None = Field(default=None, foreign_key="message.id", sa_type=RowNumber)
    over_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class MessageRow(SQLModel, table=True):
    """One message, at most one a day; `after_change` is the last entry of the change log it took into account."""

    __tablename__ = "message"
    id: int | None = Field(default=None, primary_key=True, sa_type=RowNumber)
    day: date = Field(unique=True)
    composed_at: datetime = Field(sa_type=UtcMoment)
    title: str
    body: str
    after_change: int = Field(sa_type=RowNumber)


class MessageFactRow(SQLModel, table=True):
    """A fact that a message told of, so that no other does."""

    __tablename__ = "message_fact"
    fact_id: str = Field(primary_key=True)
    message_id: int = Field(foreign_key="message.id", sa_type=RowNumber)


class DeliveryRow(SQLModel, table=True):
    """A message on its way to one address, which only its digest names: addresses hold passwords."""

    __tablename__ = "delivery"
    __table_args__ = (one_of("state", ("waiting", "sending", "sent", "given_up")),)
    message_id: int = Field(primary_key=True, foreign_key="message.id", sa_type=RowNumber)
    address: str = Field(primary_key=True)
    state: str = "waiting"
    attempts: int = 0
    detail: str = ""
    tried_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class BriefDeliveryRow(SQLModel, table=True):
    """The brief of a week on its way to one address, as `DeliveryRow`; to each once, whatever later issues correct."""

    __tablename__ = "brief_delivery"
    __table_args__ = (one_of("state", ("waiting", "sending", "sent", "given_up")),)
    week: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    state: str = "waiting"
    attempts: int = 0
    detail: str = ""
    tried_at: datetime | None = Field(default=None, sa_type=UtcMoment)
