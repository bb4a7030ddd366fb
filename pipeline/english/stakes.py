"""Investments whose size nobody tells: a stake taken, "an investment of undisclosed size", backing won."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import references, weight
from pipeline.english.payees import party_at
from pipeline.english.round_claims import round_claim
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundSeries

_STAKE = GatedPattern(
    r"\b(?:made|makes|take[ns]?|took|bought|buys|acquired|acquires)"
    r" (?:an? |its )(?:(?:strategic|minority|small|first|further|undisclosed|[\d.]+(?:%| per ?cent)) ){0,2}"
    r"(?:equity )?(?:investment|stake|holding)\b"
    r"|\b(?:raised|secured|agreed|closed) an? (?:[\w\"“”]+ )?bridge\b"
    r"|\binvested an undisclosed (?:sum|amount)\b"
    r"|\b(?:raised|secured|received|bagged|got|closed|landed|attracted) an? (?:undisclosed|unspecified)"
    r" (?:amount|sum|round|investment)\b(?: of (?:money|funding|capital))?(?: in [^.;,]{3,30}?)? from\b"
    r"|\b(?:won|secured|received|attracted|landed) (?:(?:strategic|minority|new|fresh|an?|undisclosed) ){0,2}"
    r"(?:backing|investment|funding) from\b"
)
_UNTOLD = re.compile(
    r"\bundisclosed\b|\bnot (?:disclosed|given|made public|revealed)\b|\b(?:did|would) not (?:say|disclose|reveal)\b"
    r"|\b(?:size|terms|amount|sum)\b[^.;]{0,30}\b(?:undisclosed|confidential|secret|unknown)\b"
    r"|\bstrategic (?:investment|stake)\b"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """One investment a sentence without a sum, where it or the next says that the size is not told."""
    match = None if sentence.money else _STAKE.search(sentence.text)
    if match is None or not _is_untold(sentence, document):
        return
    statement = sentence.parsed.at(match.start())
    subject = statement.subject if statement is not None else None
    giver = next((CompanyName(each.key, each.name, each.known) for each in subject.names), None) if subject else None
    won = match[0].endswith("from")
    company = party_at(sentence, match.start(), document) if won else _target(sentence, document, match.end(), giver)
    if company is None or (giver is not None and not won and company.key == giver.key):
        return
    trade = giver is not None and not won and weight(giver) == 1
    series = FoundSeries(*match.span(), "corporate_round" if trade or "strategic" in match[0] else "series_unknown")
    status = unrealised(sentence, *match.span())
    on = date_of(document, sentence, match.start())
    yield round_claim(sentence, document, company, match.span(), None, series, status, on)


def _is_untold(sentence: Sentence, document: Document) -> bool:
    place = sentence.number
    following = document.sentences[place + 1 : place + 2]
    return any(_UNTOLD.search(each.text) for each in (sentence, *following))


def _target(sentence: Sentence, document: Document, place: int, giver: CompanyName | None) -> CompanyName | None:
    """In whom: the company told behind "in", else the one talked about."""
    for each in references(sentence, document):
        if each.start >= place and sentence.text[place : each.start].strip() in ("in", "in the"):
            return each.company
    topic = sentence.topic
    return topic if topic is not None and (giver is None or topic.key != giver.key) else None
