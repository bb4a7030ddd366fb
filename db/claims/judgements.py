"""Judgements in the database: made, taken back, never deleted; and what they say about claims and companies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from db.nouns.facts import Judgement, JudgementKind
from db.schema.tables import JudgementRow


@dataclass(frozen=True, slots=True)
class MadeJudgement:
    """A judgement as it was made: by whom, why and when, and by whom, why and when it was taken back.

    `subject` and `other` are keys of claims, companies or articles, as `about` says; a company that is judged the same
    as another moves into `other`.
    """

    id: int
    kind: JudgementKind
    about: Literal["claim", "company", "article"]
    subject: str
    other: str | None
    field: str | None
    author: str
    reason: str
    made_at: datetime
    undone_by: str | None
    undone_reason: str | None
    undone_at: datetime | None


def add_judgement(session: Session, row: JudgementRow) -> int:
    """Keep a judgement; its number. The caller marks what is stale by it, and commits."""
    session.add(row)
    session.flush()
    if row.id is None:
        raise RuntimeError("the database gave the judgement no number")
    return row.id


def judgement(session: Session, number: int) -> MadeJudgement | None:
    """The judgement of this number."""
    row = session.get(JudgementRow, number)
    return _made(row) if row is not None else None


def take_back(session: Session, number: int, author: str, reason: str, moment: datetime) -> None:
    """Note that a judgement holds no more. The caller marks what is stale by it, and commits."""
    row = session.get_one(JudgementRow, number)
    row.undone_by, row.undone_reason, row.undone_at = author, reason, moment
    session.add(row)


def judgements(session: Session) -> list[MadeJudgement]:
    """All judgements ever made, in order."""
    return [_made(row) for row in session.exec(select(JudgementRow).order_by(col(JudgementRow.id)))]


def claim_judgements(session: Session, known_at: datetime | None = None) -> list[Judgement]:
    """The judgements about claims that hold, or held at that moment."""
    return _about(session, "claim", known_at)


def article_judgements(session: Session, known_at: datetime | None = None) -> list[Judgement]:
    """The judgements about articles that hold, or held at that moment: which are copies, and which are not."""
    return _about(session, "article", known_at)


def _about(session: Session, about: str, known_at: datetime | None) -> list[Judgement]:
    query = select(JudgementRow).where(JudgementRow.about == about, *_holding(known_at)).order_by(col(JudgementRow.id))
    return [Judgement(cast(Any, row.kind), row.subject, row.other, row.field) for row in session.exec(query)]


def judged_wrong(session: Session, claim_key: str) -> datetime | None:
    """When a claim was judged wrong; None where no such judgement holds."""
    query = select(JudgementRow.made_at).where(
        JudgementRow.subject == claim_key, JudgementRow.kind == "wrong", *_holding(None)
    )
    return session.exec(query.order_by(col(JudgementRow.id)).limit(1)).first()


def companies_apart(session: Session) -> frozenset[frozenset[str]]:
    """The pairs of companies that a person judged to be two."""
    query = select(JudgementRow.subject, JudgementRow.other).where(
        JudgementRow.about == "company", JudgementRow.kind == "different", *_holding(None)
    )
    return frozenset(frozenset((subject, str(other))) for subject, other in session.exec(query))


def company_homes(session: Session, known_at: datetime | None = None) -> dict[str, str]:
    """Which company each company is, of those that were judged to be another one and not judged to be two."""
    query = _OF_COMPANIES.where(*_holding(known_at)) if known_at is not None else _OF_COMPANIES_NOW
    made = [(kind, subject, str(other)) for kind, subject, other in session.exec(query)]
    if not made:
        return {}
    apart = {frozenset(pair) for kind, *pair in made if kind == "different"}
    direct = {
        subject: other for kind, subject, other in made if kind == "same" and frozenset((subject, other)) not in apart
    }
    return {subject: _followed(subject, direct) for subject in direct}


_OF_COMPANIES = (
    select(JudgementRow.kind, JudgementRow.subject, JudgementRow.other)
    .where(JudgementRow.about == "company")
    .order_by(col(JudgementRow.id))
)
_OF_COMPANIES_NOW = _OF_COMPANIES.where(col(JudgementRow.undone_at).is_(None))
"""Built once: it is asked with every article and every company."""


def _followed(subject: str, direct: dict[str, str]) -> str:
    home, seen = subject, {subject}
    while home in direct and direct[home] not in seen:
        home = direct[home]
        seen.add(home)
    return home


def _holding(known_at: datetime | None) -> Sequence[ColumnElement[bool]]:
    if known_at is None:
        return [col(JudgementRow.undone_at).is_(None)]
    return [
        col(JudgementRow.made_at) <= known_at,
        or_(col(JudgementRow.undone_at).is_(None), col(JudgementRow.undone_at) > known_at),
    ]


def _made(row: JudgementRow) -> MadeJudgement:
    return MadeJudgement(
        id=row.id or 0,
        kind=cast(Any, row.kind),
        about=cast(Any, row.about),
        subject=row.subject,
        other=row.other,
        field=row.field,
        author=row.author,
        reason=row.reason,
        made_at=row.made_at,
        undone_by=row.undone_by,
        undone_reason=row.undone_reason,
        undone_at=row.undone_at,
    )
