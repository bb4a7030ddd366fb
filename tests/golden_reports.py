"""Whole reports that were read line by line against their articles; `python -m tests.golden_reports` writes them again.

Whoever writes them again reads what changed: a golden report is worth what its last reader saw in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.commands.timeline import round_named
from dailies.notices.weekly import weekly_brief
from db.facts.findings import in_dollars
from db.facts.store import load_facts
from db.knowledge.companies import load_companies
from db.knowledge.curated import load_knowledge
from db.model import Company
from db.values import PartialDate
from pipeline.facts.held_against import hold_against
from reports.facts.round_question import round_question
from reports.rendering import write_report
from reports.timeline.timeline import timeline
from reports.wording.values import LANGUAGES
from tests.history_claims import history_facts
from tests.sample_news import database_of, sample_articles

FOLDER = Path(__file__).parent / "golden"
TROUBLES = ("money", "control", "people", "courts")
WIDTH = 110


def sample_reports(engine: Engine) -> Iterator[tuple[str, str]]:
    """The briefs of two weeks, Runway's timeline and its D round, from the sample articles."""
    with Session(engine) as session:
        companies, facts = load_companies(session, ["runway"]), load_facts(session, ["runway"])
        for language in LANGUAGES:
            for week in ("2024-W09", "2024-W10"):
                report = weekly_brief(session, PartialDate(week), language, sample=True)
                yield f"brief-{week}.{language}.md", write_report("brief", report, "md")
            story = timeline([companies["runway"]], facts, language, sample=True)
            yield f"timeline-runway.{language}.txt", write_report("timeline", story, "table", width=WIDTH)
            asked = round_question(companies["runway"], facts, "D", round_named("D"), language, sample=True)
            yield f"round-runway-d.{language}.txt", write_report("round", asked, "table", width=WIDTH)


def history_reports() -> Iterator[tuple[str, str]]:
    """Stability's troubles from the bundled history, as a terminal of 110 columns shows them."""
    known = next(company for company in load_knowledge().companies if company.key == "stability-ai")
    facts = [fact for fact in history_facts() if fact.company_key == known.key]
    findings = hold_against(facts, in_dollars)
    for language in LANGUAGES:
        story = timeline([Company(known.key, known.name)], facts, language, threads=TROUBLES, findings=findings)
        yield f"timeline-stability-troubles.{language}.txt", write_report("timeline", story, "table", width=WIDTH)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for name, text in (*sample_reports(database_of(sample_articles(), Path(folder))), *history_reports()):
            (FOLDER / name).write_text(text, "utf-8")
