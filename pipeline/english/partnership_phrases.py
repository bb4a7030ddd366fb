"""Partnerships told around two names: "Channel 4 has signed a contract with Moonvalley", "the two have been"
" partners".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from db.nouns.identity import candidate_key
from pipeline.english.company_spans import company_spans
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import subject_company, weight
from pipeline.english.patterns import any_of
from pipeline.english.people import people_in
from pipeline.english.phrase_table import masked, may_hold, phrases
from pipeline.english.product_names import NO_NAME
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName
from pipeline.names.first_names import given_names

_PERSON = any_of("english_partnerships", "person")
_AGREED = GatedPattern(
    r"\b(?:deal|agree[ds]?|agreement|partnership|pact|alliance|licen[cs]e|licensing|collaboration|tie-up|contract)\b"
    r"|\b(?:two|both) (?:companies|sides|firms|parties)\b|\bcompanies said\b"
)
_MONEY_DEAL = GatedPattern(
    r"\bon (?:a|its|the|possible) sale\b"
    r"|\b(?:acqui\w+|funding|financing|investment|round|buy|bought|sold|buyout|merge\w*|settle\w*|sued?|lawsuit|debt|loan"
    r"|term sheet|raise[sd]?|investors?)\b"
)


class Pair(NamedTuple):
    """Two who work together: the company the text is about first, and where the phrase stands."""

    company: CompanyName
    partner: str
    start: int
    end: int


def pairs_in(sentence: Sentence, document: Document) -> Iterator[Pair]:
    """Every partnership of a sentence told around the names of both, one of them known or what the text is about."""
    if not may_hold(sentence.text, "english_partnerships"):
        return
    spans = company_spans(sentence, document)
    if not spans:
        return
    spans = {**_two_words(sentence), **spans}
    at = {start: company for (start, _), company in spans.items()}
    told: set[frozenset[str]] = set()
    for found in phrases("english_partnerships", masked(sentence.text, list(spans))):
        other = at.get(found.slots["B"])
        one = at.get(found.slots["A"]) if "A" in found.slots else _acting(sentence, document, found.start)
        if one is None or other is None or one.key == other.key or frozenset((one.key, other.key)) in told:
            continue
        if _is_part(one.name, other.name):
            continue  # "Alibaba Cloud" is Alibaba's own
        if _MONEY_DEAL.search(sentence.text[found.start : found.end + 20]):
            continue
        if found.kind == "using" and not _AGREED.search(sentence.text):
            continue
        topic = sentence.topic.key if sentence.topic is not None else None
        if not (one.known or other.known or topic in (one.key, other.key)):
            continue
        if other.key == topic or (one.key != topic and _standing(other) > _standing(one)):
            one, other = other, one
        told.add(frozenset((one.key, other.key)))
        yield Pair(one, other.name, found.start, found.end)


def _two_words(sentence: Sentence) -> dict[tuple[int, int], CompanyName]:
    """Strangers of two words and more that nothing makes a person: "Primordial Soup", "Electronic Arts"."""
    text, taken = sentence.text, [(each.start, each.end) for each in sentence.mentions]
    names = given_names()
    return {
        (each.start, each.end): CompanyName(candidate_key(each.name), each.name, False)
        for each in people_in(text, 0, len(text), taken)
        if each.name.split()[0] not in names
        and NO_NAME.match(each.name) is None
        and not _PERSON.search(text[max(0, each.start - 40) : each.start])
        and not _WHO.match(text, each.end)
    }


_WHO = re.compile(
    r", (?:who|aged|\d|(?:an?|the|its|their|his|her|[A-Z]\w+['’]s)[^.;,]{0,50}\b(?:director|act(?:or|ress)|film-?maker"
    r"|founder|chief|executive|producer|artist|singer|writer|author|president|head|partner|star|comedian|professor"
    r"|analyst|investor|officer)\b)"
)


def _is_part(one: str, other: str) -> bool:
    """Whether one name is the other with a word more."""
    short, long = sorted((one, other), key=len)
    return long.startswith(f"{short} ")


def _acting(sentence: Sentence, document: Document, place: int) -> CompanyName | None:
    """Who works with somebody where the phrase does not say: who acts there, else the company talked about."""
    statement = sentence.parsed.at(place)
    subject = statement.subject if statement is not None else None
    return subject_company(subject, sentence, document) or sentence.topic


def _standing(company: CompanyName) -> int:
    """How likely the text is about a company: strangers least."""
    return weight(company) if company.known else 0
