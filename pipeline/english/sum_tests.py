"""What stands around a sum of an English sentence, asked of its place: is it paid, counted, a price, a total?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pipeline.document import Sentence
from pipeline.english.statements import Statement
from pipeline.found import FoundMoney
from pipeline.gated_pattern import GatedPattern

EARNS = re.compile(
    r"\b(?:(?:br(?:ings?|inging|ought)|tak(?:es?|ing)|took|pull(?:s|ed|ing)?|rak(?:es?|ed|ing)) in|ma(?:kes?|king|de)"
    r"|earn(?:s|ed|ing)?|generat(?:es?|ed|ing)|bill(?:s|ed|ing)|book(?:s|ed|ing)?|invoiced|turn(?:s|ed|ing)? over"
    r"|did|(?:expected|likely|forecast|projected|on (?:course|track)) to (?:take|make|earn))\b[^.;,]{0,24}\Z"
)
_FOR_A_PART = re.compile(
    r"(?: in cash)? for (?:an? |the )?(?:(?!all\b)[\w-]+ ){0,2}(?:\d[\d.]*(?:%| ?per ?cent)|stake|holding|slice"
    r"|share of|minority)"
)
"""Who pays for a part buys no company: "paid £320,000 for 18%"."""
_PART_BOUGHT = re.compile(
    r"\b(?:bought|buys?|buying|acquire[sd]?|took|takes|acquires|purchased|picked up)\b(?![^.;$€£]*\b(?:the (?:rest"
    r"|remaining)|majority"
    r"|control\w*))"
    r"[^.;$€£]{0,40}?(?:\b\d[\d.]*(?:%| ?per ?cent)|\bstake|\bminority\b|\bholding)[^.;$€£]{0,40}? for"
    r"(?: (?:about|around|some|nearly|roughly|over|more than|just))? \Z"
)
_NEW_SHARES = re.compile(
    r"\b(?:new|fresh|preferred|additional|convertible|\d+% of its) (?:shares|stock|equity|notes)\b[^.;]{0,24}\Z"
)
_PAID = re.compile(
    r"\b(?:paid|pays?|paying)(?: (?:out|about|around|some|roughly|nearly|over|more|than|a|an|another|further|just|it"
    r"|them))*\s?\Z"
)
"""Who pays a sum gives no round, unless it is for a part of the company."""
_STANDS_NOW = re.compile(
    r"\b[Tt]h(?:e|at|is) (?:round|raise|financing|[Ss]eries [A-K]) (?:now )?(?:stands|totals|stood"
    r"|adds up)\b[^.;,]{0,20}\Z"
    r"|\b(?:brings?|bringing|takes?|taking|lifts?|lifting|swells?|swelling) (?:the|its|that) (?:round|raise|seed"
    r"|[Ss]eries [A-K])\b[^.;,]{0,20} to\b[^.;,]{0,12}\Z"
)
"""What a round has come to is no round beside it."""
_IS_EARNED = re.compile(
    r"\b(?:app-data|app data|app stores?|Sensor Tower|Appfigures|data\.ai|consumer spending|in-app|subscriptions?)\b"
    r"|^ (?:last|this|in the \w+|for the \w+|each) (?:quarter|half)\b"
)
"""What is earned rather than raised: counted by app stores, or quarter by quarter."""
_SAID_IT_WAS = re.compile(
    r"\b(?:said|says|told \w+|thinks?|put) (?:that )?(?:it|that|the (?:figure|number|sum)) (?:was|is|at)\b[^.;]{0,20}\Z"
)
"""What a figure was, somebody says: of what, the sentence before tells."""
_A_PART = re.compile(
    r" (?:as part of|of) (?:the|that|this|its) (?:round|financing|raise|deal|[Ss]eries [A-K])\b| of (?:it|that|which)\b"
    r"| as part of an? (?:larger |bigger |wider )?[$€£]\d[\d.,]*(?:[mb]n?| ?million| ?billion)? "
    r"(?:round|financing|raise|deal|Series)"
)
_NO_ROUND = re.compile(
    r"[- ](?:(?!from\b|in\b|for\b|led\b|at\b|to\b|by\b|with\b|of\b|on\b)[\w-]+ ){0,2}?"
    r"(?:contract|contest|prize|campaign|budget|order|tender|fund)\b| (?:across|for|over) (?:\w+ ){1,3}funds\b"
    r"| (?:for|in|towards) (?:its|an?|the|their) (?:[\w-]+ ){0,4}?fund\b"
)
_CLAIMED = re.compile(
    r" in (?:damages|compensation|penalties|back pay|royalties|savings|fines|ticket sales)\b| at the box office\b"
    r"|[- ](?:[\w-]+ )?(?:bill|invoice|fine|penalty|lawsuit|settlement|salary|bonus)\b"
)
_CONTRACT_WORTH = re.compile(
    r"\b(?:deal|contract|agreement|licen[cs]e|order|partnership)s? (?:with|for) [^.;$€£]{2,50}\bworth\b[^.;$€£]{0,16}\Z"
)
_MARKET_VALUE = re.compile(r"\bmarket (?:value|cap|capitali[sz]ation)\b[^.;$€£]{0,20}\Z")
SAYS_TODAY = re.compile(
    r"\b(?:said|announced|confirmed|told [^,.;]{1,30})(?: on \w+| \w+day| today)?(?: that)?"
    r" (?:it|they|the [\w-]+(?: [\w-]+)?|[A-Z]\w+) had\b"
)
"""What somebody says now that it "had raised" is the news, no total."""
_MOST_RECENTLY = re.compile(
    r"[^;.]{0,160}?\b(?:most recently|including (?:a|an|its)|of which|the (?:last|latest) of (?:it|which|them)"
    r"|last of all|lately)\b"
    r"[^.;$€£]{0,30}[$€£]"
)
"""Behind what is raised in all: "more than $100 million from X and Y, most recently a $60 million Series C"."""
_SAYS_BOUGHT = GatedPattern(
    r"\b(?:acqui(?:re|res|red|ring|sition)|buys?|bought|buying|takeover|purchase[sd]?|circles|the sellers|in a"
    r" transaction)\b"
)
"""A sum in such a sentence is the price of what is bought, unless it speaks of a round."""
SAYS_ROUND = GatedPattern(r"\b(?:round|invest\w*|raised?|raising|funding|Series [A-K]|stake|shares|valuation|fine)\b")
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


def is_priced_at(place: Place) -> bool:
    """A second sum, much larger, behind "at": "picked up $200 million from GV and others at $4 billion"."""
    sentence, sum_ = place.sentence, place.sum_
    earlier = [other for other in sentence.money if other.end <= sum_.start and not other.restates]
    if not earlier or not sentence.text[: sum_.start].endswith((" at ", " at about ", " at around ", " at over ")):
        return False
    raised = earlier[-1]
    same = sentence.parsed.at(raised.start) is sentence.parsed.at(sum_.start)
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


_ENDS_AT = re.compile(r"\bat (?:about |around |some |over |nearly |roughly )?\Z")


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
_IS_ROUND = re.compile(
    r" (?:[\w-]+ ){0,2}?(?:Series [A-K]\b|[Ss]eed\b|round\b|financing\b|raise\b|extension\b|investment\b)"
)
_PRICE_TAG = re.compile(r" (?:price )?(?:tag|price|worth|value|valuation)\b")


def is_price_beside_round(place: Place) -> bool:
    """As in "a $180 million Series D that put a $2.1 billion tag on the business"."""
    return dwarfs_round(place) and _PRICE_TAG.match(place.text, place.end) is not None


def sold_by_holders(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether employees or early backers sell shares for a sum: no new money, but a secondary sale."""
    behind = _THEIR_SHARES.match(sentence.text, sum_.end)
    return behind is not None and _HOLDERS.search(sentence.text) is not None


