"""A timeline as rows for machines: one a fact, in its order, with thread, strand, sentence and link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from db.nouns.facts import Fact
from reports.facts.entries import Entry, best_first
from reports.facts.evidence import conflict_text
from reports.tables.listing import (
    STATUSES,
    Cell,
    Column,
    Listing,
    date_columns,
    money_columns,
    sentence_columns,
)
from reports.timeline.timeline import THREADS, Timeline


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A line of a timeline and the fact behind it."""

    entry: Entry
    fact: Fact


def timeline_listing(timeline: Timeline) -> Listing[TimelineRow]:
    """The timeline's facts; what people read of it is the timeline itself."""
    rows = [TimelineRow(entry, entry.fact) for entry in timeline.entries if entry.fact is not None]

    def conflicts(row: TimelineRow) -> Cell:
        return [conflict_text(conflict, timeline.language) for conflict in row.entry.conflicts] or None

    columns: list[Column[TimelineRow]] = [
        Column("id", "text", lambda row: row.entry.id),
        Column("company", "text", lambda row: row.entry.company_key),
        Column("company_name", "text", lambda row: row.entry.company),
        *date_columns("happened_on", lambda row: row.entry.when),
        Column("thread", "text", lambda row: THREADS[row.entry.type]),
        Column("type", "text", lambda row: row.entry.type),
        Column("status", "text", lambda row: row.entry.status, STATUSES),
        Column("description", "text", lambda row: row.entry.what),
        *money_columns("amount", lambda row: row.fact.money),
        Column("parties", "text", lambda row: row.entry.who or None),
        Column("witnesses", "count", lambda row: row.entry.witnesses),
        Column("articles", "count", lambda row: row.entry.outlets),
        Column("first_reported_on", "day", lambda row: row.entry.first_reported),
        Column("strand", "texts", lambda row: [f"{step.said_on} {step.status}" for step in row.entry.strand] or None),
        Column("strand_days", "count", lambda row: row.entry.strand[-1].days if row.entry.strand else None),
        Column("conflicts", "texts", conflicts),
        *sentence_columns(lambda row: best_first(row.fact)[0]),
        Column("publisher", "text", _quoted(lambda row: row.entry.quotes[0].outlet)),
        Column("source_url", "link", _quoted(lambda row: row.entry.quotes[0].url)),
    ]
    return Listing("timeline", columns, (), rows, timeline.sample)


def _quoted(read: Callable[[TimelineRow], Cell]) -> Callable[[TimelineRow], Cell]:
    return lambda row: read(row) if row.entry.quotes else None
