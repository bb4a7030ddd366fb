"""A deal's price: beside it, or in a sentence of its own: "A person close to it put the price at $200 million"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.model import Claim
from db.values import Money
from pipeline.english.claim_builder import make
from pipeline.english.document import Document, Sentence
from pipeline.english.money_roles import role_of
from pipeline.english.patterns import any_of, gated
from pipeline.english.role_rules import LOWEST_PRICE
from pipeline.english.sum_tests import SAYS_ROUND
from pipeline.english.telling import unrealised
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundMoney

_TABLE = "english_sums"
_PRICE = gated(_TABLE, "price")
_PAID_IT = gated(_TABLE, "paid_it")
_BID = any_of(_TABLE, "bid")
_FOR_ELSE = any_of(_TABLE, "for_else")
_OF_MONEY = any_of(_TABLE, "of_money_deal_prices")
_BARE_PRICE = any_of(_TABLE, "bare_price")
_IN_SHARES = any_of(_TABLE, "in_shares")
_DEAL = any_of(_TABLE, "deal")
_FOR = any_of(_TABLE, "for_deal_prices")

_NEAR = 300
"""Characters between the deal and its price."""


_NO_PRICES = ("funding_round", "valuation", "metric")
"""What the price of a deal is not as well: "acquire it for $1.2 billion in cash"."""


def with_price(sentence: Sentence, document: Document, found: list[Claim], told: Sequence[Claim]) -> list[Claim]:
    """The claims of a sentence; one that only prices the deal told right before becomes that deal with its price."""
    prices = [claim.money for claim in found if claim.type == "acquisition" and claim.money is not None]
    found = [claim for claim in found if claim.type not in _NO_PRICES or claim.money not in prices]
    if any(claim.type == "acquisition" for claim in found):
        found = [claim for claim in found if claim.money is not None or not _is_buyout(claim)]
    sum_ = next((each for each in sentence.money if not each.restates), None)
    deal = _deal_before(sentence, told)
    if sum_ is None or any(claim.type == "acquisition" for claim in found):
        return found
    before = sentence.text[: sum_.start]
    priced = bool(_PRICE.search(before) or _BID.search(before) or _is_paid_by(sentence, sum_, deal))
    if not priced or SAYS_ROUND.search(_IN_SHARES.sub("", sentence.text)):
        return found
    if deal is None:
        bare = _BARE_PRICE.match(sentence.text) and not _OF_MONEY.match(sentence.text, sum_.end)
        bare = bare and not _is_of_round(sentence, told)
        return [claim for claim in found if not (bare and claim.type == "valuation")]
    if sum_.money.amount < LOWEST_PRICE or role_of(sentence, sum_) not in (
        None,
        "acquisition",
        "valuation",
        "funding_round",
        "cash",
    ):
        return found
    claim = make(
        document,
        sentence,
        "acquisition",
        CompanyName(deal.company_key, deal.company, deal.company_known),
        (0, sum_.end),
        status=unrealised(sentence, sum_.start, sum_.end)
        or (deal.status if deal.status in ("rumored", "denied") else None),
        money=sum_.money,
        on=deal.event_date,
        fields={"acquirer": deal.fields.get("acquirer")},
    )
    return [*(each for each in found if each.money is not sum_.money), claim]


def _is_paid_by(sentence: Sentence, sum_: FoundMoney, deal: Claim | None) -> bool:
    """Whether the buyer of the deal told right before pays a sum, and for nothing else: "It paid $40 million"."""
    paid = _PAID_IT.search(sentence.text[: sum_.start]) if deal is not None else None
    if paid is None or deal is None or _FOR_ELSE.match(sentence.text, sum_.end):
        return False
    return paid["who"] in ("It", "it", "They", "they", deal.fields.get("acquirer"))


def _is_of_round(sentence: Sentence, told: Sequence[Claim]) -> bool:
    """Whether a round was told right before, whose price a sentence tells: "The price was $130 million"."""
    last = told[-1] if told else None
    near = last is not None and last.where == sentence.where and 0 <= sentence.place - last.end < _NEAR
    return near and last is not None and last.type == "funding_round" and last.money is not None


def _is_buyout(claim: Claim) -> bool:
    """Whether a round is but the word "buyout": the deal itself is told."""
    return claim.type == "funding_round" and claim.fields.get("investment_type") == "private_equity"


def _deal_before(sentence: Sentence, told: Sequence[Claim]) -> Claim | None:
    """The deal told last, where this sentence stands near it and it has no price yet."""
    last = next((claim for claim in reversed(told) if claim.type == "acquisition"), None)
    if last is None or last.where != sentence.where or last.money is not None:
        return None
    if last.status == "denied" and not any(_BID.search(sentence.text[: each.start]) for each in sentence.money[:1]):
        return None
    return last if 0 <= sentence.place - last.end < _NEAR and last.fields.get("acquirer") else None


def price_behind(sentence: Sentence, end: int) -> Money | None:
    """The sum right behind the deal: "... for about $300 million"."""
    for sum_ in sentence.money:
        gap = sentence.text[end : sum_.start] if sum_.start >= end and not sum_.restates else None
        if gap is not None and (
            not gap or _FOR.fullmatch(gap) or (_IN.fullmatch(gap) and _DEAL.match(sentence.text, sum_.end))
        ):
            return sum_.money
    return None


_IN = re.compile(r",? in (?:an? |the )?(?:[a-z-]+ )?")


def price_within(sentence: Sentence, start: int, end: int) -> Money | None:
    """The only sum in the words that tell a deal: "spent $90 million on buying the company"."""
    inside = [each.money for each in sentence.money if start <= each.start and each.end <= end and not each.restates]
    return inside[0] if len(inside) == 1 and inside[0].amount >= LOWEST_PRICE else None


def price_near(sentence: Sentence, start: int) -> Money | None:
    """The sum that the words around it make the price: "for $50 million", "paid $50 million for"."""
    for sum_ in sentence.money:
        paid = re.search(
            r"\b(?:for|paid|pay|pays|paying|at)(?: about| around| some| nearly| roughly| just over| more than"
            r"| a reported| an estimated| a rumou?red| a total of)? \Z",
            sentence.text[: sum_.start],
        )
        role = role_of(sentence, sum_)
        if not sum_.restates and sum_.start > start - 60 and (role == "acquisition" or (role is None and paid)):
            return sum_.money
    return None
