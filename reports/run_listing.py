"""The last runs as a listing: each run, and of the last one every source and whatever could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.run_log import RunIssue, SourceOutcome
from db.run_tables import RunRow
from reports.listing import Column, Listing, ShownColumn

UNFINISHED = "unfinished"
"""A run without an end: it still goes on, or was killed; the next one continues its work."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """`kind` is "run", "source" or "unreadable"; `name` the command, the source's key or the address."""

    run: int
    kind: str
    name: str
    outcome: str
    detail: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    fetched: int | None = None
    wanted: int | None = None


def run_lines(
    runs: Sequence[RunRow], sources: Sequence[SourceOutcome], unreadable: Sequence[RunIssue]
) -> Iterator[RunLine]:
    """The runs, newest first; `sources` and `unreadable` are the newest one's."""
    for run in runs:
        yield RunLine(
            run=run.id or 0,
            kind="run",
            name=run.command,
            outcome=run.outcome or UNFINISHED,
            started_at=run.started_at,
            finished_at=run.finished_at,
        )
    newest = runs[0].id or 0 if runs else 0
    for source in sources:
        yield RunLine(
            run=newest,
            kind="source",
            name=source.source_key,
            outcome=source.outcome,
            detail=source.detail,
            fetched=source.fetched,
            wanted=source.wanted,
        )
    for issue in unreadable:
        yield RunLine(run=newest, kind="unreadable", name=issue.url, outcome=issue.kind, detail=issue.detail)


def run_listing(lines: Sequence[RunLine], *, sample: bool) -> Listing[RunLine]:
    """The lines as a listing."""
    return Listing("status", _COLUMNS, _SHOWN, lines, sample)


_COLUMNS: tuple[Column[RunLine], ...] = (
    Column("run", "count", lambda line: line.run),
    Column("kind", "text", lambda line: line.kind),
    Column("name", "text", lambda line: line.name),
    Column("outcome", "text", lambda line: line.outcome),
    Column("detail", "text", lambda line: line.detail or None),
    Column("started_at", "moment", lambda line: line.started_at),
    Column("finished_at", "moment", lambda line: line.finished_at),
    Column("fetched", "count", lambda line: line.fetched),
    Column("wanted", "count", lambda line: line.wanted),
)


def _when(line: RunLine) -> str:
    if line.started_at is None:
        return ""
    end = f" – {line.finished_at:%H:%M}" if line.finished_at else ""
    return f"{line.started_at:%Y-%m-%d %H:%M}{end} UTC"


def _pages(line: RunLine) -> str:
    return "" if line.fetched is None else f"{line.fetched}/{line.wanted}"


_SHOWN: tuple[ShownColumn[RunLine], ...] = (
    ShownColumn("run", lambda line: str(line.run), right=True),
    ShownColumn("what", lambda line: line.kind),
    ShownColumn("name", lambda line: line.name),
    ShownColumn("outcome", lambda line: line.outcome),
    ShownColumn("pages", _pages, right=True),
    ShownColumn("when", _when),
    ShownColumn("detail", lambda line: line.detail),
)
