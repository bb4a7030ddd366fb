"""Follows a few redirects, each checked like any other request; without Referer."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from crawlers.manners.refusals import TooManyRedirects

MOST_REDIRECTS = "most_redirects"
"""Key of Request.meta: how many are followed, where the setting does not fit."""


class Redirects(RedirectMiddleware):
    """Scrapy's component with a bound per request, a typed refusal, and no Referer. Raises TooManyRedirects."""

    def handle_referer(self, request: Request, response: Response) -> None:
        """Where we come from is nobody's business."""
        request.headers.pop("Referer", None)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow, or hand on an answer that leads nowhere."""
        try:
            return super().process_response(request, response)
        except ValueError:  # a Location that is no address at all
            return response

    def _engine_started(self) -> None:
        """Scrapy looks for its Referer component here; there is none."""

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        followed = request.meta.get("redirect_times", 0)
        if followed >= request.meta.get(MOST_REDIRECTS, self.max_redirect_times):
            raise TooManyRedirects(f"more than {followed} redirects")
        redirected.meta["redirect_times"] = followed + 1
        redirected.meta["redirect_urls"] = [*request.meta.get("redirect_urls", []), request.url]
        redirected.meta["redirect_reasons"] = [*request.meta.get("redirect_reasons", []), reason]
        return redirected
