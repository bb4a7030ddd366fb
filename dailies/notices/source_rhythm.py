"""A source against its own rhythm: how much it brings a day, and whether it is silent or failing as it never was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from db.crawl.source_record import SourceDay

SourceState = Literal["unverified", "learning", "good", "silent", "failing"]
DAYS_TO_LEARN = 14
"""After so many days since it was first reached, a source's own rhythm counts, and not what was expected of it."""
_ARTICLES_TO_LEARN = 5
_MISSED_ARTICLES = 7.0
"""So many articles must be missing: at a steady rate, chance alone brings such a silence once in 1,100 (e^-7)."""
_TIMES_LONGEST_GAP = 1.5
"""And it must be so many times as long as the longest silence ever seen: weekends, holidays."""
_FEWEST_DAYS = 2


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`articles_a_day` is None until it was learned; `since` is the first day of the trouble that `state` names."""

    state: SourceState
    articles_a_day: float | None = None
    since: date | None = None
    outcome: str = ""


def rhythm_of(days: Sequence[SourceDay]) -> Rhythm:
    """The rhythm of a source from the days it was visited on, oldest first.

    Only days on which it was reached count for its silence: nobody knows what it said on the others. What its first
    reached day brought was published on many days, and says nothing about a day's yield.
    """
    reached = [day for day in days if day.reached]
    if not reached:
        return Rhythm("unverified", outcome=days[-1].outcome if days else "")
    after_first = reached[1:]
    learned = bool(after_first) and days[-1].day - reached[0].day >= timedelta(days=DAYS_TO_LEARN)
    if not learned:
        return Rhythm("learning")
    a_day = sum(day.articles for day in after_first) / len(after_first)
    return _failing(days, a_day) or _silent(after_first, a_day) or Rhythm("good", a_day)


def _failing(days: Sequence[SourceDay], a_day: float) -> Rhythm | None:
    """Not reached on more days in a row than ever before."""
    first = next(number for number, day in enumerate(days) if day.reached)
    streaks = [list(group) for reached, group in groupby(days[first:], lambda day: day.reached) if not reached]
    if days[-1].reached or not streaks:
        return None
    now, before = streaks[-1], max((len(streak) for streak in streaks[:-1]), default=0)
    if len(now) < max(_FEWEST_DAYS, before + 1):
        return None
    return Rhythm("failing", a_day, now[0].day, now[-1].outcome)


def _silent(reached: Sequence[SourceDay], a_day: float) -> Rhythm | None:
    """Reached, and without anything new for longer than ever before, and than its rate lets expect."""
    gaps = [list(group) for busy, group in groupby(reached, lambda day: day.articles > 0) if not busy]
    if reached[-1].articles or not gaps or sum(day.articles for day in reached) < _ARTICLES_TO_LEARN:
        return None
    now, longest = gaps[-1], max((len(gap) for gap in gaps[:-1]), default=0)
    busy = reached[: -len(now)]
    rate = sum(day.articles for day in busy) / len(busy)
    if len(now) < max(_FEWEST_DAYS, longest * _TIMES_LONGEST_GAP + 1) or len(now) * rate < _MISSED_ARTICLES:
        return None
    return Rhythm("silent", a_day, now[0].day)
