"""What a row claims: a round, its valuation, a total, a listing, an event; the row itself is the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from db.knowledge.curated import load_knowledge
from db.model import CLAIM_FIELDS, Claim, ClaimType, CuratedClaim, EvidenceClass, FieldValue, SaidBy, Status
from db.nouns.identity import candidate_key, fold
from db.values import Money, PartialDate
from pipeline.history.row_text import chinese_note, event_text, round_text, valuation_text
from pipeline.history.table import Row, Shape, UnreadableCell, words
from pipeline.pages.publisher import publisher_called

_UNSETTLED: Mapping[str, Status] = {"talks": "rumored", "cancelled_plan": "denied", "acquisition_talks": "rumored"}
"""Kinds of row whose name says that nothing is done."""


def claims_of(shape: Shape, row: Row) -> list[CuratedClaim]:
    """The claims of one row. Raises UnreadableCell where a cell says nothing we know."""
    return list(_round_claims(row) if shape == "rounds" else _event_claims(row))


@dataclass(frozen=True, slots=True)
class _Told:
    """What all claims of a row have in common."""

    row: Row
    kind: str
    event_date: PartialDate | None
    evidence_class: EvidenceClass

    def claim(
        self,
        claim_type: ClaimType,
        voice: tuple[Status, SaidBy],
        text: str,
        money: Money | None = None,
        fields: Mapping[str, FieldValue] | None = None,
    ) -> CuratedClaim:
        """One claim of this row; it keeps its identity when a value of the row is corrected."""
        name, key, known = company_called(self.row.needed("company"))
        status, said_by = voice
        stated = {name: value for name, value in (fields or {}).items() if value not in (None, "", [])}
        claim = Claim(
            type=claim_type,
            company=name,
            company_key=key,
            company_known=known,
            status=status,
            said_by=said_by,
            origin=publisher_called(self.row.text("origin")),
            where="row",
            start=0,
            end=len(text),
            evidence=text,
            sentence=text,
            event_date=self.event_date,
            money=money,
            fields=stated,
            sentence_zh=chinese_note(self.row),
        )
        return CuratedClaim(claim, f"row: {key} {self.kind}", self.evidence_class)


@cache
def _companies() -> Mapping[str, tuple[str, str]]:
    """(name, key) of every company we know by each of its names, folded; where two share one, by neither."""
    known: dict[str, tuple[str, str] | None] = {}
    for company in load_knowledge().companies:
        for name in {fold(each) for each in (company.key, *company.strong_names, *company.weak)}:
            known[name] = None if name in known else (company.name, company.key)
    return {name: found for name, found in known.items() if found is not None}


def company_called(written: str) -> tuple[str, str, bool]:
    """(name, key, known) of the company a row names by name, alias or key."""
    found = _companies().get(fold(written))
    return (*found, True) if found else (written, candidate_key(written), False)


def _evidence_class(row: Row) -> EvidenceClass:
    row.needed("evidence_level")
    return cast(EvidenceClass, words()["evidence_level"][row.word("evidence_level")])


def _voice(row: Row, kind: str) -> tuple[Status, SaidBy]:
    status, said_by = row.status_and_voice()
    return _UNSETTLED.get(kind, status), said_by


def _round_claims(row: Row) -> Iterator[CuratedClaim]:
    kind = row.needed("claim_kind")
    if kind not in words()["claim_kind"]:
        known = ", ".join(words()["claim_kind"])
        raise UnreadableCell("claim_kind", f"{kind!r} is none of {known}: it tells no deal, total or price")
    told = _Told(row, kind, row.event_date("announced_on"), _evidence_class(row))
    money, voice = row.money(), _voice(row, kind)
    if kind == "ipo":
        exchange = row.text("exchange")
        yield told.claim("ipo", voice, round_text(row, "listing"), money, {"exchange": exchange})
    elif kind == "total_funding":
        if money is None:
            raise UnreadableCell("amount", "is empty; a total needs its amount")
        yield told.claim("total_funding", voice, round_text(row, "raised in all"), money)
    elif kind != "valuation":
        yield told.claim("funding_round", voice, round_text(row), money, _round_fields(row))
    yield from _valuation(told, voice)


def _round_fields(row: Row) -> Mapping[str, FieldValue]:
    leads = row.names("lead_investors")
    return {
        "investment_type": row.word("investment_type", "series_unknown"),
        "series_qualifier": row.text("series_qualifier") or ("extension" if row.text("extension") == "True" else None),
        "investors": list(dict.fromkeys([*row.names("investors"), *leads])),
        "lead_investors": leads,
    }


def _valuation(told: _Told, voice: tuple[Status, SaidBy]) -> Iterator[CuratedClaim]:
    """The price a row tells beside the deal: its word may be another's."""
    row = told.row
    money = row.money("valuation")
    if money is None:
        return
    if row.text("valuation_status"):
        voice = row.status_and_voice("valuation_status", "valuation_said_by")
    kind = row.word("valuation_kind", "unspecified")
    yield told.claim("valuation", voice, valuation_text(row), money, {"valuation_kind": kind})


def _event_claims(row: Row) -> Iterator[CuratedClaim]:
    written = row.needed("type")
    claim_type = cast(ClaimType, row.word("type", allowed="event_type"))
    told = _Told(row, claim_type, row.event_date("date"), _evidence_class(row))
    money = row.money() if claim_type in ("acquisition", "ipo", "metric") else None
    fields: dict[str, FieldValue] = {
        "product": row.text("product"),
        "stage": row.word("stage"),
        "role": row.text("role"),
        "direction": row.word("direction"),
        "metric": row.word("metric"),
        "headcount": row.count("headcount", 10_000_000),
        "percent": row.count("percent", 100),
        "exchange": row.text("exchange"),
    }
    counterparty = words()["counterparty"].get(claim_type)
    if counterparty:
        fields[counterparty] = "; ".join(row.names("counterparties"))
    yield told.claim(claim_type, _voice(row, written), event_text(row), money, _own(claim_type, fields))


def _own(claim_type: ClaimType, fields: Mapping[str, FieldValue]) -> Mapping[str, FieldValue]:
    return {name: fields[name] for name in CLAIM_FIELDS[claim_type] if name in fields}
