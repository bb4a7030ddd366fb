"""The investor table: who leads, who comes back, who invests with whom; under Crunchbase's names for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.knowledge.curated import KnownInvestor
from db.model import Company
from db.nouns.facts import Fact
from db.values import PartialDate
from reports.facts.entries import best_first, display_name
from reports.facts.sum_marks import marked
from reports.sheets.company_line import happened
from reports.sheets.investor_line import InvestorLine
from reports.tables.listing import NOT_LOOKED, Column, Listing, Shown, ShownColumn, date_columns
from reports.wording.known_names import arm_of
from reports.wording.labels import label
from reports.wording.values import MARKS, ReportLanguage, date_text, listed, word_or_text

_SHOWN_BESIDE = 4


def investor_table(
    lines: Sequence[InvestorLine],
    companies: Mapping[str, Company],
    *,
    sample: bool,
    language: ReportLanguage = "en",
) -> Listing[InvestorLine]:
    """The lines as a listing."""

    def last(line: InvestorLine) -> Fact:
        return max((each.fact for each in line.investments), key=happened)

    def company(line: InvestorLine) -> str:
        return companies[last(line).company_key].name

    def last_shown(line: InvestorLine) -> Shown:
        fact = last(line)
        when = date_text(fact.event_date, language)
        named = display_name(companies[fact.company_key], language)
        told = ("，" if language == "zh" else ", ").join((named, marked(fact, language), when))
        return Shown(f"{MARKS[fact.status]} {told}", url=_url(fact))

    def last_on(line: InvestorLine) -> PartialDate | None:
        return last(line).event_date

    columns: list[Column[InvestorLine]] = [
        Column("name", "text", lambda line: line.name),
        Column("name_zh", "text", lambda line: line.party.name_zh if line.party else None),
        Column("investor_type", "text", _kind),
        Column("arm_of", "text", lambda line: arm_of(line.party, "en") or None),
        Column("country_code", "text", lambda line: line.party.country if line.party else None),
        Column("num_investments", "count", lambda line: len(line.investments)),
        Column("num_lead_investments", "count", lambda line: line.led),
        Column("num_portfolio_organizations", "count", lambda line: line.companies),
        Column("num_new", "count", lambda line: line.count("new")),
        Column("num_follow_on", "count", lambda line: line.count("follow_on")),
        Column("organizations", "texts", lambda line: _portfolio(line, companies, "en")),
        Column("last_investment_in", "text", company),
        Column("last_investment_id", "text", lambda line: last(line).id),
        *date_columns("last_investment_on", last_on),
        Column("co_investors", "texts", lambda line: [name for name, _ in line.co_investors] or None),
        Column("source_url", "link", lambda line: _url(last(line))),
    ]
    shown: list[ShownColumn[InvestorLine]] = [
        ShownColumn("investor", lambda line: _name(line, language)),
        ShownColumn("type", lambda line: _kind_shown(line, language), wide=True),
        ShownColumn("country", lambda line: _country(line, language), wide=True),
        ShownColumn("rounds", lambda line: str(len(line.investments)), right=True, sorted_by="num_investments"),
        ShownColumn("led", lambda line: str(line.led or ""), right=True, sorted_by="num_lead_investments"),
        ShownColumn("new", lambda line: str(line.count("new") or ""), right=True, sorted_by="num_new"),
        ShownColumn(
            "follow-on", lambda line: str(line.count("follow_on") or ""), right=True, sorted_by="num_follow_on"
        ),
        ShownColumn("companies", lambda line: listed(language, _portfolio(line, companies, language)), wide=True),
        ShownColumn("last round", last_shown, sorted_by="last_investment_on"),
        ShownColumn("most often with", lambda line: _beside(line, language), wide=True),
    ]
    notes = [label(language, "listing", each) for each in ("investor_rounds_note", "investor_new_note")]
    return Listing("investors", columns, shown, lines, sample, notes, language)


def _name(line: InvestorLine, language: ReportLanguage) -> str:
    """Both names; in Chinese the Chinese one first."""
    other = line.party.name_zh if line.party else None
    if other and other != line.name and language == "zh":
        return f"{other} {line.name}"
    return f"{line.name} {other}" if other and other != line.name else line.name


def _kind(line: InvestorLine) -> str | None:
    """What curation says: vc, corporate, person ...; a company that invests is a corporate investor."""
    if line.party is None:
        return None
    return line.party.kind if isinstance(line.party, KnownInvestor) else "corporate"


def _kind_shown(line: InvestorLine, language: ReportLanguage) -> str:
    kind = _kind(line)
    named = NOT_LOOKED if kind is None else word_or_text(language, "investor_type", kind) if language == "zh" else kind
    whole = arm_of(line.party, language)
    return label(language, "investors", "of_type").format(named, whole) if whole else named


def _country(line: InvestorLine, language: ReportLanguage) -> str:
    code = line.party.country if line.party else None
    return NOT_LOOKED if code is None else word_or_text(language, "country", code) if language == "zh" else code


def _portfolio(line: InvestorLine, companies: Mapping[str, Company], language: ReportLanguage) -> list[str]:
    held = (companies[each.fact.company_key] for each in line.investments)
    return list(dict.fromkeys(display_name(company, language) for company in held))


def _beside(line: InvestorLine, language: ReportLanguage) -> str:
    """Whom it met twice or more, with the number."""
    return listed(language, [f"{name} ({count})" for name, count in line.co_investors[:_SHOWN_BESIDE] if count > 1])


def _url(fact: Fact) -> str | None:
    return next((stored.article_url for stored in best_first(fact) if stored.article_url), None)
