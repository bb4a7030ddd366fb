"""What a sum of money in an English sentence is after all, whatever role's words stand nearest: rules, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.document import Sentence
from pipeline.found import FoundMoney
from pipeline.gated_pattern import GatedPattern

LOWEST_PRICE = 100_000
"""A company costs more, whatever its currency; a share less."""
_LOWEST_DEAL = 5_000
"""No round is so small, whatever its currency; the price of a plan, a seat or a share is."""
_LISTS = re.compile(
    r"\b(?:initial public offering|IPO|went public|goes public|listed in|listed on|debut(?:ed)? on|began trading"
    r"|flotation|stock-market listing)\b"
)
_ALLEGED = re.compile(r"\b(?:alleg\w+|accus\w+|falsely|fraudulently|claims of)\b")
_EARNS = re.compile(
    r"\b(?:(?:brings?|brought|takes?|took|pulls?|pulled|rakes?|raked) in|makes?|made|earns?|earned"
    r"|generates?|generated)\b[^.;,]{0,24}\Z"
)
_SALES = re.compile(
    r"\b(?:revenues?|sales|turnover)\b(?: (?:of|is|are|was|were|at|about|around|some|to|came|stands?|stood|has"
    r"|reached))*"
    r"\s?\Z"
)
_RUN_RATE = re.compile(r"\b(?:run[- ]rate|annuali[sz]ed|(?<!onthly )recurring (?:revenues?|sales))\b[^.;$€£]{0,30}\Z")
_YEARLY = re.compile(r"\b(?:annual|yearly|year|reached|passed|topped|crossed|hit|exceeded)\b[^.;$€£]{0,40}\Z")
_OF_MONTH = re.compile(
    r" (?:in|for|during) (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?! and| to\b|,? \d{1,2}\b)| last month\b"
)
_MOVED_AT = re.compile(
    r"\b(?:finish(?:es|ed)?|began|begins|start(?:s|ed)?|open(?:s|ed)?|end(?:s|ed)?)(?: up)? at (?:a |about |around )?\Z"
)
_FOR_A_PART = re.compile(
    r"(?: in cash)? for (?:an? |the )?(?:(?!all\b)[\w-]+ ){0,2}(?:\d[\d.]*(?:%| ?per ?cent)|stake|holding|slice"
    r"|share of|minority)"
)
"""Who pays for a part buys no company: "paid £320,000 for 18%"."""
_NEW_SHARES = re.compile(
    r"\b(?:new|fresh|preferred|additional|convertible|\d+% of its) (?:shares|stock|equity|notes)\b[^.;]{0,24}\Z"
)
_PAID = re.compile(
    r"\b(?:paid|pays?|paying)(?: (?:out|about|around|some|roughly|nearly|over|more|than|a|an|another|further|just|it"
    r"|them))*\s?\Z"
)
"""Who pays a sum gives no round, unless it is for a part of the company."""
_SOLD_ITSELF = re.compile(r"\b(?:sold|sells|selling|sell) (?:itself|out to|up to)\b[^.;]*\Z")
_BUYING = re.compile(r"\b(?:buyer|acquirer|purchaser|acqui\w+|purchase|takeover|buy(?:s|ing)?|bought|deal)\b")
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
_IN_MONTH = re.compile(
    r" (?:in|for|during) (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"| last month\b| (?:a|per|each) month\b"
)
_IN_ONE_MONTH = re.compile(
    r" (?:in|for) (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: 20\d\d)?(?: alone)?(?=[.,;]|$| (?:and|from|up)\b)"
)
_A_YEAR = re.compile(r" (?:in 20\d\d|last year|a year\b|per year|in the year)")
_A_MONTH = re.compile(r" (?:a|per|each|every) month\b| in each of [A-Z]")
_A_QUARTER = re.compile(r" (?:in|for|during) (?:the|its) (?:\w+ ){0,2}quarter\b")
_EARNS_A_QUARTER = re.compile(
    r"\b(?:(?:brings?|brought) in|makes?|made|earns?|earned|books?|booked|generates?|generated)\b[^.;,]{0,24}\Z"
)
_VALUED_AT = re.compile(
    r"\b(?:valued|valuing (?:it|the \w+|[A-Z]\w+)) at"
    r"(?: (?:about|around|some|nearly|roughly|over|up to|more than|less than|as much as|an estimated|a reported))? \Z"
)
_OF_MONEY = re.compile(
    r",? (?:before|excluding|including|after|not counting|counting) (?:the |this |its )?(?:new |fresh )?"
    r"(?:investment|money|cash|funds|capital|funding|round)\b(?! (?:of|from|led))"
)
"""What is told with or without the new money is the price of the whole."""
_HOLDS = re.compile(
    r"\b(?:held|holds|holding|had|has|sits on|sitting on|sat on|left with)"
    r"(?: (?:about|around|some|nearly|just|only|roughly|over|more|than|still))* ?\Z"
)
_ON_A_DAY = re.compile(
    r" (?:at|on) (?:the )?(?:end|start|beginning|close) of\b| (?:on|as of) [A-Z]\w+ \d| on its balance sheet\b"
    r"| (?:on|in) hand\b| in reserve\b"
)
"""Who holds a sum on a day has it in the bank."""
_USES = re.compile(
    r"\b(?:us(?:es|ed|ing)|consum(?:es|ed|ing)|goes through|going through|went through|eats|ate|eating)(?: up)?"
    r"(?: (?:about|around|some|nearly|just|roughly|over|more|than|between))* ?\Z"
)
_CASHES_IN = re.compile(r"\bcash(?:es|ed|ing)? (?:in|out)\b[^.;$€£]{0,20}\Z")
_OF_CASH_A_MONTH = re.compile(r"(?: of (?:cash|money)| in cash)? (?:a|per|each|every) month\b")
_SAID_IT_WAS = re.compile(
    r"\b(?:said|says|told \w+|thinks?|put) (?:that )?(?:it|that|the (?:figure|number|sum)) (?:was|is|at)\b[^.;]{0,20}\Z"
)
"""What a figure was, somebody says: of what, the sentence before tells."""
_A_PART = re.compile(
    r" (?:as part of|of) (?:the|that|this|its) (?:round|financing|raise|deal|[Ss]eries [A-K])\b| of (?:it|that|which)\b"
)
_BRINGS_IN = re.compile(r"\b(?:brings?|brought|bringing) in\b[^.;]{0,20}\Z")
_SPENDS = re.compile(r"\b(?:spend|spends|spent|burn|burns|costs?|a month|revenue|sales)\b")
_OFFERED = re.compile(r"\b(?:offer(?:s|ed|ing)?|bids?|bidding)(?: to pay)?(?: \w+){0,3} \Z")
_FOR_ALL = re.compile(
    r" (?:in (?:cash|stock|cash and stock) )?(?:for|to (?:buy|acquire|take over)) (?!(?:a|an|the) (?:\S+ )?"
    r"(?:stake|share)|(?:rights|access|use)\b)"
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
_WORTH = re.compile(
    r"\bworth(?: (?:about|around|some|roughly|nearly|over|more|than|up|to|at|least|almost|an?|estimated))*"
    r"\s*\Z"
)
_ROUND_WORTH = re.compile(
    r"\b(?:round|[Ss]eries [A-K]\+?|seed|shares|stock|equity|investment|financing|loan|facility|injection|raise"
    r"|note|funding|extension|tranche|bonds|grants?)\b[^.;$€£,]{0,24} worth"
)
"""What is worth a sum is no round, but shares and rounds themselves: "prizes worth $1 million"."""
_TOOK_TIME = re.compile(r"\b(?:took|takes|taken) (?:\S+ ){1,4}?(?:days|weeks|months|years)\b[^.;]{0,60}\Z")
_MARKET_VALUE = re.compile(r"\bmarket (?:value|cap|capitali[sz]ation)\b[^.;$€£]{0,20}\Z")
_LISTED = 10**12
"""Only a listed company is worth so much: no valuation of ours."""
SAYS_TODAY = re.compile(
    r"\b(?:said|announced|confirmed|told [^,.;]{1,30})(?: on \w+| \w+day| today)?(?: that)?"
    r" (?:it|they|the [\w-]+(?: [\w-]+)?|[A-Z]\w+) had\b"
)
"""What somebody says now that it "had raised" is the news, no total."""
_BURNS = re.compile(
    r"\b(?:burn(?:s|ed|ing|t)?|los(?:e|es|ing|t)|spend(?:s|ing)?|spent|bleed\w*|bled|losses|gets? through"
    r"|exceed\w* (?:its |their |the )?(?:income|revenues?|sales)|got through|went through|goes? through|going"
    r" through|use[ds]?|using|consum\w+|eat(?:s|ing)?)\b"
)
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
_SAYS_VALUED = re.compile(r"\bvalu\w+")


class Place(NamedTuple):
    """A sum and what stands around it: `before` it, near, and from `end` on."""

    sentence: Sentence
    sum_: FoundMoney
    text: str
    before: str
    end: int
    role_of: Callable[[Sentence, FoundMoney], str | None]
    """What another sum of the sentence is."""


class Rule(NamedTuple):
    """A sum taken for one of the roles `of` is `role`, if the words say so; `final`: no later rule is asked."""

    name: str
    of: Sequence[str | None]
    says: Callable[[Place], object]
    role: str | None
    final: bool = True


def ruled(place: Place, role: str | None) -> str | None:
    """The role of a sum, from the one whose words stand nearest."""
    for rule in _RULES:
        if role in rule.of and rule.says(place):
            role = rule.role
            if rule.final:
                break
    return role


def _a_part_is_paid_for(place: Place) -> object:
    return _FOR_A_PART.match(place.text, place.end) or _NEW_SHARES.search(place.before)


def _is_paid(place: Place) -> bool:
    return _PAID.search(place.before) is not None and _FOR_A_PART.match(place.text, place.end) is None


def _is_counted(place: Place) -> object:
    """Whether a sum is earned, by the counts of app stores, or quarter by quarter."""
    return _EARNS.search(place.before) and _IS_EARNED.search(place.text[place.end :])


def _is_priced_at(place: Place) -> bool:
    """A second sum, much larger, behind "at": "picked up $200 million from GV and others at $4 billion"."""
    sentence, sum_ = place.sentence, place.sum_
    earlier = [other for other in sentence.money if other.end <= sum_.start and not other.restates]
    if not earlier or not sentence.text[: sum_.start].endswith((" at ", " at about ", " at around ", " at over ")):
        return False
    raised = earlier[-1]
    same = sentence.parsed.at(raised.start) is sentence.parsed.at(sum_.start)
    larger = sum_.money.currency == raised.money.currency and sum_.money.amount >= 2 * raised.money.amount
    return same and larger and place.role_of(sentence, raised) == "funding_round"


def _is_at_far_more(place: Place) -> bool:
    """Whether a sum stands behind "at" and a much smaller one: a price, of what we do not know."""
    sentence, sum_ = place.sentence, place.sum_
    earlier = [other for other in sentence.money if other.end <= sum_.start and not other.restates]
    if not earlier or not _ENDS_AT.search(sentence.text[: sum_.start]):
        return False
    same = sentence.parsed.at(earlier[-1].start) is sentence.parsed.at(sum_.start)
    return same and sum_.money.amount >= 2 * earlier[-1].money.amount


_ENDS_AT = re.compile(r"\bat (?:about |around |some |over |nearly |roughly )?\Z")
_OVER_ROUNDS = re.compile(
    r" from [^.;$€£]{2,40}? (?:over|across|in|through) (?:its )?(?:first )?"
    r"(?:two|three|four|five|six|several|\d) (?:rounds|financings|fundraisings|raises|stages|deals)\b"
)


def _dwarfs_round(place: Place) -> bool:
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


def _is_price_beside_round(place: Place) -> bool:
    """As in "a $180 million Series D that put a $2.1 billion tag on the business"."""
    return _dwarfs_round(place) and _PRICE_TAG.match(place.text, place.end) is not None


def sold_by_holders(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether employees or early backers sell shares for a sum: no new money, but a secondary sale."""
    behind = _THEIR_SHARES.match(sentence.text, sum_.end)
    return behind is not None and _HOLDERS.search(sentence.text) is not None


