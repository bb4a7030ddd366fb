"""The crawl as a process of its own: Scrapy on this side, the store behind a channel to the parent.

The child holds no database session: every call of the store is one message, one transaction in the parent, and where
the crawl needs it, one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, cast

from crawlers.crawl import CrawlSettings, crawl
from crawlers.ports import CrawlSource, Store
from dailies.run.child_process import join_parent


@dataclass(frozen=True, slots=True)
class CrawlOrder:
    """The first message: what to crawl and how."""

    sources: Sequence[CrawlSource]
    settings: CrawlSettings


class StoreFailed(Exception):
    """The parent could not carry out a call of the store."""


CALLS = frozenset(name for name in dir(Store) if not name.startswith("_"))
"""What a child may ask of the store; anything else is an error."""
TOLD = frozenset({"put_page", "fail_page", "progress", "issue", "source_figures", "source_outcome"})
"""Calls without an answer: the crawl goes on while the parent carries them out, in their order.

A page that is still on its way when somebody is killed was not stored, and is wanted again. What the parent cannot
carry out it names itself.
"""


class RemoteStore:
    """The store as seen from the child: each method call travels to the parent, and back where it has an answer."""

    def __init__(self, channel: Connection[Any, Any]) -> None:
        self._channel = channel

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self._channel.send((method, arguments))
            if method in TOLD:
                return None
            done, result = self._channel.recv()
            if not done:
                raise StoreFailed(result)
            return result

        return call


def main() -> None:
    """Crawl as ordered, then end."""
    channel = join_parent()
    order: CrawlOrder = channel.recv()
    crawl(order.sources, cast(Store, RemoteStore(channel)), order.settings)
