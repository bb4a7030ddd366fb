"""Launches told around a product's name: "the arrival of Ray 5", "out today is Ray 5", "Ray 5, due in April"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.english.document import Document, Sentence
from pipeline.english.launched_products import houses_in
from pipeline.english.phrase_table import masked, may_hold, phrases
from pipeline.english.product_names import Product, product_told, products_in

_NOT_YET = re.compile(
    r"\b(?:put(?:s|ting)? off|before|until|till|ahead of|without|postpon\w+|delay\w+|cancel\w+"
    r"|shelv\w+|paus\w+|scrapp?\w*"
    r"|working on|plans? for|talk of|not|never|yet to|refus\w+|declin\w+|stopp?\w*|more than a year"
    r" after)\b[^.,;]{0,24}\Z"
    r"|\b(?:best|first|biggest|largest|worst|highest|lowest|most)\b[^.;]{0,40} since (?:\w+ )?\Z"
    r"|\b(?:knows?|knew|says?|said|clear|unclear|asked|decided?) (?:when|whether|if)\b[^.,;]{0,24}\Z"
)
_MAKER = re.compile(
    r"\b(?:inventor|maker|owner|developer|creator|parent|company|team|people|lab|home|startup|firm|researchers|man|woman)s?"
    r" (?:of|behind) (?:the |its |an? )?(?:[\w-]+ ){0,4}\Z"
)
"""Who is spoken of is not the product: "The inventor of CogVideoX opened at HK$120"."""
_PUT_OFF = re.compile(
    r"[^.,;]{0,30}?\b(?:postponed|delayed|cancell?ed|put off|pushed back|called off|scrapped|shelved)\b"
)
"""What is told behind "the launch of Ray 5" takes it back."""


class Phrase(NamedTuple):
    """A phrase that brings a product out: its stage, and where it stands."""

    product: Product
    stage: str
    start: int
    end: int


def launch_phrases(sentence: Sentence, document: Document) -> Iterator[Phrase]:
    """Every phrase of a sentence that brings out a product it names, the most telling stage of each product."""
    if not may_hold(sentence.text, "english_launches"):
        return
    products = products_in(sentence, document)
    products = [*products, *houses_in(sentence, document)]
    told = product_told(sentence, document)
    if told is not None:
        products = [told, *products]
    if not products:
        return
    at = {each.start: each for each in products}
    found: dict[str, Phrase] = {}
    for match in phrases("english_launches", masked(sentence.text, [(each.start, each.end) for each in products])):
        product, stage = at.get(match.slots["P"]), match.kind
        if (
            product is None
            or _NOT_YET.search(sentence.text[: match.start])
            or _MAKER.search(sentence.text[: match.start])
            or (_PUT_OFF.match(sentence.text, match.end))
        ):
            continue
        before = [
            each
            for each in products
            if each.end < product.start and _LINK.fullmatch(sentence.text[each.end : product.start])
        ]
        for each in (*before[-1:], product, *_listed(sentence.text, products, product)):
            known = found.get(each.name)
            if known is None or _TELLING.index(stage) > _TELLING.index(known.stage):
                found[each.name] = Phrase(each, stage, match.start, max(match.end, each.end))
    yield from sorted(found.values(), key=lambda each: each.start)


def _listed(text: str, products: Sequence[Product], first: Product) -> Iterator[Product]:
    """The products listed behind one: "Ray 5 and Ray 5 Turbo"."""
    for product in products:
        if product.start > first.end and _LINK.fullmatch(text[first.end : product.start]):
            yield product
            first = product


_LINK = re.compile(
    r"(?:,| and|, and|,? along with|,? as well as) (?:its |the |a )?"
    r"(?:(?:new|next|first|second|smaller|larger|lighter|faster|cheaper|free|paid|mobile|updated|companion|sister"
    r"|improved|older|bigger|experimental) )?"
)
_TELLING = ("release", "announced", "beta", "open_source")
