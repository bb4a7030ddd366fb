"""`init`, `run`, `crawl`, `ingest`, `process`: everything that takes something in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from crawlers.crawl import CrawlSettings
from dailies.commands.page_output import open_or_make
from dailies.crawl.pages_by_hand import want_pages
from dailies.crawl.sources import all_sources
from dailies.facts.bundled import bring_up_to_date
from dailies.failures import UsageError
from dailies.intake.documents import Document, UnusableDocument, archive_document, body_digest, documents_in
from dailies.intake.given_tables import TABLE, take_table
from dailies.intake.inbox import DONE, FAILED, PutAway, put_away, take_in
from dailies.notices.delivery import NoticeSettings, after_run, beat, notice_settings
from dailies.run.daily_run import RunResult, perform
from dailies.run.summary import first_run_notice, offline_notice, summarise
from dailies.settings import Settings, settings_for
from dailies.site.publish import publish
from db.connection.engine import open_database, writing
from db.crawl.archive import Archive
from db.crawl.crawl_queue import enter_document, has_pages, requeue_current
from db.nouns.source import SourceFields
from reports.escaping import terminal_text


def open_ready(settings: Settings) -> Engine:
    """The real database of these settings, created, upgraded and with the bundled knowledge in it."""
    engine = open_database(settings.database_url, "real")
    bring_up_to_date(engine)
    return engine


def init(db: str | None) -> None:
    """Create or upgrade the database and load the bundled knowledge."""
    settings = settings_for(db)
    engine = open_ready(settings)
    _say(f"{engine.url} is ready.")


def run(db: str | None, out: Path, readers: int) -> int:
    """One daily cycle with the default sources, and the day's message; the exit code."""
    settings, notices = settings_for(db, out, readers), notice_settings()
    sources = _enabled(all_sources(settings))
    engine = open_ready(settings)
    with Archive(settings.archive) as archive:
        taken = take_in(engine, archive, settings.inbox)
    result = _crawl(engine, settings, sources, "run")
    _say_put_away(put_away(engine, result.run_id, settings.inbox, taken))
    written = publish(engine, settings.out)
    summarise(engine, result, written)
    _tell(engine, notices, result)
    return result.exit_code


def crawl(db: str | None, keys: Sequence[str], readers: int) -> int:
    """Crawl and read, without reports; the exit code."""
    settings, notices = settings_for(db, readers=readers), notice_settings()
    sources = _chosen(all_sources(settings), keys)
    engine = open_ready(settings)
    result = _crawl(engine, settings, sources, "crawl")
    summarise(engine, result, None)
    _tell(engine, notices, result)
    return result.exit_code


def _tell(engine: Engine, notices: NoticeSettings, result: RunResult) -> None:
    """Send what is to be sent; a run that was stopped, or had no network, is no sign of life."""
    after_run(engine, notices)
    if notices.heartbeat and not (result.stopped or result.offline or result.tally.crawl_failed):
        beat(notices.heartbeat)


def ingest(
    db: str | None,
    paths: Sequence[str],
    *,
    published: date | None,
    publisher: str | None,
    url: str | None,
    readers: int,
) -> int:
    """Take documents by hand; the exit code: 3 when some could not be taken."""
    addresses = [path for path in paths if path.startswith(("http://", "https://"))]
    if addresses and (published or publisher or url):
        raise UsageError("--published, --publisher and --url describe files; a page on the web says them itself")
    settings = settings_for(db, readers=readers)
    engine = open_ready(settings)
    refused, known, claims = 0, 0, 0
    with Archive(settings.archive) as archive:
        for path in (path for path in paths if path not in addresses):
            for document in documents_in(path, url=url, publisher=publisher, published=published):
                if isinstance(document, UnusableDocument):
                    refused += 1
                    _say(str(document))
                elif document.content_type == TABLE:
                    added, problems = _take_table(engine, document)
                    refused, claims = refused + problems, claims + added
                else:
                    known += not _take(engine, archive, document)
    sources = want_pages(engine, addresses)
    crawl_settings = CrawlSettings() if addresses else None
    result = perform(engine, settings, command="ingest", sources=sources, crawl_settings=crawl_settings)
    result.tally.claims += claims  # of tables, taken before the run began
    if known:
        _say(f"{known} already here, byte for byte: nothing to do for them.")
    summarise(engine, result, None)
    return 3 if refused or result.tally.unreadable else result.exit_code


def _take(engine: Engine, archive: Archive, document: Document) -> bool:
    with writing(engine) as session:
        return enter_document(session, body_digest(document), document.url, lambda: archive_document(archive, document))


def _take_table(engine: Engine, document: Document) -> tuple[int, int]:
    """How many claims of a table are new or corrected, and how much of it could not be taken, which is said."""
    added, problems = take_table(engine, document)
    for problem in problems:
        _say(terminal_text(problem))
    _say(terminal_text(f"{document.name}: {added} claim{'' if added == 1 else 's'} new or corrected."))
    return added, len(problems)


def _say_put_away(put: PutAway) -> None:
    if put.done:
        _say(f"Inbox: {put.done} read and moved to {DONE}/.")
    for name, reason in put.failed:
        _say(f"Inbox: {terminal_text(name)} moved to {FAILED}/: {terminal_text(reason)}")


def process(db: str | None, *, every_article: bool, readers: int) -> int:
    """Read what waits (or every article again), and form the facts; the exit code."""
    settings = settings_for(db, readers=readers)
    engine = open_or_make(settings.database_url, "real")
    bring_up_to_date(engine)
    if every_article:
        with writing(engine) as session:
            requeue_current(session)
    result = perform(engine, settings, command="process")
    summarise(engine, result, None)
    return result.exit_code


def _crawl(engine: Engine, settings: Settings, sources: Sequence[SourceFields], command: str) -> RunResult:
    crawl_settings = CrawlSettings()
    with Session(engine) as session:
        first = not has_pages(session)
    if first:
        _say(first_run_notice([source.url for source in sources], crawl_settings))
    result = perform(engine, settings, command=command, sources=sources, crawl_settings=crawl_settings)
    if result.offline:
        _say(offline_notice())
    return result


def _enabled(sources: Sequence[SourceFields]) -> list[SourceFields]:
    return [source for source in sources if source.enabled]


def _chosen(sources: Sequence[SourceFields], keys: Sequence[str]) -> list[SourceFields]:
    if not keys:
        return _enabled(sources)
    by_key = {source.key: source for source in sources}
    unknown = [key for key in keys if key not in by_key]
    if unknown:
        raise UsageError(f"no source {', '.join(unknown)}; there are {', '.join(sorted(by_key))}")
    return [by_key[key] for key in keys]


def _say(text: str) -> None:
    print(text, file=sys.stderr)
