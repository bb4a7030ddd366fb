"""By how much the sum of a deal that was done is another than the one that was talked of."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from db.nouns.facts import Fact
from db.values import Money
from reports.wording.labels import label
from reports.wording.values import ReportLanguage

_UPPER = frozenset({"<", "<="})
_LOWER = frozenset({">", ">="})


def sum_change(talked: Fact, done: Fact, language: ReportLanguage) -> str:
    """The change in whole percent: "37% less money"; empty where a sum is not stated, or may be the same.

    Of sums in two currencies it is about so much, by the dollars of their days; of a bound or a range at least so much.
    """
    one, other = talked.money, done.money
    converted = one is not None and other is not None and one.currency != other.currency
    if converted:
        one, other = talked.dollars, done.dollars
    if one is None or other is None or one.currency is None:
        return ""
    (low, high), (least, most) = _span(one), _span(other)
    if low and most is not None and most < low:
        key, share = "less_money", (low - most) / low
    elif high and least > high:
        key, share = "more_money", (least - high) / high
    else:
        return ""
    percent = int((share * 100).quantize(Decimal(1), ROUND_HALF_UP))
    sure = "percent_about" if converted else "percent"
    form = sure if (low, least) == (high, most) else "percent_at_least"
    return label(language, "timeline", key).format(label(language, "timeline", form).format(percent)) if percent else ""


def _span(money: Money) -> tuple[Decimal, Decimal | None]:
    """From what to what a sum may be; None where nothing bounds it above."""
    if money.operator in _UPPER:
        return Decimal(0), money.amount
    if money.operator in _LOWER:
        return money.amount, money.amount_max
    return money.amount, money.amount if money.amount_max is None else money.amount_max
