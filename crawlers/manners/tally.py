"""Counts what each source costs: requests, answers without a body, refusals, failures, bytes, seconds."""

from __future__ import annotations

import time

from scrapy import Request
from scrapy.http import Response

from crawlers.visit import Visit

_REFUSALS = frozenset({401, 403, 429, 451})
_SENT = "sent"
"""Key of Request.meta."""


class Tally:
    """Downloader middleware next to the network, so that second tries and steps of a redirect count as well.

    A robots.txt is asked for by nobody's source alone, and is not counted.
    """

    def process_request(self, request: Request) -> None:
        """One more request."""
        visit = _visit(request)
        if visit is not None:
            visit.began = visit.began or time.monotonic()
            visit.figures.requests += 1
            request.meta[_SENT] = True

    def process_response(self, request: Request, response: Response) -> Response:
        """What kind of answer it was, and how long its body, as it came over the wire."""
        visit = _visit(request)
        request.meta.pop(_SENT, None)
        if visit is not None:
            figures = visit.figures
            figures.bytes += len(response.body)
            figures.not_modified += response.status == 304
            figures.blocked += response.status in _REFUSALS
            figures.failed += response.status >= 400 and response.status not in _REFUSALS
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """No answer, if it was ever asked: what robots.txt forbids was not."""
        visit = _visit(request)
        if visit is not None and request.meta.pop(_SENT, False):
            visit.figures.failed += 1


def _visit(request: Request) -> Visit | None:
    return request.cb_kwargs.get("visit")
