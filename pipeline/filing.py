"""Where a claim is filed, so that it is compared only with claims that could be the same thing, not with all.

A claim is filed under some keys and looks under some; two are compared where one looks under a key the other is filed
under. What the rules of `pipeline.same_thing` can join must meet here; what they cannot should not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from pipeline.told import Told

Keys = tuple[frozenset[str], frozenset[str]]
_ALL = "all"


def keys_of(claim_type: str, claim: Told) -> Keys:
    """(filed under, looks under) of a claim of this type."""
    return _KEYS[claim_type](claim)


def _round(claim: Told) -> Keys:
    sums = _sum_keys(claim)
    months = {f"near {month}" for month in _months(claim, 30)} if claim.fine else set()
    filed, looks = {*sums, *months}, {*sums, *months}
    if claim.series is not None:
        label = f"{claim.series} {claim.qualifier}"
        dated = {f"{label} {month}" for month in _months(claim, 60)}
        filed |= {label, *dated}
        looks |= dated or {label}
    return frozenset(filed), frozenset(looks)


def _months(claim: Told, days: int) -> Iterable[int]:
    """The 30-day stretches a claim's period touches, widened: two periods within twice `days` share one."""
    if claim.first is None or claim.last is None:
        return ()
    return range((claim.first - days) // 30, (claim.last + days) // 30 + 1)


def _sum_keys(claim: Told) -> set[str]:
    """The size classes a sum may lie in, by its number and in rough dollars: sums that can agree share one."""
    if claim.sum is None:
        return set()
    keys = {f"number {size}" for size in _sizes(claim.sum.low, claim.sum.high)}
    if claim.sum.dollars is not None:
        low, high = claim.sum.dollars
        keys |= {f"dollars {size}" for size in _sizes(low * 0.8, high)}
    return keys


def _sizes(low: float, high: float) -> range:
    """Size classes of half as much again each."""
    step = math.log(1.5)
    return range(math.floor(math.log(max(low, 1)) / step), math.floor(math.log(max(high, 1)) / step) + 1)


def _by_sum(claim: Told) -> Keys:
    keys = frozenset(_sum_keys(claim))
    return keys, keys


def _by_name(field: str) -> Callable[[Told], Keys]:
    """By a name that must be equal."""

    def keys(claim: Told) -> Keys:
        name = frozenset({(claim.name(field) or "").replace(" ", "")})
        return name, name

    return keys


def _by_name_and_time(field: str, days: int, unnamed_days: int) -> Callable[[Told], Keys]:
    """By a name and the months within `days`; a claim that names nobody, by the months within `unnamed_days` alone."""

    def keys(claim: Told) -> Keys:
        names = [name.replace(" ", "") for name in (claim.name(field) or "?").split("; ")]
        named = names != ["?"]
        near = {str(month) for month in _months(claim, (unnamed_days + 1) // 2)}
        months = {str(month) for month in _months(claim, (days + 1) // 2)} if named else near
        filed = {_ALL, *(f"any {month}" for month in near or ["undated"])}
        looks = set() if named else {f"any {month}" for month in near} | {"any undated"} if months else {_ALL}
        for name in names:
            filed |= {f"{name} any", *(f"{name} {month}" for month in months or ["undated"])}
            if named and months:
                looks |= {f"{name} undated", "? undated", *(f"{name} {month}" for month in months)}
                looks |= {f"? {month}" for month in near}
            elif named:
                looks |= {f"{name} any", "? any"}
        return frozenset(filed), frozenset(looks)

    return keys


def _person(claim: Told) -> Keys:
    """By each word of a person's name, since some give the surname only."""
    words = frozenset((claim.name("person") or "?").split())
    whole = frozenset({(claim.name("person") or "?").replace(" ", "")})
    return words | whole, words | whole


def _by_time(days: int) -> Callable[[Told], Keys]:
    """By the months it may have happened in; an undated claim looks everywhere."""

    def keys(claim: Told) -> Keys:
        months = {str(month) for month in _months(claim, (days + 1) // 2)}
        return frozenset({*months, _ALL}) if months else frozenset({"?", _ALL}), frozenset(
            {*months, "?"} if months else {_ALL}
        )

    return keys


def _everywhere(_claim: Told) -> Keys:
    return frozenset({_ALL}), frozenset({_ALL})


_KEYS: dict[str, Callable[[Told], Keys]] = {
    "funding_round": _round,
    "valuation": _by_sum,
    "total_funding": _by_sum,
    "acquisition": _by_name_and_time("acquirer", 365, 90),
    "ipo": _by_name_and_time("exchange", 365, 365),
    "shutdown": _by_name("product"),
    "layoffs": _by_time(90),
    "leadership_change": _person,
    "product_launch": _by_name("product"),
    "founding": _everywhere,
    "lawsuit": _by_name_and_time("plaintiff", 45, 45),
    "metric": _by_sum,
    "partnership": _by_name("partner"),
    "controversy": _by_time(30),
}
