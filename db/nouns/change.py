"""What the change log says: what became of a fact or of one of its fields, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Cause = Literal["news", "revision", "judgement", "rules", "purge", "history"]
"""A new article; a changed one; a person's decision; another way of reading or forming; a purge; a curated table."""
ChangeKind = Literal[
    "added", "withdrawn", "merged", "split", "renamed", "completed", "corrected", "confirmed", "denied"
]
"""Of a fact: it is new, it is gone, it went into another, it came out of another, its first claim is another one now.
Of a field: it was unknown or less precise, it was something else; of the status: it became confirmed or denied."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the log.

    `field` is "" for the fact as a whole (the value then holds all its fields), "id" where another id leads on,
    "money" for amount, upper end, currency and operator together. `claim_key` is the claim that brought the change,
    None where no single one did.
    """

    company_key: str
    fact_id: str
    fact_type: str
    kind: ChangeKind
    field: str
    old_value: Any
    new_value: Any
    cause: Cause
    claim_key: str | None
