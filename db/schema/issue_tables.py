"""The tables of issues of the brief: what each told, so that a later one can correct it, and its documents as sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, LargeBinary
from sqlmodel import Field, SQLModel

from db.schema.columns import UtcMoment


class IssueRow(SQLModel, table=True):
    """An issue of the brief of a week. Never edited; a week told again is the next number."""

    __tablename__ = "issue"
    week: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    made_at: datetime = Field(sa_type=UtcMoment)
    digest: str
    facts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    articles: list[str] = Field(default_factory=list, sa_type=JSON)


class IssueDocumentRow(SQLModel, table=True):
    """One form of an issue, compressed; gone where an article it quotes was purged."""

    __tablename__ = "issue_document"
    __table_args__ = (ForeignKeyConstraint(["week", "number"], ["issue.week", "issue.number"], ondelete="CASCADE"),)
    week: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    name: str = Field(primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)
