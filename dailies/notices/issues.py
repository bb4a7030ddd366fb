"""Issues of the brief: a week told and kept in both languages and every form, to be cited and corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.notices.weekly import weekly_brief
from db.connection.engine import database_kind, writing
from db.facts.changes import FactState
from db.publishing.issues import Issue, digest_of, issues, keep_issue, states_of
from db.values import PartialDate
from reports.brief.card import card
from reports.brief.corrections import WITHDRAWN
from reports.brief.mail import mail
from reports.brief.weekly import Brief
from reports.rendering import write_report
from reports.wording.labels import label
from reports.wording.values import LANGUAGES, ReportLanguage

FORMS: Mapping[str, Callable[[Brief], bytes]] = {
    "table": lambda brief: write_report("brief", brief, "table").encode(),
    "md": lambda brief: write_report("brief", brief, "md").encode(),
    "html": lambda brief: write_report("brief", brief, "html").encode(),
    "json": lambda brief: write_report("brief", brief, "json").encode(),
    "email": mail,
    "card": lambda brief: card(brief).encode(),
}


def make_issue(engine: Engine, week: PartialDate, moment: datetime) -> Issue:
    """Keep the brief of a week as its next issue; where the last one tells the same facts, that one stays the last."""
    sample = database_kind(engine) == "sample"
    with Session(engine) as session:
        briefs = {language: weekly_brief(session, week, language, sample=sample) for language in LANGUAGES}
        kept = issues(session, week.iso)
    states = told_states(briefs["en"])
    if kept and kept[-1].digest == digest_of(states):
        return kept[-1]
    name = f"{week.iso}/{kept[-1].number + 1 if kept else 1}"
    documents = {
        document_name(language, form): write(_named(brief, name, digest_of(states), language))
        for language, brief in briefs.items()
        for form, write in FORMS.items()
    }
    articles = {stored.article_key for fact in briefs["en"].told for stored in fact.claims}
    with writing(engine) as session:
        return keep_issue(session, week.iso, states, articles, documents, moment)


def document_name(language: ReportLanguage, form: str) -> str:
    """Under which name an issue keeps a form of itself."""
    return f"{language}.{form}"


def told_states(brief: Brief) -> list[FactState]:
    """What an issue keeps of a brief: its facts, and of what it withdrew that it did."""
    gone = [
        replace(each.state, values={**each.state.values, "status": WITHDRAWN})
        for each in (*brief.corrections, *brief.reread)
        if each.fact_id is None
    ]
    return sorted([*states_of(brief.told), *gone], key=lambda state: state.id)


def _named(brief: Brief, name: str, digest: str, language: ReportLanguage) -> Brief:
    return replace(brief, issue=label(language, "brief", "issue").format(name, digest[:8]))
