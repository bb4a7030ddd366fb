"""A database with all that comes with Dailies in it: names and history, and the facts the history adds up to."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sqlalchemy import Engine

from dailies.facts.forming import form_by_todays_rules, form_stale_facts
from db.connection.engine import database_kind
from db.knowledge.bundled import load_bundled
from db.model import CuratedPage


def bring_up_to_date(engine: Engine) -> None:
    """Load what is bundled where the database does not hold it, and form its facts. A sample database gets names only.

    Facts formed by other rules than today's are formed again first, so that no later cause is blamed for it. Costs a
    look at the files' bytes where nothing changed.
    """
    form_by_todays_rules(engine)
    if database_kind(engine) == "sample":
        load_bundled(engine)
    elif load_bundled(engine, _history):
        form_stale_facts(engine)


def _history() -> Sequence[CuratedPage]:
    from pipeline.history.read_history import bundled_history  # only here: a current database has no use for it

    history = bundled_history()
    for problem in history.problems:
        print(problem, file=sys.stderr)
    return history.pages
