"""Rounds, prices, totals and figures: every claim of an English sentence that begins with a sum of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from db.model import Claim, FieldValue
from db.values import PartialDate
from pipeline.attribution import is_rumored
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.dated_statements import dated, dated_statement
from pipeline.english.leaning_sums import (
    COMPARED,
    POST,
    PRE,
    as_before,
    carried_over,
    continued,
    dated_as,
    is_earlier,
    told_figure,
)
from pipeline.english.listing_sums import is_float
from pipeline.english.listings import is_listing
from pipeline.english.money_roles import METRICS, role_of
from pipeline.english.parties import weight
from pipeline.english.patterns import any_of, gated
from pipeline.english.payees import party_at
from pipeline.english.round_claims import round_claim, series_for, strategic
from pipeline.english.telling import unrealised
from pipeline.english.told_as_round import is_told_as_round
from pipeline.english.told_dates import date_of, date_of_figure
from pipeline.english.whose_sums import gives_away, is_of_group, is_of_others, is_of_several, is_somebody_elses, of_unit
from pipeline.found import FoundMoney, FoundSeries

_TABLE = "english_sums"
_FUND = gated(_TABLE, "fund")
_AFTERWARDS = gated(_TABLE, "afterwards")
_OF_NEWS = any_of(_TABLE, "of_news")
_MONEY_NEWS = any_of(_TABLE, "money_news")
_FORESEES = any_of(_TABLE, "foresees")
_TO_COME = any_of(_TABLE, "to_come")
_ASKED = any_of(_TABLE, "asked")
_MAY_SELL = any_of(_TABLE, "may_sell")
_TALKED_OF = any_of(_TABLE, "talked_of")
_OFFERED_AT = any_of(_TABLE, "offered_at")
_REFUSED = any_of(_TABLE, "refused")
_AT_WHICH = any_of(_TABLE, "at_which")
_IS_NOW = any_of(_TABLE, "is_now")
_BROUGHT = any_of(_TABLE, "brought")

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_QUARTER = re.compile(
    r"\b[Qq]uarter(?:ly)?\b|\bhalf[- ]year|\b(?:first|second)[- ]half\b|\b(?:nine|six|three) months\b|so far this year"
    rf"|\bbetween {_MONTH} and {_MONTH}|\bfrom {_MONTH} (?:to|through) {_MONTH}"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """The claims of a sentence's sums; a sum said again in another currency is none of its own."""
    used: set[int] = set()
    before: tuple[FoundMoney, str, CompanyName] | None = None
    for sum_ in sentence.money:
        if sum_.restates:
            continue
        role, company, gapped = role_of(sentence, sum_), None, False
        if before is None:
            before = continued(sentence, document, sum_)
        role = told_figure(sentence, document, sum_, role) or role
        if before is not None:
            role, company = carried_over(sentence, document, before, sum_) or (role, None)
            gapped = company is not None and company.key != before[2].key
        if role is None or (
            role == "funding_round" and (_FUND.search(sentence.text) or not is_told_as_round(sentence, document, sum_))
        ):
            continue
        if (role != "total_funding" and is_of_several(sentence, sum_)) or is_of_others(sentence, sum_):
            continue
        if role == "funding_round" and _is_told_aside(sentence, sum_, document):
            role = "total_funding"
        if role in METRICS and _of_others(sentence, sum_):
            continue
        company = company or of_unit(sentence, document, sum_, role) or party_at(sentence, sum_.start, document)
        if role == "funding_round" and is_float(sentence, document, sum_):
            role = "ipo"
        if company is not None and is_somebody_elses(sentence, document, sum_, company):
            continue
        if company is not None and role == "funding_round" and gives_away(sentence, document, sum_, company):
            continue
        if company is not None and role in METRICS and is_of_group(sentence, sum_, company):
            continue
        if company is not None and role in ("spending", "cash", "revenue_annual") and weight(company) == 1:
            continue  # what the big ones spend is no figure of the field
        if company is not None:
            earlier = (
                before is not None
                and is_earlier(sentence, before[0], sum_)
                and _NOW.match(sentence.text, sum_.end) is None
            )
            first = before[0] if before is not None and gapped else None
            before = (sum_, role, company)
            for claim in _claim(sentence, sum_, role, company, document, used):
                claim = dated_as(claim, first, sum_, sentence, document)
                yield as_before(claim, sum_, sentence) if earlier else claim


_OTHERS = frozenset(("investor", "investors", "backers", "shareholders", "customer", "customers", "victims", "clients"))


