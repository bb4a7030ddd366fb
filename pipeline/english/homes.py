"""Where companies are at home: whom "the New York company" can mean, and whom it cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from db.knowledge.curated import load_knowledge
from pipeline.english.document import Document, Homes, Sentence
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName
from pipeline.values.found import NameMention

_NOUN = "(?:startup|start-up|company|firm|studio|lab|developer|maker)"
_DESCRIBED = GatedPattern(rf"\b[Tt]he [A-Z][\w’'-]*(?: [A-Z]\w+)? (?:[\w-]+ ){{0,3}}?{_NOUN}\b")
_PLACE = re.compile(r"[Tt]h(?:e|is) (?P<place>[A-Z][\w’'-]*(?: [A-Z]\w+)?)(?:-based)? ")


def place_told(text: str, start: int) -> str | None:
    """The city of a description that begins at a place: "the New York company"."""
    match = _PLACE.match(text, start)
    if match is None:
        return None
    place = match["place"].removesuffix("-based")
    return next((each for each in (place, place.split()[0]) if each in _cities()), None)


def at_home(document: Document, place: str) -> Sequence[CompanyName]:
    """The companies of a text that are at home in a city, as we know or as the text says, in order of mention."""
    return _homes(document).companies.get(place, ())


def told_by_place(sentence: Sentence, document: Document) -> CompanyName | None:
    """The one company that "the Lisbon startup", which a sentence begins with, means where its topic is not at home."""
    match = _DESCRIBED.match(sentence.text)
    place = place_told(sentence.text, 0) if match is not None else None
    if place is None or (sentence.topic is not None and not is_elsewhere(document, sentence.topic, place)):
        return None
    home = dict.fromkeys(at_home(document, place))
    return next(iter(home)) if len(home) == 1 else None


def note_home(sentence: Sentence, document: Document) -> None:
    """Note that who is talked about is at home where a sentence says: "the Lisbon startup", of nobody else there."""
    match = _DESCRIBED.search(sentence.text) if sentence.topic is not None else None
    place = place_told(sentence.text, match.start()) if match is not None else None
    if (
        place is not None
        and sentence.topic is not None
        and not at_home(document, place)
        and not is_elsewhere(document, sentence.topic, place)
    ):
        homes = _homes(document)
        homes.companies[place] = [sentence.topic]
        homes.cities.setdefault(sentence.topic.key, set()).add(place)


def is_elsewhere(document: Document, company: CompanyName, place: str) -> bool:
    """Whether a text says that a company is at home in another city."""
    homes = _homes(document)
    told = homes.cities.get(company.key)
    if told is None and company.key in _home() and company not in homes.companies.get(place, ()):
        return bool(homes.companies.get(place))  # nobody calls ours by the city of another one told of
    return told is not None and place not in told


def _homes(document: Document) -> Homes:
    """Worked out once a text."""
    if document.homes is None:
        document.homes = Homes({}, {})
        for text, mentions in ((document.title, document.names.in_title), (document.text, document.names.in_text)):
            for each in mentions:
                if each.kind == "company":
                    _note(document.homes, text, each)
    return document.homes


def _note(homes: Homes, text: str, mention: NameMention) -> None:
    behind = _BEHIND.match(text, mention.end)
    before = _BEFORE.search(text, max(0, mention.start - 60), mention.start)
    written = [match["city"] for match in (behind, before) if match is not None]
    told = {part for city in written for part in (city, city.split()[0].removesuffix("-based")) if part in _cities()}
    if told:
        homes.cities.setdefault(mention.key, set()).update(told)
    company, known = CompanyName(mention.key, mention.name, mention.known), _home().get(mention.key)
    for city in told | ({known} if known is not None else set()):
        here = homes.companies.setdefault(city, [])
        if company not in here[-3:]:
            here.append(company)


_CITY = r"(?P<city>[A-Z][\w’-]*(?: [A-Z]\w+)?)"
_BEHIND = re.compile(
    rf"(?:,? of |,? based in |, in | \(|, (?:an?|the) (?:(?:[a-z-]+|AI) ){{0,2}}?"
    rf"|, an? (?:[\w-]+ ){{1,6}}?(?:from|in|of|based in) "
    rf"| (?:works|sits|lives|operates|is based|is at home|is headquartered|was (?:founded|started|born|set up)"
    rf"|has its (?:home|headquarters)) in ){_CITY}"
)
_BEFORE = re.compile(rf"\b{_CITY}(?:(?:-based|['’]s) (?:(?:[a-z-]+|AI) ){{0,4}}| (?:(?:[a-z-]+|AI) ){{0,3}}{_NOUN} )\Z")


@cache
def _home() -> dict[str, str]:
    return {company.key: company.city for company in load_knowledge().companies if company.city}


@cache
def _cities() -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", "english_unknown_names")["cities"])
