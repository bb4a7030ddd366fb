"""What the numbers rest on: how much was read, in which languages, how sure the facts are, how each source went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.model import EvidenceClass, Status
from db.publishing.news import ArticleCounts
from reports.wording.values import ReportLanguage, word

STATUSES: tuple[Status, ...] = ("confirmed", "reported", "rumored", "denied")
EVIDENCE: tuple[EvidenceClass, ...] = ("sentence", "page", "cited")


@dataclass(frozen=True, slots=True)
class FactCounts:
    """Facts by type and status, by their best evidence, and of one witness; articles that tell any, by outlet."""

    types: tuple[tuple[str, str, int], ...]
    evidence: tuple[tuple[EvidenceClass, int], ...]
    one_witness: int
    outlets: tuple[tuple[str, int], ...]

    @property
    def facts(self) -> int:
        """How many there are."""
        return sum(number for *_, number in self.types)


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


OUTLETS_SHOWN = 30


def coverage_page(
    counts: FactCounts,
    language: ReportLanguage,
    *,
    sample: bool,
    articles: ArticleCounts,
    newest: date | None,
    sources: Sequence[SourceStand],
) -> CoveragePage:
    """The page from all facts and articles counted."""
    both = {(type_, status): number for type_, status, number in counts.types}
    types: Counter[str] = Counter()
    for type_, _, number in counts.types:
        types[type_] += number
    classes = dict(counts.evidence)
    return CoveragePage(
        language=language,
        sample=sample,
        articles=articles.read,
        relevant=articles.relevant,
        newest=newest,
        facts=counts.facts,
        types=tuple(
            (word(language, "fact_type", type_), tuple(both.get((type_, status), 0) for status in STATUSES), number)
            for type_, number in sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        evidence=tuple((each, classes.get(each, 0)) for each in EVIDENCE),
        one_witness=counts.one_witness,
        languages=articles.languages,
        outlets=counts.outlets,
        sources=tuple(sources),
    )
