"""Why a request is not made although nothing failed: what the manners raise, and the spider turns into an outcome."""

from __future__ import annotations

from datetime import datetime

from scrapy.exceptions import IgnoreRequest


class HostPaused(IgnoreRequest):
    """The host asked to be left alone for a while (429, 503)."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"until {until:%Y-%m-%d %H:%M} UTC")


class RobotsForbid(IgnoreRequest):
    """robots.txt says no; `whole_host`: to everything, not only to this page."""

    def __init__(self, reason: str, whole_host: bool) -> None:
        super().__init__(reason)
        self.whole_host = whole_host


class RobotsUnreachable(IgnoreRequest):
    """robots.txt could not be asked for, so that nothing may be fetched; `cause` is the failure."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class TooManyRedirects(IgnoreRequest):
    """A chain of redirects longer than we follow."""


class Stopping(IgnoreRequest):
    """The crawl was asked to stop before this request was sent."""
