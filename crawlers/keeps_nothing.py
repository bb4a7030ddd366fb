"""What stores have in common that only show or try a source: they remember nothing of it and want none of its pages."""

from __future__ import annotations

from collections.abc import Sequence

from crawlers.ports import Figures, Response, SourcePast, Validators, WantedPage


class KeepsNothing:
    """The part of `crawlers.ports.Store` in which there is nothing to do."""

    def validators(self, url: str) -> Validators | None:
        """See `crawlers.ports.ValidatorStore`."""
        return None

    def source_past(self, source_key: str) -> SourcePast | None:
        """See `crawlers.ports.PastStore`."""
        return None

    def put_source_past(self, source_key: str, past: SourcePast) -> None:
        """See `crawlers.ports.PastStore`."""

    def read_before(self, source_key: str) -> bool:
        """See `crawlers.ports.CaptureStore`."""
        return True

    def wanted(self, source_key: str) -> Sequence[WantedPage]:
        """See `crawlers.ports.CaptureStore`."""
        return ()

    def put_page(self, page: WantedPage, response: Response) -> None:
        """See `crawlers.ports.CaptureStore`."""

    def fail_page(self, page: WantedPage, outcome: str, detail: str, final: bool) -> None:
        """See `crawlers.ports.CaptureStore`."""

    def source_figures(self, source_key: str, figures: Figures) -> None:
        """See `crawlers.ports.Journal`."""

    def progress(self, source_key: str, fetched: int, wanted: int) -> None:
        """See `crawlers.ports.Journal`."""
