"""Where a claim is filed, so that it is compared only with claims that could be the same thing, not with all.

Two claims are compared where they share a key and happened within so many days of each other, as far as is known. What
the rules of `pipeline.facts.same_thing` can join must meet here; what they cannot should not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.facts.compared import Told
from pipeline.facts.same_round import CORRECTED_DAYS
from pipeline.facts.same_sum import Sum, rated_currencies
from pipeline.facts.sole_posts import SAME_DAYS, sole_posts

Key = str | tuple[str | int | None, ...]
Keys = frozenset[Key]
_ALL: Keys = frozenset({"all"})
_NOWHERE: Keys = frozenset()


@dataclass(frozen=True, slots=True)
class Filing:
    """The keys of a claim, and the days within which two claims can be the same thing.

    `graded`: some of the pairs it brings together are surer than others; else all that are the same are as sure, at
    least `sure`, and who is the same less surely is another filing's.
    """

    keys: Callable[[Told], Keys]
    days: int
    graded: bool = False
    sure: int = 1
    asks: Callable[[Told], Keys] | None = None
    """The keys under which those are filed that it can be the same as, where they are not its own."""

    def asked(self, claim: Told) -> Keys:
        """Where to look for those a claim can be the same as."""
        return (self.asks or self.keys)(claim)


def months(claim: Told, days: int) -> Iterable[int]:
    """The 30-day stretches a claim's period touches, widened: two periods within twice `days` share one."""
    if claim.first is None or claim.last is None:
        return ()
    return range((claim.first - days) // 30, (claim.last + days) // 30 + 1)


_CLOSE = 1.05
"""The width of a round's size classes: its sum to 2.5 % either way lies in one or two."""
_ANY = "any currency"


def _round(claim: Told) -> Keys:
    """By sum, the month in which it happened, and label."""
    keys = _near_and_label(claim)
    if claim.sum is not None:
        sizes = _sizes(claim.sum.low, claim.sum.high, _CLOSE)
        keys |= {(currency, size) for currency in (claim.sum.currency, _ANY) for size in sizes}
        keys |= {("dollars", claim.sum.currency, size) for size in _dollar_sizes(claim.sum)}
    if claim.series is not None:
        told = [name for name, so in (("any sum", _fits_any_sum(claim)), ("dated", claim.first is not None)) if so]
        keys |= {(claim.series, claim.qualifier, name) for name in told}
    return frozenset(keys)


def _asked_of_rounds(claim: Told) -> Keys:
    """A sum is held against those of its currency or of none, and in dollars against those of others.

    One label under two sums is one round on near days only: who tells a sum looks for those that fit any, and, where
    it is dated, for those that are as well.
    """
    if claim.sum is None:
        return frozenset(_near_and_label(claim))
    keys = {key for key in _near_and_label(claim) if _fits_any_sum(claim) or key[0] == _NEAR}
    currencies = (claim.sum.currency, None) if claim.sum.currency else (_ANY,)
    keys |= {(each, size) for each in currencies for size in _sizes(claim.sum.low, claim.sum.high, _CLOSE)}
    others = [each for each in rated_currencies() if each != claim.sum.currency]
    keys |= {("dollars", each, size) for size in _dollar_sizes(claim.sum) for each in others}
    if claim.series is not None:
        keys.add((claim.series, claim.qualifier, "any sum"))
        if claim.first is not None:
            keys.add((claim.series, claim.qualifier, "dated"))
    return frozenset(keys)


def _fits_any_sum(claim: Told) -> bool:
    """Whether it tells no sum, or one that cannot be held against those of other currencies."""
    return claim.sum is None or claim.sum.dollars is None


_NEAR = "near"


def _near_and_label(claim: Told) -> set[Key]:
    near: set[Key] = {(_NEAR, month) for month in months(claim, 30)} if claim.fine else set()
    return near | {(claim.series, claim.qualifier, "labelled")} if claim.series is not None else near


def _dollar_sizes(told: Sum) -> range:
    """The size classes in rough dollars, as wide as a rate moves."""
    return range(0) if told.dollars is None else _sizes(told.dollars[0] * 0.8, told.dollars[1])


def _sum_keys(claim: Told) -> Keys:
    """The size classes a sum may lie in, by its number and in rough dollars: sums that can agree share one."""
    if claim.sum is None:
        return _NOWHERE
    keys = {f"number {size}" for size in _sizes(claim.sum.low, claim.sum.high)}
    return frozenset(keys | {f"dollars {size}" for size in _dollar_sizes(claim.sum)})


def _price(claim: Told) -> Keys:
    """By the amount alone: prices to 5 % the same share a size class, other currencies are other prices."""
    if claim.sum is None:
        return _NOWHERE
    return frozenset(str(size) for size in _sizes(claim.sum.amount / 1.03, claim.sum.amount * 1.03))


def _corrected(claim: Told) -> Keys:
    """By outlet and month, corrections apart: each is held against what it may correct."""
    return frozenset((claim.witness, claim.corrects, month) for month in _near_months(claim))


def _asked_of_corrected(claim: Told) -> Keys:
    return frozenset((claim.witness, not claim.corrects, month) for month in _near_months(claim))


def _near_months(claim: Told) -> Iterable[int]:
    return months(claim, CORRECTED_DAYS) if claim.fine else ()


def _sizes(low: float, high: float, width: float = 1.1) -> range:
    """Size classes of so many times as much each."""
    step = math.log(width)
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
    """By which way, each word of a person's name, since some give the surname only, and the nameless by their role.

    Also by the month and the post that one alone holds: of a name in another script nothing else is the same.
    """
    direction, person, role = claim.name("direction"), claim.name("person"), claim.name("role") or ""
    if person is None:
        return frozenset({f"{direction} as {role.replace(' ', '')}"})
    keys: set[Key] = {f"{direction} {word}" for word in (*person.split(), person.replace(" ", ""))}
    if claim.fine and (posts := sole_posts(role)):
        keys |= {(direction, post, month) for post in posts for month in months(claim, SAME_DAYS)}
    return frozenset(keys)


def _dated(claim: Told) -> Keys:
    """Anywhere, if it is known to the month."""
    return _ALL if claim.fine else _NOWHERE


def _everywhere(_claim: Told) -> Keys:
    return _ALL


FILINGS: dict[str, Sequence[Filing]] = {
    "funding_round": [Filing(_round, 120, graded=True, asks=_asked_of_rounds)],
    "valuation": [Filing(_price, 200, sure=2), Filing(_corrected, 30, asks=_asked_of_corrected)],
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
