"""Prices and totals told with a round, or right behind it: dated as the round is, and no more done than it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from db.model import Claim
from db.values import PartialDate
from pipeline.english.document import Document, Sentence
from pipeline.english.patterns import any_of
from pipeline.english.told_dates import date_of

_IS_NOW = any_of("english_sums", "is_now")
_BROUGHT = any_of("english_sums", "brought")


def tie_prices(claims: list[Claim], told: Sequence[Claim], sentence: Sentence, document: Document) -> list[Claim]:
    """The claims of a sentence, its prices and totals tied to the rounds told there or shortly before."""
    rounds = {claim.company_key: claim for claim in told[-4:] if claim.type == "funding_round"}
    rounds = {
        key: claim for key, claim in rounds.items() if claim.where == sentence.where and _is_near(claim, sentence)
    }
    rounds |= {claim.company_key: claim for claim in reversed(claims) if claim.type == "funding_round"}
    return [_tied(claim, rounds.get(claim.company_key), sentence, document) for claim in claims]


def _is_near(claim: Claim, sentence: Sentence) -> bool:
    return 0 <= sentence.place - claim.end < 160


_NEWS = timedelta(days=20)


def _tied(claim: Claim, told: Claim | None, sentence: Sentence, document: Document) -> Claim:
    if claim.type == "total_funding" and told is not None and told.event_date is not None:
        brought = told.status not in ("rumored", "denied") and _BROUGHT.match(sentence.text) is not None
        return replace(claim, event_date=told.event_date) if brought else claim
    if claim.type != "valuation":
        return claim
    status = (
        told.status
        if told is not None and told.status == "rumored" and told.sentence == claim.sentence
        else claim.status
    )
    on = claim.event_date or (told.event_date if told is not None else None)
    published = document.article.published
    elsewhere = claim.event_date is None and told is not None and told.sentence != claim.sentence
    long_ago = published is not None and (on is None or published - on.last_day() > _NEWS)
    if published is not None and elsewhere and long_ago and _IS_NOW.search(sentence.text):
        on = PartialDate(published.isoformat())
    return replace(claim, event_date=on or date_of(document, sentence, claim.end - 1 - sentence.place), status=status)
