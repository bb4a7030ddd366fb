"""Who leaves and who arrives, told in set phrases: "surrendered the chief's job", "was its chief until May"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from pipeline.english.document import Document, Sentence
from pipeline.english.movers import Direction, meant_by_pronoun
from pipeline.english.parties import references
from pipeline.english.people import ROLE, names_taken, people_in, people_of, plain_roles, role_in
from pipeline.english.posts import role_before
from pipeline.english.slots import FILLS, LONGEST, masked, spans_of, table_of
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedTable
from pipeline.names.company_name import CompanyName
from pipeline.values.found import Person

_TABLE = "english_moves"
Kind = Literal["departs", "arrives", "moves", "hands"]
_NO_LONGER = re.compile(r"\b(?:former|formerly|ex|once|previously|then|until|was|were|old|at the time)\b[^,;]{0,40}\Z")
"""Before a post or a company that is somebody's no longer."""
_NAMED = re.compile(r"\b[^\W\d_a-z][\w’-]*\w\b|\b[hs]he\b")


class Move(NamedTuple):
    """Somebody who goes or comes, as a phrase tells it; `post` and `company` None: told elsewhere."""

    person: Person
    direction: Direction
    post: str | None
    company: CompanyName | None
    start: int
    told: int
    """Where the verb that tells it may stand, behind the name and what is inserted there."""
    end: int
    leads: bool
    """Whether it is told without a post: "minds the shop"."""


@cache
def _phrases() -> GatedTable[Kind]:
    table = lexicon("pipeline.lexicon", _TABLE)
    kinds: Mapping[Kind, Sequence[str]] = table["phrases"]
    return table_of(kinds, table["words"])


def moves_in(sentence: Sentence, document: Document) -> Iterator[Move]:
    """Everybody whom a phrase of the table moves, in the order of the table."""
    if len(sentence.text) > LONGEST:
        return
    possible = _phrases().possible(sentence.text)
    people = _people(sentence, document) if possible else {}
    if not people:
        return
    companies = {each.start: each.company for each in references(sentence, document)}
    text = _masked(sentence, document, people)
    for pattern, kind in possible:
        for match in pattern.finditer(text):
            yield from _moved(sentence, document, match, kind, people, companies)


def _people(sentence: Sentence, document: Document) -> dict[int, Person]:
    """Everybody a sentence names, in full or by the last name, or means by "he", by where he stands in it."""
    taken = names_taken(sentence)
    full = people_in(sentence.text, 0, len(sentence.text), taken)
    lasts = {person.name.split()[-1]: person.name for person in people_of(document)}
    found = {each.start: each for each in full}
    spans = [*taken, *((each.start, each.end) for each in full)]
    for match in _NAMED.finditer(sentence.text):
        if any(start <= match.start() < end for start, end in spans):
            continue
        if match[0].lower() in ("he", "she"):
            meant = meant_by_pronoun(sentence, document, match.start())
            found.update((match.start(), each._replace(start=match.start(), end=match.end())) for each in meant)
        elif match[0] in lasts:
            found[match.start()] = Person(match.start(), match.end(), lasts[match[0]])
    return found


def _masked(sentence: Sentence, document: Document, people: Mapping[int, Person]) -> str:
    spans = [
        *((each.start, each.end, "D") for each in sentence.dates),
        *((*match.span(), "R") for match in ROLE.finditer(plain_roles(sentence.text))),
        *((each.start, each.end, "C") for each in references(sentence, document)),
        *((each.start, each.end, "P") for each in people.values()),
    ]
    return masked(sentence.text, spans)


def _moved(
    sentence: Sentence,
    document: Document,
    match: re.Match[str],
    kind: Kind,
    people: Mapping[int, Person],
    companies: Mapping[int, CompanyName],
) -> Iterator[Move]:
    """The moves of one phrase found."""

    def places(slot: str) -> list[int]:
        return [start for start, _ in spans_of(match, slot)]

    moving, other = (people.get(found[-1]) if (found := places(letter)) else None for letter in "PQ")
    if moving is None:
        return
    insertions = spans_of(match, "beside")
    if spans_of(match, "job") and any(FILLS["P"] in match.string[start:end] for start, end in insertions):
        return  # "Jane Doe stepped down, and the head of sales, John Roe, took over from her": not she
    told = _post_at(sentence, match, "R")
    if spans_of(match, "seat"):
        told = "board member"
    if told is None and spans_of(match, "job"):
        told = role_in(sentence.text[: match.start()]) or role_before(sentence, document)
    beside = None
    if not any(_NO_LONGER.search(sentence.text[:place]) for place in places("S")):
        beside = _post_at(sentence, match, "S")
    for start, end in insertions:
        beside = beside or role_in(_NO_LONGER.split(sentence.text[start:end])[0])
    company = next((companies.get(place) for place in reversed(places("C"))), None)
    near = [place for place in places("B") if not spans_of(match, "seat") or not any(s < place for s in places("S"))]
    if kind != "arrives":
        near += [place for start, end in insertions for place in companies if start <= place < end]
    own = next(
        (companies[place] for place in near if place in companies and not _NO_LONGER.search(sentence.text[:place])),
        None,
    )
    beyond = max([moving.end, *(end for start, end in insertions if start <= moving.end + 2)])
    leads = bool(spans_of(match, "helm"))
    begin = beyond if beyond < match.end() else match.start()

    def moved(person: Person, direction: Direction, post: str | None, of: CompanyName | None) -> Move:
        return Move(person, direction, post, of, match.start(), begin, match.end(), leads)

    if kind == "moves":
        if own is not None and company is not None and own.key != company.key:
            yield moved(moving, "departure", beside, own)
        if company is not None:
            yield moved(moving, "appointment", told, company)
        return
    company = company or own
    if kind == "arrives":
        if told is not None or leads:
            for each in (*_listed_before(match, people, moving), moving):
                yield moved(each, "appointment", told, company)
        return
    for each in (*_listed_before(match, people, moving), moving):
        yield moved(each, "departure", told or beside, company)
    if other is not None:
        yield moved(other, "appointment", told or beside, company)


_AND = re.compile(rf"({FILLS['P']}+)(?:,? and (?:\w+ ){{0,2}}|, )\Z")


def _listed_before(match: re.Match[str], people: Mapping[int, Person], person: Person) -> list[Person]:
    """Those told in one breath with somebody, before him: "Jane Doe and John Roe have stepped down as"."""
    found: list[Person] = []
    start = person.start
    while (before := _AND.search(match.string, max(0, start - 60), start)) is not None:
        if before.start(1) not in people:
            break
        found.append(people[before.start(1)])
        start = before.start(1)
    return found


def _post_at(sentence: Sentence, match: re.Match[str], letter: str) -> str | None:
    """The last post told in a phrase by slots of a letter, as written."""
    spans = spans_of(match, letter)
    return role_in(sentence.text[slice(*spans[-1])]) if spans else None
