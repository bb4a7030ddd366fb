"""A reader: a process that takes captures from the archive and turns them into page texts and claims.

It opens no database, and no socket unless a language model is switched on (`model_reader`); a page that kills
it costs one capture and no more.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.manners.usage_wishes import NO_WISHES, UsageWishes, may_be_sent
from dailies.reading.model_reader import ModelReading, ModelSettings, read_with_model
from dailies.reading.warm_up import warm_up
from dailies.run.child_process import join_parent
from db.crawl.archive import Archive, CapturePointer
from db.knowledge.curated import load_knowledge
from db.model import Article, Capture, FeedHints, PageText, Reading, Sketch
from db.nouns.identity import article_key
from pipeline.near_copies import sketch
from pipeline.pages.binary_data import is_binary
from pipeline.pages.canonical_url import canonical_url
from pipeline.pages.publisher import host_of
from pipeline.pages.read_page import read_page
from pipeline.read_claims import read_claims
from pipeline.registers.read_register import read_register
from pipeline.registers.record import Record

ARTICLE_JSON = "application/x-dailies-article+json"
"""The content type under which an article that came as a JSON object is archived."""


@dataclass(frozen=True, slots=True)
class ReadJob:
    """What a reader is handed: where the bytes are and what is known about them already.

    `outlet` is the source's title where the source is the outlet itself and no aggregator of others.
    """

    capture_id: int
    archive: Path
    pointer: CapturePointer
    url: str | None
    content_type: str | None
    fetched_at: datetime
    hints: FeedHints
    given: Mapping[str, str]
    model: ModelSettings | None = None
    """The model that may be asked about it as well; None: none."""
    outlet: str | None = None
    kind: str | None = None
    """The kind of the source it came from: a register's records are read by their fields."""
    wishes: UsageWishes = NO_WISHES
    """What the site wants its texts to be used for."""
    source_key: str | None = None
    tier: str = "unknown"
    name: str = ""
    """What it is called where nothing comes of it: its address, or a document's."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reader made of a capture. `problem` says why there is no article in it."""

    capture_id: int
    key: str = ""
    url: str | None = None
    page: PageText | None = None
    reading: Reading | None = None
    publisher_company: str | None = None
    problem: str | None = None
    model: ModelReading | None = None
    """What a model said; None: it was not asked."""
    sketch: Sketch | None = None
    """Of its text, by which copies of it are found."""


_MOST_CHARACTERS = 2_000_000
"""Longer than any filing; what is longer would only take a reader's memory until its time is up."""
_NICENESS = 10
"""Fetching and storing go before reading where processors are few: a site should not wait for us to think."""


def main() -> None:
    """Read jobs until the parent closes the channel: several come at once, each is answered by itself."""
    channel = join_parent()
    os.nice(_NICENESS)
    if not channel.poll():  # nothing to do yet
        warm_up()
    gc.freeze()  # rules stay: looking them through for garbage again and again cost an eighth of the time
    while True:
        try:
            jobs: Sequence[ReadJob] = channel.recv()
        except EOFError:
            return
        for job in jobs:
            channel.send(read_job(job))


def read_job(job: ReadJob) -> ReadResult:
    """Read one capture; whatever is wrong with it becomes the result's `problem`."""
    try:
        return _read(job)
    except Exception as error:  # a page nobody foresaw must not end the run: it becomes a named issue
        return ReadResult(job.capture_id, problem=f"{type(error).__name__}: {error}")


def _read(job: ReadJob) -> ReadResult:
    archived = Archive(job.archive).read(job.pointer)
    record = read_register(job.kind, job.url, archived.body)
    if record is not None:
        return _of_record(job, record)
    if job.content_type == ARTICLE_JSON:
        page = _page_from_json(archived.body)
    else:
        if is_binary(archived.body, job.content_type):
            return ReadResult(job.capture_id, problem="binary data, no text; give the page as HTML or as plain text")
        capture = Capture(job.url or "", archived.body, job.content_type, job.fetched_at)
        page = read_page(capture, job.hints)
        if job.outlet is not None and page.publisher in (None, host_of(capture.url)):
            page = replace(page, publisher=job.outlet)  # the page names nobody: not even its host is known by a name
    page = _as_given(page, job.given)
    if job.wishes.search is False:
        page = replace(page, text="")  # headline and link are all that such a site lets an index keep
    if len(page.text) > _MOST_CHARACTERS:
        return ReadResult(
            job.capture_id, problem=f"a text of {len(page.text):,} characters: over {_MOST_CHARACTERS:,} is no article"
        )
    if page.access == "challenge":
        return ReadResult(job.capture_id, problem="a challenge page instead of the article")
    if not page.text.strip() and not page.title.strip():
        return ReadResult(
            job.capture_id, problem="no text found in the page; save it again when it is fully shown, or as plain text"
        )
    url = _stable_url(job.url, page.canonical_url)
    published = page.published.date() if page.published else None
    key = article_key(url, page.publisher, page.title, published, page.text)
    company = _newsroom_of(url)
    article = Article(
        key=key,
        title=page.title,
        text=page.text,
        language=page.language,
        published=published,
        publisher=page.publisher,
        original_publisher=page.original_publisher,
        url=url,
        publisher_company=company,
    )
    may_ask = job.model is not None and may_be_sent(job.wishes, archived.headers, archived.body)
    reading, asked = read_with_model(article, read_claims(article), job.model if may_ask else None)
    return ReadResult(job.capture_id, key, url, page, reading, company, model=asked, sketch=sketch(page.text))


def _of_record(job: ReadJob, record: Record) -> ReadResult:
    """A register's record as an article: its address is its identity, and no prose is read in it."""
    page = record.page(job.hints.published, job.hints.published_precision)
    url = _stable_url(job.url, None)
    key = article_key(url, page.publisher, page.title, page.published.date() if page.published else None)
    return ReadResult(job.capture_id, key, url, page, record.reading())


def _page_from_json(body: bytes) -> PageText:
    """An article that came as a JSON object of {title, text, published, lang, url, publisher}."""
    values = json.loads(body)
    published = values.get("published")
    return PageText(
        title=str(values.get("title") or ""),
        text=str(values.get("text") or ""),
        language=values.get("lang") if values.get("lang") in ("en", "zh") else "other",
        canonical_url=values.get("url"),
        publisher=values.get("publisher"),
        original_publisher=None,
        authors=(),
        published=_midnight(published) if published else None,
        published_precision="day" if published else None,
    )


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day[:10]), datetime.min.time(), UTC)


def _as_given(page: PageText, given: Mapping[str, str]) -> PageText:
    if "publisher" in given:
        page = replace(page, publisher=given["publisher"])
    if "published" in given:
        page = replace(page, published=_midnight(given["published"]), published_precision="day")
    return page


def _stable_url(fetched: str | None, declared: str | None) -> str | None:
    """The page's own canonical URL where it speaks for the same site; elsewhere it would take another's identity."""
    if fetched is None:
        return canonical_url(declared) if declared else None
    return canonical_url(declared if declared and _same_site(declared, fetched) else fetched)


def _same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one site: equal hosts, or one a part of the other's domain."""
    left, right = (_host(url) for url in (one, other))
    return bool(left and right) and (left == right or left.endswith(f".{right}") or right.endswith(f".{left}"))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")


def _newsroom_of(url: str | None) -> str | None:
    """The company whose own site this is: its words are a party's."""
    return load_knowledge().company_of_domain(_host(url)) if url else None
