"""A deal's price told in a sentence of its own: "A person close to the deal put the price at $200 million"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.model import Claim
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.money_roles import LOWEST_PRICE, role_of
from pipeline.english.telling import unrealised
from pipeline.gated_pattern import GatedPattern

_NEAR = 300
"""Characters between the deal and its price."""
_PRICE = GatedPattern(
    r"\b(?:(?:purchase |sale |asking )?price(?: tag)?|deal|transaction|acquisition|purchase|takeover|sale|terms)\b"
    r"(?: itself| reportedly)?(?: (?:is|was|would be|could be|will be))? (?:at|worth|valued at|of)?"
    r"(?: (?:about|around|some|roughly|nearly|almost|over|more|less|than|at|least|just|under|up|to))* ?\Z"
    r"|\b(?:buyer|acquirer|purchaser)\b(?: \w+){0,2} (?:paid|pays|will pay)(?: \w+){0,2} \Z"
    r"|\b(?:is|will be|are) paying(?: \w+){0,3} \Z|\bput(?:s|ting)? the (?:figure|sum|amount) at(?: \w+){0,3} \Z"
)
_BUYS = GatedPattern(
    r"\b(?:acqui(?:re|res|red|ring|sition)|buys?|bought|buying|takeover|purchase[sd]?|circles|the sellers|in a"
    r" transaction)\b"
)
"""A sum in such a sentence is the price of what is bought, unless it speaks of a round."""
_VALUED = re.compile(r"\bvalu\w+")
_FROM_INVESTOR = re.compile(r"\b(?:million|billion)\b[^.;]{0,25}\bfrom [A-Z]")
_OF_ROUND = GatedPattern(r"\b(?:round|invest\w*|raised?|raising|funding|Series [A-K]|stake|shares|valuation|fine)\b")


def with_price(sentence: Sentence, document: Document, found: list[Claim], told: Sequence[Claim]) -> list[Claim]:
    """The claims of a sentence; one that only prices the deal told right before becomes that deal with its price."""
    prices = [claim.money for claim in found if claim.type == "acquisition" and claim.money is not None]
    found = [claim for claim in found if claim.type != "funding_round" or claim.money not in prices]
    if _BUYS.search(sentence.text) and not _OF_ROUND.search(sentence.text):
        found = [claim for claim in found if not _is_price(claim)]
    sum_ = next((each for each in sentence.money if not each.restates), None)
    deal = _deal_before(sentence, told)
    if sum_ is None or deal is None or any(claim.type == "acquisition" for claim in found):
        return found
    if not _PRICE.search(sentence.text[: sum_.start]) or _OF_ROUND.search(sentence.text):
        return found
    if sum_.money.amount < LOWEST_PRICE or role_of(sentence, sum_) not in (
        None,
        "acquisition",
        "valuation",
        "funding_round",
        "cash",
    ):
        return found
    priced = make(
        document,
        sentence,
        "acquisition",
        CompanyName(deal.company_key, deal.company, deal.company_known),
        (0, sum_.end),
        status=unrealised(sentence, sum_.start, sum_.end) or (deal.status if deal.status == "rumored" else None),
        money=sum_.money,
        on=deal.event_date,
        fields={"acquirer": deal.fields.get("acquirer")},
    )
    return [*(claim for claim in found if claim.money is not sum_.money), priced]


def _is_price(claim: Claim) -> bool:
    """Whether what was taken for a round or a valuation is what the buyer pays: no investor stands beside it."""
    if claim.money is None or _FROM_INVESTOR.search(claim.sentence):
        return False
    return claim.type == "funding_round" or (claim.type == "valuation" and not _VALUED.search(claim.sentence))


def _deal_before(sentence: Sentence, told: Sequence[Claim]) -> Claim | None:
    """The deal told last, where this sentence stands near it and it has no price yet."""
    last = next((claim for claim in reversed(told) if claim.type == "acquisition"), None)
    if last is None or last.where != sentence.where or last.money is not None or last.status == "denied":
        return None
    return last if 0 <= sentence.place - last.end < _NEAR and last.fields.get("acquirer") else None
