"""Ends told around a name: "Kling 2.0 will be withdrawn", "pulling the plug on the Sora app", "is calling it quits"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.english.document import Document, Sentence
from pipeline.english.parties import references
from pipeline.english.phrase_table import masked, may_hold, phrases
from pipeline.english.product_names import product_told, products_in
from pipeline.names.company_name import CompanyName


class End(NamedTuple):
    """What ends: a company, or its product where one is named; and where the phrase stands."""

    company: CompanyName
    product: str | None
    start: int
    end: int


def ends_in(sentence: Sentence, document: Document) -> Iterator[End]:
    """Every product or company of a sentence that a phrase of the table ends, once each."""
    if not may_hold(sentence.text, "english_shutdowns"):
        return
    products = {each.start: each for each in products_in(sentence, document)}
    told_of = product_told(sentence, document)
    if told_of is not None:
        products[told_of.start] = told_of
    companies = {
        each.start: each
        for each in references(sentence, document)
        if each.start not in products
        and sentence.text[each.start : each.end] not in ("its", "our", "us", "them")
        and not sentence.text.startswith(" quits", each.end)
    }
    spans = [
        *((each.start, each.end) for each in products.values()),
        *((each.start, each.end) for each in companies.values()),
    ]
    told: set[tuple[str, str | None]] = set()
    ended: tuple[CompanyName, str | None] | None
    for found in phrases("english_shutdowns", masked(sentence.text, spans)):
        if found.kind == "product":
            product = products.get(found.slots["P"])
            ended = (product.owner, product.name) if product is not None else None
        else:
            company = companies.get(found.slots["T"]) if "T" in found.slots else None
            meant = company.company if company is not None else sentence.topic if "T" not in found.slots else None
            ended = (meant, None) if meant is not None else None
        if ended is not None and (ended[0].key, ended[1]) not in told:
            told.add((ended[0].key, ended[1]))
            yield End(ended[0], ended[1], found.start, found.end)
