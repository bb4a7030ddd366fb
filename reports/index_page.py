"""The first page of what a run leaves: the newest week with news, and where everything else lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.brief import Brief
from reports.wording import ReportLanguage


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to go to: its name, its address, and for a company how many facts are told there and the newest's day."""

    name: str
    address: str
    facts: int = 0
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """The first page in one language. `brief` is None in a database that has read nothing."""

    language: ReportLanguage
    sample: bool
    brief: Brief | None
    briefs: tuple[Leaf, ...]
    timelines: tuple[Leaf, ...]
    articles: int
    relevant: int
    facts: int
    newest: date | None
