"""What a sum of money in an English sentence is after all, whatever role's words stand nearest: rules, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.english.sum_tests import (
    EARNS,
    Place,
    a_part_is_paid_for,
    dwarfs_round,
    is_at_far_more,
    is_counted,
    is_counted_up,
    is_no_funding,
    is_none_of_ours,
    is_paid,
    is_price,
    is_price_beside_round,
    is_priced_at,
    is_told_of,
    is_total,
    is_worth_of_things,
    sold_by_holders,
)

LOWEST_PRICE = 100_000
"""A company costs more, whatever its currency; a share less."""
_LOWEST_DEAL = 5_000
"""No round is so small, whatever its currency; the price of a plan, a seat or a share is."""
_LISTS = re.compile(
    r"\b(?:initial public offering|IPO|went public|goes public|listed in|listed on|debut(?:ed)? on|began trading"
    r"|floated"
    r"|joined (?:the )?(?:K[Oo][Ss][Dd][Aa][Qq]|Nasdaq|NYSE|(?:\w+ )?(?:[Ss]tock )?[Ee]xchange)|flotation"
    r"|stock-market listing|[Ll]isting in)\b"
)
_ALLEGED = re.compile(r"\b(?:alleg\w+|accus\w+|falsely|fraudulently|claims of)\b")
_SALES = re.compile(
    r"\b(?:revenues?|sales|turnover)\b(?: (?:of|is|are|was|were|at|about|around|some|to|came|stands?|stood|has"
    r"|reached|peaked|rose|fell|grew|climbed|had|more|than|over|nearly|almost|topped|passed|hit))*"
    r"\s?\Z"
)
_RUN_RATE = re.compile(r"\b(?:run[- ]rate|annuali[sz]ed|(?<!onthly )recurring (?:revenues?|sales))\b[^.;$€£]{0,30}\Z")
_YEARLY = re.compile(r"\b(?:annual|yearly|year|passed|topped|crossed|exceeded)\b[^.;$€£]{0,40}\Z")
_MONTH_ALONE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|last month) alone\b"
    r"[^.;$€£]{0,30}\b(?:took|takes|made|earned|sold|booked|brought in|was|came to|saw)\b[^.;$€£]{0,12}\Z"
)
_OF_MONTH = re.compile(
    r" (?:in|for|during) (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?! and| to\b|,? \d{1,2}\b)| last month\b"
)
_MOVED_AT = re.compile(
    r"\b(?:finish(?:es|ed)?|began|begins|start(?:s|ed)?|open(?:s|ed)?|end(?:s|ed)?)(?: up)? at (?:a |about |around )?\Z"
)
_SOLD_ITSELF = re.compile(r"\b(?:sold|sells|selling|sell) (?:itself|out to|up to)\b[^.;]*\Z")
_BUYING = re.compile(r"\b(?:buyer|acquirer|purchaser|acqui\w+|purchase|takeover|buy(?:s|ing)?|bought|deal)\b")
_IN_MONTH = re.compile(
    r" (?:in|for|during) (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"| last month\b| (?:a|per|each) month\b"
)
_IN_ONE_MONTH = re.compile(
    r" (?:in|for) (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: 20\d\d)?(?: alone)?(?=[.,;]|$| (?:and|from|up)\b)"
)
_A_YEAR = re.compile(
    r" (?:(?:in|for) (?:all of )?20\d\d|last year|a year\b|per year|(?:in|for) the (?:full |whole )?year)"
)
_A_MONTH = re.compile(r" (?:a|per|each|every) month\b| in each of [A-Z]")
_A_QUARTER = re.compile(
    r" (?:in|for|during) (?:the|its) (?:(?:\w+ ){0,2}quarter"
    r"|(?:(?:first|last|second) )?(?:half|(?:three|six|nine) months)(?! of))\b"
    r"| (?:a|per|each|every) quarter\b"
)
_EARNS_A_QUARTER = re.compile(
    r"\b(?:(?:brings?|brought|takes?|took|pulls?|pulled|rakes?|raked) in|turn(?:s|ed) over|makes?|made|earns?|earned"
    r"|books?|booked|generates?|generated)\b[^.;,]{0,24}\Z"
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
    r" (?:at|on) (?:the )?(?:end|start|beginning|close) of\b| (?:on|as of) [A-Z]\w+ \d| on its balance sheet\b|,"
    r" enough (?:to|for)\b|, which (?:is|will be|should be) enough\b"
    r"| (?:on|in) hand\b| in reserve\b"
)
"""Who holds a sum on a day has it in the bank."""
_USES = re.compile(
    r"\b(?:us(?:es|ed|ing)|consum(?:es|ed|ing)|goes through|going through|went through|eats|ate|eating)(?: up)?"
    r"(?: (?:about|around|some|nearly|just|roughly|over|more|than|between))* ?\Z"
)
_CASHES_IN = re.compile(r"\bcash(?:es|ed|ing)? (?:in|out)\b[^.;$€£]{0,20}\Z")
_OF_CASH_A_MONTH = re.compile(r"(?: of (?:cash|money)| in cash)? (?:a|per|each|every) month\b")
_BRINGS_IN = re.compile(r"\b(?:brings?|brought|bringing) in\b[^.;]{0,20}\Z")
_SPENDS = re.compile(r"\b(?:spend|spends|spent|burn|burns|costs?|a month|revenue|sales)\b")
_OFFERED = re.compile(r"\b(?:offer(?:s|ed|ing)?|bids?|bidding)(?: to pay)?(?: \w+){0,3} \Z")
_FOR_ALL = re.compile(
    r" (?:in (?:cash|stock|cash and stock) )?(?:for|to (?:buy|acquire|take over)) (?!(?:a|an|the) (?:\S+ )?"
    r"(?:stake|share)|(?:rights|access|use)\b)"
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
_ROUND_WORTH_IS = re.compile(
    r"\b(?:round|Series [A-K]\+?|seed|financing|investment|raise|loan|facility|grant|extension|tranche),?"
    r" (?:(?:which )?(?:is|was) )?worth (?:about |around |some |nearly |over |more than )?\Z"
)
"""As in "The Series A, worth $18 million": no price of the company."""
_TOOK_TIME = re.compile(r"\b(?:took|takes|taken) (?:\S+ ){1,4}?(?:days|weeks|months|years)\b[^.;,]{0,60}\Z")
_LISTED = 10**12
"""Only a listed company is worth so much: no valuation of ours."""
_BURNS = re.compile(
    r"\b(?:burn(?:s|ed|ing|t)?|los(?:e|es|ing|t)|spend(?:s|ing)?|spent|bleed\w*|bled|losses|gets? through"
    r"|exceed\w* (?:its |their |the )?(?:income|revenues?|sales)|got through|went through|goes? through|going"
    r" through|use[ds]?|using|consum\w+|eat(?:s|ing)?)\b"
)
_SAYS_VALUED = re.compile(r"\bvalu\w+")


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


_MOSTLY = re.compile(
    r"(?: from [^.;,$€£]{3,40})?, (?:(?:the )?(?:bulk|lion's share|majority|rest|better part)|most|much|(?:more than"
    r" )?half"
    r"|nearly all|almost all|all but [^.;,]{3,24}) of (?:it|that|which|this)\b"
)
"""What was raised in several rounds, most of it in one: "$135 million from investors, the bulk of it in a Series B"."""
_BACKERS_HAD = re.compile(
    r"\b(?:backers|investors|shareholders|funders)\b[^.;$€£A-Z]{0,24}?\bhad(?: \w+)? (?:put|poured|invested|sunk"
    r"|pumped|ploughed)\b(?: in)?(?: (?:about|around|some|nearly|roughly|over|more|than|just|only))* ?\Z"
)
_INTO_IT = re.compile(
    r"(?: of [a-z ]{3,20})? (?:into|in|behind|on) (?:it|them|the [\w-]+(?: [\w-]+)?|[A-Z]\w+(?: AI)?)(?=[.,;]|$)"
)
_IS_A = re.compile(
    r"\b(?:is|was|are|now|becom(?:es?|ing)|became|ma(?:kes?|king|de)|turn(?:s|ed|ing)?)\b[^.;$€£]{0,40}?\ban? "
    r"(?:nearly |almost |roughly )?\Z"
)
_OF_THAT_PRICE = re.compile(r" (?:company|startup|start-up|business|firm|unicorn)\b")
"""What a company is that costs a sum: "is now a $1.2 billion company"."""
_OVER_ROUNDS = re.compile(
    r" from [^.;$€£]{2,40}? (?:over|across|in|through) (?:its )?(?:first )?"
    r"(?:two|three|four|five|six|several|\d) (?:rounds|financings|fundraisings|raises|stages|deals)\b"
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
    Rule(
        "a company of that price",
        (*_ANY, None),
        lambda at: _IS_A.search(at.before) and _OF_THAT_PRICE.match(at.text, at.end),
        "valuation",
    ),
    Rule("a round's worth", ("valuation",), lambda at: _ROUND_WORTH_IS.search(at.before), "funding_round"),
    Rule("valued at", _ANY, lambda at: _VALUED_AT.search(at.before), "valuation", final=False),
    Rule(
        "run rate",
        ("revenue_annual", "other"),
        lambda at: _RUN_RATE.search(at.before) and not _A_MONTH.match(at.text, at.end),
        "arr",
    ),
    Rule(
        "earned a month",
        (*_LOOSE, "burn_monthly", "revenue_annual"),
        lambda at: _A_MONTH.match(at.text, at.end) and (EARNS.search(at.before) or _SALES.search(at.before)),
        "revenue_monthly",
    ),
    Rule(
        "earned a year",
        (*_LOOSE, None),
        lambda at: _A_YEAR.match(at.text, at.end) and (EARNS.search(at.before) or _SALES.search(at.before)),
        "revenue_annual",
    ),
    Rule(
        "sold by holders",
        (*_LOOSE, "cash", "acquisition", None),
        lambda at: sold_by_holders(at.sentence, at.sum_),
        "funding_round",
    ),
    Rule("cashed in", ("cash",), lambda at: _CASHES_IN.search(at.before), None),
    Rule(
        "held on a day",
        (*_LOOSE, "cash", None),
        lambda at: _HOLDS.search(at.before) and _ON_A_DAY.match(at.text, at.end),
        "cash",
    ),
    Rule(
        "used a month",
        _ANY,
        lambda at: _USES.search(at.before) and _OF_CASH_A_MONTH.match(at.text, at.end),
        "burn_monthly",
    ),
    Rule("a month alone", _LOOSE, lambda at: _MONTH_ALONE.search(at.text[: at.sum_.start]), "revenue_monthly"),
    Rule(
        "a month's",
        ("revenue_annual",),
        lambda at: _OF_MONTH.match(at.text, at.end) and not _YEARLY.search(at.before),
        "revenue_monthly",
    ),
    Rule("paid for a part", ("acquisition", *_LOOSE), a_part_is_paid_for, "funding_round", final=False),
    Rule(
        "paid by a buyer",
        ("funding_round", "cash"),
        lambda at: is_paid(at) and _BUYING.search(at.text),
        "acquisition",
        final=False,
    ),
    Rule("paid", ("funding_round", "cash"), is_paid, None, final=False),
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
        lambda at: is_counted(at) and _IN_MONTH.match(at.text, at.end),
        "revenue_monthly",
    ),
    Rule("counted", _LOOSE, is_counted, "revenue_annual"),
    Rule("raised at", (*_LOOSE, None), is_priced_at, "valuation", final=False),
    Rule("at far more", _LOOSE, is_at_far_more, None),
    Rule("over several rounds", ("funding_round",), lambda at: _OVER_ROUNDS.match(at.text, at.end), "total_funding"),
    Rule("mostly in one round", (*_LOOSE, None), lambda at: _MOSTLY.match(at.text, at.end), "total_funding"),
    Rule(
        "what backers had put in",
        ("funding_round",),
        lambda at: (
            _BACKERS_HAD.search(at.before)
            and _INTO_IT.match(at.text, at.end)
            and not (at.sentence.series or at.sentence.dates)
        ),
        "total_funding",
    ),
    Rule("counted up", ("funding_round",), is_counted_up, "total_funding"),
    Rule("told of", ("funding_round",), is_told_of, None),
    Rule("brought in", ("funding_round",), lambda at: _BRINGS_IN.search(at.before) and _SPENDS.search(at.text), None),
    Rule(
        "worth of things",
        ("funding_round",),
        lambda at: _WORTH.search(at.before) and not _ROUND_WORTH.search(at.before),
        None,
    ),
    Rule("took time", ("funding_round",), lambda at: _TOOK_TIME.search(at.before), None),
    Rule("of a month", ("revenue_annual",), lambda at: _IN_ONE_MONTH.match(at.text, at.end), "revenue_monthly"),
    Rule("none of ours", _ANY, is_none_of_ours, None),
    Rule("no funding", ("total_funding",), is_no_funding, None),
    Rule("worth of its things", ("valuation",), is_worth_of_things, None),
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
    Rule("a price beside a round", ("funding_round",), is_price_beside_round, "valuation"),
    Rule("far more than the round", ("funding_round",), dwarfs_round, None),
    Rule("alleged", ("funding_round",), lambda at: _ALLEGED.search(at.text[: at.sum_.start]), None),
    Rule("until then", ("funding_round",), is_total, "total_funding"),
    Rule("listed", ("funding_round",), lambda at: _LISTS.search(at.text) and not at.sentence.series, "ipo"),
    Rule("a price", ("funding_round",), is_price, None),
    Rule("a price told", ("valuation",), lambda at: is_price(at) and not _SAYS_VALUED.search(at.sentence.text), None),
)
