"""A company's outline as text, to be kept beside its facts: of those it names only what a line of the table shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pydantic import TypeAdapter

from db.model import StoredClaim
from db.nouns.facts import Fact, FactField
from reports.facts.court_steps import is_later_step
from reports.facts.entries import best_first
from reports.facts.first_report import first_reported
from reports.sheets.company_line import CompanyOutline
from reports.wording.unstated_sums import says_undisclosed


def outline_text(outline: CompanyOutline) -> str:
    """An outline as JSON. `read_outline` of it makes the same line of the company table."""
    kept = replace(
        outline,
        last_round=_shown(outline.last_round),
        listing=_shown(outline.listing),
        stated_total=_shown(outline.stated_total),
        valuation=_shown(outline.valuation),
        prices=tuple(_with_claims(fact, ()) for fact in outline.prices),
        last_event=_shown(outline.last_event),
        talk=_shown(outline.talk),
    )
    return _json().dump_json(kept).decode()


def read_outline(text: str) -> CompanyOutline:
    """The outline that was written. Raises ValueError for what is none."""
    return _json().validate_json(text)


@cache
def _json() -> TypeAdapter[CompanyOutline]:
    return TypeAdapter(CompanyOutline)


def _shown(fact: Fact | None) -> Fact | None:
    """With the claims alone that say where it stands best, when it was told first, and that a suit was brought.

    Of a deal without a sum also the one that says that it is undisclosed.
    """
    if fact is None:
        return None
    first, suit = first_reported(fact), fact.claims if fact.type == "lawsuit" else ()
    unsized = fact.claims if fact.money is None else ()
    kept = [
        next((stored for stored in best_first(fact) if stored.article_url), None),
        next((stored for stored in fact.claims if stored.published == first), None),
        next((stored for stored in unsized if says_undisclosed(stored.claim.sentence)), None),
        next((stored for stored in suit if not is_later_step(replace(fact, claims=(stored,)))), None),
    ]
    keys = {stored.key for stored in kept if stored is not None}
    return _with_claims(fact, [stored for stored in fact.claims if stored.key in keys])


def _with_claims(fact: Fact, claims: Sequence[StoredClaim]) -> Fact:
    keys = {stored.key for stored in claims}
    return replace(
        fact,
        claims=tuple(claims if fact.type == "lawsuit" else map(_without_words, claims)),
        fields={name: _of(field, keys) for name, field in fact.fields.items()},
    )


def _of(field: FactField, keys: set[str]) -> FactField:
    losing = (replace(each, claim_keys=tuple(key for key in each.claim_keys if key in keys)) for each in field.losing)
    return replace(
        field,
        claim_keys=tuple(key for key in field.claim_keys if key in keys),
        losing=tuple(each for each in losing if each.claim_keys),
    )


def _without_words(stored: StoredClaim) -> StoredClaim:
    sentence = stored.claim.sentence if says_undisclosed(stored.claim.sentence) else ""
    claim = replace(stored.claim, sentence=sentence, sentence_zh=None, evidence="", fields={})
    return replace(stored, claim=claim, article_title="")
