"""Who goes and who comes in an English statement: the people it moves, one by one, each with a direction."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pipeline.english.deeds import Deed
from pipeline.english.document import Document, Sentence
from pipeline.english.insiders import founders_of
from pipeline.english.patterns import any_of
from pipeline.english.people import ROLE, names_taken, people_in, people_of
from pipeline.english.statements import Statement
from pipeline.values.found import Person

_TABLE = "english_leadership"
_WITH = any_of(_TABLE, "with")
_SOME_OF = any_of(_TABLE, "some_of")
_IN_FAVOUR = any_of(_TABLE, "in_favour")
_GROUP = any_of(_TABLE, "group")
_OPENS_LIST = any_of(_TABLE, "opens_list")
_LISTED = any_of(_TABLE, "listed")

Direction = Literal["departure", "appointment"]
_HE = re.compile(r"^(?:[Hh]e|[Ss]he|who)\Z")
_DIRECTIONS: dict[str, Direction] = {
    "departs": "departure",
    "removed": "departure",
    "arrives": "appointment",
    "appointed": "appointment",
}
MOVES_ITS_OBJECT = frozenset(("removed", "appointed"))
"""Deeds whose object goes or comes, unless they are told in the passive."""
_SUCCEEDING = frozenset(("succeed", "replace"))
_OVER_FROM = re.compile(r" (?:over|the (?:reins|helm|job|post)) from\b")
_FAR = 70


class Mover(NamedTuple):
    """Somebody who goes or comes; `second`: he is told of beside the main mover, whose post is his too."""

    person: Person
    direction: Direction
    second: bool = False
    listed: bool = False
    """One of "three executives: A, B and C"."""


def movers(sentence: Sentence, document: Document, deed: Deed, stop: int) -> list[Mover]:
    """The people a statement moves, the main one first; `stop`: where what is told of them ends."""
    statement = deed.statement
    verb = statement.verb
    if deed.kind == "hands":  # "hands the job to Jane Doe"
        return [
            *(Mover(each, "departure") for each in acting(sentence, document, statement)),
            *(Mover(each, "appointment", True) for each in _behind(sentence, document, deed.end, stop)[:1]),
        ]
    if verb.lemma in _SUCCEEDING or (verb.lemma == "take" and _OVER_FROM.match(sentence.text, verb.end)):
        return _in_place_of(sentence, document, deed, stop)
    direction = _DIRECTIONS[deed.kind]
    if deed.kind in MOVES_ITS_OBJECT and not statement.is_suffered:
        return [Mover(each, direction) for each in _objects(sentence, document, deed, stop)]
    listed = _listed(sentence, statement)
    if listed:
        return [Mover(each, direction, listed=True) for each in listed]
    people = acting(sentence, document, statement)
    if deed.kind == "departs" and people:
        for_ = _IN_FAVOUR.search(sentence.text, verb.end, min(stop, verb.end + 3 * _FAR))
        coming = _behind(sentence, document, for_.end(), for_.end() + _FAR)[:1] if for_ is not None else []
        return [*(Mover(each, direction) for each in people), *(Mover(each, "appointment", True) for each in coming)]
    if not people and verb.first == 0 and verb.form == "ing":  # "Joining the board is Jane Doe"
        people = _inverted(sentence, document, verb.end)
    return [Mover(each, direction) for each in people]


def _in_place_of(sentence: Sentence, document: Document, deed: Deed, stop: int) -> list[Mover]:
    """As in "B succeeds A" and "A was replaced by B"."""
    statement = deed.statement
    verb = statement.verb
    here = acting(sentence, document, statement)
    if verb.passive or statement.reduced:
        by = re.match(r"[^.;]{0,40}?\bby ", sentence.text[verb.end :])
        coming = _behind(sentence, document, verb.end + by.end(), stop)[:1] if by else []
        gone = [Mover(each, "departure") for each in here]
        return [*gone, *(Mover(each, "appointment", bool(gone)) for each in coming)]
    gone_ones = [
        each
        for each in _behind(sentence, document, verb.end, min(stop, verb.end + _FAR))[:1]
        if _is_object(sentence.text[verb.end : each.start].rstrip(" ,")) or _OVER_FROM.match(sentence.text, verb.end)
    ]
    if not here and gone_ones and verb.lemma == "replace":  # "has replaced its chief, Jane Doe, with John Roe"
        with_ = _WITH.match(sentence.text, gone_ones[0].end)
        coming = _behind(sentence, document, with_.end(), with_.end() + _FAR)[:1] if with_ is not None else []
        return [Mover(gone_ones[0], "departure"), *(Mover(each, "appointment", True) for each in coming)]
    come = [Mover(each, "appointment") for each in here]
    return [*come, *(Mover(each, "departure", bool(come)) for each in gone_ones)]


def acting(sentence: Sentence, document: Document, statement: Statement) -> list[Person]:
    """The people who are the subject: named in it, or the one "he" stands for."""
    subject = statement.subject
    if subject is None:
        return []
    written = sentence.text[subject.start : subject.end]
    found = people_in(sentence.text, subject.start, subject.end, names_taken(sentence))
    if found:
        head = written.split(",")[0]
        if _SOME_OF.match(head) and len(found) > 1 and _GROUP.search(head):
            return found  # "Two of the six founders, Jane Doe and John Roe,"
        led = re.search(r"\b(?:with|alongside|led by|under|like|of|from)\b", head)
        return [
            person
            for person in found
            if _is_apposed(sentence.text[subject.start : person.start])
            or (
                _is_head(sentence.text, subject.start, person)
                and not (led and person.start > subject.start + led.start())
            )
        ]
    if statement.relative and subject.start >= _OF_FIRM:  # "said Jane Doe of Northzone, who joins the board"
        here = people_in(sentence.text, 0, subject.start, names_taken(sentence))
        if here and _OF.fullmatch(sentence.text, here[-1].end, subject.start):
            return here[-1:]
    if written == "I":
        return _who_speaks(sentence)
    if _HE.match(written):
        return meant_by_pronoun(sentence, document, subject.start)
    last = subject.head.removesuffix("'s")
    known = _founder(document, last)
    if known is not None and sentence.text[subject.start].isupper():
        return [Person(subject.start, subject.end, known)]
    return [
        Person(subject.start, subject.end, person.name)
        for person in people_of(document)
        if person.name.split()[-1].lower() == last
    ][:1]


def meant_by_pronoun(sentence: Sentence, document: Document, position: int) -> list[Person]:
    """Who "he", "she" or "who" at a place of a sentence is, at most one."""
    return _same_sentence(sentence, position) or _last_named(sentence, document, position)


_OF = re.compile(r" (?:of|from|at) (?:the )?")
_OF_FIRM = 8
"""Characters: no name and "of" are shorter."""


def _is_apposed(before: str) -> bool:
    """As in "The technology chief of Pika, " before a name: the post first, then who holds it."""
    return (
        before.endswith(", ")
        and before.count(",") == 1
        and ROLE.match(re.sub(r"^(?:[Tt]he|[Ii]ts|[Aa]n?) ", "", before)) is not None
    )


def _objects(sentence: Sentence, document: Document, deed: Deed, stop: int) -> list[Person]:
    """Who is hired or ousted: the name behind the verb and those listed with it, each perhaps with "as ..."."""
    text = sentence.text
    found = people_in(text, deed.end, min(stop, deed.end + 3 * _FAR), names_taken(sentence))
    listed: list[Person] = []
    for person in found:
        gap = text[(listed[-1].end if listed else deed.end) : person.start]
        if not listed:
            fits = _is_object(gap.rstrip(" ,:")) or (_GROUP.search(gap) and ":" in gap and len(gap) <= _FAR)
        else:
            fits = _LISTED.fullmatch(gap) is not None
        if not fits:
            break
        listed.append(person)
    return listed or [
        person
        for person in _behind(sentence, document, deed.end, min(stop, deed.end + _FAR))[:1]
        if _is_object(text[deed.end : person.start].rstrip(" ,:"))
    ]


def _is_object(gap: str) -> bool:
    """Whether only a role stands between a verb and a name: "appointed former Google executive Jane Doe"."""
    return len(gap) <= 60 and not re.search(r"[;:.]|,(?! (?:the|a|its))|\b(?:with|from|by|for|after|and)\b", gap)


def _behind(sentence: Sentence, document: Document, start: int, stop: int) -> list[Person]:
    """The people named between two places, in full or by the last name of somebody the text has named in full."""
    full = people_in(sentence.text, start, stop, names_taken(sentence))
    lasts = {person.name.split()[-1]: person.name for person in people_of(document)}
    short = [
        Person(match.start(), match.end(), lasts[match[0]])
        for match in _CAPITALISED.finditer(sentence.text, start, stop)
        if match[0] in lasts and not any(each.start <= match.start() < each.end for each in full)
    ]
    return sorted([*full, *short])


_CAPITALISED = re.compile(r"\b[A-Z][\w’-]*\w\b")


def _listed(sentence: Sentence, statement: Statement) -> list[Person]:
    """As in "Three researchers left in March: A, B and C": the names behind the colon."""
    subject = statement.subject
    if subject is None or subject.names or _GROUP.search(sentence.text[subject.start : subject.end]) is None:
        return []
    opens = _OPENS_LIST.search(sentence.text, statement.verb.end, min(len(sentence.text), statement.verb.end + 120))
    if opens is None:
        return []
    return people_in(sentence.text, opens.end(), len(sentence.text), names_taken(sentence))


def _inverted(sentence: Sentence, document: Document, start: int) -> list[Person]:
    is_ = re.search(r"\b(?:is|are|was|were|will be) ", sentence.text[start:])
    if is_ is None:
        return []
    begin = start + is_.end()
    return [
        each
        for each in _behind(sentence, document, begin, begin + _FAR)
        if _is_object(sentence.text[begin : each.start])
    ][:1]


def _same_sentence(sentence: Sentence, position: int) -> list[Person]:
    """Who "she" is where the sentence says so: "Jane Doe said that she was leaving"."""
    for statement in reversed(sentence.parsed.statements):
        subject = statement.subject
        if subject is not None and subject.end <= position:
            found = people_in(sentence.text, subject.start, subject.end, names_taken(sentence))
            if found:
                return found[:1]
    return []


def _who_speaks(sentence: Sentence) -> list[Person]:
    """Who "I" is: "I have decided to step down, Jane Doe wrote"."""
    for statement in sentence.parsed.statements:
        subject = statement.subject
        if subject is not None and statement.verb.lemma in _SPEAKING:
            found = people_in(sentence.text, subject.start, subject.end, names_taken(sentence))
            if found:
                return found[:1]
    return []


_SPEAKING = frozenset(("say", "write", "tell", "post", "announce", "add"))


def _is_head(text: str, start: int, person: Person) -> bool:
    """The first person, those coordinated with him, or the name after his role."""
    before = text[start : person.start]
    return not re.search(r"\b(?:who|which|whose|of|at|by|with|from|behind|under|for|replac\w+|succeed\w+)\b", before)


def _last_named(sentence: Sentence, document: Document, position: int) -> list[Person]:
    place = sentence.place + position if sentence.where == "text" else -1
    people = people_of(document)
    for earlier in reversed(
        [each for each in document.sentences if each.where == "text" and each.place < place - position][-3:]
    ):
        statement = next(iter(earlier.parsed.statements), None)
        subject = statement.subject if statement is not None else None
        inside = [
            each for each in people if subject is not None and subject.start <= each.start - earlier.place < subject.end
        ]
        if inside:
            return [Person(position, position, inside[0].name)]
    before = [person for person in people if person.start < place]
    return [Person(position, position, before[-1].name)] if before else []


def _founder(document: Document, last: str) -> str | None:
    """The full name of a founder of a company the text names, by his last name."""
    return next((each for each in founders_of(document) if each.split()[-1].lower() == last), None)


def is_founder(document: Document, person: Person) -> bool:
    """Whether somebody shares the last name of a founder of a company the text names."""
    return _founder(document, person.name.split()[-1].lower()) is not None
