"""Claims as a listing: each with its sentence, its source and the fact it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.model import StoredClaim
from reports.tables.listing import (
    NOT_LOOKED,
    STATUSES,
    Column,
    Listing,
    ShownColumn,
    date_columns,
    money_columns,
    sentence_columns,
    sentence_shown,
)
from reports.wording.facts import metric_text
from reports.wording.values import EVIDENCE_MARKS, MARKS, ReportLanguage, date_text, money_text, word


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim and the fact that holds it; None until the next `process` forms one."""

    stored: StoredClaim
    fact_id: str | None


def claim_lines(claims: Iterable[StoredClaim], fact_ids: Mapping[str, str]) -> list[ClaimLine]:
    """The claims with their facts: the latest published first, the undated last, ending in the key."""
    return sorted((ClaimLine(stored, fact_ids.get(stored.key)) for stored in claims), key=_order)


def _order(line: ClaimLine) -> tuple[int, str, int, str]:
    published = line.stored.published
    return (
        -published.toordinal() if published else 0,
        line.stored.article_key,
        line.stored.claim.start,
        line.stored.key,
    )


def claim_listing(lines: Sequence[ClaimLine], *, sample: bool, language: ReportLanguage = "en") -> Listing[ClaimLine]:
    """The lines as a listing."""
    return Listing("claims", _COLUMNS, _shown(language), lines, sample, language=language)


_COLUMNS: tuple[Column[ClaimLine], ...] = (
    Column("id", "text", lambda line: line.stored.key),
    Column("fact_id", "text", lambda line: line.fact_id),
    Column("type", "text", lambda line: line.stored.claim.type),
    Column("company", "text", lambda line: line.stored.claim.company_key),
    Column("company_name", "text", lambda line: line.stored.claim.company),
    Column("status", "text", lambda line: line.stored.claim.status, STATUSES),
    Column("said_by", "text", lambda line: line.stored.claim.said_by),
    Column("origin", "text", lambda line: line.stored.claim.origin),
    *date_columns("event_date", lambda line: line.stored.claim.event_date),
    *money_columns("amount", lambda line: line.stored.claim.money),
    Column("fields", "values", lambda line: dict(line.stored.claim.fields)),
    *sentence_columns(lambda line: line.stored),
    Column("evidence_class", "text", lambda line: line.stored.evidence_class),
    Column("where", "text", lambda line: line.stored.claim.where),
    Column("start", "count", lambda line: line.stored.claim.start),
    Column("end", "count", lambda line: line.stored.claim.end),
    Column("article", "text", lambda line: line.stored.article_key),
    Column("title", "text", lambda line: line.stored.article_title),
    Column("published_on", "day", lambda line: line.stored.published),
    Column("publisher", "text", lambda line: line.stored.publisher),
    Column("tier", "text", lambda line: line.stored.tier),
    Column("recorded_at", "moment", lambda line: line.stored.recorded_at),
    Column("source_url", "link", lambda line: line.stored.article_url),
)


def _status(line: ClaimLine) -> str:
    return f"{MARKS[line.stored.claim.status]}{EVIDENCE_MARKS[line.stored.evidence_class]}"


def _amount(line: ClaimLine, language: ReportLanguage) -> str:
    claim = line.stored.claim
    if claim.money is None:
        return ""
    if claim.type == "metric":
        return metric_text(str(claim.fields.get("metric") or "other"), claim.money, language)
    return money_text(claim.money, language)


def _shown(language: ReportLanguage) -> list[ShownColumn[ClaimLine]]:
    return [
        ShownColumn(
            "published",
            lambda line: line.stored.published.isoformat() if line.stored.published else NOT_LOOKED,
            wide=True,
        ),
        ShownColumn("publisher", lambda line: line.stored.publisher or NOT_LOOKED),
        ShownColumn("company", lambda line: line.stored.claim.company),
        ShownColumn("", _status),
        ShownColumn("claim", lambda line: word(language, "fact_type", line.stored.claim.type)),
        ShownColumn("date", lambda line: date_text(line.stored.claim.event_date, language), wide=True),
        ShownColumn(
            "amount",
            lambda line: _amount(line, language),
            right=True,
        ),
        sentence_shown(lambda line: line.stored, language),
        ShownColumn("id", lambda line: line.stored.key, wide=True),
        ShownColumn("fact", lambda line: line.fact_id or NOT_LOOKED),
    ]
