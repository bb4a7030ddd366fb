"""Who is talked about in each sentence of an English text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.english.acting_companies import (
    acting_companies,
    headliner,
    of_the_field,
    opens_with,
    owns_investor,
    post_at,
    told_plainly,
)
from pipeline.english.document import Document, Sentence
from pipeline.english.homes import note_home, told_by_place
from pipeline.english.insiders import founders_told
from pipeline.english.list_items import head_of_item, is_heading, labels
from pipeline.english.outsiders import outsiders
from pipeline.english.own_company import own_company
from pipeline.english.parties import company_of, weight
from pipeline.english.speakers import People, note_people, speaks_for
from pipeline.english.strangers import begins_with_stranger
from pipeline.matching.first_letters import quick
from pipeline.names.company_name import CompanyName

_ROUND_UP = 4
"""So many companies that open a paragraph each make a round-up."""

_BESIDE_IT = re.compile(r"(?:['’]s)? (?:rivals?|competitors?|challengers?|backers?|investors?|alumn\w+|veterans?)\b")
"""Who is named only to say who somebody else is: "Captions rival Clipforge"."""
_FIRST_PERSON = quick(r"\b(?:[Ww]e|[Oo]ur|us|I)\b")
_QUOTED = re.compile(r"[\"“”]")
"""Who tells of "us" outside a quotation, as in an interview or a letter, tells of whom the text is about."""
_IT = ("It ", "Its ")
"""Right behind what a stranger does, "it" is no one we know."""
_CONTINUES = re.compile(r"(?:The (?:company|startup|firm|round|deal|money)|It|Its|They)\b")
"""How a paragraph begins that still tells of the item of a list before it."""
_TRIES = frozenset(("use", "try", "test", "like", "buy", "want", "need", "recommend", "license"))
_ITS_MODEL = re.compile(r" (?:it|them|its|the (?:app|models?|tools?|service|software|products?))\b")


@dataclass(frozen=True, slots=True)
class _Text:
    """What of a whole text decides whom its sentences are about."""

    document: Document
    round_up: bool
    labels: frozenset[str]
    headliner: str | None
    outsiders: frozenset[str]
    """Strangers that only deal with a company of the field."""


@dataclass(slots=True)
class _Talk:
    """Who is talked about while a text is read."""

    people: People
    main: CompanyName | None
    """Whom the text, or this item of a list, is about."""
    focus: CompanyName | None
    """Who acted last; None where that is in doubt."""
    in_passing: bool = False
    """Whether who acted last only came up within a paragraph about somebody else."""
    listed: bool = False
    """Whether it is within an item of a list."""
    headed: bool = False
    """Whether the item's head stands in a paragraph of its own, right before."""
    stranger: bool = False
    """Whether the sentence before began with somebody we cannot place."""
    items: int = 0
    openers: dict[str, Sentence] = field(default_factory=dict)
    """The paragraph that is first about each company."""


def follow_topic(found: Sequence[Sentence], document: Document) -> None:
    """Who is talked about in each sentence: within a paragraph who acted last, else whom the text is about.

    Where a paragraph before told of somebody else, who is meant next is in doubt: better nobody than the wrong one.
    """
    round_up = _is_round_up(found, document)
    others = outsiders(document)
    text = _Text(document, round_up, labels(document.text), headliner(found, document), others)
    main = None if round_up else _main(found, document, others)
    talk = _Talk(founders_told(document), main, main)
    for sentence in found:
        if sentence.opens_paragraph and sentence.where == "text":
            _begin_paragraph(sentence, text, talk)
        _begin_sentence(sentence, text, talk)
        _turn_to(sentence, text, talk)
    if len(talk.openers) >= _ROUND_UP or talk.items >= _ROUND_UP - 1:
        for sentence in talk.openers.values():
            sentence.is_item = True


def _begin_paragraph(sentence: Sentence, text: _Text, talk: _Talk) -> None:
    """Whom a new paragraph speaks of, by itself an item of a list or not."""
    head = head_of_item(sentence.text, text.labels)
    if head is not None or (talk.listed and not talk.headed and not _CONTINUES.match(sentence.text)):
        item = _named_at(sentence, head, text.document) if head is not None else None
        talk.main = talk.focus = item
        talk.in_passing = False
        talk.listed = head is not None
        talk.headed = item is not None and is_heading(sentence.text)
        if item is not None:
            talk.items += 1
            talk.openers.setdefault(item.key, sentence)
    elif talk.listed:
        talk.headed = False
    else:
        talk.focus = None if text.round_up and not _CONTINUES.match(sentence.text) else _after_break(talk)
        talk.in_passing = False


