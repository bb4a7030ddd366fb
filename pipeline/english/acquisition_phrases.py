"""Acquisitions told around two names: "Captions is joining Adobe", "Adobe walked away from talks to buy Captions"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.english.company_spans import company_spans
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import references, weight
from pipeline.english.patterns import any_of
from pipeline.english.phrase_table import Match, masked, may_hold, phrases
from pipeline.names.company_name import CompanyName


class Deal(NamedTuple):
    """A company bought, by whom if told, how sure (done, agreed, rumored or denied), where it is told."""

    target: CompanyName
    buyer: str | None
    kind: str
    start: int
    end: int


_EXCHANGE = re.compile(
    r"K[Oo][Ss][Dd][Aa][Qq]|N[Aa][Ss][Dd][Aa][Qq]|NYSE|HKEX|Euronext|AIM|[\w ]*[Ss]tock [Ee]xchange|SPAC"
)
_THINGS = any_of("english_acquisitions", "things")
_OF_THE_FIELD = any_of("english_acquisitions", "of_the_field")
_NEAR_THE_FIELD = any_of("english_acquisitions", "near_the_field")
_PRONOUN = re.compile(r"(?:[Ii]t|[Tt]he|[Tt]his|[Tt]hat|[Tt]hey)\b")
_JOINS = re.compile(r"\bjoin(?:s|ed|ing)?\b")


_JOINS_OF = re.compile(r"\b(?:is joining|has joined|joins|will join|joined)\b")
_SOMEBODY_JOINS = re.compile(r", [A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){1,2},? (?:is|has|will|joins|joined)\b")
_POST_AT = re.compile(
    r"\b(?i:chief|head|founder|director|president|scientist|engineer|designer|executive|researcher|CEO|CTO)s?\b"
    r"[^.;,]{0,30} (?:of|at) (?:the )?\Z"
)
RIVAL_OF = re.compile(
    r"(?:['’]s?)? (?:[a-z-]+ )?(?:rival|competitor|challenger|spin-?off|supplier|customer|partner) (?=[A-Z])"
)
"""Between two companies: the second is bought, "buys Runway rival Luma"."""


def deals_in(sentence: Sentence, document: Document) -> Iterator[Deal]:
    """Every deal of a sentence told around the names of both parties, one of them known or what the text is about."""
    if not may_hold(sentence.text, "english_acquisitions"):
        return
    names = company_spans(sentence, document)
    at = {start: company for (start, _), company in names.items()}
    own = {each.start: each.company for each in references(sentence, document) if not each.named}
    investors = {each.key for each in sentence.mentions if each.kind == "investor"}
    told: set[str] = set()
    for found in phrases("english_acquisitions", masked(sentence.text, list(names))):
        target, buyer = (_party(sentence, found, slot, at, own) for slot in ("T", "B"))
        if target is not None and buyer is not None and target.key == buyer.key and found.slots.get("T") in own:
            target = sentence.topic  # "Nordfilm announced the purchase of the company"
        elif target is not None and buyer is not None and target.key == buyer.key and found.slots.get("B") in own:
            buyer = _told_before(sentence, document, target)
        if "either" in found.slots and target is not None and buyer is not None and weight(buyer) > weight(target):
            target, buyer = buyer, target
        nobody = "noB" in found.slots
        buyer = None if nobody else buyer
        if target is None or (buyer is None and not nobody) or target.key in told | investors:
            continue
        if buyer is not None and (buyer.key == target.key or _EXCHANGE.fullmatch(buyer.name)):
            continue  # "joined Nasdaq": a listing
        if not _is_of_ours(sentence, document, found, names, target, buyer) or _is_of_things(sentence, found, names):
            continue
        if (
            "B" in found.slots
            and not sentence.text[found.slots["B"]].isupper()
            and _JOINS.search(sentence.text, found.start, found.end)
        ):
            continue  # "and Airtree joined it": a round
        if _JOINS_OF.search(sentence.text, found.start, found.end) and (
            _SOMEBODY_JOINS.search(sentence.text, found.start, found.end)
            or _POST_AT.search(sentence.text[max(0, found.start - 60) : found.start])
        ):
            continue  # "The chief scientist of Hedra, Jane Doe, has joined Meta"
        if any(start == found.slots.get("T") and RIVAL_OF.match(sentence.text, end) for start, end in names):
            continue  # "buys Runway rival Luma"
        if "named" in found.slots and _PRONOUN.match(sentence.text, found.slots["T"]):
            continue  # "It is the company's first acquisition": of whom was told before
        told.add(target.key)
        start = found.slots["B"] if "rel" in found.slots else found.start
        yield Deal(target, buyer.name if buyer is not None else None, found.kind, start, found.end)


def _told_before(sentence: Sentence, document: Document, target: CompanyName) -> CompanyName | None:
    """Who "it" is that wants the company of the text: the only other one of the sentence before."""
    before = document.sentences[sentence.number - 1] if sentence.where == "text" and sentence.number else None
    named = {each.company.key: each.company for each in references(before, document) if each.named} if before else {}
    named.pop(target.key, None)
    return next(iter(named.values())) if len(named) == 1 else None


def _is_of_ours(
    sentence: Sentence,
    document: Document,
    found: Match,
    names: Mapping[tuple[int, int], CompanyName],
    target: CompanyName,
    buyer: CompanyName | None,
) -> bool:
    """Whether a party is known or the text's own, or the target is named as a company, or told to be of the field."""
    parties = [target] if buyer is None else [target, buyer]
    topic = sentence.topic
    if any(each.known or (topic is not None and topic.key == each.key) for each in parties):
        return True
    if any(each.kind == "company" and each.key == target.key for each in sentence.mentions):
        return True
    place = found.slots.get("T")
    if place is None:
        return False
    if any(start == place and _OF_THE_FIELD.match(sentence.text, end) for start, end in names):
        return True
    near = document.sentences[sentence.number : sentence.number + 2]
    return topic is None and any(_NEAR_THE_FIELD.search(each.text) for each in (sentence, *near))


def _is_of_things(sentence: Sentence, found: Match, names: Mapping[tuple[int, int], CompanyName]) -> bool:
    """Whether something of a party is paid for: "paid $2 million for Pika subscriptions", "won Adobe as a client"."""
    places = {place for slot, place in found.slots.items() if slot in ("T", "B")}
    return any(start in places and _THINGS.match(sentence.text, end) for start, end in names)


def _party(
    sentence: Sentence, found: Match, slot: str, at: Mapping[int, CompanyName], own: Mapping[int, CompanyName]
) -> CompanyName | None:
    """Who stands in a slot, or is meant by "its" in it; without the slot it is the company talked about."""
    if slot in found.slots:
        return at.get(found.slots[slot])
    if f"own{slot}" in found.slots:
        return own.get(found.slots[f"own{slot}"], sentence.topic)
    return sentence.topic
