"""How far a crawl has come with one source, and the account it gives of it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawlers.outcomes import Outcome
from crawlers.ports import CrawlSource, Figures, SourcePast, WantedPage

MOST_FEEDS = 25
"""So many addresses of one source are asked in a run: an index of more sitemaps, or of itself, ends here."""


@dataclass(slots=True)
class Visit:
    """`complete`: articles that the feed itself carried in full. `in_a_row`: pages that failed one after the other.

    `began` is when its first request was sent, `shown_at` when its progress was last told, on the monotonic clock.
    `answered`: one feed did; `feeds` are those still to be asked, `asked` all that ever were. `note` is what a person
    should know where there is nothing else to say.
    """

    source: CrawlSource
    past: SourcePast
    begun: bool = False
    answered: bool = False
    feeds: deque[str] = field(default_factory=deque)
    asked: set[str] = field(default_factory=set)
    done: bool = False
    complete: int = 0
    fetched: int = 0
    wanted: int = 0
    in_a_row: int = 0
    pages: deque[WantedPage] = field(default_factory=deque)
    failures: Counter[str] = field(default_factory=Counter)
    figures: Figures = field(default_factory=Figures)
    began: float | None = None
    shown_at: float = 0.0
    last_reason: str = ""
    note: str = ""

    def go_on_at(self, addresses: Iterable[str]) -> int:
        """Ask these as well, each once and at most MOST_FEEDS in all; how many were left out."""
        left_out = 0
        for address in addresses:
            if address in self.asked:
                continue
            if len(self.asked) >= MOST_FEEDS:
                left_out += 1
                continue
            self.asked.add(address)
            self.feeds.append(address)
        return left_out

    @property
    def seen(self) -> int:
        """How many pages were fetched or failed."""
        return self.fetched + self.failures.total()

    def account(self, outcome: Outcome | None) -> tuple[str, str]:
        """The source's outcome and detail; `outcome` is what cut the visit short, None where it went through."""
        new, failed = self.fetched + self.complete, self.failures.total()
        if outcome is not None:
            came_to = f"{self.fetched} of {self.wanted} pages fetched" if self.wanted else ""
            reason = "" if outcome.kind == "stopped" else outcome.reason
            return outcome.kind, "; ".join(each for each in (reason, came_to) if each)
        if new:
            return "new", f"{new}" + (f", and {failed} that could not be fetched" if failed else "")
        if failed:
            return self.failures.most_common(1)[0][0], f"none of {failed} new pages: {self.last_reason}"
        return "unchanged", self.note
