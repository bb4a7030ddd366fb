"""Which company a place in an English sentence names or refers to: names, "it", "the Shanghai company", owners."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from db.knowledge.curated import load_knowledge
from pipeline.english.document import Document, Sentence
from pipeline.english.homes import at_home, is_elsewhere, place_told
from pipeline.english.insiders import is_insider
from pipeline.english.patterns import any_of
from pipeline.english.people import people_of
from pipeline.english.run_by import run_by_subject
from pipeline.english.subject_meant import Subject
from pipeline.english.verb_forms import words
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName
from pipeline.values.found import NameMention

_TABLE = "english_parties"
BESIDE = any_of(_TABLE, "beside")
_ITS_CUSTOMER = any_of(_TABLE, "its_customer")
_NEWCOMER = any_of(_TABLE, "newcomer")
_NARROW = any_of(_TABLE, "narrow")
_PROPER = any_of(_TABLE, "proper")
_IS_A_COMPANY = any_of(_TABLE, "is_a_company")

_APPOSED = re.compile(r"(?:, |\()\Z")
_QUESTION = re.compile(r"(?:\A|\n)\s?Q: ")
"""An interviewer's "you" is the company talked with."""


class Reference(NamedTuple):
    """A place in a sentence that stands for a company."""

    start: int
    end: int
    company: CompanyName
    named: bool


@cache
def _weights() -> dict[str, int]:
    return {
        company.key: 3 if company.scope == "core" else 2 if company.kind == "startup" else 1
        for company in load_knowledge().companies
    }


def weight(company: CompanyName) -> int:
    """How likely a text is about a company: 3 for the field's, 2 for newcomers, 1 for big names beside it."""
    return _weights().get(company.key, 2)


def is_beside(document: Document, company: CompanyName) -> bool:
    """Whether a company is a big one beside the field, and not the one whose results the title announces."""
    titled = any(each.kind == "company" and each.key == company.key for each in document.names.in_title)
    return weight(company) == 1 and not titled


def company_of(mention: NameMention, document: Document) -> CompanyName | None:
    """The company a mention names, or owns the product it names."""
    if mention.kind == "company":
        return CompanyName(mention.key, mention.name, mention.known)
    return document.owners.get(mention.owner_key or "")


def named_companies(subject: Subject | None, document: Document, *, owners: bool = False) -> list[CompanyName]:
    """The companies a subject names, in its order; `owners`: then those whose round, chief or model it is."""
    mentions = (*subject.names, *(subject.owners if owners else ())) if subject is not None else ()
    return [company for mention in mentions if (company := company_of(mention, document)) is not None]


def subject_company(subject: Subject | None, sentence: Sentence, document: Document) -> CompanyName | None:
    """The company that is the subject, or whose round, chief or model is; None for anybody else's deed."""
    if subject is None:
        return None
    if not subject.names and _ITS_CUSTOMER.match(sentence.text, subject.start, subject.end):
        return None  # "Its customer Heineken": somebody we do not know
    for mention in (*subject.names, *reversed(subject.owners)):
        company = company_of(mention, document)
        if company is not None and not BESIDE.search(sentence.text[subject.start : max(subject.start, mention.start)]):
            return company
    labelled = _labelled(subject, sentence, document)
    if labelled is not None:
        return labelled
    if subject.refers is not None:
        return referred(sentence, subject.start, document, described=subject.refers not in words("company_pronouns"))
    if _newcomer(subject, sentence) and not any(
        mention.key == sentence.topic.key for mention in sentence.mentions if sentence.topic is not None
    ):
        return sentence.topic
    if subject.head == "you" and _QUESTION.search(document.text[max(0, sentence.place - 4) : sentence.place + 3]):
        return sentence.topic
    return None


