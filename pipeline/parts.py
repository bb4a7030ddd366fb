"""Cuts a very long text into parts that are read one by one, so that reading costs what the text is long.

What a reader remembers of a document (people, topics, dates told before) it looks through again and again; within a
part of bounded length that is bounded too. News is shorter than a part; annual reports and whole sites are not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from db.model import Article, Claim
from pipeline.names.find_names import Names
from pipeline.values.found import NameMention, moved

LONGEST_PART = 30_000
"""Characters: ten times a long article."""


def parts(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a text's parts, in order; together they cover it. Cut between paragraphs, else at a space."""
    start = 0
    while len(text) - start > LONGEST_PART:
        middle, last = start + LONGEST_PART // 2, start + LONGEST_PART
        places = (text.rfind(sign, middle, last) for sign in ("\n", "。", " "))
        cut = next((place + 1 for place in places if place >= 0), last)
        yield start, cut
        start = cut
    yield start, len(text)


def part_of(article: Article, start: int, end: int) -> Article:
    """The article with only this part of its text."""
    return replace(article, text=article.text[start:end])


def names_of_part(names: Names, start: int, end: int) -> Names:
    """The names of the title and of this part, as they stand in it."""
    if start == 0 and (not names.in_text or names.in_text[-1].end <= end):
        return names
    first = bisect_left(names.in_text, start, key=_start)
    last = bisect_left(names.in_text, end, key=_start)
    return Names(names.in_title, [moved(each, -start) for each in names.in_text[first:last] if each.end <= end])


def _start(mention: NameMention) -> int:
    return mention.start


def claims_of_whole(claims: Iterable[Claim], start: int) -> Iterator[Claim]:
    """The claims of the part that begins at `start` as claims of the whole text; the title speaks in the first only."""
    for claim in claims:
        if start == 0:
            yield claim
        elif claim.where == "text":
            yield replace(claim, start=claim.start + start, end=claim.end + start)
