"""Regular expressions made of the lines of the English lexicons, compiled once."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon_files import lexicon, with_words
from pipeline.matching.gated_pattern import GatedAlternatives, GatedPattern


@cache
def any_of(table: str, name: str) -> re.Pattern[str]:
    """One pattern for the lines of a list in `pipeline/lexicon/<table>.yml`."""
    return re.compile(joined(table, name))


@cache
def gated(table: str, name: str) -> GatedPattern:
    """As `any_of`, for what most sentences have no word of."""
    return GatedPattern(joined(table, name))


@cache
def each_of(table: str, name: str) -> GatedAlternatives:
    """The lines of a list, each a pattern of its own: lines may share the names of their groups."""
    return GatedAlternatives(lines(table, name))


def joined(table: str, name: str) -> str:
    """The lines of a list as one pattern; of two that match at one place the first is meant."""
    return "|".join(lines(table, name))


def lines(table: str, name: str) -> list[str]:
    """The lines of a list, with the table's sets of words and its lists written out."""
    words = _words(table)
    return [with_words(line, words) for line in lexicon("pipeline.lexicon", table)[name]]


@cache
def _words(table: str) -> dict[str, str]:
    found = lexicon("pipeline.lexicon", table)
    lists = {name: "|".join(map(str, each)) for name, each in found.items() if isinstance(each, list)}
    return {**lists, **found.get("words", {})}
