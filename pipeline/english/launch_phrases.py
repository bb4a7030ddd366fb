"""Launches told around a product's name: "the arrival of Ray 5", "out today is Ray 5", "Ray 5, due in April"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.document import Document, Sentence
from pipeline.english.product_names import Product, products_in
from pipeline.gated_pattern import Gate, GatedPattern
from pipeline.lexicon_files import lexicon

_FILL = "\x01"
_BEFORE = (
    r"(?:(?:its|the|a|an|their|our|his|new|newest|latest|first|next|second|third|fourth|own|long-awaited|promised"
    r"|current"
    r"|flagship|lighter|faster|cheaper|AI|video|image|text-to-video|world|public|updated|upgraded|improved|so-called"
    r"|models?|tool|app|service|version|generator|feature|family|series|and|of|called|named|[\w-]+-generation),?"
    r" ){0,7}?"
)
_FEW = r"(?:(?!and\b|but\b|which\b|who\b|that\b|while\b)[\w’'%\x01-]+(?: \x01+)? ){0,5}?"
_NOT_YET = re.compile(
    r"\b(?:before|until|till|ahead of|since|despite|without|postpon\w+|delay\w+|cancel\w+|shelv\w+|paus\w+|scrapp?\w*"
    r"|working on|plans? for|talk of|not|never|yet to|refus\w+|declin\w+|stopp?\w*|more than a year"
    r" after)\b[^.,;]{0,24}\Z"
)


class Phrase(NamedTuple):
    """A phrase that brings a product out: its stage, and where it stands."""

    product: Product
    stage: str
    start: int
    end: int


@cache
def _patterns() -> Sequence[tuple[str, GatedPattern]]:
    table: dict[str, list[str]] = lexicon("pipeline.lexicon", "english_launches")
    return [
        (
            stage,
            GatedPattern(_written(line)),
        )
        for stage, lines in table.items()
        for line in lines
    ]


@cache
def _gate() -> Gate:
    return Gate(pattern for _, pattern in _patterns())


def _written(line: str) -> str:
    """A line of the table as a pattern."""
    product = f"(?P<product>{_FILL}+)(?!\\w)"
    before = "" if line.startswith("{P}") else _BEFORE
    return r"(?<![\w-])" + line.replace("{P}", before + product).replace("{D}", _FEW)


def launch_phrases(sentence: Sentence, document: Document) -> Iterator[Phrase]:
    """Every phrase of a sentence that brings out a product it names, the most telling stage of each product."""
    if not _gate().may_open(sentence.text):
        return
    products = products_in(sentence, document)
    if not products:
        return
    text = sentence.text
    for each in products:
        text = text[: each.start] + _FILL * (each.end - each.start) + text[each.end :]
    at = {each.start: each for each in products}
    found: dict[str, Phrase] = {}
    for stage, pattern in _patterns():
        for match in pattern.finditer(text):
            product = at.get(match.start("product"))
            if product is None or _NOT_YET.search(sentence.text[: match.start()]):
                continue
            for each in (product, *_listed(sentence.text, products, product)):
                known = found.get(each.name)
                if known is None or _TELLING.index(stage) > _TELLING.index(known.stage):
                    found[each.name] = Phrase(each, stage, match.start(), max(match.end(), each.end))
    yield from sorted(found.values(), key=lambda each: each.start)


def _listed(text: str, products: Sequence[Product], first: Product) -> Iterator[Product]:
    """The products listed behind one: "Ray 5 and Ray 5 Turbo"."""
    for product in products:
        if product.start > first.end and _LINK.fullmatch(text[first.end : product.start]):
            yield product
            first = product


_LINK = re.compile(r"(?:,| and|, and|,? along with|,? as well as) (?:its |the |a )?(?:\w+ )?")
_TELLING = ("release", "announced", "beta", "open_source")
