"""How many facts there are of what kind and how sure they are, counted by the database: no fact is read for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case
from sqlmodel import Session, col, func, select

from db.fact_rows import WHOLE
from db.tables import ArticleRow, ClaimRow, FactRow, SupportRow

_EVIDENCE = ("sentence", "page", "cited")
"""The best first."""


@dataclass(frozen=True, slots=True)
class FactCounts:
    """Facts by type and status, by their best evidence, and of one witness; articles that tell any, by outlet."""

    types: tuple[tuple[str, str, int], ...]
    evidence: tuple[tuple[str, int], ...]
    one_witness: int
    outlets: tuple[tuple[str, int], ...]

    @property
    def facts(self) -> int:
        """How many there are."""
        return sum(number for *_, number in self.types)


def fact_counts(session: Session, most_outlets: int) -> FactCounts:
    """The stored facts counted; of the outlets those most heard, the first by name of equals."""
    types = session.exec(
        select(FactRow.type, FactRow.status, func.count())
        .group_by(FactRow.type, FactRow.status)
        .order_by(FactRow.type, FactRow.status)
    ).all()
    place = case({each: number for number, each in enumerate(_EVIDENCE)}, value=col(ClaimRow.evidence_class))
    best = (
        select(func.min(place).label("best"))
        .select_from(SupportRow)
        .join(ClaimRow, col(ClaimRow.key) == SupportRow.claim_key)
        .where(SupportRow.field == WHOLE)
        .group_by(col(SupportRow.fact_id))
        .subquery()
    )
    evidence = session.exec(select(best.c.best, func.count()).group_by(best.c.best).order_by(best.c.best)).all()
    heard = func.count(func.distinct(ArticleRow.key))
    outlets = session.exec(
        select(col(ArticleRow.publisher), heard)
        .join(ClaimRow, col(ClaimRow.article_key) == ArticleRow.key)
        .join(SupportRow, (col(SupportRow.claim_key) == ClaimRow.key) & (col(SupportRow.field) == WHOLE))
        .where(col(ArticleRow.publisher).is_not(None), ArticleRow.publisher != "")
        .group_by(col(ArticleRow.publisher))
        .order_by(heard.desc(), col(ArticleRow.publisher))
        .limit(most_outlets)
    ).all()
    return FactCounts(
        types=tuple((type_, status, number) for type_, status, number in types),
        evidence=tuple((_EVIDENCE[number], count) for number, count in evidence),
        one_witness=session.exec(select(func.count()).select_from(FactRow).where(FactRow.witnesses < 2)).one(),
        outlets=tuple((name, number) for name, number in outlets if name),
    )
