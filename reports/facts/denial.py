"""How a deal came to nothing: a party denied it, the outlet that told it took it back, or it fell through."""

from __future__ import annotations

import re
from typing import Literal

from db.model import Claim
from db.nouns.facts import Fact

Ending = Literal["denied", "taken_back", "fell_through"]
ENDINGS: tuple[Ending, ...] = ("denied", "taken_back", "fell_through")
_WHO_KNOW = frozenset({"company", "investor", "filing", "court", "named_person"})
_DENIES = re.compile(
    r"\bden(?:y|ies|ied|ying|ial)\b|\b(?:refut|rebut)|\b(?:not|un)\s?true\b|\bnot for sale\b|否认|辟谣|不实|澄清"
)
_TAKES_BACK = re.compile(
    r"\bretract|\bcorrection\b|\b(?:withdrew|withdraws|withdrawn|took back|takes back|pulled|removed) (?:its|the|that) "
    r"(?:report|story|article)|\b(?:report|story|article) (?:was|has been) (?:withdrawn|pulled|removed|wrong)"
    r"|(?:撤回|收回|删除|更正)[^，。；]{0,12}(?:报道|消息|文章)|勘误|误报",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:drop|drops|dropped|scrap|scraps|scrapped|shelve[sd]?|abandon(?:s|ed)?|cancel(?:s|led|ed)?|call(?:s|ed)? off"
    r"|walk(?:s|ed)? away|f[ae]ll(?:s|en)? (?:through|apart)|collapse[sd]?|terminate[sd]?|never closed)\b"
    r"|终止|取消|放弃|告吹|搁置|谈崩",
    re.IGNORECASE,
)


def ending_of(fact: Fact) -> Ending:
    """How a fact whose status is denied came to nothing, by the claims that say so.

    A party's own word that it gave the deal up is no denial of it: the talk was true.
    """
    against = [stored.claim for stored in fact.claims if stored.claim.status == "denied"]
    if any(_denies(claim) for claim in against):
        return "denied"
    return "taken_back" if any(_TAKES_BACK.search(claim.sentence) for claim in against) else "fell_through"


def _denies(claim: Claim) -> bool:
    if _DENIES.search(claim.sentence):
        return True
    return claim.said_by in _WHO_KNOW and not _ENDS.search(claim.sentence)
