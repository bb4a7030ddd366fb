"""What a run tells a person: before it starts how long it takes, afterwards what is new and where to look."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from crawlers.crawl import CrawlSettings
from sqlalchemy import Engine

from dailies.daily_run import RunResult


def first_run_notice(source_count: int, crawl_settings: CrawlSettings) -> str:
    """What a first run does, and how long it will take."""
    return f"First run: {source_count} sources; this takes a few minutes. Ctrl-C finishes the page, saves and reports."


def offline_notice() -> str:
    """What is said where not one source could be reached."""
    return "No source could be reached: there seems to be no network. Reports are made from what the database holds."


def summarise(engine: Engine, result: RunResult, written: Sequence[Path] | None) -> None:
    """Print what a run did to standard error."""
    tally = result.tally
    print(f"{tally.articles} new articles, {tally.claims} new claims.", file=sys.stderr)
