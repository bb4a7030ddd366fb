"""Whose a sum is not, or not at first sight: that of several companies, of a unit, of somebody else in a sentence."""

from __future__ import annotations

import re
from functools import cache

from db.knowledge.curated import load_knowledge
from pipeline.english.document import Document, Sentence
from pipeline.english.money_roles import METRICS
from pipeline.english.parties import named_companies, references, subject_company, weight
from pipeline.english.patterns import any_of
from pipeline.english.payees import MONEY_GIVERS
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundMoney

_TABLE = "english_sums"
_SEVERAL = any_of(_TABLE, "several")
_OTHERS_THAT = any_of(_TABLE, "others_that")
_TO_OTHERS = any_of(_TABLE, "to_others")
_CROWD = any_of(_TABLE, "crowd")
_FROM_UNIT = any_of(_TABLE, "from_unit")
_OF_GROUP = any_of(_TABLE, "of_group")
_OF_OWNER = any_of(_TABLE, "of_owner")


def is_of_several(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether a sum is that of several companies: "Between them the four have taken in more than $1.8 billion"."""
    statement = sentence.parsed.at(sum_.start)
    gives = statement is not None and statement.verb.lemma in MONEY_GIVERS and statement.verb.lemma != "take"
    if not gives and re.search(r"\b(?:[Bb]etween them|[Cc]ombined|[Cc]ollectively)\b", sentence.text[: sum_.start]):
        return True
    subject = statement.subject if statement is not None else None
    if subject is None or subject.names or subject.owners:
        return False
    written = sentence.text[subject.start : subject.end]
    return bool(_SEVERAL.fullmatch(written)) and written.lower() not in ("the", "all", "both")


def is_of_others(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether a sum is that of companies nobody names: "rivals that have raised $500 million", "into the sector"."""
    statement = sentence.parsed.at(sum_.start)
    if statement is not None and _OTHERS_THAT.search(sentence.text[: statement.verb.main]):
        return True
    return bool(_TO_OTHERS.match(sentence.text, sum_.end) or _CROWD.search(sentence.text[: sum_.start]))


def of_unit(sentence: Sentence, document: Document, sum_: FoundMoney, role: str) -> CompanyName | None:
    """Whose figure an owner reports: "Kuaishou put revenue from Kling AI at 340 million yuan"."""
    if role not in METRICS:
        return None
    for each in references(sentence, document):
        if each.named and each.end <= sum_.start and _FROM_UNIT.search(sentence.text[: each.start]):
            return each.company
    return None


def expected_of(sentence: Sentence, document: Document, sum_: FoundMoney, company: CompanyName) -> CompanyName | None:
    """Whose figure an owner expects: "Kuaishou expects Kling to bring in $140 million", "expects the model to"."""
    match = _EXPECTED_OF.search(sentence.text, max(0, sum_.start - 150), sum_.start)
    if match is None:
        return company
    for each in references(sentence, document):
        if each.named and match.start() <= each.start < match.end():
            return each.company
    if not _ITS_UNIT.match(match["whom"]):
        return company
    units = {each.key for each in load_knowledge().companies if each.parent and each.parent == company.key}
    for earlier in reversed(document.sentences[: sentence.number + 1]):
        for mention, named in earlier.companies():
            if mention.key in units:
                return named
    return None if units else company


_EXPECTED_OF = re.compile(
    r"\b(?:expect(?:s|ed|ing)?|forecast(?:s|ing)?|wants?|sees?|projects?|predicts?) (?P<whom>[^$€£;]{2,90}?) to"
    r" (?:bring in|make|earn|reach|generate|turn over|take in|have|contribute|add)\b[^.;$€£]{0,40}\Z"
)
_ITS_UNIT = re.compile(
    r"(?:the|its|this) (?:[a-z-]+ ){0,2}(?:model|service|app|unit|tool|product|arm|division|platform)\b"
)


def whose_worth(sentence: Sentence, document: Document, sum_: FoundMoney) -> CompanyName | None:
    """Whose price a sentence tells by name: "Kuaishou put Kling's value at"; or whose backers they are that tell it."""
    for each in references(sentence, document):
        if each.named and sum_.start - _NEAR <= each.end <= sum_.start and _ITS_WORTH.match(sentence.text, each.end):
            return each.company
    statement = sentence.parsed.at(sum_.start)
    subject = statement.subject if statement is not None else None
    if subject is None or subject.names or subject.head not in _BACKERS:
        return None
    return next(iter(named_companies(subject, document, owners=True)), None)


_NEAR = 80
_BACKERS = frozenset(("backers", "investors", "shareholders", "owners", "holders", "insiders"))
_ITS_WORTH = re.compile(r"['’]s (?:[\w-]+ ){0,2}(?:worth|value|valuation|price tag)\b(?!,? (?:of|for|in) [A-Z])")


def is_of_group(sentence: Sentence, sum_: FoundMoney, company: CompanyName) -> bool:
    """Whether a figure is that of the whole group a company is a unit of: "Group revenue rose to 35.6 billion yuan"."""
    return owner_of(company) is not None and bool(
        _OF_GROUP.search(sentence.text, 0, sum_.start)
        or (
            _OF_OWNER.match(sentence.text)
            and sentence.parsed.at(sum_.start) is next(iter(sentence.parsed.statements), None)
        )
    )


def is_somebody_elses(sentence: Sentence, document: Document, sum_: FoundMoney, company: CompanyName) -> bool:
    """Whether a sentence names another company of the field before a sum, and never the one the sum was taken for."""
    told = references(sentence, document)
    if any(each.company.key == company.key for each in told):
        return False
    return any(each.named and each.end <= sum_.start and weight(each.company) > 1 for each in told)


def owner_of(unit: CompanyName) -> CompanyName | None:
    """The group a company is a unit of."""
    return _owners().get(unit.key)


@cache
def _owners() -> dict[str, CompanyName]:
    companies = load_knowledge().companies
    names = {each.key: each.name for each in companies}
    return {each.key: CompanyName(each.parent, names[each.parent], True) for each in companies if each.parent}


_AWAY = frozenset(("give", "award", "grant", "hand", "commit", "donate", "pledge", "lend", "offer", "promise"))


_BUYS = frozenset(("pay", "buy", "acquire", "purchase"))
_A_PART = re.compile(
    r"\b(?:an?|the|its|[\d.]+(?:%| ?per ?cent)) (?:[\w-]+ ){0,3}?(?:stake|holding|shareholding|slice)\b"
)
"""Who buys a part of somebody raises nothing."""


def gives_away(sentence: Sentence, document: Document, sum_: FoundMoney, company: CompanyName) -> bool:
    """Whether the company itself gives a sum to others: "Runway will give $5 million to film schools"."""
    statement = sentence.parsed.at(sum_.start)
    if statement is None or statement.verb.passive:
        return False
    buys = statement.verb.lemma in _BUYS and _A_PART.search(sentence.text, statement.verb.end, statement.stop)
    if statement.verb.lemma not in _AWAY and not buys:
        return False
    acting = subject_company(statement.subject, sentence, document)
    return acting is not None and acting.key == company.key and statement.verb.end <= sum_.start
