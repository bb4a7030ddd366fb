"""The company table: one line a company, for people and under Crunchbase's names for machines."""

from __future__ import annotations

from collections.abc import Sequence

from db.model import Fact
from db.values import Money
from reports.company_line import CompanyLine
from reports.fact_wording import valuation_text, what_happened
from reports.listing import NOT_LOOKED, Column, Listing, Shown, ShownColumn, date_columns, money_columns
from reports.wording import MARKS, date_text, listed, money_text, not_stated, series_text, undisclosed, word_or_text


def company_table(lines: Sequence[CompanyLine], *, sample: bool) -> Listing[CompanyLine]:
    """The lines as a listing."""
    return Listing("companies", _columns(), _SHOWN, lines, sample)


def _columns() -> list[Column[CompanyLine]]:
    return [
        Column("key", "text", lambda line: line.company.key),
        Column("name", "text", lambda line: line.company.name),
        Column("name_zh", "text", lambda line: line.company.name_zh),
        Column("candidate", "flag", lambda line: line.company.candidate),
        Column("country_code", "text", lambda line: line.company.country),
        Column("segment", "text", lambda line: line.company.segment),
        *date_columns("founded_on", lambda line: line.founded),
        Column("status", "text", lambda line: line.status),
        Column("last_funding_id", "text", lambda line: line.last_round.id if line.last_round else None),
        Column("last_funding_type", "text", lambda line: _value(line.last_round, "investment_type")),
        Column("last_funding_qualifier", "text", lambda line: _value(line.last_round, "series_qualifier")),
        *date_columns("last_funding_at", lambda line: line.last_round.event_date if line.last_round else None),
        *money_columns("last_funding_total", lambda line: line.last_round.money if line.last_round else None),
        Column("last_funding_status", "text", lambda line: line.last_round.status if line.last_round else None),
        Column("num_funding_rounds", "count", lambda line: line.raised.rounds or None),
        Column(
            "num_funding_rounds_with_amount", "count", lambda line: line.raised.counted if line.raised.rounds else None
        ),
        Column("funding_total", "texts", lambda line: [_plain(money) for money in line.raised.sums] or None),
        *money_columns("funding_total_stated", lambda line: line.stated_total.money if line.stated_total else None),
        *money_columns("valuation", lambda line: line.valuation.money if line.valuation else None),
        Column("valuation_kind", "text", lambda line: _value(line.valuation, "valuation_kind")),
        *date_columns("valuation_date", lambda line: line.valuation.event_date if line.valuation else None),
        Column("valuation_status", "text", lambda line: line.valuation.status if line.valuation else None),
        Column("lead_investors", "texts", lambda line: list(line.lead_investors) or None),
        Column("last_event", "text", lambda line: what_happened(line.last_event, "en") if line.last_event else None),
        Column("last_event_type", "text", lambda line: line.last_event.type if line.last_event else None),
        *date_columns("last_event_on", lambda line: line.last_event.event_date if line.last_event else None),
        Column("witnesses", "count", lambda line: line.witnesses),
        Column("articles", "count", lambda line: line.articles),
        Column("conflicts", "count", lambda line: line.conflicts),
    ]


def _value(fact: Fact | None, name: str) -> str | None:
    value = fact.value(name) if fact else None
    return value if isinstance(value, str) else None


def _plain(money: Money) -> str:
    """A sum as data: ">=277000000 USD"."""
    return f"{'' if money.operator == '=' else money.operator}{money.amount.normalize():f} {money.currency}"


def _name(line: CompanyLine) -> str:
    other = f" {line.company.name_zh}" if line.company.name_zh and line.company.name_zh != line.company.name else ""
    return f"{line.company.name}{other}{' ?' if line.company.candidate else ''}"


def _unknown(line: CompanyLine) -> str:
    """What we read does not say it; of a company of which we read nothing, nobody looked."""
    return not_stated("en") if line.articles else NOT_LOOKED


def _last_round(line: CompanyLine) -> str:
    if line.last_round is None:
        return _unknown(line)
    series = series_text(line.last_round.value("investment_type"), line.last_round.value("series_qualifier"), "en")
    when, amount = date_text(line.last_round.event_date, "en"), money_text(line.last_round.money, "en")
    return f"{MARKS[line.last_round.status]} {series}, {amount}, {when}"


def _raised(line: CompanyLine) -> Shown:
    if not line.raised.rounds:
        return Shown(NOT_LOOKED)
    return Shown(line.raised.text("en") or undisclosed("en"), derived=bool(line.raised.sums))


def _valuation(line: CompanyLine) -> str:
    if line.valuation is None:
        return _unknown(line)
    when = date_text(line.valuation.event_date, "en")
    return f"{MARKS[line.valuation.status]} {valuation_text(line.valuation, 'en')}, {when}"


def _last_event(line: CompanyLine) -> str:
    if line.last_event is None:
        return _unknown(line)
    when = date_text(line.last_event.event_date, "en")
    return f"{MARKS[line.last_event.status]} {what_happened(line.last_event, 'en')}, {when}"


def _segment(line: CompanyLine) -> str:
    return word_or_text("en", "segment", line.company.segment) if line.company.segment else NOT_LOOKED


_SHOWN: tuple[ShownColumn[CompanyLine], ...] = (
    ShownColumn("company", _name),
    ShownColumn("country", lambda line: line.company.country or NOT_LOOKED, wide=True),
    ShownColumn("segment", _segment, wide=True),
    ShownColumn("founded", lambda line: date_text(line.founded, "en") if line.founded else NOT_LOOKED, wide=True),
    ShownColumn("status", lambda line: word_or_text("en", "company_status", line.status or "unknown"), wide=True),
    ShownColumn("last round", _last_round),
    ShownColumn(
        "raised, our sum",
        _raised,
    ),
    ShownColumn(
        "as stated",
        lambda line: money_text(line.stated_total.money, "en") if line.stated_total else _unknown(line),
        wide=True,
    ),
    ShownColumn("last valuation", _valuation),
    ShownColumn("lead investors", lambda line: listed("en", line.lead_investors) or _unknown(line), wide=True),
    ShownColumn("last event", _last_event, wide=True),
    ShownColumn("seen", lambda line: f"{line.witnesses}/{line.articles}", right=True),
    ShownColumn("≠", lambda line: str(line.conflicts or ""), right=True),
)
