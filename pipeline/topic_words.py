"""The words of `lexicon/relevance.yml` in a text, each at its place and meant: what a text denies is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from string import ascii_lowercase, digits
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from db.model import Language
from pipeline.fold import fold_text
from pipeline.lexicon_files import lexicon

_DENIED = {"en": 30, "zh": 7}
"""Characters between a denial and what it denies: "does not make any video", "没有采用生成视频"."""
_LATIN = frozenset(ascii_lowercase + digits)
"""What a Latin word is made of; a Chinese word has no edges."""
STOP = re.compile(r"[.,;:。，；：\n]")
"""What ends a breath."""
_DENIABLE = frozenset(
    {"name", "own", "seen", "likeness", "picture", "craft", "make", "simulated", "machine", "rights", "input"}
)
"""The classes a denial empties; a trade that is denied stays another one."""


class TopicWord(NamedTuple):
    """A word of the table at its place in a text."""

    start: int
    end: int
    kind: str
    word: str


_WORD_OF = partial(tuple.__new__, TopicWord)
"""A word of its values: no Python stands in between."""


def topic_words(text: str, language: Language) -> list[TopicWord]:
    """The words of the table that a text in small letters means, in order."""
    return _meant(_words_in(text, language), text, language)


def _meant(words: Iterable[TopicWord], text: str, language: Language) -> list[TopicWord]:
    """The words without those a text denies: "no cameras and no generated shots", "不用数字人"."""
    most = _DENIED[language]
    meant: list[TopicWord] = []
    denial = -most - 1
    for each in words:
        if each.kind == "denials":
            denial = each.end
        elif each.start - denial > most or each.kind not in _DENIABLE or STOP.search(text, denial, each.start):
            meant.append(each)
    return meant


def _words_in(text: str, language: Language) -> Iterator[TopicWord]:
    """The words of the table in a text in small letters, in order: of several that overlap the first and longest."""
    automaton, meanings = _automaton(language)
    closed = f"{text} "  # before its beginning stands its end, which is no letter
    places = [
        (start, -end, number)
        for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
        if not (closed[start] in _LATIN and closed[start - 1] in _LATIN)
        and not (closed[end - 1] in _LATIN and closed[end] in _LATIN)
    ]
    last = 0
    for start, negative_end, number in sorted(places):
        if start >= last:
            last = -negative_end
            kind, word = meanings[number]
            yield _WORD_OF((start, last, kind, word))


@cache
def _automaton(language: Language) -> tuple[AhoCorasick, list[tuple[str, str]]]:
    """The automaton over every spelling of the table's words, and the class and word of each."""
    spellings: dict[str, tuple[str, str]] = {}
    for kind, row in word_classes().items():
        for word in row[language]:
            spellings.setdefault(fold_text(word).lower(), (kind, word))
    if language == "en":
        for spelling, meaning in list(spellings.items()):
            for form in _forms(spelling):
                for gap in "- ":
                    spellings.setdefault(form.replace("-", gap), meaning)
    return AhoCorasick(list(spellings)), list(spellings.values())


def _forms(word: str) -> Iterator[str]:
    """A word or phrase with every regular ending its last word may have, some that it has not among them."""
    stem = word[:-1] if word[-1] in "ey" else word
    yield word
    yield from (word + ending for ending in ("s", "es", "ed", "ing", word[-1] + "ed", word[-1] + "ing"))
    yield from (stem + ending for ending in ("ed", "ing", "ies", "ied"))


@cache
def word_classes() -> dict[str, Any]:
    """Every class of words, those without a weight too."""
    table = topic_table()
    weighed = {**table["evidence"], **table["other_trades"]}
    return weighed | {kind: table[kind] for kind in ("look_alikes", "changes", "companies", "denials")}


def topic_table() -> dict[str, Any]:
    """The table itself."""
    return lexicon("pipeline.lexicon", "relevance")
