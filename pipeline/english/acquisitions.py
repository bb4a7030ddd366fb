"""Who buys whom in English, and for how much; sales that are only looked for, and those denied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, Status
from db.values import PartialDate
from pipeline.english.acquisition_phrases import Deal, deals_in
from pipeline.english.bought import deals_of, is_whole, named_at
from pipeline.english.claim_builder import make
from pipeline.english.deal_prices import price_behind, price_near, price_within
from pipeline.english.deeds import Deed, deeds
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import is_company_itself, references, subject_company, weight
from pipeline.english.patterns import any_of, gated
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.names.company_name import CompanyName

_TABLE = "english_acquisitions"
_NOUN = gated(_TABLE, "noun")
_TURNED_DOWN = gated(_TABLE, "turned_down")
_CAME_TO_NOTHING = gated(_TABLE, "came_to_nothing")
_REFUSED = gated(_TABLE, "refused")
_NO_SALE = gated(_TABLE, "no_sale")
_ABOUT_SALE = gated(_TABLE, "about_sale")
_NOT_TOLD = any_of(_TABLE, "not_told")
_ENDED = gated(_TABLE, "ended")
_IS_OFF = any_of(_TABLE, "is_off")

_WHETHER = re.compile(r"\b(?:whether|if|who (?:think|believe|say|claim)s?(?: that)?) (?:[\w.’'-]+ ){1,5}\Z")
"""What is only asked: "would not be drawn on whether Runway itself is for sale"."""


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """Acquisitions: the target is the company of the claim."""
    told: set[str] = set()
    for deal in () if _investors_pay(sentence) else deals_in(sentence, document):
        told.add(deal.target.key)
        yield _dealt(sentence, document, deal)
    for deed in deeds(sentence, "acquisition"):
        if deed.kind == "offered" and _WHETHER.search(sentence.text, 0, deed.statement.verb.start):
            continue
        if deed.kind == "buys" and deed.statement.verb.form == "ing" and _NOT_TOLD.search(sentence.text[: deed.start]):
            continue
        for target, acquirer, end in deals_of(sentence, document, deed):
            if target.key not in told and (acquirer is None or acquirer != target.name):
                told.add(target.key)
                yield _claim(sentence, document, target, acquirer, deed, end)
    if not told:
        yield from _noun(sentence, document)
        yield from _talks(sentence, document)
        yield from _refused(sentence, document)


_PAY = frozenset(("stump", "cough", "fork", "shell", "lay", "part", "splash", "put", "hand", "pony"))


def _investors_pay(sentence: Sentence) -> bool:
    """Whether it is investors who pay: "Greycroft and Coatue are stumping up $80 million for Stability AI", a round."""
    first = next((each for each in sentence.parsed.statements if not each.relative), None)
    if first is None or first.subject is None or first.verb.lemma not in _PAY:
        return False
    return any(
        each.kind == "investor" and first.subject.start <= each.start < first.subject.end for each in sentence.mentions
    )


def _refused(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A sale that does not happen, whoever would buy: "turned down a takeover approach", "isn't for sale"."""
    match = _REFUSED.search(sentence.text)
    if match is None:
        yield from _no_sale(sentence, document)
        return
    before = [each for each in references(sentence, document) if each.end <= match.start()]
    statement = sentence.parsed.at(match.start())
    subject = statement.subject if statement is not None else None
    company = subject_company(subject, sentence, document)
    if company is None and before and match.start() - before[-1].end == 1:
        company = before[-1].company
    if company is None or (subject is not None and subject.end < match.start() - 30):
        return
    on = date_of(document, sentence, match.start())
    span = (before[-1].start if before else match.start(), match.end())
    yield make(document, sentence, "acquisition", company, span, status="denied", on=on, fields={"acquirer": None})


