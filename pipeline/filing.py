"""Where a claim is filed, so that it is compared only with claims that could be the same thing, not with all.

Two claims are compared where they share a key and happened within so many days of each other, as far as is known. What
the rules of `pipeline.same_thing` can join must meet here; what they cannot should not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.told import Told

Keys = frozenset[str]
_ALL: Keys = frozenset({"all"})
_NOWHERE: Keys = frozenset()


@dataclass(frozen=True, slots=True)
class Filing:
    """The keys of a claim, and the days within which two claims can be the same thing.

    `graded`: some of the pairs it brings together are surer than others; else all that are the same are as sure.
    """

    keys: Callable[[Told], Keys]
    days: int
    graded: bool = False


def months(claim: Told, days: int) -> Iterable[int]:
    """The 30-day stretches a claim's period touches, widened: two periods within twice `days` share one."""
    if claim.first is None or claim.last is None:
        return ()
    return range((claim.first - days) // 30, (claim.last + days) // 30 + 1)


def _round(claim: Told) -> Keys:
    near = {f"near {month}" for month in months(claim, 30)} if claim.fine else set()
    label = {f"{claim.series} {claim.qualifier}"} if claim.series is not None else set()
    return frozenset({*_sum_keys(claim), *near, *label})


def _sum_keys(claim: Told) -> Keys:
    """The size classes a sum may lie in, by its number and in rough dollars: sums that can agree share one."""
    if claim.sum is None:
        return _NOWHERE
    keys = {f"number {size}" for size in _sizes(claim.sum.low, claim.sum.high)}
    if claim.sum.dollars is not None:
        low, high = claim.sum.dollars
        keys |= {f"dollars {size}" for size in _sizes(low * 0.8, high)}
    return frozenset(keys)


def _price(claim: Told) -> Keys:
    """By the amount alone: prices to 5 % the same share a size class, other currencies are other prices."""
    if claim.sum is None:
        return _NOWHERE
    return frozenset(str(size) for size in _sizes(claim.sum.amount / 1.03, claim.sum.amount * 1.03))


def _sizes(low: float, high: float) -> range:
    """Size classes of a tenth as much again each."""
    step = math.log(1.1)
    return range(math.floor(math.log(max(low, 1)) / step), math.floor(math.log(max(high, 1)) / step) + 1)


def _metric(claim: Told) -> Keys:
    """By what is measured and how much it is."""
    measured = claim.name("metric")
    return _NOWHERE if measured is None else frozenset(f"{measured} {key}" for key in _sum_keys(claim))


def _named(field: str) -> Callable[[Told], Keys]:
    """By a name both claims must state."""

    def keys(claim: Told) -> Keys:
        name = claim.name(field)
        return _NOWHERE if name is None else frozenset({name.replace(" ", "")})

    return keys


def _named_or_not(field: str) -> Callable[[Told], Keys]:
    """By a name both claims must state, or neither."""
    return lambda claim: frozenset({(claim.name(field) or "").replace(" ", "")})


def _person(claim: Told) -> Keys:
    """By which way, and each word of a person's name, since some give the surname only; the nameless by their role."""
    direction, person = claim.name("direction"), claim.name("person")
    if person is None:
        return frozenset({f"{direction} as {(claim.name('role') or '').replace(' ', '')}"})
    return frozenset({f"{direction} {word}" for word in (*person.split(), person.replace(" ", ""))})


def _dated(claim: Told) -> Keys:
    """Anywhere, if it is known to the month."""
    return _ALL if claim.fine else _NOWHERE


def _everywhere(_claim: Told) -> Keys:
    return _ALL


FILINGS: dict[str, Sequence[Filing]] = {
    "funding_round": [Filing(_round, 120, graded=True)],
    "valuation": [Filing(_price, 200)],
    "total_funding": [Filing(_price, 400)],
    "acquisition": [Filing(_named("acquirer"), 365), Filing(_everywhere, 90)],
    "ipo": [Filing(_named("exchange"), 365), Filing(_everywhere, 365)],
    "shutdown": [Filing(_named_or_not("product"), 365)],
    "layoffs": [Filing(_everywhere, 90)],
    "leadership_change": [Filing(_person, 120)],
    "product_launch": [Filing(_named("product"), 60)],
    "founding": [Filing(_everywhere, 0)],
    "lawsuit": [Filing(_everywhere, 45)],
    "metric": [Filing(_metric, 20)],
    "partnership": [Filing(_named("partner"), 365)],
    "controversy": [Filing(_dated, 30)],
}
"""By type; where there are two filings, the pairs of the first are surer than those that only the second brings."""
