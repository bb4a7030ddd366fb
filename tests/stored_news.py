"""Stores composed claims as articles of a real database and forms their facts, as the daily cycle does."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from db.claims.readings import ReadArticle, store_readings
from db.connection.engine import writing
from db.facts.forming import renew_facts
from db.facts.stale import stale_companies
from db.model import Claim, PageText, Reading
from pipeline.facts.forming import form_facts


def store_article(
    engine: Engine,
    *claims: Claim,
    key: str = "a0000000000000001",
    outlet: str = "Daily Reel",
    published: str | None = "2023-07-01",
    recorded: str = "2026-01-01",
    title: str = "A title",
    url: str | None = "https://dailyreel.example/1",
    reader: str = "test",
) -> None:
    """Write an article that says these claims, and form the facts of their companies."""
    day = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    text = "\n\n".join(claim.sentence for claim in claims)
    page = PageText(title, text, "en", url, outlet, None, (), day, "day" if day else None)
    read = ReadArticle(key, url, page, Reading("core", ("a video model",), claims), reader, tier="press")
    moment = datetime.fromisoformat(recorded).replace(tzinfo=UTC)
    with writing(engine) as session:
        store_readings(session, [read], moment)
        for company in stale_companies(session):
            renew_facts(session, company, form_facts, moment)
