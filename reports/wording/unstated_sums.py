"""A sum that no text states: undisclosed, where one says that it is kept secret; else nothing we read says it."""

from __future__ import annotations

import re

from db.nouns.facts import Fact
from reports.wording.values import ReportLanguage, word

_SUM = r"(?:sum|amount|size|terms|financial details|how much)"
_SECRET = re.compile(
    rf"\b(?:undisclosed|unspecified) (?:sum|amount|size|round|funding|investment|stake)\b"
    rf"|\b{_SUM}\b[^.;]{{0,40}}\b(?:undisclosed|not (?:been )?(?:disclosed|revealed|given|made public)|confidential)\b"
    rf"|\bnot (?:disclose|reveal|say)\b[^.;]{{0,30}}\b{_SUM}\b"
    r"|(?:金额|数额|规模)[^，。；]{0,6}(?:未|没有|不)(?:对外)?(?:披露|透露|公布|公开)"
    r"|(?:未|没有|不愿|拒绝)(?:对外)?(?:披露|透露|公布|公开)[^，。；]{0,8}(?:金额|数额|规模)",
    re.IGNORECASE,
)


def unstated_sum(fact: Fact, language: ReportLanguage) -> str:
    """Why a deal stands without its sum, in words: "sum undisclosed" or "sum not stated"."""
    secret = any(says_undisclosed(stored.claim.sentence) for stored in fact.claims)
    return word(language, "unknown", "sum_undisclosed" if secret else "sum_not_stated")


def says_undisclosed(sentence: str) -> bool:
    """Whether a sentence says that a sum is not made public."""
    return _SECRET.search(sentence) is not None
