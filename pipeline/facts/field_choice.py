"""Which value of a field a fact shows: the chosen one, its supporters, the losing ones and the rule that chose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from db.model import CLAIM_FIELDS, FieldValue, StoredClaim
from db.nouns.facts import FactField, Losing
from db.nouns.identity import fold
from db.values import Money, PartialDate
from pipeline.facts.compared import SECOND_HAND
from pipeline.facts.fact_status import best_status
from pipeline.facts.field_agreement import DATES_AGREE, NAMES_AGREE, SUMS_AGREE, Text, texts_agree
from pipeline.facts.own_corrections import corrections_among, is_correction
from pipeline.facts.value_choice import (
    JUDGED,
    LATER_REPORT,
    ORDER_OF_TEXT,
    OWN_CORRECTION,
    Choice,
    Criterion,
    Value,
    by_voice,
    choose,
)

_UNSAID = {"investment_type": "series_unknown", "valuation_kind": "unspecified"}
_DONE_WHEN_TOLD = frozenset({"funding_round", "valuation", "acquisition"})
"""Types that are told once they are done; a shutdown or a departure may be announced for a later day."""
_DEALERS = frozenset({"company", "investor"})
_TOLD_AS_DONE = frozenset({"reported", "confirmed"})
Voice = Sequence[Criterion[Any]]

_EARLIER_DATE: Criterion[PartialDate] = Criterion("earlier date", lambda said: -said.value.first_day().toordinal())
_EXACT_SUM: Criterion[Money] = Criterion("exact sum", lambda said: said.value.operator == "=")
_MORE_NAMES: Criterion[frozenset[str]] = Criterion("more names", lambda said: len(said.value))
_FIRST_REPORT = "not after its first report"
_TOLD_THEN = "told at the time"
_THEN = timedelta(days=60)
"""How long after its first report a round is still news; background tells of it a quarter later and more."""
_LABELS = frozenset({"investment_type", "series_qualifier"})
_JOINED = "all named"
RULES = (
    *("only value", "all agree", _JOINED, _FIRST_REPORT, _TOLD_THEN, JUDGED, OWN_CORRECTION),
    *(each.name for each in (*by_voice("reported"), _EARLIER_DATE, _EXACT_SUM, _MORE_NAMES, LATER_REPORT)),
    ORDER_OF_TEXT,
)
"""Every rule a field can name."""


def choose_fields(
    claims: Sequence[StoredClaim], preferred: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> dict[str, FactField]:
    """Every field of a fact from the claims about it (all of one type, in the order of the fact).

    `preferred`: by field, the keys of the claims whose value a person chose ("amount" is the whole sum).
    """
    fields: dict[str, FactField] = {}
    voice, corrections = by_voice(best_status(claims)), corrections_among(claims)
    own = {stored.key for stored in claims}
    person = {name: _by_person(keys) for name, keys in preferred.items() if not own.isdisjoint(keys)}
    dated = choose(
        _announcing(claims),
        lambda stored: stored.claim.event_date,
        DATES_AGREE,
        (
            *person.get("event_date", ()),
            _told_in_time(claims),
            *_with_news_first(voice, _first_told(claims)),
            _EARLIER_DATE,
        ),
        None if "event_date" in person else _date_detail,
        [each for each in corrections if not _dated_by_correction(each)],
    )
    if dated is not None:
        fields["event_date"] = _as_field(dated, lambda value: value.iso)
    money = choose(
        claims,
        lambda stored: stored.claim.money,
        SUMS_AGREE,
        (*person.get("amount", ()), *voice, _EXACT_SUM, LATER_REPORT),
        None if "amount" in person else _sum_detail(claims),
        corrections,
    )
    if money is not None:
        fields.update(_money_fields(money))
    for name in CLAIM_FIELDS[claims[0].claim.type]:
        asked = _of_that_label(claims, fields.get("investment_type")) if name == "series_qualifier" else claims
        rules = _with_news_first(voice, _first_report(claims)) if name in _LABELS else voice
        field = _READERS.get(name, _text_field)(asked, name, (*person.get(name, ()), *rules), corrections)
        if field is not None:
            fields[name] = field
    return fields


def _with_news_first(voice: Voice, first: date | None) -> Voice:
    """What was said when it was news, `first` on, goes before what most say who look back: names, and days."""
    then: Criterion[Any] = Criterion(
        _TOLD_THEN,
        lambda said: first is None or any(_published_by(stored, first + _THEN) for stored in said.claims),
    )
    place = next(number for number, each in enumerate(voice) if each.name == "more witnesses")
    return (*voice[:place], then, *voice[place:])


def _published_by(stored: StoredClaim, day: date) -> bool:
    """Whether it may have been published by then: of an undated page nobody knows."""
    return stored.published is None or stored.published <= day


def _of_that_label(claims: Sequence[StoredClaim], label: FactField | None) -> Sequence[StoredClaim]:
    """Those that call the round so, or name no series: an extension of a Series C is none of a Series D."""
    if label is None:
        return claims
    unsaid = (None, "", _UNSAID["investment_type"], label.value)
    return [stored for stored in claims if stored.claim.fields.get("investment_type") in unsaid]


def _announcing(claims: Sequence[StoredClaim]) -> Sequence[StoredClaim]:
    """The claims that date a fact: the day of first sale in a filing is a round's only where nobody announced it.

    Nor is the day of a correction when it happened.
    """
    claims = [stored for stored in claims if not _dated_by_correction(stored)] or claims
    if claims[0].claim.type != "funding_round":
        return claims
    told = [
        stored
        for stored in claims
        if stored.claim.said_by != "filing" and stored.claim.event_date and stored.claim.status in _TOLD_AS_DONE
    ]
    return told or claims


def _dated_by_correction(stored: StoredClaim) -> bool:
    when = stored.claim.event_date
    return when is not None and when.first_day() == stored.published and is_correction(stored)


def _by_person(keys: frozenset[str]) -> Voice:
    """A person's decision goes before every rule."""
    return (Criterion(JUDGED, lambda said: any(stored.key in keys for stored in said.claims)),)


