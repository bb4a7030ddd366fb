"""What became of a request, as an outcome with a reason that a person can read in one line."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed

from crawlers.manners.challenges import is_challenge
from crawlers.manners.refusals import HostPaused, RobotsForbid, RobotsUnreachable, Stopping, TooManyRedirects

LONGEST_REASON = 300
_HTML = ("text/html", "application/xhtml", "text/plain", "application/xml", "text/xml")
_BINARY = ("image/", "video/", "audio/", "font/", "application/")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind` is one word of the run's log. `final`: trying again in the next run would not help.

    `whole_host`: it holds for everything on that host, so that the source's other pages need not be tried now.
    """

    kind: str
    reason: str
    final: bool = False
    whole_host: bool = False


_Words = Callable[[Exception, Request], Outcome]
_FAILURES: list[tuple[type[Exception] | tuple[type[Exception], ...], _Words]] = [
    (HostPaused, lambda error, request: Outcome("paused", str(error), whole_host=True)),
    (Stopping, lambda error, request: Outcome("stopped", "", whole_host=True)),
    (TooManyRedirects, lambda error, request: Outcome("unreachable", str(error), final=True)),
    (CannotResolveHostError, lambda error, request: _unresolved(request)),
    (DownloadConnectionRefusedError, lambda error, request: Outcome("unreachable", "connection refused")),
    (DownloadTimeoutError, lambda error, request: Outcome("unreachable", "no complete answer in time")),
    (ResponseDataLossError, lambda error, request: Outcome("unreachable", "the answer broke off")),
    (DownloadFailedError, lambda error, request: _broken(error)),
    ((zlib.error, OSError), lambda error, request: Outcome("unreachable", "the answer's compression is damaged")),
    ((ConnectError, ConnectionClosed), lambda error, request: Outcome("unreachable", one_line(error))),
    ((DownloadCancelledError, IgnoreRequest), lambda error, request: Outcome("too_large", "larger than we take", True)),
]
"""By the exception's class, the first that fits. Scrapy raises IgnoreRequest itself only for what unpacks too large."""


def of_failure(error: Exception, request: Request) -> Outcome:
    """What a request that got no answer came to."""
    if isinstance(error, RobotsForbid):
        return Outcome("robots", str(error), final=not error.whole_host, whole_host=error.whole_host)
    if isinstance(error, RobotsUnreachable):
        cause = of_failure(error.cause, request)
        return replace(cause, whole_host=True)
    for kind, words in _FAILURES:
        if isinstance(error, kind):
            return words(error, request)
    return Outcome("failed", one_line(f"{type(error).__name__}: {error}"))


def of_answer(response: Response) -> Outcome | None:
    """What an answer came to, where that is not what was asked for; None for a 200."""
    status = response.status
    if is_challenge(status, response.headers, response.body):
        return Outcome("blocked", "wants a check that only a person can pass", whole_host=True)
    if status == 200:
        return None
    if status in (401, 403, 451):
        return Outcome("blocked", f"answered {status}")
    if status == 410:
        return Outcome("gone", "answered 410: gone for good", final=True)
    if status == 404:
        return Outcome("missing", "answered 404", final=True)
    if 300 <= status < 400:
        return Outcome("unreachable", f"answered {status} without a place on the web to go to", final=True)
    return Outcome("unreachable", f"answered {status}", final=400 <= status < 500)


def of_page(response: Response) -> Outcome | None:
    """As `of_answer`, for an article's page: it has to be text."""
    outcome = of_answer(response)
    if outcome is not None:
        return outcome
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1").strip().lower()
    if content_type.startswith(_BINARY) and not content_type.startswith(_HTML):
        return Outcome("not_a_page", f"is {content_type[:60]}, no web page", final=True)
    return None if response.body.strip() else Outcome("not_a_page", "an empty answer")


def one_line(text: object) -> str:
    """Any text as a reason: on one line, of bounded length."""
    return " ".join(str(text).split())[:LONGEST_REASON]


def _unresolved(request: Request) -> Outcome:
    from twisted.internet import reactor

    resolver: Any = getattr(reactor, "nameResolver", None)
    host = urlsplit(request.url).hostname or ""
    if address := getattr(resolver, "refused", {}).get(host):
        return Outcome("forbidden_address", f"{host} leads to {address}, which is not public", final=True)
    if host in getattr(resolver, "slow", ()):
        return Outcome("unreachable", f"the name {host} could not be looked up in time")
    return Outcome("unreachable", f"the name {host} cannot be resolved")


def _broken(error: Exception) -> Outcome:
    reasons = getattr(error.__cause__, "reasons", ())
    values = [getattr(reason, "value", reason) for reason in reasons]
    if any(type(value).__module__.startswith("OpenSSL") for value in values):
        return Outcome("unreachable", "no TLS connection that can be trusted")
    return Outcome("unreachable", "the connection broke off")
