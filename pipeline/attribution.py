"""Who says a sentence, and whether what it says has happened."""

from __future__ import annotations

import re
from functools import cache

from db.model import Article, Language, SaidBy, Status
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern, GatedTable
from pipeline.pages.publisher import publisher_called

_ORDER: tuple[SaidBy, ...] = ("unnamed_people", "other_outlet", "document", "court", "filing", "company")


@cache
def _pattern(language: str, name: str) -> GatedPattern:
    parts = lexicon("pipeline.lexicon", "attribution")["zh" if language == "zh" else "en"][name]
    joined = "|".join(f"(?:{part})" for part in parts)
    return GatedPattern(joined if language == "zh" else rf"(?<!-)\b(?:{joined})")


def said_by(sentence: str, language: Language) -> SaidBy:
    """Whose word a sentence is: second-hand signs win over the company's own; "none" is the outlet's own statement."""
    possible = _signs(language).possible(sentence)
    return next((who for pattern, who in possible if pattern.search(sentence)), "none")


def word_of(said: SaidBy, article: Article, company_key: str) -> SaidBy:
    """Whose word a claim about a company is: the company's own, where its own page says so and names nobody."""
    return "company" if said == "none" and article.publisher_company == company_key else said


@cache
def _signs(language: str) -> GatedTable[SaidBy]:
    """The words of each kind of source, second-hand ones first."""
    return GatedTable((_pattern(language, who), who) for who in _ORDER)


@cache
def _outlets(language: str) -> GatedPattern:
    names = lexicon("pipeline.lexicon", "attribution")["outlets_zh" if language == "zh" else "outlets_en"]
    return GatedPattern("|".join(map(re.escape, names)))


def origin(sentence: str, language: Language) -> str | None:
    """The outlet a sentence names as its source, under the name by which we show it."""
    if not _pattern(language, "other_outlet").search(sentence):
        return None
    match = _outlets(language).search(sentence)
    return publisher_called(match[0]) if match else None


def is_denied(clause: str, language: Language) -> bool:
    """Whether a clause says that it is not so, or did not happen."""
    return bool(_pattern(language, "denied").search(clause))


def is_rumored(clause: str, language: Language) -> bool:
    """Whether a clause tells a plan, a talk or a possibility."""
    return bool(_pattern(language, "rumored").search(clause))


def status_of(unrealised: Status | None, who: SaidBy) -> Status:
    """The status of a claim: not done, done on a party's word, or done as somebody else says."""
    if unrealised is not None:
        return unrealised
    return "confirmed" if who in ("company", "investor", "court", "filing") else "reported"