_THEIR_SHARES = re.compile(
    r" (?:worth )?(?:of|in) (?:their|its|existing|the company's|employee|vested|old) (?:[\w-]+ ){0,2}?"
    r"(?:stock|shares|equity|holdings)\b| (?:worth )?of (?:stock|shares) (?:held|owned)\b"
)
_HOLDERS = re.compile(
    r"\b(?:[Ee]mployees?|[Ss]taff|[Ee]arly (?:investors|backers|employees)|[Ss]hareholders|[Ff]ounders)\b"
)


def _is_told_of(place: Place) -> object:
    """Whether a sum says what a round has come to, or is a part of one."""
    return _STANDS_NOW.search(place.before) or _SAID_IT_WAS.search(place.before) or _A_PART.match(place.text, place.end)


def _is_none_of_ours(place: Place) -> object:
    return (
        _NO_ROUND.match(place.text, place.end)
        or _CLAIMED.match(place.text, place.end)
        or _MARKET_VALUE.search(place.before)
    )


def _is_price(place: Place) -> bool:
    """Whether a sentence speaks of a purchase and of no round: then a sum is what the buyer pays."""
    text = place.sentence.text
    return bool(_SAYS_BOUGHT.search(text)) and not SAYS_ROUND.search(text) and not _FROM_INVESTOR.search(text)


