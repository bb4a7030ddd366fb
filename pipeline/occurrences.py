"""Where any of many words stands in a text, in one pass however many they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind


def occurrences(text: str, words: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, word) for each place, in order, the longest word where several begin.

    A word in Latin script is never part of a longer one, nor of one with a hyphen before it.
    """
    ordered = list(words)
    if not ordered:
        return
    for index, start, end in AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
        word = ordered[index]
        if word[0].isascii() and (_is_latin(text[start - 1 : start]) or text[start - 1 : start] == "-"):
            continue
        if word[-1].isascii() and goes_on(text, end):
            continue
        yield start, end, word


_YEAR_BEHIND = re.compile(r"(?:19|20)\d\d ?年")
"""Chinese writes a year right behind a name: Runway2023年6月."""


def goes_on(text: str, end: int) -> bool:
    """Whether a word in Latin script goes on at a place."""
    return _is_latin(text[end : end + 1]) and _YEAR_BEHIND.match(text, end) is None


def _is_latin(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"
