"""Regular expressions made of the word lists of the Chinese lexicons, compiled once."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon_files import lexicon, with_words
from pipeline.matching.first_letters import quick
from pipeline.matching.gated_pattern import GatedPattern

HAN = "\u4e00-\u9fff"


def words(table: str, *path: str) -> list[str]:
    """A list of regular expressions from `pipeline/lexicon/<table>.yml`."""
    found = lexicon("pipeline.lexicon", table)
    for name in path:
        found = found[name]
    return list(found)


@cache
def any_of(table: str, *path: str) -> re.Pattern[str]:
    """One pattern for a list of them, the longest first."""
    return quick(alternation(table, *path))


@cache
def gated(table: str, *path: str) -> GatedPattern:
    """As `any_of`, for what most clauses have no word of."""
    return GatedPattern(alternation(table, *path))


@cache
def alternation(table: str, *path: str) -> str:
    """The alternatives of a list as the text of a group."""
    return "(?:" + "|".join(sorted(words(table, *path), key=len, reverse=True)) + ")"


def written(table: str, line: str) -> str:
    """A pattern with the lists of a table and its sets of words written out: "<kinds>"."""
    return with_words(line, _sets(table))


@cache
def _sets(table: str) -> dict[str, str]:
    found = lexicon("pipeline.lexicon", table)
    lists = {name: alternation(table, name) for name, each in found.items() if isinstance(each, list)}
    return {**lists, **found["words"]}
