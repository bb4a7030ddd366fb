"""A Chinese article in, its claims out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from db.model import Article, Claim, Relevance
from pipeline.chinese import (
    acquisitions,
    controversies,
    counts,
    foundings,
    launches,
    lawsuits,
    layoffs,
    leadership,
    listings,
    partnerships,
    prices,
    rounds,
    shutdowns,
)
from pipeline.chinese.clauses import Page
from pipeline.chinese.walk import read_page
from pipeline.document import CompanyName
from pipeline.names import Names

READERS: Sequence[Callable[[Page], Iterator[Claim]]] = (
    acquisitions.read,
    listings.read,
    shutdowns.read,
    layoffs.read,
    leadership.read,
    launches.read,
    foundings.read,
    lawsuits.read,
    counts.read,
    partnerships.read,
    controversies.read,
)


def read_chinese(
    article: Article, title: str, text: str, names: Names, owners: dict[str, CompanyName], relevance: Relevance
) -> list[Claim]:
    """The claims of a folded Chinese article, in the order of the text."""
    page = read_page(article, title, text, names, owners)
    told = rounds.read(page)
    claims = [*rounds.claims(page, told), *prices.read(page, told)]
    for reader in READERS:
        claims += reader(page)
    return sorted(claims, key=lambda claim: (claim.where == "text", claim.start))
