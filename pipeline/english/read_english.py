"""The claims of an English document: its readers, one small file per kind of statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from db.model import Claim
from pipeline.document import Document, Sentence
from pipeline.english import (
    acquisitions,
    controversies,
    counts,
    foundings,
    launches,
    lawsuits,
    layoffs,
    leadership,
    listings,
    money_claims,
    partnerships,
    rounds_without_sum,
    shutdowns,
)
from pipeline.english.parties import follow_topic

READERS: Sequence[Callable[[Sentence, Document], Iterable[Claim]]] = (
    money_claims.read,
    rounds_without_sum.read,
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


def read_english(document: Document) -> Iterator[Claim]:
    """Every claim of an English document, sentence by sentence."""
    follow_topic(document.sentences, document)
    for sentence in document.sentences:
        found = [claim for reader in READERS for claim in reader(sentence, document)]
        yield from money_claims.tie_valuations(found)
