"""Whose post somebody leaves or takes in an English statement: the company left, the one joined, the one gone to."""

from __future__ import annotations

import re

from pipeline.english.deeds import Deed
from pipeline.english.document import Document, Sentence
from pipeline.english.insiders import acts_for_company
from pipeline.english.movers import Mover
from pipeline.english.parties import (
    company_of,
    named_companies,
    references,
    referred,
    says_somebody_else,
    subject_company,
    weight,
)
from pipeline.english.patterns import any_of, lines
from pipeline.english.people import role_in
from pipeline.english.posts import FORMER, REACH, plain_post
from pipeline.english.statements import Statement
from pipeline.names.company_name import CompanyName
from pipeline.values.found import Person

_TABLE = "english_leadership"
_BOUND_FOR = any_of(_TABLE, "bound_for")
_STAYS = any_of(_TABLE, "stays")
_STRANGER_SAYS = any_of(_TABLE, "stranger_says")
_HIS_FIRM = any_of(_TABLE, "his_firm")
_ONE_OF = any_of(_TABLE, "one_of")
NAMES_SOMEBODY = any_of(_TABLE, "names_somebody")
_WHO_WAS = any_of(_TABLE, "who_was")
_GOES_ELSEWHERE = any_of(_TABLE, "goes_elsewhere")
_COMES_FROM = any_of(_TABLE, "comes_from")
_LABS = frozenset(lines(_TABLE, "labs"))
_CAME_FROM = re.compile(r"\b(?:from|ex-|formerly (?:of|at|with)) ?(?:the |rival )?\Z")
_OWN_POST = re.compile(
    r", (?P<company>[A-Z][\w. -]{1,30}?)['’]s? (?!new\b|former\b)(?P<post>[\w' -]{3,40})(?=[,.;]|$| as | to )"
)
_HE_WAS = re.compile(r"[A-Z][\w’-]+, (?:an?|the|who|one of|formerly|previously|until|most recently)\b[^,]*\Z")
"""Opens what is told of somebody hired: "recruited Jane Doe, a senior figure at Runway, to"."""
_BEFORE_NAME = re.compile(r"['’]s? (?P<post>(?!new\b|former\b)[\w' -]{3,40}?),? \Z")
_THE_BOARD = re.compile(r" (?:(?:from|off) )?(?:the|its) board\b")
_HELD = re.compile(
    r", (?!as )(?:who (?:was|is|had been|has been) )?(?:the |its |a |an )?(?P<post>[\w' -]{3,50}?) (?:of|at) "
)


def company_of_post(
    sentence: Sentence, document: Document, statement: Statement, direction: str, stop: int, active: bool
) -> CompanyName | None:
    """The company left or joined: named behind the verb, else the one the person is of, else the topic.

    What is told of the person ends at `stop`; `active`: the subject hires or fires.
    """
    named = _named_behind(sentence, document, statement, direction, stop, active)
    if named is not None:
        return named
    joins = direction == "appointment" and statement.verb.lemma == "join"
    if joins and NAMES_SOMEBODY.match(sentence.text, statement.verb.end):
        return None  # whom he joins we do not know
    subject, place = statement.subject, statement.verb.start
    if active:
        company = subject_company(subject, sentence, document)
        body = acts_for_company(subject, sentence, document)
        return company or (referred(sentence, place, document, described=True) if body else None)
    told = _told_of_subject(sentence, document, statement)
    if told is None and statement.relative and direction == "appointment":
        told = _acting_before(sentence, document, statement)
    if told is not None:
        return told
    if _STRANGER_SAYS.match(sentence.text) and says_somebody_else(sentence, place, document):
        return None  # "Cinder Street, a startup, said that he is its new chief", where we know no Cinder Street
    meant = referred(sentence, subject.start if subject is not None else place, document, described=True)
    return of_the_field(meant, sentence, document)


