"""Issues of the brief kept and read back: their number, digest and facts, and their documents byte for byte."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from db.facts.changes import FactState, fact_state
from db.nouns.facts import Fact
from db.nouns.identity import digest
from db.schema.issue_tables import IssueDocumentRow, IssueRow


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue by its week (ISO) and number; `digest` is over its facts, not over their wording."""

    week: str
    number: int
    made_at: datetime
    digest: str
    facts: int

    @property
    def name(self) -> str:
        """As people cite it: "2024-W23/1"."""
        return f"{self.week}/{self.number}"


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact as the last issue that told it did."""

    issue: str
    state: FactState


def states_of(facts: Sequence[Fact]) -> list[FactState]:
    """The facts as an issue keeps them, by id."""
    states = [
        fact_state(
            fact.id,
            fact.type,
            fact.company_key,
            fact.status,
            {name: field.value for name, field in fact.fields.items()},
            [("", stored.key) for stored in fact.claims],
            "",
        )
        for fact in facts
    ]
    return sorted(states, key=lambda state: state.id)


def digest_of(states: Sequence[FactState]) -> str:
    """What tells two issues apart: sixteen hex digits over ids, values and claims."""
    return digest(json.dumps([_plain(state) for state in states], ensure_ascii=False, sort_keys=True))


def keep_issue(
    session: Session,
    week: str,
    states: Sequence[FactState],
    articles: Collection[str],
    documents: Mapping[str, bytes],
    made_at: datetime,
) -> Issue:
    """Store the next issue of a week. The caller commits."""
    kept = issues(session, week)
    number = kept[-1].number + 1 if kept else 1
    row = IssueRow(
        week=week,
        number=number,
        made_at=made_at,
        digest=digest_of(states),
        facts=[_plain(state) for state in states],
        articles=sorted(articles),
    )
    session.add(row)
    session.flush()
    session.add_all(
        IssueDocumentRow(week=week, number=number, name=name, content=zlib.compress(content, 9))
        for name, content in documents.items()
    )
    return _issue(row)


def issues(session: Session, week: str | None = None) -> list[Issue]:
    """All issues, or those of a week, in order of week and number."""
    query = select(IssueRow).order_by(IssueRow.week, col(IssueRow.number))
    if week is not None:
        query = query.where(IssueRow.week == week)
    return [_issue(row) for row in session.exec(query)]


def issue_document(session: Session, week: str, number: int, name: str) -> bytes | None:
    """A document of an issue as it was stored; None where there is none, or none any more."""
    row = session.get(IssueDocumentRow, (week, number, name))
    return zlib.decompress(row.content) if row is not None else None


def told_before(session: Session, week: str) -> list[ToldFact]:
    """What the issues of earlier weeks told, each fact as the last of them told it, in order of issue and id."""
    latest: dict[str, ToldFact] = {}
    told: list[ToldFact] = []
    query = select(IssueRow).where(col(IssueRow.week) < week).order_by(IssueRow.week, col(IssueRow.number))
    for row in session.exec(query):
        for fact in row.facts:
            each = ToldFact(f"{row.week}/{row.number}", _state(fact))
            told.append(each)
            latest.update(dict.fromkeys(each.state.claim_keys, each))
    return [each for each in told if all(latest[key] is each for key in each.state.claim_keys)]


def withhold_documents(session: Session, articles: Collection[str]) -> int:
    """Drop the documents that quote one of these articles, which were purged; how many. What was told stays known."""
    asked, dropped = set(articles), 0
    for row in session.exec(select(IssueRow)):
        if asked.intersection(row.articles):
            result = session.execute(
                delete(IssueDocumentRow).where(
                    col(IssueDocumentRow.week) == row.week, col(IssueDocumentRow.number) == row.number
                )
            )
            dropped += result.rowcount  # type: ignore[attr-defined]
    return dropped


def _issue(row: IssueRow) -> Issue:
    return Issue(row.week, row.number, row.made_at, row.digest, len(row.facts))


def _plain(state: FactState) -> dict[str, Any]:
    return {
        "id": state.id,
        "type": state.type,
        "company": state.company_key,
        "values": state.values,
        "claims": list(state.claim_keys),
    }


def _state(plain: Mapping[str, Any]) -> FactState:
    return FactState(plain["id"], plain["type"], plain["company"], plain["values"], tuple(plain["claims"]), {})
