"""Where any of many words stands in a text, in one pass however many they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind


def occurrences(text: str, words: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, word) for each place, in order, the longest word where several begin.

    A word in Latin script is never part of a longer one, nor of one with a hyphen before it.
    """
    for start, end, word in _longest(text, list(words)):
        if word[0].isascii() and (_is_latin(text[start - 1 : start]) or text[start - 1 : start] == "-"):
            continue
        if word[-1].isascii() and goes_on(text, end):
            continue
        yield start, end, word


def _longest(text: str, words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Each place where a word stands, whatever is around it; of several that begin or overlap there, the longest."""
    if len(words) > _FEW:
        automaton = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
        for index, start, end in automaton.find_matches_as_indexes(text):
            yield start, end, words[index]
        return
    found = []
    for word in words:
        found += [(start, start + len(word), word) for start in places_of(text, word)]
    last = 0
    for start, end, word in sorted(found, key=lambda place: (place[0], -place[1])):
        if start >= last:
            yield start, end, word
            last = end


def places_of(text: str, word: str) -> Iterator[int]:
    """Where a word begins in a text, in order, as a part of longer ones too."""
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)


_FEW = 20
"""Up to so many words are sought one by one: an automaton takes longer to build than that (measured)."""
_YEAR_BEHIND = re.compile(r"\d{1,3}(?:\.\d+)?%|(?:19|20)\d\d ?年|(?:1[0-2]|[1-9])月(?!活)")
"""Chinese writes a year, a month or a share right behind a name: Runway2023年6月."""


def goes_on(text: str, end: int) -> bool:
    """Whether a word in Latin script goes on at a place."""
    return _is_latin(text[end : end + 1]) and _YEAR_BEHIND.match(text, end) is None


def _is_latin(character: str) -> bool:
    return character < "\u2e80" and character.isalnum()
