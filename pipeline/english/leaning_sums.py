"""Sums that lean on one told before: "up from $250 million", "and Luma AI for $1.1 billion", "the figure was"."""

from __future__ import annotations

import re
from dataclasses import replace

from db.model import Claim
from pipeline.attribution import status_of
from pipeline.english.document import Document, Sentence
from pipeline.english.money_roles import METRICS, role_of
from pipeline.english.parties import references
from pipeline.english.patterns import any_of, gated
from pipeline.english.payees import party_at
from pipeline.english.told_dates import date_of
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundMoney

_TABLE = "english_sums"
POST = any_of(_TABLE, "post")
PRE = any_of(_TABLE, "pre")
COMPARED = any_of(_TABLE, "compared")
_AND_THEN = any_of(_TABLE, "and_then")
_UP_FROM = any_of(_TABLE, "up_from")
_AT_ANOTHER_TIME = any_of(_TABLE, "at_another_time")
_SINCE_THEN = any_of(_TABLE, "since_then")
_EXPECTS_NEXT = any_of(_TABLE, "expects_next")
_NO_INCOME = any_of(_TABLE, "no_income")
_IN_A_MONTH = any_of(_TABLE, "in_a_month")
_SALES_SPOKEN_OF = any_of(_TABLE, "sales_spoken_of")
_FROM = any_of(_TABLE, "from")
_AND_IN = any_of(_TABLE, "and_in")
_THEN_IN = any_of(_TABLE, "then_in")
_GAPPED = any_of(_TABLE, "gapped")
_FOR = any_of(_TABLE, "for")
_FIGURE = any_of(_TABLE, "figure")
_CONTRIBUTES = any_of(_TABLE, "contributes")
_PRICE_TOLD = any_of(_TABLE, "price_told")
_IT_WAS = gated(_TABLE, "it_was")
_VALUATION_ASKED = gated(_TABLE, "valuation_asked")
_BEFORE_NOW = any_of(_TABLE, "before_now_leaning_sums")
_GOAL = any_of(_TABLE, "goal")


_FIGURES = ("arr", "revenue_monthly", "revenue_annual", "burn_monthly", "cash", "spending")
_A_SHARE = re.compile(r" of (?:that|it|this|those|the total)\b")


def told_figure(sentence: Sentence, document: Document, sum_: FoundMoney, role: str | None) -> str | None:
    """What "the figure" is: what the sentence before told a sum of, or its price; None where none is spoken of."""
    if role in (None, "other", "funding_round") and _is_month_of_sales(sentence, document, sum_):
        return "revenue_monthly"
    if role in (None, "other", "funding_round") and _IT_WAS.search(sentence.text[: sum_.start]):
        before = document.sentences[sentence.number - 1] if sentence.number else None
        asked = before is not None and before.where == sentence.where and not before.money
        return "valuation" if asked and before is not None and _VALUATION_ASKED.search(before.text) else None
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


def _is_month_of_sales(sentence: Sentence, document: Document, sum_: FoundMoney) -> bool:
    """As in "In August that came to $71,000", behind a sentence of what customers pay or of sales."""
    if sentence.where != "text" or not sentence.number or not _IN_A_MONTH.fullmatch(sentence.text[: sum_.start]):
        return False
    earlier = document.sentences[sentence.number - 1]
    return _SALES_SPOKEN_OF.search(earlier.text) is not None and not _NO_INCOME.match(sentence.text, sum_.end)


def rising_from(sentence: Sentence, sum_: FoundMoney, role: str | None) -> str | None:
    """What a sum is from which another rises: "went from $1 million to $100 million in ARR"; None: nothing of a way."""
    following = next((each for each in sentence.money if each.start >= sum_.end and not each.restates), None)
    if (
        role not in (None, "other", "funding_round")
        or following is None
        or not _FROM_IT.search(sentence.text, 0, sum_.start)
    ):
        return None
    if _TO_IT.fullmatch(sentence.text, sum_.end, following.start) is None:
        return None
    other = role_of(sentence, following)
    return other if other in METRICS else None


_FROM_IT = re.compile(r"\bfrom (?:about |around |some |just |only |nearly )?\Z")
_TO_IT = re.compile(r"(?: (?:in|at|a) [^.;,$€£]{2,24})?,? to (?:about |around |some |just |over |nearly |more than )?")


def dated_as(claim: Claim, first: FoundMoney | None, sum_: FoundMoney, sentence: Sentence, document: Document) -> Claim:
    """A sum told in a gap ("and Runway $308 million") is of the day of the first, unless a date stands right behind."""
    if first is None or any(0 <= each.start - sum_.end <= 8 for each in sentence.dates):
        return claim
    return replace(claim, event_date=date_of(document, sentence, first.start))


def is_earlier(sentence: Sentence, first: FoundMoney, sum_: FoundMoney) -> bool:
    """Whether a sum is the figure of before another is compared with: "expects $3 million, up from $1 million"."""
    gap = sentence.text[max(0, first.end) : sum_.start]
    return first.start >= 0 and bool(_BEFORE_NOW.search(gap)) and bool(COMPARED.fullmatch(gap) or _FROM.fullmatch(gap))


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
    goes_on = before[1] in METRICS and (
        _AND_THEN.fullmatch(gap) or (_EXPECTS_NEXT.fullmatch(gap) and not _NO_INCOME.match(sentence.text, sum_.end))
    )
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
