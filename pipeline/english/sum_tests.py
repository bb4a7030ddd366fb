"""What stands around a sum of an English sentence, asked of its place: is it paid, counted, a price, a total?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pipeline.english.document import Sentence
from pipeline.english.patterns import any_of, gated
from pipeline.english.statements import Statement
from pipeline.english.verb_forms import words
from pipeline.values.found import FoundMoney

_TABLE = "english_sums"
EARNS = any_of(_TABLE, "earns")
_FOR_A_PART = any_of(_TABLE, "for_a_part")
_PART_BOUGHT = any_of(_TABLE, "part_bought")
_WHOLE_BEFORE = gated(_TABLE, "whole_before")
_WHOLE_AROUND_BEFORE = gated(_TABLE, "whole_around_before")
_WHOLE_AROUND_BEHIND = any_of(_TABLE, "whole_around_behind")
_ROUND_WORTH = any_of(_TABLE, "round_worth")
_WHOLE_WORTH = gated(_TABLE, "whole_worth")
_AT_ROUND = any_of(_TABLE, "at_round")
_OF_A_FIGURE = any_of(_TABLE, "of_a_figure")
_ASCRIBES = gated(_TABLE, "ascribes")
_TO_WHOLE = any_of(_TABLE, "to_whole")
_PART_OF_A = gated(_TABLE, "part_of_a")
_OF_THAT_PRICE = any_of(_TABLE, "of_that_price")
_OPENS_AT = any_of(_TABLE, "opens_at")
_IS_WORTH_BEHIND = any_of(_TABLE, "is_worth_behind")
_IS_ITS_PRICE = any_of(_TABLE, "is_its_price")
_AT = any_of(_TABLE, "at")
_TOLD_ASIDE = any_of(_TABLE, "told_aside")
_AT_WHICH_RAISED = any_of(_TABLE, "at_which_raised")
_NEW_SHARES = any_of(_TABLE, "new_shares")
_PAID = any_of(_TABLE, "paid")
_STANDS_NOW = any_of(_TABLE, "stands_now")
_IS_EARNED = any_of(_TABLE, "is_earned")
_SAID_IT_WAS = any_of(_TABLE, "said_it_was")
_A_PART = any_of(_TABLE, "a_part")
_NO_ROUND = any_of(_TABLE, "no_round")
_CLAIMED = any_of(_TABLE, "claimed")
_CONTRACT_WORTH = any_of(_TABLE, "contract_worth")
_MARKET_VALUE = any_of(_TABLE, "market_value")
SAYS_TODAY = any_of(_TABLE, "says_today")
_MOST_RECENTLY = any_of(_TABLE, "most_recently")
_SAYS_BOUGHT = gated(_TABLE, "says_bought")
SAYS_ROUND = gated(_TABLE, "says_round")
_ENDS_AT = any_of(_TABLE, "ends_at")
_IS_ROUND = any_of(_TABLE, "is_round")
_THEIR_SHARES = any_of(_TABLE, "their_shares")
_SECONDARY = any_of(_TABLE, "secondary_before")
_HOLDERS = any_of(_TABLE, "holders")
_BEFORE_NOW = any_of(_TABLE, "before_now")
_FROM_PEOPLE = any_of(_TABLE, "from_people")
_ONE_ROUND = any_of(_TABLE, "one_round")
_WITH_NEW = any_of(_TABLE, "with_new")

_FROM_INVESTOR = re.compile(r"\b(?:million|billion)\b[^.;]{0,25}\bfrom [A-Z]")


class Place(NamedTuple):
    """A sum and what stands around it: `before` it, near, and from `end` on."""

    sentence: Sentence
    sum_: FoundMoney
    text: str
    before: str
    end: int
    role_of: Callable[[Sentence, FoundMoney], str | None]
    """What another sum of the sentence is."""


def a_part_is_paid_for(place: Place) -> object:
    """Whether a sum is the price of a part of a company, or of new shares."""
    return (
        _FOR_A_PART.match(place.text, place.end)
        or _NEW_SHARES.search(place.before)
        or _PART_BOUGHT.search(place.before)
    )


def is_paid(place: Place) -> bool:
    """Whether somebody pays a sum, and not for a part of the company."""
    return _PAID.search(place.before) is not None and _FOR_A_PART.match(place.text, place.end) is None


def is_counted(place: Place) -> object:
    """Whether a sum is earned, by the counts of app stores, or quarter by quarter."""
    return EARNS.search(place.before) and _IS_EARNED.search(place.text[place.end :])


def is_of_the_whole(place: Place) -> bool:
    """Whether a sum is what the whole of a company is put at, whatever the verb: "puts Kling at", "made it worth"."""
    if place.sum_.money.amount < _LEAST_WORTH or _OF_A_FIGURE.match(place.text, place.end):
        return False
    before, text, end = place.text[max(0, place.sum_.start - _FAR) : place.sum_.start], place.text, place.end
    if _WHOLE_BEFORE.search(before) or _AT_WHICH_RAISED.match(text, end):
        return True
    if _WHOLE_AROUND_BEFORE.search(before) and _WHOLE_AROUND_BEHIND.match(text, end):
        return True
    if _ASCRIBES.search(before) and _TO_WHOLE.match(text, end):
        return True
    if _WHOLE_WORTH.search(before) and _AT_ROUND.match(text, end) and not _ROUND_WORTH.search(before):
        return True
    if _PART_OF_A.search(before) and _OF_THAT_PRICE.match(text, end):
        return True
    if _IS_ITS_PRICE.match(text, end):
        return True
    return bool(_OPENS_AT.search(text[: place.sum_.start]) and _IS_WORTH_BEHIND.match(text, end))


_LEAST_WORTH = 1_000_000
"""What a plan, a seat or a share costs is less, whatever the currency."""
_FAR = 160
_NEAR = 40
"""Characters."""


def is_priced_at(place: Place) -> bool:
    """A second sum, much larger, behind "at": "picked up $200 million from GV and others at $4 billion"."""
    sentence, sum_ = place.sentence, place.sum_
    earlier = [other for other in sentence.money if other.end <= sum_.start and not other.restates]
    if not earlier or not _AT.search(sentence.text, max(0, sum_.start - _NEAR), sum_.start):
        return False
    raised = earlier[-1]
    same = sentence.parsed.at(raised.start) is sentence.parsed.at(sum_.start) or bool(
        _TOLD_ASIDE.fullmatch(sentence.text, raised.end, sum_.start)
    )
    larger = sum_.money.currency == raised.money.currency and sum_.money.amount >= 2 * raised.money.amount
    return same and larger and place.role_of(sentence, raised) == "funding_round"


def is_at_far_more(place: Place) -> bool:
    """Whether a sum stands behind "at" and a much smaller one: a price, of what we do not know."""
    sentence, sum_ = place.sentence, place.sum_
    earlier = [other for other in sentence.money if other.end <= sum_.start and not other.restates]
    if not earlier or not _ENDS_AT.search(sentence.text[: sum_.start]):
        return False
    same = sentence.parsed.at(earlier[-1].start) is sentence.parsed.at(sum_.start)
    return same and sum_.money.amount >= 2 * earlier[-1].money.amount


def dwarfs_round(place: Place) -> bool:
    """Whether a sum is many times a round of the same sentence, and nothing right behind calls it one."""
    sentence, sum_ = place.sentence, place.sum_
    if _IS_ROUND.match(place.text, place.end):
        return False
    return any(
        other is not sum_
        and other.money.currency == sum_.money.currency
        and sum_.money.amount >= _MANY_TIMES * other.money.amount
        and _IS_ROUND.match(sentence.text, other.end) is not None
        for other in sentence.money
        if not other.restates
    )


_MANY_TIMES = 5
_PRICE_TAG = re.compile(r" (?:price )?(?:tag|price|worth|value|valuation)\b")


def is_price_beside_round(place: Place) -> bool:
    """As in "a $180 million Series D that put a $2.1 billion tag on the business"."""
    return dwarfs_round(place) and _PRICE_TAG.match(place.text, place.end) is not None


def sold_by_holders(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether employees or early backers sell shares for a sum: no new money, but a secondary sale."""
    behind = _THEIR_SHARES.match(sentence.text, sum_.end)
    told = behind or _SECONDARY.search(sentence.text[max(0, sum_.start - 110) : sum_.start])
    return told is not None and _HOLDERS.search(sentence.text) is not None


