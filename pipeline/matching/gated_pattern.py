"""Patterns that are tried only on texts with the words that every match of them contains: most texts have not.

One pass of an automaton over a sentence says which of all patterns' words stand in it; each pattern then costs a look
at a set, where a search costs a hundred times that. The words are read off the pattern itself, so that a rule is
written as before and cannot disagree with its gate.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from ahocorasick_rs import Implementation

from pipeline.matching.first_letters import quick
from pipeline.matching.numbered_words import NumberedWords
from pipeline.matching.pattern_tree import Ahead, Letter, NoLetter, OneOf, Part, Repeat, Row, Ways, row_of

Meaning = TypeVar("Meaning")
_MOST_WORDS = 600
_MOST_SPELLINGS = 100
_MOST_LETTERS = 10
_LONGEST = 12
"""Letters: more would tell no more, and the beginnings of many spellings are the same."""
_LEAST = 3
"""Bytes, three letters or a Chinese character: what is shorter stands in nearly every text."""
_TELLING = 3
"""Bytes, three letters or a Chinese character, of the sets beside the rarest: to ask for less spares nothing."""
_HAN = re.compile("[\u4e00-\u9fff]")
_NONE_AT_ALL: Iterator[re.Match[str]] = iter(())


class GatedPattern:
    """As `re.Pattern`, with `search` and `finditer` quick where no match is possible; compiled where one may be.

    Most texts ask for few of them: to compile all would make a process start half a second later.
    """

    __slots__ = ("fullmatch", "match", "others", "pattern", "rarest", "sub", "written")

    written: str
    pattern: re.Pattern[str]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    sub: Callable[..., str]
    rarest: frozenset[int]
    """Words of which every match contains one; empty where there are none."""
    others: tuple[frozenset[int], ...]
    """More such sets, of words that stand in more texts."""

    def __init__(self, pattern: str) -> None:
        self.written = pattern
        first, *others = necessary_words(pattern) or [frozenset()]
        self.rarest = frozenset(map(_number_of, first))
        telling = [words for words in others if _rarity(words)[0] >= _TELLING]
        self.others = tuple(frozenset(map(_number_of, words)) for words in telling)

    def __getattr__(self, name: str) -> Any:
        """The compiled pattern and its methods, made when first asked for; a plain slot from then on."""
        if name not in ("pattern", "match", "fullmatch", "sub"):
            raise AttributeError(name)
        written = self.written
        compiled = quick(written) if _HAN.search(written) else re.compile(written)  # English gains too little
        self.pattern, self.match, self.fullmatch, self.sub = compiled, compiled.match, compiled.fullmatch, compiled.sub
        return getattr(self, name)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match between two places."""
        if self.rarest and (
            self.rarest.isdisjoint(words := _words_of(text)) or (self.others and _lack_one(self.others, words))
        ):
            return None
        return self.pattern.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match between two places."""
        if self.rarest and (
            self.rarest.isdisjoint(words := _words_of(text)) or (self.others and _lack_one(self.others, words))
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
        numbers = set(self._always)
        for word in self._words & words:
            numbers.update(self._by_word[word])
        found = []
        for number in sorted(numbers):
            row, meaning = self._rows[number]
            if not (row.others and _lack_one(row.others, words)):
                found.append((row.pattern, meaning))
        return found


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
    return sorted(_all_in(row_of(pattern)), key=_rarity, reverse=True)


def _rarity(words: frozenset[str]) -> tuple[int, int]:
    """Orders sets of words by how few texts they stand in: the longer its shortest word, in bytes, the fewer."""
    return min(len(word.strip().encode()) for word in words), -len(words)


class _Read(NamedTuple):
    """What is known of every match of a part of a pattern."""

    spellings: frozenset[str] | None
    """All it may be; None where that is not a few words."""
    contains: list[frozenset[str]]
    """Where it is not: sets of words, of each of which it contains one."""


_EMPTY = frozenset({""})
_ANYTHING = _Read(None, [])
_NOTHING = _Read(_EMPTY, [])


def _all_in(row: Row) -> list[frozenset[str]]:
    """The sets of words of what stands in a row, of each of which every match contains one."""
    read = _in_a_row(row)
    return read.contains if read.spellings is None else _told_by(read.spellings)


def _in_a_row(row: Row) -> _Read:
    """What stands in a row: words beside each other are spelled out together, as long as they are few."""
    run, contains, whole, letters = _EMPTY, list[frozenset[str]](), True, ""
    for part in row.parts:
        if isinstance(part, Letter):
            letters += part.letter
            continue
        spellings, inside = _of(part)
        if letters and spellings != _EMPTY:
            run, letters = frozenset(before + letters for before in run), ""
        if spellings is not None and len(run) * len(spellings) <= _MOST_SPELLINGS:
            if spellings != _EMPTY:
                run = frozenset(before + behind for before in run for behind in spellings)
            contains += inside
            continue
        contains += [*_told_by(run), *inside]
        whole = False
        run = spellings or _EMPTY
    if letters:
        run = frozenset(before + letters for before in run)
    return _Read(run, contains) if whole and not contains else _Read(None, [*contains, *_told_by(run)])


def _told_by(spellings: frozenset[str]) -> list[frozenset[str]]:
    """The one set of words of some spellings, those within others alone; none where a spelling tells nothing."""
    if len(spellings) > _MOST_WORDS or any(len(word.encode()) < _LEAST for word in spellings):
        return []
    return [_without_longer(frozenset(word[:_LONGEST] for word in _without_longer(spellings)))]


def _without_longer(words: frozenset[str]) -> frozenset[str]:
    """Those words that contain no other of them."""
    return frozenset(word for word in words if not any(one in word for one in words if one != word))


def _of(part: Part) -> _Read:
    """What one part of a pattern is or contains."""
    match part:
        case Letter(letter):
            return _Read(frozenset({letter}), [])
        case OneOf(_, letters) if 0 < len(letters) <= _MOST_LETTERS:
            return _Read(frozenset(letters), [])
        case Row():
            return _in_a_row(part)
        case Repeat():
            return _of_repeat(part)
        case Ahead(row):
            return _Read(_EMPTY, _all_in(row))
        case NoLetter():  # what must stand before may stand before the search
            return _NOTHING
        case Ways(ways):
            return _of_ways([_in_a_row(way) for way in ways])
    return _ANYTHING


def _of_repeat(repeat: Repeat) -> _Read:
    least, most, row = repeat
    if least == most == 1:
        return _in_a_row(row)
    if least:
        return _Read(None, _all_in(row))
    spellings = _in_a_row(row).spellings if most == 1 else None
    return _ANYTHING if spellings is None else _Read(spellings | _EMPTY, [])


def _of_ways(ways: list[_Read]) -> _Read:
    """What one of several ways is: of each way one set of words counts."""
    spellings = [way.spellings for way in ways if way.spellings is not None]
    if len(spellings) == len(ways):
        return _Read(frozenset[str]().union(*spellings), [])
    told = [way.contains if way.spellings is None else _told_by(way.spellings) for way in ways]
    return _Read(None, [frozenset[str]().union(*(max(each, key=_rarity) for each in told))] if all(told) else [])


_words = NumberedWords(100, Implementation.ContiguousNFA)
"""The words of every pattern."""
_NUMBER = itemgetter(0)


def _number_of(word: str) -> int:
    if word not in _words:
        _words_of.cache_clear()
    return _words.number_of(word)


@lru_cache(maxsize=1024)  # the sentences and clauses of an article, which one reader after the other goes through
def _words_of(text: str) -> frozenset[int]:
    """The numbers of the words that stand in a text, and of those too new to be looked for: they may."""
    found = frozenset(map(_NUMBER, _words.find(text)))
    return found if _words.known == len(_words) else found.union(range(_words.known, len(_words)))
