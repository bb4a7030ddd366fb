"""The table of outlines: what a company's facts add up to, worked out when they are formed. No view has them."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class OutlineRow(SQLModel, table=True):
    """What the company table shows of a company's facts, so that nobody need read them all again for a line."""

    __tablename__ = "company_outline"
    company_key: str = Field(primary_key=True, foreign_key="company.key", ondelete="CASCADE")
    made_by: str
    outline: str
