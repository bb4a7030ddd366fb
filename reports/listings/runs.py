"""Runs, sources, sizes and troubles as a listing: what each visit cost and brought, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from db.crawl.run_log import RunIssue
from db.schema.run_tables import RunRow, RunSourceRow
from reports.escaping import shortened
from reports.tables.listing import Column, Listing, ShownColumn

UNFINISHED = "unfinished"
"""A run without an end: it still goes on, or was killed; the next one continues its work."""
_LONGEST_NAME = 60
"""Characters of an address that a table shows; the machine formats have all of it."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """`kind` is "run", "source", "size" or "unreadable"; `name` the command, the source's key, or the address.

    `articles_a_day` is a source's own rhythm once it is known, before that what is expected of it.
    """

    run: int
    kind: str
    name: str
    outcome: str
    detail: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    state: str = ""
    articles_a_day: float | None = None
    visit: RunSourceRow | None = None
    bytes: int | None = None


def run_line(run: RunRow) -> RunLine:
    """A run."""
    return RunLine(
        run=run.id or 0,
        kind="run",
        name=run.command,
        outcome=run.outcome or UNFINISHED,
        started_at=run.started_at,
        finished_at=run.finished_at,
    )


def unreadable_line(run: int, issue: RunIssue) -> RunLine:
    """Something that could not be fetched or read."""
    return RunLine(run, "unreadable", issue.url, issue.kind, issue.detail)


def run_listing(lines: Sequence[RunLine], *, sample: bool) -> Listing[RunLine]:
    """The lines as a listing."""
    return Listing("status", _COLUMNS, _SHOWN, lines, sample)


def _figure(name: str) -> Callable[[RunLine], int | None]:
    return lambda line: None if line.visit is None else int(getattr(line.visit, name))


def _bytes(line: RunLine) -> int | None:
    return line.bytes if line.visit is None else line.visit.bytes


_COUNTS = ("fetched", "wanted", "requests", "not_modified", "blocked", "failed", "articles", "relevant", "claims")
_COLUMNS: tuple[Column[RunLine], ...] = (
    Column("run", "count", lambda line: line.run or None),
    Column("kind", "text", lambda line: line.kind),
    Column("name", "text", lambda line: line.name),
    Column("outcome", "text", lambda line: line.outcome),
    Column("state", "text", lambda line: line.state or None),
    Column("detail", "text", lambda line: line.detail or None),
    Column("started_at", "moment", lambda line: line.started_at),
    Column("finished_at", "moment", lambda line: line.finished_at),
    *(Column(name, "count", _figure(name)) for name in _COUNTS),
    Column("milliseconds", "count", lambda line: None if line.visit is None else round(line.visit.seconds * 1000)),
    Column("bytes", "count", _bytes),
    Column("articles_a_day", "amount", lambda line: Decimal(a_day) if (a_day := _a_day(line)) else None),
)


def _when(line: RunLine) -> str:
    if line.started_at is None:
        return ""
    end = f" – {line.finished_at:%H:%M}" if line.finished_at else ""
    return f"{line.started_at:%Y-%m-%d %H:%M}{end} UTC"


def _a_day(line: RunLine) -> str:
    return "" if line.articles_a_day is None else f"{line.articles_a_day:.1f}"


def _new(line: RunLine) -> str:
    """New articles, those about AI video among them, and their claims."""
    return "" if line.visit is None else f"{line.visit.articles}/{line.visit.relevant}/{line.visit.claims}"


def _requests(line: RunLine) -> str:
    """Requests, and what became of those that were not simply answered."""
    if line.visit is None:
        return ""
    told = [f"{line.visit.not_modified}×304"] if line.visit.not_modified else []
    told += [f"{line.visit.blocked} blocked"] if line.visit.blocked else []
    told += [f"{line.visit.failed} failed"] if line.visit.failed else []
    return f"{line.visit.requests}" + (f" ({', '.join(told)})" if told else "")


def _cost(line: RunLine) -> str:
    return "" if line.visit is None else f"{line.visit.bytes / 1000:.0f} kB, {line.visit.seconds:.0f} s"


_SHOWN: tuple[ShownColumn[RunLine], ...] = (
    ShownColumn("run", lambda line: str(line.run or ""), right=True),
    ShownColumn("what", lambda line: line.kind),
    ShownColumn("name", lambda line: shortened(line.name, _LONGEST_NAME)),
    ShownColumn("outcome", lambda line: line.outcome),
    ShownColumn("new/about/claims", _new, right=True),
    ShownColumn("requests", _requests),
    ShownColumn("cost", _cost, right=True, wide=True),
    ShownColumn("a day", _a_day, right=True, wide=True),
    ShownColumn("state", lambda line: line.state),
    ShownColumn("when", _when),
    ShownColumn("detail", lambda line: line.detail),
)