def is_told_of(place: Place) -> object:
    """Whether a sum says what a round has come to, or is a part of one."""
    return _STANDS_NOW.search(place.before) or _SAID_IT_WAS.search(place.before) or _A_PART.match(place.text, place.end)


def is_none_of_ours(place: Place) -> object:
    """Whether a sum is a contract, a fine, the market value of a listed company or the like."""
    return (
        _NO_ROUND.match(place.text, place.end)
        or _CLAIMED.match(place.text, place.end)
        or _MARKET_VALUE.search(place.before)
        or _CONTRACT_WORTH.search(place.before)
    )


def is_price(place: Place) -> bool:
    """Whether a sentence speaks of a purchase and of no round: then a sum is what the buyer pays."""
    text = place.sentence.text
    if _PART_BOUGHT.search(place.before):
        return False
    return bool(_SAYS_BOUGHT.search(text)) and not SAYS_ROUND.search(text) and not _FROM_INVESTOR.search(text)


def _has_from(sentence: Sentence, statement: Statement, sum_: FoundMoney) -> bool:
    """Whether somebody has a sum from others, as in "it has $27 million from EQT Ventures": all until now."""
    bare = statement.verb.lemma == "have" and statement.verb.start < sum_.start
    between = sentence.text[statement.verb.end : sum_.start]
    behind = sentence.text[sum_.end :]
    if any(0 <= each.start - sum_.end <= _LONGEST_LIST for each in sentence.series):
        return False  # "has $16 million from Sequoia (an A round)"
    if _IS_LED.search(behind) or _OFFERED.search(between):
        return False  # "has $88 million from Greenoaks and Conviction, with Greenoaks in the lead"
    return bare and len(between) < _FEW and re.match(r" (?:in \w+ )?from [A-Z]", behind) is not None


