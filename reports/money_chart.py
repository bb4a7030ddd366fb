"""A company's price and the money it raised, as two small charts over one axis of time: geometry only, drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from db.model import ClaimType, Fact, Status
from db.us_dollars import us_dollars
from db.values import Money, PartialDate
from reports.fact_wording import what_happened
from reports.labels import label
from reports.total_raised import DONE, NOT_RAISED
from reports.wording import MARKS, ReportLanguage, date_text, money_text

WIDTH, HEIGHT = 880, 130
_LEFT, _RIGHT, _TOP, _FLOOR = 16, 830, 34, 104
_ROOM_OF_LABEL = 62
"""Points nearer to each other than a label is wide share one: the later of them has it, since it is the news."""
_NEW_MONEY_EXCLUDED = frozenset({"debt_financing", "secondary_market", "grant"})


@dataclass(frozen=True, slots=True)
class Point:
    """One value at a time; `label` is empty where there is no room for it, `title` says it in full."""

    x: float
    y: float
    label: str
    when: str
    title: str
    status: Status
    fact_id: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart: `path` joins its points as steps or lines (in SVG's language), `text` tells it without a picture."""

    title: str
    text: str
    path: str
    points: tuple[Point, ...]
    left_out: str = ""
    """What the chart cannot show, with its sum, and why; empty where it shows everything."""

    @property
    def path_text(self) -> str:
        """The chart as a line of text: "◐ $500M, Dec 2022 → ◐ $1.5B, 1 Jun 2023"."""
        return " → ".join(f"{MARKS[point.status]} {point.title}" for point in self.points)


@dataclass(frozen=True, slots=True)
class _Value:
    fact: Fact
    day: date
    dollars: Decimal
    shown: str


def money_panels(facts: Sequence[Fact], language: ReportLanguage) -> tuple[Panel, ...]:
    """The panels that have at least two values, in US dollars; what has no date, rate or certainty is left out."""
    prices = _values(facts, "valuation", language)
    raised = _cumulated(_values(facts, "funding_round", language), language)
    days = [value.day for value in (*prices, *raised)]
    found = []
    for key, values in (("price", prices), ("raised", raised)):
        if len(values) > 1:
            panel = _panel(label(language, "chart", key), values, min(days), max(days), key == "raised", language)
            found.append(replace(panel, left_out=_left_out(facts, values[0].fact.type, language)))
    return tuple(found)


def _left_out(facts: Sequence[Fact], type_: ClaimType, language: ReportLanguage) -> str:
    """The sums that our total has and the axis cannot, each with the reason, and how many state none."""
    done = [fact for fact in facts if fact.type == type_ and fact.status in DONE]
    done = [fact for fact in done if fact.value("investment_type") not in NOT_RAISED]
    parts = [
        label(language, "chart", "part").format(what_happened(fact, language), label(language, "chart", reason))
        for fact in sorted(
            done, key=lambda fact: (fact.event_date.first_day() if fact.event_date else date.min, fact.id)
        )
        if (reason := _reason(fact))
    ]
    unsized = sum(fact.money is None for fact in done)
    if unsized:
        parts.append(label(language, "chart", "unsized").format(unsized))
    return label(language, "chart", "left_out").format(label(language, "chart", "join").join(parts)) if parts else ""


def _reason(fact: Fact) -> str:
    """Why a sum is on no axis, as a key of the labels; empty for what is drawn, and for what has no sum."""
    if fact.money is None:
        return ""
    if fact.value("investment_type") in _NEW_MONEY_EXCLUDED:
        return "not_equity"
    if fact.event_date is None:
        return "undated"
    return "" if us_dollars(fact.money, fact.event_date).amount else "no_rate"


def _values(facts: Sequence[Fact], type_: str, language: ReportLanguage) -> list[_Value]:
    values = []
    for fact in facts:
        if fact.type != type_ or fact.status not in DONE or fact.money is None or fact.event_date is None:
            continue
        dollars = us_dollars(fact.money, fact.event_date).amount
        if dollars and fact.value("investment_type") not in _NEW_MONEY_EXCLUDED:
            values.append(_Value(fact, _middle(fact.event_date), dollars, money_text(fact.money, language)))
    return sorted(values, key=lambda value: (value.day, value.fact.id))


def _middle(when: PartialDate) -> date:
    """Where a month or a year stands on the axis: it may be any day of it."""
    return when.first_day() + (when.last_day() - when.first_day()) // 2


def _cumulated(rounds: Sequence[_Value], language: ReportLanguage) -> list[_Value]:
    """Each round with the sum of all up to it; to three digits, and "about" as soon as one of them is inexact."""
    total, exact, values = Decimal(0), True, []
    for each in rounds:
        total += each.dollars
        shown = total.quantize(Decimal(1).scaleb(total.adjusted() - 2))
        exact = exact and each.fact.money is not None and each.fact.money.operator == "="
        sum_ = Money(shown, "USD", "=" if exact and shown == total else "~")
        values.append(_Value(each.fact, each.day, total, money_text(sum_, language)))
    return values


def _panel(
    title: str, values: Sequence[_Value], first: date, last: date, stepped: bool, language: ReportLanguage
) -> Panel:
    most, span = max(value.dollars for value in values), max((last - first).days, 1)
    places = [
        (
            round(_LEFT + (_RIGHT - _LEFT) * (value.day - first).days / span, 1),
            round(_FLOOR - (_FLOOR - _TOP) * float(value.dollars / most), 1),
        )
        for value in values
    ]
    points = []
    for place, (value, (x, y)) in enumerate(zip(values, places, strict=True)):
        crowded = place + 1 < len(places) and places[place + 1][0] - x < _ROOM_OF_LABEL
        when, shown = date_text(value.fact.event_date, language), "" if crowded else value.shown
        text = label(language, "chart", "point").format(value.shown, when)
        points.append(Point(x, y, shown, when, text, value.fact.status, value.fact.id))
    return Panel(title, "; ".join(point.title for point in points), _path(places, stepped), tuple(points))


def _path(places: Sequence[tuple[float, float]], stepped: bool) -> str:
    """Straight lines between points, or steps: raised money stays where it is until the next round."""
    (x, y), *rest = places
    parts = [f"M{x} {y}"]
    for x, y in rest:
        parts.append(f"H{x} V{y}" if stepped else f"L{x} {y}")
    return " ".join(parts)
