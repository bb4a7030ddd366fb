"""Composes the day's message, at most one a day: net-new facts on the watchlist, and sources in trouble."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db.facts.store import load_facts
from db.knowledge.companies import load_companies
from db.knowledge.name_key import name_key
from db.model import Company
from db.nouns.facts import Fact
from db.publishing.notices import (
    Watched,
    added_facts,
    has_message,
    last_change,
    last_message,
    open_alerts,
    put_message,
    watchlist,
)
from db.schema.crawl_tables import SourceRow
from db.schema.notice_tables import MessageRow, SourceAlertRow
from reports.brief.notice_card import Trouble, notice_card
from reports.wording.facts import investors_of
from reports.wording.values import ReportLanguage


def compose(
    session: Session, now: datetime, zone: ZoneInfo, language: ReportLanguage, addresses: Sequence[str]
) -> bool:
    """Keep today's message, if there is none yet and something to tell; whether one was made.

    Facts count from the moment somebody was put on the watchlist, each once, whatever becomes of them: a correction is
    no new fact, nor is what changed rules or a person's judgement bring up. `addresses` are digests.
    """
    day = now.astimezone(zone).date()
    if has_message(session, day):
        return False
    facts, companies = _news(session)
    alerts = [alert for alert in open_alerts(session) if alert.message_id is None]
    if not facts and not alerts:
        return False
    card = notice_card(day, facts, companies, [_trouble(session, alert) for alert in alerts], language)
    message = MessageRow(day=day, composed_at=now, title=card.title, body=card.body, after_change=last_change(session))
    put_message(session, message, [fact.id for fact in facts], alerts, addresses)
    return True


def _news(session: Session) -> tuple[list[Fact], dict[str, Company]]:
    """The facts of the watchlist that were added since the last message, and still stand; and their companies."""
    watched = watchlist(session)
    if not watched:
        return [], {}
    before = last_message(session)
    seen = before.after_change if before is not None else 0
    added = added_facts(session, max(seen, min(each.after_change for each in watched)))
    entry_of = {fact: number for number, _, fact in added}
    keys = [company for _, company, _ in added]
    companies = load_companies(session, keys)
    standing = [fact for fact in load_facts(session, keys) if fact.id in entry_of] if keys else []
    news = [
        fact
        for fact in standing
        if any(
            entry_of[fact.id] > each.after_change and _is_about(fact, companies[fact.company_key], each)
            for each in watched
        )
    ]
    return news, companies


def _is_about(fact: Fact, company: Company, watched: Watched) -> bool:
    if watched.kind == "company":
        return fact.company_key == watched.name
    if watched.kind == "segment":
        return company.segment == watched.name
    named = [*investors_of(fact, "lead_investors"), *investors_of(fact)]
    return name_key(watched.name) in map(name_key, named)


def _trouble(session: Session, alert: SourceAlertRow) -> Trouble:
    source = session.get(SourceRow, alert.source_key)
    return Trouble(source.title if source is not None else alert.source_key, alert.kind, alert.since, alert.detail)
