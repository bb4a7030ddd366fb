"""What a company has raised, added up by us: never more than the sentences carry, and saying what it leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from db.facts import Fact
from db.values import Money
from reports.wording import ReportLanguage, listed, money_text, words

DONE = frozenset({"confirmed", "reported"})
NOT_RAISED = frozenset({"secondary_market"})
"""Old shares change hands: the company gets nothing (Crunchbase leaves these out of total funding as well)."""
_LOWER, _UPPER = frozenset({">", ">="}), frozenset({"<", "<="})


@dataclass(frozen=True, slots=True)
class TotalRaised:
    """Sums by currency, in order of the codes; only `counted` of the `rounds` state amount and currency."""

    sums: tuple[Money, ...]
    counted: int
    rounds: int

    def text(self, language: ReportLanguage) -> str:
        """The sums and what they rest on: "$277M (3 of 4 rounds)"; empty where there is nothing to add."""
        if not self.sums:
            return ""
        amounts = listed(language, [money_text(money, language) for money in self.sums])
        return str(words(language, "of_rounds")).format(amounts, counted=self.counted, rounds=self.rounds)


def total_raised(facts: Iterable[Fact]) -> TotalRaised:
    """The confirmed and reported rounds among these facts added up, currency by currency; debt and grants included.

    Rumours, denials and secondary sales are no part of it. A sum is as exact as its least exact part; of "under $50M"
    and "$2M to $3M" it is a range.
    """
    rounds = [
        fact
        for fact in facts
        if fact.type == "funding_round" and fact.status in DONE and fact.value("investment_type") not in NOT_RAISED
    ]
    by_currency: defaultdict[str, list[Money]] = defaultdict(list)
    for fact in rounds:
        money = fact.money
        if money is not None and money.currency is not None:
            by_currency[money.currency].append(money)
    sums = tuple(_sum(currency, parts) for currency, parts in sorted(by_currency.items()))
    return TotalRaised(sums, sum(len(parts) for parts in by_currency.values()), len(rounds))


def _sum(currency: str, parts: list[Money]) -> Money:
    """The parts added up: ranges and upper bounds make a range, "over" an "at least", "about" an "about"."""
    low = sum((Decimal(0) if part.operator in _UPPER else part.amount for part in parts), Decimal(0))
    high = sum((part.amount if part.amount_max is None else part.amount_max for part in parts), Decimal(0))
    about = any(part.operator == "~" for part in parts)
    if any(part.operator in _LOWER and part.amount_max is None for part in parts):
        return Money(low, currency, "~" if about else ">=")
    if low == high:
        return Money(low, currency, "~" if about else "=")
    return Money(low, currency, "=", high) if low else Money(high, currency, "<=")
