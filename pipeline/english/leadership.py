"""Who leaves and who arrives, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from db.model import Claim, FieldValue
from pipeline.english.claim_builder import make
from pipeline.english.dated_statements import since_when
from pipeline.english.deeds import Deed, deeds
from pipeline.english.document import Document, Sentence
from pipeline.english.insiders import founders_told
from pipeline.english.leadership_nouns import told_as_nouns
from pipeline.english.movers import MOVES_ITS_OBJECT, is_founder, movers
from pipeline.english.moves_told import told_in_phrases
from pipeline.english.parties import references, weight
from pipeline.english.patterns import any_of
from pipeline.english.posts import post_of
from pipeline.english.statements import Statement
from pipeline.english.telling import is_decided, unrealised
from pipeline.english.told_dates import date_of
from pipeline.english.whose_post import NAMES_SOMEBODY, company_gone_to, company_left, company_of_post
from pipeline.names.company_name import CompanyName
from pipeline.values.found import Person

_TABLE = "english_leadership"
_LEFT_TO_START_IT = any_of(_TABLE, "left_to_start_it")
_LED = any_of(_TABLE, "led")
_THE_COMPANY = any_of(_TABLE, "the_company")
_FROM = any_of(_TABLE, "from")
_TO_LEAD = any_of(_TABLE, "to_lead")
_SCHOOL = any_of(_TABLE, "school")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """Departures and appointments, one claim a person; only people with a role in the company count."""
    yield from _once(_every(sentence, document))


def _every(sentence: Sentence, document: Document) -> Iterator[Claim]:
    shared: str | None = None
    for deed in deeds(sentence, "leadership"):
        for claim in _told(sentence, document, deed, shared):
            shared = str(claim.fields.get("role") or "") or shared
            yield claim
    yield from told_as_nouns(sentence, document)
    yield from told_in_phrases(sentence, document)


def _once(claims: Iterator[Claim]) -> Iterator[Claim]:
    """A person goes once a sentence: "resigned as chief executive and gave up his board seat".

    On the day told last: "takes over from Daniel Kim, who left in March".
    """
    told: dict[tuple[object, object], Claim] = {}
    for claim in claims:
        key = (claim.fields.get("person"), claim.fields.get("direction"))
        before = told.setdefault(key, claim)
        fuller = before.fields.get("role") is None and claim.fields.get("role") is not None
        if fuller and key[1] == "departure" and before.company_key == claim.company_key:
            told[key] = before = claim
        if before is not claim and claim.event_date is not None and claim.event_date.precision != "day":
            told[key] = replace(before, event_date=claim.event_date)
    yield from told.values()


def _told(sentence: Sentence, document: Document, deed: Deed, shared: str | None) -> Iterator[Claim]:
    """The claims of one statement; `shared` is the post the sentence has told of before."""
    statement = deed.statement
    if _is_state(sentence, deed) or (re.search(r"\bnot\b", statement.verb.group) and statement.verb.lemma == "replace"):
        return
    if deed.kind == "departs" and (
        _LEFT_TO_START_IT.match(sentence.text, statement.verb.end) or _leaves_another(sentence, document, statement)
    ):
        return
    active_object = deed.kind in MOVES_ITS_OBJECT and not statement.is_suffered
    stop = _stop(sentence, statement, active_object) if statement.subject is not None else len(sentence.text)
    found = movers(sentence, document, deed, stop)
    active_object = active_object and not (
        statement.verb.lemma == "replace" and found and found[0].direction == "appointment"
    )
    for number, mover in enumerate(found):
        person = mover.person
        until = (
            found[number + 1].person.start if active_object and number + 1 < len(found) else _next(sentence, deed, stop)
        )
        left = company_left(sentence, document, mover)
        goes = left is not None and statement.verb.lemma in ("join", "move")
        if left is not None and goes:  # "Pika's technology chief, Jane Doe, has joined Adobe"
            where, held = left
            span = (person.start, max(stop, person.end))
            yield _claim(sentence, document, where, span, deed, person.name, held, "departure")
        post = post_of(sentence, document, deed, mover, until, shared)
        if left is not None and goes and post == left[1]:
            post = None
        if post is None and statement.relative and mover.direction == "appointment":
            continue
        if post is None and _may_be_a_company(sentence, statement, person):
            continue
        shared = post or shared
        hired_away = left is not None and active_object
        company = left[0] if left is not None and hired_away else None
        company = company or company_of_post(sentence, document, statement, mover.direction, stop, active_object)
        direction = "departure" if hired_away else mover.direction
        if company is not None and company.name == person.name:
            company = sentence.topic if sentence.topic != company else None  # a name that is no company's
        if (
            post is None
            and not mover.listed
            and not _is_of_interest(sentence, deed, person, document)
            and not _names_company(sentence, document, deed, company)
        ):
            continue
        if company is not None and not (
            direction == "departure" and _was_there_before(sentence, document, deed, company)
        ):
            begin = min(person.start, statement.verb.start) if person.end <= stop else statement.verb.start
            span = (begin, max(stop, begin + 1))
            yield _claim(sentence, document, company, span, deed, person.name, post, direction)
            goes_to = company_gone_to(sentence, document, deed, person, stop) if direction == "departure" else None
            if goes_to is not None and goes_to.key != company.key:
                yield _claim(sentence, document, goes_to, span, deed, person.name, None, "appointment")


def _may_be_a_company(sentence: Sentence, statement: Statement, person: Person) -> bool:
    """Whether a name of two words, told without a post and not as "she", may be a company's."""
    subject = statement.subject
    if subject is not None and subject.head in ("he", "she"):
        return False
    return any(each.kind == "company" and each.name == person.name for each in sentence.mentions)


