"""Which value of a field a fact shows: the chosen one, its supporters, the losing ones and the rule that chose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from db.identity import fold
from db.model import CLAIM_FIELDS, Claim, FactField, FieldValue, Losing, Status, StoredClaim
from db.values import Money, PartialDate
from pipeline.same_thing import amounts_agree

STATUS_ORDER: tuple[Status, ...] = ("denied", "rumored", "reported", "confirmed")
TIER_ORDER = ("unknown", "aggregator", "press", "trade", "company", "primary")
"""From weakest to strongest (`db.source` says what each means)."""
LIST_FIELDS = frozenset({"investors", "lead_investors"})
_UNSAID = {"investment_type": "series_unknown", "valuation_kind": "unspecified"}
_PARTIES = frozenset({"company", "investor", "filing", "court"})
_CRITERIA = ("better status", "party before press", "better source", "more witnesses", "later report", "order of text")
_Stated = str | int | bool | list[str]
Value = TypeVar("Value")


def best_status(claims: Sequence[StoredClaim]) -> Status:
    """The status the claims support together.

    Done on a party's word is confirmed (never on a headline or link alone); a denial beats rumours and every report
    that is not younger than it; then reported; then rumored.
    """
    told = [stored for stored in claims if stored.claim.status == "confirmed" and stored.evidence_class != "cited"]
    if told:
        return "confirmed"
    denied, done = _latest(claims, ("denied",)), _latest(claims, ("reported", "confirmed"))
    if denied is not None and (done is None or denied >= done):
        return "denied"
    return "reported" if done is not None else "rumored"


def _latest(claims: Sequence[StoredClaim], statuses: tuple[Status, ...]) -> tuple[date, date] | None:
    """When it was last said, and of when; None where it never was."""
    said = [
        (stored.published or date.min, dated.last_day() if (dated := stored.claim.event_date) else date.min)
        for stored in claims
        if stored.claim.status in statuses
    ]
    return max(said, default=None)


def choose_fields(claims: Sequence[StoredClaim]) -> dict[str, FactField]:
    """Every field of a fact from the claims about it (all of one type, in the order of the fact)."""
    fields: dict[str, FactField] = {}
    dated = _choose(claims, _event_date, _dates_agree, _date_detail)
    if dated is not None:
        fields["event_date"] = _as_field(dated, lambda value: value.iso)
    money = _choose(claims, _money, _sums_agree, _money_detail)
    if money is not None:
        fields.update(_money_fields(money))
    for name in CLAIM_FIELDS[claims[0].claim.type]:
        if name in LIST_FIELDS:
            joined = _join_lists(claims, name)
            if joined is not None:
                fields[name] = joined
            continue
        stated: _Choice[_Stated] | None = _choose(claims, _reader(name), _texts_agree, _equally_detailed)
        if stated is not None:
            fields[name] = _as_field(stated, lambda value: value)
    return fields


@dataclass(frozen=True, slots=True)
class _Choice(Generic[Value]):
    """A chosen value with those for and against it."""

    value: Value
    supporters: list[StoredClaim]
    losing: list[tuple[Value, list[StoredClaim]]]
    rule: str


def _choose(
    claims: Sequence[StoredClaim],
    read: Callable[[Claim], Value | None],
    agree: Callable[[Value, Value], bool],
    detail: Callable[[Value], int],
) -> _Choice[Value] | None:
    """The best supported value; among values that agree with it, the most detailed.

    `agree` says whether two values can both be right, `detail` how much a value says.
    """
    said = [(value, stored) for stored in claims if (value := read(stored.claim)) is not None]
    if not said:
        return None
    support = [[stored for other, stored in said if agree(value, other)] for value, _ in said]
    ranks = [_rank(stored, support[place], place) for place, (_, stored) in enumerate(said)]
    winner = max(range(len(said)), key=lambda place: ranks[place])
    best = max(
        (place for place in range(len(said)) if agree(said[winner][0], said[place][0])),
        key=lambda place: (detail(said[place][0]), ranks[place]),
    )
    chosen = said[best][0]
    against = [place for place, (value, _) in enumerate(said) if not agree(chosen, value)]
    losing: list[tuple[Value, list[StoredClaim]]] = []
    for place in against:
        if not any(said[place][0] == value for value, _ in losing):
            losing.append((said[place][0], [stored for value, stored in said if value == said[place][0]]))
    return _Choice(chosen, support[best], losing, _rule(ranks, winner, against, len(support[best])))


def _rank(stored: StoredClaim, supporters: Sequence[StoredClaim], place: int) -> tuple[int, ...]:
    """How well a value is supported, in the order of `_CRITERIA`; the last makes it a total order."""
    tier = TIER_ORDER.index(stored.tier) if stored.tier in TIER_ORDER else 0
    published = stored.published.toordinal() if stored.published else 0
    status = STATUS_ORDER.index(stored.claim.status)
    party = stored.claim.said_by in _PARTIES
    return (status, int(party), tier, len({each.witness for each in supporters}), published, -place)


def _rule(ranks: Sequence[tuple[int, ...]], winner: int, against: Sequence[int], supporters: int) -> str:
    """The first criterion on which the winner beats the best of the values against it."""
    if not against:
        return "only value" if supporters == 1 else "all agree"
    rival = max(ranks[place] for place in against)
    return next(
        (name for name, ours, theirs in zip(_CRITERIA, ranks[winner], rival, strict=True) if ours != theirs),
        _CRITERIA[-1],
    )


def _equally_detailed(_value: _Stated) -> int:
    return 0


def _event_date(claim: Claim) -> PartialDate | None:
    return claim.event_date


def _money(claim: Claim) -> Money | None:
    return claim.money


def _sums_agree(left: Money, right: Money) -> bool:
    return bool(amounts_agree(left, right))


def _reader(name: str) -> Callable[[Claim], _Stated | None]:
    def read(claim: Claim) -> _Stated | None:
        value = claim.fields.get(name)
        return None if value in ("", []) or value == _UNSAID.get(name) else value

    return read


def _texts_agree(left: _Stated, right: _Stated) -> bool:
    return fold(str(left)) == fold(str(right))


def _dates_agree(left: PartialDate, right: PartialDate) -> bool:
    return left.contains(right) or right.contains(left)


def _date_detail(value: PartialDate) -> int:
    return -(value.last_day() - value.first_day()).days


def _money_detail(value: Money) -> int:
    return (value.operator == "=") * 2 + (value.currency is not None)


def money_text(money: Money) -> str:
    """A sum as plain text: operator where it is not "=", digits, currency ("?" where unknown)."""
    upper = f"-{plain(money.amount_max)}" if money.amount_max is not None else ""
    return f"{'' if money.operator == '=' else money.operator}{plain(money.amount)}{upper} {money.currency or '?'}"


def plain(amount: Decimal) -> str:
    """A decimal as digits without exponent or trailing zeros."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _keys(supporters: Sequence[StoredClaim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stored.key for stored in supporters))


