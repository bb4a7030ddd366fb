"""Patterns that are tried only on texts with the words that every match of them contains: most texts have not.

One pass of an automaton over a sentence says which of all patterns' words stand in it; each pattern then costs a look
at a set, where a search costs a hundred times that. The words are read off the pattern itself, so that a rule is
written as before and cannot disagree with its gate.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

Meaning = TypeVar("Meaning")
_MOST_WORDS = 600
_TELLING = 4
"""Bytes, four letters or two Chinese characters: to look for shorter words too costs more than it spares."""
_NONE_AT_ALL: Iterator[re.Match[str]] = iter(())
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)


class GatedPattern:
    """A compiled pattern: as `re.Pattern`, with `search` and `finditer` quick where no match is possible."""

    __slots__ = ("fullmatch", "match", "others", "pattern", "rarest", "sub")

    rarest: frozenset[int]
    """Words of which every match contains one; empty where there are none."""
    others: tuple[frozenset[int], ...]
    """More such sets, of words that stand in more texts."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self.match, self.fullmatch, self.sub = self.pattern.match, self.pattern.fullmatch, self.pattern.sub
        first, *others = necessary_words(pattern) or [frozenset()]
        self.rarest = frozenset(map(_number_of, first))
        telling = [words for words in others if _rarity(words)[0] >= _TELLING]
        self.others = tuple(frozenset(map(_number_of, words)) for words in telling)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match between two places."""
        if self.rarest and (
            self.rarest.isdisjoint(words := _words_of(text[start:end]))
            or (self.others and _lack_one(self.others, words))
        ):
            return None
        return self.pattern.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match between two places."""
        if self.rarest and (
            self.rarest.isdisjoint(words := _words_of(text[start:end]))
            or (self.others and _lack_one(self.others, words))
        ):
            return _NONE_AT_ALL
        return self.pattern.finditer(text, start, end)


def _lack_one(sets: Iterable[frozenset[int]], words: frozenset[int]) -> bool:
    """Whether no word of one of the sets is among these."""
    for each in sets:  # noqa: SIM110 - a generator would cost more than it saves
        if each.isdisjoint(words):
            return True
    return False


class GatedTable(Generic[Meaning]):
    """Many patterns and what each means: a text's words lead to the few that may match there, none other is touched."""

    __slots__ = ("_always", "_by_word", "_rows", "_rows_always", "_words")

    def __init__(self, rows: Iterable[tuple[GatedPattern, Meaning]]) -> None:
        self._rows: list[tuple[GatedPattern, Meaning]] = []
        self._by_word: dict[int, list[int]] = {}
        self._always: list[int] = []
        for number, (pattern, meaning) in enumerate(rows):
            self._rows.append((pattern, meaning))
            if not pattern.rarest:
                self._always.append(number)
            for word in pattern.rarest:
                self._by_word.setdefault(word, []).append(number)
        self._words = frozenset(self._by_word)
        self._rows_always = [(self._rows[number][0].pattern, self._rows[number][1]) for number in self._always]

    def possible(self, text: str) -> Sequence[tuple[re.Pattern[str], Meaning]]:
        """The rows whose pattern may match in a text, in the order of the table."""
        words = _words_of(text)
        if self._words.isdisjoint(words):
            return self._rows_always
        numbers = {*self._always, *chain.from_iterable(self._by_word[word] for word in self._words & words)}
        rows = [self._rows[number] for number in sorted(numbers)]
        return [(row.pattern, meaning) for row, meaning in rows if not (row.others and _lack_one(row.others, words))]


class GatedAlternatives:
    """Many patterns as one, "a|b|c": those no word of which stands in a text are not tried there."""

    __slots__ = ("_table",)

    def __init__(self, patterns: Iterable[str]) -> None:
        self._table = GatedTable((GatedPattern(each), None) for each in patterns)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, none overlapping: the first from a place on, of several that begin there the first listed."""
        possible = self._table.possible(text)
        place = 0
        while found := [match for pattern, _ in possible if (match := pattern.search(text, place))]:
            first = min(found, key=re.Match.start)
            yield first
            place = max(first.end(), place + 1)


def necessary_words(pattern: str) -> list[frozenset[str]]:
    """Sets of words, the rarest first: every match contains a word of each."""
    parsed = parser.parse(pattern)
    if parsed.state.flags & re.IGNORECASE:
        return []
    return sorted(_all_in(parsed), key=_rarity, reverse=True)


def _rarity(words: frozenset[str]) -> tuple[int, int]:
    """Orders sets of words by how few texts they stand in: the longer its shortest word, in bytes, the fewer."""
    return min(len(word.strip().encode()) for word in words), -len(words)


def _all_in(sequence: Any) -> list[frozenset[str]]:
    """The sets of words of what stands in a row, each element of which every match contains."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in [*sequence, (None, None)]:
        if kind is code.LITERAL:
            run += chr(value)
            continue
        if len(run) > 1 or not run.isascii():
            found.append(frozenset({run}))
        run = ""
        found += [words for words in _words_in(kind, value) if len(words) <= _MOST_WORDS]
    return found


def _words_in(kind: Any, value: Any) -> list[frozenset[str]]:
    """The sets of words of one element of a pattern."""
    if kind is code.SUBPATTERN:
        _, added_flags, _, inside = value
        return [] if added_flags & re.IGNORECASE else _all_in(inside)
    if kind in _REPEATS:
        least, _, inside = value
        return _all_in(inside) if least else []
    if kind is code.ATOMIC_GROUP:
        return _all_in(value)
    if kind is code.ASSERT:
        direction, inside = value
        return _all_in(inside) if direction > 0 else []  # what is behind may stand before where a search begins
    if kind is code.BRANCH:
        branches = [_all_in(branch) for branch in value[1]]
        return [frozenset[str]().union(*(max(each, key=_rarity) for each in branches))] if all(branches) else []
    return []


_numbers: dict[str, int] = {}
"""Every word of every pattern, and its number."""
_automaton: AhoCorasick | None = None
_NUMBER = itemgetter(0)


def _number_of(word: str) -> int:
    global _automaton
    if word not in _numbers:
        _numbers[word] = len(_numbers)
        _automaton = None
        _words_of.cache_clear()
    return _numbers[word]


@lru_cache(maxsize=1024)  # the sentences and clauses of an article, which one reader after the other goes through
def _words_of(text: str) -> frozenset[int]:
    """The numbers of the words that stand in a text."""
    global _automaton
    if _automaton is None:
        _automaton = AhoCorasick(list(_numbers), implementation=Implementation.ContiguousNFA)
    return frozenset(map(_NUMBER, _automaton.find_matches_as_indexes(text, overlapping=True)))
