"""Who is talked about in each sentence of an English text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.insiders import is_insider
from pipeline.english.list_items import head_of_item
from pipeline.english.organisations import organisation_word
from pipeline.english.parties import company_of, named_companies, weight
from pipeline.english.payees import MONEY_GIVERS
from pipeline.english.statements import Statement
from pipeline.english.verb_forms import words

_ROUND_UP = 4
"""So many companies that open a paragraph each make a round-up."""


def _first_named(found: Sequence[Sentence], document: Document) -> CompanyName | None:
    """Who the text names first, for what stands before: "The round was led by ... Pika is ..."."""
    for sentence in found[:3]:
        named = [company for mention in sentence.mentions if (company := company_of(mention, document)) is not None]
        if named:
            return max(named, key=weight)
    every = {company.key: company for each in found for _, company in each.companies() if weight(company) > 1}
    only = next(iter(every.values())) if len(every) == 1 else None
    again = only is not None and sum(company.key == only.key for each in found for _, company in each.companies()) > 1
    return only if again else None  # told once, and late, it is not what the text is about


def follow_topic(found: Sequence[Sentence], document: Document) -> None:
    """Who is talked about in each sentence: the one that acted last; a big name beside the field does not take over."""
    topic = main = _first_named(found, document)
    openers: dict[str, Sentence] = {}
    listed = False
    headliner = _headliner(found, document)
    for sentence in found:
        if sentence.opens_paragraph and sentence.where == "text":
            head = head_of_item(sentence.text)
            if head is not None or (listed and not _CONTINUES.match(sentence.text)):
                topic = _named_at(sentence, head, document) if head is not None else None
                listed = head is not None
                if topic is not None:
                    openers.setdefault(topic.key, sentence)
        sentence.topic = topic
        if sentence.opens_paragraph and _somebody_new(sentence, document):
            topic = None
        if sentence.mentions:
            for company in _acting(sentence, document):
                if topic is None and weight(company) == 1 and main is not None and weight(main) > 1:
                    break  # a big name told in passing takes over no text about a company of the field
                if (
                    topic is None
                    or weight(company) >= weight(topic)
                    or (company.key == headliner and _opens_with(sentence, company, document))
                    or (_new_item(sentence, topic, company) and not _names(sentence, main))
                ):
                    if sentence.opens_paragraph and company.key not in openers:
                        openers[company.key] = sentence
                    topic = company
                    break
        if sentence.where == "title" and topic is not None:
            sentence.topic = topic
    if len(openers) >= _ROUND_UP:
        for sentence in openers.values():
            sentence.is_item = True


_CONTINUES = re.compile(r"(?:The (?:company|startup|firm|round|deal|money)|It|Its|They)\b")
"""How a paragraph begins that still tells of the item of a list before it."""


def _names(sentence: Sentence, company: CompanyName | None) -> bool:
    """Whether a sentence names a company, or a product of it."""
    return company is not None and any(company.key in (each.key, each.owner_key) for each in sentence.mentions)


def _named_at(sentence: Sentence, span: tuple[int, int], document: Document) -> CompanyName | None:
    """The company whose name stands at a place."""
    for mention in sentence.mentions:
        if mention.start < span[1] and span[0] < mention.end:
            return company_of(mention, document)
    return None


def _acting(sentence: Sentence, document: Document) -> Iterator[CompanyName]:
    """The companies a sentence may be about, the likeliest first."""
    named = list(dict.fromkeys(filter(None, (company_of(mention, document) for mention in sentence.mentions))))
    main = [each for each in sentence.parsed.statements if not each.relative and not each.reduced]
    subjects = [
        company
        for statement in main or sentence.parsed.statements
        for company in named_companies(statement.subject, document, owners=True)
    ]
    if sentence.where == "title":
        yield from sorted(dict.fromkeys([*subjects, *named]), key=weight, reverse=True)
    elif subjects or (sentence.mentions and sentence.mentions[0].start <= 4):
        if not subjects:
            subjects = named[:1]
        yield from sorted(dict.fromkeys(subjects), key=weight, reverse=True)
    elif sentence.topic is None or (
        len(named) == 1 and sentence.opens_paragraph and weight(named[0]) > 1 and _names_it(sentence, named[0])
    ):
        yield from named


def _headliner(found: Sequence[Sentence], document: Document) -> str | None:
    """The key of the company that acts first in the title, however big it is: the text goes on about it."""
    titles = (sentence for sentence in found if sentence.where == "title")
    subjects = (statement.subject for title in titles for statement in title.parsed.statements)
    return next((company.key for subject in subjects for company in named_companies(subject, document)), None)


def _opens_with(sentence: Sentence, company: CompanyName, document: Document) -> bool:
    """Whether a company is the subject of what a sentence says first."""
    first = sentence.parsed.statements[0].subject if sentence.parsed.statements else None
    return any(each.key == company.key for each in named_companies(first, document))


def _names_it(sentence: Sentence, company: CompanyName) -> bool:
    """Whether a company itself is named, and not just what it makes: "who had worked on Stable Diffusion"."""
    return any(mention.kind == "company" and mention.key == company.key for mention in sentence.mentions)


def _somebody_new(sentence: Sentence, document: Document) -> bool:
    """Whether a paragraph begins with a name we cannot place: better no company than the one told before."""
    statement = next((each for each in sentence.parsed.statements if not each.reduced), None)
    subject = statement.subject if statement is not None else None
    if statement is None or subject is None or subject.names or subject.owners or subject.refers or sentence.mentions:
        return False
    written = _OPENS_MORE.split(sentence.text[subject.start : subject.end].lstrip("*"))[0]
    name = _PROPER.search(written)
    if name is None or statement.verb.lemma in MONEY_GIVERS or is_insider(subject, sentence, document):
        return False
    whole = f"{document.title}\n{document.text}"
    if " " in name[0]:
        return not name[0].startswith("Series ") and not _is_person(name[0], sentence, statement, whole)
    if re.search(rf"[A-Z][\w’'-]+ {re.escape(name[0])}\b", whole):
        return False  # the last name of somebody named in full elsewhere
    return bool(re.search(rf"[a-z,] {re.escape(name[0])}\b", whole))  # no mere first word of a sentence


_OPENS_MORE = re.compile(r",|\*\*| \(")
_FULL_NAME = r"[A-Z][\w’'-]+ [A-Z][\w’'-]+"
_LISTED_PEOPLE = re.compile(rf"(?:In \d{{4}} )?(?:{_FULL_NAME}, )*{_FULL_NAME} and {_FULL_NAME}")


def _is_person(name: str, sentence: Sentence, statement: Statement, whole: str) -> bool:
    """Whether a name of two words or three is a person's: one of several such, told again by the last, or thinking."""
    if organisation_word().search(name) or len(name.split()) > 3 or re.search(r"\d", name):
        return False
    last = name.split()[-1]
    again = re.search(rf"(?<!{re.escape(name.split()[-2])} )\b{re.escape(last)}\b(?! [A-Z])", whole)
    listed = _LISTED_PEOPLE.match(sentence.text)
    return bool(again or listed) or statement.verb.lemma in words("done_by_people")


_PROPER = re.compile(r"(?<![\w&.-])[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*\Z")


def _new_item(sentence: Sentence, topic: CompanyName, company: CompanyName) -> bool:
    """Whether a paragraph begins with somebody else: an item of a round-up."""
    return (
        sentence.opens_paragraph
        and weight(company) > 1
        and not any(mention.key == topic.key or mention.owner_key == topic.key for mention in sentence.mentions)
    )
