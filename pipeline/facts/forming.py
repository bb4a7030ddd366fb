"""Claims in, facts out: what the claims about one thing add up to, as a pure function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from db.model import StoredClaim
from db.nouns.facts import Fact, Judgement
from db.nouns.identity import fact_id
from pipeline.facts.fact_status import best_status
from pipeline.facts.field_choice import choose_fields
from pipeline.facts.grouping import group
from pipeline.facts.judged import Judged, judged


def form_facts(claims: Iterable[StoredClaim], judgements: Iterable[Judgement] = ()) -> list[Fact]:
    """The facts these claims add up to, sorted by (company, type, id); the order of claims and judgements is no matter.

    Claims of one company and one type that are about the same thing (`same_thing`) form one fact. A fact's id is its
    first claim's key.
    """
    decided = judged(judgements)
    kinds: defaultdict[tuple[str, str], list[StoredClaim]] = defaultdict(list)
    for stored in claims:
        if stored.key not in decided.wrong:
            kinds[stored.claim.company_key, stored.claim.type].append(stored)
    groups = [members for kind in kinds.values() for members in group(sorted(kind, key=_order), decided)]
    facts = [_fact(members, decided) for members in groups]
    return sorted(facts, key=lambda fact: (fact.company_key, fact.type, fact.id))


def _order(stored: StoredClaim) -> tuple[str, str, str]:
    """(published, article key, claim key): undated articles last, since nobody knows that they were first."""
    return (stored.published.isoformat() if stored.published else "9999", stored.article_key, stored.key)


def _fact(claims: Sequence[StoredClaim], decided: Judged) -> Fact:
    first = claims[0]
    return Fact(
        id=fact_id(first.claim.type, first.key),
        type=first.claim.type,
        company_key=first.claim.company_key,
        status=best_status(claims),
        fields=choose_fields(claims, decided.preferred),
        claims=tuple(claims),
    )
