"""What a person sees while a run goes on: one line per source that is through, one bar for what is under way."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from db.nouns.source import SourceFields
from reports.escaping import terminal_text

_MARKS = {
    "new": "[green]✓[/]",
    "unchanged": "[dim]=[/]",
    "robots": "[yellow]–[/]",
    "paused": "[yellow]–[/]",
    "stopped": "[yellow]–[/]",
    "skipped": "[yellow]–[/]",
}
_WORDS = {
    "new": "new articles",
    "unchanged": "nothing new",
    "unreachable": "can't be reached",
    "robots": "its robots.txt forbids it",
    "paused": "asked to be left alone",
    "blocked": "refused us",
    "not_a_feed": "is not a feed any more",
    "gone": "is gone",
    "missing": "was not found",
    "too_large": "sent more than we take",
    "forbidden_address": "leads to where no crawl may go",
    "stopped": "stopped",
    "skipped": "not asked",
    "failed": "failed",
}


class Progress:
    """Shows sources and reading on standard error. On a pipe it prints the lines and no bars."""

    def __init__(self, sources: Sequence[SourceFields]) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._titles = {source.key: source.title for source in sources}
        self._bars = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}
        self._through = 0

    def __enter__(self) -> Progress:
        self._bars.start()
        if self._titles:
            self._tasks[""] = self._bars.add_task("sources", total=len(self._titles))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def source_progress(self, source_key: str, fetched: int, wanted: int) -> None:
        """See `dailies.crawl.store.Listener`."""
        if source_key not in self._tasks:
            self._tasks[source_key] = self._bars.add_task(self._title(source_key), total=wanted)
        self._bars.update(self._tasks[source_key], completed=fetched, total=wanted)

    def source_done(self, source_key: str, outcome: str, detail: str) -> None:
        """See `dailies.crawl.store.Listener`."""
        task = self._tasks.pop(source_key, None)
        if task is not None:
            self._bars.remove_task(task)
        if "" in self._tasks:
            self._bars.advance(self._tasks[""])
        said = f": {escape(terminal_text(detail))}" if detail else ""
        self._console.print(
            f"{_MARKS.get(outcome, '[red]✗[/]')} {self._title(source_key)}: {_WORDS.get(outcome, outcome)}{said}",
            soft_wrap=True,
        )

    def pages_read(self, pages: int, waiting: int) -> None:
        """See `dailies.run.cycle.ReadListener`."""
        self._through += pages
        if "reading" not in self._tasks:
            self._tasks["reading"] = self._bars.add_task("articles read", total=None)
        self._bars.update(self._tasks["reading"], completed=self._through, total=self._through + waiting)

    def _title(self, source_key: str) -> str:
        return escape(terminal_text(self._titles.get(source_key, source_key)))
