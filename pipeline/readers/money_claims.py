"""Rounds, prices, totals, sales of companies and figures: every claim that begins with a sum of money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from db.model import Claim, FieldValue, Status
from db.values import Money, PartialDate
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import CompanyName, Document, Sentence, company_at
from pipeline.found import FoundMoney, FoundSeries
from pipeline.money_roles import METRICS, role_of

_TARGET = re.compile(
    r"(?: \w+){0,3} (?:investment|stake|round|funding|bet|bets|injection|backing) (?:in|for|into|of) \Z|\b(?:into|in) \Z"
)
_POST = re.compile(r"post-money|投后|本轮过后|轮后估值|融资后估值")
_PRE = re.compile(r"pre-money|投前")
_FUND = re.compile(
    r"\b(?:fund|vehicle)\b[^.;]{0,40}\b(?:clos|rais|target)|(?:closed|raised|raising|launch\w*) (?:its|a|an)(?: \w+){0,3} fund\b"
    r"|基金[^。；]{0,10}(?:募集|完成|设立|成立|关闭)|(?:设立|成立|募集|完成)[^。；]{0,14}基金"
)
_JOINTLY = re.compile(r"(?:\A|[,，])(?:这些公司|它们|四家|三家|两家)?(?:一)?共(?:筹集|融资|募集|获得)")
_QUARTER = re.compile(r"季度|当季|上半年|下半年|首[\d一二三四五六七八九]+个月|前[\d一二三四五六七八九]+个月|\bquarter\b|\bhalf[- ]year|first (?:nine|six|three) months|so far this year")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """The claims of a sentence's sums; a sum said again in another currency is none of its own."""
    if not sentence.money:
        return
    used: set[int] = set()
    for sum_ in sentence.money:
        if sum_.restates:
            continue
        role = role_of(sentence, sum_)
        if role is None or (role == "funding_round" and _FUND.search(sentence.text)):
            continue
        company = _company(sentence, sum_, document)
        if company is None:
            continue
        claim = _claim(sentence, sum_, role, company, document, used)
        if claim is not None:
            yield claim


def _company(sentence: Sentence, sum_: FoundMoney, document: Document) -> CompanyName | None:
    """Whose sum it is: the one invested *in*, where the sentence says so, else the subject."""
    for mention, company in sentence.companies():
        if sum_.end <= mention.start <= sum_.end + 60 and _TARGET.search(sentence.text, sum_.end, mention.start):
            return company
    return company_at(sentence, sum_.start, document)


def _claim(
    sentence: Sentence, sum_: FoundMoney, role: str, company: CompanyName, document: Document, used: set[int]
) -> Claim | None:
    span = (sum_.start, sum_.end)
    status = unrealised(sentence, sum_.start, sum_.end)
    on = date_of(document, sentence, sum_.start)
    if role == "funding_round":
        return round_claim(sentence, document, company, span, sum_.money, _series_for(sentence, sum_, used), status, on)
    if role == "valuation":
        fields: dict[str, FieldValue] = {"valuation_kind": _valuation_kind(sentence, sum_)}
        return make(
            document, sentence, "valuation", company, span, status=status, money=sum_.money, on=on, fields=fields
        )
    if role in METRICS:
        if role == "revenue_annual" and _is_quarter(sentence, sum_):
            role = "other"
        on = on if role != "revenue_annual" or on is None else PartialDate(on.iso[:4]) if _is_year(sentence) else on
        return make(
            document, sentence, "metric", company, span, status=status, money=sum_.money, on=on, fields={"metric": role}
        )
    if role == "total_funding":
        if _JOINTLY.search(sentence.text[: sum_.start]) and next(sentence.companies(), None) is None:
            return None
        return make(document, sentence, "total_funding", company, span, status=status, money=sum_.money, on=on)
    return None


def _is_quarter(sentence: Sentence, sum_: FoundMoney) -> bool:
    near = sentence.text[max(0, sum_.start - 40) : sum_.end + 30]
    return bool(_QUARTER.search(near))


def _is_year(sentence: Sentence) -> bool:
    return any(each.date is not None and each.date.precision == "year" for each in sentence.dates)


def _valuation_kind(sentence: Sentence, sum_: FoundMoney) -> str:
    start, end = sentence.clause(sum_.start)
    near = sentence.text[max(start, sum_.start - 40) : min(len(sentence.text), max(end, sum_.end + 24))]
    if _POST.search(near):
        return "post_money"
    return "pre_money" if _PRE.search(near) else "unspecified"


def _series_for(sentence: Sentence, sum_: FoundMoney, used: set[int]) -> FoundSeries | None:
    """The round's name nearest to a sum and not yet another sum's."""
    free = [series for series in sentence.series if series.start not in used]
    near = [series for series in free if min(abs(series.start - sum_.end), abs(sum_.start - series.end)) <= 70]
    if not near:
        return None
    best = min(
        near,
        key=lambda series: (
            series.investment_type == "series_unknown",
            min(abs(series.start - sum_.end), abs(sum_.start - series.end)),
        ),
    )
    used.add(best.start)
    return best


def round_claim(
    sentence: Sentence,
    document: Document,
    company: CompanyName,
    span: tuple[int, int],
    money: Money | None,
    series: FoundSeries | None,
    status: Status | None,
    on: PartialDate | None,
) -> Claim:
    """A funding round with its name and those who put money in."""
    every, led = sentence.investors
    original = document.article.title if sentence.where == "title" else document.article.text
    own = {mention.start for mention, named in sentence.companies() if named.key == company.key}
    names = [_written(original, sentence, span_) for span_ in every if span_[0] not in own]
    leaders = [_written(original, sentence, span_) for span_ in led if span_[0] not in own]
    fields: dict[str, FieldValue] = {
        "investment_type": series.investment_type if series else "series_unknown",
        "series_qualifier": series.qualifier if series else None,
        "investors": list(dict.fromkeys(names)),
        "lead_investors": list(dict.fromkeys(leaders)),
    }
    if series is not None:
        span = (min(span[0], series.start), max(span[1], series.end))
    return make(document, sentence, "funding_round", company, span, status=status, money=money, on=on, fields=fields)


def _written(original: str, sentence: Sentence, span: tuple[int, int]) -> str:
    return original[sentence.place + span[0] : sentence.place + span[1]].removesuffix("'s").removesuffix("’s")


def tie_valuations(claims: list[Claim]) -> list[Claim]:
    """A price told beside its round is dated as the round is, and no more done than the round is."""
    rounds: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        if claim.type == "funding_round":
            rounds.setdefault((claim.company_key, claim.sentence), claim)
    return [_tied(claim, rounds.get((claim.company_key, claim.sentence))) for claim in claims]


def _tied(claim: Claim, told: Claim | None) -> Claim:
    if claim.type != "valuation" or told is None:
        return claim
    status = told.status if told.status == "rumored" else claim.status
    return replace(claim, event_date=claim.event_date or told.event_date, status=status)
