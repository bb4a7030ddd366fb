"""Pages a second from a fast local site, politeness off: our crawl, and all the way to claims, against bare Scrapy.

The yardstick is a Scrapy spider with Scrapy's defaults that takes the same feeds, asks for the same pages and stores
nothing. Rounds of both alternate in the same run, and the best of each is compared: whatever else the machine does can
only slow a round down, the yardstick's as much as ours. The site is a process of its own that answers from memory and
notes when the first and the last page were asked for: starting an interpreter counts for nobody. Fails below 0.8 of the
yardstick for the crawl (archive and queue in the database) and 0.2 for claims in the database; what claims add up to is
shown beside it.

    python -m tests.bench_crawl [--pages 600] [--rounds 5]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from multiprocessing.connection import Connection
from typing import Any

from sqlmodel import Session, func, select

from crawlers.crawl import CrawlSettings
from dailies.run.daily_run import perform
from dailies.sample_web.catalogue import all_posts
from dailies.sample_web.documents import article_page
from dailies.settings import settings_for
from db.connection.engine import open_database
from db.nouns.source import SourceFields
from db.schema.tables import ArticleRow, ClaimRow

LEAST_CRAWL, LEAST_CLAIMS = 0.8, 0.2
FEEDS = 6


class Site(asyncio.Protocol):
    """HTTP/1.1 with connections kept open; whole answers from memory, to whoever asks for a path."""

    answers: dict[bytes, bytes]
    began: float
    ended: float
    asked: int

    def connection_made(self, transport: Any) -> None:
        self.transport, self.buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            self.transport.write(self.answer(head.split(b" ", 2)[1]))

    def answer(self, path: bytes) -> bytes:
        if path == b"/-/times":
            times = json.dumps([Site.asked, Site.began, Site.ended]).encode()
            Site.asked = 0
            return http(200, times, "application/json")
        if path.startswith(b"/page/"):
            Site.ended = time.time()
            Site.began = Site.ended if Site.asked == 0 else Site.began
            Site.asked += 1
        return Site.answers.get(path, http(404, b"", "text/plain"))


def http(status: int, body: bytes, content_type: str) -> bytes:
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def serve(ready: Connection[Any, Any], pages: int) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Site, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        Site.answers, Site.asked = contents(port, pages), 0
        ready.send(port)
        await server.serve_forever()

    asyncio.run(run())


def contents(port: int, pages: int) -> dict[bytes, bytes]:
    """The sample web's pages, as often as needed, under addresses of their own; and feeds that list them."""
    documents = [article_page(post) for post in all_posts()]
    answers = {}
    for number in range(pages):
        document = documents[number % len(documents)]
        answers[f"/page/{number}".encode()] = http(200, document.body, document.content_type)
    now = datetime.now(UTC)
    for feed in range(FEEDS):
        items = "".join(
            f"<item><title>Page {number}</title><link>http://127.0.0.1:{port}/page/{number}</link>"
            f"<pubDate>{format_datetime(now - timedelta(minutes=number))}</pubDate></item>"
            for number in range(feed, pages, FEEDS)
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'
        answers[f"/feed/{feed}".encode()] = http(200, body.encode(), "application/rss+xml")
    return answers


@contextmanager
def site(pages: int) -> Iterator[int]:
    """The site's port."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, pages), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


def times(port: int) -> tuple[int, float, float]:
    """How many pages were asked for since the last time, and when the first and the last."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/times", timeout=10) as answer:
        asked, began, ended = json.load(answer)
    return asked, began, ended


BARE = """
import re, sys
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

class Bare(Spider):
    name = "bare"
    async def start(self):
        for feed in range(int(sys.argv[2])):
            yield Request(f"http://127.0.0.1:{sys.argv[1]}/feed/{feed}")
    def parse(self, response):
        for link in re.findall(rb"<link>(.*?)</link>", response.body):
            yield Request(link.decode(), self.page)
    def page(self, response):
        pass

process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "DOWNLOAD_DELAY": 0})
process.crawl(Bare)
process.start()
"""


def bare(port: int, pages: int) -> float:
    """Pages a second of a spider that stores nothing."""
    subprocess.run([sys.executable, "-c", BARE, str(port), str(FEEDS)], check=True)
    asked, began, ended = times(port)
    assert asked == pages, asked
    return pages / (ended - began)


def ours(port: int, pages: int, folder: str) -> tuple[float, float, float]:
    """Pages a second into archive and queue, to claims in the database, and to the facts they add up to."""
    settings = settings_for(f"sqlite:///{folder}/dailies.db", readers=2)
    engine = open_database(settings.database_url, "real")
    sources = [
        SourceFields(
            key=f"feed{feed}", title=str(feed), kind="rss", language="en", url=f"http://127.0.0.1:{port}/feed/{feed}"
        )
        for feed in range(FEEDS)
    ]
    crawl = CrawlSettings(
        entries_at_first=pages,
        days_at_first=None,
        seconds_between_requests=0,
        requests_at_once=8,
        allowed_loopback=f"127.0.0.1:{port}",
        contact=None,
    )
    perform(engine, settings, command="bench", sources=sources, crawl_settings=crawl)
    done = time.time()
    asked, began, ended = times(port)
    with Session(engine) as session:
        articles, claims = (
            session.exec(select(func.count()).select_from(each)).one() for each in (ArticleRow, ClaimRow)
        )
        last = session.exec(select(func.max(ClaimRow.recorded_at))).one()
    assert asked == pages and articles > 0 and claims > 0, (asked, articles, claims)
    engine.dispose()
    return pages / (ended - began), pages / (last.timestamp() - began), pages / (done - began)


def main() -> None:
    """Measure, print, and fail below a limit."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--pages", type=int, default=600)
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    yardstick, measured = [], []
    with site(given.pages) as port:
        for _ in range(given.rounds):
            yardstick.append(bare(port, given.pages))
            with tempfile.TemporaryDirectory() as folder:
                measured.append(ours(port, given.pages, folder))
            print(f"bare {yardstick[-1]:.0f}, {in_words(measured[-1], '.0f')} pages a second", flush=True)
    ratios = [max(figures) / max(yardstick) for figures in zip(*measured, strict=True)]
    print(f"of bare Scrapy's {max(yardstick):.0f} pages a second: {in_words(ratios, '.2f')}")
    if ratios[0] < LEAST_CRAWL or ratios[1] < LEAST_CLAIMS:
        sys.exit(f"too slow: at least {LEAST_CRAWL} and {LEAST_CLAIMS} (to claims) are asked for")


def in_words(figures: Sequence[float], form: str) -> str:
    names = ("crawl", "to claims", "to facts")
    return ", ".join(f"{name} {figure:{form}}" for name, figure in zip(names, figures, strict=True))


if __name__ == "__main__":
    main()
