"""Rounds, prices, totals and figures: every claim of an English sentence that begins with a sum of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from db.model import Claim, FieldValue, Status
from db.values import Money, PartialDate
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.listings import is_listing
from pipeline.english.money_roles import METRICS, role_of
from pipeline.english.parties import party_at, references, weight
from pipeline.english.telling import date_of, dated, dated_statement, unrealised
from pipeline.found import FoundMoney, FoundSeries
from pipeline.gated_pattern import GatedPattern

_FUND = GatedPattern(
    r"\b(?:fund|vehicle)\b[^.;]{0,40}\b(?:clos|rais|target)|(?:closed|raised|raising|launch\w*) (?:its|a"
    r"|an)(?: \w+){0,3} fund\b"
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_QUARTER = re.compile(
    r"\bquarter\b|\bhalf[- ]year|\b(?:first|second) half\b|\b(?:nine|six|three) months\b|so far this year"
    rf"|\bbetween {_MONTH} and {_MONTH}|\bfrom {_MONTH} (?:to|through) {_MONTH}"
)
_TOPPED_UP = re.compile(
    r"\b(?:add(?:s|ed|ing)?|top(?:s|ped|ping)? up|extend(?:s|ed|ing)?|expand(?:s|ed|ing)?|extension (?:of"
    r"|to) its|reopen(?:s|ed)?|upsiz\w+|adds)\b[^.;]{0,60}\Z"
)
_COMPARED = re.compile(
    r"[^.;$€£]{0,90}?,? (?:up|down|compared|against|versus|rising|falling|more than double"
    r"|double)(?: sharply)?(?: from| with| to)? (?:the |a |just |about |around |roughly |some |nearly |only |over )?"
)
_ANGELS = re.compile(r" from (?:\w+ ){0,2}?(?:angels|angel investors)\b")
_UP_FROM = re.compile(
    r"(?:(?:At the end of 20\d\d|In 20\d\d|A year (?:ago|earlier|before)|By then"
    r"|Last year),? )?(?:[Tt]he figure|[Ii]t|[Tt]he number|[Tt]hat) (?:was|is|stood at|stands at|came to"
    r"|had been|has reached)(?: now| by then)?(?: about| just| around| only| nearer| closer to)? |(?:By|At"
    r"|In|As of) [^.;$€£,]{3,40},? (?:the figure|it|the number|that) (?:was|stood at|had been"
    r"|had reached) (?:about |just |around |only )?|(?:That|This|It|The figure) (?:is|was|compares"
    r"|compared)(?: up| down| with)?[^.;$€£]{0,20}(?:from|with) (?:about |just |around |only )?"
)
_SINCE_THEN = re.compile(
    r"[^.;$€£]{0,40}?,? and (?:has|had) (?:since |now |already |by then )?"
    r"(?:passed|reached|topped|grown to|risen to|climbed to|hit|exceeded|doubled to) (?:about |more than |over )?"
)
_GAPPED = re.compile(r"(?:[^.;$€£]{0,40}?)(?:,? and|, while|;|,) (?:the )?")
_FOR = re.compile(r" (?:for|at|with|in|to|took|took in|got|raised)? ?(?:about |around |some |just |over |more than )?")
_AFTERWARDS = GatedPattern(r"\b[Aa]fter the (?:deal|round|investment|merger|sale)\b")
_POST = re.compile(
    r"[Pp]ost-money|after the (?:new )?money\b|including the (?:new )?(?:money|investment|cash)|[Aa]fter the (?:deal"
    r"|round|investment)"
    r"|with the new money"
)
_PRE = re.compile(
    r"[Pp]re-money|before the (?:new )?(?:money|investment|cash)|excluding the (?:new )?(?:money|investment)"
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
            before = _continued(sentence, document, sum_)
        role = _of_told_figure(sentence, document, sum_, role) or role
        if before is not None:
            role, company = _carried_over(sentence, document, before, sum_) or (role, None)
            gapped = company is not None and company.key != before[2].key
        if role is None or (role == "funding_round" and _FUND.search(sentence.text)):
            continue
        if role != "total_funding" and _is_of_several(sentence, sum_):
            continue
        if role == "funding_round" and _is_told_aside(sentence, sum_, document):
            role = "total_funding"
        company = company or _of_unit(sentence, document, sum_, role) or party_at(sentence, sum_.start, document)
        if role == "funding_round" and _is_float(sentence, document, sum_):
            role = "ipo"
        if company is not None and _is_somebody_elses(sentence, document, sum_, company):
            continue
        if company is not None and role == "spending" and weight(company) == 1:
            continue  # what the big ones spend is no figure of the field
        if company is not None:
            first = before[0] if before is not None and gapped else None
            before = (sum_, role, company)
            for claim in _claim(sentence, sum_, role, company, document, used):
                yield _dated_as(claim, first, sum_, sentence, document)


_FIGURE = re.compile(
    r"\b(?:put|puts|putting|pegged|estimated) (?:the figure|the number|the sum|it|that) at\b[^.;$€£]{0,24}\Z"
    r"|\b(?:the|that) (?:figure|number|sum)\b[^.;$€£]{0,24}? (?:was|is|were|stood at|came to"
    r"|comes to)\b[^.;$€£]{0,20}\Z"
)
"""A sum that is what was told of in the sentence before, whatever that was."""
_PRICE_TOLD = re.compile(r"\b(?:price|valu(?:e|ed|ation|ations)|worth|pre-money|post-money)\b")


def _of_told_figure(sentence: Sentence, document: Document, sum_: FoundMoney, role: str | None) -> str | None:
    """What "the figure" is: what the sentence before told a sum of, or its price; None where none is spoken of."""
    if role not in (None, "other", "funding_round") or not _FIGURE.search(sentence.text[: sum_.start]):
        return None
    if _POST.search(sentence.text[sum_.end :]) or _PRE.search(sentence.text[sum_.end :]):
        return "valuation"
    place = document.sentences.index(sentence)
    earlier = document.sentences[place - 1] if place else None
    if earlier is None or earlier.where != sentence.where:
        return None
    told = [told for each in earlier.money if (told := role_of(earlier, each)) is not None]
    return told[-1] if told else "valuation" if _PRICE_TOLD.search(earlier.text) else None


_FLOAT = re.compile(
    r"\b(?:IPO|initial public offering|float|flotation|go(?:ing)? public|list(?:ing)?s? (?:in|on)|(?:stock"
    r"|share)[- ]market"
    r" (?:debut|listing)|prospectus|listing (?:hearing|application)|(?:Hong Kong|Nasdaq|London|New York"
    r"|Shanghai) listing)\b"
)
_NO_FLOAT = re.compile(r"\b(?:round|Series|seed|venture|private|from|led|loan|convertible)\b")


def _is_float(sentence: Sentence, document: Document, sum_: FoundMoney) -> bool:
    """Whether what somebody hopes to raise is raised on the stock market: told of right before, or in the title."""
    if sentence.series or _NO_FLOAT.search(sentence.text) or unrealised(sentence, sum_.start, sum_.end) != "rumored":
        return False
    place = document.sentences.index(sentence)
    earlier = document.sentences[max(0, place - 2) : place] if sentence.where == "text" else []
    near = [each for each in earlier if each.where == "text" and sentence.paragraph - each.paragraph <= 1]
    return any(_FLOAT.search(each.text) for each in (sentence, *near)) or bool(
        _FLOAT.search(document.title) and sentence.paragraph <= 2
    )


def _dated_as(
    claim: Claim, first: FoundMoney | None, sum_: FoundMoney, sentence: Sentence, document: Document
) -> Claim:
    """A sum told in a gap ("and Runway $308 million") is of the day of the first, unless a date stands right behind."""
    if first is None or any(0 <= each.start - sum_.end <= 8 for each in sentence.dates):
        return claim
    return replace(claim, event_date=date_of(document, sentence, first.start))


_SEVERAL = re.compile(
    r"(?:[Tt]he|[Aa]ll|[Tt]hese|[Tt]hose|[Bb]oth) ?(?:two|three|four|five|six|seven|ten|pair|trio|lot|group|sector"
    r"|field)?\b"
    r"(?: (?:companies|startups|start-ups|firms|rivals|rounds|deals))?\Z"
)


def _is_of_several(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether a sum is that of several companies: "Between them the four have taken in more than $1.8 billion"."""
    if re.search(r"\b(?:[Bb]etween them|[Cc]ombined|[Cc]ollectively)\b", sentence.text[: sum_.start]):
        return True
    statement = sentence.parsed.at(sum_.start)
    subject = statement.subject if statement is not None else None
    if subject is None or subject.names or subject.owners:
        return False
    written = sentence.text[subject.start : subject.end]
    return bool(_SEVERAL.fullmatch(written)) and written.lower() not in ("the", "all", "both")


