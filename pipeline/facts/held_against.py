"""Facts held against each other: a stated total against the sum of rounds, and prices against the money raised.

What comes out are findings, never facts: a gap above the sum is a candidate for an undisclosed round, a total below it
and a post-money that is not pre-money plus money raised are conflicts, a third price that follows from two is derived.
Intervals and operators are honoured: only what no reading of the words can explain is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache

from db.nouns.facts import Fact, Finding, FindingKind
from db.nouns.round_kinds import DONE, is_raised
from db.nouns.round_parts import counted_once
from db.values import Money, Operator, PartialDate
from pipeline.facts.same_sum import OPEN_TO, sum_of

Dollars = Callable[[Money, PartialDate | None], Money | None]
"""A sum in US dollars by the rule of the reports; None where there is no rate."""
_NOT_EQUITY = frozenset({"debt_financing", "grant", "convertible_note", "secondary_market"})
"""Some totals count these and some do not: they can explain a gap, and are no reason to call a total too low."""
_LOWER, _UPPER = frozenset({">", ">="}), frozenset({"<", "<="})
_PRICED_WITH_DAYS = 31
_UNBOUNDED = Decimal("Infinity")


def hold_against(facts: Sequence[Fact], dollars: Dollars) -> list[Finding]:
    """What the done facts of one company say about each other, sorted by kind and id; their order is no matter."""
    done = sorted((fact for fact in facts if fact.status in DONE), key=lambda fact: fact.id)
    rounds = [fact for fact in done if is_raised(fact)]
    turned = cache(dollars)  # one round is held against many totals
    found = [*_totals(done, rounds, turned), *_prices(done, rounds, turned)]
    return sorted(found, key=lambda finding: (finding.kind, finding.fact_id))


@dataclass(frozen=True, slots=True)
class _Range:
    low: Decimal
    high: Decimal


@lru_cache(maxsize=10_000)
def _range(money: Money) -> _Range:
    """The smallest and largest sum the words allow, rounding included; "over" is open, "up to" may be anything less."""
    told = sum_of(money)
    low, high = Decimal(told.low), Decimal(told.high)
    if money.operator in _LOWER and money.amount_max is None:
        high = _UNBOUNDED
    if money.operator in _UPPER:
        low = Decimal(0)
    return _Range(low, high)


def _totals(done: Sequence[Fact], rounds: Sequence[Fact], dollars: Dollars) -> Iterator[Finding]:
    """Each total against the rounds by its date. A gap that an earlier total had already is not said again."""
    totals = [fact for fact in done if fact.type == "total_funding" and fact.money is not None]
    rounds = counted_once(rounds)
    explained = Decimal(0)
    for total in sorted(totals, key=lambda fact: (_last_day(fact) or date.max, fact.id)):
        finding = _total(total, rounds, dollars)
        if finding is None:
            continue
        if finding.kind == "undisclosed":
            gap = _range(finding.values[2])
            if gap.low <= explained:
                continue
            explained = gap.high if gap.high != _UNBOUNDED else finding.values[2].amount * Decimal(OPEN_TO)
        yield finding


def _total(total: Fact, rounds: Sequence[Fact], dollars: Dollars) -> Finding | None:
    first, last = _first_day(total), _last_day(total)
    if last is None or total.money is None or total.money.currency is None:
        return None
    possible = [each for each in rounds if (_first_day(each) or date.min) <= last]
    certain = [each for each in possible if first and _surely_by(each, total, first, last)]
    stated = _comparable([total, *possible], dollars)
    if stated is None or total.id not in stated:
        return None
    sized = [each for each in possible if each.id in stated]
    equity = [each for each in certain if each.id in stated and each.value("investment_type") not in _NOT_EQUITY]
    whole = _range(stated[total.id])
    if equity and whole.high < sum((_range(stated[each.id]).low for each in equity), Decimal(0)):
        added = _add([stated[each.id] for each in equity], stated[total.id].currency)
        ids = tuple(each.id for each in equity)
        return Finding("total_below_sum", total.company_key, total.id, ids, total.event_date, (stated[total.id], added))
    highest = sum((_range(stated[each.id]).high for each in sized), Decimal(0))
    if not sized or whole.low <= highest:
        return None
    added = _add([stated[each.id] for each in sized], stated[total.id].currency)
    gap = _gap(stated[total.id], added)
    unsized = len(possible) - len(sized)
    ids = tuple(each.id for each in sized)
    values = (stated[total.id], added, gap)
    return Finding("undisclosed", total.company_key, total.id, ids, total.event_date, values, unsized)


def _surely_by(round_: Fact, total: Fact, first: date, last: date) -> bool:
    """Whether a round is surely in a total of these days: it was over by then, or one article tells both."""
    end = _last_day(round_)
    if end is None:
        return False
    told_together = {each.article_key for each in round_.claims} & {each.article_key for each in total.claims}
    return end <= (last if told_together else first)


def _first_day(fact: Fact) -> date | None:
    """None: nobody says from when on it can have been."""
    return fact.event_date.first_day() if fact.event_date else None


def _last_day(fact: Fact) -> date | None:
    """By when it had happened: what is told without a date had by its first report."""
    if fact.event_date:
        return fact.event_date.last_day()
    return min((each.published for each in fact.claims if each.published), default=None)


def _comparable(facts: Sequence[Fact], dollars: Dollars) -> dict[str, Money] | None:
    """The sums in one currency, by fact: their own where all have it, else US dollars; those without are left out."""
    sums = {fact.id: (fact.money, fact.event_date) for fact in facts if fact.money is not None}
    if len({money.currency for money, _ in sums.values()}) == 1:
        return {key: money for key, (money, _) in sums.items()}
    turned = {key: dollars(money, on) for key, (money, on) in sums.items()}
    return {key: money for key, money in turned.items() if money is not None}


def _add(parts: Sequence[Money], currency: str | None) -> Money:
    """Sums of one currency added up, as exact as the least exact of them."""
    operators: set[Operator] = {">=" if each.amount_max is not None else each.operator for each in parts} - {"="}
    operator: Operator = "~"
    if not operators:
        operator = "="
    elif operators <= _LOWER:
        operator = ">="
    elif operators <= _UPPER:
        operator = "<="
    return Money(sum((each.amount for each in parts), Decimal(0)), currency, operator)


def _gap(total: Money, added: Money) -> Money:
    """What the sum lacks: about, since totals are rounded; at least where the total is "over", at most where it is."""
    operator: Operator = "~"
    if total.operator in _LOWER and added.operator not in _LOWER:
        operator = ">="
    elif added.operator in _LOWER and total.operator not in _LOWER:
        operator = "<="
    return Money(total.amount - added.amount, total.currency, operator)


def _prices(done: Sequence[Fact], rounds: Sequence[Fact], dollars: Dollars) -> Iterator[Finding]:
    """Pre-money plus money raised is post-money, of every equity round told with at least two of the three."""
    equity = [each for each in rounds if each.value("investment_type") not in _NOT_EQUITY]
    priced: dict[str, dict[str, list[Fact]]] = {}
    for price in done:
        kind = price.value("valuation_kind")
        if price.type == "valuation" and kind in ("pre_money", "post_money") and price.money is not None:
            round_ = _round_of(price, equity)
            if round_ is not None:
                priced.setdefault(round_.id, {}).setdefault(str(kind), []).append(price)
    for round_ in equity:
        told = priced.get(round_.id, {})
        if any(len(of) > 1 for of in told.values()):
            continue  # two prices of one kind contradict each other already
        pre, post = (next(iter(told.get(kind, ())), None) for kind in ("pre_money", "post_money"))
        yield from _price(round_, pre, post, dollars)


def _round_of(price: Fact, rounds: Sequence[Fact]) -> Fact | None:
    """The round a price is of: told in one article with it, else the only one of those weeks."""
    near = [each for each in rounds if _days_apart(price, each) <= _PRICED_WITH_DAYS]
    articles = {each.article_key for each in price.claims}
    together = [each for each in near if articles & {told.article_key for told in each.claims}]
    chosen = together or near
    return chosen[0] if len(chosen) == 1 else None


def _days_apart(one: Fact, other: Fact) -> int:
    """Days between two facts' periods; of what is not known to the month, and of the undated, the longest time."""
    left, right = one.event_date, other.event_date
    if left is None or right is None or {"year", "half", "quarter"} & {left.precision, right.precision}:
        return date.max.toordinal()
    gap = max(left.first_day(), right.first_day()) - min(left.last_day(), right.last_day())
    return max(gap.days, 0)