def _named_behind(
    sentence: Sentence, document: Document, statement: Statement, direction: str, stop: int, active: bool
) -> CompanyName | None:
    """The company named or meant right behind the verb, that is neither where somebody comes from nor goes to."""
    text, begin = sentence.text, statement.verb.end
    for each in references(sentence, document):
        if direction == "appointment" and _ONE_OF.match(text, each.end):
            continue  # "an Adobe veteran"
        if not begin <= each.start < min(stop, begin + REACH):
            continue
        gap = text[begin : each.start]
        if (active and (_HIS_FIRM.search(gap) or _HE_WAS.search(gap))) or FORMER.search(gap):
            continue  # "hired Jane Doe of Getty Images", "succeeded by a former Adobe executive"
        if (_GOES_ELSEWHERE if direction == "departure" else _COMES_FROM).search(gap):
            continue
        if active and not each.named and statement.subject is not None and statement.subject.names:
            continue  # "DeepMind hired Jane Doe to run its lab": its own
        if each.named or not re.search(r"[A-Za-z]+ing\b", gap):
            return each.company
    return None


def _told_of_subject(sentence: Sentence, document: Document, statement: Statement) -> CompanyName | None:
    """The company that the words about a person tell of: "Pika's chief executive", not where he was before."""
    subject = statement.subject
    for each in references(sentence, document) if subject is not None else ():
        if subject is None or not subject.start <= each.start < subject.end:
            continue
        before = sentence.text[subject.start : each.start]
        if before.endswith((" of ", " at ")) and _THE_BOARD.match(sentence.text, statement.verb.end):
            continue  # "A vice-president of Adobe has left the board"
        if not (FORMER.search(before) or _WHO_WAS.search(before) or _CAME_FROM.search(before)):
            return each.company
    return None


def _acting_before(sentence: Sentence, document: Document, statement: Statement) -> CompanyName | None:
    """As in "Asteria promoted Jane Roe, replacing John Doe, who becomes chairman"."""
    told = [each for each in sentence.parsed.statements if each.verb.end <= statement.verb.start]
    acting = [named for each in told if not each.relative for named in named_companies(each.subject, document)]
    return acting[-1] if acting else None


def of_the_field(company: CompanyName | None, sentence: Sentence, document: Document) -> CompanyName | None:
    """A company meant and not named, but a big one beside the field only where no other was told of before.

    An article on a big company that buys one of the field's tells of the latter's people and beginnings.
    """
    if company is None or weight(company) > 1 or any(each.key == company.key for each in sentence.mentions):
        return company
    for earlier in reversed(document.sentences[: sentence.number]):
        for each in reversed(earlier.mentions):
            told = company_of(each, document)
            if told is not None and each.known and weight(told) > 1:
                return told
    return company


def company_gone_to(
    sentence: Sentence, document: Document, deed: Deed, person: Person, stop: int
) -> CompanyName | None:
    """The company of the field that somebody leaves for: "left Pika for Runway", "lost Jane Doe to Runway"."""
    begin = max(deed.statement.verb.end, person.end if person.start > deed.statement.verb.start else 0)
    for each in references(sentence, document):
        if (
            begin < each.start < max(stop, begin + REACH)
            and each.named
            and (weight(each.company) > 1 or each.company.name in _LABS)
        ):
            gap = sentence.text[begin : each.start]
            if _BOUND_FOR.fullmatch(gap) and not _STAYS.search(gap):
                return each.company
    return None


def company_left(sentence: Sentence, document: Document, mover: Mover) -> tuple[CompanyName, str] | None:
    """The company whose post stands right behind the name of somebody who comes elsewhere, and that post."""
    if mover.direction != "appointment":
        return None
    text, end = sentence.text, mover.person.end
    for each in references(sentence, document):
        if each.named and each.end < mover.person.start:  # "Haiper's founders Jane Doe and John Roe have joined"
            before = _BEFORE_NAME.match(text, each.end, mover.person.start)
            ahead = role_in(before["post"]) if before is not None else None
            if ahead is not None and FORMER.search(text[: each.start]) is None:
                return each.company, plain_post(ahead) or ahead
    own = _OWN_POST.match(text, end)
    held = _HELD.match(text, end) if own is None else None
    found = own or held
    role = role_in(found["post"]) if found is not None else None
    if found is None or role is None or FORMER.search(found[0]):
        return None
    begin, stop = (own.start("company"),) * 2 if own is not None else (found.end(), found.end() + 40)
    for each in references(sentence, document):
        if begin <= each.start <= stop and each.named:
            return each.company, role
    return None
