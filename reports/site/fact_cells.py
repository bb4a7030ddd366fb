"""A fact as a cell of a table of the site: the number, how sure, when, its own page, and the sentence behind it."""

from __future__ import annotations

from db.nouns.facts import Fact
from reports.facts.denial import ending_of
from reports.facts.entries import best_first
from reports.facts.evidence import quotes
from reports.site.grid import GridCell, Key
from reports.site.links import SiteLinks
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, date_text, word

EMPTY = GridCell("–")
"""Nothing we read says it."""


def fact_cell(fact: Fact | None, text: str, links: SiteLinks, key: Key, *, small: str | None = None) -> GridCell:
    """The cell of a fact, or an empty one; below the text its date, or what is given instead."""
    if fact is None:
        return EMPTY
    return GridCell(
        text,
        key,
        status=fact.status,
        href=links.fact(fact.id),
        small=when_text(fact, links.language) if small is None else small,
        quote=next(iter(quotes(best_first(fact), links.language)), None),
    )


def when_text(fact: Fact, language: ReportLanguage) -> str:
    """A fact's date, or that no text says it."""
    return date_text(fact.event_date, language) if fact.event_date else label(language, "timeline", "no_date")


def when_cell(fact: Fact, language: ReportLanguage) -> GridCell:
    """A fact's date, found by its year."""
    when = fact.event_date
    return GridCell(when_text(fact, language), when_key(fact), facet=str(when.first_day().year) if when else "")


def when_key(fact: Fact | None) -> Key:
    """The first day of a fact, to sort by."""
    return fact.event_date.first_day().isoformat() if fact is not None and fact.event_date else None


def dollars_key(fact: Fact | None) -> Key:
    """A fact's sum in US dollars, to sort by; None where it has none or no rate."""
    return fact.dollars.amount if fact is not None and fact.dollars else None


def status_cell(fact: Fact, language: ReportLanguage) -> GridCell:
    """How sure it is, in words; of what came to nothing, how."""
    named = (
        label(language, "talk", ending_of(fact)) if fact.status == "denied" else word(language, "status", fact.status)
    )
    return GridCell(named, named, status=fact.status, facet=named)


def company_cell(key: str, name: str, links: SiteLinks, tag: str = "", small: str = "") -> GridCell:
    """A company's name, leading to its page."""
    return GridCell(name, name.casefold(), href=links.company(key), tag=tag, small=small)
