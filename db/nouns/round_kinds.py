"""What counts as raised: which rounds are done, and what kind of money each brings. Every sum asks here."""

from __future__ import annotations

from db.nouns.facts import Fact

DONE = frozenset({"confirmed", "reported"})
"""It happened, as far as anybody says: talk and denials are in no sum."""
_OLD_SHARES = frozenset({"secondary_market"})
_LENT = frozenset({"debt_financing", "post_ipo_debt"})
_GIVEN = frozenset({"grant"})


def is_done_round(fact: Fact) -> bool:
    """Whether this is a round that is confirmed or reported."""
    return fact.type == "funding_round" and fact.status in DONE


def is_sale_of_old_shares(fact: Fact) -> bool:
    """Old shares change hands: the company gets nothing (Crunchbase leaves these out of total funding as well)."""
    return fact.value("investment_type") in _OLD_SHARES


def is_lent(fact: Fact) -> bool:
    """A loan: part of what a company took in over its life, and of no sum of what was raised in a week or a year."""
    return fact.value("investment_type") in _LENT


def is_raised(fact: Fact) -> bool:
    """Whether a company's total counts it: a round that is done and brought it money, loans and grants included."""
    return is_done_round(fact) and not is_sale_of_old_shares(fact)


def is_put_in(fact: Fact) -> bool:
    """Whether the sum of a week, quarter or year counts it: raised, and not lent."""
    return is_raised(fact) and not is_lent(fact)


def is_new_equity(fact: Fact) -> bool:
    """Whether it is money for shares, which a price can be held against: put in, and not given."""
    return is_put_in(fact) and fact.value("investment_type") not in _GIVEN
