"""One company on one sheet: who it is, what is known last, every round, price, event and figure, every dispute."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from db.model import Company, Status
from db.nouns.facts import Fact, Finding
from db.nouns.round_kinds import DONE
from db.values import PartialDate
from reports.facts.entries import Entry, both_names, entries
from reports.facts.evidence import Conflict, quoted_text, quotes
from reports.facts.same_labels import same_label_lines
from reports.facts.sum_marks import marked
from reports.sheets.company_line import EVENT_TYPES, CompanyLine, company_line, newest_article, newest_news
from reports.sheets.identifiers import identifiers
from reports.timeline.timeline import MOST_UNFOLDED, THREAD_ORDER, THREADS
from reports.wording.ages import OLD_PRICE_MONTHS
from reports.wording.facts import valuation_text
from reports.wording.findings import FindingLine, finding_lines
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, date_text, listed, money_text, not_stated, word_or_text

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "rounds": ("funding_round",),
    "valuations": ("valuation",),
    "events": EVENT_TYPES,
    "metrics": ("metric", "total_funding"),
}


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the summary. `status`, `when` and `fact_id` are those of the fact it is from, if it is from one."""

    title: str
    value: str
    when: PartialDate | None = None
    status: Status | None = None
    fact_id: str | None = None
    note: str = ""
    derived: bool = False


@dataclass(frozen=True, slots=True)
class SheetSection:
    """The facts of some types, in order of their dates."""

    key: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """The values of one field that lost, and the fact in which they did."""

    entry_id: str
    what: str
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class CompanySheet:
    """`names` is the company's name in both scripts; `told_by` the day of the newest dated article in it."""

    company: Company
    parent: str | None
    language: ReportLanguage
    sample: bool
    names: str
    profile: tuple[tuple[str, str], ...]
    told_by: date | None
    witnesses: int
    articles: int
    undated_articles: int
    summary: tuple[SummaryLine, ...]
    sections: tuple[SheetSection, ...]
    conflicts: tuple[OpenConflict, ...]
    findings: tuple[FindingLine, ...] = ()
    """What these facts say about each other: told by nobody, in no sum."""


def company_sheet(
    company: Company,
    facts: Sequence[Fact],
    language: ReportLanguage,
    *,
    parent: str | None = None,
    sample: bool = False,
    findings: Sequence[Finding] = (),
) -> CompanySheet:
    """The sheet of a company from its facts. `parent` is its parent's name."""
    told_by = newest_article(facts)
    line = company_line(company, facts, newest_news(facts))
    shown = entries(facts, {company.key: company}, language)
    return CompanySheet(
        company=company,
        parent=parent,
        language=language,
        sample=sample,
        names=both_names(company, language),
        profile=tuple(_profile(line, identifiers(facts), parent, language)),
        told_by=told_by,
        witnesses=line.witnesses,
        articles=line.articles,
        undated_articles=len(
            {stored.article_key for fact in facts for stored in fact.claims if stored.published is None}
        ),
        summary=tuple(_summary(line, facts, findings, language)) if facts else (),
        sections=tuple(_sections(shown, language)),
        conflicts=tuple(
            OpenConflict(entry.id, entry.what, tuple(of_field))
            for entry in shown
            for _, of_field in groupby(entry.open_conflicts, key=lambda conflict: conflict.name)
        ),
        findings=(*finding_lines(findings, language), *same_label_lines(facts, language)),
    )


def _sections(shown: Sequence[Entry], language: ReportLanguage) -> Iterator[SheetSection]:
    """Rounds, prices, events and figures; more events than one takes in at a glance are told by threads."""
    for key, types in SECTIONS.items():
        found = tuple(entry for entry in shown if entry.type in types)
        if key != "events" or len(found) <= MOST_UNFOLDED:
            parts = [(key, label(language, "company", key), found)]
        else:
            of_thread = {name: tuple(each for each in found if THREADS[each.type] == name) for name in THREAD_ORDER}
            parts = [(name, label(language, "threads", name), told) for name, told in of_thread.items()]
        yield from (SheetSection(*part) for part in parts if part[2])


