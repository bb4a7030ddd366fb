"""Agreements between two named parties, told in English: licences, supply, distribution, joint work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from db.values import PartialDate
from pipeline.english.agreed import MONEY_DEAL, pair_of, pair_with
from pipeline.english.claim_builder import make
from pipeline.english.deeds import deeds
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import references, subject_company
from pipeline.english.partnership_phrases import Pair, pairs_in
from pipeline.english.patterns import any_of, gated
from pipeline.english.statements import Statement
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.names.company_name import CompanyName

_TABLE = "english_partnerships"
_NOUN = gated(_TABLE, "noun")
_SIGNED = any_of(_TABLE, "signed")
_UNSURE = any_of(_TABLE, "unsure")
_RESELLS = gated(_TABLE, "resells")
_OVER = any_of(_TABLE, "over")
_CAME_APART = any_of(_TABLE, "came_apart")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """An agreement and the partner's name; one a sentence."""
    for pair in pairs_in(sentence, document):
        if _is_negated(sentence, pair.start):
            return
        if _OVER.search(sentence.text[: pair.start]) or _CAME_APART.search(sentence.text, pair.end):
            continue
        yield _paired(sentence, document, pair)
        return
    for deed in deeds(sentence, "partnership"):
        found = pair_of(sentence, document, deed)
        if found is not None:
            company, partner, end = found
            if partner == company.name or _NOT.search(deed.statement.verb.group):
                continue
            yield _claim(sentence, document, company, partner, deed.statement, end)
            return
    yield from _noun(sentence, document)
    yield from _resells(sentence, document)


_NONE = re.compile(r"\b(?:no|not|never|without|any)\b[^.;,]{0,30}\Z")
_NOT = re.compile(r"\b(?:not|never)\b|n't")


def _is_negated(sentence: Sentence, place: int) -> bool:
    """Whether two do not work together: no agreement that somebody denies, but none at all."""
    statement = sentence.parsed.at(place)
    return statement is not None and _NOT.search(statement.verb.group) is not None


def _paired(sentence: Sentence, document: Document, pair: Pair) -> Claim:
    """The claim of a partnership told around both names."""
    status = unrealised(sentence, pair.start, pair.end)
    if status == "rumored" and not _UNSURE.search(sentence.text[: pair.end]):
        status = None
    on = _signed_on(sentence, pair.end) or date_of(document, sentence, pair.end - 1)
    on = on or date_of(document, sentence, pair.start)
    span, fields = (pair.start, pair.end), {"partner": pair.partner}
    return make(document, sentence, "partnership", pair.company, span, status=status, on=on, fields=fields)


def _signed_on(sentence: Sentence, end: int) -> PartialDate | None:
    """The date behind "since" or "announced": "have been partners since March", "under a deal announced on Monday"."""
    for each in sentence.dates:
        if each.start >= end and _SIGNED.search(sentence.text[end : each.start]):
            return each.date
    return None


def _resells(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """As in "The agency Dentsu will resell the software in Japan"."""
    match = _RESELLS.search(sentence.text)
    topic, statement = sentence.topic, sentence.parsed.at(match.end() - 1) if match is not None else None
    if match is None or topic is None or statement is None or _IT_SELF.match(match["who"]):
        return
    near = [each for each in references(sentence, document) if each.start <= match.start("who") < each.end]
    who = near[0].company.name if near else match["who"]
    if who != topic.name and not topic.name.startswith(who):
        yield _claim(sentence, document, topic, who, statement, match.end(), start=match.start())


_IT_SELF = re.compile(r"(?:It|They|He|She|We|The|This|That|Its)\b")


def _noun(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """As in "the computing deal it struck with Humain last year"."""
    match = _NOUN.search(sentence.text)
    if match is None or MONEY_DEAL.search(sentence.text[max(0, match.start() - 30) : match.end()]):
        return
    if _NONE.search(sentence.text[: match.start()]):
        return
    statement = sentence.parsed.at(match.end() - 1)
    company = subject_company(statement.subject, sentence, document) if statement else None
    partner = next((each for each in references(sentence, document) if each.start >= match.end()), None)
    if company is not None and partner is not None and partner.company.key == company.key and partner.named:
        company = sentence.topic  # "Its partnership with Nvidia gives it chips": the partner's name is the subject's
    if _OVER.search(sentence.text[: match.start()]) or _CAME_APART.search(sentence.text, match.end()):
        return
    if company is None:
        before = [each for each in references(sentence, document) if each.end <= match.start()]
        company = before[-1].company if before else sentence.topic
    found = pair_with(sentence, document, company, match.end())
    if found is not None and statement is not None:
        yield _claim(sentence, document, found[0], found[1], statement, found[2], start=match.start())


def _claim(
    sentence: Sentence,
    document: Document,
    company: CompanyName,
    partner: str,
    statement: Statement,
    end: int,
    start: int | None = None,
) -> Claim:
    verb = statement.verb
    status = unrealised(sentence, verb.start, verb.end)
    if status == "rumored" and re.search(r"\b(?:will|would|agreed? to|agrees to)\b", sentence.text[: verb.end][-40:]):
        status = None
    on = date_of(document, sentence, start if start is not None else verb.main)
    begin = (
        start if start is not None else min(verb.start, statement.subject.start if statement.subject else verb.start)
    )
    fields = {"partner": partner}
    return make(
        document, sentence, "partnership", company, (begin, max(end, begin)), status=status, on=on, fields=fields
    )
