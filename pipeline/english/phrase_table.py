"""Phrases around names: a table of lines with slots, "{T} was bought by {B}", sought where the names are masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.lexicon_files import lexicon, with_words
from pipeline.matching.gated_pattern import GatedPattern, GatedTable

FILL = "\x01"
"""What a name is masked with, as long as it is: no text holds it, and places stay what they are."""
_FEW = r"(?:(?!and\b|but\b|which\b|who\b|that\b|while\b)[\w’'%$£€.\x01-]+(?: \x01+)? ){0,5}?"
_BESIDE = (
    r"(?:['’]s (?:[\w-]+ ){0,2}?(?:arm|business|unit|division|subsidiary|label))?"
    r"(?: of [A-Z]\w+| for [a-z][\w-]*(?: [a-z]+)?)?(?:,[^,.;]{2,70},)?"
)


class Match(NamedTuple):
    """A phrase found: its kind, where it stands, and where the name of each slot begins."""

    kind: str
    start: int
    end: int
    slots: Mapping[str, int]


@cache
def _patterns(name: str) -> GatedTable[str]:
    table: dict[str, object] = lexicon("pipeline.lexicon", name)
    before = str(table["before_a_name"])
    lines: dict[str, list[str]] = table["phrases"]  # type: ignore[assignment]
    sets: dict[str, str] = table.get("words", {})  # type: ignore[assignment]
    return GatedTable(
        (GatedPattern(_written(line, before, sets)), kind) for kind, group in lines.items() for line in group
    )


def may_hold(text: str, table: str) -> bool:
    """Whether a phrase of a table may stand in a sentence, its names not yet masked."""
    return bool(_patterns(table).possible(text))


def _written(line: str, before: str, sets: Mapping[str, str]) -> str:
    """A line of a table as a pattern: {D} a few words, {,} an insertion between commas, {X} a masked name.

    A word in angle brackets is one of the table's sets of words: "<bought>".
    """
    line = with_words(line, sets).replace("{D}", _FEW).replace("{,}", _BESIDE)
    return r"(?<![\w-])" + re.sub(
        r"\{([A-Z])\}",
        lambda slot: f"{before if slot.start() else ''}(?P<{slot[1]}>{FILL}+)(?![\\w{FILL}-])(?:\\*\\*)?",
        line,
    )


def masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text with its names masked."""
    for start, end in spans:
        text = text[:start] + FILL * (end - start) + text[end:]
    return text


def phrases(table: str, text: str) -> Iterator[Match]:
    """Every phrase of a table in a masked text, in the order of the table."""
    for pattern, kind in _patterns(table).possible(text):
        for match in pattern.finditer(text):
            slots = {slot: match.start(slot) for slot, written in match.groupdict().items() if written is not None}
            yield Match(kind, *match.span(), slots)
