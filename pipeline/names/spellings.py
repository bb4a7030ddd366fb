"""Every spelling of a name we know: where a text has it, and what it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from db.knowledge.curated import KnownCompany, load_knowledge
from db.nouns.identity import candidate_key
from pipeline.fold import fold_text
from pipeline.lexicon_files import lexicon
from pipeline.matching.occurrences import goes_on

_SHORTEST_UPPER = 5


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a spelling stands for. `family`: keys whose other names are a sign for it."""

    kind: Literal["company", "product", "investor"]
    key: str
    name: str
    weak: bool
    owner_key: str | None = None
    family: frozenset[str] = frozenset()


class Spelled(NamedTuple):
    """A spelling of a name in a text, and what it stands for."""

    start: int
    end: int
    meaning: Meaning


def spelled_at(text: str) -> list[tuple[int, int]]:
    """Where a text spells any name we know, weak ones and other meanings among them."""
    automaton, _ = spellings_known()
    return [(start, end) for _, start, end in automaton.find_matches_as_indexes(text) if stands_alone(text, start, end)]


@cache
def spellings_known() -> tuple[AhoCorasick, list[Meaning]]:
    """The automaton over every spelling we know, and what each of its patterns means."""
    spellings: dict[str, Meaning] = {}
    knowledge = load_knowledge()
    for company in knowledge.companies:
        for spelling, meaning in _company_spellings(company):
            spellings.setdefault(fold_text(spelling), meaning)
    for investor in knowledge.investors:
        family = frozenset({investor.key})
        for name, weak in [
            *((name, False) for name in investor.strong_names),
            *((name, True) for name in investor.weak),
        ]:
            meaning = Meaning("investor", investor.key, investor.name, weak, None, family)
            spellings.setdefault(fold_text(name), meaning)
    for name in (name for names in lexicon("pipeline.lexicon", "investor_names").values() for name in names):
        key = candidate_key(name)
        spellings.setdefault(fold_text(name), Meaning("investor", key, name, False, None, frozenset({key})))
    for spelling, meaning in list(spellings.items()):
        if spelling.isascii() and len(spelling) >= _SHORTEST_UPPER and not meaning.weak:
            spellings.setdefault(spelling.upper(), meaning)
            spellings.setdefault(spelling.capitalize(), meaning)
    return AhoCorasick(list(spellings), matchkind=MatchKind.LeftmostLongest), list(spellings.values())


def _company_spellings(company: KnownCompany) -> Iterable[tuple[str, Meaning]]:
    family = frozenset(key for key in (company.key, company.parent) if key)
    for name in company.strong_names:
        yield name, Meaning("company", company.key, company.name, False, None, family)
        if name.endswith(" AI"):
            yield name.replace(" AI", "AI"), Meaning("company", company.key, company.name, False, None, family)
    for name in company.weak:
        yield name, Meaning("company", company.key, company.name, True, None, family)
    for product in company.products:
        for name in filter(None, (product.name, product.name_zh)):
            yield (
                name,
                Meaning("product", f"{company.key}/{product.name}", product.name, product.weak, company.key, family),
            )


def stands_alone(text: str, start: int, end: int) -> bool:
    """A Latin name must not be part of a longer word."""
    before = text[start - 1 : start]
    if _latin(text[start]) and _latin(before):
        return False
    if _latin(text[end - 1]) and goes_on(text, end):
        return False
    return not (text[start].isascii() and before == "-" and _latin(text[start - 2 : start - 1]))


def _latin(character: str) -> bool:
    return character < "\u2e80" and character.isalnum()
