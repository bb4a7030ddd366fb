"""The claims a claim has to be compared with, as the bits of a number: sets of thousands are joined in microseconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from pipeline.facts.compared import TOLD_EARLY_DAYS, Told
from pipeline.facts.filing import Filing, Key, months

Places = int
"""A set of places: bit n stands for place n."""


class Candidates:
    """What was filed so far: by key, and by the 30 days in which it began, touched, or was told without a date."""

    def __init__(self, filing: Filing) -> None:
        self._filing = filing
        self._by_key: defaultdict[Key, Places] = defaultdict(int)
        self._begun: defaultdict[int, Places] = defaultdict(int)
        self._touched: defaultdict[int, Places] = defaultdict(int)
        self._told: defaultdict[int, Places] = defaultdict(int)
        self._undated: Places = 0

    def of(self, claim: Told) -> Places:
        """Who of those filed could be the same thing."""
        found = 0
        for key in self._filing.asked(claim):
            found |= self._by_key.get(key, 0)
        return found & self._in_time(claim) if found else 0

    def _in_time(self, claim: Told) -> Places:
        """Who could have happened when it did: an undated report of what is done was told after it happened."""
        if claim.first is not None:
            near = _any(self._touched.get(month, 0) for month in months(claim, self._filing.days))
            told_in_time = _any(here for month, here in self._told.items() if month >= _month(claim.first))
            return self._undated | near | told_in_time
        if claim.not_after is None:
            return self._undated | _any(self._told.values()) | _any(self._begun.values())
        begun_in_time = _any(here for month, here in self._begun.items() if month <= _month(claim.not_after, 1))
        return self._undated | _any(self._told.values()) | begun_in_time

    def file(self, claim: Told, place: int) -> None:
        """Add a claim."""
        bit = 1 << place
        for key in self._filing.keys(claim):
            self._by_key[key] |= bit
        if claim.first is not None:
            self._begun[_month(claim.first)] |= bit
            for month in months(claim, 0):
                self._touched[month] |= bit
        elif claim.not_after is not None:
            self._told[_month(claim.not_after, 1)] |= bit
        else:
            self._undated |= bit


def _month(day: int, later: int = 0) -> int:
    """The 30 days a day lies in, or those of the last day that is early enough to be told on it (`later` 1)."""
    return (day + later * TOLD_EARLY_DAYS) // 30


def _any(sets: Iterable[Places]) -> Places:
    return reduce(or_, sets, 0)


def first_of(places: Places) -> int:
    """The lowest place of a set that is not empty."""
    return (places & -places).bit_length() - 1


def each_of(places: Places) -> Iterator[int]:
    """The places of a set, the lowest first."""
    while places:
        yield first_of(places)
        places &= places - 1
