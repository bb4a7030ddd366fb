"""The claim a sum of an English sentence makes in its role: a round, a price, a total, a figure of business."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from db.model import Claim, ClaimType, FieldValue, Status
from db.values import PartialDate
from pipeline.attribution import is_rumored
from pipeline.english.claim_builder import make
from pipeline.english.dated_statements import dated, dated_statement
from pipeline.english.document import Document, Sentence
from pipeline.english.leaning_sums import COMPARED, POST, PRE
from pipeline.english.listings import is_listing
from pipeline.english.money_roles import METRICS
from pipeline.english.patterns import any_of, gated
from pipeline.english.round_claims import round_claim, series_for, strategic
from pipeline.english.rounds_to_come import with_what_came
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of, date_of_figure
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundMoney, FoundSeries

_TABLE = "english_sums"
_AFTERWARDS = gated(_TABLE, "afterwards")
_FORESEES = any_of(_TABLE, "foresees")
_TO_COME = any_of(_TABLE, "to_come")
_ASKED = any_of(_TABLE, "asked")
_MAY_SELL = any_of(_TABLE, "may_sell")
_TALKED_OF = any_of(_TABLE, "talked_of")
_OFFERED_AT = any_of(_TABLE, "offered_at")
_REFUSED = any_of(_TABLE, "refused")
_AT_WHICH = any_of(_TABLE, "at_which")
_OF_GROUP = any_of(_TABLE, "of_group")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_QUARTER = re.compile(
    r"\b[Qq]uarter(?:ly)?\b|\bhalf[- ]year|\b(?:first|second)[- ]half\b|\b(?:nine|six|three) months\b|so far this year"
    rf"|\bbetween {_MONTH} and {_MONTH}|\bfrom {_MONTH} (?:to|through) {_MONTH}"
)

_GIVEN_BEFORE = re.compile(
    r"(?: of [a-z ]{3,24})? (?:that|which) [^.,;$€£]{3,60}? (?:provided|put in|put up|invested|gave|committed)\b"
)
_OPENS_WITH_QUARTER = re.compile(
    r"(?:In|For|During|Over) (?:the|its) [^,.;$€£]{0,16}(?:quarter|half|(?:three|six|nine) months)\b[^;$€£]{2,90}[$€£]"
)
_WHOLE_YEAR = re.compile(r"\b(?:year(?!-ago)|annual\w*|yearly|20\d\d)\b")


class Told(NamedTuple):
    """A sum of a sentence, what it is, and whose; `used`: the names of rounds that sums before it have taken."""

    sentence: Sentence
    document: Document
    sum_: FoundMoney
    role: str
    company: CompanyName
    used: set[int]


def claims_of(told: Told) -> Iterator[Claim]:
    """The claim of a sum, where its role makes one."""
    maker = _figure if told.role in METRICS else _MAKERS.get(told.role)
    if maker is not None:
        yield from maker(told)


def _round(told: Told) -> Iterator[Claim]:
    sentence, document, sum_, _, company, used = told
    status = with_what_came(sentence, sum_, unrealised(sentence, sum_.start, sum_.end))
    if status == "rumored" and (_will_be_used(sentence, sum_) or _MAY_SELL.search(sentence.text[: sum_.start])):
        status = None
    if status == "rumored" and _GIVEN_BEFORE.match(sentence.text, sum_.end):
        status = None  # "will add it to 25 million kroner of seed money that Kystfondet provided in January"
    series = series_for(sentence, sum_, used) or strategic(sentence, sum_)
    if status == "rumored" and series is not None and _is_placed(sentence, sum_, series):
        status = None
    on = date_of(document, sentence, sum_.start)
    yield round_claim(sentence, document, company, (sum_.start, sum_.end), sum_.money, series, status, on)


def _price(told: Told) -> Iterator[Claim]:
    sentence, sum_ = told.sentence, told.sum_
    if valued := _AT_WHICH.match(sentence.text, sum_.end):
        sum_ = sum_._replace(start=valued.end() - 1, end=valued.end())  # dated as it was valued
    before = sentence.text[: sum_.start]
    status = unrealised(sentence, sum_.start, sum_.end)
    if _ASKED.match(sentence.text, sum_.end) or _TALKED_OF.search(before):
        status = status or "rumored"
    if _OFFERED_AT.search(before):
        status = "denied" if _REFUSED.search(before) else status or "rumored"
    statement = sentence.parsed.at(sum_.start)
    if statement is not None and statement.verb.group == "will be " and _AFTERWARDS.search(sentence.text):
        status = None
    own = dated(sentence, sum_.start) is not None
    on = date_of(told.document, sentence, sum_.start) if own else None
    yield _made(told, "valuation", status, on, {"valuation_kind": _valuation_kind(sentence, sum_)})


def _total(told: Told) -> Iterator[Claim]:
    sentence, document, sum_ = told.sentence, told.document, told.sum_
    on = date_of_figure(document, sentence, sum_.start)
    statement, published = sentence.parsed.at(sum_.start), document.article.published
    if statement is not None and published is not None and re.match(r"(?:has|have)\b", statement.verb.group):
        on = PartialDate(published.isoformat())  # a total is that of the day it is told
    elif statement is not None and re.match(r"had\b", statement.verb.group):
        own = dated_statement(sentence, statement, sum_.start, own=True)
        on = own.date if own is not None else None  # no day of another thing: "was founded in 2024 and had raised"
    yield _made(told, "total_funding", unrealised(sentence, sum_.start, sum_.end), on)


def _listing(told: Told) -> Iterator[Claim]:
    sentence, sum_ = told.sentence, told.sum_
    if not is_listing(sentence):
        on = date_of(told.document, sentence, sum_.start)
        yield _made(told, "ipo", unrealised(sentence, sum_.start, sum_.end), on)


def _figure(told: Told) -> Iterator[Claim]:
    sentence, document, sum_ = told.sentence, told.document, told.sum_
    status = unrealised(sentence, sum_.start, sum_.end)
    on = date_of_figure(document, sentence, sum_.start)
    published = document.article.published
    if is_of_now(sentence, sum_) and published is not None:  # "expects to reach $300 million, against $150 million now"
        status, on = None, PartialDate(published.isoformat())
    if status is None and _is_foreseen(sentence, sum_):
        status = "rumored"
    metric = told.role
    in_part = metric == "revenue_annual" and (_is_quarter(sentence, sum_) or _of_part_of_year(sentence, document))
    if metric == "spending" or in_part:
        metric = "other"
    if metric == "revenue_annual" and on is not None and _is_year(sentence):
        on = PartialDate(on.iso[:4])
    yield _made(told, "metric", status, on, {"metric": metric})


_MAKERS: Mapping[str, Callable[[Told], Iterator[Claim]]] = {
    "funding_round": _round,
    "valuation": _price,
    "total_funding": _total,
    "ipo": _listing,
}


def _made(
    told: Told,
    kind: ClaimType,
    status: Status | None,
    on: PartialDate | None,
    fields: Mapping[str, FieldValue] | None = None,
) -> Claim:
    sum_ = told.sum_
    return make(
        told.document,
        told.sentence,
        kind,
        told.company,
        (sum_.start, sum_.end),
        status=status,
        money=sum_.money,
        on=on,
        fields=fields,
    )


def is_of_now(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether "now" stands behind a sum."""
    return _NOW.match(sentence.text, sum_.end) is not None


