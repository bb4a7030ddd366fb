"""Rounds, valuations, metrics and events as listings: newest first, undated last, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from db.model import Company, StoredClaim
from db.nouns.facts import Fact
from reports.facts.entries import best_first, display_name
from reports.facts.evidence import conflict_count
from reports.facts.first_report import first_reported
from reports.facts.sum_marks import marked, marked_amount
from reports.sheets.company_line import happened
from reports.tables.listing import (
    ROUND_ORDER,
    STATUSES,
    Cell,
    Column,
    Listing,
    ShownColumn,
    date_columns,
    money_columns,
    sentence_columns,
    sentence_shown,
)
from reports.wording.facts import investors_of, investors_text, metric_text, what_happened
from reports.wording.values import (
    MARKS,
    ReportLanguage,
    date_text,
    money_text,
    not_stated,
    seen_mark,
    series_text,
    word,
    word_or_text,
)

FactListing = Literal["rounds", "valuations", "metrics", "events"]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact, whose it is, and the claim to quote where there is room for one."""

    fact: Fact
    company: Company
    told: StoredClaim


def fact_lines(facts: Sequence[Fact], companies: Mapping[str, Company]) -> list[FactLine]:
    """The facts as lines: newest first, the undated last, ending in company and id."""
    lines = [FactLine(fact, companies[fact.company_key], best_first(fact)[0]) for fact in facts]
    return sorted(lines, key=lambda line: (-happened(line.fact)[0].toordinal(), line.fact.company_key, line.fact.id))


def fact_listing(
    name: FactListing, lines: Sequence[FactLine], *, sample: bool, language: ReportLanguage = "en"
) -> Listing[FactLine]:
    """One of the four listings."""
    columns, shown = _LAYOUTS[name]
    people = [*_head_shown(language), *shown(language), *_tail_shown(language)]
    return Listing(name, [*_HEAD, *columns, *_TAIL], people, lines, sample, language=language)


def _value(name: str) -> Callable[[FactLine], Cell]:
    return lambda line: line.fact.value(name)


def _text(name: str) -> Callable[[FactLine], Cell]:
    return lambda line: None if (value := line.fact.value(name)) is None else str(value)


_HEAD: list[Column[FactLine]] = [
    Column("id", "text", lambda line: line.fact.id),
    Column("company", "text", lambda line: line.company.key),
    Column("company_name", "text", lambda line: line.company.name),
    Column("company_name_zh", "text", lambda line: line.company.name_zh),
]
_TAIL: list[Column[FactLine]] = [
    Column("status", "text", lambda line: line.fact.status, STATUSES),
    Column("witnesses", "count", lambda line: line.fact.witnesses),
    Column("articles", "count", lambda line: line.fact.outlets),
    Column("conflicts", "count", lambda line: conflict_count(line.fact)),
    Column("first_reported_on", "day", lambda line: first_reported(line.fact)),
    *sentence_columns(lambda line: line.told),
    Column("evidence_class", "text", lambda line: line.told.evidence_class),
    Column("publisher", "text", lambda line: line.told.publisher),
    Column("source_url", "link", lambda line: line.told.article_url),
]
_ROUND: list[Column[FactLine]] = [
    Column("investment_type", "text", lambda line: line.fact.value("investment_type") or "series_unknown", ROUND_ORDER),
    Column("series_qualifier", "text", _value("series_qualifier")),
    *date_columns("announced_on", lambda line: line.fact.event_date),
    *money_columns("money_raised", lambda line: line.fact.money),
    Column("investors", "texts", lambda line: investors_of(line.fact) or None),
    Column("lead_investors", "texts", lambda line: investors_of(line.fact, "lead_investors") or None),
    Column("financial_advisers", "texts", lambda line: investors_of(line.fact, "financial_advisers") or None),
]
_VALUATION: list[Column[FactLine]] = [
    *money_columns("valuation", lambda line: line.fact.money),
    Column("valuation_kind", "text", lambda line: line.fact.value("valuation_kind") or "unspecified"),
    *date_columns("valuation_date", lambda line: line.fact.event_date),
]
_METRIC: list[Column[FactLine]] = [
    Column("metric", "text", _text("metric")),
    *money_columns("value", lambda line: line.fact.money),
    *date_columns("measured_on", lambda line: line.fact.event_date),
]
_EVENT_FIELDS = (
    *("product", "stage", "person", "role", "direction", "acquirer", "exchange", "headcount", "percent"),
    *("plaintiff", "partner", "metric"),
)
_EVENT: list[Column[FactLine]] = [
    Column("type", "text", lambda line: line.fact.type),
    *date_columns("happened_on", lambda line: line.fact.event_date),
    Column("description", "text", lambda line: what_happened(line.fact, "en")),
    *money_columns("amount", lambda line: line.fact.money),
    *(Column(name, "text", _text(name)) for name in _EVENT_FIELDS),
]