def _labelled(subject: Subject, sentence: Sentence, document: Document) -> CompanyName | None:
    """The company a line begins with, of which it then says what it is: "Pixelwala: The Hyderabad startup closed"."""
    label = sentence.mentions[0] if sentence.mentions else None
    if label is None or label.start > 4 or subject.names or subject.owners:
        return None
    told = sentence.text[label.end : subject.start]
    opens = told == ": " and sentence.text.startswith(("The ", "A ", "An "), subject.start)
    return company_of(label, document) if opens else None


def _newcomer(subject: Subject, sentence: Sentence) -> bool:
    """Whether the news begins with a company that is named later: "A Bristol company that ... has been awarded"."""
    if not sentence.is_lead or (sentence.where == "text" and not sentence.text.startswith(("A ", "An ", "One "))):
        return False
    return subject.start == 0 and bool(_NEWCOMER.match(sentence.text[: subject.end]))


def is_company_itself(subject: Subject | None) -> bool:
    """Whether the subject is a company, not its model or its chief."""
    return subject is not None and (
        any(mention.kind == "company" for mention in subject.names)
        or (subject.refers is not None and subject.refers not in ("its", "their", "our"))
    )


def referred(sentence: Sentence, position: int, document: Document, *, described: bool) -> CompanyName | None:
    """Whom "it" or, `described`, "the company" means: who did something before in the sentence, or the topic.

    The heavier of the two; what a company does to "the company" it does to another one.
    """
    if described:
        apposed = _apposed_name(sentence, position, document)
        if apposed is not None:
            return apposed
    place = place_told(sentence.text, position) if described else None
    if place is not None:
        home = at_home(document, place)
        if home:
            return sentence.topic if sentence.topic in home else home[-1]
    here: list[CompanyName] = []
    acting: CompanyName | None = None
    own = run_by_subject(sentence, position)
    if own is not None:
        return company_of(own, document)
    if not described:
        speaker = _speaker(sentence, position, document) or _before_colon(sentence, position, document)
        if speaker is not None:
            return speaker
        if says_somebody_else(sentence, position, document):
            return None
    for statement in sentence.parsed.statements:
        if statement.reduced or statement.subject is None:
            continue
        if statement.subject.start >= position or not statement.subject.names:
            continue
        company = next(iter(named_companies(statement.subject, document)), None)
        if company is None:
            continue
        if described and statement.verb.end <= position and statement.verb.lemma not in _SAYING:
            acting = company
        here.append(company)
    opening = sentence.mentions[0] if sentence.mentions else None
    if not here and opening is not None and opening.start <= 4 and opening.end <= position:
        here.extend(filter(None, [company_of(opening, document)]))
    if described and _NARROW.match(sentence.text, position):
        objects = _objects_before(sentence, position, document)
        if objects:
            return objects[-1]
    candidates = [company for company in reversed(here) if acting is None or company.key != acting.key]
    if sentence.topic is not None:
        candidates.append(sentence.topic)
    if place is not None:
        candidates = [each for each in candidates if not is_elsewhere(document, each, place)]
    return max(candidates, key=weight, default=None)


def _objects_before(sentence: Sentence, position: int, document: Document) -> list[CompanyName]:
    """Companies named before that are no subject: "filed against Midjourney, and ... the image generator"."""
    subjects = {mention.start for each in sentence.parsed.statements if each.subject for mention in each.subject.names}
    found = [
        company_of(mention, document)
        for mention in sentence.mentions
        if mention.kind == "company" and mention.end <= position and mention.start not in subjects
    ]
    return [company for company in found if company is not None and weight(company) > 1]


def _speaker(sentence: Sentence, position: int, document: Document) -> CompanyName | None:
    """Who said that "it" did something: "Lionsgate said it would let Runway ..."."""
    before = [each for each in sentence.parsed.statements if each.verb.end <= position]
    if (
        not before
        or before[-1].verb.lemma not in _SAYING
        or before[-1].verb.lemma == "be"
        or before[-1].subject is None
    ):
        return None
    if re.search(r"[,;]", sentence.text[before[-1].verb.end : position]):
        return None
    return next(iter(named_companies(before[-1].subject, document)), None)


