"""The score of a reader on labelled articles: precision, recall, F1, attributes, relevance, and each error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.evaluation.facts import CORE_TYPES, Fact, field_scores, pair
from pipeline.evaluation.fatal import fatal_reason


@dataclass(slots=True)
class Tally:
    """How many facts were found, missed, and made up."""

    right: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def labelled(self) -> int:
        """How many there are."""
        return self.right + self.missed

    @property
    def found(self) -> int:
        """How many the reader told."""
        return self.right + self.spurious

    @property
    def precision(self) -> float:
        """The share of those told that are right; 1 where nothing was told."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of those labelled that were found; 1 where there are none."""
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        together = self.precision + self.recall
        return 2 * self.precision * self.recall / together if together else 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.missed + other.missed, self.spurious + other.spurious)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error: of which kind, in which article, what is wrong, and the words it rests on."""

    kind: Literal["fatal", "missed", "spurious", "attribute"]
    article_id: str
    what: str
    evidence: str | None


@dataclass(slots=True)
class Score:
    """What scoring gave. `exact` counts the facts whose every field is right, `relevant` the articles judged right."""

    articles: int = 0
    relevant: int = 0
    exact: int = 0
    by_type: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    attributes: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """The scores of "type.attribute" over the facts found."""
    fatal: list[tuple[str, Mistake]] = field(default_factory=list)
    """The reason of each fatal error with the error."""
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        """All types together."""
        return sum(self.by_type.values(), Tally())

    @property
    def core(self) -> Tally:
        """The core types together."""
        return sum((tally for name, tally in self.by_type.items() if name in CORE_TYPES), Tally())

    @property
    def exact_share(self) -> float:
        """The share of the labelled facts found with every field right; 1 where there are none."""
        return self.exact / self.total.labelled if self.total.labelled else 1.0

    @property
    def relevance(self) -> float:
        """The share of the articles whose relevance was judged right; 1 where there are none."""
        return self.relevant / self.articles if self.articles else 1.0


def score_articles(labelled: Iterable[Mapping[str, Any]], found: Mapping[str, Mapping[str, Any]]) -> Score:
    """Score what was found, {article id: {"relevant", "facts"}}, against labelled articles.

    An article without an entry counts as one in which nothing was found.
    """
    score = Score()
    for article in labelled:
        _add(score, article, found.get(article["id"], {"facts": []}))
    return score


def _add(score: Score, article: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    score.articles += 1
    judged = result.get("relevant", bool(result.get("facts")))
    score.relevant += judged == article.get("relevant", True)
    wanted_facts: list[Fact] = [{**fact, "published": article.get("published")} for fact in article["facts"]]
    got_facts: list[Fact] = [
        {**fact, "type": str(fact.get("type", "?"))} for fact in result.get("facts") or [] if isinstance(fact, dict)
    ]
    pairs, missed, spurious = pair(wanted_facts, got_facts)
    identity = str(article["id"])
    for partner, got in [*pairs, *((None, got) for got in spurious)]:
        reason = fatal_reason(got, partner, wanted_facts)
        if reason:
            what = f"{reason}: {describe(got)}"
            score.fatal.append((reason, Mistake("fatal", identity, what, got.get("evidence"))))
    for wanted, got in pairs:
        _add_pair(score, identity, wanted, got)
    for wanted in missed:
        score.by_type[wanted["type"]].missed += 1
        score.mistakes.append(Mistake("missed", identity, describe(wanted), wanted.get("evidence")))
    for got in spurious:
        score.by_type[got["type"]].spurious += 1
        score.mistakes.append(Mistake("spurious", identity, describe(got), got.get("evidence")))


def _add_pair(score: Score, identity: str, wanted: Fact, got: Fact) -> None:
    kind = wanted["type"]
    score.by_type[kind].right += 1
    scores = field_scores(wanted, got)
    score.exact += all(value == 1.0 for value in scores.values())
    for name, value in scores.items():
        score.attributes[f"{kind}.{name}"].append(value)
        if value < 1:
            what = f"{kind}.{name}: labelled {wanted.get(name)!r}, found {got.get(name)!r}"
            score.mistakes.append(Mistake("attribute", identity, what, wanted.get("evidence")))


_HIDDEN = ("type", "company", "company_names", "person_names", "evidence", "published")


def describe(fact: Fact) -> str:
    """A fact in a line: its type, its company, and the fields that say something."""
    said = [f"{name}={value}" for name, value in fact.items() if value not in (None, [], "") and name not in _HIDDEN]
    return " ".join([str(fact.get("type")), str(fact.get("company")), *said])
