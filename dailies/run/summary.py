"""What a run tells a person: before it starts how long it takes, afterwards what is new and where to look."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlalchemy import Engine
from sqlmodel import Session

from crawlers.crawl import CrawlSettings
from crawlers.site import site_of
from dailies.notices.weekly import week_of
from dailies.run.daily_run import RunResult
from dailies.settings import DEFAULT_DATABASE_URL
from dailies.site.publish import Published
from db.connection.engine import database_kind
from db.crawl.run_log import RunIssue, issues
from db.publishing.news import newest_news_day, recorded_since
from db.schema.run_tables import RunRow
from reports.escaping import shortened, terminal_text
from reports.tables.listing import SAMPLE_NOTE
from reports.wording.values import word

_ISSUES_SHOWN = 5
_LONGEST_REASON = 200


def first_run_notice(urls: Sequence[str], crawl_settings: CrawlSettings) -> str:
    """What a first run of the sources at these addresses takes, and how long.

    The site with the most sources decides, since sites are crawled side by side and a site's sources share its pace.
    """
    sites = Counter(map(site_of, urls))
    pages = crawl_settings.entries_at_first
    seconds = pages * max(sites.values(), default=1) * (crawl_settings.seconds_between_requests + 1)
    days = f" of the last {crawl_settings.days_at_first} days" if crawl_settings.days_at_first is not None else ""
    return (
        f"First run: at most the newest {pages} articles{days} from each of {len(urls)} sources on "
        f"{len(sites)} sites, with {crawl_settings.seconds_between_requests:g} s between two requests to one site. "
        f"About {max(ceil(seconds / 60), 1)} to {max(ceil(seconds / 30), 2)} minutes. "
        "Ctrl-C finishes the page in hand, saves and reports."
    )


def offline_notice() -> str:
    """What is said where not one source could be reached."""
    return (
        "Not one source could be reached: this machine seems to have no network. "
        "What the database already holds is reported all the same."
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What the database knows of a run and its news."""

    sample: bool
    started: datetime
    finished: datetime | None
    claims: dict[str, int]
    issues: list[RunIssue]
    newest_week: str | None


def summarise(engine: Engine, result: RunResult, published: Published | None) -> None:
    """Print to standard error what is new, what failed and why, where the reports lie and what to do next.

    `published` is None where the run makes no reports.
    """
    found = _found(engine, result.run_id)
    lines = [
        *_news(result, found),
        *_sources(result),
        *_troubles(result, found),
        *_reports(published),
        *_next(engine, found),
    ]
    print("\n".join(["", *lines]), file=sys.stderr)


def _found(engine: Engine, run_id: int) -> _Found:
    sample = database_kind(engine) == "sample"
    with Session(engine) as session:
        run = session.get_one(RunRow, run_id)
        newest = newest_news_day(session)
        return _Found(
            sample=sample,
            started=run.started_at,
            finished=run.finished_at,
            claims=recorded_since(session, run.started_at),
            issues=issues(session, run_id),
            newest_week=week_of(newest).iso if newest else None,
        )


def _news(result: RunResult, found: _Found) -> Iterator[str]:
    tally = result.tally
    if found.sample:
        yield SAMPLE_NOTE
    took = f" in {_duration((found.finished - found.started).total_seconds())}" if found.finished else ""
    if not (tally.articles or tally.revisions or tally.claims):
        yield f"Done{took}: nothing new."
        return
    changed = f", {_count(tally.revisions, 'changed article')}" if tally.revisions else ""
    yield (
        f"Done{took}: {_count(tally.articles, 'new article')}, {tally.relevant} of them about AI video{changed}; "
        f"{_count(tally.claims, 'new claim')}, {_count(tally.facts_formed, 'fact')} formed."
    )
    if found.claims:
        told = [f"{word('en', 'fact_type', type_)} {count}" for type_, count in found.claims.items()]
        yield f"  {' · '.join(told)}"


def _sources(result: RunResult) -> Iterator[str]:
    if result.asked:
        failed = result.failed
        yield f"Sources: {len(result.asked) - len(failed)} of {len(result.asked)} answered."
        for each in failed:
            reason = f": {_plain(each.detail)}" if each.detail else ""
            yield f"  {_plain(each.source_key)} {_plain(each.outcome)}{reason}"
    waiting: dict[str, list[str]] = {}
    for each in result.outcomes:
        if each.outcome == "skipped":
            waiting.setdefault(each.detail, []).append(each.source_key)
    for remedy, keys in waiting.items():
        yield f"Not asked: {_plain(', '.join(keys))}; {_plain(remedy)}."


def _troubles(result: RunResult, found: _Found) -> Iterator[str]:
    if result.stopped:
        yield "Stopped as asked; the next run goes on where this one stopped."
    if result.tally.crawl_failed:
        yield "The crawl ended before it was through; the next run goes on where it stopped."
    if found.issues:
        yield f"Could not be read: {len(found.issues)}. `dailies status` keeps the list."
    for issue in found.issues[:_ISSUES_SHOWN]:
        yield f"  {_plain(' '.join(filter(None, (issue.url, issue.detail))))}"
    if len(found.issues) > _ISSUES_SHOWN:
        yield f"  and {len(found.issues) - _ISSUES_SHOWN} more"


def _reports(published: Published | None) -> Iterator[str]:
    if published is not None:
        changed = _count(len(published.written), "file") + " written" if published.written else "unchanged"
        yield f"Reports: {published.index} ({changed})."


def _next(engine: Engine, found: _Found) -> Iterator[str]:
    if found.newest_week is None:
        return
    url = engine.url.render_as_string(hide_password=True)
    db = "" if url == DEFAULT_DATABASE_URL else f" --db {url.removeprefix('sqlite:///')}"
    commands = (f"dailies brief --week {found.newest_week}", "dailies companies", "dailies timeline Runway")
    yield f"Next: {' · '.join(command + db for command in commands)}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _plain(text: str) -> str:
    return shortened(terminal_text(text), _LONGEST_REASON)