def _no_sale(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A sale of the company talked about that is not to be: "a sale is not on the table", "called off the sale"."""
    match = _NO_SALE.search(sentence.text)
    if match is None:
        return
    statement = sentence.parsed.at(match.start())
    subject = statement.subject if statement is not None else None
    acting = subject is not None and subject.end <= match.start()
    company = subject_company(subject, sentence, document) if acting else None
    before = [each.company for each in references(sentence, document) if each.named and each.end <= match.start()]
    company = company or (before[0] if before else sentence.topic)
    if company is not None:
        on = date_of(document, sentence, match.start())
        fields = {"acquirer": None}
        yield make(document, sentence, "acquisition", company, match.span(), status="denied", on=on, fields=fields)


def _dealt(sentence: Sentence, document: Document, deal: Deal) -> Claim:
    """The claim of a deal told around its parties' names."""
    status: Status | None = None
    if deal.kind in ("rumored", "denied"):
        denied = deal.kind == "denied" or unrealised(sentence, deal.start, deal.end) == "denied"
        status = "denied" if denied else "rumored"
    else:
        status = unrealised(sentence, deal.start, deal.end)
        if deal.kind == "agreed" and status == "rumored":
            status = None
        if ", having been " in sentence.text[deal.start : deal.end]:
            status = None  # "did not survive alone, having been folded into Wix": that it was
    if status == "rumored" and (
        _TURNED_DOWN.search(sentence.text[deal.start :]) or _CAME_TO_NOTHING.search(sentence.text[deal.start :])
    ):
        status = "denied"
    if _IS_OFF.match(sentence.text, deal.end):
        status = "denied"
    return make(
        document,
        sentence,
        "acquisition",
        deal.target,
        (deal.start, deal.end),
        status=status,
        money=price_behind(sentence, deal.end)
        or price_within(sentence, deal.start, deal.end)
        or price_near(sentence, deal.start),
        on=_dated_within(sentence, deal)
        or date_of(document, sentence, deal.end - 1)
        or date_of(document, sentence, deal.start),
        fields={"acquirer": deal.buyer},
    )


def _dated_within(sentence: Sentence, deal: Deal) -> PartialDate | None:
    """The only date in the words that tell a deal, or right behind: "having been bought by Nordfilm in January, it"."""
    inside = [each for each in sentence.dates if deal.start <= each.start and each.start - deal.end <= _RIGHT_BEHIND]
    behind = inside and sentence.text[deal.end : inside[0].start]
    return inside[0].date if len(inside) == 1 and not (behind and re.search(r"[,;:]", behind)) else None


_RIGHT_BEHIND = 4
"""Characters: " in "."""


def _noun(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """As in "Nvidia's acquisition of Runway", "the takeover of Runway by Nvidia"."""
    match = _NOUN.search(sentence.text)
    if match is None:
        return
    target = next(
        (each for each in references(sentence, document) if match.end() <= each.start <= match.end() + 24), None
    )
    if target is None or not is_whole(sentence, document, target):
        return
    if _OF_ELSE.search(sentence.text, match.end(), target.start):
        return
    by = re.match(r"[^.;]{0,40}?\bby (?P<name>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})", sentence.text[target.end :])
    buyer = match["buyer"] or (by["name"] if by else None)
    named = named_at(sentence, document, match.start("buyer")) if match["buyer"] else None
    if buyer is None:
        named = _who_gains(sentence, document, match, target.end)
    if (named or buyer) == target.company.name or (named is None and buyer is None and not target.named):
        return
    status = unrealised(sentence, match.start(), target.end)
    if re.search(r"\b(?:planned|proposed|possible|potential|pending)\b", match[0]):
        status = status or "rumored"
    if _IS_OFF.match(sentence.text, target.end):
        status = "denied"
    fields = {"acquirer": named or buyer}
    on = date_of(document, sentence, match.start())
    money = price_near(sentence, match.start())
    yield make(
        document,
        sentence,
        "acquisition",
        target.company,
        (match.start(), target.end),
        status=status,
        money=money,
        on=on,
        fields=fields,
    )


_OF_ELSE = re.compile(r"\b(?:by|from|for|with|in|to)\b")
"""What is bought is something else: "the purchase of tickets by Sony staff"."""


def _who_gains(sentence: Sentence, document: Document, match: re.Match[str], end: int) -> str | None:
    """Who buys in "With the purchase of Reelworks, Synthesia gains 20 engineers", and in "its purchase of"."""
    if match[0].startswith(("Its", "its")):
        own = next((each for each in references(sentence, document) if each.start == match.start()), None)
        return own.company.name if own is not None else None
    if not _WITH_IT.search(sentence.text[: match.start()]):
        return None
    for statement in sentence.parsed.statements:
        subject = statement.subject
        if subject is not None and subject.start > end:
            company = subject_company(subject, sentence, document)
            return company.name if company is not None and is_company_itself(subject) else None
    return None


_WITH_IT = re.compile(r"\A(?:With|Through|By|After|Following) \Z")


def _talks(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """As in "HeyGen had held talks with Salesforce about a takeover": the lighter of the two would buy the other."""
    match = _ABOUT_SALE.search(sentence.text)
    subject = statement.subject if match and (statement := sentence.parsed.at(match.start())) else None
    company = subject_company(subject, sentence, document)
    if match is None or company is None:
        return
    named = next((each for each in references(sentence, document) if each.start == match.start("other")), None)
    if named is not None and weight(named.company) > weight(company):
        target, acquirer = named.company, company.name
    else:
        target, acquirer = company, named.company.name if named is not None else match["other"]
    status = unrealised(sentence, match.start(), match.end())
    denied = status == "denied" or re.search(r"\bno \Z", sentence.text[: match.start()]) or _ENDED.search(sentence.text)
    yield make(
        document,
        sentence,
        "acquisition",
        target,
        (subject.start if subject is not None else match.start(), match.end()),
        status="denied" if denied else "rumored",
        money=price_near(sentence, match.start()),
        on=date_of(document, sentence, match.start()),
        fields={"acquirer": acquirer},
    )


def _claim(
    sentence: Sentence, document: Document, target: CompanyName, acquirer: str | None, deed: Deed, end: int
) -> Claim:
    verb = deed.statement.verb
    status: Status | None = unrealised(sentence, verb.start, max(end, deed.end))
    if re.search(r"\b(?:agreed|agrees|agree) to\b", sentence.text[: verb.main][-40:]) and status != "denied":
        status = None
    if status == "rumored" and verb.group.strip() == "will" and unrealised(sentence, 0, 0) is None:
        status = None
    if deed.kind == "offered":
        status = status or "rumored"
        if re.search(r"\bnot\b", sentence.text[verb.start : deed.end]):
            status = "denied"
    elif status == "rumored" and (
        _TURNED_DOWN.search(sentence.text[verb.end :]) or _CAME_TO_NOTHING.search(sentence.text[verb.end :])
    ):
        status = "denied"
    elif verb.lemma in ("bid", "approach", "outbid", "offer"):
        ended = _TURNED_DOWN.search(sentence.text[verb.end :]) or _CAME_TO_NOTHING.search(sentence.text[verb.end :])
        status = "denied" if ended else status or "rumored"
    on = date_of(document, sentence, verb.main)
    subject = deed.statement.subject
    start = subject.start if subject is not None and subject.start < verb.start else verb.start
    fields = {"acquirer": acquirer}
    return make(
        document,
        sentence,
        "acquisition",
        target,
        (start, end),
        status=status,
        money=price_behind(sentence, end) or price_near(sentence, verb.start),
        on=on,
        fields=fields,
    )