def _series(line: FactLine, language: ReportLanguage) -> str:
    return series_text(line.fact.value("investment_type"), line.fact.value("series_qualifier"), language)


def _kind(line: FactLine, language: ReportLanguage) -> str:
    return word_or_text(language, "valuation_kind", line.fact.value("valuation_kind") or "unspecified")


def _metric(line: FactLine, language: ReportLanguage) -> str:
    return word_or_text(language, "metric", str(line.fact.value("metric") or "other"))


def _measured(line: FactLine, language: ReportLanguage) -> str:
    return metric_text(str(line.fact.value("metric") or "other"), line.fact.money, language)


def _head_shown(language: ReportLanguage) -> list[ShownColumn[FactLine]]:
    return [
        ShownColumn("date", lambda line: date_text(line.fact.event_date, language)),
        ShownColumn("company", lambda line: f"{MARKS[line.fact.status]} {display_name(line.company, language)}"),
    ]


def _tail_shown(language: ReportLanguage) -> list[ShownColumn[FactLine]]:
    return [
        ShownColumn("seen", lambda line: seen_mark(line.fact.witnesses, line.fact.outlets), right=True),
        ShownColumn("≠", lambda line: str(conflict_count(line.fact) or ""), right=True),
        sentence_shown(lambda line: line.told, language, wide=True),
        ShownColumn("id", lambda line: line.fact.id),
    ]


def _rounds_shown(language: ReportLanguage) -> list[ShownColumn[FactLine]]:
    return [
        ShownColumn("round", lambda line: _series(line, language)),
        ShownColumn("amount", lambda line: marked_amount(line.fact, language), right=True),
        ShownColumn("investors", lambda line: investors_text(line.fact, language) or not_stated(language)),
    ]


def _valuations_shown(language: ReportLanguage) -> list[ShownColumn[FactLine]]:
    return [
        ShownColumn("valuation", lambda line: money_text(line.fact.money, language), right=True),
        ShownColumn("kind", lambda line: _kind(line, language)),
    ]


def _metrics_shown(language: ReportLanguage) -> list[ShownColumn[FactLine]]:
    return [
        ShownColumn("metric", lambda line: _metric(line, language)),
        ShownColumn("value", lambda line: _measured(line, language), right=True),
    ]


def _events_shown(language: ReportLanguage) -> list[ShownColumn[FactLine]]:
    return [
        ShownColumn("type", lambda line: word(language, "fact_type", line.fact.type), wide=True),
        ShownColumn("what", lambda line: marked(line.fact, language)),
    ]


_LAYOUTS: Mapping[
    FactListing, tuple[list[Column[FactLine]], Callable[[ReportLanguage], list[ShownColumn[FactLine]]]]
] = {
    "rounds": (_ROUND, _rounds_shown),
    "valuations": (_VALUATION, _valuations_shown),
    "metrics": (_METRIC, _metrics_shown),
    "events": (_EVENT, _events_shown),
}
