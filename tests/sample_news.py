"""Our sample articles around one week and one round, read and stored as the daily run does, in a database of samples."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from dailies.facts.forming import form_stale_facts
from dailies.reading.reader_child import ReadJob, read_job
from db.claims.readings import ReadArticle, store_readings
from db.connection.engine import open_database, writing
from db.crawl.archive import Archive
from db.knowledge.bundled import load_bundled
from db.model import FeedHints
from tests.new_databases import new_sqlite

ARTICLES = Path(__file__).with_name("brief_articles.jsonl")


def sample_articles() -> list[dict[str, Any]]:
    """Articles with their labels (shared/eval/SCHEMA.md)."""
    return [json.loads(line) for line in ARTICLES.read_text("utf-8").splitlines()]


def database_of(articles: Sequence[dict[str, Any]], folder: Path) -> Engine:
    """A database of samples that has read these articles as plain text, credit lines included."""
    engine = open_database(new_sqlite(folder / "samples.db"), "sample")
    load_bundled(engine)
    with Archive(folder / "archive") as archive:
        for number, article in enumerate(articles):
            store(engine, archive, folder / "archive", number, article)
    form_stale_facts(engine)
    return engine


def store(engine: Engine, archive: Archive, folder: Path, number: int, article: dict[str, Any]) -> None:
    """Archive, read and store one article."""
    moment = datetime.fromisoformat(article["published"]).replace(tzinfo=UTC)
    body = f"{article['title']}\n\n{article['text']}".encode()
    pointer = archive.append(article["url"], 200, (("Content-Type", "text/plain"),), body, moment)
    given = {"publisher": article["publisher"], "published": article["published"]}
    result = read_job(
        ReadJob(number, folder, pointer, article["url"], "text/plain; charset=utf-8", moment, FeedHints(), given)
    )
    assert result.page is not None and result.reading is not None, result.problem
    read = ReadArticle(result.key, result.url, result.page, result.reading, "test", tier="press", sketch=result.sketch)
    with writing(engine) as session:
        store_readings(session, [read], moment)
