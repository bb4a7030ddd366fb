"""The rules for dates of a language, as its table writes them: `lexicon/english_dates.yml`, `chinese_dates.yml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from pipeline.lexicon_files import lexicon, with_words
from pipeline.matching.first_letters import quick
from pipeline.values import date_meanings, date_meanings_chinese, date_meanings_english
from pipeline.values.date_rules import Resolver, Rule

_TABLES = {"en": "english_dates", "zh": "chinese_dates"}
_MEANINGS = {"en": (date_meanings, date_meanings_english), "zh": (date_meanings, date_meanings_chinese)}


def date_table(language: str) -> dict[str, Any]:
    """The table of a language, "en" or "zh"."""
    return lexicon("pipeline.lexicon", _TABLES[language])


@cache
def date_rules(language: str) -> tuple[Rule, ...]:
    """The rules for dates of a language; those that say more win where two begin at one place."""
    table, meanings = date_table(language), _meanings(language)
    words = {name: each if isinstance(each, str) else _any_of(each) for name, each in table["words"].items()}
    return tuple(
        Rule(frozenset(signs.split()), quick(with_words(pattern, words)), meanings[means], means == "vague")
        for signs, means, pattern in table["rules"]
    )


def _meanings(language: str) -> dict[str, Resolver]:
    """What a table may say that a date means: the functions of the modules for its language."""
    return {
        name: each
        for module in _MEANINGS[language]
        for name, each in vars(module).items()
        if getattr(each, "__module__", "") == module.__name__
    }


def date_signs(text: str, language: str) -> frozenset[str]:
    """The kinds of words in a text that its dates may be made of."""
    words, kinds = _signs(language)
    numbers = {number for number, _, _ in words.find_matches_as_indexes(text, overlapping=True)}
    return frozenset().union(*(kinds[number] for number in numbers))


@cache
def _signs(language: str) -> tuple[AhoCorasick, list[frozenset[str]]]:
    """All words that are a sign, and of which kinds each is."""
    kinds: dict[str, set[str]] = {}
    for kind, words in date_table(language)["signs"].items():
        for word in words:
            kinds.setdefault(word, set()).add(kind)
    return AhoCorasick(list(kinds)), list(map(frozenset, kinds.values()))


def _any_of(words: Sequence[str]) -> str:
    """Words as a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