def _profile(
    line: CompanyLine, numbers: Sequence[str], parent: str | None, language: ReportLanguage
) -> list[tuple[str, str]]:
    """What is known of the company itself, as (title, value); what nobody looked up is left out."""
    company = line.company
    country = word_or_text(language, "country", company.country) if company.country else None
    stated = {
        "legal_name": company.legal_name if company.legal_name != company.name else None,
        "place": _place(company.city, country, language),
        "segment": word_or_text(language, "segment", company.segment) if company.segment else None,
        "founded": date_text(line.founded, language) if line.founded else None,
        "founders": listed(language, company.founders),
        "status": word_or_text(language, "company_status", line.status) if line.status else None,
        "parent": parent,
        "products": listed(language, company.products),
        "identifiers": listed(language, numbers),
    }
    return [(label(language, "company", key), value) for key, value in stated.items() if value]


def _place(city: str | None, country: str | None, language: ReportLanguage) -> str:
    """City and country, the larger first in Chinese."""
    parts = [part for part in (city and word_or_text(language, "city", city), country) if part]
    return " ".join(reversed(parts)) if language == "zh" else ", ".join(parts)


def _summary(
    line: CompanyLine, facts: Sequence[Fact], findings: Sequence[Finding], language: ReportLanguage
) -> list[SummaryLine]:
    listing = [_of_fact("listing", line.listing, language)] if line.listing else []
    return [
        _of_fact("last_round", line.last_round, language),
        *listing,
        _valuation(line, language),
        _raised(line, language),
        _stated(line, facts, findings, language),
        _of_fact("last_event", line.last_event, language, _event, nothing="none_found"),
    ]


def _of_fact(
    title: str,
    fact: Fact | None,
    language: ReportLanguage,
    phrase: Callable[[Fact, ReportLanguage], str] = marked,
    note: str = "",
    nothing: str = "",
) -> SummaryLine:
    named = label(language, "company", title)
    if fact is None:
        return SummaryLine(named, label(language, "company", nothing) if nothing else not_stated(language))
    return SummaryLine(named, phrase(fact, language), fact.event_date, fact.status, fact.id, note)


def _event(fact: Fact, language: ReportLanguage) -> str:
    """What happened; of an allegation, which has no field that says what is alleged, its sentence as well."""
    what = marked(fact, language)
    if fact.type != "controversy":
        return what
    return label(language, "timeline", "of").format(what, quoted_text(quotes(fact.claims, language)[0], language))


def _valuation(line: CompanyLine, language: ReportLanguage) -> SummaryLine:
    months = line.valuation_age or 0
    key = "listed_since" if line.listing else "age"
    note = label(language, "company", key).format(months) if months >= OLD_PRICE_MONTHS else ""
    return _of_fact("last_valuation", line.valuation, language, valuation_text, note)


def _raised(line: CompanyLine, language: ReportLanguage) -> SummaryLine:
    value = line.raised.text(language) or not_stated(language)
    note = label(language, "company", "definition")
    return SummaryLine(label(language, "company", "raised"), value, note=note, derived=bool(line.raised.sums))


def _stated(
    line: CompanyLine, facts: Sequence[Fact], findings: Sequence[Finding], language: ReportLanguage
) -> SummaryLine:
    fact, title = line.stated_total, label(language, "company", "raised_as_stated")
    if fact is None:
        return SummaryLine(title, not_stated(language))
    key = _beside_our_sum(line, fact, facts, findings)
    note = label(language, "company", key) if key else ""
    return SummaryLine(title, money_text(fact.money, language), fact.event_date, fact.status, fact.id, note)


def _beside_our_sum(line: CompanyLine, total: Fact, facts: Sequence[Fact], findings: Sequence[Finding]) -> str:
    """How a stated total stands beside our sum, as a key of the labels; empty where there is nothing to say."""
    if any(each.kind == "total_below_sum" and each.fact_id == total.id for each in findings):
        return "below_sum"
    ours, told = line.raised.sums, total.money
    if told is None or len(ours) != 1 or ours[0].currency != told.currency:
        return ""
    if ours[0] == told:
        return "as_our_sum"
    undated = any(
        fact.type == "funding_round" and fact.status in DONE and fact.money and not fact.event_date for fact in facts
    )
    return "below_undated_sum" if undated and told.operator == "=" and told.amount < ours[0].amount else ""
