"""Whether those who tell of a suit tell that it was brought, or of a later step: a ruling is no second suit."""

from __future__ import annotations

import re

from db.nouns.facts import Fact

_LATER = re.compile(
    r"\b(?:dismiss\w*|settle[sd]?|settlement|settling|drops?|dropped|withdr\w+|throws? out|threw out|thrown out"
    r"|surviv\w+|rul(?:es|ed|ing|ings)|judge|finds|verdict|trial|appeals?|appealed|refus\w+|amend\w*"
    r"|asks? (?:a|the) court|end(?:s|ed|ing)? (?:a|the|their|its) (?:suit|case|claim|lawsuit)|filed again|still open)\b"
    r"|和解|撤诉|撤回|驳回|裁定|判决|判令|判赔|宣判|胜诉|败诉|上诉|开庭",
    re.IGNORECASE,
)
"""Words of what comes after a complaint."""


def is_later_step(fact: Fact) -> bool:
    """Whether everybody who tells of it speaks of a ruling, a settlement or another later step."""
    return all(_LATER.search(stored.claim.sentence) for stored in fact.claims)
