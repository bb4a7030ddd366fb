"""Companies that go public, and those that plan to, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.english.claim_builder import make
from pipeline.english.document import Document, Sentence
from pipeline.english.listing_sums import is_float
from pipeline.english.money_roles import role_of
from pipeline.english.parties import references
from pipeline.english.patterns import any_of, gated
from pipeline.english.payees import party_at
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.names.company_name import CompanyName

_TABLE = "english_listings"
_TRIGGER = gated(_TABLE, "trigger")
_DONE = gated(_TABLE, "done")
_NOT_YET = gated(_TABLE, "not_yet")
_SINCE_IT = any_of(_TABLE, "since_it")
_OF_APPS = gated(_TABLE, "of_apps")
_DROPPED = any_of(_TABLE, "dropped")
_NOT_AT_ALL = any_of(_TABLE, "not_at_all")
_KEPT_FROM = any_of(_TABLE, "kept_from")
_LEFT_OPEN = gated(_TABLE, "left_open")
_DESCRIBED = any_of(_TABLE, "described")
_WHICH = any_of(_TABLE, "which_public")
_GOES_ON = any_of(_TABLE, "goes_on")

_BY_ANOTHER = re.compile(r"(?:list|float|listing|floating|lists|floats|tak\w+|took|bring\w*|brought)\b")
_ASIDE = re.compile(r", (?:which|that|who) (?:\w+ )?\Z|\b(?:after|since|before|by|from) \Z")
_DATED = 24
"""Characters: " since January 2025"."""

_EXCHANGES = {
    "HKEX": r"Hong Kong|HKEX",
    "NASDAQ": r"Nasdaq|NASDAQ",
    "NYSE": r"New York Stock Exchange|NYSE",
    "SSE": r"Shanghai (?:Stock|stock|exchange|STAR|listing)|STAR Market|on STAR",
    "SZSE": r"Shenzhen (?:Stock|stock|exchange|listing)"
    "|ChiNext",
    "KOSDAQ": r"K[Oo][Ss][Dd][Aa][Qq]",
    "TSE": r"Tokyo (?:Stock|stock|exchange|listing|IPO)|(?:IPO|[Ll]isting|[Ll]ist|[Ff]loat) (?:in|on) (?:the )?Tokyo",
    "Euronext": r"Euronext",
    "NSE": r"\bNSE\b|National Stock Exchange of India",
    "BSE": r"\bBSE\b|Bombay Stock Exchange",
    "TSX": r"\bTSX\b|Toronto Stock Exchange|(?:IPO|[Ll]isting|[Ll]ist|[Ff]loat) in Toronto",
    "SGX": r"\bSGX\b|Singapore Exchange",
    "KOSPI": r"K[Oo][Ss][Pp][Ii]",
    "ASX": r"Australian Securities Exchange|\bASX\b",
    "LSE": r"London Stock Exchange|(?:IPO|[Ll]isting|[Ff]lotation|[Ff]loat|[Ll]ist|[Pp]ublic) (?:in|on) London"
    "|London (?:IPO|listing|float)",
}


def _of_topic(sentence: Sentence, position: int) -> CompanyName | None:
    """Whose listing it is where the listing itself is the subject: "An IPO in London is a matter of time"."""
    statement = sentence.parsed.at(position)
    subject = statement.subject if statement is not None else None
    inside = subject is not None and subject.start <= position < subject.end
    return sentence.topic if inside and subject is not None and not subject.names and not subject.owners else None


def _told_of_it(sentence: Sentence, start: int, end: int) -> str:
    """What a sentence tells of a listing: its own clause, where that is an aside, or up to another company's."""
    if _ASIDE.search(sentence.text, 0, start):
        comma = sentence.text.find(",", end)
        return sentence.text[start : comma if comma >= 0 else len(sentence.text)]
    for statement in sentence.parsed.statements:
        subject = statement.subject
        named = subject is not None and subject.names and subject.start >= end and not statement.relative
        if subject is not None and named and _GOES_ON.search(sentence.text[: subject.start]):
            return sentence.text[: subject.start]
    return sentence.text


def _object(sentence: Sentence, document: Document, match: re.Match[str]) -> CompanyName | None:
    """Whose listing another brings about: "take Kling public", "which its owner takes public"."""
    if not _BY_ANOTHER.match(match[0]):
        return None
    named = [each for each in references(sentence, document) if sentence.text[each.start : each.end] != "its"]
    inside = [each for each in named if match.start() < each.start and each.end <= match.end()]
    if inside:
        return inside[0].company
    earlier = [each for each in named if each.named and each.end <= match.start()]
    if earlier and _KEPT_FROM.search(sentence.text, 0, match.start()):
        return earlier[-1].company
    which = earlier and _WHICH.match(sentence.text, earlier[-1].end, match.end())
    return earlier[-1].company if which else None


def is_listing(sentence: Sentence) -> bool:
    """Whether a sentence tells of a listing itself, with its sum if it has one."""
    return _TRIGGER.search(sentence.text) is not None


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """One listing a sentence; a filing or a plan is not done yet."""
    match = _TRIGGER.search(sentence.text)
    if match is None or _OF_APPS.search(sentence.text):
        return
    exchange = next((code for code, words in _EXCHANGES.items() if re.search(words, sentence.text)), None)
    told = _told_of_it(sentence, match.start(), match.end())
    not_yet = bool(_NOT_YET.search(told))
    since_then = _SINCE_IT.search(sentence.text[: match.end()]) is not None
    done = (bool(_DONE.search(told)) and not not_yet) or since_then
    dropped = bool(_DROPPED.search(sentence.text, max(0, match.start() - 80), match.end()))
    dropped = dropped or _NOT_AT_ALL.search(sentence.text) is not None
    left_open = _LEFT_OPEN.search(sentence.text) is not None
    if exchange is None and not done and not not_yet and not dropped:
        return
    statement = sentence.parsed.at(match.start())
    subject = statement.subject if statement is not None else None
    if subject is not None and subject.names and all(each.kind == "product" for each in subject.names):
        return  # a product's debut is a launch
    before = sentence.text[: match.start()]
    since = next((each.date for each in sentence.dates if 0 <= each.start - match.end() < _DATED), None)
    described = _DESCRIBED.search(before + match[0]) is not None
    if described and since is None:
        return
    company = _object(sentence, document, match) or party_at(sentence, match.start(), document)
    company = company or _of_topic(sentence, match.start())
    if company is None:
        return
    status = unrealised(sentence, *match.span()) or (None if done else "rumored")
    if (status != "denied" and since_then) or _KEPT_FROM.search(before):
        status = None
    if left_open:
        status = "rumored"
    elif dropped:
        status = "denied"
    money = next(
        (
            sum_.money
            for sum_ in sentence.money
            if not sum_.restates and (role_of(sentence, sum_) == "ipo" or is_float(sentence, document, sum_))
        ),
        None,
    )
    on = since if described else date_of(document, sentence, match.start())
    published = document.article.published
    later = [each.date for each in sentence.dates if each.date is not None and each.start > match.end()]
    if status == "rumored" and published is not None and later and later[0].first_day() > published:
        on = later[0]  # the day it is planned for, in whatever clause
    fields = {"exchange": exchange}
    yield make(document, sentence, "ipo", company, match.span(), status=status, money=money, on=on, fields=fields)
