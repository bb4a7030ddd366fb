"""Who leaves and who arrives, told as a noun or an apposition: "the departure of", "its new chief executive is"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from pipeline.english.claim_builder import make
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import references, referred
from pipeline.english.patterns import gated
from pipeline.english.people import names_taken, people_in, role_in
from pipeline.english.posts import FORMER
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.matching.gated_pattern import GatedPattern

_TABLE = "english_leadership"
_NOUN = gated(_TABLE, "noun")
_LAST_DAY = gated(_TABLE, "last_day")

_ARRIVING = frozenset(
    ("appointment", "hiring", "promotion", "arrival", "return", "recruitment", "election", "nomination")
)
_PERSON = r"(?P<person>[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*){1,2})"
_NEW_IS = GatedPattern(
    r"\b(?:[Ii]ts|[Tt]heir|[Tt]he(?: company['’]s)?|[A-Z]\w+['’]s) (?:new|next|incoming|interim|acting) "
    rf"(?P<post>[a-z][\w -]{{2,40}}?),?(?: (?:is|will be|is to be|was))? {_PERSON}"
    r"|\b(?:[Ii]ts|[Tt]heir|[Tt]he company['’]s|[A-Z]\w+['’]s) first (?P<post_first>[a-z][\w -]{2,40}?)"
    rf" (?:will be|is to be|is) {_PERSON.replace('person', 'first')}"
    r"|\b(?:[Tt]he )?(?:post|job|role|position) of (?P<post_given>[a-z][\w -]{2,40}?) (?:goes|has gone|went|will go"
    rf"|passes|falls|fell|passed) to {_PERSON.replace('person', 'given')}"
    rf"|{_PERSON.replace('person', 'second')}, (?:its|their|the(?: company['’]s)?) (?:new|incoming|newly appointed) "
    r"(?P<post_second>[a-z][\w -]{2,40}?)(?=[,.;]|$)"
)
"""Who holds a post as its new holder: "its new chief executive is Jane Doe", "Jane Doe, its incoming head of sales"."""
_OUT_AS = GatedPattern(rf"{_PERSON}(?:, [^,.;]{{2,60}},)? (?:is |was )?out as (?:the |its )?(?P<post>[^,.;]{{2,50}})")
_POSTS = ("post", "post_second", "post_first", "post_given")
_HIS_EXIT = GatedPattern(
    rf"{_PERSON}['’]s? (?P<noun>departure|resignation|exit|ouster|removal|dismissal|firing|retirement|sacking|last day"
    r"|appointment|hiring|promotion|arrival|recruitment|election|nomination)\b"
    r"(?: (?:as|to|from) (?:(?:its|the|an?) )?(?:(?:post|job|role|position) (?:of|as) )?(?P<post>[a-z][\w -]{2,40}?)"
    r"(?=[,.;]|$| (?:at|of(?= [A-Z])|was|is|in|on|follows|comes|came|followed|last|this)\b))?"
)


def told_as_nouns(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """The claims of a sentence's nouns: "the exit of its chief, Jane Doe", "Jane Doe, its new chief"."""
    match = _NOUN.search(sentence.text)
    if match is not None:
        yield from _noun(sentence, document, match)
    for since in _SINCE.finditer(sentence.text):
        yield from _since(sentence, document, since)
    last_day = _LAST_DAY.search(sentence.text)
    if last_day is not None:
        yield from _last_day(sentence, document, last_day)
    for told in (
        *_NEW_IS.finditer(sentence.text),
        *_HIS_EXIT.finditer(sentence.text),
        *_OUT_AS.finditer(sentence.text),
    ):
        yield from _around_name(sentence, document, told)