_NOW = re.compile(r" (?:now|today|at present|currently)\b")


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


def _is_quarter(sentence: Sentence, sum_: FoundMoney) -> bool:
    others = [each for each in sentence.money if not each.restates]
    earlier = max((each.end for each in others if each.end <= sum_.start), default=0)
    later = min((each.start for each in others if each.start >= sum_.end), default=len(sentence.text))
    begin, end = max(earlier, sum_.start - 64), min(later, sum_.end + 64)
    if earlier and COMPARED.fullmatch(sentence.text[earlier : sum_.start]):
        begin = 0  # "was $53 million in the nine months, compared with $19 million a year before"
    return bool(_QUARTER.search(sentence.text[begin:end]) or _OPENS_WITH_QUARTER.match(sentence.text))


def _of_part_of_year(sentence: Sentence, document: Document) -> bool:
    """Whether a figure without a time of its own goes on from one of a quarter: "lost $14 million in the half-year"."""
    if sentence.where != "text" or sentence.dates or _WHOLE_YEAR.search(sentence.text):
        return False
    if _OF_GROUP.search(sentence.text) and _QUARTER.search(document.title):
        return True
    place = sentence.number
    before = [each for each in document.sentences[max(0, place - 2) : place] if each.paragraph == sentence.paragraph]
    return any(each.where == "text" and each.money and _QUARTER.search(each.text) for each in before)


def _is_year(sentence: Sentence) -> bool:
    return any(each.date is not None and each.date.precision == "year" for each in sentence.dates)


def _valuation_kind(sentence: Sentence, sum_: FoundMoney) -> str:
    near = sentence.text[max(0, sum_.start - 60) : sum_.end + 34]
    if POST.search(near) or _AFTERWARDS.search(sentence.text):
        return "post_money"
    return "pre_money" if PRE.search(near) else "unspecified"
