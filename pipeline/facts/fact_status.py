"""What claims support together: confirmed, reported, rumored or denied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.model import Status, StoredClaim

STATUS_ORDER: tuple[Status, ...] = ("denied", "rumored", "reported", "confirmed")
PARTIES = frozenset({"company", "investor", "filing", "court"})


def best_status(claims: Sequence[StoredClaim]) -> Status:
    """The status the claims support together.

    Done on a party's word is confirmed (never on a headline or link alone), unless a party took it back later; a denial
    beats rumours and every report that is not younger than it; then reported; then rumored.
    """
    told = [stored for stored in claims if stored.claim.status == "confirmed" and stored.evidence_class != "cited"]
    denied, done = _latest(claims, ("denied",)), _latest(claims, ("reported", "confirmed"))
    if told:
        taken_back = _latest([each for each in claims if each.claim.said_by in PARTIES], ("denied",))
        return "denied" if taken_back is not None and done is not None and taken_back > done else "confirmed"
    if denied is not None and (done is None or denied >= done):
        return "denied"
    return "reported" if done is not None else "rumored"


def _latest(claims: Sequence[StoredClaim], statuses: tuple[Status, ...]) -> tuple[date, date] | None:
    """When it was last said, and of when; None where it never was."""
    said = [
        (stored.published or date.min, dated.last_day() if (dated := stored.claim.event_date) else date.min)
        for stored in claims
        if stored.claim.status in statuses
    ]
    return max(said, default=None)
