"""A database with all that comes with Dailies in it: names and history, and the facts the history adds up to."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sqlalchemy import Engine
from sqlmodel import Session

from db.bundled_store import load_bundled
from db.claim_store import current_claims
from db.engine import database_kind, writing
from db.fact_store import replace_facts, stale_companies
from db.model import CuratedPage
from pipeline.facts import form_facts


def bring_up_to_date(engine: Engine) -> None:
    """Load what is bundled where the database does not hold it, and form its facts. A sample database gets names only.

    Costs a look at the files' bytes where nothing changed.
    """
    if database_kind(engine) == "sample":
        load_bundled(engine)
    elif load_bundled(engine, _history):
        form_stale_facts(engine)


def form_stale_facts(engine: Engine) -> int:
    """Form the facts of every company whose claims changed, each in a transaction of its own; how many facts."""
    formed = 0
    with Session(engine) as session:
        keys = stale_companies(session)
    for key in keys:
        with writing(engine) as session:
            facts = form_facts(current_claims(session, [key]))
            replace_facts(session, key, facts)
        formed += len(facts)
    return formed


def _history() -> Sequence[CuratedPage]:
    from pipeline.history.read_history import bundled_history  # only here: a current database has no use for it

    history = bundled_history()
    for problem in history.problems:
        print(problem, file=sys.stderr)
    return history.pages
