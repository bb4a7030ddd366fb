"""The table of findings: what facts say about each other. No view has them, since nobody told them."""

from __future__ import annotations

from typing import Any, get_args

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from db.nouns.facts import FindingKind
from db.schema.columns import one_of


class FindingRow(SQLModel, table=True):
    """Something that follows from a company's facts and is told by nobody: a gap, a contradiction, a derived price."""

    __tablename__ = "finding"
    __table_args__ = (one_of("kind", get_args(FindingKind)),)
    kind: str = Field(primary_key=True)
    fact_id: str = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")
    company_key: str = Field(foreign_key="company.key", index=True)
    others: list[str] = Field(default_factory=list, sa_type=JSON)
    event_date: str | None = None
    money: list[Any] = Field(default_factory=list, sa_type=JSON)
    unsized: int = 0
    derived: str | None = None
