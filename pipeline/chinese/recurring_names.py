"""Companies a Chinese text comes back to by name: introduced once by what they are, then the same characters again.

What a name is followed by is open-ended; that the same characters stand behind a company's kind and begin a clause or
the title elsewhere is not. So no list of verbs is asked: the longest beginning that comes back is the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.chinese.introduced_names import ends_at
from pipeline.chinese.patterns import HAN, alternation, any_of, written
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.matching.led_pattern import LedPattern

_SHORTEST, _LONGEST = 3, 6
_MOST_ASKED = 100
"""Names of a text of which is asked whether it comes back to them."""
_BEGINS = "\n。！？；，：:|｜“「《、 "
"""What stands before a clause's first character."""


def recurring_names(lines: str) -> Iterator[str]:
    """The names a folded text, its first line a blank one, introduces by a company's kind or tail and comes back to."""
    asked: dict[str, bool] = {}
    seen: set[str] = set()
    for match in _kinds().finditer(lines):
        place, run = match.start("run"), match["run"]
        if run in seen:
            continue
        seen.add(run)
        lengths = range(_SHORTEST, min(_LONGEST, len(run)) + 1)
        ends = next((length for length in lengths if ends_at(lines, place + length)), lengths[-1])
        for length in range(ends, _SHORTEST - 1, -1):
            name = run[:length]
            if _asked(lines, name, place, asked):
                tailed = _tail().match(name)
                yield tailed[0] if tailed is not None else name
                break
    for match in _tailed().finditer(lines):
        if _asked(lines, match["name"], match.start("name"), asked):
            yield match["name"]


def _asked(lines: str, name: str, place: int, asked: dict[str, bool]) -> bool:
    """Whether a text comes back to what may be a name; asked once each, and of not too many."""
    if name not in asked and len(asked) < _MOST_ASKED:
        common = any_of("chinese_unknown_names", "common_nouns").match(name)
        asked[name] = common is None and _comes_back(lines, name, place)
    return asked.get(name, False)


def _comes_back(lines: str, name: str, place: int) -> bool:
    """Whether a name begins a clause elsewhere, or stands in the title."""
    start = lines.find(name)
    title = lines.find("\n", 1)
    while start >= 0:
        if start != place and (start < title or lines[start - 1] in _BEGINS):
            return True
        start = lines.find(name, start + 1)
    return False


@cache
def _letter() -> str:
    return written("chinese_unknown_names", "(?:未来|[光少青百千流]年|<loose_letter>)")


@cache
def _kinds() -> LedPattern:
    kinds = alternation("chinese_unknown_names", "field_kinds")
    return LedPattern(rf"{kinds}[“「]?(?P<run>{_letter()}{{{_SHORTEST},{_LONGEST}}})")


@cache
def _tailed() -> GatedPattern:
    tails = alternation("chinese_unknown_names", "sure_tails")
    before = re.escape(_BEGINS)
    return GatedPattern(rf"(?<=[{before}])(?:对话|专访|探访|走进|独家)?(?P<name>[{HAN}]{{2,4}}?{tails})")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"[{HAN}]{{2,4}}?{alternation('chinese_unknown_names', 'sure_tails')}")
