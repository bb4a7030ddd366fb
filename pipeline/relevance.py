"""Whether an article is about AI video: core, adjacent or none, with the reasons."""

from __future__ import annotations

from db.model import Language, Relevance
from pipeline.names.field_companies import OPENING, core_companies, media_companies
from pipeline.names.find_names import Names
from pipeline.topic import evidence_in, heaviest, least, sign, weigh

_MOST_REASONS = 4


def judge_relevance(title: str, text: str, language: Language, names: Names) -> tuple[Relevance, tuple[str, ...]]:
    """The weight of a folded text's words and companies against two thresholds. The reasons name what weighed most.

    A company of the field makes a text adjacent at least, as one of generative media does in a title: to miss an
    article is to miss every fact in it, where one too many costs only time. `find_names` looks for new companies
    only where this will be so.
    """
    evidence = evidence_in(title, text, language)
    named = core_companies([*names.in_title, *names.in_text])
    score = weigh(evidence, language)
    score += sign("core_text", language) * bool(named)
    score += sign("core_title", language) * bool(core_companies(names.in_title))
    reasons = (
        *(f"company: {name}" for name in named[:_MOST_REASONS]),
        *(f"word: {word}" for word in heaviest(evidence, language, _MOST_REASONS)),
    )
    if score >= least("core", language):
        return "core", reasons
    if score >= least("adjacent", language) or named:
        return "adjacent", reasons
    first = (mention for mention in names.in_text if mention.start < OPENING)
    if media := media_companies([*names.in_title, *first]):
        return "adjacent", (*(f"company: {name}" for name in media), *reasons)[: 2 * _MOST_REASONS]
    return "none", reasons
