"""When a fact was first told: the day from which its age counts, and by which a week's news is chosen."""

from __future__ import annotations

from datetime import date

from db.nouns.facts import Fact


def first_reported(fact: Fact) -> date | None:
    """The day of its first dated article."""
    return min((stored.published for stored in fact.claims if stored.published), default=None)
