"""The queue of a crawl: which pages are wanted, what was fetched, and the captures that wait to be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Table, bindparam, func, insert, update
from sqlmodel import Session, col, select

from db.connection.bulk import insert_rows
from db.crawl.feed_hints import hints_from_json, hints_to_json
from db.model import FeedHints
from db.nouns.identity import digest, fold
from db.schema.crawl_tables import CaptureRow, PageRow
from db.schema.tables import ArticleRow, RevisionRow

_TAG = re.compile(r"<[^<>]*>")
WITHDRAWN = "withdrawn"
"""The outcome of a page that was purged: no change of its feed's entry brings it back."""
ATTEMPTS_PER_PAGE = 3
"""A page that failed for a passing reason is tried in this many runs."""
_PAGES: Table = PageRow.__table__  # type: ignore[attr-defined]
_CAPTURES: Table = CaptureRow.__table__  # type: ignore[attr-defined]
_PAGE_HINTS = sqlalchemy.select(_PAGES.c.key, _PAGES.c.hints).where(
    _PAGES.c.key.in_(bindparam("page_keys", expanding=True))
)
_PAGE_FETCHED = (
    update(_PAGES).where(_PAGES.c.key == bindparam("page_key")).values(state="fetched", outcome="fetched", detail=None)
)
_NEW_CAPTURE = insert(_CAPTURES)
_NEW_PAGE: dict[str, Any] = {"outcome": None, "detail": None}
_KEYS_PER_QUERY = 500


@dataclass(frozen=True, slots=True)
class Archived:
    """A capture that is already in the archive and waits to be entered here.

    `given` is what a person said about a document (`publisher`, `published` as ISO date): it beats what the page says;
    and its `name`, by which a person knows it.
    """

    kind: str
    url: str | None
    source_key: str | None
    content_type: str | None
    fetched_at: datetime
    archive_file: str
    archive_offset: int
    body_digest: str
    hints: FeedHints = field(default_factory=FeedHints)
    given: Mapping[str, str] = field(default_factory=dict)
    state: str = "waiting"


@dataclass(frozen=True, slots=True)
class QueuedEntry:
    """A feed entry as the queue keeps it. `page_key` is the article key of its URL.

    `published_raw` is its date as written. `complete` archives the text that the feed carries itself, and is called
    only if the entry is new or changed. `skipped`: remembered, but not wanted.
    """

    page_key: str
    url: str
    entry_digest: str
    hints: FeedHints
    published_raw: str | None = None
    complete: Callable[[], Archived] | None = None
    skipped: bool = False


def read_before(session: Session, source_key: str) -> bool:
    """Whether a feed of this source was ever entered."""
    query = select(CaptureRow.id).where(CaptureRow.source_key == source_key, CaptureRow.kind == "feed")
    return session.exec(query.limit(1)).first() is not None


def enter_capture(session: Session, archived: Archived) -> CaptureRow:
    """Enter an archived answer; in state `waiting` it joins the readers' queue."""
    row = CaptureRow(**_capture_columns(archived))
    session.add(row)
    return row


def _capture_columns(archived: Archived) -> dict[str, Any]:
    return {
        "kind": archived.kind,
        "url": archived.url,
        "source_key": archived.source_key,
        "content_type": archived.content_type,
        "fetched_at": archived.fetched_at,
        "archive_file": archived.archive_file,
        "archive_offset": archived.archive_offset,
        "body_digest": archived.body_digest,
        "hints": hints_to_json(archived.hints),
        "given": dict(archived.given),
        "state": archived.state,
    }


def entry_digest(hints: FeedHints) -> str:
    """What changes when a feed's entry changes: an edited article is fetched again.

    Only words that a reader sees: dates such as "3小时前" and the addresses of images and counters change every day.
    """
    return digest(hints.title or "", fold(_TAG.sub(" ", hints.content_html or hints.summary_html or "")))


def queue_entries(session: Session, source_key: str, entries: Sequence[QueuedEntry], moment: datetime) -> int:
    """Queue what is new or changed; how many of that came complete, so that no page is wanted.

    What is queued from another source already stays there; skipped entries are remembered, not queued. In few
    statements: the crawl waits for it, and a feed may list a thousand pages.
    """
    known = _known_pages(session, [entry.page_key for entry in entries])
    fresh: dict[str, dict[str, Any]] = {}
    count = 0
    for entry in entries:
        before = known.get(entry.page_key)
        if before is not None and (
            entry.skipped
            or before.entry_digest == entry.entry_digest
            or before.source_key != source_key
            or before.outcome == WITHDRAWN
        ):
            continue
        count += entry.complete is not None and not entry.skipped
        columns = _page_columns(session, entry)
        known[entry.page_key] = _KnownPage(entry.entry_digest, source_key, None)
        if before is None:
            fresh[entry.page_key] = {**_NEW_PAGE, "source_key": source_key, "queued_at": moment, **columns}
        elif entry.page_key in fresh:  # it stands in the feed twice
            fresh[entry.page_key] |= columns
        else:
            session.execute(update(_PAGES).where(_PAGES.c.key == entry.page_key).values(**columns))
    if fresh:
        insert_rows(session, PageRow, list(fresh.values()))
    return count


@dataclass(frozen=True, slots=True)
class _KnownPage:
    """What decides whether an entry of a page that is here already says anything new."""

    entry_digest: str
    source_key: str
    outcome: str | None


def _known_pages(session: Session, keys: Sequence[str]) -> dict[str, _KnownPage]:
    query = select(PageRow.key, PageRow.entry_digest, PageRow.source_key, PageRow.outcome)
    found = {}
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        for key, *values in session.exec(query.where(col(PageRow.key).in_(keys[start : start + _KEYS_PER_QUERY]))):
            found[key] = _KnownPage(*values)
    return found


