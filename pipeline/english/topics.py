"""Who is talked about in each sentence of an English text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.homes import note_home, told_by_place
from pipeline.english.insiders import founders_told, is_insider
from pipeline.english.investors import puts_money_in
from pipeline.english.list_items import head_of_item, is_heading, labels
from pipeline.english.organisations import organisation_word
from pipeline.english.own_company import own_company
from pipeline.english.parties import company_of, named_companies, weight
from pipeline.english.payees import MONEY_GIVERS
from pipeline.english.speakers import People, note_people, speaks_for
from pipeline.english.statements import Statement
from pipeline.english.verb_forms import words
from pipeline.gated_pattern import GatedPattern
from pipeline.occurrences import places_of

_ROUND_UP = 4
"""So many companies that open a paragraph each make a round-up."""


@dataclass(slots=True)
class _Talk:
    """Who is talked about while a text is read."""

    main: CompanyName | None
    """Whom the text, or this item of a list, is about."""
    focus: CompanyName | None
    """Who acted last; None where that is in doubt."""
    in_passing: bool = False
    """Whether who acted last only came up within a paragraph about somebody else."""


def follow_topic(found: Sequence[Sentence], document: Document) -> None:
    """Who is talked about in each sentence: within a paragraph who acted last, else whom the text is about.

    Where a paragraph before told of somebody else, who is meant next is in doubt: better nobody than the wrong one.
    """
    round_up = _is_round_up(found, document)
    main = None if round_up else _main(found, document)
    talk = _Talk(main, main)
    openers: dict[str, Sentence] = {}
    people: People = founders_told(document)
    labelled = labels(document.text)
    listed = headed = stranger = False
    entries = 0
    headliner = _headliner(found, document)
    for sentence in found:
        if sentence.opens_paragraph and sentence.where == "text":
            head = head_of_item(sentence.text, labelled)
            if head is not None or (listed and not headed and not _CONTINUES.match(sentence.text)):
                item = _named_at(sentence, head, document) if head is not None else None
                talk = _Talk(item, item)
                listed = head is not None
                headed = item is not None and is_heading(sentence.text)
                entries += item is not None
                if item is not None:
                    openers.setdefault(item.key, sentence)
            elif listed:
                headed = False
            else:
                talk.focus = None if round_up and not _CONTINUES.match(sentence.text) else _after_break(talk)
                talk.in_passing = False
        sentence.topic = (
            None if stranger and sentence.text.startswith(_IT) and not sentence.opens_paragraph else talk.focus
        )
        told = speaks_for(sentence, people, talk.focus) or told_by_place(sentence, document)
        if told is not None:
            sentence.topic = talk.focus = told
        note_home(sentence, document)
        note_people(sentence, document, people)
        stranger = _somebody_new(sentence, document)
        if sentence.opens_paragraph and stranger:
            talk.focus = None
        if _IN_FIRST_PERSON.search(sentence.text) and told is None and talk.main is not None:
            sentence.topic = talk.focus = talk.main
        asked = sentence.where == "text" and sentence.text.endswith("?")
        company = _takes_over(sentence, document, talk, headliner) if sentence.mentions and not asked else None
        if company is not None:
            if sentence.opens_paragraph and company.key not in openers:
                openers[company.key] = sentence
            talk.in_passing = not sentence.opens_paragraph or _names(sentence, talk.main)
            talk.focus = company
            if round_up and sentence.opens_paragraph and sentence.topic is None:
                sentence.topic = company
        elif talk.focus is None:
            talk.focus = _post_at(sentence, document)
        if sentence.where == "title" and talk.focus is not None:
            sentence.topic = talk.focus
    if len(openers) >= _ROUND_UP or entries >= _ROUND_UP - 1:
        for sentence in openers.values():
            sentence.is_item = True


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


def _takes_over(sentence: Sentence, document: Document, talk: _Talk, headliner: str | None) -> CompanyName | None:
    """The company a sentence turns to; a big name beside the field takes over no text about one of the field."""
    topic, main = talk.focus, talk.main
    first = next(iter(_told_plainly(sentence)), None)
    tries = topic is not None and first is not None and first.verb.lemma in _TRIES
    if tries and first is not None and _ITS_MODEL.match(sentence.text, first.verb.end):
        return None  # "The NBA uses them": a customer in passing
    for company in _acting(sentence, document, main):
        if topic is None and weight(company) == 1 and main is not None and weight(main) > 1:
            return None
        if (
            topic is None
            or _of_the_field(company) >= _of_the_field(topic)
            or (company.key == headliner and _opens_with(sentence, company, document))
        ):
            return company
    return None


_TRIES = frozenset(("use", "try", "test", "like", "buy", "want", "need", "recommend", "license"))
_ITS_MODEL = re.compile(r" (?:it|them|its|the (?:app|models?|tools?|service|software|products?))\b")


def _main(found: Sequence[Sentence], document: Document) -> CompanyName | None:
    """Whom a text is about: whom its title or its first sentences name, else whom alone it names again and again."""
    own = own_company(document)
    if own is not None:
        return own
    for sentence in found[:3]:
        named = [
            company
            for mention in sentence.mentions
            if not _BESIDE_IT.match(sentence.text, mention.end)
            and (company := company_of(mention, document)) is not None
        ]
        if named:
            return max(named, key=_of_the_field if sentence.where == "title" else weight)  # the first a title names
    every = {company.key: company for each in found for _, company in each.companies() if weight(company) > 1}
    only = next(iter(every.values())) if len(every) == 1 else None
    again = only is not None and sum(company.key == only.key for each in found for _, company in each.companies()) > 1
    return only if again else None  # told once, and late, it is not what the text is about


_BESIDE_IT = re.compile(r"(?:['’]s)? (?:rivals?|competitors?|challengers?|backers?|investors?|alumn\w+|veterans?)\b")
"""Who is named only to say who somebody else is: "Captions rival Clipforge"."""
_IN_FIRST_PERSON = GatedPattern(r"\A[^\"“”]*\b(?:[Ww]e|[Oo]ur|us|I)\b[^\"“”]*\Z")
"""Who tells of "us" outside a quotation, as in an interview or a letter, tells of whom the text is about."""
_IT = ("It ", "Its ")
"""Right behind what a stranger does, "it" is no one we know."""
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


def _acting(sentence: Sentence, document: Document, main: CompanyName | None) -> Iterator[CompanyName]:
    """The companies a sentence may be about, the likeliest first."""
    named = list(dict.fromkeys(filter(None, (company_of(mention, document) for mention in sentence.mentions))))
    given = _given_to(sentence, document)
    subjects = [given] if given is not None else _subjects(sentence, document)
    if sentence.where == "title":
        yield from sorted(dict.fromkeys([*subjects, *named]), key=_of_the_field, reverse=True)
    elif subjects or (sentence.mentions and sentence.mentions[0].start <= 4):
        if not subjects:
            subjects = named[:1]
        if main is not None and main not in subjects and _together(sentence, document):
            return  # "Luma AI and Pika make such tools": what is told of one next is not told of them
        yield from sorted(dict.fromkeys(subjects), key=_of_the_field, reverse=True)
    elif sentence.topic is None:
        yield from [main] if main in named else named if main is None else ()
    elif main is None and len(named) == 1 and sentence.opens_paragraph and weight(named[0]) > 1:
        yield from named


def _subjects(sentence: Sentence, document: Document) -> list[CompanyName]:
    """The companies that act in a sentence, or whose round or chief does, in order; not those told of aside."""
    return [
        company
        for statement in _told_plainly(sentence)
        if not puts_money_in(sentence, statement)
        for company in named_companies(statement.subject, document, owners=True)
    ]


_GIVERS = frozenset(("invest", "back", "lend", "co-lead", "lead", "fund", "finance", "bankroll", "underwrite"))


def _given_to(sentence: Sentence, document: Document) -> CompanyName | None:
    """The company another puts money into: what is told next is told of it."""
    first = next(iter(_told_plainly(sentence)), None)
    if first is None or first.verb.lemma not in _GIVERS or first.verb.passive:
        return None
    behind = (each for each in sentence.mentions if each.kind == "company" and each.start >= first.verb.end)
    return next((company_of(each, document) for each in behind), None)


def _told_plainly(sentence: Sentence) -> Sequence[Statement]:
    statements = sentence.parsed.statements
    return [each for each in statements if not each.relative and not each.reduced] or statements


def _together(sentence: Sentence, document: Document) -> bool:
    """Whether several companies are the subject of what is said first."""
    first = next(iter(_told_plainly(sentence)), None)
    return first is not None and len({each.key for each in named_companies(first.subject, document)}) > 1


def _of_the_field(company: CompanyName) -> bool:
    """Whether a company is of the field, known or new, and no big one beside it."""
    return weight(company) > 1


def _post_at(sentence: Sentence, document: Document) -> CompanyName | None:
    """Where somebody has a post: "has become chief executive of Brahma"; what follows is told of it."""
    for mention in sentence.mentions:
        if _CHIEF_OF.search(sentence.text, max(0, mention.start - 20), mention.start):
            return company_of(mention, document)
    return None


_CHIEF_OF = re.compile(r"\b(?:executive|officer|C[ETFO]O|president|chair\w*|founder|director|head|boss) (?:of|at) \Z")


def _headliner(found: Sequence[Sentence], document: Document) -> str | None:
    """The key of the company that acts first in the title, however big it is: the text goes on about it."""
    titles = (sentence for sentence in found if sentence.where == "title")
    subjects = (statement.subject for title in titles for statement in title.parsed.statements)
    return next((company.key for subject in subjects for company in named_companies(subject, document)), None)


def _opens_with(sentence: Sentence, company: CompanyName, document: Document) -> bool:
    """Whether a company is the subject of what a sentence says first."""
    first = sentence.parsed.statements[0].subject if sentence.parsed.statements else None
    return any(each.key == company.key for each in named_companies(first, document))


def _somebody_new(sentence: Sentence, document: Document) -> bool:
    """Whether a paragraph begins with a name we cannot place: better no company than the one told before."""
    statement = next((each for each in sentence.parsed.statements if not each.reduced), None)
    subject = statement.subject if statement is not None else None
    if statement is None or subject is None or subject.names or subject.owners or subject.refers or sentence.mentions:
        return False
    written = _OPENS_MORE.split(sentence.text[subject.start : subject.end].lstrip("*"))[0]
    name = _PROPER.search(written)
    if (
        name is None
        or statement.verb.lemma in MONEY_GIVERS
        or _OF_MONEY.search(name[0])
        or is_insider(subject, sentence, document)
    ):
        return False
    whole = f"{document.title}\n{document.text}"
    if any(_BROUGHT_OUT.search(whole, max(0, place - 40), place) for place in places_of(whole, f" {name[0]}")):
        return False  # what the company makes
    if " " in name[0]:
        return not name[0].startswith("Series ") and not _is_person(name[0], sentence, statement, whole)
    if re.search(rf"[A-Z][\w’'-]+ {re.escape(name[0])}\b", whole):
        return False  # the last name of somebody named in full elsewhere
    return bool(re.search(rf"[a-z,] {re.escape(name[0])}\b", whole))  # no mere first word of a sentence


_OF_MONEY = re.compile(r" (?:Ventures?|Capital|Partners|Equity|VC|Angels|Investments?|Holdings|Bank)\Z")
"""Who invests is nobody the text goes on about."""
_BROUGHT_OUT = re.compile(
    r"\b(?:[Ll]aunch(?:es|ed|ing)?|unveil(?:s|ed|ing)?|introduc(?:es|ed|ing)|releas(?:es|ed|ing)|debut(?:s|ed|ing)?"
    r"|(?:availability|launch|release|version) of|rolled out|models?|app|tool|product|service|generator),?(?:"
    r" called)?\Z"
)
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
