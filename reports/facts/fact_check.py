"""A company's facts to be checked: a row for each value and each sentence about it, with outlet, date and link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from db.model import Company
from db.nouns.facts import Fact
from reports.facts.entries import Entry, entries
from reports.facts.evidence import outlet_text, quoted_text, said_by_text
from reports.facts.why import Reason, Voice, explain
from reports.tables.listing import STATUSES, Column, Listing, Shown, ShownColumn, date_columns
from reports.wording.labels import label
from reports.wording.values import EVIDENCE_MARKS, MARKS, ReportLanguage, date_text


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One sentence about one field of a fact; `supports`: it says the value that was chosen."""

    entry: Entry
    reason: Reason
    voice: Voice
    supports: bool


def fact_check(
    company: Company, facts: Sequence[Fact], language: ReportLanguage, *, sample: bool = False
) -> Listing[CheckRow]:
    """The sheet, in the order of the timeline; the column `checked` is empty, for whoever checks."""
    by_id = {fact.id: fact for fact in facts}
    companies = {company.key: company}
    rows = [
        row
        for line in entries(facts, companies, language)
        for row in _rows(line, explain(by_id[line.id], companies, language, asked=line.id).reasons)
    ]
    head = partial(label, language, "factcheck")
    return Listing(
        "factcheck",
        _columns(language),
        _shown(language),
        rows,
        sample,
        (head("note"), label(language, "legend", "marks")),
    )


def _rows(entry: Entry, reasons: Sequence[Reason]) -> Iterator[CheckRow]:
    for reason in reasons:
        yield from (CheckRow(entry, reason, voice, True) for voice in reason.supporting)
        yield from (CheckRow(entry, reason, voice, False) for voice in reason.against)


def _columns(language: ReportLanguage) -> list[Column[CheckRow]]:
    return [
        Column("fact_id", "text", lambda row: row.entry.id),
        Column("fact", "text", lambda row: row.entry.what),
        *date_columns("happened_on", lambda row: row.entry.when),
        Column("field", "text", lambda row: row.reason.field),
        Column("value", "text", lambda row: row.reason.chosen),
        Column("value_status", "text", lambda row: row.reason.status, STATUSES),
        Column("why_chosen", "text", lambda row: row.reason.rule),
        Column("side", "text", lambda row: "for" if row.supports else "against"),
        Column("as_told", "text", lambda row: row.voice.value),
        Column("quote", "text", lambda row: quoted_text(row.voice.quote, language)),
        Column("evidence_class", "text", lambda row: row.voice.quote.evidence_class),
        Column("outlet", "text", lambda row: outlet_text(row.voice.quote, language)),
        Column("said_by", "text", lambda row: said_by_text(row.voice.quote, language)),
        Column("published_on", "day", lambda row: row.voice.quote.published),
        Column("source_url", "link", lambda row: row.voice.quote.url),
        Column("checked", "text", lambda _: None),
        Column("claim_id", "text", lambda row: row.voice.quote.claim_key),
    ]


def _shown(language: ReportLanguage) -> list[ShownColumn[CheckRow]]:
    head = partial(label, language, "factcheck")

    def value(row: CheckRow) -> str:
        return f"{MARKS[row.reason.status]} {row.reason.chosen}"

    def quote(row: CheckRow) -> Shown:
        mark = EVIDENCE_MARKS[row.voice.quote.evidence_class]
        return Shown(f"{mark} {quoted_text(row.voice.quote, language)}", url=row.voice.quote.url)

    def link(row: CheckRow) -> Shown:
        return Shown(row.voice.quote.url or "", url=row.voice.quote.url)

    def published(row: CheckRow) -> str:
        day = row.voice.quote.published
        return day.isoformat() if day else label(language, "timeline", "no_date")

    return [
        ShownColumn(head("date"), lambda row: date_text(row.entry.when, language)),
        ShownColumn(head("fact"), lambda row: row.entry.what),
        ShownColumn(head("field"), lambda row: row.reason.field),
        ShownColumn(head("chosen"), value),
        ShownColumn(head("side"), lambda row: "+" if row.supports else "≠"),
        ShownColumn(head("told"), lambda row: row.voice.value),
        ShownColumn(head("quote"), quote),
        ShownColumn(head("outlet"), lambda row: outlet_text(row.voice.quote, language)),
        ShownColumn(head("published"), published),
        ShownColumn(head("said_by"), lambda row: said_by_text(row.voice.quote, language), wide=True),
        ShownColumn(head("link"), link, wide=True),
        ShownColumn(head("rule"), lambda row: row.reason.rule, wide=True),
        ShownColumn(head("checked"), lambda _: "", wide=True),
        ShownColumn(head("id"), lambda row: row.voice.quote.claim_key, wide=True),
    ]
