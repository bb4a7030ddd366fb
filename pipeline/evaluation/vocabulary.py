"""The door to the evaluation's vocabulary: one article's claims as the facts of its schema, with its coarser names.

Where the two differ, this is the only place that knows: "confirmed" means "done" there, Crunchbase's
`debt_financing` is `debt`, Pre-A has no name, and an extension is a flag.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from db.model import CLAIM_FIELDS, Article, FieldValue, Reading, StoredClaim
from db.nouns.facts import Fact
from db.nouns.identity import claim_key
from db.values import PartialDate
from pipeline.facts.fact_status import best_status
from pipeline.facts.field_choice import choose_fields
from pipeline.facts.forming import form_facts

_SERIES = {"debt_financing": "debt", "secondary_market": "secondary", "undisclosed": "series_unknown"}
_SECOND_HAND = frozenset({"unnamed_people", "document", "other_outlet"})
_MONEY = ("funding_round", "valuation", "total_funding", "acquisition", "ipo", "metric")
_WITHOUT_OPERATOR = ("ipo",)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_vocabulary(article: Article, reading: Reading) -> dict[str, Any]:
    """One article's result: {"id", "relevant", "facts": [...]}; what is said twice in it is one fact."""
    facts = form_facts(store_reading(article, reading))
    found = [_translate(part) for fact in sorted(facts, key=_place) for part in _apart(fact)]
    return {"id": article.key, "relevant": reading.relevance != "none", "facts": found}


def _apart(fact: Fact) -> list[Fact]:
    """What is one thing here and two facts there: a rumour and its denial, a deal and its price by hearsay."""
    first = [stored for stored in fact.claims if stored.claim.status != "denied"]
    second = [stored for stored in fact.claims if stored.claim.status == "denied"]
    if fact.type == "acquisition" and not second:
        done = [stored for stored in fact.claims if stored.claim.status != "rumored"]
        first = [stored for stored in done if stored.claim.money is None and not _is_hearsay(stored)]
        second = [stored for stored in fact.claims if stored.claim.money is not None and _is_hearsay(stored)]
    if not first or not second or len(first) + len(second) < len(fact.claims):
        return [fact]
    return [
        replace(fact, status=best_status(part), fields=choose_fields(part), claims=tuple(part))
        for part in (first, second)
    ]


def _is_hearsay(stored: StoredClaim) -> bool:
    return stored.claim.said_by in _SECOND_HAND


def store_reading(article: Article, reading: Reading) -> list[StoredClaim]:
    """A reading's claims with their keys, as merging needs them, for an article that stands alone."""
    counted: dict[tuple[str, str], int] = {}
    stored = []
    for claim in reading.claims:
        ordinal = counted.get((claim.type, claim.sentence), 0)
        counted[claim.type, claim.sentence] = ordinal + 1
        stored.append(
            StoredClaim(
                key=claim_key(article.key, claim.type, claim.sentence, ordinal),
                claim=claim,
                article_key=article.key,
                article_url=article.url,
                article_title=article.title,
                published=article.published,
                publisher=article.publisher,
                witness=claim.origin or article.original_publisher or article.publisher or "",
                tier="unknown",
                evidence_class="sentence",
                recorded_at=_EPOCH,
            )
        )
    return stored


def _place(fact: Fact) -> tuple[int, int]:
    first = min(fact.claims, key=lambda stored: (stored.claim.where == "text", stored.claim.start))
    return (first.claim.where == "text", first.claim.start)


def _translate(fact: Fact) -> dict[str, Any]:
    best = _best(fact.claims)
    event_date = fact.event_date
    result: dict[str, Any] = {
        "type": fact.type,
        "company": best.claim.company,
        "date": _coarse(event_date.iso) if event_date else None,
        "status": _status(fact),
        "evidence": best.claim.evidence,
    }
    if fact.type in _MONEY:
        amount = fact.value("amount")
        result["value" if fact.type == "metric" else "amount"] = _number(amount) if isinstance(amount, str) else None
        result["currency"] = fact.value("currency")
        if fact.type not in _WITHOUT_OPERATOR:
            result["amount_op"] = fact.value("amount_op")
    if fact.type == "funding_round":
        named = series_in_vocabulary(fact.value("investment_type"), fact.value("series_qualifier"))
        result["series"], result["extension"] = named
        result["investors"] = fact.value("investors") or []
        result["lead_investors"] = fact.value("lead_investors") or []
    else:
        result.update({name: fact.value(name) for name in CLAIM_FIELDS[fact.type]})
    if fact.type == "valuation":
        result["valuation_kind"] = result["valuation_kind"] or "unspecified"
    return result


def _best(claims: Sequence[StoredClaim]) -> StoredClaim:
    """The claim whose evidence stands for the fact: the one that says most, the earliest of these."""
    return max(claims, key=lambda stored: (stored.claim.money is not None, stored.claim.event_date is not None))


def _status(fact: Fact) -> str:
    """Done on a party's or the outlet's own word is "confirmed" there; on anybody else's, "reported"."""
    if fact.status != "reported":
        return fact.status
    plain = any(
        stored.claim.status in ("reported", "confirmed") and stored.claim.said_by not in _SECOND_HAND
        for stored in fact.claims
    )
    return "confirmed" if plain else "reported"


def series_in_vocabulary(investment_type: FieldValue, qualifier: FieldValue) -> tuple[str, bool]:
    """A round's name there, and whether it extends an earlier round: Pre-A has no name, A1 and B1 are first closes."""
    if isinstance(qualifier, str) and qualifier.lower().startswith("pre"):
        return "series_unknown", qualifier.endswith("+")
    extension = isinstance(qualifier, str) and (qualifier == "extension" or not qualifier.endswith("1"))
    name = str(investment_type or "series_unknown")
    return _SERIES.get(name, name), extension


def _coarse(iso: str) -> str:
    """A date in the vocabulary's precisions: a half or a quarter is its year, a week its month."""
    precision = PartialDate(iso).precision
    if precision in ("half", "quarter"):
        return iso[:4]
    return iso if precision != "week" else PartialDate(iso).first_day().isoformat()[:7]


def _number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)