def _price(round_: Fact, pre: Fact | None, post: Fact | None, dollars: Dollars) -> Iterator[Finding]:
    told = [each for each in (pre, round_, post) if each is not None and each.money is not None]
    if len(told) < 2 or (pre is None and post is None):
        return
    sums = _comparable(told, dollars) or {}
    if len(sums) < len(told) or None in {money.currency for money in sums.values()}:
        return
    before, raised, after = (_shown(each, sums) for each in (pre, round_, post))
    others = tuple(each.id for each in (pre, post) if each is not None)

    def finding(values: tuple[Money, Money, Money], derived: str | None) -> Finding:
        kind: FindingKind = "price_mismatch" if derived is None else "derived_price"
        return Finding(kind, round_.company_key, round_.id, others, round_.event_date, values, derived=derived)

    if before and raised and after:
        parts, whole = (_range(before), _range(raised)), _range(after)
        if whole.high < parts[0].low + parts[1].low or parts[0].high + parts[1].high < whole.low:
            yield finding((before, raised, after), None)
    elif before and raised:
        yield finding((before, raised, _add([before, raised], before.currency)), "post_money")
    elif raised and after and (rest := _minus(after, raised)).amount > 0:
        yield finding((rest, raised, after), "pre_money")
    elif before and after and (rest := _minus(after, before)).amount > 0:
        yield finding((before, rest, after), "raised")


def _shown(fact: Fact | None, sums: Mapping[str, Money]) -> Money | None:
    """A fact's sum as it is compared: what had to be turned into dollars is about that much, to three digits."""
    money = None if fact is None else sums.get(fact.id)
    if fact is None or money is None or money == fact.money:
        return money
    upper = None if money.amount_max is None else _three_digits(money.amount_max)
    operator: Operator = "~" if money.operator == "=" else money.operator
    return Money(_three_digits(money.amount), money.currency, operator, upper)


def _three_digits(amount: Decimal) -> Decimal:
    rough = amount.quantize(Decimal(1).scaleb(amount.adjusted() - 2), ROUND_HALF_EVEN) if amount else amount
    return Decimal(format(rough, "f"))


def _minus(whole: Money, part: Money) -> Money:
    """What is left, as a range where one of the two is one."""
    low = whole.amount - (part.amount if part.amount_max is None else part.amount_max)
    high = (whole.amount if whole.amount_max is None else whole.amount_max) - part.amount
    operator: Operator = "=" if whole.operator == part.operator == "=" else "~"
    return Money(low, whole.currency, operator, None if low == high else high)
