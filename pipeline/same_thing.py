"""When two claims of one company and one type speak of the same thing: one small rule per type.

Every rule is symmetric and looks at two claims only, so that what belongs together does not depend on the order in
which articles were read. A wrong merge makes a wrong number; where a rule is unsure it says no.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from db.identity import fold
from db.model import Claim, FieldValue, StoredClaim
from db.values import Money, PartialDate

AMOUNT_TOLERANCE = Decimal("0.05")
"""Two exact sums this near are the same sum, rounded (「$141M」 and 「about $140 million」)."""


def days_apart(one: PartialDate | None, other: PartialDate | None) -> int | None:
    """Days between two periods: 0 where they overlap, None where either is unknown."""
    if one is None or other is None:
        return None
    gap = max(one.first_day(), other.first_day()) - min(one.last_day(), other.last_day())
    return max(gap.days, 0)


def dates_allow(one: Claim, other: Claim, days: int) -> bool:
    """Whether the two may have happened within this many days: unknown allows everything."""
    apart = days_apart(one.event_date, other.event_date)
    return apart is None or apart <= days


def dates_near(one: Claim, other: Claim, days: int) -> bool:
    """Whether the two are known to have happened within this many days."""
    apart = days_apart(one.event_date, other.event_date)
    return apart is not None and apart <= days


def amounts_agree(one: Money | None, other: Money | None) -> bool | None:
    """Whether two sums can be the same sum, their operators considered; None where either is unknown."""
    if one is None or other is None:
        return None
    if one.currency is not None and other.currency is not None and one.currency != other.currency:
        return None
    (low_one, high_one), (low_other, high_other) = _interval(one), _interval(other)
    return low_one <= high_other and low_other <= high_one


def _interval(money: Money) -> tuple[Decimal, Decimal]:
    """The smallest and largest sum the words allow; "over 100 million" hardly ever means more than 150."""
    slack = money.amount * (Decimal("0.1") if money.operator == "~" else AMOUNT_TOLERANCE / 2)
    low, high = money.amount - slack, money.amount + slack
    if money.operator in (">", ">="):
        high = money.amount * Decimal("1.5")
    if money.operator in ("<", "<="):
        low = money.amount / Decimal("1.5")
    if money.amount_max is not None:
        high = max(high, money.amount_max)
    return low, high


def field_text(claim: Claim, name: str) -> str | None:
    """A field's value folded for comparison, or None where the claim does not state it."""
    value: FieldValue = claim.fields.get(name)
    return fold(str(value)) if value not in (None, "", []) else None


def _equal_or_unknown(one: Claim, other: Claim, name: str) -> bool:
    left, right = field_text(one, name), field_text(other, name)
    return left is None or right is None or left == right


def _names_match(left: str | None, right: str | None) -> bool:
    """Equal, or one the other with more words in front or behind ("Gen-3" and "Gen-3 Alpha" do not match)."""
    return left is not None and right is not None and left.replace(" ", "") == right.replace(" ", "")


def series_of(claim: Claim) -> tuple[str, str | None] | None:
    """(investment_type, qualifier) of a claim, None where the series is unknown."""
    investment_type = field_text(claim, "investment_type")
    if investment_type in (None, "series_unknown", "undisclosed"):
        return None
    return investment_type, field_text(claim, "series_qualifier")


def _same_round(one: Claim, other: Claim) -> bool:
    agree = amounts_agree(one.money, other.money)
    left, right = series_of(one), series_of(other)
    series_equal = left is not None and left == right
    series_differ = left is not None and right is not None and left != right
    if agree:
        # One deal carries two labels only when it is told at the same time ("D轮" and "Series C extension").
        return dates_near(one, other, 60) if series_differ else dates_allow(one, other, 120)
    if "denied" in (one.status, other.status) and one.status != other.status:
        # "We did not invest" denies one party's part, not the round: only the sum or the name ties a denial to a deal.
        return series_equal and dates_allow(one, other, 120)
    if agree is False:
        return series_equal and dates_near(one, other, 45)
    if series_differ:
        return False
    if series_equal:
        return dates_allow(one, other, 120)
    return dates_near(one, other, 30)


def _same_valuation(one: Claim, other: Claim) -> bool:
    kinds = {field_text(one, "valuation_kind"), field_text(other, "valuation_kind")} - {None, "unspecified"}
    return bool(amounts_agree(one.money, other.money)) and len(kinds) < 2 and dates_allow(one, other, 200)


def _same_total(one: Claim, other: Claim) -> bool:
    return bool(amounts_agree(one.money, other.money)) and dates_allow(one, other, 400)


def _same_acquisition(one: Claim, other: Claim) -> bool:
    return _equal_or_unknown(one, other, "acquirer") and dates_allow(one, other, 365)


def _same_ipo(one: Claim, other: Claim) -> bool:
    return _equal_or_unknown(one, other, "exchange") and dates_allow(one, other, 365)


def _same_shutdown(one: Claim, other: Claim) -> bool:
    left, right = field_text(one, "product"), field_text(other, "product")
    return (left == right or _names_match(left, right)) and dates_allow(one, other, 365)


def _same_layoffs(one: Claim, other: Claim) -> bool:
    return (
        _equal_or_unknown(one, other, "headcount")
        and _equal_or_unknown(one, other, "percent")
        and dates_allow(one, other, 90)
    )


def _same_leadership_change(one: Claim, other: Claim) -> bool:
    if field_text(one, "direction") != field_text(other, "direction") or not dates_allow(one, other, 120):
        return False
    left, right = field_text(one, "person"), field_text(other, "person")
    if left is None and right is None:
        return field_text(one, "role") == field_text(other, "role")
    return _names_match(left, right)


def _same_product_launch(one: Claim, other: Claim) -> bool:
    left, right = field_text(one, "product"), field_text(other, "product")
    same_stage = field_text(one, "stage") == field_text(other, "stage")
    return _names_match(left, right) and same_stage and dates_allow(one, other, 60)


def _same_founding(one: Claim, other: Claim) -> bool:
    return True


def _same_lawsuit(one: Claim, other: Claim) -> bool:
    return _equal_or_unknown(one, other, "plaintiff") and dates_allow(one, other, 365)


def _same_metric(one: Claim, other: Claim) -> bool:
    same_kind = field_text(one, "metric") == field_text(other, "metric")
    return same_kind and bool(amounts_agree(one.money, other.money)) and dates_allow(one, other, 20)


def _same_partnership(one: Claim, other: Claim) -> bool:
    left, right = field_text(one, "partner"), field_text(other, "partner")
    return _names_match(left, right) and dates_allow(one, other, 365)


def _same_controversy(one: Claim, other: Claim) -> bool:
    return dates_near(one, other, 30)


RULES: dict[str, Callable[[Claim, Claim], bool]] = {
    "funding_round": _same_round,
    "valuation": _same_valuation,
    "total_funding": _same_total,
    "acquisition": _same_acquisition,
    "ipo": _same_ipo,
    "shutdown": _same_shutdown,
    "layoffs": _same_layoffs,
    "leadership_change": _same_leadership_change,
    "product_launch": _same_product_launch,
    "founding": _same_founding,
    "lawsuit": _same_lawsuit,
    "metric": _same_metric,
    "partnership": _same_partnership,
    "controversy": _same_controversy,
}


def same_thing(one: StoredClaim, other: StoredClaim) -> bool:
    """Whether two claims, of one company and one type, are about the same thing."""
    return RULES[one.claim.type](one.claim, other.claim)
