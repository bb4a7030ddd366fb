"""Tables of rounds or events given by hand, of the same shape as the bundled history (docs/history.md)."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from dailies.intake.documents import Document
from db.connection.engine import writing
from db.knowledge.history import GIVEN_READER, store_history

TABLE = "text/csv"
"""The content type of a document that holds rows instead of an article."""


def take_table(engine: Engine, table: Document) -> tuple[int, tuple[str, ...]]:
    """Store a table's rows as claims: how many are new or corrected, and a line for each row that cannot be taken.

    The facts are formed with the rest of the run.
    """
    from pipeline.history.read_history import read_history  # only here: few people ever give a table

    history = read_history([(table.name, table.body)])
    with writing(engine) as session:
        added = store_history(session, history.pages, GIVEN_READER, datetime.now(UTC), whole=False)
    return added, tuple(str(problem) for problem in history.problems)
