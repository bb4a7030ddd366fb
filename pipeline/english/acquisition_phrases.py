"""Acquisitions told around two names: "Captions is joining Adobe", "Adobe walked away from talks to buy Captions"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.english.company_spans import company_spans
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import references
from pipeline.english.phrase_table import Match, masked, may_hold, phrases
from pipeline.names.company_name import CompanyName


class Deal(NamedTuple):
    """A company bought, by whom, how sure ("done", "agreed", "rumored" or "denied"), and where the phrase stands."""

    target: CompanyName
    buyer: str
    kind: str
    start: int
    end: int


_EXCHANGE = re.compile(r"K[Oo][Ss][Dd][Aa][Qq]|N[Aa][Ss][Dd][Aa][Qq]|NYSE|HKEX|Euronext|AIM|[\w ]*[Ss]tock [Ee]xchange")
_JOINS = re.compile(r"\bjoin(?:s|ed|ing)?\b")


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
        if buyer is not None and _EXCHANGE.fullmatch(buyer.name):
            continue  # "joined Nasdaq": a listing
        if target is None or buyer is None or target.key == buyer.key or target.key in told | investors:
            continue
        named = any(each.kind == "company" and each.key == target.key for each in sentence.mentions)
        if not (
            target.known or buyer.known or named or (sentence.topic and sentence.topic.key in (target.key, buyer.key))
        ):
            continue
        if (
            "B" in found.slots
            and not sentence.text[found.slots["B"]].isupper()
            and _JOINS.search(sentence.text, found.start, found.end)
        ):
            continue  # "and Airtree joined it": a round
        told.add(target.key)
        yield Deal(target, buyer.name, found.kind, found.start, found.end)


def _party(
    sentence: Sentence, found: Match, slot: str, at: Mapping[int, CompanyName], own: Mapping[int, CompanyName]
) -> CompanyName | None:
    """Who stands in a slot, or is meant by "its" in it; without the slot it is the company talked about."""
    if slot in found.slots:
        return at.get(found.slots[slot])
    if f"own{slot}" in found.slots:
        return own.get(found.slots[f"own{slot}"], sentence.topic)
    return sentence.topic