def _is_total(place: Place) -> bool:
    """As in "It had raised about €4 million": all until then, where no round, date or investor is named."""
    sentence, sum_ = place.sentence, place.sum_
    statement = sentence.parsed.at(sum_.start)
    if _MOST_RECENTLY.match(sentence.text, sum_.end) and not sentence.text[sum_.end :].startswith((" Series", " seed")):
        return True
    if (
        statement is None
        or not re.match(r"had\b", statement.verb.group)
        or statement.verb.lemma not in ("raise", "collect", "attract", "take")
    ):
        return False
    if SAYS_TODAY.search(sentence.text[: sum_.start]):
        return False
    behind = sentence.text[sum_.end : sum_.end + 50]
    dated = any(
        each.start > sum_.end or each.start < statement.verb.start - 40
        for each in sentence.dates
        if not sentence.text[: each.start].endswith("since ")
    )
    return (
        not sentence.series and not dated and not re.search(r"\b(?:led|round|funding|financing|seed|at an?)\b", behind)
    )


_DEALS = ("funding_round", "total_funding", "acquisition", "ipo")
_ANY = (
    *_DEALS, "valuation", "arr", "revenue_monthly", "revenue_annual", "burn_monthly", "spending", "cash", "other",
)  # fmt: skip
_LOOSE = ("funding_round", "other")
"""Taken for a round by one word, or for nothing: what stands right at the sum says more."""
_RULES: Sequence[Rule] = (
    Rule(
        "with or without the money",
        (*_LOOSE, "cash"),
        lambda at: _OF_MONEY.match(at.text, at.end),
        "valuation",
        final=False,
    ),
    Rule("valued at", _ANY, lambda at: _VALUED_AT.search(at.before), "valuation", final=False),
    Rule(
        "run rate",
        ("revenue_annual", "other"),
        lambda at: _RUN_RATE.search(at.before) and not _A_MONTH.match(at.text, at.end),
        "arr",
    ),
    Rule(
        "earned a month",
        (*_LOOSE, "burn_monthly"),
        lambda at: _A_MONTH.match(at.text, at.end) and (_EARNS.search(at.before) or _SALES.search(at.before)),
        "revenue_monthly",
    ),
    Rule(
        "earned a year",
        _LOOSE,
        lambda at: _A_YEAR.match(at.text, at.end) and (_EARNS.search(at.before) or _SALES.search(at.before)),
        "revenue_annual",
    ),
    Rule("cashed in", ("cash",), lambda at: _CASHES_IN.search(at.before), None),
    Rule(
        "held on a day",
        (*_LOOSE, "cash"),
        lambda at: _HOLDS.search(at.before) and _ON_A_DAY.match(at.text, at.end),
        "cash",
    ),
    Rule(
        "used a month",
        _ANY,
        lambda at: _USES.search(at.before) and _OF_CASH_A_MONTH.match(at.text, at.end),
        "burn_monthly",
    ),
    Rule(
        "a month's",
        ("revenue_annual",),
        lambda at: _OF_MONTH.match(at.text, at.end) and not _YEARLY.search(at.before),
        "revenue_monthly",
    ),
    Rule("paid for a part", ("acquisition",), _a_part_is_paid_for, "funding_round", final=False),
    Rule(
        "paid by a buyer",
        ("funding_round", "cash"),
        lambda at: _is_paid(at) and _BUYING.search(at.text),
        "acquisition",
        final=False,
    ),
    Rule("paid", ("funding_round", "cash"), _is_paid, None, final=False),
    Rule(
        "sold itself",
        ("valuation",),
        lambda at: _SOLD_ITSELF.search(at.text[: at.sum_.start]),
        "acquisition",
        final=False,
    ),
    Rule("burnt a year", ("burn_monthly",), lambda at: _A_YEAR.match(at.text, at.end), "spending", final=False),
    Rule(
        "counted by the month",
        _LOOSE,
        lambda at: _is_counted(at) and _IN_MONTH.match(at.text, at.end),
        "revenue_monthly",
    ),
    Rule("counted", _LOOSE, _is_counted, "revenue_annual"),
    Rule("raised at", (*_LOOSE, None), _is_priced_at, "valuation", final=False),
    Rule("at far more", _LOOSE, _is_at_far_more, None),
    Rule("over several rounds", ("funding_round",), lambda at: _OVER_ROUNDS.match(at.text, at.end), "total_funding"),
    Rule("told of", ("funding_round",), _is_told_of, None),
    Rule("brought in", ("funding_round",), lambda at: _BRINGS_IN.search(at.before) and _SPENDS.search(at.text), None),
    Rule(
        "worth of things",
        ("funding_round",),
        lambda at: _WORTH.search(at.before) and not _ROUND_WORTH.search(at.before),
        None,
    ),
    Rule("took time", ("funding_round",), lambda at: _TOOK_TIME.search(at.before), None),
    Rule(
        "sold by holders",
        (*_LOOSE, "cash", "acquisition", None),
        lambda at: sold_by_holders(at.sentence, at.sum_),
        "funding_round",
    ),
    Rule("of a month", ("revenue_annual",), lambda at: _IN_ONE_MONTH.match(at.text, at.end), "revenue_monthly"),
    Rule("none of ours", _ANY, _is_none_of_ours, None),
    Rule("a listed company", ("valuation",), lambda at: at.sum_.money.amount >= _LISTED, None),
    Rule(
        "earned a quarter",
        _LOOSE,
        lambda at: _A_QUARTER.match(at.text, at.end) and _EARNS_A_QUARTER.search(at.before),
        "revenue_annual",
    ),
    Rule(
        "offered for all",
        _LOOSE,
        lambda at: _OFFERED.search(at.before) and _FOR_ALL.match(at.text, at.end),
        "acquisition",
    ),
    Rule(
        "a valuation moved",
        _LOOSE,
        lambda at: _MOVED_AT.search(at.before) and "valuation" in at.text[: at.sum_.start],
        "valuation",
    ),
    Rule("moved", _LOOSE, lambda at: _MOVED_AT.search(at.before), None),
    Rule("the price of a share", ("valuation",), lambda at: at.sum_.money.amount < LOWEST_PRICE, None),
    Rule("the price of a seat", _DEALS, lambda at: at.sum_.money.amount < _LOWEST_DEAL, None),
    Rule("nothing we track", ("other",), lambda at: True, None),
    Rule("not burnt", ("burn_monthly",), lambda at: not _BURNS.search(at.before), None),
    Rule("a price beside a round", ("funding_round",), _is_price_beside_round, "valuation"),
    Rule("far more than the round", ("funding_round",), _dwarfs_round, None),
    Rule("alleged", ("funding_round",), lambda at: _ALLEGED.search(at.text[: at.sum_.start]), None),
    Rule("until then", ("funding_round",), _is_total, "total_funding"),
    Rule("listed", ("funding_round",), lambda at: _LISTS.search(at.text) and not at.sentence.series, "ipo"),
    Rule("a price", ("funding_round",), _is_price, None),
    Rule("a price told", ("valuation",), lambda at: _is_price(at) and not _SAYS_VALUED.search(at.sentence.text), None),
)