def _leaves_another(sentence: Sentence, document: Document, statement: Statement) -> bool:
    """Whether somebody leaves what we have no name for: "left Stanford", "walked out of graduate school"."""
    end = statement.verb.end
    if statement.verb.passive or statement.verb.lemma not in ("leave", "quit", "exit", "depart", "walk"):
        return False
    if _SCHOOL.match(sentence.text, end):
        return True
    somewhere = NAMES_SOMEBODY.match(sentence.text, end)
    if somewhere is None:
        return False
    return not any(
        end <= each.start <= somewhere.end() + 40
        and re.search(r"\b(?:for|to)\b", sentence.text[somewhere.end() - 1 : each.start]) is None
        for each in references(sentence, document)
    )


_NEW_IN_POST = re.compile(r"\b(?:new|next|incoming|newly appointed)\b")


def _is_state(sentence: Sentence, deed: Deed) -> bool:
    """Whether "is the chairman" tells what somebody is, not what he becomes: "is to be its chairman"."""
    verb, subject = deed.statement.verb, deed.statement.subject
    if verb.lemma == "start" and not sentence.text[: deed.end].endswith(" as"):
        return subject is None or not _NEW_IN_POST.search(sentence.text[subject.start : subject.end])
    change = r"\b(?:new|first|next|incoming|interim|acting)\b"
    return (
        verb.lemma == "be"
        and deed.kind == "arrives"
        and not re.search(r"\b(?:to|will)\b", verb.group)
        and not re.search(change, sentence.text[verb.end : deed.end])
    )


def _stop(sentence: Sentence, statement: Statement, active_object: bool) -> int:
    """Where what is told of a person ends: the next verb with a subject of its own, or the next deed of who hires."""
    for other in sentence.parsed.statements:
        if other.verb.start <= statement.verb.start or other.subject is None:
            continue
        if other.subject is not statement.subject and other.subject.start > statement.verb.end:
            return other.verb.start if other.relative else other.subject.start
        if active_object and other.subject is statement.subject and other.parent is None and not other.reduced:
            return other.verb.start
    return len(sentence.text)


