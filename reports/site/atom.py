"""Atom feeds (RFC 4287): one of the briefs in each language, and one of the facts of each company.

Built with the standard library's ElementTree, which escapes; identifiers are tags and never change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from xml.etree import ElementTree as Xml

from db.model import Company
from db.nouns.facts import Fact
from reports.escaping import safe_url, terminal_text
from reports.facts.entries import Entry, both_names, entries
from reports.facts.evidence import cited_text, conflict_text, quoted_text
from reports.wording.labels import label
from reports.wording.values import MARKS, ReportLanguage, sample_note

_NAMESPACE = "http://www.w3.org/2005/Atom"
_TAG = "tag:dailies.invalid,2024:{}"
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""What XML 1.0 forbids beyond the controls that `terminal_text` makes visible."""
_MOST_ENTRIES = 100


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. `address` is of our page, `source` of the article; `text` is plain."""

    key: str
    title: str
    text: str
    updated: datetime
    address: str
    source: str | None = None


def feed(
    key: str, title: str, address: str, found: Iterable[FeedEntry], language: ReportLanguage, *, sample: bool
) -> str:
    """A feed of at most a hundred entries, the newest first; the same entries give the same bytes."""
    newest = sorted(found, key=lambda entry: (-entry.updated.timestamp(), entry.key))[:_MOST_ENTRIES]
    root = Xml.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "zh-Hans" if language == "zh" else "en"})
    _add(root, "id", _TAG.format(key))
    _add(root, "title", f"{title} · {sample_note(language)}" if sample else title)
    _add(root, "updated", _moment(newest[0].updated if newest else datetime(2024, 1, 1, tzinfo=UTC)))
    Xml.SubElement(root, "link", {"rel": "self", "href": address})
    _add(Xml.SubElement(root, "author"), "name", "Dailies")
    for entry in newest:
        part = Xml.SubElement(root, "entry")
        _add(part, "id", _TAG.format(entry.key))
        _add(part, "title", entry.title)
        _add(part, "updated", _moment(entry.updated))
        Xml.SubElement(part, "link", {"rel": "alternate", "href": entry.address})
        source = safe_url(entry.source)
        if source:
            Xml.SubElement(part, "link", {"rel": "via", "href": source})
        _add(part, "content", entry.text, lines=True)
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def company_feed(
    company: Company, facts: Sequence[Fact], language: ReportLanguage, address: str, page: str, *, sample: bool
) -> str:
    """The facts of a company, those last told first; `page` is its timeline, where each has an anchor."""
    shown = entries(facts, {company.key: company}, language)
    found = [
        FeedEntry(
            key=f"fact/{entry.id}/{language}",
            title=f"{MARKS[entry.status]} {entry.what}",
            text=_told(entry, language),
            updated=_last_told(entry.fact),
            address=f"{page}#{entry.id}",
            source=entry.quotes[0].url if entry.quotes else None,
        )
        for entry in shown
        if entry.fact is not None
    ]
    title = label(language, "timeline", "title").format(both_names(company, language))
    return feed(f"company/{company.key}/{language}", title, address, found, language, sample=sample)


def _told(entry: Entry, language: ReportLanguage) -> str:
    """The sentence, where it stands, and what speaks against it."""
    lines = [part for quote in entry.quotes[:1] for part in (quoted_text(quote, language), cited_text(quote, language))]
    return "\n".join([*lines, *(f"≠ {conflict_text(conflict, language)}" for conflict in entry.conflicts)])


def _last_told(fact: Fact) -> datetime:
    """When it was last told: the midnight of its newest article, or of facts without a dated one the recording."""
    days = [stored.published for stored in fact.claims if stored.published]
    if days:
        return datetime.combine(max(days), time.min, UTC)
    return max(stored.recorded_at for stored in fact.claims)


def _add(parent: Xml.Element, name: str, text: str, *, lines: bool = False) -> None:
    kept = text.split("\n") if lines else [text]
    Xml.SubElement(parent, name).text = _NO_CHARACTERS.sub("", "\n".join(terminal_text(line) for line in kept))


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
