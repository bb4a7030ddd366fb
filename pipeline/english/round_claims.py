"""A funding round as a claim: which name of a round goes with a sum, and what a loan, a grant or a stake is."""

from __future__ import annotations

import re

from db.model import Claim, FieldValue, Status
from db.values import Money, PartialDate
from pipeline.english.claim_builder import make
from pipeline.english.document import Document, Sentence
from pipeline.english.money_roles import role_of
from pipeline.english.parties import weight
from pipeline.english.patterns import any_of
from pipeline.english.sum_tests import sold_by_holders
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundMoney, FoundSeries

_TABLE = "english_sums"
_TOPPED_UP = any_of(_TABLE, "topped_up")
_TELLS_MORE = any_of(_TABLE, "tells_more")
_ADDED_TO = any_of(_TABLE, "added_to")
_LENT = any_of(_TABLE, "lent")
_ROUND_LINE = any_of(_TABLE, "round_line")
_GRANTED = any_of(_TABLE, "granted")
_ANNOUNCED = any_of(_TABLE, "announced")

_ANGELS = re.compile(r" from (?:\w+ ){0,2}?(?:angels|angel investors)\b")


def strategic(sentence: Sentence, sum_: FoundMoney) -> FoundSeries | None:
    """A company of another trade that invests alone takes a stake: "Disney agreed to invest $1 billion in OpenAI"."""
    statement = sentence.parsed.at(sum_.start)
    subject = statement.subject if statement is not None else None
    if statement is None or subject is None or statement.verb.lemma != "invest" or len(subject.names) != 1:
        return None
    mention = subject.names[0]
    alone = mention.kind == "company" and weight(CompanyName(mention.key, mention.name, mention.known)) == 1
    return FoundSeries(sum_.start, sum_.end, "corporate_round") if alone else None


def series_for(sentence: Sentence, sum_: FoundMoney, used: set[int]) -> FoundSeries | None:
    """The round's name nearest to a sum and not yet another sum's."""
    free = [series for series in sentence.series if series.start not in used and not _is_told(sentence, series, sum_)]
    near = [series for series in free if _gap(series, sum_) <= 70 and not _is_nearer(sentence, series, sum_)]
    if not near:
        statement = sentence.parsed.at(sum_.start)
        payer = statement.subject if statement is not None else None
        angels = _ANGELS.match(sentence.text, sum_.end)
        if payer is not None and re.search(r"\b[Aa]ngel(?:s| investors)\b", sentence.text[payer.start : payer.end]):
            return FoundSeries(sum_.start, sum_.end, "angel")
        return FoundSeries(angels.start(), angels.end(), "angel") if angels and not sentence.series else None
    best = min(near, key=lambda series: (series.investment_type == "series_unknown", _gap(series, sum_)))
    used.add(best.start)
    return best


def _is_nearer(sentence: Sentence, series: FoundSeries, sum_: FoundMoney) -> bool:
    """Whether a round's name stands with another sum: "raised €900,000 from angels and got a grant of €350,000"."""
    return any(
        _gap(series, other) < _gap(series, sum_) and not other.restates and role_of(sentence, other) == "funding_round"
        for other in sentence.money
        if other is not sum_
    )


def _is_told(sentence: Sentence, series: FoundSeries, sum_: FoundMoney) -> bool:
    """Whether "The Series D" that opens a sentence is the round told before, not that of a sum behind."""
    first = next(iter(sentence.parsed.statements), None)
    subject = first.subject if first is not None else None
    opens = subject is not None and subject.start <= series.start < subject.end and sum_.start > subject.end
    return opens and bool(re.match(r"(?:The|That|This) \Z", sentence.text[: series.start]))


def _gap(series: FoundSeries, sum_: FoundMoney) -> int:
    return min(abs(series.start - sum_.end), abs(sum_.start - series.end))


def _headed_series(sentence: Sentence, document: Document) -> FoundSeries | None:
    """The round's name of the line before, in a record: "Round: Series B", then "Amount: US$40m"."""
    if not re.match(r"(?:[-•*] )?(?:Amount|Raised|Sum|Size|Amount raised): ", sentence.text):
        return None
    place = sentence.number
    for earlier in document.sentences[max(0, place - 3) : place]:
        if _ROUND_LINE.match(earlier.text) and earlier.series:
            return earlier.series[0]._replace(start=0, end=1)
    return None


def _secondary(sentence: Sentence, span: tuple[int, int], money: Money | None) -> FoundSeries | None:
    """The sale of shares by those who hold them."""
    sold = any(each.money == money and sold_by_holders(sentence, each) for each in sentence.money)
    return FoundSeries(*span, "secondary_market") if sold else None


def _is_granted(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether a sum is a grant, whatever is borrowed beside it: "wins £1.1m in grants and borrows the rest"."""
    return bool(_GRANTED.search(sentence.text[max(0, span[0] - 40) : span[1] + 20]))


_AWARDED = re.compile(r"\b(?:awarded|granted)\b(?: \w+){0,3} \Z")


_OWNS = re.compile(r"['’]s (?:[$€£]?[\w.-]+ ){0,3}| ")


def own_date(sentence: Sentence, start: int, end: int) -> PartialDate | None:
    """A date that belongs to a round's name: "a 2024 seed round", "Series B, closed in May"."""
    for each in sentence.dates:
        if each.end <= start and _OWNS.fullmatch(sentence.text, each.end, start) is not None:
            return each.date
        if each.start >= end and _ANNOUNCED.fullmatch(sentence.text, end, each.start) is not None:
            return each.date
    return None


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
    """A funding round with its name; who put money in is added by `pipeline.english.rounds`."""
    topped_up = series is not None and _is_topped_up(sentence, series, span)
    if series is not None:
        on = own_date(sentence, series.start, series.end) or on
        span = (min(span[0], series.start), max(span[1], series.end))
    series = series or _headed_series(sentence, document) or _secondary(sentence, span, money)
    if series is None or (
        series.investment_type == "grant" and _LENT.search(sentence.text) and not _is_granted(sentence, span)
    ):
        lent = _LENT.search(sentence.text, max(0, span[0] - 110), span[1] + 26)
        series = FoundSeries(*span, "debt_financing") if lent else series
        if not lent and _AWARDED.search(sentence.text[: span[0]]):
            series = FoundSeries(*span, "grant")
    fields: dict[str, FieldValue] = {
        "investment_type": series.investment_type if series else "series_unknown",
        "series_qualifier": series and (series.qualifier or ("extension" if topped_up else None)),
    }
    return make(document, sentence, "funding_round", company, span, status=status, money=money, on=on, fields=fields)


def _is_topped_up(sentence: Sentence, series: FoundSeries, span: tuple[int, int]) -> bool:
    """Whether a sum is what a round of that name is topped up by, and not what the round it adds to came to."""
    text = sentence.text
    if _TELLS_MORE.fullmatch(text[series.end : span[0]]):
        return False
    behind = span[1] <= series.start <= span[1] + 1
    return not (behind and _ADDED_TO.search(text[: span[0]])) and bool(_TOPPED_UP.search(text[: series.start]))
