"""`timeline`: what happened to companies, in order; or which of its rounds somebody means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from dailies.commands.output import emit
from dailies.commands.page_output import open_to_read, print_report
from dailies.facts.facts_at import clock, facts_at, findings_at
from dailies.facts.naming import claim_key_of, known_value, looks_like_id, one_company
from dailies.failures import UsageError
from db.connection.engine import database_kind
from db.model import Company, Language
from db.nouns.facts import Fact
from db.values import PartialDate
from pipeline.values.series import find_series
from reports.escaping import terminal_text
from reports.facts.round_names import SeriesName
from reports.facts.round_question import round_question
from reports.timeline.by_date import Span
from reports.timeline.listing import timeline_listing
from reports.timeline.timeline import THREAD_ORDER
from reports.timeline.timeline import timeline as compose
from reports.wording.values import ReportLanguage


def timeline(
    db: str | None,
    names: Sequence[str],
    language: ReportLanguage,
    format: str,
    *,
    threads: str | None = None,
    round_: str | None = None,
    by_date: bool = False,
    since: str | None = None,
    until: str | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> None:
    """Print one timeline of all these companies, some threads or days of it, or which round a name means.

    `since` and `until` are days, months or years, both included. Raises UsageError where a name is nobody's, a thread,
    a date or a series is none, nothing lies between the dates, or a round is asked of several companies or of days.
    """
    span = span_asked(since, until)
    if round_ and (by_date or not span.open):
        raise UsageError(
            "--round asks which round a name means, whenever it was; leave --by-date, --since, --until out"
        )
    wanted_threads = [known_value("thread", each, THREAD_ORDER) for each in threads.split(",")] if threads else None
    wanted_round = round_named(round_) if round_ else None
    engine = open_to_read(db)
    with Session(engine) as session:
        companies = {company.key: company for company in (one_company(session, name) for name in names)}
        moment = clock(as_of, known_at)
        facts = facts_at(session, moment, list(companies))
        held_against = findings_at(session, moment, facts, list(companies))
    sample = database_kind(engine) == "sample"
    if round_ and wanted_round:
        _print_round(list(companies.values()), facts, round_, wanted_round, language, format, sample=sample)
        return
    report = compose(
        list(companies.values()),
        facts,
        language,
        threads=wanted_threads,
        by_date=by_date,
        span=span,
        sample=sample,
        findings=held_against,
    )
    if format == "csv":
        emit(timeline_listing(report), format, None)
    else:
        print_report("timeline", report, format)


def _print_round(
    companies: Sequence[Company],
    facts: Sequence[Fact],
    asked: str,
    wanted: SeriesName | str,
    language: ReportLanguage,
    format: str,
    *,
    sample: bool,
) -> None:
    if len(companies) > 1:
        raise UsageError("--round asks about one company; name only one")
    if format in ("csv", "svg"):
        raise UsageError(f"--round has no form {format}; known: table, md, html, json")
    if isinstance(wanted, str):
        key = claim_key_of(wanted)
        wanted = next((fact.id for fact in facts if any(stored.key == key for stored in fact.claims)), wanted)
    print_report("round", round_question(companies[0], facts, asked.strip(), wanted, language, sample=sample), format)


def span_asked(since: str | None, until: str | None) -> Span:
    """The days from the first of `since` to the last of `until`: 2023-11 is the whole month.

    Raises UsageError where one is no date, or nothing lies between them.
    """
    first, last = (_dated(name, typed) for name, typed in (("--since", since), ("--until", until)))
    span = Span(first.first_day() if first else None, last.last_day() if last else None)
    if span.since and span.until and span.since > span.until:
        raise UsageError(f"--since {since} lies after --until {until}")
    return span


def _dated(option: str, typed: str | None) -> PartialDate | None:
    try:
        return PartialDate(typed.strip().upper()) if typed is not None else None
    except ValueError:
        forms = "YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD"
        raise UsageError(f"{option}: not a date: {terminal_text(str(typed))!r}; write {forms}") from None


def round_named(typed: str) -> SeriesName | str:
    """A series as people type it (D, "Series C extension", D轮, series_d, seed), or the id of a fact or claim.

    Raises UsageError for what names no series.
    """
    if looks_like_id(typed):
        return typed.strip().lower()
    plain = typed.strip().replace("_", " ")
    letter = re.fullmatch(r"(?i)(?:series\s+)?([a-k])(\+|\d)?(\s+extension)?", plain)
    if letter:
        plain = f"Series {letter[1].upper()}{letter[2] or ''}{' extension' if letter[3] else ''}"
    languages: tuple[Language, ...] = ("zh", "en")
    readings = (f"{plain} round", plain, f"{plain}轮")
    found = [each for language in languages for reading in readings for each in find_series(reading, language)]
    named = next((each for each in found if each.investment_type != "series_unknown"), None)
    if named is None:
        raise UsageError(
            f'no series is called {terminal_text(typed)!r}; write D, "C extension", seed, D轮 or a fact\'s id'
        )
    return SeriesName(named.investment_type, named.qualifier)