def _around_name(sentence: Sentence, document: Document, told: re.Match[str]) -> Iterator[Claim]:
    """Somebody told as new in a post, or his going or coming as a noun: "Jane Doe's departure as chief executive"."""
    parts = told.groupdict()
    name = next(each for each in ("person", "second", "first", "given") if parts.get(each))
    role = role_in(next((parts[each] for each in _POSTS if parts.get(each)), ""))
    people = people_in(sentence.text, told.start(name), told.end(name), names_taken(sentence))
    if not people or role is None or FORMER.search(sentence.text[: told.start()]):
        return
    near = [each for each in references(sentence, document) if told.start() <= each.start < told.end()]
    company = near[0].company if near else referred(sentence, told.start(), document, described=True)
    if company is None:
        return
    coming = told.re is not _OUT_AS.pattern and ("noun" not in parts or parts["noun"] in _ARRIVING)
    fields: dict[str, FieldValue] = {
        "person": people[0].name,
        "role": role,
        "direction": "appointment" if coming else "departure",
    }
    status = None if parts.get("first") else unrealised(sentence, told.start(), told.start())
    on = date_of(document, sentence, told.start())
    yield make(document, sentence, "leadership_change", company, told.span(), status=status, on=on, fields=fields)


_SINCE = GatedPattern(
    rf"{_PERSON}, (?:its |the (?:company|startup|firm)['’]s |[A-Z][\w.]*(?: [A-Z][\w.]*)?['’]s |the )?"
    r"(?P<post>[a-z][\w -]{2,40}?|CEO|CTO|CFO|COO) since (?=[A-Z]|the|\d|last|early|late|mid)"
)
"""Who has a post since a day took it then: "Jane Doe, chief executive since June 2024,"."""


def _since(sentence: Sentence, document: Document, told: re.Match[str]) -> Iterator[Claim]:
    role = role_in(told["post"])
    people = people_in(sentence.text, told.start("person"), told.end("person"), names_taken(sentence))
    on = next((each for each in sentence.dates if 0 <= each.start - told.end() <= 4), None)
    near = [each for each in references(sentence, document) if told.start() <= each.start < told.end()]
    company = near[0].company if near else referred(sentence, told.start(), document, described=True)
    if role is None or not people or on is None or on.date is None or company is None:
        return
    fields: dict[str, FieldValue] = {"person": people[0].name, "role": role, "direction": "appointment"}
    span = (told.start(), on.end)
    yield make(document, sentence, "leadership_change", company, span, status=None, on=on.date, fields=fields)


def _last_day(sentence: Sentence, document: Document, match: re.Match[str]) -> Iterator[Claim]:
    """Those who tell that they go: "Jane Doe, its design chief, told staff that Friday would be her last day"."""
    people = people_in(sentence.text, 0, match.start(), names_taken(sentence))
    company = referred(sentence, match.start(), document, described=True)
    near = [each.company for each in references(sentence, document) if each.end <= match.start()]
    company = near[0] if near else company
    for number, person in enumerate(people):
        begin = people[number - 1].end if number else 0
        end = people[number + 1].start if number + 1 < len(people) else match.start()
        behind = sentence.text[person.end : end].split(", and ")[0] if number + 1 < len(people) else ""
        role = (
            role_in(behind)
            or role_in(sentence.text[begin : person.start].rsplit(" and ", 1)[-1])
            or role_in(sentence.text[person.end : end])
        )
        if company is None or role is None:
            continue
        fields: dict[str, FieldValue] = {"person": person.name, "role": role, "direction": "departure"}
        on = date_of(document, sentence, match.end() - 1)
        span = (person.start, match.end())
        yield make(document, sentence, "leadership_change", company, span, status=None, on=on, fields=fields)


def _noun(sentence: Sentence, document: Document, match: re.Match[str]) -> Iterator[Claim]:
    """The departure of its chief executive, Jane Doe."""
    people = people_in(sentence.text, match.start("rest"), match.end("rest"), names_taken(sentence))
    role = role_in(match["rest"])
    company = referred(sentence, match.start(), document, described=True)
    for each in references(sentence, document):
        if match.start() <= each.start < match.end():
            company = each.company
    if not people or role is None or company is None:
        return
    direction = "appointment" if match["noun"] in _ARRIVING else "departure"
    fields: dict[str, FieldValue] = {"person": people[0].name, "role": role, "direction": direction}
    status = unrealised(sentence, match.start(), match.end())
    on = date_of(document, sentence, match.start())
    span = (match.start(), people[0].end)
    yield make(document, sentence, "leadership_change", company, span, status=status, on=on, fields=fields)
