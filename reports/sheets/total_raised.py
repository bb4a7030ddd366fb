"""What a company has raised, added up by us: never more than the sentences carry, and saying what it leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from db.nouns.facts import Fact
from db.nouns.round_kinds import is_raised
from db.nouns.round_parts import counted_once
from db.values import Money
from reports.wording.values import ReportLanguage, listed, money_text, words

LOWER, UPPER = frozenset({">", ">="}), frozenset({"<", "<="})


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

    Rumours, denials and secondary sales are no part of it, and a round told whole and in parts counts once. A sum is as
    exact as its least exact part; of "under $50M" and "$2M to $3M" it is a range.
    """
    rounds = [fact for fact in counted_once(list(facts)) if is_raised(fact)]
    by_currency: defaultdict[str, list[Money]] = defaultdict(list)
    for fact in rounds:
        money = fact.money
        if money is not None and money.currency is not None:
            by_currency[money.currency].append(money)
    sums = tuple(sum_of(currency, parts) for currency, parts in sorted(by_currency.items()))
    return TotalRaised(sums, sum(len(parts) for parts in by_currency.values()), len(rounds))


def sum_of(currency: str, parts: Sequence[Money]) -> Money:
    """Sums of one currency added up: ranges and upper bounds make a range, "over" an "at least", "about" an "about"."""
    low = sum(map(least_of, parts), Decimal(0))
    high = sum((part.amount if part.amount_max is None else part.amount_max for part in parts), Decimal(0))
    about = any(part.operator == "~" for part in parts)
    if any(part.operator in LOWER and part.amount_max is None for part in parts):
        return Money(low, currency, "~" if about else ">=")
    if low == high:
        return Money(low, currency, "~" if about else "=")
    return Money(low, currency, "=", high) if low else Money(high, currency, "<=")


def sure_dollars(fact: Fact) -> Decimal:
    """What a fact's sum is at least, in US dollars, to order and to add: of "under $50M" it is nothing."""
    return Decimal(0) if fact.dollars is None else least_of(fact.dollars)


def least_of(money: Money) -> Decimal:
    """What a sum is at least: of "under $50M" nothing."""
    return Decimal(0) if money.operator in UPPER else money.amount


def dollars_together(facts: Sequence[Fact], *, whole: bool) -> Money | None:
    """The facts' sums in US dollars added up, to three digits; None where none has any.

    `whole`: nothing is missing beside them; otherwise it is at least so much.
    """
    parts = [fact.dollars for fact in facts if fact.dollars is not None]
    if not parts:
        return None
    total = sum_of("USD", parts)
    if not whole:
        least = least_of(total)
        return Money(_three_digits(least), "USD", "~" if total.operator == "~" else ">=") if least else None
    amount = _three_digits(total.amount)
    if total.amount_max is not None:
        return Money(amount, "USD", "=", _three_digits(total.amount_max))
    return Money(amount, "USD", "~" if total.operator == "=" and amount != total.amount else total.operator)


def dollar_range(facts: Sequence[Fact]) -> Money | None:
    """About from what to what the facts' sums in US dollars come to, where one of them is itself a range; else None."""
    parts = [fact.dollars for fact in facts if fact.dollars is not None]
    if all(part.amount_max is None for part in parts):
        return None
    low = sum(map(least_of, parts), Decimal(0))
    high = sum((part.amount if part.amount_max is None else part.amount_max for part in parts), Decimal(0))
    return Money(_three_digits(low), "USD", "~", _three_digits(high))


def _three_digits(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - 2), ROUND_HALF_UP) if amount else amount
