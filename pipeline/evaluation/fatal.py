"""The errors nobody must ever see: a wrong amount, currency or company, a price told as a round, a rumour as done."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.evaluation.facts import (
    AMOUNT_FIELDS,
    CORE_TYPES,
    Fact,
    happened,
    near,
    number,
    same_amount,
    same_company,
    same_fact,
    same_key,
)

_SIZED = frozenset({"funding_round", "valuation", "total_funding", "acquisition"})
_NO_ROUNDS = frozenset({"valuation", "total_funding", "metric"})
_WRONG_FROM = 0.1
"""From this share of the labelled amount on an error is fatal."""


def fatal_reason(found: Fact, partner: Fact | None, labelled: Sequence[Fact]) -> str | None:
    """Why a fact found in an article must never reach a reader, or None. `partner` is the label it was paired with."""
    kind = str(found.get("type"))
    own = [wanted for wanted in labelled if same_company(wanted, found)]
    alike = [wanted for wanted in own if wanted["type"] == kind]
    if _told_as_done(found, partner, alike):
        return "unrealised told as done"
    if kind not in AMOUNT_FIELDS or any(_same_sum(wanted, found) for wanted in alike):
        return None
    if kind == "funding_round" and any(_same_sum(wanted, found) for wanted in own if wanted["type"] in _NO_ROUNDS):
        return "total, price or metric stored as a round"
    others = [wanted for wanted in labelled if wanted["type"] == kind and wanted not in own]
    if any(_same_sum(wanted, found) and (kind != "metric" or same_key(wanted, found)) for wanted in others):
        return "wrong company"
    return _wrong_sum(found, alike) if kind in _SIZED else None


def _told_as_done(found: Fact, partner: Fact | None, alike: Sequence[Fact]) -> bool:
    kind = found.get("type")
    if not happened(found) or (partner is not None and happened(partner)) or kind not in {*CORE_TYPES, "metric"}:
        return False
    field = AMOUNT_FIELDS.get(str(kind), "amount")
    twins = [wanted for wanted in alike if same_fact(wanted, found) and same_amount(wanted, found, field)]
    return bool(twins) and not any(happened(wanted) for wanted in twins)


def _wrong_sum(found: Fact, alike: Sequence[Fact]) -> str | None:
    currency, got = found.get("currency"), number(found.get("amount"))
    sums = [
        amount
        for wanted in alike
        if wanted.get("currency") in (None, currency) and (amount := number(wanted.get("amount"))) is not None
    ]
    if got is not None and sums:
        off = min(abs(got - amount) / max(abs(amount), 1e-9) for amount in sums)
        if off >= _WRONG_FROM - 1e-9:
            return "wrong amount"
    if currency and any(_same_sum(wanted, found, any_currency=True) for wanted in alike):
        return "wrong currency"
    return None


def _same_sum(wanted: Fact, found: Fact, *, any_currency: bool = False) -> bool:
    """The same stated sum, whatever the types of the two facts."""
    one, other = (fact.get(AMOUNT_FIELDS.get(str(fact.get("type")), "amount")) for fact in (wanted, found))
    if one is None or other is None or not near(one, other):
        return False
    return any_currency or not wanted.get("currency") or bool(wanted["currency"] == found.get("currency"))
