"""The bundled history as stored claims and as facts, without a database."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from functools import cache

from db.model import CuratedPage, StoredClaim
from db.nouns.facts import Fact
from db.nouns.identity import claim_key, fold
from pipeline.facts.forming import form_facts
from pipeline.history.read_history import bundled_history


def stored_pages(pages: tuple[CuratedPage, ...]) -> list[StoredClaim]:
    """What the store makes of curated pages."""
    claims = []
    for page in pages:
        seen: Counter[tuple[str, str]] = Counter()
        for each in page.claims:
            ordinal = seen[each.claim.type, each.identity]
            seen[each.claim.type, each.identity] += 1
            claims.append(
                StoredClaim(
                    key=claim_key(page.key, each.claim.type, each.identity, ordinal),
                    claim=each.claim,
                    article_key=page.key,
                    article_url=page.url,
                    article_title="",
                    published=page.published,
                    publisher=page.publisher,
                    witness=fold(each.claim.origin or page.publisher),
                    tier=page.tier,
                    evidence_class=each.evidence_class,
                    recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
                )
            )
    return claims


@cache
def history_facts() -> tuple[Fact, ...]:
    """The facts of the bundled history alone."""
    return tuple(form_facts(stored_pages(bundled_history().pages)))
