"""What an outlet took back: its own correction stands in the place of what it had printed before.

A correction is no second voice beside the first. The outlet's earlier value has nobody behind it any more, however well
founded it was when it was printed; where a party or another outlet says it too, theirs stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import TypeVar

from db.model import StoredClaim

Value = TypeVar("Value", bound=Hashable)

_HINTS = ("orrect", "CORRECT", "larification", "Erratum", "misstat", "misreport", "更正", "勘误", "订正", "误")
_HEADED = re.compile(
    r"\s*[\[【〖(（「]?\s*(?:(?:更|订)正(?!后|版)|勘误"
    r"|(?:[Cc]orrect(?:ion|ed)|CORRECT(?:ION|ED)|Clarification|Erratum)\s*[\])】]?\s*[:：—–-])"
)
"""At the head of a title or a sentence: 「更正：…」, "Correction: ..."; "Correction in valuations" is none."""
_MARKED_BEHIND = re.compile(r"[(\[（【](?:已?更正|勘误|(?:[Cc]orrect(?:ed|ion)|CORRECTED))[)\]）】]\s*$")
_SAID = re.compile(
    r"(?:有误|更正|误(?:写|报|作|植|将|把|称))[^。]{0,60}(?:应为|应是|实为|实际[为是])|更正为"
    r"|\b[Ww]e (?:misstated|misreported)\b"
    r"|\bnot \S+(?: \w+)?,? as (?:we|this \w+|an earlier \w+) (?:wrongly|incorrectly)\b"
)


def taken_back(
    claims: Sequence[StoredClaim],
    corrections: Sequence[StoredClaim],
    read: Callable[[StoredClaim], Value | None],
    agree: Callable[[Value, Value], bool],
) -> frozenset[str]:
    """The keys of the claims whose value for a field their own outlet corrected on the same day or later.

    `corrections` are those among the claims (`corrections_among`), `read` gives the field of a claim, `agree` says
    whether two values can both be right.
    """
    return frozenset(
        stored.key
        for correction in corrections
        if (right := read(correction)) is not None
        for stored in claims
        if _replaces(correction, stored) and (value := read(stored)) is not None and not agree(value, right)
    )


def corrections_among(claims: Sequence[StoredClaim]) -> list[StoredClaim]:
    """The claims that stand in a correction of a known day."""
    return [stored for stored in claims if stored.published is not None and is_correction(stored)]


def is_correction(stored: StoredClaim) -> bool:
    """Whether a claim stands in a correction, by its article's title or its own sentence."""
    return _corrects(stored.article_title) or _corrects(stored.claim.sentence)


@lru_cache(maxsize=50_000)
def _corrects(text: str) -> bool:
    if not any(hint in text for hint in _HINTS):
        return False
    return bool(_HEADED.match(text) or _MARKED_BEHIND.search(text) or _SAID.search(text))


def _replaces(correction: StoredClaim, stored: StoredClaim) -> bool:
    """Whether a claim is the same outlet's, of before. Of two corrections of one day neither replaces the other."""
    same_outlet = stored.witness == correction.witness or (stored.publisher or "") == correction.publisher
    if not same_outlet or stored.published is None or correction.published is None:
        return same_outlet and stored.published is None
    if stored.published == correction.published:
        return not is_correction(stored)
    return stored.published < correction.published
