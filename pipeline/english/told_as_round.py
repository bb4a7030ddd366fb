"""Whether anything says that a sum somebody took in was raised: else it may as well be sales, a prize or a fee."""

from __future__ import annotations

import re

from pipeline.english.document import Document, Sentence
from pipeline.english.money_roles import METRICS, role_of
from pipeline.values.found import FoundMoney

_TELLS_FUNDING = re.compile(
    r"(?i:\b(?:amount|rais(?:e|es|ed|ing)|rounds?|fund(?:s|ed|ing|raising|raise)?|financ\w*|invest\w*|capital"
    r"|equity|venture"
    r"|backers?|back(?:s|ed|ing)|shareholders?|angels?|stakes?|shares|stock|loans?|lent|lends?|lenders?"
    r"|borrow\w*|grants?|granted|award\w*|notes?|bonds?|debt|facility|credit line|valu(?:ed|ation|es|ing)|stealth"
    r"|cheques?|checks?|extension|bridge|tranche|injection|injected|series [A-K]|seed|secur(?:e|es|ed|ing)"
    r"|pre-seed|IPO"
    r"|in the market|fresh (?:money|cash)|new (?:money|cash)|look(?:s|ed|ing)? for|seek(?:s|ing)?|sought|asking"
    r"|(?:could|would|hopes? to|wants? to|plans? to|aims? to) (?:bring|take|pull|rake) in|launch\w* with"
    r"|debuted with|c(?:o|a)mes? in (?:with|for)|term sheets?|wired|bank(?:s|ed)"
    r"|land(?:s|ed|ing)?|courting|on the (?:hunt|lookout|prowl) for"
    r"|put(?:s|ting)? in(?= [$€£\d]| \w+ (?:million|hundred))|buy-?in|bought in"
    r"|tranches?|tender|secondary|(?:second|first|third|final) clos(?:e|ing)"
    r"|clos(?:e|es|ed|ing) (?:on )?(?:an?|another)(?: further| additional)?(?= [$€£])"
    r"|nab(?:s|bed)|bag(?:s|ged)|snag(?:s|ged)|scoop(?:s|ed)|reel(?:s|ed) in|hand(?:s|ed)? over)\b)"
    r"|\b(?:bought|buys?|took|takes|acquire[sd]|purchased|picked up) (?:an? )?\d[\d.]*(?:%| ?per ?cent) of\b"
    r"|\bled by\b|\b[A-Z][\w&.-]* (?:co-)?led(?=[.,;]|$)|\bfrom (?:the |a |its )?(?:(?:[a-z-]+ )?[A-Z]|group|syndicate"
    r"|consortium|existing|two|three)"
    r"|(?:million|billion|\d[mMbBkK]) (?:more )?(?:into|on|to)"
    r" (?:the [\w -]{0,20}(?:company|startup|firm|maker)|it\b|[A-Z])"
    r"|\b(?:gave|give[ns]?|giving|hand(?:s|ed)?) (?:it|us|the (?:company|startup|firm)|[$€£])"
)


def _names_investor(sentence: Sentence) -> bool:
    """Whether a sentence names an investor, looked for once."""
    if "investor" not in sentence.noted:
        sentence.noted["investor"] = any(each.kind == "investor" for each in sentence.mentions)
    return bool(sentence.noted["investor"])


_ARRIVES = re.compile(
    r"(?: more)? (?:in ?to (?:the (?:company|startup|firm)|it\b|[A-Z])|(?:arrived|landed|changed hands) (?:at|in) [A-Z]"
    r"|for (?:a|another) (?:slice|piece|part|share) of|richer|more in the bank)"
)
"""Behind a sum: whom it reaches."""
_LISTS_DEALS = re.compile(r"\b(?:[Dd]eals|[Rr]ounds|[Ff]unding|[Ff]undraising|[Cc]heques|[Rr]aises|[Mm]oney)\b")


def is_told_as_round(sentence: Sentence, document: Document, sum_: FoundMoney) -> bool:
    """Whether a sentence, one beside it or the title calls a sum raised, or names its round or an investor."""
    if sentence.where == "title" and _is_earned(sentence, document, sum_):
        return False
    if sentence.where == "title" or sentence.series or _TELLS_FUNDING.search(sentence.text):
        return True
    if _names_investor(sentence) or _ARRIVES.match(sentence.text, sum_.end):
        return True
    if sentence.is_item and _LISTS_DEALS.search(document.title):
        return True
    place = sentence.number
    near = document.sentences[max(0, place - 1) : place + 2]
    return any(_TELLS_FUNDING.search(each.text) for each in near) or any(
        each.where == "title" and any(other.money == sum_.money for other in each.money)
        for each in document.sentences[:1]
    )


_EARNS = re.compile(r"\b(?:brings?|brought|takes?|took|pulls?|pulled|rakes?|raked) in\b[^.;]{0,24}\Z")


def _is_earned(sentence: Sentence, document: Document, sum_: FoundMoney) -> bool:
    """Whether what a headline says somebody brings in is sales: the text tells such a sum of a figure, and no round."""
    if not _EARNS.search(sentence.text, 0, sum_.start):
        return False
    same = [
        role_of(each, other)
        for each in document.sentences[1:]
        for other in each.money
        if other.money.currency == sum_.money.currency and other.money.amount == sum_.money.amount
    ]
    return "funding_round" not in same and any(role in METRICS for role in same)