def _next(sentence: Sentence, deed: Deed, stop: int) -> int:
    """Where the same person's next move begins: "will become chair and give up the post of chief executive"."""
    subject, end = deed.statement.subject, deed.statement.verb.end
    later = [
        each.start
        for each in deeds(sentence, "leadership")
        if subject is not None and each.statement.subject is subject and not _leans_on(sentence, each, deed)
    ]
    return min([stop, *(start for start in later if start > end)])


def _leans_on(sentence: Sentence, deed: Deed, other: Deed) -> bool:
    """Whether a deed is only what another is for: "lured her away to be its technology chief"."""
    parent = deed.statement.parent
    return parent is not None and sentence.parsed.statements[parent] is other.statement


def _was_there_before(sentence: Sentence, document: Document, deed: Deed, company: CompanyName) -> bool:
    """Whether somebody leaves a big company for the one he is told to be of: "fal's founders quit Amazon in 2021"."""
    subject = deed.statement.subject
    if subject is None or weight(company) > 1 or deed.kind != "departs":
        return False
    owners = [each.company for each in references(sentence, document) if subject.start <= each.start < subject.end]
    known = founders_told(document).get(sentence.text[subject.start : subject.end].lower())
    return any(each.key != company.key for each in (*owners, *filter(None, [known])))


_WON = frozenset(("hire", "poach", "lure", "recruit"))
_REINS = re.compile(r" (?:over )?the (?:helm|reins|top job)\b")


def _is_of_interest(sentence: Sentence, deed: Deed, person: Person, document: Document) -> bool:
    """Without a role: a founder we know who leaves, or somebody the sentence says led work."""
    subject = deed.statement.subject
    if deed.statement.verb.lemma == "take" and _REINS.match(sentence.text, deed.statement.verb.end):
        return True
    if deed.kind == "departs" and subject is not None and _LED.search(sentence.text[subject.start : subject.end]):
        return True
    if deed.statement.verb.lemma in _WON and _FROM.match(sentence.text, person.end):
        return True
    if deed.kind == "appointed" and _TO_LEAD.match(sentence.text, person.end):
        return True
    return deed.kind in ("departs", "removed") and is_founder(document, person)


def _names_company(sentence: Sentence, document: Document, deed: Deed, company: CompanyName | None) -> bool:
    """Without a role: somebody who leaves or joins a company the sentence names right behind the verb."""
    if company is None or deed.statement.relative or deed.kind not in ("departs", "arrives"):
        return False
    if deed.kind == "departs" and weight(company) == 1 and company != sentence.topic:
        return False  # "She left Adobe in 2019 to study film"
    if deed.kind == "departs" and _THE_COMPANY.match(sentence.text, deed.statement.verb.end):
        return True
    for each in references(sentence, document):
        if each.named and each.company.key == company.key and deed.statement.verb.end <= each.start:
            return bool(
                re.fullmatch(
                    r" (?:from |the |rival |(?:the )?(?:helm|reins|top job) (?:at|of) )*",
                    sentence.text[deed.statement.verb.end : each.start],
                )
            )
    return False


def _claim(
    sentence: Sentence,
    document: Document,
    company: CompanyName,
    span: tuple[int, int],
    deed: Deed,
    name: str,
    role: str | None,
    direction: str,
) -> Claim:
    verb = deed.statement.verb
    fields: dict[str, FieldValue] = {"person": name, "role": role, "direction": direction}
    status = unrealised(sentence, verb.start, verb.end, deed.statement)
    if status == "rumored" and is_decided(sentence, verb):
        status = None
    if verb.lemma == "make" and "offer" in sentence.text[verb.end : deed.end]:
        status = status or "rumored"  # nobody has taken it yet
    since = since_when(sentence, verb.end)  # "has held the post since 2023"
    on = since.date if since is not None else date_of(document, sentence, verb.main, told=deed.statement)
    return make(document, sentence, "leadership_change", company, span, status=status, on=on, fields=fields)