def _begin_sentence(sentence: Sentence, text: _Text, talk: _Talk) -> None:
    """Whom "it" means in a sentence: who was talked about, whose people speak, or nobody behind a stranger's deed."""
    behind_stranger = talk.stranger and sentence.text.startswith(_IT) and not sentence.opens_paragraph
    sentence.topic = None if behind_stranger else talk.focus
    told = speaks_for(sentence, talk.people, talk.focus) or told_by_place(sentence, text.document)
    if told is not None:
        sentence.topic = talk.focus = told
    note_home(sentence, text.document)
    note_people(sentence, text.document, talk.people)
    talk.stranger = begins_with_stranger(sentence, text.document)
    if sentence.opens_paragraph and talk.stranger:
        talk.focus = None
    if told is None and talk.main is not None and _speaks_itself(sentence.text):
        sentence.topic = talk.focus = talk.main


def _turn_to(sentence: Sentence, text: _Text, talk: _Talk) -> None:
    """Whom what follows is about, by who acts in a sentence."""
    asked = sentence.where == "text" and sentence.text.endswith("?")
    company = _takes_over(sentence, text, talk) if sentence.mentions and not asked else None
    if company is not None:
        if sentence.opens_paragraph:
            talk.openers.setdefault(company.key, sentence)
        talk.in_passing = not sentence.opens_paragraph or _names(sentence, talk.main)
        talk.focus = company
        if text.round_up and sentence.opens_paragraph and sentence.topic is None:
            sentence.topic = company
    elif talk.focus is None:
        talk.focus = post_at(sentence, text.document)
    if sentence.where == "title" and talk.focus is not None:
        sentence.topic = talk.focus


def _is_round_up(found: Sequence[Sentence], document: Document) -> bool:
    """Whether the paragraphs of a text begin each with another company, none with most, and its title names none."""
    titled = {each.key for sentence in found if sentence.where == "title" for _, each in sentence.companies()}
    first = [
        named[0].key
        for sentence in found
        if sentence.opens_paragraph and sentence.where == "text" and sentence.mentions
        for named in [[company for _, company in sentence.companies() if weight(company) > 1]]
        if named
    ]
    often = Counter(first)
    enough = _ROUND_UP if titled & often.keys() else _ROUND_UP - 1
    return len(often) >= enough and max(often.values()) * 2 < len(first)


def _after_break(talk: _Talk) -> CompanyName | None:
    """Whom a new paragraph speaks of that does not say so."""
    if talk.main is None or talk.focus is None or talk.focus == talk.main:
        return talk.focus
    return talk.main if talk.in_passing else None


def _takes_over(sentence: Sentence, text: _Text, talk: _Talk) -> CompanyName | None:
    """The company a sentence turns to; a big name beside the field takes over no text about one of the field."""
    topic, main = talk.focus, talk.main
    first = next(iter(told_plainly(sentence)), None)
    tries = topic is not None and first is not None and first.verb.lemma in _TRIES
    if tries and first is not None and _ITS_MODEL.match(sentence.text, first.verb.end):
        return None  # "The NBA uses them": a customer in passing
    for company in acting_companies(sentence, text.document, main):
        if company.key in text.outsiders and topic is not None:
            continue
        if topic is None and weight(company) == 1 and main is not None and weight(main) > 1:
            return None
        if (
            topic is None
            or of_the_field(company) >= of_the_field(topic)
            or (company.key == text.headliner and opens_with(sentence, company, text.document))
        ):
            return company
    return None


def _main(found: Sequence[Sentence], document: Document, others: frozenset[str]) -> CompanyName | None:
    """Whom a text is about: whom its title or its first sentences name, else whom alone it names again and again."""
    own = own_company(document)
    if own is not None:
        return own
    for sentence in found[:3]:
        named = [
            company
            for mention in sentence.mentions
            if not _BESIDE_IT.match(sentence.text, mention.end)
            and not owns_investor(sentence, mention)
            and (company := company_of(mention, document)) is not None
        ]
        named = [each for each in named if each.key not in others] or named
        if named:
            return max(named, key=of_the_field if sentence.where == "title" else weight)  # the first a title names
    every = {company.key: company for each in found for _, company in each.companies() if weight(company) > 1}
    only = next(iter(every.values())) if len(every) == 1 else None
    again = only is not None and sum(company.key == only.key for each in found for _, company in each.companies()) > 1
    return only if again else None  # told once, and late, it is not what the text is about


def _speaks_itself(text: str) -> bool:
    """Whether a sentence speaks of "us", and quotes nobody."""
    return _FIRST_PERSON.search(text) is not None and _QUOTED.search(text) is None


def _names(sentence: Sentence, company: CompanyName | None) -> bool:
    """Whether a sentence names a company, or a product of it."""
    return company is not None and any(company.key in (each.key, each.owner_key) for each in sentence.mentions)


def _named_at(sentence: Sentence, span: tuple[int, int], document: Document) -> CompanyName | None:
    """The company whose name stands at a place."""
    for mention in sentence.mentions:
        if mention.start < span[1] and span[0] < mention.end:
            return company_of(mention, document)
    return None
