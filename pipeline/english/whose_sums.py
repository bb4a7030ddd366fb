"""Whose a sum is not, or not at first sight: that of several companies, of a unit, of somebody else in a sentence."""

from __future__ import annotations

import re

from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.money_roles import METRICS
from pipeline.english.parties import references, subject_company, weight
from pipeline.found import FoundMoney

_SEVERAL = re.compile(
    r"(?:[Tt]he|[Aa]ll|[Tt]hese|[Tt]hose|[Bb]oth) ?(?:two|three|four|five|six|seven|ten|pair|trio|lot|group|sector"
    r"|field)?\b"
    r"(?: (?:companies|startups|start-ups|firms|rivals|rounds|deals))?\Z"
)


def is_of_several(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether a sum is that of several companies: "Between them the four have taken in more than $1.8 billion"."""
    if re.search(r"\b(?:[Bb]etween them|[Cc]ombined|[Cc]ollectively)\b", sentence.text[: sum_.start]):
        return True
    statement = sentence.parsed.at(sum_.start)
    subject = statement.subject if statement is not None else None
    if subject is None or subject.names or subject.owners:
        return False
    written = sentence.text[subject.start : subject.end]
    return bool(_SEVERAL.fullmatch(written)) and written.lower() not in ("the", "all", "both")


_FROM_UNIT = re.compile(
    r"\b(?:[Rr]evenues?|[Ss]ales|[Tt]urnover|losses|loss|ARR|income) (?:from|of|at|for) (?:its "
    r"|the )?(?:[a-z-]+ ){0,3}\Z"
)


def of_unit(sentence: Sentence, document: Document, sum_: FoundMoney, role: str) -> CompanyName | None:
    """Whose figure an owner reports: "Kuaishou put revenue from Kling AI at 340 million yuan"."""
    if role not in METRICS:
        return None
    for each in references(sentence, document):
        if each.named and each.end <= sum_.start and _FROM_UNIT.search(sentence.text[: each.start]):
            return each.company
    return None


def is_somebody_elses(sentence: Sentence, document: Document, sum_: FoundMoney, company: CompanyName) -> bool:
    """Whether a sentence names another company of the field before a sum, and never the one the sum was taken for."""
    told = references(sentence, document)
    if any(each.company.key == company.key for each in told):
        return False
    return any(each.named and each.end <= sum_.start and weight(each.company) > 1 for each in told)


_AWAY = frozenset(("give", "award", "grant", "hand", "commit", "donate", "pledge", "lend", "offer", "promise"))


def gives_away(sentence: Sentence, document: Document, sum_: FoundMoney, company: CompanyName) -> bool:
    """Whether the company itself gives a sum to others: "Runway will give $5 million to film schools"."""
    statement = sentence.parsed.at(sum_.start)
    if statement is None or statement.verb.lemma not in _AWAY or statement.verb.passive:
        return False
    acting = subject_company(statement.subject, sentence, document)
    return acting is not None and acting.key == company.key and statement.verb.end <= sum_.start
