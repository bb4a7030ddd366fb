"""A doctor's findings as a listing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.tables.listing import Column, Listing, ShownColumn

_MARKS = {"good": "✓", "warning": "!", "broken": "✗"}


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One finding: `verdict` is "good", "warning" or "broken"; a remedy where it is not good."""

    check: str
    verdict: str
    seen: str
    remedy: str


def health_listing(lines: Sequence[HealthLine], *, sample: bool) -> Listing[HealthLine]:
    """The findings in their order."""
    return Listing("doctor", _COLUMNS, _SHOWN, lines, sample)


_COLUMNS: tuple[Column[HealthLine], ...] = (
    Column("check", "text", lambda line: line.check),
    Column("verdict", "text", lambda line: line.verdict),
    Column("seen", "text", lambda line: line.seen),
    Column("remedy", "text", lambda line: line.remedy or None),
)
_SHOWN: tuple[ShownColumn[HealthLine], ...] = (
    ShownColumn("", lambda line: _MARKS[line.verdict]),
    ShownColumn("check", lambda line: line.check),
    ShownColumn("seen", lambda line: line.seen),
    ShownColumn("remedy", lambda line: line.remedy),
)
