"""Acquisitions told around two names: "Captions is joining Adobe", "Adobe walked away from talks to buy Captions"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from db.identity import candidate_key
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.parties import company_of
from pipeline.english.people import people_in
from pipeline.english.phrase_table import gate, masked, phrases
from pipeline.english.product_names import NO_NAME
from pipeline.english.verbs import words

_NAME = re.compile(r"(?<![\w’'.$€£-])[A-Z][\w&.-]*\w(?: (?:& )?[A-Z][\w&-]*\w){0,3}")


class Deal(NamedTuple):
    """A company bought, by whom, how sure ("done", "agreed", "rumored" or "denied"), and where the phrase stands."""

    target: CompanyName
    buyer: str
    kind: str
    start: int
    end: int


def deals_in(sentence: Sentence, document: Document) -> Iterator[Deal]:
    """Every deal of a sentence told around the names of both parties, one of them known or what the text is about."""
    if not gate("english_acquisitions").may_open(sentence.text):
        return
    names = _names(sentence, document)
    if len(names) < 2:
        return
    at = {start: company for (start, _), company in names.items()}
    investors = {each.key for each in sentence.mentions if each.kind == "investor"}
    told: set[str] = set()
    for found in phrases("english_acquisitions", masked(sentence.text, list(names))):
        target, buyer = at.get(found.slots["T"]), at.get(found.slots["B"])
        if target is None or buyer is None or target.key == buyer.key or target.key in told | investors:
            continue
        if not (target.known or buyer.known or (sentence.topic and sentence.topic.key in (target.key, buyer.key))):
            continue
        told.add(target.key)
        yield Deal(target, buyer.name, found.kind, found.start, found.end)


def _names(sentence: Sentence, document: Document) -> dict[tuple[int, int], CompanyName]:
    """The companies a sentence names, those nobody has listed among them, by their spans."""
    found: dict[tuple[int, int], CompanyName] = {}
    for mention in sentence.mentions:
        company = company_of(mention, document) if mention.kind == "company" else None
        if mention.kind == "investor":
            company = CompanyName(mention.key, mention.name, False)
        if company is not None:
            found[mention.start, mention.end] = company
    taken = [
        *((each.start, each.end) for each in sentence.mentions),
        *((each.start, each.end) for each in sentence.dates),
        *((each.start, each.end) for each in sentence.money),
        *((each.start, each.end) for each in people_in(sentence.text, 0, len(sentence.text), [])),
    ]
    for match in _NAME.finditer(sentence.text):
        start, end = match.span()
        if NO_NAME.match(match[0]) or _is_plain(match[0]) or any(one < end and start < two for one, two in taken):
            continue
        found[start, end] = CompanyName(candidate_key(match[0]), match[0], False)
    return found


def _is_plain(name: str) -> bool:
    """Whether a capitalised word only opens a sentence or names a people or a place in time."""
    first = name.split()[0].lower()
    return len(name) < 3 or any(
        first in words(kind)
        for kind in ("prepositions", "determiners", "pronouns", "subordinators", "conjunctions", "adverbs")
    )
