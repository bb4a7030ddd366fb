"""`demo`: the daily cycle against the bundled sample web, in a database of its own that says so everywhere."""

from __future__ import annotations

import sys
from pathlib import Path

from crawlers.crawl import CrawlSettings
from dailies.run.daily_run import perform
from dailies.run.summary import summarise
from dailies.sample_web.catalogue import public_url
from dailies.sample_web.server import HOST, serve
from dailies.sample_web.sources import sample_sources
from dailies.settings import settings_for
from dailies.site.publish import publish
from db.connection.engine import open_database
from db.knowledge.bundled import load_bundled


def demo(db: str, out: Path, readers: int) -> int:
    """One daily cycle on sample articles, which no other command can load into a real database; the exit code."""
    settings = settings_for(db, out, readers)
    engine = open_database(settings.database_url, "sample")
    load_bundled(engine)
    with serve() as web:
        print(f"The sample web is served on {web.base_url} until the crawl is done.", file=sys.stderr)
        result = perform(
            engine,
            settings,
            command="demo",
            sources=sample_sources(web.base_url),
            crawl_settings=_sample_crawl(web.port),
            public_url=public_url,
        )
    summarise(engine, result, publish(engine, settings.out))
    return result.exit_code


def _sample_crawl(port: int) -> CrawlSettings:
    """Everything at once, however old, from exactly one address of this machine, without a pause."""
    return CrawlSettings(
        entries_at_first=1000,
        days_at_first=None,
        seconds_between_requests=0,
        allowed_loopback=f"{HOST}:{port}",
        contact=None,
    )