_IS_LED = re.compile(r"\bin the lead\b|\b(?:co-)?(?:led|leading|lead)\b")
_OFFERED = re.compile(r"\b(?:term sheet|offer|promise|pledge)s?\b")
_LONGEST_LIST = 60
"""Characters of those who gave, before the round is named."""
_FEW = 24
"""Characters between "has" and its sum."""


_DENIES = re.compile(r"\bden(?:y|ies|ied|ying)\b[^.;]{0,40}\Z")
"""What somebody denies that he "had raised" is a round that others told of."""


def is_total(place: Place) -> bool:
    """As in "It had raised about €4 million", or behind the news "has": all until then, no round or date is named."""
    sentence, sum_ = place.sentence, place.sum_
    statement = sentence.parsed.at(sum_.start)
    if statement is not None and _has_from(sentence, statement, sum_):
        return True
    if _MOST_RECENTLY.match(sentence.text, sum_.end) and not sentence.text[sum_.end :].startswith((" Series", " seed")):
        return True
    if (
        statement is None
        or not re.match(r"had\b" if sentence.is_lead else r"(?:ha[ds]|have)\b", statement.verb.group)
        or statement.verb.lemma not in ("raise", "collect", "attract", "take", "have")
    ):
        return False
    if SAYS_TODAY.search(sentence.text[: sum_.start]) or _DENIES.search(sentence.text[: statement.verb.start]):
        return False
    if _BEFORE_NOW.match(sentence.text) and "includ" not in sentence.text[statement.verb.end : sum_.start]:
        return True
    behind = sentence.text[sum_.end : sum_.end + 50]
    if _FROM_PEOPLE.search(sentence.text, sum_.end):
        return False
    dated = any(
        each.start > sum_.end or each.start < statement.verb.start - 40
        for each in sentence.dates
        if not sentence.text[: each.start].endswith(("since ", "by ", "By "))
    )
    return (
        not sentence.series
        and not dated
        and not re.search(r"\b(?:led|round|funding|financing|seed|deal|planned|at an?)\b", behind)
    )


_UP_TO_NOW = re.compile(
    r"\b(?:to date|so far|in total|in all|altogether|all told|overall|cumulative(?:ly)?|lifetime"
    r"|since (?:(?:19|20)\d\d|its (?:founding|launch|start|inception|creation)"
    r"|it (?:was founded|launched|started|began)"
    r"|launch|inception|founding|starting)|over (?:its|the company's) (?:life|lifetime|history))\b",
    re.IGNORECASE,
)


def is_counted_up(place: Place) -> bool:
    """Whether the words around a sum that was raised count up all until now: "Since 2021 it has raised $48 million"."""
    sentence, sum_ = place.sentence, place.sum_
    named = any(each.investment_type != "series_unknown" for each in sentence.series)
    if _WITH_NEW.match(sentence.text) and not named:
        return True
    if sentence.series or _ONE_ROUND.search(sentence.text):
        return False
    statement = sentence.parsed.at(sum_.start)
    begin = max(0, sum_.start - 90) if statement is None else min(statement.verb.start, sum_.start)
    others = [each for each in sentence.money if each is not sum_ and not each.restates]
    start = max((each.end for each in others if each.end <= sum_.start), default=0)
    end = min((each.start for each in others if each.start >= sum_.end), default=len(sentence.text))
    start = max(start, sentence.text.rfind("; ", 0, begin) + 1, sentence.text.rfind(": ", 0, begin) + 1)
    found = _UP_TO_NOW.search(sentence.text, start, min(end, sum_.end + 80))
    return found is not None and not _TURNS.search(sentence.text, found.end(), max(found.end(), sum_.start))


_TURNS = re.compile(r", (?:and |but )?(?:when|which|who|while|where)\b")


_NO_FUNDING = words("moves_no_funding")
_INVESTS = frozenset(("fund", "firm", "partner", "partners"))


def is_no_funding(place: Place) -> bool:
    """Whether what is counted up was saved, spent or earned, or is what a fund has put into others."""
    statement = place.sentence.parsed.at(place.sum_.start)
    if statement is None or statement.verb.start > place.sum_.start:
        return False
    subject = statement.subject
    away = statement.verb.lemma == "invest" and subject is not None and subject.head in _INVESTS
    sums_up = statement.verb.lemma == "make" and (subject is None or subject.head in ("that", "this", "which", "round"))
    return (statement.verb.lemma in _NO_FUNDING and not sums_up) or away


_OF_PRICE = frozenset(
    ("valuation", "value", "worth", "shares", "stock", "equity", "stake", "round", "deal", "price", "tag")
)


def is_worth_of_things(place: Place) -> bool:
    """Whether what is worth a sum is something of a company's: "Its customers' campaigns were worth $210 million"."""
    statement = place.sentence.parsed.at(place.sum_.start)
    subject = statement.subject if statement is not None else None
    if subject is None or not re.search(r"\bworth\b[^.;$€£]{0,20}\Z", place.before):
        return False
    owned = bool(subject.owners) or subject.refers == "its"
    return owned and not subject.names and subject.head not in _OF_PRICE and subject.end <= place.sum_.start
