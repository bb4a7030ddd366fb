"""Whom what stands at a place in an English sentence is told of: who acts, or, where others pay, who is paid."""

from __future__ import annotations

import re

from pipeline.english.document import Document, Sentence
from pipeline.english.insiders import is_insider
from pipeline.english.parties import (
    BESIDE,
    is_company_itself,
    references,
    referred,
    subject_company,
    weight,
)
from pipeline.english.patterns import any_of
from pipeline.english.statements import Statement
from pipeline.english.subject_meant import Subject
from pipeline.english.verb_forms import words
from pipeline.names.company_name import CompanyName

_TABLE = "english_parties"
_STRANGER = any_of(_TABLE, "stranger")
_ITS_THING = any_of(_TABLE, "its_thing")
_DESCRIBED = any_of(_TABLE, "described")
_STOCK = any_of(_TABLE, "stock")
_TAKES_IN = any_of(_TABLE, "takes_in")
_RECIPIENT = any_of(_TABLE, "recipient")
_ENDS_TARGET = any_of(_TABLE, "ends_target")
_STAKE = any_of(_TABLE, "stake")
_OF_ROUND = any_of(_TABLE, "of_round")
_BACKER = any_of(_TABLE, "backer")
_THAT_OTHERS = any_of(_TABLE, "that_others")
_TALKS_WITH = any_of(_TABLE, "talks_with")
_A_PART = any_of(_TABLE, "a_part")

MONEY_GIVERS = words("gives_money")
_REPORTING = words("reports_figures")
_ONLY_GIVERS = frozenset(["invest", "back", "lend", "co-lead", "pump", "inject"])


_PAYERS = words("pays")


_RAISERS = words("raises_money")


def _is_stranger(sentence: Sentence, subject: Subject) -> bool:
    """Whether a name nobody knows is what raises: what it takes is not whom the text speaks of."""
    return subject.refers is None and _STRANGER.match(sentence.text, subject.start, subject.end) is not None


def party_at(sentence: Sentence, position: int, document: Document) -> CompanyName | None:
    """The company that what stands at a place is told of: the one that acts, or, where others pay, the one paid."""
    statement = sentence.parsed.at(position)
    if statement is None:
        return _fragment(sentence, position, document)
    target = _paid(sentence, statement, position, document)
    if target is not None:
        return target
    subject = statement.subject
    if subject is None:
        return _fragment(sentence, position, document)
    if _FIRM.search(sentence.text[subject.start : subject.end]) and not statement.verb.passive:
        return _told_before(sentence, statement, None, document)  # "OpenAI's Startup Fund was lead investor in"
    company = subject_company(subject, sentence, document)
    others = _of_others(sentence, statement, subject, document) or _talked_with(sentence, position, company, document)
    if others is not None:
        return others
    beside = (
        company is None
        and subject.head not in words("told_nouns")  # but "The Series B, which closed in May, valued the company"
        and BESIDE.search(sentence.text[subject.start : subject.end])
    )
    if beside and statement.verb.lemma not in _PAYERS:
        return None
    if company is None and statement.verb.lemma in _RAISERS and _is_stranger(sentence, subject):
        return None
    receives = statement.verb.lemma == "take" and _TAKES_IN.match(sentence.text, statement.verb.end) is not None
    by_others = statement.reduced and sentence.text.startswith(" by ", statement.verb.end)
    giver = statement.verb.lemma in MONEY_GIVERS and not (statement.verb.passive or receives or by_others)
    only_gives = statement.verb.lemma in _ONLY_GIVERS or _puts_in(sentence, statement)
    if only_gives and not statement.verb.passive and subject.head in _ARMS and not subject.names:
        return _told_before(sentence, statement, company, document)
    if statement.verb.lemma in _LEADERS and subject.refers == "we":
        return _told_before(sentence, statement, None, document)  # an investor writes
    if only_gives and not statement.verb.passive and is_company_itself(subject):
        other = None if _gives_elsewhere(sentence, statement, document) else sentence.topic
        return other if other is not None and company is not None and other.key != company.key else None
    if company is not None and not (giver and _pays(subject, company, sentence)):
        return company
    if giver and _gives_elsewhere(sentence, statement, document):
        return None
    is_sum = subject.start <= position < subject.end and not subject.owners
    if is_sum and statement.reduced and not subject.names:
        return _fragment(sentence, position, document)
    if is_sum and not subject.names and _DESCRIBED.match(sentence.text, subject.start):
        return None
    reports = statement.verb.lemma in _REPORTING and statement.subject is not None and not subject.names
    if is_sum or (reports and not statement.verb.passive):
        return _told_before(sentence, statement, company, document)
    if company is None and _ITS_THING.fullmatch(sentence.text, subject.start, subject.end):
        return sentence.topic  # "The service should earn about $140 million"
    if subject.head in ("he", "she") and statement.verb.lemma in _RAISERS and not statement.verb.passive:
        return sentence.topic  # its founder
    if (
        giver
        or by_others
        or _are_investors(subject, sentence)
        or subject.head in words("told_nouns")
        or is_insider(subject, sentence, document)
    ):
        return _told_before(sentence, statement, company, document)
    return None


def _puts_in(sentence: Sentence, statement: Statement) -> bool:
    """Whether money is paid for stock or a stake, a round is led, or somebody becomes a shareholder."""
    lemma, end = statement.verb.lemma, statement.verb.end
    if lemma in _BUYERS:
        return bool(_STOCK.match(sentence.text, end) or _STAKE.match(sentence.text, end))
    if lemma in _LEADERS:
        return bool(_OF_ROUND.match(sentence.text, end))
    return lemma in ("be", "become", "remain", "join") and bool(_BACKER.match(sentence.text, end))


