"""The facts a week's brief is made of: what was known at its end and at its beginning, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.model import Company
from db.nouns.facts import Fact
from db.publishing.issues import ToldFact
from db.publishing.news import Coverage


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """The facts of a week, of every company in its news.

    `now` is known at its end, of the kinds told in it, of what they are compared with, and of talk that is open then;
    `before` at its beginning. `year` are the rounds of its year with the prices of their companies, in outline.
    """

    now: Sequence[Fact]
    before: Sequence[Fact]
    companies: Mapping[str, Company]
    coverage: Coverage
    year: Sequence[Fact] = ()
    year_undated: Sequence[Fact] = ()
    """The year's rounds by the week's end of which no dated article tells: nobody knows whether they were told then."""
    later: Sequence[Fact] | None = None
    """The facts of today, for hindsight; None where nobody asked."""
    earlier_issues: Sequence[ToldFact] = ()
    """What issues kept before the week told."""
    now_of_issues: Sequence[Fact] = ()
    """What became of that by the week's end."""
