"""Phrases with slots, sought where people, posts, companies, dates and counts are masked: "{C} let {N} go"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from pipeline.lexicon_files import with_words
from pipeline.matching.gated_pattern import GatedPattern, GatedTable

Kind = TypeVar("Kind")

FILLS = {"P": "\x01", "Q": "\x01", "R": "\x02", "S": "\x02", "C": "\x03", "B": "\x03", "D": "\x04", "N": "\x05"}
"""What a slot is masked with, as long as it is: no text holds it, and places stay what they are."""
LONGEST = 2_000
"""Letters of a sentence: what is longer is no sentence, and the names in it are many."""
_GROUP = re.compile(r"\{([PQRSCBDN])\}|\?P<(beside|seat|job|helm)>")
_BESIDE = r"(?:, (?P<beside>[^.;:]{2,130}?),(?= )| \((?P<beside>[^.;:()]{2,60})\)|,(?= ))?"
_WHEN = (
    r"(?:(?:early |late |earlier |since |back )?(?:(?:in|on|by|at|from|during|of|since) )?(?:early |late |the end of )?"
    rf"{FILLS['D']}+)"
)


def table_of(kinds: Mapping[Kind, Iterable[str]], words: Mapping[str, str]) -> GatedTable[Kind]:
    """The lines of each kind as one table, in order; `words` are the sets of words they may name."""
    return GatedTable((GatedPattern(_written(line, words)), kind) for kind, lines in kinds.items() for line in lines)


def _written(line: str, words: Mapping[str, str]) -> str:
    """A line of a table as a pattern, each slot a group with a number of its own: {P} is P1, P2 and so on.

    "<word>" is one of the table's sets of words, {,} an insertion (the groups "beside"), {when} a date.
    """
    line = with_words(line, words).replace("{,}", _BESIDE).replace("{when}", _WHEN)
    count = iter(range(1, 100))

    def numbered(found: re.Match[str]) -> str:
        slot = found[1]
        return f"?P<{found[2]}{next(count)}>" if slot is None else f"(?P<{slot}{next(count)}>{FILLS[slot]}+)"

    return r"(?<![\w-])" + _GROUP.sub(numbered, line)


def masked(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """A text with spans masked, each as the slot of the letter it is given with; of two spans the later counts."""
    letters = list(text)
    for start, end, slot in spans:
        letters[start:end] = FILLS[slot] * (end - start)
    return "".join(letters)


def spans_of(match: re.Match[str], group: str) -> list[tuple[int, int]]:
    """Where the slots of a letter, or the groups of a name, stand in a match, in order."""
    return [
        span
        for name in match.re.groupindex
        if name.rstrip("0123456789") == group and (span := match.span(name))[0] >= 0
    ]
