"""What a search found, as a listing: companies by name, facts by their sentences, articles by their text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reports.escaping import shortened
from reports.tables.listing import NOT_LOOKED, Column, Listing, Shown, ShownColumn
from reports.wording.labels import labels
from reports.wording.values import ReportLanguage

_AROUND = 110
"""Characters shown before and after the first word found: never more of a text than may leave the machine."""
_LONGEST_TITLE = 70


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found. `excerpt` is the sentence or the part of the text around the first word; "" of a company."""

    kind: Literal["company", "fact", "article"]
    id: str
    company: str
    title: str
    when: str | None
    status: str | None
    excerpt: str
    outlet: str | None
    published: date | None
    url: str | None


def around(text: str, words: Sequence[str]) -> str:
    """The part of a text around the first place where one of these spellings stands."""
    found = re.search("|".join(re.escape(word) for word in words), text, re.IGNORECASE) if words else None
    at = found.start() if found else 0
    begin, end = max(at - _AROUND, 0), min(at + _AROUND, len(text))
    return f"{'…' if begin else ''}{text[begin:end].strip()}{'…' if end < len(text) else ''}"


def search_listing(hits: Sequence[SearchHit], *, sample: bool, language: ReportLanguage = "en") -> Listing[SearchHit]:
    """The hits in the order given."""
    return Listing("search", _COLUMNS, _shown(language), hits, sample, language=language)


_COLUMNS: tuple[Column[SearchHit], ...] = (
    Column("kind", "text", lambda hit: hit.kind),
    Column("id", "text", lambda hit: hit.id),
    Column("company", "text", lambda hit: hit.company or None),
    Column("title", "text", lambda hit: hit.title),
    Column("event_date", "text", lambda hit: hit.when),
    Column("status", "text", lambda hit: hit.status),
    Column("excerpt", "text", lambda hit: hit.excerpt or None),
    Column("publisher", "text", lambda hit: hit.outlet),
    Column("published_on", "day", lambda hit: hit.published),
    Column("source_url", "link", lambda hit: hit.url),
)


def _shown(language: ReportLanguage) -> list[ShownColumn[SearchHit]]:
    return [
        ShownColumn("found", lambda hit: str(labels(language)["headings"].get(hit.kind, hit.kind))),
        ShownColumn("published", lambda hit: hit.published.isoformat() if hit.published else NOT_LOOKED),
        ShownColumn("what", lambda hit: Shown(shortened(hit.title, _LONGEST_TITLE), url=hit.url)),
        ShownColumn("text", lambda hit: Shown(hit.excerpt, url=hit.url)),
        ShownColumn("publisher", lambda hit: hit.outlet or "", wide=True),
        ShownColumn("id", lambda hit: hit.id, wide=True),
    ]