def _told_in_time(claims: Sequence[StoredClaim]) -> Criterion[PartialDate]:
    """An event happened no later than somebody told at first hand that it had, which rules out the dates of copies."""
    first = _first_report(claims)
    return Criterion(_FIRST_REPORT, lambda said: first is None or said.value.first_day() <= first)


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
            and (stored.claim.event_date is None or stored.claim.event_date.first_day() <= stored.published)
        ),
        default=None,
    )


def _first_told(claims: Sequence[StoredClaim]) -> date | None:
    """The first dated article that tells it as done, at first hand or not."""
    return min(
        (each.published for each in claims if each.published and each.claim.status in _TOLD_AS_DONE), default=None
    )


def _date_detail(value: PartialDate) -> int:
    return -(value.last_day() - value.first_day()).days


def _sum_detail(claims: Sequence[StoredClaim]) -> Callable[[Money], int]:
    """A sum in a known currency says more than a bare number, and one sum more than a floor below a ceiling.

    A filing tells what was sold so far of what is offered: the press's exact sum within it contradicts nothing.
    But of what a company itself puts between the two ("signed so far, at most") no outlet's sum is a better reading.
    """
    own = {stored.claim.money for stored in claims if stored.claim.said_by in _DEALERS}

    def detail(value: Money) -> int:
        between = value.operator == ">=" and value.amount_max is not None and value not in own
        return 2 * (value.currency is not None) + (not between)

    return detail


def _text_field(
    claims: Sequence[StoredClaim], name: str, voice: Voice, corrections: Sequence[StoredClaim]
) -> FactField | None:
    """A word or a number. Those that say the same are one value, shown as the best of them writes it."""

    def read(stored: StoredClaim) -> Text | None:
        value = stored.claim.fields.get(name)
        unsaid = value in ("", []) or value == _UNSAID.get(name) or isinstance(value, list)
        return None if unsaid else value  # type: ignore[return-value]

    stated = choose(claims, read, texts_agree(name), (*voice, LATER_REPORT), corrections=corrections)
    return None if stated is None else _as_field(stated, lambda value: value)


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


def _joined_names(
    claims: Sequence[StoredClaim], name: str, voice: Voice, corrections: Sequence[StoredClaim]
) -> FactField | None:
    """Everybody any claim names, in the order of the claims: lists complete each other, they don't contradict.

    Where a person chose one claim's list, it is that one.
    """
    if voice[0].name == JUDGED:
        return _chosen_names(claims, name, voice, corrections)
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


def _chosen_names(
    claims: Sequence[StoredClaim], name: str, voice: Voice, corrections: Sequence[StoredClaim]
) -> FactField | None:
    """The leads of the best claim: who led is one statement, and three leads contradict one."""
    written: dict[str, str] = {}

    def read(stored: StoredClaim) -> frozenset[str] | None:
        value = stored.claim.fields.get(name)
        if not isinstance(value, list) or not value:
            return None
        for each in value:
            written.setdefault(fold(each), each)
        return frozenset(fold(each) for each in value)

    chosen = choose(claims, read, NAMES_AGREE, (*voice, _MORE_NAMES, LATER_REPORT), corrections=corrections)
    if chosen is None:
        return None
    order = list(written)
    return _as_field(chosen, lambda names: [written[each] for each in sorted(names, key=order.index)])


_READERS = {"investors": _joined_names, "lead_investors": _chosen_names, "financial_advisers": _joined_names}
"""Fields that are read otherwise than a word or a number."""
