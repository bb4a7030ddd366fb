"""The catalogue as a listing: every source with its format, its state and how it went last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.crawl.source_standing import SourceStanding
from db.nouns.source import SourceFields
from reports.escaping import shortened
from reports.tables.listing import NOT_LOOKED, Column, Listing, Shown, ShownColumn

_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source, where it is described, and how it stood last (None: never asked). `lacking`: what it needs."""

    source: SourceFields
    file: str
    folder: str
    standing: SourceStanding | None
    lacking: str | None = None

    @property
    def state(self) -> str:
        """off; waiting (for a key or an address that is not configured); unverified (never answered here); on."""
        if not self.source.enabled:
            return "off"
        if self.lacking is not None:
            return "waiting"
        return "on" if self.standing is not None and self.standing.answered_at is not None else "unverified"


def source_listing(lines: Sequence[SourceLine]) -> Listing[SourceLine]:
    """The sources in the order given."""
    return Listing("sources", _COLUMNS, _SHOWN, lines, sample=False)


_COLUMNS: tuple[Column[SourceLine], ...] = (
    Column("key", "text", lambda line: line.source.key),
    Column("title", "text", lambda line: line.source.title),
    Column("kind", "text", lambda line: line.source.kind),
    Column("state", "text", lambda line: line.state),
    Column("needs", "text", lambda line: line.lacking),
    Column("language", "text", lambda line: line.source.language),
    Column("country", "text", lambda line: line.source.country),
    Column("tier", "text", lambda line: line.source.tier),
    Column("full_text", "flag", lambda line: line.source.full_text),
    Column("folder", "text", lambda line: line.folder or None),
    Column("last_outcome", "text", lambda line: line.standing.outcome if line.standing else None),
    Column("last_detail", "text", lambda line: (line.standing.detail or None) if line.standing else None),
    Column("last_tried_at", "moment", lambda line: line.standing.tried_at if line.standing else None),
    Column("last_answered_at", "moment", lambda line: line.standing.answered_at if line.standing else None),
    Column("url", "text", lambda line: line.source.url),
    Column("links", "text", lambda line: line.source.links),
    Column("evidence_url", "link", lambda line: line.source.evidence_url),
    Column("file", "text", lambda line: line.file),
)


def _last(line: SourceLine) -> str:
    if line.standing is None:
        return NOT_LOOKED
    return f"{line.standing.tried_at:%Y-%m-%d} {line.standing.outcome}"


_SHOWN: tuple[ShownColumn[SourceLine], ...] = (
    ShownColumn("key", lambda line: line.source.key),
    ShownColumn("title", lambda line: Shown(shortened(line.source.title, _LONGEST_TITLE))),
    ShownColumn("kind", lambda line: line.source.kind),
    ShownColumn("lang", lambda line: line.source.language),
    ShownColumn("tier", lambda line: line.source.tier),
    ShownColumn("state", lambda line: line.state),
    ShownColumn("last run", _last),
    ShownColumn("folder", lambda line: line.folder, wide=True),
    ShownColumn("address", lambda line: line.source.url, wide=True),
)
