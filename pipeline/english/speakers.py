"""Whose people speak in an English text: "Jane Roe, its chief executive" speaks for it wherever she does."""

from __future__ import annotations

import re
from collections.abc import MutableMapping

from pipeline.english.document import Document, Sentence
from pipeline.english.insiders import tell_of
from pipeline.english.parties import company_of
from pipeline.english.people import ROLE, names_taken, people_in, plain_roles
from pipeline.english.statements import Statement
from pipeline.english.subject_meant import Subject
from pipeline.english.subjects import SAYING
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName

People = MutableMapping[str, CompanyName | None]
"""The company of each person told so far, by full and by last name, folded; None: of several, or somebody else's."""
_ROLED = GatedPattern(
    r"\b(?:[Cc]o-?)?(?:[Ff]ounde(?:rs?|d)|[Cc]hief|CEO|CTO|CFO|COO|[Pp]resident|[Cc]hair\w*|[Hh]ead|[Bb]oss|[Ss]tarted"
    r"|[Dd]irector)\b"
)
_FORMER = re.compile(r"\b(?:former(?:ly)?|previously|once|ex-|outgoing|until|left|worked|joins?|joined|then)\b")
_FOUNDED = re.compile(r" (?:who )?(?:co-?)?(?:founded|started|set up) \Z")
_FOUNDED_BY = re.compile(r",? (?:was )?(?:co-?)?(?:founded|started|set up) (?:in \d{4} )?by (?:[\w’'.-]+ ){0,8}?\Z")
_OWN = re.compile(r"\b(?:its|our|the (?:company|startup|start-up|firm|studio)(?:['’]s)?)\b")
_ELSEWHERE = re.compile(r"\b(?:of|at|for) (?:the )?[A-Z]|[A-Z]\w+['’]s ")
_FARTHEST = 70


def note_people(sentence: Sentence, document: Document, told: People) -> None:
    """Note whose people a sentence gives a post or tells of as founders; a post of nobody's is the topic's."""
    if not _ROLED.search(sentence.text):
        return
    text = plain_roles(sentence.text)
    people = people_in(text, 0, len(text), names_taken(sentence))
    company, posted = None, False
    for number, person in enumerate(people):
        before = text[people[number - 1].end if number else 0 : person.start][-_FARTHEST:]
        after = people[number + 1].start if number + 1 < len(people) else len(sentence.text)
        behind = re.split(r"[.;]|, (?=who\b|and\b|said\b)", text[person.end : after])[0][:_FARTHEST]
        if not (posted and before in (" and ", ", ")):  # of "Jane Roe and John Doe" the second has the first's
            company, posted = _posted(sentence, document, person.start - len(before), before, person.end, behind)
        if posted:
            tell_of(told, person.name, company)


def _posted(
    sentence: Sentence, document: Document, from_: int, before: str, end: int, behind: str
) -> tuple[CompanyName | None, bool]:
    """(whose post somebody has, whether there is one), by what stands before and behind the name."""
    place = from_ + len(before)
    held = [match for match in ROLE.finditer(before) if match.end() >= len(before.rstrip(" ,"))]
    if held and _FORMER.search(before[max(0, held[-1].start() - 12) :]):
        held = []
    if held and any(each.kind == "company" and from_ <= each.start and each.end <= place for each in sentence.mentions):
        return _owner(sentence, document, from_, place, before), True  # "Cutline's founder, Jane Roe, becomes head of"
    role = ROLE.search(behind) if re.match(r", | is | was |['’]s ", behind) else None
    if role is not None and not _FORMER.search(behind):
        return _owner(sentence, document, end, end + len(behind), behind), True
    if held:
        return _owner(sentence, document, from_, place, before), True
    named = [each for each in sentence.mentions if each.kind == "company"]
    for each in named:
        if end <= each.start and _FOUNDED.fullmatch(sentence.text, end, each.start):
            return company_of(each, document), True
        if each.end <= place and _FOUNDED_BY.match(sentence.text, each.end, place):
            return company_of(each, document), True
    return None, False


def _owner(sentence: Sentence, document: Document, start: int, end: int, written: str) -> CompanyName | None:
    """The company named beside a post, else the one talked about; None where it is somebody else's."""
    for each in sentence.mentions:
        if each.kind == "company" and start <= each.start and each.end <= end:
            return company_of(each, document)
    if not _OWN.search(written):
        return None if _ELSEWHERE.search(written) else sentence.topic
    told = {company.key: company for mention, company in sentence.companies() if mention.end <= end}
    return next(iter(told.values())) if len(told) == 1 else sentence.topic if not told else None


def speaks_for(sentence: Sentence, told: People, topic: CompanyName | None) -> CompanyName | None:
    """The company of the person who speaks in a sentence, or who acts where nobody else is talked about (`topic`)."""
    if not told:
        return None
    found = (
        _company_of(sentence, statement.subject, told)
        for statement in sentence.parsed.statements
        if not statement.relative
        and (
            topic is None
            or statement.verb.lemma in SAYING
            or _raises(sentence, statement)
            or _opens(sentence, statement)
        )
    )
    return next(filter(None, found), None)


_MONEY = re.compile(r"[$€£¥₹]\d|\b(?:million|billion|round|[Ss]eries [A-K]|seed|money|capital|investors)\b")
_RAISING = frozenset(("raise", "seek", "gather", "collect", "secure", "borrow", "court", "pitch", "attract", "go"))


def _raises(sentence: Sentence, statement: Statement) -> bool:
    """Whether what somebody does is to raise money, for the company it is: "Roe went out to raise $10 million"."""
    return (
        statement.verb.lemma in _RAISING
        and not statement.verb.passive
        and _MONEY.search(sentence.text, statement.verb.end, statement.verb.end + 70) is not None
    )


def _opens(sentence: Sentence, statement: Statement) -> bool:
    """Whether a person alone does what a sentence tells first: "Oduya went out to raise $10 million"."""
    subject = statement.subject
    return (
        subject is not None
        and not (subject.names or sentence.mentions)
        and statement is next(iter(sentence.parsed.whole), None)
        and _PERSON.fullmatch(sentence.text, subject.start, subject.end) is not None
        and statement.verb.lemma not in _MOVES
    )


_PERSON = re.compile(r"(?:[A-Z][\w.’'-]+ ){0,2}[A-Z][\w’'-]+(?<!['’]s)(?: (?:and|,) .{0,60}|, .{0,80})?")
_MOVES = frozenset(("join", "become", "leave", "move", "quit", "resign", "depart", "defect", "invest", "sue"))


def _company_of(sentence: Sentence, subject: Subject | None, told: People) -> CompanyName | None:
    """By the last name alone only of somebody not named in full: "Paras Jain" is no "Jain" told of before."""
    if subject is None:
        return None
    for match in _NAME.finditer(sentence.text, subject.start, subject.end):
        found = told.get(match[0].lower()) or (told.get(match["last"].lower()) if match["first"] is None else None)
        if found is not None:
            return found
    return None


_NAME = re.compile(r"(?P<first>[A-Z][\w’'-]+ (?:[A-Z][\w.’'-]* )?)?(?P<last>[A-Z][\w’'-]*\w)(?<!['’]s)")
