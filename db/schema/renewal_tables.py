"""The table that tells which facts were written when: what was published from them earlier is to be made again."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from db.schema.columns import RowNumber, UtcMoment


class FactRenewalRow(SQLModel, table=True):
    """A fact was formed, formed otherwise or removed, or an article that tells of it is now known otherwise.

    Beside the change log, which holds values: one more witness changes none, and yet stands on every page of the fact.
    """

    __tablename__ = "fact_renewal"
    id: int | None = Field(default=None, primary_key=True, sa_type=RowNumber)
    renewed_at: datetime = Field(sa_type=UtcMoment, index=True)
    company_key: str
    fact_id: str
    first_day: date | None = None