_THEIR_SHARES = re.compile(
    r" (?:worth )?(?:of|in) (?:their|its|existing|the company's|employee|vested|old) (?:[\w-]+ ){0,2}?"
    r"(?:stock|shares|equity|holdings)\b| (?:worth )?(?:of|in) (?:stock|shares) (?:held|owned|from|to)\b"
    r"| (?:worth )?(?:of|in) (?:[A-Z][\w.]*(?: AI)? )?(?:stock|shares)(?=[.,;]|$| (?:held|owned|from|to|in an?)\b)"
)
_HOLDERS = re.compile(
    r"\b(?:[Ee]mployees?|[Ss]taff|[Ee]arly (?:investors|backers|employees)|[Ss]hareholders|[Ff]ounders)\b"
)


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
    if _IS_LED.search(behind):
        return False  # "has $88 million from Greenoaks and Conviction, with Greenoaks in the lead"
    return bare and len(between) < _FEW and re.match(r" (?:in \w+ )?from [A-Z]", behind) is not None


_IS_LED = re.compile(r"\bin the lead\b|\b(?:co-)?(?:led|leading|lead)\b")
_FEW = 24
"""Characters between "has" and its sum."""
_BEFORE_NOW = re.compile(r"(?:Before|Until|Prior to|Up to) (?:\w+day|now|then|this (?:week|month|year|round|deal))\b")


_DENIES = re.compile(r"\bden(?:y|ies|ied|ying)\b[^.;]{0,40}\Z")
"""What somebody denies that he "had raised" is a round that others told of."""
_FROM_PEOPLE = re.compile(r", [^.;,]{0,30}\b(?:people|sources?|persons?) (?:familiar|with|briefed|close)\b")
"""Who tells of a sum in confidence tells news, not what is known of old."""


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
        if not sentence.text[: each.start].endswith("since ")
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
_ONE_ROUND = re.compile(r"\b(?:led|round|seed|tranche|extension|most recently|latest)\b")


_WITH_NEW = re.compile(
    r"(?:Including|Counting|With) (?:the|this) (?:new |latest )?(?:round|money|financing|investment|deal),? [^.;]*"
    r"\b(?:has|have) "
    r"(?:now )?(?:raised|taken in)\b"
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
    start = max(start, sentence.text.rfind("; ", 0, begin) + 1)
    found = _UP_TO_NOW.search(sentence.text, start, min(end, sum_.end + 80))
    return found is not None and not _TURNS.search(sentence.text, found.end(), max(found.end(), sum_.start))


_TURNS = re.compile(r", (?:and |but )?(?:when|which|who|while|where)\b")


_NO_FUNDING = frozenset(
    ("save", "earn", "make", "spend", "gross", "sell", "lose", "donate", "pay", "generate", "cost", "book", "burn")
)
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
