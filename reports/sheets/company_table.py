"""The company table: one line a company, for people and under Crunchbase's names for machines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from db.nouns.facts import Fact
from db.values import Money, PartialDate
from reports.facts.entries import best_first, both_names
from reports.facts.first_report import first_reported
from reports.facts.sum_marks import marked, marked_amount
from reports.sheets.company_line import CompanyLine
from reports.tables.listing import (
    NOT_LOOKED,
    ROUND_ORDER,
    STATUSES,
    Cell,
    Column,
    Listing,
    Shown,
    ShownColumn,
    date_columns,
    dollar_columns,
    money_columns,
)
from reports.wording.ages import OLD_PRICE_MONTHS
from reports.wording.facts import valuation_text, what_happened
from reports.wording.labels import label, labels
from reports.wording.values import (
    MARKS,
    ReportLanguage,
    date_text,
    listed,
    money_text,
    not_stated,
    series_text,
    word_or_text,
)


def company_table(
    lines: Sequence[CompanyLine], *, sample: bool, language: ReportLanguage = "en"
) -> Listing[CompanyLine]:
    """The lines as a listing; machines read English in any language."""
    return Listing("companies", _columns(), _shown(language), lines, sample, _notes(language), language)


def _notes(language: ReportLanguage) -> tuple[str, ...]:
    notes = labels(language)["listing"]
    return (
        notes["raised_note"].format(label(language, "company", "definition")),
        notes["price_note"],
        label(language, "legend", "marks"),
        notes["seen_note"],
    )


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
        Column("last_funding_type", "text", lambda line: _value(line.last_round, "investment_type"), ROUND_ORDER),
        Column("last_funding_qualifier", "text", lambda line: _value(line.last_round, "series_qualifier")),
        *date_columns("last_funding_at", lambda line: line.last_round.event_date if line.last_round else None),
        *money_columns("last_funding_total", lambda line: line.last_round.money if line.last_round else None),
        *dollar_columns("last_funding_total_usd", lambda line: line.last_round.dollars if line.last_round else None),
        *_of_fact("last_funding", lambda line: line.last_round),
        Column("num_funding_rounds", "count", lambda line: line.raised.rounds or None),
        Column(
            "num_funding_rounds_with_amount", "count", lambda line: line.raised.counted if line.raised.rounds else None
        ),
        Column("funding_total", "texts", lambda line: [_plain(money) for money in line.raised.sums] or None),
        *dollar_columns("funding_total_usd", lambda line: line.raised_usd),
        *money_columns("funding_total_stated", lambda line: line.stated_total.money if line.stated_total else None),
        *money_columns("valuation", lambda line: line.valuation.money if line.valuation else None),
        Column("valuation_kind", "text", lambda line: _value(line.valuation, "valuation_kind")),
        *date_columns("valuation_date", lambda line: line.valuation.event_date if line.valuation else None),
        *dollar_columns("valuation_usd", lambda line: line.valuation.dollars if line.valuation else None),
        *_of_fact("valuation", lambda line: line.valuation),
        Column("valuation_age_months", "count", lambda line: line.valuation_age),
        Column("valuation_path", "texts", lambda line: [_priced(fact) for fact in line.prices] or None),
        Column("valuation_step_up", "amount", lambda line: line.step_up),
        Column("lead_investors", "texts", lambda line: list(line.lead_investors) or None),
        Column("last_event", "text", lambda line: what_happened(line.last_event, "en") if line.last_event else None),
        Column("last_event_type", "text", lambda line: line.last_event.type if line.last_event else None),
        *date_columns("last_event_on", lambda line: line.last_event.event_date if line.last_event else None),
        *_of_fact("last_event", lambda line: line.last_event),
        Column("last_talk", "text", lambda line: what_happened(line.talk, "en") if line.talk else None),
        Column("last_talk_told_on", "day", lambda line: first_reported(line.talk) if line.talk else None),
        *_of_fact("last_talk", lambda line: line.talk),
        Column("witnesses", "count", lambda line: line.witnesses),
        Column("articles", "count", lambda line: line.articles),
        Column("conflicts", "count", lambda line: line.conflicts),
    ]


def _of_fact(name: str, fact: Callable[[CompanyLine], Fact | None]) -> list[Column[CompanyLine]]:
    """How sure a fact is, and the article that says it best."""

    def read(get: Callable[[Fact], str | None]) -> Callable[[CompanyLine], Cell]:
        return lambda line: None if (found := fact(line)) is None else get(found)

    return [
        Column(f"{name}_status", "text", read(lambda found: found.status), STATUSES),
        Column(f"{name}_source_url", "link", read(_url)),
    ]


def _url(fact: Fact) -> str | None:
    return next((stored.article_url for stored in best_first(fact) if stored.article_url), None)


def _value(fact: Fact | None, name: str) -> str | None:
    value = fact.value(name) if fact else None
    return value if isinstance(value, str) else None


def _plain(money: Money) -> str:
    """A sum as data: ">=277000000 USD", "257000000-307000000 USD"."""
    upper = "" if money.amount_max is None else f"-{money.amount_max.normalize():f}"
    return f"{'' if money.operator == '=' else money.operator}{money.amount.normalize():f}{upper} {money.currency}"


def _priced(fact: Fact) -> str:
    """A price with its date as data: "2023-06 1500000000 USD"."""
    return f"{fact.event_date.iso if fact.event_date else ''} {_plain(fact.money) if fact.money else ''}"


def _name(line: CompanyLine, language: ReportLanguage) -> str:
    return f"{both_names(line.company, language)}{' ?' if line.company.candidate else ''}"


def _country(line: CompanyLine, language: ReportLanguage) -> str:
    """The ISO code, which is short; in Chinese the name is."""
    code = line.company.country
    return NOT_LOOKED if code is None else word_or_text(language, "country", code) if language == "zh" else code


def _unknown(line: CompanyLine, language: ReportLanguage) -> str:
    """What we read does not say it; of a company of which we read nothing, nobody looked."""
    return not_stated(language) if line.articles else NOT_LOOKED


def _last_round(line: CompanyLine, language: ReportLanguage) -> Shown:
    if line.last_round is None:
        return Shown(_unknown(line, language))
    series = series_text(line.last_round.value("investment_type"), line.last_round.value("series_qualifier"), language)
    when, amount = date_text(line.last_round.event_date, language), marked_amount(line.last_round, language)
    text = f"{MARKS[line.last_round.status]} {_joined([series, amount, when], language)}"
    return Shown(text, url=_url(line.last_round))


def _raised(line: CompanyLine, language: ReportLanguage) -> Shown:
    if not line.raised.rounds:
        return Shown(NOT_LOOKED)
    return Shown(line.raised.text(language) or not_stated(language), derived=bool(line.raised.sums))


def _valuation(line: CompanyLine, language: ReportLanguage) -> Shown:
    if line.valuation is None:
        return Shown(_unknown(line, language))
    when = date_text(line.valuation.event_date, language)
    old = line.valuation_age is not None and line.valuation_age >= OLD_PRICE_MONTHS
    age = f", {line.valuation_age} months old" if old else ""
    text = f"{MARKS[line.valuation.status]} {valuation_text(line.valuation, 'en')}, {when}{age}"
    return Shown(text, url=_url(line.valuation))


def _path(line: CompanyLine, language: ReportLanguage) -> str:
    return " → ".join(money_text(fact.money, language) for fact in line.prices) if len(line.prices) > 1 else ""


def _step_up(line: CompanyLine) -> Shown:
    return Shown(f"{line.step_up}x" if line.step_up else "", derived=True)


def _event(fact: Fact | None, line: CompanyLine, language: ReportLanguage) -> Shown:
    if fact is None:
        return Shown(_unknown(line, language))
    text = f"{MARKS[fact.status]} {marked(fact, 'en')}, {date_text(fact.event_date, 'en')}"
    return Shown(text, url=_url(fact))


def _talk(line: CompanyLine, language: ReportLanguage) -> Shown:
    if line.talk is None:
        return Shown("")
    told = first_reported(line.talk)
    when = date_text(PartialDate(told.isoformat()), language) if told else date_text(None, language)
    faded = f" ({label(language, 'talk', 'faded')})" if line.talk_faded else ""
    return Shown(f"{MARKS[line.talk.status]} {marked(line.talk, 'en')}, {when}{faded}", url=_url(line.talk))


def _segment(line: CompanyLine, language: ReportLanguage) -> str:
    return word_or_text(language, "segment", line.company.segment) if line.company.segment else NOT_LOOKED


def _joined(parts: Sequence[str], language: ReportLanguage) -> str:
    return ("，" if language == "zh" else ", ").join(parts)


def _shown(language: ReportLanguage) -> list[ShownColumn[CompanyLine]]:
    """The columns for people: headings are names, which a renderer puts into the language."""
    return [
        ShownColumn("company", lambda line: _name(line, language)),
        ShownColumn("country", lambda line: _country(line, language), wide=True),
        ShownColumn("segment", lambda line: _segment(line, language), wide=True),
        ShownColumn(
            "founded", lambda line: date_text(line.founded, language) if line.founded else NOT_LOOKED, wide=True
        ),
        ShownColumn(
            "status", lambda line: word_or_text(language, "company_status", line.status or "unknown"), wide=True
        ),
        ShownColumn("last round", lambda line: _last_round(line, language), sorted_by="last_funding_at"),
        ShownColumn("raised, our sum", lambda line: _raised(line, language), sorted_by="funding_total_usd"),
        ShownColumn(
            "as stated",
            lambda line: (
                money_text(line.stated_total.money, language) if line.stated_total else _unknown(line, language)
            ),
            wide=True,
            sorted_by="funding_total_stated",
        ),
        ShownColumn("last valuation", lambda line: _valuation(line, language), sorted_by="valuation_usd"),
        ShownColumn("price path", lambda line: _path(line, language), wide=True),
        ShownColumn("step-up", _step_up, right=True, wide=True, sorted_by="valuation_step_up"),
        ShownColumn(
            "lead investors", lambda line: listed(language, line.lead_investors) or _unknown(line, language), wide=True
        ),
        ShownColumn(
            "last event", lambda line: _event(line.last_event, line, language), wide=True, sorted_by="last_event_on"
        ),
        ShownColumn("latest talk", lambda line: _talk(line, language), wide=True, sorted_by="last_talk_told_on"),
        ShownColumn("seen", lambda line: f"{line.witnesses}/{line.articles}", right=True, sorted_by="witnesses"),
        ShownColumn("≠", lambda line: str(line.conflicts or ""), right=True, sorted_by="conflicts"),
    ]
