"""Companies that go public, and those that plan to, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.listing_sums import is_float
from pipeline.english.money_roles import role_of
from pipeline.english.payees import party_at
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.gated_pattern import GatedPattern

_TRIGGER = GatedPattern(
    r"\b(?:(?:flotation|float) (?:in|on)|(?:came|come|comes) to the (?:stock )?market|floated (?:on|in)"
    r"|join(?:s|ed) (?:the )?(?:K[Oo][Ss][Dd][Aa][Qq]|Nasdaq|NASDAQ|NYSE|(?:\w+ ){0,2}[Ss]tock [Ee]xchange)"
    r"|(?:plans?|hopes?|expects?|wants?|intends?|aims?|due|set) to (?:list|float)\b|went public|goes public|go public"
    r"|going public|IPO|initial public offering|listed (?:on|in)"
    r"|lists (?:on|in)|(?:could|will|may|to|then) list (?:in|on)"
    r"|fil(?:e|es|ed|ing) (?:\w+ )?(?:to list|for an? (?:\w+ )?(?:IPO|initial|listing|offering|float))"
    r"|(?:submitted|filed|published|lodged) (?:a |its )?(?:draft )?prospectus|applied (?:to list|for a listing)"
    r"|(?:list|listing|float|floating) (?:the company|itself|its shares|the business) (?:in|on)|(?:US|overseas|domestic"
    r"|American|foreign|Wall Street) (?:listing|IPO|float)"
    r"|made (?:its|their) (?:\w+ ){0,3}?debut|listing (?:hearing|application)|"
    r"began trading|begin trading|began to trade|start trading|listing (?:in|on)|(?:stock market"
    r"|stock-market|public|Hong Kong|Nasdaq|New York|Shanghai|London|Tokyo|Seoul|Paris|Frankfurt|Sydney|Toronto)"
    r" (?:listing|debut|float|flotation)"
    r"|(?:sell|sold|selling|offer|offering) (?:its |new )?shares (?:to the public|in (?:Hong Kong|New York|London|Tokyo"
    r"|Shanghai|Seoul|Paris))"
    r"|debuted (?:on|in))\b"
)
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
    "ASX": r"Australian Securities Exchange|\bASX\b",
    "LSE": r"London Stock Exchange|(?:IPO|[Ll]isting|[Ff]lotation|[Ff]loat|[Ll]ist|[Pp]ublic) (?:in|on) London"
    "|London (?:IPO|listing|float)",
}
_DONE = GatedPattern(
    r"\b(?:went public|goes public|came to the|floated|listed|debuted|debut|began trading|began to trade|raised|rose"
    r"|join(?:s|ed)"
    r"|fell|(?:[Ss]ince|[Aa]fter|[Ff]ollowing) (?:its|the|an?) (?:\w+ ){0,2}(?:IPO|listing|flotation|float"
    r"|initial public offering)"
    r"|jump(?:s|ed)|priced|sold)\b"
)
_NOT_YET = GatedPattern(
    r"\b(?:plans?|planned|filed|could|may|might|considering|consider\w*|prepar\w+|ready for|aims?|ahead of"
    r"|possible|potential|seek\w*|explor\w+|weigh\w+|eyes|mulls?|hopes?|wants?|expects?|intends?|would like to"
    r"|target\w*"
    r"|study\w*|studied|conversation|question|years away|no earlier|not before|at the earliest|(?:some|one) day"
    r"|applied|submitted|prospectus|candidate|(?:hired|picked|chosen|appointed|mandated)"
    r" (?:(?:\w+ )?(?:banks|bankers|advisers)\b|[A-Z])|hearing)"
)


_SINCE_IT = re.compile(
    r"\b(?:[Ss]ince|[Aa]fter|[Ff]ollowing) (?:its|the|their) (?:\w+ ){0,3}(?:IPO|listing|flotation|float|debut"
    r"|offering)\Z"
    r"|(?<!be )\b(?:floated (?:on|in)|joined (?:the )?(?:\w+ ){0,2}\w+)\Z"
)
"""What is told of since a listing, is of one that was."""
_OF_APPS = GatedPattern(
    r"\b(?:(?:went|go|goes|going) public (?:in|as) (?:a |an )?(?:\w+ )?(?:beta|preview|test)"
    r"|(?:companies|groups|firms|those) listed (?:on|in)|app (?:stores?|charts?)|App Store|Play Store|app rankings?)\b"
)
_DROPPED = re.compile(
    r"\b(?:rul(?:e|es|ed|ing) out"
    r"|drop(?:s|ped|ping)?|shel(?:ve|ves|ved|ving)|abandon\w*|scrap\w*|cancel\w*|withdr[ae]w\w*|ditch\w*"
    r"|pull(?:s|ed)?"
    r"|call(?:s|ed)? off|postpon\w+|fr(?:eezes?|ozen?)|put(?:s|ting)? (?:off|on hold))\b[^.;,]{0,60}\Z"
)
_NOT_AT_ALL = re.compile(r"\bnot (?:under discussion|on the (?:table|agenda|cards)|being considered)\b")


def _of_topic(sentence: Sentence, position: int) -> CompanyName | None:
    """Whose listing it is where the listing itself is the subject: "An IPO in London is a matter of time"."""
    statement = sentence.parsed.at(position)
    subject = statement.subject if statement is not None else None
    inside = subject is not None and subject.start <= position < subject.end
    return sentence.topic if inside and subject is not None and not subject.names and not subject.owners else None


def _told_of_it(sentence: Sentence, start: int, end: int) -> str:
    """What a sentence tells of a listing: up to where it goes on with another company."""
    for statement in sentence.parsed.statements:
        subject = statement.subject
        named = subject is not None and subject.names and subject.start >= end and not statement.relative
        if subject is not None and named and _GOES_ON.search(sentence.text[: subject.start]):
            return sentence.text[: subject.start]
    return sentence.text


_GOES_ON = re.compile(r"(?:, (?:and|while|but|whereas) |; )(?:[\w-]+ ){0,4}\Z")


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
    done = bool(_DONE.search(told)) and not not_yet
    dropped = bool(_DROPPED.search(sentence.text[max(0, match.start() - 80) : match.start()]))
    if exchange is None and not done and not not_yet and not dropped:
        return
    statement = sentence.parsed.at(match.start())
    subject = statement.subject if statement is not None else None
    if subject is not None and subject.names and all(each.kind == "product" for each in subject.names):
        return  # a product's debut is a launch
    company = party_at(sentence, match.start(), document) or _of_topic(sentence, match.start())
    if company is None:
        return
    status = unrealised(sentence, *match.span()) or (None if done else "rumored")
    if status != "denied" and _SINCE_IT.search(sentence.text[: match.start()] + match[0]):
        status = None
    if dropped or _NOT_AT_ALL.search(sentence.text):
        status = "denied"
    money = next(
        (
            sum_.money
            for sum_ in sentence.money
            if not sum_.restates and (role_of(sentence, sum_) == "ipo" or is_float(sentence, document, sum_))
        ),
        None,
    )
    on = date_of(document, sentence, match.start())
    published = document.article.published
    later = [each.date for each in sentence.dates if each.date is not None and each.start > match.end()]
    if status == "rumored" and published is not None and later and later[0].first_day() > published:
        on = later[0]  # the day it is planned for, in whatever clause
    fields = {"exchange": exchange}
    yield make(document, sentence, "ipo", company, match.span(), status=status, money=money, on=on, fields=fields)
