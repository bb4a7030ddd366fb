"""What waits for a person, as a listing: pairs of facts and names, values that contradict each other, candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from db.model import StoredClaim
from reports.tables.listing import Column, Listing, Shown, ShownColumn

ReviewKind = Literal["fact_pair", "company_pair", "conflict", "candidate", "new_name"]
REVIEW_KINDS: Sequence[ReviewKind] = ("fact_pair", "company_pair", "conflict", "candidate", "new_name")
"""fact_pair and company_pair: one or two? conflict: which value? candidate: an undisclosed round or a total that does
not add up; new_name: a company that nobody curated yet."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to decide. `subject` and `other` are the ids `dailies judge` takes, `field` the one of `prefer`.

    `one` and `two` are the sentences to be held side by side; of a conflict, `one` says the chosen value.
    """

    kind: ReviewKind
    company_key: str
    company: str
    subject: str
    other: str | None
    field: str | None
    question: str
    reason: str
    one: StoredClaim | None = None
    two: StoredClaim | None = None


def remedy(item: ReviewItem) -> str:
    """The command that decides it, as it can be run, and its alternative."""
    sides = [told.key for told in (item.one, item.two) if told is not None]
    if item.kind == "conflict" and sides:
        other = f", or with {sides[1]}" if len(sides) > 1 else ""
        return f"dailies judge prefer {sides[0]} {item.field} --reason WHY{other}"
    if item.other is not None:
        return f"dailies judge same {item.subject} {item.other} --reason WHY, or judge different"
    return "add it to db/knowledge/companies.yml" if item.kind == "new_name" else f"dailies why {item.subject}"


def review_listing(items: Sequence[ReviewItem], *, sample: bool) -> Listing[ReviewItem]:
    """The items in the order given."""
    return Listing("review", _COLUMNS, _SHOWN, items, sample)


_COLUMNS: tuple[Column[ReviewItem], ...] = (
    Column("kind", "text", lambda item: item.kind),
    Column("company", "text", lambda item: item.company_key),
    Column("company_name", "text", lambda item: item.company),
    Column("subject", "text", lambda item: item.subject),
    Column("other", "text", lambda item: item.other),
    Column("field", "text", lambda item: item.field),
    Column("question", "text", lambda item: item.question),
    Column("reason", "text", lambda item: item.reason),
    Column("subject_claim", "text", lambda item: item.one.key if item.one else None),
    Column("subject_sentence", "text", lambda item: item.one.claim.sentence if item.one else None),
    Column("subject_url", "link", lambda item: item.one.article_url if item.one else None),
    Column("other_claim", "text", lambda item: item.two.key if item.two else None),
    Column("other_sentence", "text", lambda item: item.two.claim.sentence if item.two else None),
    Column("other_url", "link", lambda item: item.two.article_url if item.two else None),
    Column("remedy", "text", lambda item: remedy(item)),
)
_SHOWN: tuple[ShownColumn[ReviewItem], ...] = (
    ShownColumn("kind", lambda item: item.kind.replace("_", " ")),
    ShownColumn("company", lambda item: item.company),
    ShownColumn("question", lambda item: Shown(item.question, url=item.one.article_url if item.one else None)),
    ShownColumn("because", lambda item: item.reason),
    ShownColumn("decide with", remedy, wide=True),
)