_FROM_UNIT = re.compile(
    r"\b(?:[Rr]evenues?|[Ss]ales|[Tt]urnover|losses|loss|ARR|income) (?:from|of|at|for) (?:its "
    r"|the )?(?:[a-z-]+ ){0,3}\Z"
)


def _of_unit(sentence: Sentence, document: Document, sum_: FoundMoney, role: str) -> CompanyName | None:
    """Whose figure an owner reports: "Kuaishou put revenue from Kling AI at 340 million yuan"."""
    if role not in METRICS:
        return None
    for each in references(sentence, document):
        if each.named and each.end <= sum_.start and _FROM_UNIT.search(sentence.text[: each.start]):
            return each.company
    return None


def _is_somebody_elses(sentence: Sentence, document: Document, sum_: FoundMoney, company: CompanyName) -> bool:
    """Whether a sentence names another company of the field before a sum, and never the one the sum was taken for."""
    told = references(sentence, document)
    if any(each.company.key == company.key for each in told):
        return False
    return any(each.named and each.end <= sum_.start and weight(each.company) > 1 for each in told)


def _is_told_aside(sentence: Sentence, sum_: FoundMoney, document: Document) -> bool:
    """As in "The company has raised $27 million from ..." in a text whose news is no money: all until then."""
    statement = sentence.parsed.at(sum_.start)
    if statement is None or sentence.where == "title" or sentence.paragraph == 0 or sentence.series or sentence.dates:
        return False
    if not re.match(r"(?:has|have)\b", statement.verb.group) or statement.verb.lemma != "raise":
        return False
    news = " ".join(each.text for each in document.sentences if each.where == "title" or each.paragraph == 0)
    return not _MONEY_NEWS.search(news) and not re.search(r"\b(?:led|round|seed|at an?)\b", sentence.text[sum_.end :])


