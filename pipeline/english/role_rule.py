"""A rule by which a sum of an English sentence is this or that after all, and the roles that rules speak of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.english.sum_tests import Place

DEALS = ("funding_round", "total_funding", "acquisition", "ipo")
ANY = (
    *DEALS, "valuation", "arr", "revenue_monthly", "revenue_annual", "burn_monthly", "spending", "cash", "other",
)  # fmt: skip
LOOSE = ("funding_round", "other")
"""Taken for a round by one word, or for nothing: what stands right at the sum says more."""
LOWEST_DEAL = 5_000
"""No round is so small, whatever its currency; the price of a plan, a seat or a share is."""


class Rule(NamedTuple):
    """A sum taken for one of the roles `of` is `role`, if the words say so; `final`: no later rule is asked."""

    name: str
    of: Sequence[str | None]
    says: Callable[[Place], object]
    role: str | None
    final: bool = True
