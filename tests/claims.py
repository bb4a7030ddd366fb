"""Composes claims for tests, so that each test states only what it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from db.model import Claim, StoredClaim
from db.nouns.identity import claim_key
from db.values import Money, PartialDate

RECORDED = datetime(2026, 1, 1, tzinfo=UTC)


def claim(type_: str = "funding_round", **values: Any) -> Claim:
    """A claim about Runway; `amount` (with `currency`, `operator`) and `on` are short for money and event date."""
    amount, currency, operator = (values.pop(name, None) for name in ("amount", "currency", "operator"))
    on, fields = values.pop("on", None), values.pop("fields", {})
    sentence = values.pop("sentence", f"A sentence about a {type_}.")
    defaults: dict[str, Any] = {
        "company": "Runway",
        "company_key": "runway",
        "company_known": True,
        "status": "reported",
        "said_by": "none",
        "origin": None,
        "where": "text",
        "start": 0,
        "end": len(sentence),
        "evidence": sentence,
        "sentence": sentence,
        "event_date": PartialDate(on) if on else None,
        "money": Money(Decimal(amount), currency or "USD", operator or "=") if amount else None,
        "fields": fields,
    }
    return Claim(type=type_, **{**defaults, **values})  # type: ignore[arg-type]


def stored(told: Claim, outlet: str = "Daily Reel", published: str = "2023-07-01", **values: Any) -> StoredClaim:
    """That claim as told by an outlet on a day."""
    article = values.pop("article", f"a-{outlet}-{published}")
    defaults: dict[str, Any] = {
        "key": claim_key(article, told.type, told.sentence, values.pop("ordinal", 0)),
        "claim": told,
        "article_key": article,
        "article_url": f"https://{outlet.lower().replace(' ', '')}.example/{published}",
        "article_title": "A title",
        "published": date.fromisoformat(published),
        "publisher": outlet,
        "witness": outlet.lower(),
        "tier": "press",
        "evidence_class": "sentence",
        "recorded_at": RECORDED,
    }
    return StoredClaim(**{**defaults, **values})
