"""What a listing is to raise, told in a sentence of its own: "It hopes to raise more than $600 million"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.model import Claim
from pipeline.document import Sentence

_NEAR = 900
"""Characters between a listing and its sum: a paragraph or two."""


def with_listing_sum(sentence: Sentence, found: list[Claim], told: list[Claim]) -> list[Claim]:
    """The claims of a sentence; a listing without exchange in it that only tells a sum is the one told right before.

    `told` holds the claims before; its last listing of that company is replaced by one with the sum and its day.
    """
    kept = []
    for claim in found:
        place = _listing_before(sentence, claim, told) if claim.type == "ipo" and claim.money is not None else None
        if place is None or "exchange" in claim.fields:
            kept.append(claim)
            continue
        before = told[place]
        on = claim.event_date if claim.event_date is not None and claim.status == "rumored" else before.event_date
        told[place] = replace(before, money=claim.money, event_date=on or before.event_date)
    return kept


def _listing_before(sentence: Sentence, claim: Claim, told: Sequence[Claim]) -> int | None:
    for place in range(len(told) - 1, max(-1, len(told) - 12), -1):
        each = told[place]
        near = each.where == "title" or sentence.place - each.end < _NEAR
        if each.type == "ipo" and each.company_key == claim.company_key and each.money is None and near:
            return place
    return None
