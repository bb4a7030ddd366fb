"""Counts told by a table of lines with slots: "{N} {O} under contract", "sells to {N} {O}"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern, GatedTable
from pipeline.values.counts_told import ORGANISATIONS, SCALE, SCALES, count_at, in_words
from pipeline.values.found import FoundCount
from pipeline.values.numbers import DIGITS, ENGLISH_WORDS, from_digits

TOLD = " told"
"""What the unit of a count ends with that its words tell for certain; before it stands the metric."""
_NUMBER = (
    r"(?:(?:now|about|around|some|roughly|nearly|almost|just|only|over|more than|at least|fewer than|less than|close to"
    rf"|up to|another|approximately) ){{0,2}}(?<![\w$€£¥.,-])(?P<number>{DIGITS}"
    r"|(?i:(?:one|two|three|four|five|six|seven|eight|nine) and a half|half a|an?)(?= (?:million|billion))"
    rf"|(?i:{ENGLISH_WORDS})\b)"
    rf"(?:[ -]?(?P<scale>{SCALE}))?(?P<odd>-odd| or so)?"
)
_COUNTED = r"(?P<thing>(?:(?!of\b|and\b|in\b|to\b)[a-z][a-z-]+ ){0,3}?(?:[a-z]{3,}s|people))"
_ORGANISATIONS = (
    rf"(?:(?!of\b|and\b|in\b|to\b)[a-z][a-z-]+ ){{0,2}}?{ORGANISATIONS.pattern.removesuffix(chr(92) + 'Z')}"
)
_NOT_COUNTED = re.compile(
    r"\b(?:years|months|weeks|days|hours|minutes|seconds|times|dollars|euros|pounds|percent|films|clips|videos|models"
    r"|steps|languages|countries|credits|jobs|roles)\b"
)


def counts_in_frames(text: str) -> Iterator[FoundCount]:
    """Every count a line of the table tells; its unit is the metric and `TOLD`."""
    for pattern, metric in _TABLE.possible(text):
        for match in pattern.finditer(text):
            thing = match.groupdict().get("thing")
            if thing is not None and _NOT_COUNTED.search(thing):
                continue
            number, scale = match["number"], match["scale"]
            value = (from_digits(number) if number[0].isdigit() else in_words(number)) * (
                SCALES[scale.lower()] if scale else 1
            )
            start = match.start("number")
            counted = count_at(text, start, value, "~" if match["odd"] else "=")
            yield FoundCount(start, match.end(), counted, f"{metric}{TOLD}")


def _written(line: str) -> str:
    filled = line.replace("{N}", _NUMBER).replace("{C}", _COUNTED).replace("{O}", _ORGANISATIONS)
    return rf"(?<![\w-]){filled}" if line[0] not in "(" else filled


_TABLE: GatedTable[str] = GatedTable(
    (GatedPattern(_written(line)), metric)
    for metric, lines in lexicon("pipeline.lexicon", "english_counts")["frames"].items()
    for line in lines
)