_BUYERS = frozenset(("buy", "purchase", "acquire", "take", "pick"))
_ARMS = frozenset(("fund", "funds", "arm", "unit", "vehicle", "ventures"))
"""What of a company's invests: "OpenAI's Startup Fund was lead investor"."""
_LEADERS = frozenset(("lead", "anchor", "spearhead", "head", "underwrite", "bankroll"))


def _of_others(sentence: Sentence, statement: Statement, subject: Subject, document: Document) -> CompanyName | None:
    """Whom "that Skerry financed with 8 million kronor" tells of: the company named right before."""
    gives = statement.verb.lemma in MONEY_GIVERS or statement.verb.lemma in _BUYERS
    if not gives or statement.verb.passive or not subject.names:
        return None
    behind = _THAT_OTHERS.search(sentence.text, max(0, subject.start - 40), subject.start)
    if behind is None:
        return None
    before = [each for each in references(sentence, document) if each.named and each.end <= behind.start()]
    return before[-1].company if before else None


def _talked_with(
    sentence: Sentence, position: int, company: CompanyName | None, document: Document
) -> CompanyName | None:
    """Whom a bigger company would put money into, as in "Google is talking to Runway about a $100 million cheque"."""
    if company is None or weight(company) > 1:
        return None
    for each in references(sentence, document):
        told = each.end <= position and weight(each.company) > 1 and _A_PART.match(sentence.text, position)
        if told and _TALKS_WITH.search(sentence.text, max(0, each.start - 40), each.start):
            return each.company
    return None


_FIRM = re.compile(r"\b(?:Ventures?|Capital|Partners|Equity|VC|Angels|Investments?|Fund)\Z")


def _are_investors(subject: Subject, sentence: Sentence) -> bool:
    """Whether those who act are investors, by their kind or by their name: what they do they do to a company."""
    if subject.names:
        return all(mention.kind == "investor" for mention in subject.names)
    return not subject.owners and _FIRM.search(sentence.text[subject.start : subject.end]) is not None


def _gives_elsewhere(sentence: Sentence, statement: Statement, document: Document) -> bool:
    """Whether the money goes to somebody we do not know: "invested $1.5 billion in Epic Games"."""
    for match in _RECIPIENT.finditer(sentence.text, statement.verb.end, statement.stop):
        if not any(date.start <= match.start("name") < date.end for date in sentence.dates):
            place = match.start("name")
            named = any(each.start <= place < each.end for each in sentence.mentions)
            return not (named or any(each.start <= place < each.end for each in references(sentence, document)))
    return False


def _pays(subject: Subject, company: CompanyName, sentence: Sentence) -> bool:
    """Whether the acting company is an investor here: one from beside the field, in a text about another."""
    if any(mention.kind == "investor" for mention in subject.names):
        return True
    return sentence.topic is not None and sentence.topic.key != company.key and weight(company) < weight(sentence.topic)


def _told_before(
    sentence: Sentence, statement: Statement, acting: CompanyName | None, document: Document
) -> CompanyName | None:
    """The company the rest of the sentence, or the text before, speaks of."""
    stop = sentence.text.find(";", statement.verb.end, statement.stop)  # behind it others act
    stop = stop if stop >= 0 else statement.stop
    behind = [each for each in references(sentence, document) if statement.verb.end <= each.start < stop]
    topic = sentence.topic
    for each in behind:
        outsider = topic is not None and weight(each.company) < weight(topic)
        if outsider and not _REACHED.search(sentence.text, 0, each.start):
            continue  # who leads or joins: "$308 million arrived, General Atlantic leading and Nvidia in its train"
        if acting is None or each.company.key != acting.key:
            return each.company
    found = referred(sentence, statement.verb.start, document, described=True)
    if found is None or weight(found) > 1:
        return found
    return _of_the_field_before(sentence, document) or found


_REACHED = re.compile(r"\b(?:in|into|for|at|to|of|behind)(?: the)? \Z")
_FARTHEST_BACK = 8
"""Sentences."""


def _of_the_field_before(sentence: Sentence, document: Document) -> CompanyName | None:
    """The company of the field named last before: a big one beside it, as a buyer, raises no such money."""
    for earlier in reversed(document.sentences[max(0, sentence.number - _FARTHEST_BACK) : sentence.number]):
        named = [company for _, company in earlier.companies() if weight(company) > 1]
        if named:
            return named[-1]
    return None


def _paid(sentence: Sentence, statement: Statement, position: int, document: Document) -> CompanyName | None:
    """Whom the money goes to, where the sentence says so: "a $900 million investment in Luma AI"."""
    for each in references(sentence, document):
        if not statement.verb.start <= each.start or each.start - position > 80:
            continue
        if each.start < position and statement.verb.lemma not in ("invest", "back", "lend"):
            continue
        gap = sentence.text[max(0, each.start - 60) : each.start]
        if _ends_with_target(gap) and ", " not in sentence.text[position : each.start]:
            return each.company
    return None


def _ends_with_target(gap: str) -> bool:
    return bool(_ENDS_TARGET.search(gap))


def _fragment(sentence: Sentence, position: int, document: Document) -> CompanyName | None:
    """In a line without a verb of its own: the name before, else the first, else the topic."""
    named = [each for each in references(sentence, document) if each.named]
    before = [each for each in named if each.end <= position]
    if before:
        return before[-1].company
    return sentence.topic or (named[0].company if named else None)