def _as_field(choice: _Choice[Value], show: Callable[[Value], FieldValue]) -> FactField:
    return FactField(
        value=show(choice.value),
        status=best_status(choice.supporters),
        rule=choice.rule,
        claim_keys=_keys(choice.supporters),
        losing=tuple(Losing(show(value), _keys(said)) for value, said in choice.losing),
    )


def _money_fields(choice: _Choice[Money]) -> dict[str, FactField]:
    """The four money fields: chosen together, so that no amount ever meets another claim's currency."""
    whole = _as_field(choice, money_text)
    money = choice.value
    spread: dict[str, FieldValue] = {
        "amount": plain(money.amount),
        "amount_max": None if money.amount_max is None else plain(money.amount_max),
        "currency": money.currency,
        "amount_op": money.operator,
    }
    return {
        name: FactField(value, whole.status, whole.rule, whole.claim_keys, whole.losing if name == "amount" else ())
        for name, value in spread.items()
        if value is not None
    }


def _join_lists(claims: Sequence[StoredClaim], name: str) -> FactField | None:
    """Everybody any claim names, in the order of the claims: lists complete each other, they don't contradict."""
    names: dict[str, str] = {}
    supporters: list[StoredClaim] = []
    for stored in claims:
        value = stored.claim.fields.get(name)
        if isinstance(value, list) and value:
            supporters.append(stored)
            for each in value:
                names.setdefault(fold(each), each)
    if not names:
        return None
    return FactField(list(names.values()), best_status(supporters), "all named", _keys(supporters))
