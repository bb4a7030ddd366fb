"""Strangers that deal with a company of the field in an English text: who buys, sues or licenses it is no topic."""

from __future__ import annotations

import re

from pipeline.english.document import Document
from pipeline.english.parties import weight
from pipeline.names.company_name import CompanyName
from pipeline.values.found import NameMention

_DEALS_WITH = re.compile(
    r"\b(?:buy|bought|acqui|purchas|takeover|tak(?:es?|ing) over|took over|takes? control"
    r"|swallow|snap(?:s|ped) up|bids?"
    r"|offer|approach|court|woo|merg|invest|back(?:s|ed)|stake|sue[sd]?|suing|licens|interest in)\w*\b"
)
_OF_THE_FIELD = re.compile(
    r"(?:,| is| was)? (?:an?|the|one of) [^,.;]{0,60}?\b(?:AI|avatars?|video|generat\w+|start-?up|models?|lab|dub\w*)\b"
)
_ITS_OWN = re.compile(r"[;.]|\brais(?:es|ed|ing)\b|\b(?:is|was|been) (?:bought|acquired)\b")
"""What it does by itself, or what is told of somebody else."""
_BESIDE = re.compile(
    r", (?:an?|the|one of (?:the|its)) (?:[\w-]+ ){0,2}?(?:customer|client|user|investor|backer|lender|landlord"
    r"|supplier|adviser|distributor|shareholder)s? (?:of|in|to|at) [A-Z]"
)
"""Who is told of as a customer or the like of somebody else."""
_REACH = 80
"""Characters between two that deal with each other."""


def outsiders(document: Document) -> frozenset[str]:
    """The keys of companies nobody has listed that, in the title or lead, deal with one of the field we know.

    "Spotify gives up on buying Descript": what follows is told of Descript. Not those the text calls of the field.
    """
    whole = f"{document.title}\n{document.text}"
    shift = len(document.title) + 1
    found: set[str] = set()
    for text, mentions, at in (
        (document.title, document.names.in_title, 0),
        (document.text, [each for each in document.names.in_text if each.start < _LEAD], shift),
    ):
        for mention in mentions:
            if not _is_stranger(mention):
                continue
            if _BESIDE.match(whole, at + mention.end):
                found.add(mention.key)
                continue
            if _OF_THE_FIELD.match(whole, at + mention.end):
                continue
            behind = (each for each in mentions if mention.end < each.start <= mention.end + _REACH and _is_ours(each))
            other = next(behind, None)
            between = text[mention.end : other.start] if other is not None else ""
            if _DEALS_WITH.search(between) and not _ITS_OWN.search(between):
                found.add(mention.key)
    called = {
        mention.key for mention in document.names.in_text if _OF_THE_FIELD.match(document.text, mention.end) is not None
    }
    return frozenset(found - called)


_LEAD = 400
"""Characters: a text says first who deals with whom."""


def _is_stranger(mention: NameMention) -> bool:
    return mention.kind == "company" and not mention.known


def _is_ours(mention: NameMention) -> bool:
    known = mention.kind == "company" and mention.known
    return known and weight(CompanyName(mention.key, mention.name, True)) == _OF_THE_CORE


_OF_THE_CORE = 3