def says_somebody_else(sentence: Sentence, position: int, document: Document) -> bool:
    """Whether a name we cannot place, and no person's, says what "it" does: "Quillon, which ..., says it has"."""
    before = [
        each
        for each in sentence.parsed.statements
        if each.verb.end <= position and each.subject and each.verb.lemma != "be"
    ]
    subject = before[-1].subject if before and before[-1].verb.lemma in _SAYING - {"be"} else None
    if subject is None or subject.names or subject.owners or subject.refers:
        return False
    name = _PROPER.match(sentence.text, subject.start, subject.end)
    if (
        name is None
        or is_insider(subject, sentence, document)
        or ", who " in sentence.text[subject.start : subject.end]
    ):
        return False
    if _IS_A_COMPANY.match(sentence.text, name.end()):
        return True
    last = name[0].split()[-1]
    return not any(each.name.split()[-1] == last for each in people_of(document))


_AFTER_COLON = re.compile(r":[^.;:,]{0,20}\Z")


def _before_colon(sentence: Sentence, position: int, document: Document) -> CompanyName | None:
    """Whom "it" means behind a colon: "Canva has done it before: last year it bought Leonardo.Ai"."""
    if _AFTER_COLON.search(sentence.text[:position]) is None:
        return None
    colon = sentence.text.rfind(":", 0, position)
    before = [each for each in sentence.parsed.statements if each.verb.end <= colon and each.subject is not None]
    names = before[-1].subject.names if before and before[-1].subject is not None else ()
    return company_of(names[0], document) if names else None


_SAYING = words("says_or_hopes")


_PLAIN = re.compile(r"the (?:company|startup|start-up|firm|business)\b")
"""What says nothing of a name before it: "With money from Northzone, the company"."""


def _apposed_name(sentence: Sentence, position: int, document: Document) -> CompanyName | None:
    """The name right before ", the London startup"."""
    before = sentence.text[:position]
    gap = _APPOSED.search(before)
    if gap is None or (gap[0] == ", " and _PLAIN.match(sentence.text, position)):
        return None
    for mention in sentence.mentions:
        if mention.end == gap.start() and mention.kind == "company":
            return company_of(mention, document)
    return None


@cache
def _reference_pattern() -> GatedPattern:
    nouns = "|".join(sorted(map(re.escape, words("company_nouns")), key=len, reverse=True))
    return GatedPattern(
        rf"\b(?:(?P<described>(?:[Tt]he|[Tt]his) (?:[A-Z][\w.]+, [A-Z][\w.]+, )?(?:(?!of |in |at |for |on |to |and "
        rf"|with |from "
        rf"|by )[\w-]+(?:'s)? ){{0,3}}?(?:{nouns}))(?! (?:[A-Z]|that|which|behind|owned|run|led))|it|its|us"
        rf"|our|them)\b(?!-)"
    )


_WORD = re.compile(r"[A-Za-z]+")


def points_back(text: str) -> bool:
    """Whether a sentence has a word for a company told before, or its people speak: "it", "the startup", "we"."""
    pronouns = words("company_pronouns")
    return _reference_pattern().search(text) is not None or any(
        match[0].lower() in pronouns for match in _WORD.finditer(text)
    )


def references(sentence: Sentence, document: Document) -> list[Reference]:
    """Every place of a sentence that stands for a company, in order."""
    if "references" not in sentence.noted:
        sentence.noted["references"] = _references(sentence, document)
    found: list[Reference] = sentence.noted["references"]
    return found


def _references(sentence: Sentence, document: Document) -> list[Reference]:
    found = []
    taken = [(mention.start, mention.end) for mention in sentence.mentions]
    for mention in sentence.mentions:
        company = company_of(mention, document)
        if company is not None:
            found.append(Reference(mention.start, mention.end, company, mention.kind == "company"))
    for match in _reference_pattern().finditer(sentence.text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        company = referred(sentence, match.start(), document, described=match["described"] is not None)
        if company is not None:
            found.append(Reference(match.start(), match.end(), company, False))
    return sorted(found)
