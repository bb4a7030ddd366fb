"""A fact as the rows that hold it, table by table, and a digest over them that tells whether anything changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel

from db.facts.changes import FactState, fact_state
from db.model import FieldValue
from db.nouns.facts import Fact
from db.nouns.identity import digest
from db.nouns.us_dollars import us_dollars
from db.schema.tables import FactFieldRow, FactRow, FundingRoundRow, InvestmentRow, SupportRow, ValuationRow

WHOLE = ""
"""The `field` of a support row that ties a claim to the fact as a whole."""
NAME_SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class FactRows:
    """A fact's rows by table, in an order in which they can be inserted, and what the change log compares."""

    tables: Mapping[type[SQLModel], Sequence[dict[str, Any]]]
    digest: str
    state: FactState


def fact_rows(fact: Fact) -> FactRows:
    """All rows of a fact."""
    support = _support(fact)
    tables: dict[type[SQLModel], list[dict[str, Any]]] = {
        FactRow: [_fact(fact)],
        FundingRoundRow: _funding_round(fact),
        InvestmentRow: _investments(fact),
        ValuationRow: _valuation(fact),
        FactFieldRow: [
            {"fact_id": fact.id, "name": name, "value": field.value, "status": field.status, "rule": field.rule}
            for name, field in fact.fields.items()
        ],
        SupportRow: support,
    }
    total = digest(json.dumps(list(tables.values()), default=str, ensure_ascii=False))
    tables[FactRow][0]["digest"] = total
    fields = {name: field.value for name, field in fact.fields.items()}
    told = [(row["field"], row["claim_key"]) for row in support]
    return FactRows(tables, total, fact_state(fact.id, fact.type, fact.company_key, fact.status, fields, told, WHOLE))


def _fact(fact: Fact) -> dict[str, Any]:
    event_date, money = fact.event_date, fact.money
    return {
        "id": fact.id,
        "type": fact.type,
        "company_key": fact.company_key,
        "status": fact.status,
        "event_date": event_date.iso if event_date else None,
        "event_date_precision": event_date.precision if event_date else None,
        "event_first_day": event_date.first_day() if event_date else None,
        "event_last_day": event_date.last_day() if event_date else None,
        "amount": money.amount if money else None,
        "amount_max": money.amount_max if money else None,
        "currency": money.currency if money else None,
        "amount_op": money.operator if money else None,
        **_dollars(fact),
        "witnesses": fact.witnesses,
        "outlets": fact.outlets,
        "first_published": min((stored.published for stored in fact.claims if stored.published), default=None),
    }


def _dollars(fact: Fact) -> dict[str, Any]:
    """The sum in US dollars, or the reason why not. A metric without currency is a count, and no money at all."""
    money = fact.money
    if money is None or (fact.type == "metric" and money.currency is None):
        return dict.fromkeys(("amount_usd", "amount_max_usd", "usd_rate", "usd_rate_on", "usd_basis"))
    dollars = us_dollars(money, fact.event_date)
    return {
        "amount_usd": dollars.amount,
        "amount_max_usd": dollars.amount_max,
        "usd_rate": dollars.rate.rate,
        "usd_rate_on": dollars.rate.rate_on,
        "usd_basis": dollars.rate.basis,
    }


def _funding_round(fact: Fact) -> list[dict[str, Any]]:
    if fact.type != "funding_round":
        return []
    leads, everyone = _names(fact.value("lead_investors")), _everyone(fact)
    return [
        {
            "fact_id": fact.id,
            "investment_type": _text(fact.value("investment_type")) or "series_unknown",
            "series_qualifier": _text(fact.value("series_qualifier")),
            "investor_count": len(everyone),
            "lead_investors": NAME_SEPARATOR.join(leads) or None,
        }
    ]


def _investments(fact: Fact) -> list[dict[str, Any]]:
    if fact.type != "funding_round":
        return []
    leads = _names(fact.value("lead_investors"))
    return [{"fact_id": fact.id, "investor_name": name, "is_lead_investor": name in leads} for name in _everyone(fact)]


def _valuation(fact: Fact) -> list[dict[str, Any]]:
    if fact.type != "valuation" or fact.money is None:
        return []
    return [{"fact_id": fact.id, "valuation_kind": _text(fact.value("valuation_kind")) or "unspecified"}]


def _everyone(fact: Fact) -> list[str]:
    return list(dict.fromkeys([*_names(fact.value("investors")), *_names(fact.value("lead_investors"))]))


def _text(value: FieldValue) -> str | None:
    return value if isinstance(value, str) else None


def _names(value: FieldValue) -> list[str]:
    return value if isinstance(value, list) else []


def _support(fact: Fact) -> list[dict[str, Any]]:
    rows = [_support_row(fact.id, WHOLE, stored.key, "for", place, None) for place, stored in enumerate(fact.claims)]
    for name, field in fact.fields.items():
        placed: list[tuple[str, str, FieldValue]] = [(key, "for", None) for key in field.claim_keys]
        placed += [(key, "against", losing.value) for losing in field.losing for key in losing.claim_keys]
        rows += [
            _support_row(fact.id, name, key, side, place, value) for place, (key, side, value) in enumerate(placed)
        ]
    return rows


def _support_row(fact_id: str, field: str, claim_key: str, side: str, place: int, value: FieldValue) -> dict[str, Any]:
    return {"fact_id": fact_id, "field": field, "claim_key": claim_key, "side": side, "place": place, "value": value}
