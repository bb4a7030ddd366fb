"""Sums that lean on one told before: "up from $250 million", "and Luma AI for $1.1 billion", "the figure was"."""

from __future__ import annotations

import re
from dataclasses import replace

from db.model import Claim
from pipeline.attribution import status_of
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.money_roles import METRICS, role_of
from pipeline.english.parties import references
from pipeline.english.payees import party_at
from pipeline.english.told_dates import date_of
from pipeline.found import FoundMoney

POST = re.compile(
    r"[Pp]ost-money|\bpost(?=[.,;)]|$)|after the (?:new )?money\b|including the (?:new )?(?:money|investment|cash)"
    r"|[Aa]fter the (?:deal"
    r"|round|investment)"
    r"|with the new money"
)
PRE = re.compile(
    r"[Pp]re-money|\bpre(?=[.,;)]|$)|before the (?:new )?(?:money|investment|cash)|excluding the (?:new )?(?:money"
    r"|investment)"
)


COMPARED = re.compile(
    r"[^.;$€£]{0,90}?,? (?:up|down|compared|against|versus|rising|falling|more than double"
    r"|double)(?: sharply)?(?: from| with| to)? (?:the |a |just |about |around |roughly |some |nearly |only |over )?"
    r"(?:(?:an |its )?(?:earlier|previous|initial|original|prior|old) (?:goal|target|forecast|plan|guidance|estimate)"
    r" of )?"
)
_AND_THEN = re.compile(
    r",? (?:in|for) (?:20\d\d|the (?:first|second|third|fourth) (?:quarter|half)[^.;$€£,]{0,18}|the \w+ before|last"
    r" year)"
    r"(?:,? and|, then|,) (?:about |around |some |nearly |only |just |over )?"
)
"""The same figure of the next period: "was $61 million in 2025 and $74 million in the first half"."""
_UP_FROM = re.compile(
    r"(?:(?:At the end of 20\d\d|In 20\d\d|A year (?:ago|earlier|before)|By then"
    r"|Last year),? )?(?:[Tt]he figure|[Ii]t|[Tt]he number|[Tt]hat) (?:was|is|stood at|stands at|came to"
    r"|had been|has reached)(?: now| by then)?(?: about| just| around| only| nearer| closer to)? |(?:By|At"
    r"|In|As of) [^.;$€£,]{3,40},? (?:the figure|it|the number|that) (?:was|stood at|came to|had been"
    r"|had reached) (?:about |just |around |only )?|(?:That|This|It|The figure) (?:is|was|compares"
    r"|compared)(?: up| down| with)?[^.;$€£]{0,20}(?:from|with) (?:about |just |around |only )?"
)
_AT_ANOTHER_TIME = re.compile(
    r"(?:(?:(?:In|At|By|As of) [^.;$€£,]{3,40}|(?:\w+) (?:years?|months?) (?:ago|earlier|before)|Last (?:year|month"
    r"|[A-Z]\w+)"
    r"|By then),? )?(?:[Tt]he (?:figure|number)|[Ii]t|[Tt]hat|[Tt]hey|[Tt]hose) (?:was|were|is|are|stood at|had been"
    r"|came to)(?: about| just| around| only| nearer| closer to| roughly| some| nearly)? "
)
"""How the same figure, or price, of another time is told: "Two years ago it was $240 million"."""
_SINCE_THEN = re.compile(
    r"[^.;$€£]{0,40}?,? and (?:has|had) (?:since |now |already |by then )?"
    r"(?:passed|reached|topped|grown to|risen to|climbed to|hit|exceeded|doubled to) (?:about |more than |over )?"
)
_FROM = re.compile(r"(?: (?:in|last|this|by|at) [^.;,$€£]{3,24})?,? from (?:about |around |just |only |some |the )?")
_AND_IN = re.compile(
    r" (?:in|for|during|at the end of|by the end of) [^.;$€£,]{3,40},? and (?:about |around |some |just |over "
    r"|nearly )?"
)
_THEN_IN = re.compile(
    r" (?:in|for|during|a year|last|this|(?:the|a) (?:year|month)|so far|at the end|by the end|after)\b"
)
"""The same figure of another time: "revenue was $61 million in 2025 and $74 million in the first half"."""
_FIGURES = ("arr", "revenue_monthly", "revenue_annual", "burn_monthly", "cash", "spending")
_GAPPED = re.compile(r"(?:[^.;$€£]{0,40}?)(?:,? and|, while|;|,) (?:the )?")
_FOR = re.compile(r" (?:for|at|with|in|to|took|took in|got|raised)? ?(?:about |around |some |just |over |more than )?")
_FIGURE = re.compile(
    r"\b(?:put|puts|putting|pegged|estimated) (?:the figure|the number|the sum|it|that) at\b[^.;$€£]{0,24}\Z"
    r"|\b(?:the|that) (?:figure|number|sum)\b[^.;$€£]{0,24}? (?:was|is|were|stood at|came to"
    r"|comes to)\b[^.;$€£]{0,20}\Z"
)
"""A sum that is what was told of in the sentence before, whatever that was."""
_A_SHARE = re.compile(r" of (?:that|it|this|those|the total)\b")
_CONTRIBUTES = re.compile(
    r"\b(?:contribut\w+|brought in|brings in|account\w* for|made up|makes up|generat\w+)\b[^.;$€£]{0,20}\Z"
)
"""Who brings in a part of what was just told: "Hailuo contributed $41 million of that"."""
_PRICE_TOLD = re.compile(r"\b(?:price|valu(?:e|ed|ation|ations)|worth|pre-money|post-money)\b")


