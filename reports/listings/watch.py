"""The watchlist as a listing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.model import Company
from db.publishing.notices import Watched
from reports.tables.listing import Column, Listing, ShownColumn


@dataclass(frozen=True, slots=True)
class WatchLine:
    """One that is followed; a company with its names."""

    watched: Watched
    company: Company | None

    @property
    def name(self) -> str:
        """Its name for people."""
        return self.company.name if self.company else self.watched.name


def watch_listing(watched: Sequence[Watched], companies: Mapping[str, Company], *, sample: bool) -> Listing[WatchLine]:
    """The list, in its order."""
    lines = [WatchLine(each, companies.get(each.name) if each.kind == "company" else None) for each in watched]
    return Listing("watch", _COLUMNS, _SHOWN, lines, sample)


_COLUMNS: tuple[Column[WatchLine], ...] = (
    Column("kind", "text", lambda line: line.watched.kind),
    Column("key", "text", lambda line: line.watched.name),
    Column("name", "text", lambda line: line.name),
    Column("name_zh", "text", lambda line: line.company.name_zh if line.company else None),
)
_SHOWN: tuple[ShownColumn[WatchLine], ...] = (
    ShownColumn("kind", lambda line: line.watched.kind),
    ShownColumn("name", lambda line: line.name),
    ShownColumn("中文名", lambda line: (line.company.name_zh or "") if line.company else ""),
)
