"""Rounds whose sum is not told in English: "announced its Series D", "topped up its seed round"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from db.model import Claim, Status
from pipeline.english.dated_statements import dated
from pipeline.english.document import Document, Sentence
from pipeline.english.money_roles import role_of
from pipeline.english.payees import party_at
from pipeline.english.round_claims import round_claim
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern, GatedTable

_TRIGGER = re.compile(
    r"\b(?:clos(?:es|ed|ing)|complet(?:es|ed)|announc(?:es|ed)|rais(?:es|ed|ing)|secur(?:es|ed)|led|leads"
    r"|lands|landed|finish(?:es|ed)|reached|opened|opening|topped up|tops up|extended|won|received"
    r"|launched|sold|undisclosed|unspecified|talks?|talking|negotiat\w+|pitching|seek(?:s|ing)?|planning|preparing"
    r"|explor\w+|considering|discussing|weighing|marketing|provided|funded|financed|joined|backed|took part in)\b"
)
_CLOSED_BEHIND = re.compile(
    r"(?: round)?(?:,? (?:in|on) (?:\w+ ){0,3}\d{4},)?(?: from [^.;,$€£]{2,60}?)?,? (?:which |that )?(?:was "
    r"|has been |had been )?(?:closed|completed"
    r"|announced|raised|finished|signed|wrapped up|followed|came)\b"
)
_LED = re.compile(r" (?:the |its |an? )?(?:[\w’'-]+ ){0,4}?(?:fundraising|fundraise|funding round|financing|round)\b")
_ASIDE = re.compile(r"\b(?:since|after|before|following|ahead of|between|from)\b(?: \w+){0,2} \Z")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A named round with a verb that closes it, in a sentence that tells no sum for it."""
    talk = _talk(sentence, document)
    if talk is not None:
        yield talk
        return
    if not sentence.series:
        yield from _fundraising(sentence, document)
    if not sentence.series or any(role_of(sentence, sum_) == "funding_round" for sum_ in sentence.money):
        return
    if len(sentence.series) > 1 and any(role_of(sentence, sum_) == "total_funding" for sum_ in sentence.money):
        return  # "raised $83 million across Seed, Series A and Series B"
    for series in sentence.series:
        before = sentence.text[max(0, series.start - 60) : series.start]
        if series.investment_type == "series_unknown" and series.qualifier is None:
            continue
        if _ASIDE.search(before) or not (_TRIGGER.search(before) or _CLOSED_BEHIND.match(sentence.text, series.end)):
            continue
        company = party_at(sentence, series.start, document)
        if company is None:
            continue
        status = unrealised(sentence, series.start, series.end)
        on = date_of(document, sentence, series.start)
        yield round_claim(sentence, document, company, (series.start, series.end), None, series, status, on)
        return
    yield from _in_passing(sentence, document)


_NEW = re.compile(r"\b(?:an?|its (?:last|latest|previous|first)) (?:[\w-]+ ){0,2}?\Z")
_OF_SOMEBODY = re.compile(
    r"(?: round| funding| financing)?(?: (?:in|last|this|early|late) [^.;,$€£]{3,20}?)?"
    r"(?:,? (?:that|which) (?:was |had )?(?:co-)?led\b"
    r"|,? (?:co-)?led by|,? in which [^.;,$€£]{2,60}? (?:was|were|acted as|took) (?:the )?(?:co-)?leads?\b"
    r"|,? (?:that|which) [A-Z][^.;,$€£]{1,50}? (?:had )?(?:co-)?led\b"
    r"| (?:had |has )?(?:set|put|valued|priced|lifted) (?:it|the|its|[A-Z]))"
)


def _in_passing(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A round told first here, by who led it or what it made of the price: "after a Series B led by GV"."""
    for series in sentence.series:
        if not _NEW.search(sentence.text, max(0, series.start - 40), series.start):
            continue
        if series.investment_type in ("grant", "debt_financing") or not _OF_SOMEBODY.match(sentence.text, series.end):
            continue
        company = party_at(sentence, series.start, document) or sentence.topic
        if company is None:
            continue
        status = unrealised(sentence, series.start, series.end)
        on = date_of(document, sentence, series.start)
        yield round_claim(sentence, document, company, (series.start, series.end), None, series, status, on)
        return


@cache
def _talked() -> GatedTable[str]:
    table = lexicon("pipeline.lexicon", "english_round_talk")
    return GatedTable((GatedPattern(line), kind) for kind, lines in table.items() for line in lines)


def _talk(sentence: Sentence, document: Document) -> Claim | None:
    """A round without a sum that is only talked about, denied, or told of by its date."""
    if sentence.money or sentence.where == "title":
        return None
    for pattern, kind in _talked().possible(sentence.text):
        match = pattern.search(sentence.text)
        company = party_at(sentence, match.start(), document) if match is not None else None
        if match is None or company is None or (kind == "done" and not sentence.dates):
            continue
        status: Status | None = "denied" if kind == "denied" else unrealised(sentence, *match.span())
        if kind == "rumored" and status != "denied":
            status = "rumored"
        series = next((each for each in sentence.series if each.investment_type != "series_unknown"), None)
        on = date_of(document, sentence, match.start())
        return round_claim(sentence, document, company, match.span(), None, series, status, on)
    return None


def _fundraising(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """As in "Coatue led the London company's fundraising last year": a round told by its leader and its date."""
    if sentence.money or not sentence.dates:
        return
    for statement in sentence.parsed.statements:
        told = _LED.match(sentence.text, statement.verb.end)
        if statement.verb.lemma not in ("lead", "co-lead") or statement.verb.passive or told is None:
            continue
        found = dated(sentence, statement.verb.main)
        company = party_at(sentence, told.end() - 1, document)
        if found is not None and found.date is not None and company is not None:
            span = (statement.verb.start, told.end())
            yield round_claim(sentence, document, company, span, None, None, None, found.date)
            return
