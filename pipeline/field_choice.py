"""Which value of a field a fact shows: the chosen one, its supporters, the losing ones and the rule that chose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from db.identity import fold
from db.model import CLAIM_FIELDS, FactField, FieldValue, Losing, StoredClaim
from db.values import Money, PartialDate
from pipeline.fact_status import best_status
from pipeline.sums import sum_of, sums_agree
from pipeline.told import SECOND_HAND
from pipeline.value_choice import BY_VOICE, LATER_REPORT, ORDER_OF_TEXT, Choice, Criterion, Value, choose

_UNSAID = {"investment_type": "series_unknown", "valuation_kind": "unspecified"}
_DONE_WHEN_TOLD = frozenset({"funding_round", "valuation", "acquisition"})
"""Types that are told once they are done; a shutdown or a departure may be announced for a later day."""
_Text = str | int | bool

_EARLIER_DATE: Criterion[PartialDate] = Criterion("earlier date", lambda said: -said.value.first_day().toordinal())
_EXACT_SUM: Criterion[Money] = Criterion("exact sum", lambda said: said.value.operator == "=")
_MORE_NAMES: Criterion[frozenset[str]] = Criterion("more names", lambda said: len(said.value))
_FIRST_REPORT = "not after its first report"
_JOINED = "all named"
RULES = (
    *("only value", "all agree", _JOINED, _FIRST_REPORT),
    *(each.name for each in (*BY_VOICE, _EARLIER_DATE, _EXACT_SUM, _MORE_NAMES, LATER_REPORT)),
    ORDER_OF_TEXT,
)
"""Every rule a field can name."""


def choose_fields(claims: Sequence[StoredClaim]) -> dict[str, FactField]:
    """Every field of a fact from the claims about it (all of one type, in the order of the fact)."""
    fields: dict[str, FactField] = {}
    dated = choose(claims, lambda stored: stored.claim.event_date, _dates_agree, _date_criteria(claims), _date_detail)
    if dated is not None:
        fields["event_date"] = _as_field(dated, lambda value: value.iso)
    money = choose(
        claims, lambda stored: stored.claim.money, _sums_agree, (*BY_VOICE, _EXACT_SUM, LATER_REPORT), _known
    )
    if money is not None:
        fields.update(_money_fields(money))
    for name in CLAIM_FIELDS[claims[0].claim.type]:
        field = _LISTS[name](claims, name) if name in _LISTS else _text_field(claims, name)
        if field is not None:
            fields[name] = field
    return fields


def _date_criteria(claims: Sequence[StoredClaim]) -> list[Criterion[PartialDate]]:
    """An event happened no later than somebody told at first hand that it had, which rules out the dates of copies."""
    first = _first_report(claims)
    in_time: Criterion[PartialDate] = Criterion(
        _FIRST_REPORT, lambda said: first is None or said.value.first_day() <= first
    )
    return [in_time, *BY_VOICE, _EARLIER_DATE]


def _first_report(claims: Sequence[StoredClaim]) -> date | None:
    done = ("reported", "confirmed")
    return min(
        (
            stored.published
            for stored in claims
            if stored.published is not None
            and stored.claim.type in _DONE_WHEN_TOLD
            and stored.claim.status in done
            and stored.claim.said_by not in SECOND_HAND
        ),
        default=None,
    )


def _dates_agree(left: PartialDate, right: PartialDate) -> bool:
    return left.contains(right) or right.contains(left)


def _date_detail(value: PartialDate) -> int:
    return -(value.last_day() - value.first_day()).days


def _sums_agree(left: Money, right: Money) -> bool:
    return bool(sums_agree(sum_of(left), sum_of(right)))


def _known(value: Money) -> int:
    return int(value.currency is not None)


def _text_field(claims: Sequence[StoredClaim], name: str) -> FactField | None:
    """A word or a number. Spellings that fold alike are one value, shown as the best of them writes it."""

    def read(stored: StoredClaim) -> _Text | None:
        value = stored.claim.fields.get(name)
        unsaid = value in ("", []) or value == _UNSAID.get(name) or isinstance(value, list)
        return None if unsaid else value  # type: ignore[return-value]

    stated = choose(claims, read, _texts_agree, (*BY_VOICE, LATER_REPORT))
    return None if stated is None else _as_field(stated, lambda value: value)


def _texts_agree(left: _Text, right: _Text) -> bool:
    return fold(str(left)) == fold(str(right))


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


def _as_field(choice: Choice[Value], show: Callable[[Value], FieldValue]) -> FactField:
    return FactField(
        value=show(choice.value),
        status=best_status(choice.supporters),
        rule=choice.rule,
        claim_keys=_keys(choice.supporters),
        losing=tuple(Losing(show(value), _keys(said)) for value, said in choice.losing),
    )


def _money_fields(choice: Choice[Money]) -> dict[str, FactField]:
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


def _joined_names(claims: Sequence[StoredClaim], name: str) -> FactField | None:
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
    return FactField(list(names.values()), best_status(supporters), _JOINED, _keys(supporters))


def _chosen_names(claims: Sequence[StoredClaim], name: str) -> FactField | None:
    """The leads of the best claim: who led is one statement, and three leads contradict one."""
    written: dict[str, str] = {}

    def read(stored: StoredClaim) -> frozenset[str] | None:
        value = stored.claim.fields.get(name)
        if not isinstance(value, list) or not value:
            return None
        for each in value:
            written.setdefault(fold(each), each)
        return frozenset(fold(each) for each in value)

    chosen = choose(claims, read, frozenset.__eq__, (*BY_VOICE, _MORE_NAMES, LATER_REPORT))
    if chosen is None:
        return None
    order = list(written)
    return _as_field(chosen, lambda names: [written[each] for each in sorted(names, key=order.index)])


_LISTS = {"investors": _joined_names, "lead_investors": _chosen_names}
