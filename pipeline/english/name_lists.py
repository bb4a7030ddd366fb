"""The names of a list in English text: "Northzone, the Berlin fund Cavalry Ventures and the actor Jane Roe"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern

_LONGEST_LIST = 320
_WORD = (
    r"(?:[A-ZÀ-ÖØ-ÞŁŚŠŻŽ][\w&.'’+-]*[\w+]|[A-Z]|[a-z]{1,4}[A-Z]\w+|\d{1,4}[A-Z]\w*|\d{1,4}(?= [A-Z])|a16z|xAI|fal"
    r"|[a-z][a-z\d]*\.[a-z]{2,}(?![\w])|b2venture|468|@\w+)"
)
_NAME = re.compile(
    rf"{_WORD}(?:(?: (?:of|de|the|for|und|e|van|von|van der|bin|al) | & | |\s?/\s?){_WORD}){{0,7}}(?: family office)?"
)
_SEPARATOR = re.compile(r",? as well as |, and |,? plus | and |, |; ")
_NOT_NAMES = re.compile(
    r"^(?:It|Its|This|That|In|On|At|A|An|The|And|But|Series|Seed|Investors?|Backers?|January|February"
    r"|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday"
    r"|Thursday|Friday|Saturday|Sunday|"
    r"Existing|New|US|UK|EU|AI|CEO|Others?|Total|He|She|They|We|Neither|Both|All|Staff|Employees|Angels?"
    r"|Hollywood|Silicon Valley|Europe|America|Asia|China|Saudi Arabia|Japan|Founders|Proceeds|Terms"
    r"|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Private-equity|Venture|Anyone|Nobody|Everyone|Users|Creators|Customers|Backers|Most|Many|Some|Several|Two|Three|Four|Five"
    r"|Half|Shares|Altogether|Together|Overall)$|^\d+$|^Series [A-K]\b"
)
Span = tuple[int, int]


def names_in(text: str, start: int, stop: int | None = None) -> Iterator[Span]:
    """The names of a list that begins at a place, up to where it ends; descriptions between commas are passed over."""
    if stop is None:
        stop = min(len(text), start + _LONGEST_LIST)
        end = _list_end(text, start, stop)
    else:
        end = stop
    begin = start
    bounds = [(match.start(), match.end()) for match in _SEPARATOR.finditer(text, start, end)] + [(end, end)]
    for close, following in bounds:
        span = _name(text, begin, close, opens=begin == start)
        if span is not None:
            yield span
        begin = following


_FUND_OF = re.compile(r"(?:[\w-]+ ){0,2}(?:funds?|arm|vehicle|office|scheme|programme|program|unit|division|team)\b")
_APPOSED = re.compile(r"(?:also )?(?:an?|one of the|its|the) ")


def _list_end(text: str, start: int, stop: int) -> int:
    """A list ends at the first word that goes on with the sentence; an apposition to a name does not end it."""
    for match in _stop().finditer(text, start, stop):
        before = text[start : match.start()]
        *others, piece = _SEPARATOR.split(before)
        apposed = others and re.match(r"(?:a|an|the|its|which|whose) [a-z]", piece)
        abbreviation = match[0] == "." and (
            (match.start() + 1 < len(text) and text[match.start() + 1] not in " \n")
            or re.search(r"\b(?:Inc|Corp|Co|Bros|St|Jr|[A-Z])\Z", before)
        )
        if (apposed and match[0] not in (".", ";")) or abbreviation:
            continue
        return match.start()
    return stop


def _name(text: str, start: int, end: int, *, opens: bool) -> Span | None:
    """The name of one piece of a list; the piece that `opens` it says nothing more of a name before."""
    start += len(text[start:end]) - len(text[start:end].lstrip(" "))
    piece = text[start:end]
    capital = re.match(r"[A-Z][a-z]+ [a-z]", piece)
    lead = _described().match(piece[:1].lower() + piece[1:] if capital else piece)
    begin = start + (lead.end() if lead else 0)
    match = _NAME.match(text, begin, end)
    if (
        match is None
        and re.match(r"(?:[a-z-]+ ){1,3}[A-Z]", text[start:end])
        and not re.search(r"\b(?:owned|of|by|behind|run|in)\b", piece)
    ):
        first = re.search(r"[A-Z]", piece)
        match = _NAME.match(text, start + first.start(), end) if first else None
    if match is not None and match[0].startswith("The "):
        match = _NAME.match(text, match.start() + 4, end)
    if match is None or (
        (not opens or piece.startswith(("a ", "an ")))
        and _APPOSED.match(piece)
        and re.match(r" [a-z]", text[match.end() : end])
    ):
        return None  # ", a Saudi state company": says more of the name before
    written = match[0]
    finish = match.end()
    owner = re.match(r"^([A-Z][\w-]*(?: [A-Z][\w-]*){0,2})['’]s ", text[match.start() : end])
    if owner:
        inner = _NAME.match(text, match.start() + owner.end(), end)
        fund = _FUND_OF.match(text, match.start() + owner.end())
        if inner is None and fund is None:
            return None
        if inner is None and fund is not None:
            inner = _NAME.match(text, fund.end() + 1, end)  # "Bosch's venture arm Boyuan Capital"
        return inner.span() if inner else (match.start(), match.start() + owner.end(1))
    for ending in ("'s", "’s"):
        if written.endswith(ending):
            finish -= 2
    finish = match.start() + len(_without_place(text[match.start() : finish]))
    if _NOT_NAMES.match(text[match.start() : finish]) or finish - match.start() < 2:
        return None
    return match.start(), finish


_OF_PLACE = re.compile(r" (?:of|from) (?P<place>[A-Z]\w+(?: [A-Z]\w+)?)\Z")


def _without_place(name: str) -> str:
    """A name without where it is at home: "Northzone of Stockholm"."""
    match = _OF_PLACE.search(name)
    return name if match is None or match["place"] not in places() else name[: match.start()]


@cache
def places() -> frozenset[str]:
    """The names of cities and lands: no investors."""
    table = lexicon("pipeline.lexicon", "english_unknown_names")
    return frozenset((*table["cities"], *table["lands"]))


@cache
def _stop() -> GatedPattern:
    return GatedPattern(lexicon("pipeline.lexicon", "english_investors")["stop"])


@cache
def _described() -> re.Pattern[str]:
    return re.compile(lexicon("pipeline.lexicon", "english_investors")["described"])