_MONEY_NEWS = re.compile(r"\b(?:rais|fund|financ|invest|round|back|seed|Series [A-K]\b|secur|clos)|[$€£]")


def _continued(sentence: Sentence, document: Document, sum_: FoundMoney) -> tuple[FoundMoney, str, CompanyName] | None:
    """The last sum of the sentence before, where this one begins "That is up from"."""
    if not _UP_FROM.fullmatch(sentence.text[: sum_.start]):
        return None
    place = document.sentences.index(sentence)
    earlier = document.sentences[place - 1] if place else None
    if earlier is None or not earlier.money:
        return None
    last = next((each for each in reversed(earlier.money) if role_of(earlier, each) is not None), earlier.money[-1])
    role, company = role_of(earlier, last), party_at(earlier, last.start, document)
    return (last._replace(start=-1, end=0), role, company) if role is not None and company is not None else None


def _carried_over(
    sentence: Sentence, document: Document, before: tuple[FoundMoney, str, CompanyName], sum_: FoundMoney
) -> tuple[str, CompanyName] | None:
    """What a sum is that leans on the one before: "up from $250 million", "and Luma AI for $1.1 billion"."""
    gap = sentence.text[before[0].end : sum_.start]
    if _COMPARED.fullmatch(gap) or _SINCE_THEN.fullmatch(gap) or before[0].start < 0:
        return before[1], before[2]
    for each in references(sentence, document):
        between = each.named and before[0].end < each.start and each.end < sum_.start
        if not between or each.company.key == before[2].key:
            continue
        joined = _GAPPED.fullmatch(sentence.text[before[0].end : each.start])
        if joined and _FOR.fullmatch(sentence.text[each.end : sum_.start]):
            return before[1], each.company
    return None