def told_figure(sentence: Sentence, document: Document, sum_: FoundMoney, role: str | None) -> str | None:
    """What "the figure" is: what the sentence before told a sum of, or its price; None where none is spoken of."""
    a_part = _A_SHARE.match(sentence.text, sum_.end) and _CONTRIBUTES.search(sentence.text[: sum_.start])
    if role not in (None, "other", "funding_round") or not (a_part or _FIGURE.search(sentence.text[: sum_.start])):
        return None
    if POST.search(sentence.text[sum_.end :]) or PRE.search(sentence.text[sum_.end :]):
        return "valuation"
    place = sentence.number
    earlier = document.sentences[place - 1] if place else None
    if earlier is None or earlier.where != sentence.where:
        return None
    told = [told for each in earlier.money if (told := role_of(earlier, each)) is not None]
    if a_part:
        return told[-1] if told and told[-1] in METRICS else None
    return told[-1] if told else "valuation" if _PRICE_TOLD.search(earlier.text) else None


def dated_as(claim: Claim, first: FoundMoney | None, sum_: FoundMoney, sentence: Sentence, document: Document) -> Claim:
    """A sum told in a gap ("and Runway $308 million") is of the day of the first, unless a date stands right behind."""
    if first is None or any(0 <= each.start - sum_.end <= 8 for each in sentence.dates):
        return claim
    return replace(claim, event_date=date_of(document, sentence, first.start))


def is_earlier(sentence: Sentence, first: FoundMoney, sum_: FoundMoney) -> bool:
    """Whether a sum is the figure of before another is compared with: "expects $3 million, up from $1 million"."""
    gap = sentence.text[max(0, first.end) : sum_.start]
    return first.start >= 0 and bool(_BEFORE_NOW.search(gap)) and bool(COMPARED.fullmatch(gap) or _FROM.fullmatch(gap))


_BEFORE_NOW = re.compile(r"\b(?:from|compared with|against|versus)\b|\bthe \Z")


_GOAL = re.compile(r"\b(?:goal|target|forecast|plan|guidance|estimate) of \Z")


def as_before(claim: Claim, sum_: FoundMoney, sentence: Sentence) -> Claim:
    """A figure of before: it does not lean on the plan it is compared with, and a figure's date stands right behind."""
    if _GOAL.search(sentence.text[: sum_.start]):
        return claim  # "compared with an earlier goal of $60 million": a plan as well
    status = status_of(None, claim.said_by) if claim.status == "rumored" else claim.status
    if claim.type != "metric":
        return replace(claim, status=status)
    near = [each.date for each in sentence.dates if 0 <= each.start - sum_.end <= 12]
    return replace(claim, status=status, event_date=near[0] if near else None)


def continued(sentence: Sentence, document: Document, sum_: FoundMoney) -> tuple[FoundMoney, str, CompanyName] | None:
    """The last sum of the sentence before, where this one begins "That is up from"."""
    leans = _UP_FROM.fullmatch(sentence.text[: sum_.start])
    again = _AT_ANOTHER_TIME.fullmatch(sentence.text[: sum_.start]) if leans is None and sentence.dates else None
    if leans is None and again is None:
        return None
    place = sentence.number
    earlier = document.sentences[place - 1] if place else None
    if earlier is None or not earlier.money:
        return None
    last = next((each for each in reversed(earlier.money) if role_of(earlier, each) is not None), earlier.money[-1])
    role, company = role_of(earlier, last), party_at(earlier, last.start, document)
    if again is not None and role not in (*METRICS, "valuation"):
        return None
    return (last._replace(start=-1, end=0), role, company) if role is not None and company is not None else None


def carried_over(
    sentence: Sentence, document: Document, before: tuple[FoundMoney, str, CompanyName], sum_: FoundMoney
) -> tuple[str, CompanyName] | None:
    """What a sum is that leans on the one before: "up from $250 million", "and Luma AI for $1.1 billion"."""
    gap = sentence.text[before[0].end : sum_.start]
    if before[1] in (*_FIGURES, "valuation") and _FROM.fullmatch(gap):
        return before[1], before[2]
    rises = gap.strip() == "to" and sentence.text[: before[0].start].endswith("from ")
    goes_on = before[1] in METRICS and _AND_THEN.fullmatch(gap)
    if rises or goes_on or COMPARED.fullmatch(gap) or _SINCE_THEN.fullmatch(gap) or before[0].start < 0:
        return before[1], before[2]
    if (
        before[1] in (*_FIGURES, "funding_round", "valuation")
        and _AND_IN.fullmatch(gap)
        and _THEN_IN.match(sentence.text, sum_.end)
    ):
        return before[1], before[2]
    for each in references(sentence, document):
        between = each.named and before[0].end < each.start and each.end < sum_.start
        if not between or each.company.key == before[2].key:
            continue
        joined = _GAPPED.fullmatch(sentence.text[before[0].end : each.start])
        if joined and _FOR.fullmatch(sentence.text[each.end : sum_.start]):
            return before[1], each.company
    return None