def _of_others(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether investors or customers lost, spent or earned it: "Investors lost $3 million in the fraud"."""
    statement = sentence.parsed.at(sum_.start)
    subject = statement.subject if statement is not None else None
    return (
        statement is not None and subject is not None and subject.head in _OTHERS and statement.verb.start < sum_.start
    )


def _is_told_aside(sentence: Sentence, sum_: FoundMoney, document: Document) -> bool:
    """As in "The company has raised $27 million from ..." in a text whose news is no money: all until then."""
    statement = sentence.parsed.at(sum_.start)
    if statement is None or sentence.where == "title" or sentence.paragraph == 0 or sentence.series or sentence.dates:
        return False
    if not re.match(r"(?:has|have)\b", statement.verb.group) or statement.verb.lemma != "raise":
        return False
    news = " ".join(each.text for each in document.sentences if each.where == "title" or each.paragraph == 0)
    return not _MONEY_NEWS.search(news) and not _OF_NEWS.search(sentence.text[sum_.end :])


def _claim(
    sentence: Sentence, sum_: FoundMoney, role: str, company: CompanyName, document: Document, used: set[int]
) -> Iterator[Claim]:
    span = (sum_.start, sum_.end)
    if role == "valuation" and (valued := _AT_WHICH.match(sentence.text, sum_.end)):
        sum_ = sum_._replace(start=valued.end() - 1, end=valued.end())  # dated as it was valued
    status = unrealised(sentence, sum_.start, sum_.end)
    figure = role == "total_funding" or role in METRICS
    on = (date_of_figure if figure else date_of)(document, sentence, sum_.start)
    published = document.article.published
    if _NOW.match(sentence.text, sum_.end) and published is not None and role in METRICS:
        status, on = (
            None,
            PartialDate(published.isoformat()),
        )  # "expects to reach $300 million, against $150 million now"
    if status is None and role in METRICS and _is_foreseen(sentence, sum_):
        status = "rumored"
    if role == "valuation" and (
        _ASKED.match(sentence.text, sum_.end) or _TALKED_OF.search(sentence.text[: sum_.start])
    ):
        status = status or "rumored"
    if role == "valuation" and _OFFERED_AT.search(sentence.text[: sum_.start]):
        status = "denied" if _REFUSED.search(sentence.text[: sum_.start]) else status or "rumored"
    if (
        role == "funding_round"
        and status == "rumored"
        and (_will_be_used(sentence, sum_) or _MAY_SELL.search(sentence.text[: sum_.start]))
    ):
        status = None
    if role == "funding_round":
        series = series_for(sentence, sum_, used) or strategic(sentence, sum_)
        if status == "rumored" and series is not None and _is_placed(sentence, sum_, series):
            status = None
        yield round_claim(sentence, document, company, span, sum_.money, series, status, on)
    elif role == "valuation":
        on = on if dated(sentence, sum_.start) is not None else None
        statement = sentence.parsed.at(sum_.start)
        if statement is not None and statement.verb.group == "will be " and _AFTERWARDS.search(sentence.text):
            status = None
        fields: dict[str, FieldValue] = {"valuation_kind": _valuation_kind(sentence, sum_)}
        yield make(
            document, sentence, "valuation", company, span, status=status, money=sum_.money, on=on, fields=fields
        )
    elif role == "total_funding":
        statement = sentence.parsed.at(sum_.start)
        if statement is not None and published is not None and re.match(r"(?:has|have)\b", statement.verb.group):
            on = PartialDate(published.isoformat())  # a total is that of the day it is told
        elif statement is not None and re.match(r"had\b", statement.verb.group):
            own = dated_statement(sentence, statement, sum_.start, own=True)
            on = own.date if own is not None else None  # no day of another thing: "was founded in 2024 and had raised"
        yield make(document, sentence, "total_funding", company, span, status=status, money=sum_.money, on=on)
    elif role == "ipo" and not is_listing(sentence):
        yield make(document, sentence, "ipo", company, span, status=status, money=sum_.money, on=on)
    elif role in METRICS:
        kind = (
            "other"
            if role == "spending"
            or (role == "revenue_annual" and (_is_quarter(sentence, sum_) or _of_part_of_year(sentence, document)))
            else role
        )
        if kind == "revenue_annual" and on is not None and _is_year(sentence):
            on = PartialDate(on.iso[:4])
        fields = {"metric": kind}
        yield make(document, sentence, "metric", company, span, status=status, money=sum_.money, on=on, fields=fields)


def _is_placed(sentence: Sentence, sum_: FoundMoney, series: FoundSeries) -> bool:
    """Whether a listed company's placing is under way, by what it told its exchange: no talk, and priced already."""
    statement = sentence.parsed.at(sum_.start)
    under_way = statement is not None and re.match(r"(?:is|are) (?:now )?\Z", statement.verb.group) is not None
    told = sentence.text[statement.verb.end :] if statement is not None else ""
    return under_way and series.investment_type == "post_ipo_equity" and not is_rumored(told, "en")


def _will_be_used(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether only what money will do is still to come: "The funds, $80 million from GV, will pay for servers"."""
    statement = sentence.parsed.at(sum_.start)
    subject = statement.subject if statement is not None else None
    return (
        statement is not None
        and subject is not None
        and subject.start <= sum_.start < statement.verb.start
        and statement.verb.group == "will "
        and statement.verb.lemma in ("pay", "fund", "finance", "go", "last", "help", "allow", "let", "support")
    )


def _is_foreseen(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether a figure is one to come: "expects revenue of", "sales will come to", "on course for"."""
    statement = sentence.parsed.at(sum_.start)
    before = sentence.text[: sum_.start]
    if _FORESEES.search(before[max(0, len(before) - 90) :]):
        return True
    return statement is not None and bool(_TO_COME.search(statement.verb.group))


_NOW = re.compile(r" (?:now|today|at present|currently)\b")


def _is_quarter(sentence: Sentence, sum_: FoundMoney) -> bool:
    others = [each for each in sentence.money if not each.restates]
    earlier = max((each.end for each in others if each.end <= sum_.start), default=0)
    later = min((each.start for each in others if each.start >= sum_.end), default=len(sentence.text))
    begin, end = max(earlier, sum_.start - 64), min(later, sum_.end + 64)
    if earlier and COMPARED.fullmatch(sentence.text[earlier : sum_.start]):
        begin = 0  # "was $53 million in the nine months, compared with $19 million a year before"
    return bool(_QUARTER.search(sentence.text[begin:end]))


def _of_part_of_year(sentence: Sentence, document: Document) -> bool:
    """Whether a figure without a time of its own goes on from one of a quarter: "lost $14 million in the half-year"."""
    if sentence.where != "text" or sentence.dates or _WHOLE_YEAR.search(sentence.text):
        return False
    place = sentence.number
    before = [each for each in document.sentences[max(0, place - 2) : place] if each.paragraph == sentence.paragraph]
    return any(each.where == "text" and each.money and _QUARTER.search(each.text) for each in before)


_WHOLE_YEAR = re.compile(r"\b(?:year(?!-ago)|annual\w*|yearly|20\d\d)\b")


def _is_year(sentence: Sentence) -> bool:
    return any(each.date is not None and each.date.precision == "year" for each in sentence.dates)


def _valuation_kind(sentence: Sentence, sum_: FoundMoney) -> str:
    near = sentence.text[max(0, sum_.start - 60) : sum_.end + 34]
    if POST.search(near) or _AFTERWARDS.search(sentence.text):
        return "post_money"
    return "pre_money" if PRE.search(near) else "unspecified"


def tie_valuations(claims: list[Claim], told: Sequence[Claim], sentence: Sentence, document: Document) -> list[Claim]:
    """A price told with its round, or right behind it, is dated as the round is, and no more done than the round is."""
    rounds = {claim.company_key: claim for claim in told[-4:] if claim.type == "funding_round"}
    rounds = {
        key: claim for key, claim in rounds.items() if claim.where == sentence.where and _is_near(claim, sentence)
    }
    rounds |= {claim.company_key: claim for claim in reversed(claims) if claim.type == "funding_round"}
    return [_tied(claim, rounds.get(claim.company_key), sentence, document) for claim in claims]


def _is_near(claim: Claim, sentence: Sentence) -> bool:
    return 0 <= sentence.place - claim.end < 160


_NEWS = timedelta(days=20)


def _tied(claim: Claim, told: Claim | None, sentence: Sentence, document: Document) -> Claim:
    if claim.type == "total_funding" and told is not None and told.event_date is not None:
        brought = told.status not in ("rumored", "denied") and _BROUGHT.match(sentence.text) is not None
        return replace(claim, event_date=told.event_date) if brought else claim
    if claim.type != "valuation":
        return claim
    status = (
        told.status
        if told is not None and told.status == "rumored" and told.sentence == claim.sentence
        else claim.status
    )
    on = claim.event_date or (told.event_date if told is not None else None)
    published = document.article.published
    elsewhere = claim.event_date is None and told is not None and told.sentence != claim.sentence
    long_ago = published is not None and (on is None or published - on.last_day() > _NEWS)
    if published is not None and elsewhere and long_ago and _IS_NOW.search(sentence.text):
        on = PartialDate(published.isoformat())
    return replace(claim, event_date=on or date_of(document, sentence, claim.end - 1 - sentence.place), status=status)
