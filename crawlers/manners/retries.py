"""One second try for what failed in passing, and none while the network as a whole is down."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

_FAILURES_OF_A_DEAD_NETWORK = 3


class Retries(RetryMiddleware):
    """Scrapy's component, which stops trying again when many hosts failed and not one has answered."""

    _answered = False
    _failed = 0

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """A server error is tried once more."""
        self._answered = True
        return super().process_response(request, response)

    def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        """A network error is tried once more."""
        self._failed += isinstance(exception, self.exceptions_to_retry)
        if not self._answered and self._failed > _FAILURES_OF_A_DEAD_NETWORK:
            return None
        return super().process_exception(request, exception)
