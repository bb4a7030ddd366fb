"""`changes`: what became of facts since a day, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from sqlmodel import Session

from dailies.commands.output import emit
from dailies.commands.page_output import open_to_read
from dailies.facts.naming import known_value, one_company
from db.connection.engine import database_kind
from db.facts.change_log import changes_since
from db.knowledge.companies import load_companies
from db.nouns.change import Cause
from reports.listings.changes import change_lines, change_listing
from reports.wording.values import ReportLanguage


def changes(
    db: str | None,
    format: str,
    output: Path | None,
    *,
    since: datetime,
    company: str | None,
    cause: str | None,
    language: ReportLanguage = "en",
) -> None:
    """Print the change log from `since` (UTC) on. Raises UsageError for a company or a cause there is none of."""
    engine = open_to_read(db)
    wanted = known_value("cause", cause, get_args(Cause)) if cause else None
    with Session(engine) as session:
        keys = [one_company(session, company).key] if company else None
        logged = [
            each
            for each in changes_since(session, since.replace(tzinfo=UTC), keys)
            if wanted in (None, each.change.cause)
        ]
        companies = load_companies(session, [each.change.company_key for each in logged])
    sample = database_kind(engine) == "sample"
    emit(change_listing(change_lines(logged, companies), sample=sample, language=language), format, output)
