"""What the numbers rest on: how much was read, in which languages, how sure the facts are, how each source went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.facts import Fact
from db.model import EvidenceClass, Status
from reports.wording import ReportLanguage, word

STATUSES: tuple[Status, ...] = ("confirmed", "reported", "rumored", "denied")
EVIDENCE: tuple[EvidenceClass, ...] = ("sentence", "page", "cited")


@dataclass(frozen=True, slots=True)
class SourceStand:
    """A source as its last visit went; `day` is that visit's."""

    key: str
    title: str
    outcome: str
    day: date
    detail: str


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """`types` are rows of name, number by status in `STATUSES`' order, and all; `outlets` the most heard ones."""

    language: ReportLanguage
    sample: bool
    articles: int
    relevant: int
    newest: date | None
    facts: int
    types: tuple[tuple[str, tuple[int, ...], int], ...]
    evidence: tuple[tuple[EvidenceClass, int], ...]
    one_witness: int
    languages: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    sources: tuple[SourceStand, ...]


_OUTLETS_SHOWN = 30


def coverage_page(
    facts: Sequence[Fact],
    language: ReportLanguage,
    *,
    sample: bool,
    articles: tuple[int, int],
    newest: date | None,
    languages: Sequence[tuple[str, int]],
    sources: Sequence[SourceStand],
) -> CoveragePage:
    """The page from all facts; `articles` are all that were read, and those about the industry.

    `languages` are the latter by language.
    """
    told = {stored.article_key: stored for fact in facts for stored in fact.claims}
    types = Counter(fact.type for fact in facts)
    both = Counter((fact.type, fact.status) for fact in facts)
    classes = Counter(_best_evidence(fact) for fact in facts)
    outlets = Counter(stored.publisher for stored in told.values() if stored.publisher)
    return CoveragePage(
        language=language,
        sample=sample,
        articles=articles[0],
        relevant=articles[1],
        newest=newest,
        facts=len(facts),
        types=tuple(
            (word(language, "fact_type", type_), tuple(both[type_, status] for status in STATUSES), number)
            for type_, number in sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        evidence=tuple((each, classes[each]) for each in EVIDENCE),
        one_witness=sum(fact.witnesses < 2 for fact in facts),
        languages=tuple(languages),
        outlets=tuple(sorted(outlets.items(), key=lambda pair: (-pair[1], pair[0]))[:_OUTLETS_SHOWN]),
        sources=tuple(sources),
    )


def _best_evidence(fact: Fact) -> EvidenceClass:
    held = {stored.evidence_class for stored in fact.claims}
    return next(each for each in EVIDENCE if each in held)