def _page_columns(session: Session, entry: QueuedEntry) -> dict[str, Any]:
    """What an entry says of its page; what the feed carries whole is archived."""
    hints = hints_to_json(entry.hints)
    if entry.published_raw:
        hints["published_raw"] = entry.published_raw
    columns = {
        "key": entry.page_key,
        "url": entry.url,
        "entry_digest": entry.entry_digest,
        "attempts": 0,
        "hints": hints,
        "published": entry.hints.published,
        "state": "wanted",
    }
    if entry.skipped:
        return {**columns, "state": "skipped", "outcome": "beyond the limits of the source's first reading"}
    if entry.complete is not None:
        enter_capture(session, entry.complete())
        return {**columns, "state": "fetched", "outcome": "complete in the feed"}
    return columns


def want_page(session: Session, source_key: str, page_key: str, url: str, moment: datetime) -> None:
    """Queue a page that a person asked for, whatever became of it before."""
    row = session.get(PageRow, page_key) or PageRow(
        key=page_key, url=url, source_key=source_key, entry_digest="", queued_at=moment
    )
    row.url, row.source_key, row.state, row.attempts = url, source_key, "wanted", 0
    session.add(row)


def wanted_pages(session: Session, source_key: str) -> list[PageRow]:
    """The pages of a source that are still to be fetched, newest first."""
    query = (
        select(PageRow)
        .where(PageRow.source_key == source_key, PageRow.state == "wanted")
        .order_by(col(PageRow.published).desc().nulls_last(), PageRow.key)
    )
    return list(session.exec(query))


def pages_fetched(session: Session, pages: Sequence[tuple[str, Archived]]) -> None:
    """Enter the captures of pages, by key and in their order, and take the pages off the queue.

    In plain statements: it is done for every page, and objects of tables cost twice as much.
    """
    connection = session.connection()
    connection.execute(_PAGE_FETCHED, [{"page_key": key} for key, _ in pages])
    connection.execute(
        _NEW_CAPTURE, [{**_capture_columns(archived), "attempts": 0, "dropped_at": None} for _, archived in pages]
    )


def page_failed(session: Session, page_key: str, outcome: str, detail: str, final: bool) -> None:
    """Record a failure; the page leaves the queue when it is final or was tried in enough runs."""
    page = session.get_one(PageRow, page_key)
    page.attempts += 1
    page.outcome, page.detail = outcome, detail
    if final or page.attempts >= ATTEMPTS_PER_PAGE:
        page.state = "failed"
    session.add(page)


def page_hints(session: Session, page_keys: Sequence[str]) -> dict[str, FeedHints]:
    """What feeds said about queued pages, by key; no more than can be told of in one statement."""
    rows = session.connection().execute(_PAGE_HINTS, {"page_keys": list(page_keys)})
    return {key: hints_from_json(hints) for key, hints in rows}


def waiting_captures(session: Session, after: int, limit: int) -> list[CaptureRow]:
    """The next captures for the readers, oldest first, with an id above `after`."""
    query = (
        select(CaptureRow)
        .where(CaptureRow.state == "waiting", col(CaptureRow.id) > after)
        .order_by(col(CaptureRow.id))
        .limit(limit)
    )
    return list(session.exec(query))


def captures_read(session: Session, ids: Sequence[int], state: str) -> None:
    """Take captures off the readers' queue: they were `read`, or are `unreadable`."""
    if ids:
        session.execute(update(CaptureRow).where(col(CaptureRow.id).in_(ids)).values(state=state))


def count_waiting(session: Session) -> int:
    """How many captures wait for a reader."""
    return session.exec(select(func.count()).select_from(CaptureRow).where(CaptureRow.state == "waiting")).one()


def has_pages(session: Session) -> bool:
    """Whether anything was ever queued: False before the first crawl."""
    return session.exec(select(PageRow.key).limit(1)).first() is not None


def enter_document(session: Session, body_digest: str, url: str | None, archive: Callable[[], Archived]) -> bool:
    """Queue a document given by hand, archived by `archive`; False when these bytes of this place are here already.

    One that could not be read is queued again: today's reader may know better, and if not, the reason is said again.
    """
    same = select(CaptureRow.id).where(
        CaptureRow.body_digest == body_digest,
        CaptureRow.url == url,
        CaptureRow.kind == "document",
        CaptureRow.state != "unreadable",
    )
    if session.exec(same.limit(1)).first() is not None:
        return False
    enter_capture(session, archive())
    return True


def document_state(session: Session, body_digest: str, url: str | None) -> str | None:
    """What became of a document given by hand: `waiting`, `read` or `unreadable`; None where it is not here."""
    query = (
        select(CaptureRow.state)
        .where(CaptureRow.body_digest == body_digest, CaptureRow.url == url, CaptureRow.kind == "document")
        .order_by(col(CaptureRow.id).desc())
    )
    return session.exec(query.limit(1)).first()


def requeue_current(session: Session) -> None:
    """Put the capture behind each article's current text back into the readers' queue, where its bytes are kept."""
    current = (
        select(RevisionRow.capture_id)
        .join(ArticleRow, col(ArticleRow.key) == RevisionRow.article_key)
        .where(RevisionRow.number == ArticleRow.revision)
    )
    kept = (col(CaptureRow.id).in_(current), col(CaptureRow.dropped_at).is_(None))
    session.execute(update(CaptureRow).where(*kept).values(state="waiting"))
