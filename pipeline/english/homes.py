"""Where companies are at home: whom "the New York company" can mean, and whom it cannot."""

from __future__ import annotations

import re
from functools import cache

from db.knowledge import load_knowledge
from pipeline.document import CompanyName, Document
from pipeline.lexicon_files import lexicon

_PLACE = re.compile(r"[Tt]h(?:e|is) (?P<place>[A-Z][\w’'-]*(?: [A-Z]\w+)?)(?:-based)? ")


def place_told(text: str, start: int) -> str | None:
    """The city of a description that begins at a place: "the New York company"."""
    match = _PLACE.match(text, start)
    if match is None:
        return None
    place = match["place"].removesuffix("-based")
    return next((each for each in (place, place.split()[0]) if each in _cities()), None)


def at_home(document: Document, place: str) -> list[CompanyName]:
    """The companies of a text that are at home in a city, as we know or as the text says, in order of mention."""
    mentions = (*document.names.in_title, *document.names.in_text)
    named = {each.key: CompanyName(each.key, each.name, each.known) for each in mentions if each.kind == "company"}
    return [each for each in named.values() if _home().get(each.key) == place or place in _told(document, each)]


def is_elsewhere(document: Document, company: CompanyName, place: str) -> bool:
    """Whether a text says that a company is at home in another city."""
    told = _told(document, company)
    return bool(told) and place not in told


def _told(document: Document, company: CompanyName) -> set[str]:
    """The cities a text puts a company in: "Brightloom of Lisbon", "Brightloom, a Lisbon startup", "Lisbon's"."""
    name, city = re.escape(company.name), r"(?P<city>[A-Z][\w’-]*(?: [A-Z]\w+)?)"
    whole = f"{document.title}\n{document.text}"
    patterns = (
        rf"\b{name}(?:,? of |,? based in |, in | \(){city}",
        rf"\b{name}, (?:an?|the) (?:[a-z-]+ ){{0,2}}?{city}",
        rf"\b{city}(?:-based|['’]s) (?:[a-z-]+ ){{0,3}}{name}\b",
    )
    told = [match["city"] for pattern in patterns for match in re.finditer(pattern, whole)]
    return {part for city in told for part in (city.removesuffix("-based"), city.split()[0]) if part in _cities()}


@cache
def _home() -> dict[str, str]:
    return {company.key: company.city for company in load_knowledge().companies if company.city}


@cache
def _cities() -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", "unknown_names")["cities_en"])
