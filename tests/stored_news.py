"""Stores composed claims as articles of a real database and forms their facts, as the daily cycle does."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session

from db.claim_store import ReadArticle, current_claims, store_reading
from db.fact_store import replace_facts, stale_companies
from db.model import Claim, PageText, Reading
from pipeline.facts import form_facts


def store_article(
    engine: Engine,
    *claims: Claim,
    key: str = "a0000000000000001",
    outlet: str = "Daily Reel",
    published: str | None = "2023-07-01",
    recorded: str = "2026-01-01",
    title: str = "A title",
    url: str | None = "https://dailyreel.example/1",
) -> None:
    """Write an article that says these claims, and form the facts of their companies."""
    day = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    text = "\n\n".join(claim.sentence for claim in claims)
    page = PageText(title, text, "en", url, outlet, None, (), day, "day" if day else None)
    read = ReadArticle(key, url, page, Reading("core", ("a video model",), claims), "test", tier="press")
    with Session(engine) as session, session.begin():
        store_reading(session, read, datetime.fromisoformat(recorded).replace(tzinfo=UTC))
        for company in stale_companies(session):
            replace_facts(session, company, form_facts(current_claims(session, [company])))
