"""Regular expressions made of the lines of the English lexicons, compiled once."""

from __future__ import annotations

import re
from functools import cache

from pipeline.gated_pattern import GatedAlternatives, GatedPattern
from pipeline.lexicon_files import lexicon, with_words


@cache
def any_of(table: str, name: str) -> re.Pattern[str]:
    """One pattern for the lines of a list in `pipeline/lexicon/<table>.yml`."""
    return re.compile(_joined(table, name))


@cache
def gated(table: str, name: str) -> GatedPattern:
    """As `any_of`, for what most sentences have no word of."""
    return GatedPattern(_joined(table, name))


@cache
def each_of(table: str, name: str) -> GatedAlternatives:
    """The lines of a list, each a pattern of its own: lines may share the names of their groups."""
    return GatedAlternatives(_lines(table, name))


def _joined(table: str, name: str) -> str:
    return "|".join(_lines(table, name))


def _lines(table: str, name: str) -> list[str]:
    found = lexicon("pipeline.lexicon", table)
    return [with_words(line, found.get("words", {})) for line in found[name]]