def _claim(
    sentence: Sentence, sum_: FoundMoney, role: str, company: CompanyName, document: Document, used: set[int]
) -> Iterator[Claim]:
    span = (sum_.start, sum_.end)
    if role == "valuation" and (valued := _AT_WHICH.match(sentence.text, sum_.end)):
        sum_ = sum_._replace(start=valued.end() - 1, end=valued.end())  # dated as it was valued
    status = unrealised(sentence, sum_.start, sum_.end)
    on = date_of(document, sentence, sum_.start)
    published = document.article.published
    if _NOW.match(sentence.text, sum_.end) and published is not None and role in METRICS:
        status, on = (
            None,
            PartialDate(published.isoformat()),
        )  # "expects to reach $300 million, against $150 million now"
    if role == "valuation" and _ASKED.match(sentence.text, sum_.end):
        status = status or "rumored"
    if role == "funding_round":
        series = _series_for(sentence, sum_, used) or _strategic(sentence, sum_)
        yield round_claim(sentence, document, company, span, sum_.money, series, status, on)
    elif role == "valuation":
        on = on if dated(sentence, sum_.start) is not None else None
        statement = sentence.parsed.at(sum_.start)
        if statement is not None and statement.verb.group == "will be " and _AFTERWARDS.search(sentence.text):
            status = None
        fields: dict[str, FieldValue] = {"valuation_kind": _valuation_kind(sentence, sum_)}
        yield make(
            document, sentence, "valuation", company, span, status=status, money=sum_.money, on=on, fields=fields
    elif role == "total_funding":
        statement = sentence.parsed.at(sum_.start)
        published = document.article.published
        if statement is not None and published is not None and re.match(r"(?:has|have)\b", statement.verb.group):
            on = PartialDate(published.isoformat())  # a total is that of the day it is told
        elif statement is not None and re.match(r"had\b", statement.verb.group):
            own = dated_statement(sentence, statement, sum_.start, own=True)
            on = own.date if own is not None else None  # no day of another thing: "was founded in 2024 and had raised"
        yield make(document, sentence, "total_funding", company, span, status=status, money=sum_.money, on=on)
    elif role == "ipo" and not is_listing(sentence):
        yield make(document, sentence, "ipo", company, span, status=status, money=sum_.money, on=on)
    elif role in METRICS:
        kind = "other" if role == "spending" or (role == "revenue_annual" and _is_quarter(sentence, sum_)) else role
        if kind == "revenue_annual" and on is not None and _is_year(sentence):
            on = PartialDate(on.iso[:4])
        fields = {"metric": kind}
        yield make(document, sentence, "metric", company, span, status=status, money=sum_.money, on=on, fields=fields)


_NOW = re.compile(r" (?:now|today|at present|currently)\b")
_ASKED = re.compile(
    r" (?:price|valuation)(?: tag)? (?:that )?(?:it|they|(?:the|its) \w+)"
    r" (?:wants?|wanted|seeks?|sought|hopes? for|asks?|asked|is \w+ing|are \w+ing)\b"
)
"""The price somebody asks is none that anybody paid."""
_AT_WHICH = re.compile(r" at which [^,;]{2,60}? (?:was|were|had been|is) (?:\w+ )?valued\b")


def _strategic(sentence: Sentence, sum_: FoundMoney) -> FoundSeries | None:
    """A company of another trade that invests alone takes a stake: "Disney agreed to invest $1 billion in OpenAI"."""
    statement = sentence.parsed.at(sum_.start)
    subject = statement.subject if statement is not None else None
    if statement is None or subject is None or statement.verb.lemma != "invest" or len(subject.names) != 1:
        return None
    mention = subject.names[0]
    alone = mention.kind == "company" and weight(CompanyName(mention.key, mention.name, mention.known)) == 1
    return FoundSeries(sum_.start, sum_.end, "corporate_round") if alone else None


def _is_quarter(sentence: Sentence, sum_: FoundMoney) -> bool:
    begin = max(0, sum_.start - 48)
    earlier = max((each.end for each in sentence.money if each.end <= sum_.start), default=None)
    if earlier is not None and _COMPARED.fullmatch(sentence.text[earlier : sum_.start]):
        begin = 0  # "was $53 million in the nine months, compared with $19 million a year before"
    return bool(_QUARTER.search(sentence.text[begin : sum_.end + 48]))


def _is_year(sentence: Sentence) -> bool:
    return any(each.date is not None and each.date.precision == "year" for each in sentence.dates)


def _valuation_kind(sentence: Sentence, sum_: FoundMoney) -> str:
    near = sentence.text[max(0, sum_.start - 60) : sum_.end + 34]
    if _POST.search(near) or _AFTERWARDS.search(sentence.text):
        return "post_money"
    return "pre_money" if _PRE.search(near) else "unspecified"


def _series_for(sentence: Sentence, sum_: FoundMoney, used: set[int]) -> FoundSeries | None:
    """The round's name nearest to a sum and not yet another sum's."""
    free = [series for series in sentence.series if series.start not in used and not _is_told(sentence, series, sum_)]
    near = [series for series in free if _gap(series, sum_) <= 70 and not _is_nearer(sentence, series, sum_)]
    if not near:
        statement = sentence.parsed.at(sum_.start)
        payer = statement.subject if statement is not None else None
        angels = _ANGELS.match(sentence.text, sum_.end)
        if payer is not None and re.search(r"\bangels\b", sentence.text[payer.start : payer.end]):
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


_LENT = re.compile(
    r"\b(?:venture|bank|term|growth|secured)?[- ]?(?:loans?\b|lending)|\bborrow(?:s|ed|ing)?\b|\b(?:credit|debt"
    r"|loan) (?:line|facility)\b"
    r"|\bfacility, (?:agreed|arranged|signed)|\bof (?:venture )?debt\b|\blen[dt]s?\b"
)
"""Money that has to be paid back, where no round is named."""


_ROUND_LINE = re.compile(r"(?:[-•*] )?(?:Round|Stage|Type|Series|Round type)(?: of funding)?: ")


def _headed_series(sentence: Sentence, document: Document) -> FoundSeries | None:
    """The round's name of the line before, in a record: "Round: Series B", then "Amount: US$40m"."""
    if not re.match(r"(?:[-•*] )?(?:Amount|Raised|Sum|Size|Amount raised): ", sentence.text):
        return None
    place = document.sentences.index(sentence)
    for earlier in document.sentences[max(0, place - 3) : place]:
        if _ROUND_LINE.match(earlier.text) and earlier.series:
            return earlier.series[0]._replace(start=0, end=1)
    return None


def _is_granted(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether a sum is a grant, whatever is borrowed beside it: "wins £1.1m in grants and borrows the rest"."""
    return bool(_GRANTED.search(sentence.text[max(0, span[0] - 40) : span[1] + 20]))


_GRANTED = re.compile(r"\b(?:grants?\b[^,;]{0,12}[$€£]|in grants|of grants|awarded)|[mn] grants?\b")


_AWARDED = re.compile(r"\b(?:awarded|granted)\b(?: \w+){0,3} \Z")


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
    if series is not None:
        span = (min(span[0], series.start), max(span[1], series.end))
    series = series or _headed_series(sentence, document)
    if series is None or (
        series.investment_type == "grant" and _LENT.search(sentence.text) and not _is_granted(sentence, span)
    ):
        lent = _LENT.search(sentence.text, max(0, span[0] - 110), span[1] + 26)
        series = FoundSeries(*span, "debt_financing") if lent else series
        if not lent and _AWARDED.search(sentence.text[: span[0]]):
            series = FoundSeries(*span, "grant")
    fields: dict[str, FieldValue] = {
        "investment_type": series.investment_type if series else "series_unknown",
        "series_qualifier": series
        and (series.qualifier or ("extension" if _TOPPED_UP.search(sentence.text[: series.start]) else None)),
    }
    return make(document, sentence, "funding_round", company, span, status=status, money=money, on=on, fields=fields)


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


def _tied(claim: Claim, told: Claim | None, sentence: Sentence, document: Document) -> Claim:
    if claim.type != "valuation":
        return claim
    status = (
        told.status
        if told is not None and told.status == "rumored" and told.sentence == claim.sentence
        else claim.status
    )
    on = claim.event_date or (told.event_date if told is not None else None)
    return replace(claim, event_date=on or date_of(document, sentence, claim.end - 1 - sentence.place), status=status)
