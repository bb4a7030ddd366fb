"""What `scrapy check` holds the spiders to: that a source of theirs still answers with something to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy.contracts import Contract
from scrapy.exceptions import ContractFail

from crawlers.shown_store import ShownStore
from crawlers.spiders.source import SourceSpider


class ReadsEntries(Contract):
    """`@entries LEAST`: asked as a crawl asks it, the spider's first source yields at least so many entries.

    Which one that is: `-a source=KEY`, else the first of its kinds in the catalogue that is on.
    """

    name = "entries"

    def __init__(self, method: Callable[..., Any], least: str) -> None:
        super().__init__(method, least)
        self._spider: SourceSpider | None = getattr(method, "__self__", None)  # none where contracts are only listed

    def adjust_request_args(self, args: dict[str, Any]) -> dict[str, Any]:
        """The request with which a crawl of that source begins. Raises ContractFail where there is none."""
        request = self._spider.first_request(self._spider.sources[0]) if self._spider is not None else None
        if request is None:
            raise ContractFail(self._shown().outcome)
        return {**args, **{name: getattr(request, name) for name in ("url", "headers", "meta", "cb_kwargs")}}

    def post_process(self, _output: list[Any]) -> None:
        """Compare with what was read. Raises ContractFail."""
        shown = self._shown()
        if shown.entries < int(self.args[0]):
            raise ContractFail(f"{shown.entries} entries, of at least {self.args[0]}; {shown.outcome}")

    def _shown(self) -> ShownStore:
        if self._spider is None or not isinstance(self._spider.store, ShownStore):
            raise ContractFail("a contract is checked by a spider that keeps nothing")
        return self._spider.store
