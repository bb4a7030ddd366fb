"""One timeline and one brief, against the bare queries of what they show plus their rendering."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session

from dailies.facts.facts_at import Clock, facts_at
from dailies.notices.week_facts import week_facts
from dailies.notices.weekly import week_of, weekly_brief
from db.knowledge.companies import load_companies
from db.publishing.news import newest_news_day
from reports.brief.weekly import brief
from reports.rendering import write_report
from reports.timeline.timeline import timeline
from tests.many_claims import company_key

OF_COMPANY = (
    "SELECT * FROM fact WHERE company_key = :key ORDER BY company_key, type, id",
    "SELECT fact_field.* FROM fact JOIN fact_field ON fact_id = id WHERE company_key = :key ORDER BY fact_id, name",
    "SELECT fact_support.* FROM fact JOIN fact_support ON fact_id = id WHERE company_key = :key ORDER BY fact_id, place",
    "SELECT claim.*, article.* FROM claim JOIN article ON article.key = article_key "
    "WHERE company_key = :key AND superseded_at IS NULL ORDER BY claim.key",
)
_NEWS = (
    "SELECT DISTINCT company_key FROM claim JOIN article ON article.key = article_key "
    "WHERE published BETWEEN :first AND :last AND superseded_at IS NULL"
)
_TOLD = (
    f"fact.company_key IN ({_NEWS}) "
    "OR fact.status = 'rumored' AND fact.type IN ('funding_round', 'valuation', 'acquisition', 'ipo', 'shutdown') "
    "AND fact.first_published BETWEEN :half_a_year_ago AND :last "
    "OR fact.type IN ('funding_round', 'valuation') AND fact.event_first_day BETWEEN :new_year AND :last"
)
OF_WEEK = (
    f"SELECT * FROM fact WHERE {_TOLD}",
    f"SELECT fact_field.* FROM fact JOIN fact_field ON fact_id = id WHERE {_TOLD}",
    f"SELECT fact_support.* FROM fact JOIN fact_support ON fact_id = id WHERE {_TOLD} ORDER BY fact_id, place",
    "SELECT claim.*, article.* FROM fact JOIN fact_support ON fact_id = fact.id AND field = '' "
    "JOIN claim ON claim.key = claim_key AND superseded_at IS NULL JOIN article ON article.key = article_key "
    f"WHERE {_TOLD}",
)


def measure_reports(engine: Engine, _claims: int) -> dict[str, float]:
    """Seconds of the largest company's timeline and of the newest week's brief, and how many times the bare ones."""
    with Session(engine) as session:
        return {**_timeline(session), **_brief(session)}


def _timeline(session: Session) -> dict[str, float]:
    key = company_key(0)
    companies = list(load_companies(session, [key]).values())

    def made() -> str:
        return write_report("timeline", timeline(companies, facts_at(session, Clock(), [key]), "en"), "html")

    facts = facts_at(session, Clock(), [key])
    bare = _seconds(lambda: _rows(session, OF_COMPANY, {"key": key}))
    rendering = _seconds(lambda: write_report("timeline", timeline(companies, facts, "en"), "html"))
    ours = _seconds(made)
    return {"timeline_seconds": ours, "timeline_of_bare": ours / (bare + rendering)}


def _brief(session: Session) -> dict[str, float]:
    newest = newest_news_day(session)
    if newest is None:
        raise ValueError("no article is in the database; load one first")
    week = week_of(newest)
    first, last = week.first_day(), week.last_day()
    days = {"first": first, "last": last, "new_year": first.replace(month=1, day=1)}
    days["half_a_year_ago"] = first.fromordinal(first.toordinal() - 182)
    facts = week_facts(session, week)
    bare = _seconds(lambda: _rows(session, OF_WEEK, days))
    rendering = _seconds(lambda: write_report("brief", brief(week, facts, "en"), "html"))
    ours = _seconds(lambda: write_report("brief", weekly_brief(session, week, "en", sample=False), "html"))
    return {"brief_seconds": ours, "brief_of_bare": ours / (bare + rendering)}


def _rows(session: Session, queries: tuple[str, ...], values: Mapping[str, Any]) -> list[Any]:
    return [session.execute(text(query), dict(values)).all() for query in queries]


def _seconds(work: Callable[[], object]) -> float:
    """The median of three."""
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)
