"""What a run leaves in `out/`: pages a person can open from the disk, written only where they changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.commands.output import UnwritableOutput, write_whole
from dailies.issues import document_name
from dailies.pages import Contents, KeptIssue, index_name, pages
from dailies.weekly import last_whole_week, week_of, weekly_brief
from db.company_store import load_companies
from db.engine import database_kind
from db.fact_store import load_facts
from db.issue_store import issue_document, issues
from db.news_store import articles_read, busiest_companies, busiest_day, newest_news_day
from db.values import PartialDate
from reports.wording import LANGUAGES, ReportLanguage

_MOST_COMPANIES = 200
"""Companies that get a timeline page: as many as a table page shows."""
_MOST_ISSUES = 52


@dataclass(frozen=True, slots=True)
class Published:
    """The first page, and the files that are new or changed, in order of their names."""

    index: Path
    written: list[Path]


def publish(engine: Engine, out: Path, today: date | None = None) -> Published:
    """Write the reports of a database into `out`.

    The same database gives the same bytes; `today` (UTC) only decides which week is the last whole one. A file is
    replaced in one step, so nobody ever reads half a page. Raises UnwritableOutput.
    """
    sample = database_kind(engine) == "sample"
    with Session(engine) as session:
        contents = _contents(session, sample, today or datetime.now(UTC).date())
    written = [out / name for name, text in sorted(pages(contents)) if _write(out / name, text.encode())]
    return Published(out / index_name("en"), written)


def _contents(session: Session, sample: bool, today: date) -> Contents:
    facts = load_facts(session)
    weeks = _weeks(session, sample, today)
    return Contents(
        sample=sample,
        standings=busiest_companies(session, _MOST_COMPANIES),
        facts=facts,
        companies=load_companies(session, [fact.company_key for fact in facts]),
        briefs={
            language: [weekly_brief(session, week, language, sample=sample) for week in weeks] for language in LANGUAGES
        },
        issues={language: _kept(session, language) for language in LANGUAGES},
        articles_read=articles_read(session),
        newest=newest_news_day(session),
    )


def _kept(session: Session, language: ReportLanguage) -> list[KeptIssue]:
    """The last issues that were kept: a year of them."""
    name = document_name(language, "card")
    return [
        KeptIssue(issue, (issue_document(session, issue.week, issue.number, name) or b"").decode())
        for issue in issues(session)[-_MOST_ISSUES:]
    ]


def _weeks(session: Session, sample: bool, today: date) -> list[PartialDate]:
    """The newest week with news; then the last whole one, or of samples, which are old, the one with most news."""
    days = [newest_news_day(session), busiest_day(session) if sample else None]
    weeks = [week_of(day) for day in days if day is not None]
    if not sample:
        weeks.append(last_whole_week(today))
    return list(dict.fromkeys(weeks))


def _write(path: Path, content: bytes) -> bool:
    """Whether the file had to be written."""
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableOutput(f"cannot write {path}: {error.strerror}; choose another folder with --out") from error
    write_whole(path, content)
    return True
