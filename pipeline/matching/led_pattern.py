"""Patterns whose matches all begin with one of some words: tried only where such a word stands.

`re` tries a pattern that begins with a word boundary or an alternative of words at every character of a text. Here one
pass of an automaton finds the places; on an article that takes a fifth of the time. The words are read off the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from pipeline.matching.numbered_words import NumberedWords
from pipeline.matching.pattern_tree import Ahead, Letter, NoLetter, OneOf, Part, Repeat, Row, Ways, row_of

_MOST_SPELLINGS = 40
_LONG = 200
"""Characters: more than a sentence."""
_all_words = NumberedWords(50)
"""The words that lead every pattern."""


class LedPattern:
    """A compiled pattern with `search` and `finditer` as `re.Pattern` has them, over a whole text.

    Raises ValueError for a pattern some match of which begins with no word in particular.
    """

    __slots__ = ("_leading", "_newest", "_words", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        words = leading_words(pattern)
        self._leading = AhoCorasick(sorted(words))
        self._words = frozenset(map(_all_words.number_of, words))
        self._newest = max(self._words)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return next(self.finditer(text), None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text, in order, none overlapping."""
        end = 0
        for place in sorted(self._places(text)):
            match = self.pattern.match(text, place) if place >= end else None
            if match is not None:
                yield match
                end = match.end()

    def _places(self, text: str) -> set[int]:
        """Where a match may begin; in a long text, of which many patterns ask, by the one pass for all of them."""
        everything = _places_of_words(text) if len(text) > _LONG else None
        if everything is None or self._newest >= everything.known:
            return {start for _, start, _ in self._leading.find_matches_as_indexes(text, overlapping=True)}
        return {start for word in self._words & everything.starts.keys() for start in everything.starts[word]}


def leading_words(pattern: str) -> frozenset[str]:
    """The words one of which every match of a pattern begins with; ValueError where there are no such words."""
    words = _leading(row_of(pattern).parts)
    if not words:
        raise ValueError(f"a match of {pattern!r} may begin with anything")
    return words


def _leading(parts: Sequence[Part]) -> frozenset[str] | None:
    """The words that parts in a row begin with; None where that may be anything."""
    words = [""]
    for place, part in enumerate(parts):
        letters = _letters_of(part)
        if letters and len(words) * len(letters) <= _MOST_SPELLINGS:
            words = [word + letter for word in words for letter in letters]
        elif words != [""]:
            break
        elif isinstance(part, Repeat) and not part.least:
            return _any_of([_leading(part.row.parts), _leading(parts[place + 1 :])])  # it may as well be missing
        elif not isinstance(part, NoLetter | Ahead):
            return _leading_of(part)
    return frozenset(words) if words != [""] else None


def _letters_of(part: Part) -> Sequence[str]:
    """The letters one part may be: one, or the few of "[Tt]"."""
    match part:
        case Letter(letter):
            return letter
        case OneOf(_, letters):
            return letters
    return ()


def _leading_of(part: Part) -> frozenset[str] | None:
    match part:
        case Row(parts) | Repeat(row=Row(parts)):
            return _leading(parts)
        case Ways(ways):
            return _any_of([_leading(way.parts) for way in ways])
    return None


def _any_of(ways: list[frozenset[str] | None]) -> frozenset[str] | None:
    """The words of each of several ways to begin; None where one of them may begin with anything."""
    return None if None in ways else frozenset[str]().union(*(words for words in ways if words))


class _WordPlaces(NamedTuple):
    """Where each word stands in a text, of those whose numbers are below `known`."""

    known: int
    starts: dict[int, list[int]]


@lru_cache(maxsize=4)  # an article's whole text, with and without a line before it
def _places_of_words(text: str) -> _WordPlaces:
    """Where every word that leads a pattern begins in a text, those too new to be looked for left out."""
    starts: dict[int, list[int]] = {}
    for word, start, _ in _all_words.find(text):
        starts.setdefault(word, []).append(start)
    return _WordPlaces(_all_words.known, starts)
