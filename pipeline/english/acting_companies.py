"""Which companies an English sentence may be about: those that act in it, or whose money, chief or title it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.english.document import Document, Sentence
from pipeline.english.investors import puts_money_in
from pipeline.english.parties import company_of, named_companies, weight
from pipeline.english.statements import Statement
from pipeline.names.company_name import CompanyName
from pipeline.values.found import NameMention

_GIVERS = frozenset(("invest", "back", "lend", "co-lead", "lead", "fund", "finance", "bankroll", "underwrite"))


def acting_companies(sentence: Sentence, document: Document, main: CompanyName | None) -> Iterator[CompanyName]:
    """The companies a sentence may be about, the likeliest first."""
    told = (company_of(each, document) for each in sentence.mentions if not owns_investor(sentence, each))
    givers = _new_givers(sentence, document) if sentence.topic is not None else set()
    named = [each for each in dict.fromkeys(filter(None, told)) if each.key not in givers]
    given = _given_to(sentence, document)
    subjects = [given] if given is not None else _subjects(sentence, document)
    subjects = [each for each in subjects if each.key not in givers]
    if sentence.where == "title":
        yield from sorted(dict.fromkeys([*subjects, *named]), key=of_the_field, reverse=True)
    elif subjects or (named and sentence.mentions[0].start <= 4):
        if not subjects:
            subjects = named[:1]
        if main is not None and main not in subjects and _together(sentence, document):
            return  # "Luma AI and Pika make such tools": what is told of one next is not told of them
        yield from sorted(dict.fromkeys(subjects), key=of_the_field, reverse=True)
    elif sentence.topic is None:
        yield from [main] if main in named else named if main is None else ()
    elif main is None and len(named) == 1 and sentence.opens_paragraph and weight(named[0]) > 1:
        yield from named


def _subjects(sentence: Sentence, document: Document) -> list[CompanyName]:
    """The companies that act in a sentence, or whose round or chief does, in order; not those told of aside."""
    return [
        company
        for statement in told_plainly(sentence)
        if not puts_money_in(sentence, statement)
        for company in named_companies(statement.subject, document, owners=True)
    ]


def _new_givers(sentence: Sentence, document: Document) -> set[str]:
    """The keys of companies nobody has listed that only give money here: investors, likely."""
    return {
        company.key
        for statement in told_plainly(sentence)
        if statement.verb.lemma in _GIVERS and not statement.verb.passive
        for company in named_companies(statement.subject, document)
        if not company.known
    }


def _given_to(sentence: Sentence, document: Document) -> CompanyName | None:
    """The company another puts money into: what is told next is told of it."""
    first = next(iter(told_plainly(sentence)), None)
    if first is None or first.verb.lemma not in _GIVERS or first.verb.passive:
        return None
    behind = (each for each in sentence.mentions if each.kind == "company" and each.start >= first.verb.end)
    return next((company_of(each, document) for each in behind), None)


def told_plainly(sentence: Sentence) -> Sequence[Statement]:
    """The statements of a sentence that are told outright, or all where none is."""
    statements = sentence.parsed.statements
    return [each for each in statements if not each.relative and not each.reduced] or statements


def owns_investor(sentence: Sentence, mention: NameMention) -> bool:
    """Whether somebody is named as the owner of who invests: "Nvidia's NVentures"."""
    behind = _ITS.match(sentence.text, mention.end)
    return behind is not None and any(
        each.kind == "investor" and each.start == behind.end() for each in sentence.mentions
    )


_ITS = re.compile(r"['’]s (?:venture (?:arm|fund|unit) )?")


def _together(sentence: Sentence, document: Document) -> bool:
    """Whether several companies are the subject of what is said first."""
    first = next(iter(told_plainly(sentence)), None)
    return first is not None and len({each.key for each in named_companies(first.subject, document)}) > 1


def of_the_field(company: CompanyName) -> bool:
    """Whether a company is of the field, known or new, and no big one beside it."""
    return weight(company) > 1


def post_at(sentence: Sentence, document: Document) -> CompanyName | None:
    """Where somebody has a post: "has become chief executive of Brahma"; what follows is told of it."""
    for mention in sentence.mentions:
        if _CHIEF_OF.search(sentence.text, max(0, mention.start - 20), mention.start):
            return company_of(mention, document)
    return None


_CHIEF_OF = re.compile(r"\b(?:executive|officer|C[ETFO]O|president|chair\w*|founder|director|head|boss) (?:of|at) \Z")


def headliner(found: Sequence[Sentence], document: Document) -> str | None:
    """The key of the company that acts first in the title, however big it is: the text goes on about it."""
    titles = (sentence for sentence in found if sentence.where == "title")
    subjects = (statement.subject for title in titles for statement in title.parsed.statements)
    return next((company.key for subject in subjects for company in named_companies(subject, document)), None)


def opens_with(sentence: Sentence, company: CompanyName, document: Document) -> bool:
    """Whether a company is the subject of what a sentence says first."""
    first = sentence.parsed.statements[0].subject if sentence.parsed.statements else None
    return any(each.key == company.key for each in named_companies(first, document))
