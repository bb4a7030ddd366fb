"""What a company's charts show, its price and the money it raised over time; `chart_drawing` draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from db.model import Status
from db.nouns.facts import Fact
from db.nouns.round_kinds import DONE, is_new_equity, is_sale_of_old_shares
from db.nouns.round_parts import counted_once
from db.values import Money, Operator, PartialDate
from reports.sheets.total_raised import LOWER, UPPER
from reports.wording.facts import what_happened
from reports.wording.labels import label
from reports.wording.values import MARKS, ReportLanguage, date_text, money_text

Bound = Literal["", ">", "<"]


@dataclass(frozen=True, slots=True)
class Point:
    """One value at a time, in US dollars; `label` says the value, `title` also when."""

    day: date
    dollars: Decimal
    label: str
    title: str
    status: Status
    fact_id: str
    bound: Bound = ""
    """Above it (">") or below it ("<") the value lies: drawn as a mark beside the line, which goes on without it."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart: its points are joined by lines, or `stepped`: what is raised stays until the next round."""

    title: str
    stepped: bool
    points: tuple[Point, ...]
    left_out: str = ""
    """What is in neither the chart nor its path, with its sum, and why; empty where nothing is."""
    bounds: str = ""
    """The bounds that a picture shows beside its line, and how; the path says them itself."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What goes with a picture."""
        return tuple(filter(None, (self.left_out, self.bounds)))

    @property
    def text(self) -> str:
        """The chart without a picture: "$500M, Dec 2022; $1.5B, 1 Jun 2023"."""
        return "; ".join(point.title for point in self.points)

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
    bound: Bound = ""


def money_panels(facts: Sequence[Fact], language: ReportLanguage) -> tuple[Panel, ...]:
    """The panels that have at least two values, in US dollars; what has no date, rate or certainty is left out."""
    prices = _values(facts, "valuation", language)
    raised = _cumulated(_values(counted_once(facts), "funding_round", language), language)
    return tuple(
        Panel(
            title=label(language, "chart", key),
            stepped=key == "raised",
            points=tuple(_point(value, language) for value in values),
            left_out=_left_out(facts, values, language),
            bounds=_beside(values, language),
        )
        for key, values in (("price", prices), ("raised", raised))
        if len(values) > 1
    )


def _point(value: _Value, language: ReportLanguage) -> Point:
    when = date_text(value.fact.event_date, language)
    title = label(language, "chart", "point").format(value.shown, when)
    return Point(value.day, value.dollars, value.shown, title, value.fact.status, value.fact.id, value.bound)


def _left_out(facts: Sequence[Fact], values: Sequence[_Value], language: ReportLanguage) -> str:
    """The sums that our total has and the axis cannot, each with the reason, and how many state none."""
    type_ = values[0].fact.type
    done = [fact for fact in facts if fact.type == type_ and fact.status in DONE]
    done = [fact for fact in done if not is_sale_of_old_shares(fact)]
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
    if not _is_drawn(fact):
        return "not_equity"
    if fact.event_date is None:
        return "undated"
    return "" if fact.dollars and fact.dollars.amount else "no_rate"


def _is_drawn(fact: Fact) -> bool:
    """A price, or money for shares, which is what a price goes with."""
    return fact.type == "valuation" or is_new_equity(fact)


def _beside(values: Sequence[_Value], language: ReportLanguage) -> str:
    """The bounds that are marks beside the line."""
    told = [_point(value, language).title for value in values if value.bound]
    joined = label(language, "chart", "join").join(told)
    return label(language, "chart", "beside").format(joined) if told else ""


def _bound(money: Money) -> Bound:
    """Which side of the sum the value lies on, where only a bound is told; a range has its lower end on the line."""
    if money.amount_max is not None:
        return ""
    return ">" if money.operator in LOWER else "<" if money.operator in UPPER else ""


def _is_beside(fact: Fact, bound: Bound) -> bool:
    """Whether the value is a mark beside the line: any bound of a price; of what is raised "over" is what is sure."""
    return bound == "<" or (bound == ">" and fact.type == "valuation")


def _values(facts: Sequence[Fact], type_: str, language: ReportLanguage) -> list[_Value]:
    values = []
    for fact in facts:
        if fact.type != type_ or fact.status not in DONE or fact.money is None or fact.event_date is None:
            continue
        dollars = fact.dollars.amount if fact.dollars else None
        if dollars and _is_drawn(fact):
            bound = _bound(fact.money)
            beside = bound if _is_beside(fact, bound) else ""
            values.append(_Value(fact, _middle(fact.event_date), dollars, money_text(fact.money, language), beside))
    return sorted(values, key=lambda value: (value.day, value.fact.id))


def _middle(when: PartialDate) -> date:
    """Where a month or a year stands on the axis: it may be any day of it."""
    return when.first_day() + (when.last_day() - when.first_day()) // 2


def _cumulated(rounds: Sequence[_Value], language: ReportLanguage) -> list[_Value]:
    """Each round with the sum of all up to it; to three digits, and "about" as soon as one of them is inexact.

    What is surely raised is added: of a range its lower end, of "over $50M" that, of "under $50M" nothing. From there
    on a sum is "at least"; "under $50M" is a mark as far above the line as it may reach.
    """
    total, values = Decimal(0), list[_Value]()
    operator: Operator = "="
    for each in rounds:
        money = each.fact.money
        if each.bound:
            shown = label(language, "chart", "more").format(each.shown)
            values.append(replace(each, dollars=total + each.dollars, shown=shown))
            operator = ">="
            continue
        total += each.dollars
        rounded = total.quantize(Decimal(1).scaleb(total.adjusted() - 2))
        if money is not None and (money.operator in LOWER or money.amount_max is not None):
            operator = ">="
        elif operator == "=" and (money is None or money.operator != "="):
            operator = "~"
        shown_operator: Operator = "~" if operator == "=" and rounded != total else operator
        values.append(replace(each, dollars=total, shown=money_text(Money(rounded, "USD", shown_operator), language)))
    return values
