"""The parent's side of a crawl: carries out the calls of its store, in their order, and learns how it ended."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crawlers.ports import Response, WantedPage
from dailies.crawl.child import CALLS, TOLD
from dailies.crawl.store import CrawlStore
from dailies.run.child_process import start_child
from dailies.run.stop_request import StopRequest

_PAGES_AT_ONCE, _BYTES_AT_ONCE = 32, 4_000_000
"""So many pages, or bytes of them, are written together where they come faster than they can be written."""


class CrawlService:
    """A crawl under way. `called_at`: when it last asked for something, on the monotonic clock.

    `failed`: it broke down, or something of it could neither be stored nor be named.
    """

    def __init__(self, order: object, store: CrawlStore, log: Path, stop: StopRequest) -> None:
        self._child = start_child("dailies.crawl.child", log)
        self._store = store
        self._log = log
        self._stop = stop
        self._pages: list[tuple[WantedPage, Response]] = []
        self.called_at = time.monotonic()
        self.failed = False
        stop.then(self._child.process.terminate)
        with suppress(OSError):  # stopped before it could be told what to do: the next look at the channel says so
            self._child.channel.send(order)

    @property
    def channel(self) -> Connection[Any, Any]:
        """On which its calls arrive."""
        return self._child.channel

    def serve(self, seconds: float) -> bool:
        """Carry out what the crawl has asked for so far, or for so long; False when it has ended."""
        until = time.monotonic() + seconds
        at_work = True
        while at_work and time.monotonic() < until and self.channel.poll():
            at_work = self._serve_one()
        self._put_pages()
        return at_work

    def end(self) -> None:
        """Kill the crawl if need be."""
        self._child.end()

    def _serve_one(self) -> bool:
        try:
            method, arguments = self.channel.recv()
            self.called_at = time.monotonic()
        except (EOFError, OSError):
            self._put_pages()
            self._has_ended(self._child.process.wait())
            return False
        if method not in CALLS:
            raise ValueError(f"the crawl asked the store for {method!r}, which it does not offer")
        if method == "put_page":
            self._pages.append(arguments)
            if len(self._pages) >= _PAGES_AT_ONCE or sum(len(came.body) for _, came in self._pages) > _BYTES_AT_ONCE:
                self._put_pages()
            return True
        self._put_pages()  # calls are carried out in their order
        if method in TOLD:
            self._tell(method, arguments)
            return True
        try:
            answer = (True, getattr(self._store, method)(*arguments))
        except Exception as error:  # the crawl goes on with the next
            answer = (False, f"{type(error).__name__}: {error}")
        with suppress(OSError):  # it ended while it waited: the next look at the channel says so
            self.channel.send(answer)
        return True

    def _put_pages(self) -> None:
        """Write the pages that came, together; where that fails, each by itself, so that one costs no other."""
        pages, self._pages = self._pages, []
        if len(pages) > 1:
            with suppress(Exception):  # whatever it is, the single page that has it will say so
                self._store.put_pages(pages)
                return
        for page in pages:
            self._tell("put_page", page)

    def _tell(self, method: str, arguments: Sequence[Any]) -> None:
        """Carry out a call that has no answer: what is lost is named; where even that fails, the crawl has."""
        try:
            getattr(self._store, method)(*arguments)
        except Exception as error:  # the crawl goes on with the next
            about = getattr(arguments[0], "url", None) or str(arguments[0])
            try:
                self._store.issue("store_failed", about, f"{type(error).__name__}: {error}")
            except Exception:  # the disk is full, most likely
                self.failed = True

    def _has_ended(self, code: int) -> None:
        """A wish to stop that reached the crawl before it could listen is no failure: nothing was under way."""
        self.end()
        if code != 0 and not (code == -signal.SIGTERM and self._stop.made):
            self.failed = True
            self._store.issue("crawl_failed", "", f"the crawl ended with code {code}; see {self._log}")
