"""What a database of either kind holds, as JSON lines: for comparing two of them byte for byte."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Engine, select
from sqlmodel import SQLModel

from db.schema.tables import (
    ArticleRow,
    ChangeRow,
    ClaimRow,
    CompanyRow,
    FactFieldRow,
    FactRow,
    FundingRoundRow,
    InvestmentRow,
    RevisionRow,
    StaleCompanyRow,
    SupportRow,
    ValuationRow,
)

FACTS = (FactRow, FactFieldRow, SupportRow, FundingRoundRow, InvestmentRow, ValuationRow, StaleCompanyRow)
NEWS = (CompanyRow, ArticleRow, RevisionRow, ClaimRow, *FACTS, ChangeRow)


def json_rows(engine: Engine, tables: Sequence[type[SQLModel]] = FACTS) -> list[str]:
    """Every row as a JSON object with its table's name, in the database's own order of the primary key."""
    lines: list[str] = []
    with engine.connect() as connection:
        for each in tables:
            table = each.__table__  # type: ignore[attr-defined]
            rows = connection.execute(select(table).order_by(*table.primary_key)).mappings()
            lines += [json.dumps({"table": table.name, **row}, default=str, ensure_ascii=False) for row in rows]
    return lines
