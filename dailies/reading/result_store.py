"""Writes what readers found: articles and claims, or why there are none, and takes the captures off the queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.reading.reader_pool import Done
from db.claims.readings import ReadArticle, Stored, store_readings
from db.connection.engine import writing
from db.crawl import crawl_queue, run_log

READER = "rules-1"
"""Who read: kept with every claim. Counted up when the rules change what they find."""


@dataclass(slots=True)
class Tally:
    """What a run did so far."""

    articles: int = 0
    relevant: int = 0
    revisions: int = 0
    claims: int = 0
    unreadable: int = 0
    facts_formed: int = 0
    crawl_failed: bool = False


class ResultStore:
    """The results of one run. `tally` counts them."""

    def __init__(self, engine: Engine, run_id: int) -> None:
        self._engine = engine
        self._run_id = run_id
        self.tally = Tally()

    def store(self, done: Sequence[Done]) -> int:
        """Write these results in one transaction, all or nothing; how many captures still wait.

        A kill before it costs nothing but the time of reading: the captures are still in the queue.
        """
        articles = [(each, _article(each)) for each in done]
        read = [each for each, article in articles if article is not None]
        unreadable = [each for each, article in articles if article is None]
        with writing(self._engine) as session:
            told = [article for _, article in articles if article is not None]
            stored = store_readings(session, told, datetime.now(UTC))
            for state, through in (("read", read), ("unreadable", unreadable)):
                crawl_queue.captures_read(session, [each.job.capture_id for each in through], state)
            for each in unreadable:
                problem = each.result.problem or "nothing came of it"
                run_log.add_issue(session, self._run_id, "unreadable", each.job.name, problem)
            for each in done:
                self._note_model(session, each)
            self._count(session, read, stored)
            waiting = crawl_queue.count_waiting(session)
        self.tally.unreadable += len(unreadable)
        return waiting

    def _note_model(self, session: Session, done: Done) -> None:
        """What a model did wrong, as named issues."""
        model = done.result.model
        if model is None:
            return
        wrong = [] if model.problem is None else [model.problem]
        for detail in [*wrong, *(f"refused a fact {reason}" for reason in model.answer.refused)]:
            run_log.add_issue(session, self._run_id, "model", done.job.url or "", detail)

    def _count(self, session: Session, read: Sequence[Done], stored: Sequence[Stored]) -> None:
        """Count articles towards the run and the sources they came from."""
        by_source: dict[str, Counter[str]] = {}
        for each, what in zip(read, stored, strict=True):
            reading = each.result.reading
            about = reading is not None and reading.relevance != "none"
            self.tally.articles += what.new_article
            self.tally.relevant += what.new_article and about
            self.tally.revisions += what.new_revision
            self.tally.claims += what.new_claims
            if each.job.source_key:
                of_source = by_source.setdefault(each.job.source_key, Counter())
                of_source["articles"] += what.new_article
                of_source["relevant"] += what.new_article and about
                of_source["claims"] += what.new_claims
        for source_key, counts in by_source.items():
            run_log.count_articles(
                session, self._run_id, source_key, counts["articles"], counts["relevant"], counts["claims"]
            )


def _article(done: Done) -> ReadArticle | None:
    """What is to be stored of a result; None where nothing came of it."""
    result = done.result
    if result.page is None or result.reading is None:
        return None
    return ReadArticle(
        key=result.key,
        url=result.url,
        page=result.page,
        reading=result.reading,
        reader=READER if result.model is None else f"{READER}+model",
        capture_id=done.job.capture_id,
        source_key=done.job.source_key,
        tier=done.job.tier,
        publisher_company=result.publisher_company,
        sketch=result.sketch,
    )
