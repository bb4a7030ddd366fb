"""Whether an article is about AI video: core, adjacent or none, with the reasons."""

from __future__ import annotations

from db.model import Language, Relevance
from pipeline.names.field_companies import OPENING, core_companies, core_mentions, media_companies
from pipeline.names.find_names import Names
from pipeline.topic import evidence_in, heaviest, least, sign, stands_in_lead, weigh

_MOST_REASONS = 4


def judge_relevance(title: str, text: str, language: Language, names: Names) -> tuple[Relevance, tuple[str, ...]]:
    """The weight of a folded text's words and companies against two thresholds. The reasons name what weighed most.

    A company of the field weighs by where a text names it, and how often: one named once, far down, is a customer or a
    tenant in somebody else's story. Whom a text is about it names at once: a company of generative media, or of the
    field, in the title or opening makes it adjacent at least, for to miss an article is to miss every fact in it.
    """
    evidence = evidence_in(title, text, language)
    named = core_companies([*names.in_title, *names.in_text])
    score = weigh(evidence, language)
    score += sum(sign(name, language) * there for name, there in company_signs(names, language).items())
    reasons = (
        *(f"company: {name}" for name in named[:_MOST_REASONS]),
        *(f"word: {word}" for word in heaviest(evidence, language, _MOST_REASONS)),
    )
    if score >= least("core", language):
        return "core", reasons
    if score >= least("adjacent", language):
        return "adjacent", reasons
    opening = [*names.in_title, *(mention for mention in names.in_text if mention.start < OPENING)]
    if first := media_companies(opening) or core_companies(opening):
        told = dict.fromkeys((*(f"company: {name}" for name in first), *reasons))
        return "adjacent", tuple(told)[: 2 * _MOST_REASONS]
    return "none", reasons


def company_signs(names: Names, language: Language) -> dict[str, bool]:
    """Whether a company of the field is named in the title, anywhere, in the lead, and more than once."""
    in_title, in_text = core_mentions(names.in_title), core_mentions(names.in_text)
    return {
        "core_title": bool(in_title),
        "core_text": bool(in_title or in_text),
        "core_lead": any(stands_in_lead(mention.start, language) for mention in in_text),
        "core_again": len(in_title) + len(in_text) > 1,
    }
