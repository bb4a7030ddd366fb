"""What a listing is to raise, told in a sentence of its own: "It hopes to raise more than $600 million"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from db.model import Claim
from pipeline.english.document import Document, Sentence
from pipeline.english.telling import unrealised
from pipeline.values.found import FoundMoney

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


_FLOAT = re.compile(
    r"\b(?:IPO|initial public offering|float|flotation|go(?:ing)? public|list(?:ing)?s? (?:in|on)|(?:stock"
    r"|share)[- ]market"
    r" (?:debut|listing)|prospectus|listing (?:hearing|application)|(?:Hong Kong|Nasdaq|London|New York"
    r"|Shanghai) listing)\b"
)
_NO_FLOAT = re.compile(r"\b(?:round|Series|seed|venture|private|from|led|loan|convertible)\b")


def is_float(sentence: Sentence, document: Document, sum_: FoundMoney) -> bool:
    """Whether what somebody hopes to raise is raised on the stock market: told of right before, or in the title."""
    if sentence.series or _NO_FLOAT.search(sentence.text) or unrealised(sentence, sum_.start, sum_.end) != "rumored":
        return False
    place = sentence.number
    earlier = document.sentences[max(0, place - 2) : place] if sentence.where == "text" else []
    near = [each for each in earlier if each.where == "text" and sentence.paragraph - each.paragraph <= 1]
    return any(_FLOAT.search(each.text) for each in (sentence, *near)) or bool(
        _FLOAT.search(document.title) and sentence.paragraph <= 2
    )
