"""The claims of an English document: its readers, one small file per kind of statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from db.model import Claim
from pipeline.english import (
    acquisitions,
    controversies,
    counts,
    foundings,
    launches,
    lawsuits,
    layoffs,
    leadership,
    listings,
    money_claims,
    partnerships,
    rounds_without_sum,
    shutdowns,
    stakes,
)
from pipeline.english.deal_prices import with_price
from pipeline.english.document import Document, Sentence
from pipeline.english.in_the_field import TOLD_OF_OUTSIDERS, in_the_field
from pipeline.english.listing_sums import with_listing_sum
from pipeline.english.one_name_each import one_name_each
from pipeline.english.outsiders import outsiders
from pipeline.english.rounds import with_backers
from pipeline.english.suits_told import each_suit_once
from pipeline.english.tied_prices import tie_prices
from pipeline.english.topics import follow_topic
from pipeline.matching.gated_pattern import GatedPattern

READERS: Sequence[Callable[[Sentence, Document], Iterable[Claim]]] = (
    money_claims.read,
    rounds_without_sum.read,
    stakes.read,
    acquisitions.read,
    listings.read,
    shutdowns.read,
    layoffs.read,
    leadership.read,
    launches.read,
    foundings.read,
    lawsuits.read,
    counts.read,
    partnerships.read,
    controversies.read,
)


_WRONG = re.compile(
    r"(?:That|This|It|The figure|The number|Both figures?|The amount)(?: \w+)? (?:was|is|were) (?:wrong"
    r"|incorrect|not correct|not right|mistaken|an error|a mistake|untrue|inaccurate)\b"
)


_UNTRUE = re.compile(
    r"[\"“']?(?:It|That|This|None of it|The report) is (?:simply |just |completely )?(?:not true|untrue|false|nonsense)"
)


_SUPPOSED = re.compile(
    r"(?:If(?! [^,.;]{3,40} (?:is|are) (?:to be (?:trusted|believed)|right|correct|accurate)\b)|Imagine|Suppose"
    r"|What if|Were|Had)\b(?! you)"
    r"|(?:Correction: )?An? (?:previous|earlier|original) version of th"
    r"|(?:Correction: )?Th(?:is|e) (?:article|story|report) (?:originally|previously|incorrectly|initially|earlier) "
)


_ASKS = re.compile(
    r"(?:And |But |So )?(?:Ha[sd]|Have|Did|Does|Do|Is|Are|Was|Were|Will|Would|Could|Can|Should|Might|May)\b"
    r"(?! (?:you|that|this)\b)"
)
"""What is asked is not told: "Has it a billion-dollar price?"."""


_CORRECTED = GatedPattern(
    r"\b(?:earlier|previous|original|first|prior) (?:version|edition|draft)s? of (?:this|the|our|that)"
    r" (?:article|story|report|post|piece|item|newsletter)\b[^.;]{0,60}?\b(?:said|gave|stated|put|had|described|named"
    r"|called|reported|listed|wrote|attributed|claimed|contained|referred)\b(?! (?:in|on) (?:the|a) correction)"
    r"|"
    r"\b[Ww]e (?:also |had )?(?:(?:wrongly|incorrectly|mistakenly|erroneously) \w+|misstated|misreported"
    r"|misidentified)\b"
    r"|\b(?:article|story|report|chart|table|headline|edition|newsletter|version)\b[^.;]{0,50}\b(?:wrongly|incorrectly"
    r"|mistakenly|erroneously|misstated|overstated|understated)\b"
)
_WROTE = re.compile(r"\b[Ww]e (?:also )?(?:wrote|said|reported|stated|described|gave|put|called)\b")


def _is_corrected(sentence: Sentence, document: Document) -> bool:
    """Whether a sentence tells what was printed wrongly: "In Monday's edition we wrote that", in a correction."""
    if _CORRECTED.search(sentence.text):
        return True
    return document.title.startswith(("Correction", "Clarification")) and bool(_WROTE.search(sentence.text))


_DAY_ALONE = re.compile(
    r"(?:It was |They were )?(?:[Aa]nnounced|[Cc]losed|[Dd]isclosed|[Ss]igned|[Cc]ompleted|[Rr]eported)(?: on| in)? \Z"
)


def date_told_behind(sentence: Sentence, told: list[Claim]) -> None:
    """A sentence that only says when: "Announced February 4." dates the deals told right before it."""
    if len(sentence.dates) != 1 or sentence.dates[0].date is None or sentence.money or sentence.mentions:
        return
    when = sentence.dates[0]
    if not _DAY_ALONE.match(sentence.text[: when.start]) or len(sentence.text) - when.end > 2:
        return
    for place, claim in enumerate(told):
        near = claim.where == sentence.where and 0 <= sentence.place - claim.end < 4 + len(claim.sentence)
        if near and claim.type in ("funding_round", "valuation", "acquisition"):
            told[place] = replace(claim, event_date=when.date)


def _without_those_who_go(claims: list[Claim]) -> list[Claim]:
    """Without the number of people let go told as that of all who work there: "nine employees were given notice"."""
    gone = {claim.fields.get("headcount") for claim in claims if claim.type == "layoffs"} - {None}
    return [
        claim
        for claim in claims
        if claim.fields.get("metric") != "headcount" or claim.money is None or claim.money.amount not in gone
    ]


_ASKED = frozenset(("valuation", "acquisition", "ipo"))
"""What a question asks, nobody tells."""


def read_english(document: Document) -> list[Claim]:
    """Every claim of an English document, sentence by sentence; what the next sentence takes back is left out."""
    follow_topic(document.sentences, document)
    told: list[Claim] = []
    for number, sentence in enumerate(document.sentences):
        following = document.sentences[number + 1] if number + 1 < len(document.sentences) else None
        if (following is not None and _WRONG.match(following.text)) or _SUPPOSED.match(sentence.text):
            continue
        if _is_corrected(sentence, document) or (sentence.where == "title" and "?" in sentence.text):
            continue  # what a headline asks is not told
        if sentence.text.endswith("?") and _ASKS.match(sentence.text):
            continue
        found = _without_those_who_go([claim for reader in READERS for claim in reader(sentence, document)])
        if sentence.text.endswith("?"):
            found = [claim for claim in found if claim.type not in _ASKED]
        if following is not None and _UNTRUE.match(following.text):
            found = [replace(claim, status="denied") if claim.status == "rumored" else claim for claim in found]
        found = with_price(sentence, document, found, told)
        date_told_behind(sentence, told)
        found = with_listing_sum(sentence, found, told)
        joined = with_backers(sentence, document, found, told)
        told.extend(tie_prices(joined, told, sentence, document))
    others = outsiders(document)  # "Heineken, a customer of Synthesia": what it does alone is no news of ours
    ours = [each for each in each_suit_once(told) if each.company_key not in others or each.type in TOLD_OF_OUTSIDERS]
    return in_the_field(one_name_each(ours))
