"""Which company a place in an English sentence speaks of: names, "it", "the Shanghai company", owners of products."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from db.knowledge import load_knowledge
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.clauses import Statement
from pipeline.english.list_items import head_of_item
from pipeline.english.phrases import Subject
from pipeline.english.verbs import words
from pipeline.found import NameMention
from pipeline.gated_pattern import GatedPattern

_MONEY_GIVERS = frozenset(
    [
        "lead",
        "co-lead",
        "invest",
        "back",
        "put",
        "pour",
        "promise",
        "lend",
        "commit",
        "pump",
        "inject",
        "join",
        "give",
        "grant",
        "participate",
        "contribute",
        "finance",
        "fund",
        "provide",
        "hand",
        "extend",
        "award",
        "underwrite",
        "bankroll",
        "spearhead",
        "anchor",
        "write",
        "come",
        "share",
        "pay",
        "follow",
        "return",
        "advance",
        "supply",
        "take",
        "buy",
        "acquire",
        "value",
        "price",
    ]
)
"""Verbs whose subject may be the one that pays: then the company stands behind, or was told before."""
_TARGET = re.compile(
    r"\b(?:investment|stake|stakes|round|rounds|funding|bet|bets|injection|backing|money|million|billion"
    r"|financing|shares|holding|Series [A-K]|seed|cash|raise|invested|invest|deal|cheque"
    r"|check)\b(?: \w+){0,3}? (?:in|for|into|behind|of) "
)
_APPOSED = re.compile(r"(?:, |\()\Z")


_REPORTING = frozenset(
    [
        "report",
        "say",
        "put",
        "estimate",
        "reveal",
        "describe",
        "recall",
        "remember",
        "mention",
        "note",
        "show",
        "suggest",
        "cite",
        "disclose",
        "peg",
        "quote",
        "tell",
    ]
)
_BESIDE = re.compile(
    r", (?:which|whose|(?:also )?(?:an?|the|one of the) (?:[\w-]+ ){0,3}(?:investors?|backers?|shareholders?"
    r"|customers?|clients?|rivals?|competitors?|partners?|suppliers?|lenders?|users?) (?:in|of|to|at|from)\b)"
)
"""What is told of somebody else before a company is named: "Granite Peak, an investor in Luma AI, raised"."""
_QUESTION = re.compile(r"(?:\A|\n)\s?Q: ")
"""An interviewer's "you" is the company talked with."""
_ONLY_GIVERS = frozenset(["invest", "back", "lend", "co-lead", "pump", "inject"])


_PAYERS = frozenset(
    ["lead", "co-lead", "invest", "put", "pour", "back", "join", "commit", "inject", "give", "lend", "pay"]
)
"""Verbs behind which the company paid may follow, whatever is told of the payer."""


_ROUND_UP = 4
"""So many companies that open a paragraph each make a round-up."""


class Reference(NamedTuple):
    """A place in a sentence that stands for a company."""

    start: int
    end: int
    company: CompanyName
    named: bool


@cache
def _weights() -> dict[str, int]:
    return {
        company.key: 3 if company.scope == "core" else 2 if company.kind == "startup" else 1
        for company in load_knowledge().companies
    }


def weight(company: CompanyName) -> int:
    """How likely a text is about a company: 3 for the field's, 2 for newcomers, 1 for big names beside it."""
    return _weights().get(company.key, 2)


def company_of(mention: NameMention, document: Document) -> CompanyName | None:
    """The company a mention names, or owns the product it names."""
    if mention.kind == "company":
        return CompanyName(mention.key, mention.name, mention.known)
    return document.owners.get(mention.owner_key or "")


def subject_company(subject: Subject | None, sentence: Sentence, document: Document) -> CompanyName | None:
    """The company that is the subject, or whose round, chief or model is; None for anybody else's deed."""
    if subject is None:
        return None
    for mention in (*subject.names, *reversed(subject.owners)):
        company = company_of(mention, document)
        if company is not None and not _BESIDE.search(sentence.text[subject.start : max(subject.start, mention.start)]):
            return company
    if subject.refers is not None:
        return referred(sentence, subject.start, document, described=subject.refers not in words("company_pronouns"))
    if _newcomer(subject, sentence) and not any(
        mention.key == sentence.topic.key for mention in sentence.mentions if sentence.topic is not None
    ):
        return sentence.topic
    if subject.head == "you" and _QUESTION.search(document.text[max(0, sentence.place - 4) : sentence.place + 3]):
        return sentence.topic
    return None


_NEWCOMER = re.compile(
    r"(?:(?:An?|One) )?(?:[\w'’&.-]+ ){0,5}?(?:company|start-?up|firm|maker|studio|lab|developer|outfit)\b"
)


def _newcomer(subject: Subject, sentence: Sentence) -> bool:
    """Whether the news begins with a company that is named later: "A Bristol company that ... has been awarded"."""
    if not sentence.is_lead or (sentence.where == "text" and not sentence.text.startswith(("A ", "An ", "One "))):
        return False
    return subject.start == 0 and bool(_NEWCOMER.match(sentence.text[: subject.end]))


def is_company_itself(subject: Subject | None) -> bool:
    """Whether the subject is a company, not its model or its chief."""
    return subject is not None and (
        any(mention.kind == "company" for mention in subject.names)
        or (subject.refers is not None and subject.refers not in ("its", "their", "our"))
    )


def referred(sentence: Sentence, position: int, document: Document, *, described: bool) -> CompanyName | None:
    """Whom "it" or, `described`, "the company" means: who did something before in the sentence, or the topic.

    The heavier of the two; what a company does to "the company" it does to another one.
    """
    if described:
        apposed = _apposed_name(sentence, position, document)
        if apposed is not None:
            return apposed
    here: list[CompanyName] = []
    acting: CompanyName | None = None
    if not described:
        speaker = _speaker(sentence, position, document)
        if speaker is not None:
            return speaker
    for statement in sentence.parsed.statements:
        if statement.reduced or statement.subject is None:
            continue
        if statement.subject.start >= position or not statement.subject.names:
            continue
        company = next(filter(None, (company_of(each, document) for each in statement.subject.names)), None)
        if company is None:
            continue
        if described and statement.verb.end <= position and statement.verb.lemma not in _SAYING:
            acting = company
        here.append(company)
    opening = sentence.mentions[0] if sentence.mentions else None
    if not here and opening is not None and opening.start <= 4 and opening.end <= position:
        here.extend(filter(None, [company_of(opening, document)]))
    if described and _NARROW.match(sentence.text, position):
        objects = _objects_before(sentence, position, document)
        if objects:
            return objects[-1]
    candidates = [company for company in reversed(here) if acting is None or company.key != acting.key]
    if sentence.topic is not None:
        candidates.append(sentence.topic)
    return max(candidates, key=weight, default=None)


_NARROW = re.compile(r"(?:the|this) (?:[\w-]+ )?(?:generator|image-maker|video-maker|lab|maker)\b")


def _objects_before(sentence: Sentence, position: int, document: Document) -> list[CompanyName]:
    """Companies named before that are no subject: "filed against Midjourney, and ... the image generator"."""
    subjects = {mention.start for each in sentence.parsed.statements if each.subject for mention in each.subject.names}
    found = [
        company_of(mention, document)
        for mention in sentence.mentions
        if mention.kind == "company" and mention.end <= position and mention.start not in subjects
    ]
    return [company for company in found if company is not None and weight(company) > 1]


def _speaker(sentence: Sentence, position: int, document: Document) -> CompanyName | None:
    """Who said that "it" did something: "Lionsgate said it would let Runway ..."."""
    before = [each for each in sentence.parsed.statements if each.verb.end <= position]
    if (
        not before
        or before[-1].verb.lemma not in _SAYING
        or before[-1].verb.lemma == "be"
        or before[-1].subject is None
    ):
        return None
    if re.search(r"[,;]", sentence.text[before[-1].verb.end : position]):
        return None
    return next(filter(None, (company_of(each, document) for each in before[-1].subject.names)), None)


_SAYING = frozenset(
    [
        "say",
        "tell",
        "announce",
        "confirm",
        "add",
        "report",
        "note",
        "claim",
        "argue",
        "believe",
        "expect",
        "hope",
        "plan",
        "disclose",
        "reveal",
        "deny",
        "be",
    ]
)


def _apposed_name(sentence: Sentence, position: int, document: Document) -> CompanyName | None:
    """The name right before ", the London startup"."""
    before = sentence.text[:position]
    gap = _APPOSED.search(before)
    if gap is None:
        return None
    for mention in sentence.mentions:
        if mention.end == gap.start() and mention.kind == "company":
            return company_of(mention, document)
    return None


@cache
def _reference_pattern() -> GatedPattern:
    nouns = "|".join(sorted(map(re.escape, words("company_nouns")), key=len, reverse=True))
    return GatedPattern(
        rf"\b(?:(?P<described>(?:[Tt]he|[Tt]his) (?:(?!of |in |at |for |on |to |and |with |from "
        rf"|by )[\w-]+(?:'s)? ){{0,3}}?(?:{nouns}))(?! (?:[A-Z]|that|which|behind|owned|run|led))|it|its|us"
        rf"|our|them)\b(?!-)"
    )


def references(sentence: Sentence, document: Document) -> list[Reference]:
    """Every place of a sentence that stands for a company, in order."""
    if "references" not in sentence.noted:
        sentence.noted["references"] = _references(sentence, document)
    found: list[Reference] = sentence.noted["references"]
    return found


def _references(sentence: Sentence, document: Document) -> list[Reference]:
    found = []
    taken = [(mention.start, mention.end) for mention in sentence.mentions]
    for mention in sentence.mentions:
        company = company_of(mention, document)
        if company is not None:
            found.append(Reference(mention.start, mention.end, company, mention.kind == "company"))
    for match in _reference_pattern().finditer(sentence.text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        company = referred(sentence, match.start(), document, described=match["described"] is not None)
        if company is not None:
            found.append(Reference(match.start(), match.end(), company, False))
    return sorted(found)


_RAISERS = frozenset(("raise", "close", "secure", "sell", "get", "land", "borrow", "pull", "win", "attract", "receive"))
_STRANGER = re.compile(r"(?:[Tt]he |[Aa]n? )?(?!Series\b)[A-Z][\w&-]+ (?:& )?[A-Z][\w&-]*")


def _is_stranger(sentence: Sentence, subject: Subject) -> bool:
    """Whether a name nobody knows is what raises: what it takes is not whom the text speaks of."""
    return subject.refers is None and _STRANGER.match(sentence.text, subject.start, subject.end) is not None


def party_at(sentence: Sentence, position: int, document: Document) -> CompanyName | None:
    """The company that what stands at a place is told of: the one that acts, or, where others pay, the one paid."""
    statement = sentence.parsed.at(position)
    if statement is None:
        return _fragment(sentence, position, document)
    target = _paid(sentence, statement, position, document)
    if target is not None:
        return target
    subject = statement.subject
    if subject is None:
        return _fragment(sentence, position, document)
    company = subject_company(subject, sentence, document)
    beside = company is None and _BESIDE.search(sentence.text[subject.start : subject.end])
    if beside and statement.verb.lemma not in _PAYERS:
        return None
    if company is None and statement.verb.lemma in _RAISERS and _is_stranger(sentence, subject):
        return None
    giver = statement.verb.lemma in _MONEY_GIVERS and not statement.verb.passive
    if statement.verb.lemma in _ONLY_GIVERS and not statement.verb.passive and is_company_itself(subject):
        other = None if _gives_elsewhere(sentence, statement, position) else sentence.topic
        return other if other is not None and company is not None and other.key != company.key else None
    if company is not None and not (giver and _pays(subject, company, sentence)):
        return company
    if giver and _gives_elsewhere(sentence, statement, position):
        return None
    is_sum = subject.start <= position < subject.end and not subject.owners
    reports = statement.verb.lemma in _REPORTING and statement.subject is not None and not subject.names
    if is_sum or (reports and not statement.verb.passive):
        return _told_before(sentence, statement, company, document)
    if giver or subject.head in words("told_nouns") or _is_insider(subject, sentence, document):
        return _told_before(sentence, statement, company, document)
    return None


def _gives_elsewhere(sentence: Sentence, statement: Statement, position: int) -> bool:
    """Whether the money goes to somebody we do not know: "invested $1.5 billion in Epic Games"."""
    for match in _RECIPIENT.finditer(sentence.text, statement.verb.end, statement.stop):
        if not any(date.start <= match.start("name") < date.end for date in sentence.dates):
            return not any(each.start <= match.start("name") < each.end for each in sentence.mentions)
    return False


_RECIPIENT = re.compile(
    r"\b(?:in|into|to|for) (?:the )?(?P<name>[A-Z]\w+)\b(?!['’]s)(?! Series)(?<!Series)(?! ?\d)(?!\$)"
)


def _pays(subject: Subject, company: CompanyName, sentence: Sentence) -> bool:
    """Whether the acting company is an investor here: one from beside the field, in a text about another."""
    if any(mention.kind == "investor" for mention in subject.names):
        return True
    return sentence.topic is not None and sentence.topic.key != company.key and weight(company) < weight(sentence.topic)


def _told_before(
    sentence: Sentence, statement: Statement, acting: CompanyName | None, document: Document
) -> CompanyName | None:
    """The company the rest of the sentence, or the text before, speaks of."""
    behind = [each for each in references(sentence, document) if statement.verb.end <= each.start < statement.stop]
    for each in behind:
        if acting is None or each.company.key != acting.key:
            return each.company
    return referred(sentence, statement.verb.start, document, described=True)


def _paid(sentence: Sentence, statement: Statement, position: int, document: Document) -> CompanyName | None:
    """Whom the money goes to, where the sentence says so: "a $900 million investment in Luma AI"."""
    for each in references(sentence, document):
        if not statement.verb.start <= each.start or each.start - position > 80:
            continue
        if each.start < position and statement.verb.lemma not in ("invest", "back", "lend"):
            continue
        gap = sentence.text[max(0, each.start - 60) : each.start]
        if _ends_with_target(gap) and ", " not in sentence.text[position : each.start]:
            return each.company
    return None


_ENDS_TARGET = re.compile(
    r"\b(?:investments?|stakes?|rounds?|funding|bets?|injections?|backing|money|million|billion|financing"
    r"|shares|holding|Series [A-K]\+?|seed|cash|raise|invest(?:ed|s|ing)?|cheque|check|lead|leads|led"
    r"|extension|loan|note|grant)"
    r"(?: (?:the|a|an|its|owner|parent|AI|video|maker|startup|company|studio|generator|London|Chinese"
    r"|[a-z-]+)){0,0} (?:in|for|into|behind|to)(?: (?:the|[A-Z]\w+['’]s|[A-Za-z-]+ (?:owner|maker|parent|startup"
    r"|company"
    r"|developer|studio)|[a-z]+-?[a-z]+ (?:owner|maker|parent|startup|company|developer|studio"
    r"|firm))){0,2} \Z"
)


def _ends_with_target(gap: str) -> bool:
    return bool(_ENDS_TARGET.search(gap))


def _fragment(sentence: Sentence, position: int, document: Document) -> CompanyName | None:
    """In a line without a verb of its own: the name before, else the first, else the topic."""
    named = [each for each in references(sentence, document) if each.named]
    before = [each for each in named if each.end <= position]
    if before:
        return before[-1].company
    return sentence.topic or (named[0].company if named else None)


def _is_insider(subject: Subject, sentence: Sentence, document: Document) -> bool:
    """Whether a person who acts is one of the company's: a founder we know, or one the text gives a role."""
    written = sentence.text[subject.start : subject.end]
    if re.search(r"\b(?:founder|chief|CEO|president|chairman)\b", written, re.IGNORECASE):
        return True
    name = subject.head
    return len(name) > 2 and name in _insiders(document)


def _insiders(document: Document) -> frozenset[str]:
    """The last names of people the text gives a role, folded."""
    if document.insiders is None:
        found = {
            match["name"].split()[-1].lower()
            for pattern in _ROLED
            for match in pattern.finditer(f"{document.title}\n{document.text}")
        }
        found |= _known_founders(document)
        document.insiders = frozenset(found)
    return document.insiders


def _known_founders(document: Document) -> set[str]:
    """The last names, folded, of those who founded the companies a text names."""
    named = {mention.key for mention in (*document.names.in_title, *document.names.in_text) if mention.known}
    return {
        founder.split()[-1].lower()
        for company in load_knowledge().companies
        if company.key in named
        for founder in company.founders
        if founder.isascii()
    }


_PERSON = r"(?<![\w’'-])(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){1,2})"
_ROLED = (
    re.compile(
        rf"\b(?:founder|co-founder|chief executive|CEO|CTO|president|chairman|chairwoman"
        rf"|chief [a-z]+(?: officer)?),? {_PERSON}"
    ),
    re.compile(
        rf"{_PERSON}, (?:its|the|a|who|[A-Z]\w+'s)\b[^.;]{{0,40}}?\b(?:founder|co-founder|founded"
        rf"|co-founded|chief|CEO|CTO|president|chair\w*|head|director|actor|actress|analyst|partner"
        rf"|professor|investor|film-?maker)\b"
    ),
)


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
                if topic is None or weight(company) >= weight(topic) or _new_item(sentence, topic, company):
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


def _named_at(sentence: Sentence, span: tuple[int, int], document: Document) -> CompanyName | None:
    """The company whose name stands at a place."""
    for mention in sentence.mentions:
        if mention.start < span[1] and span[0] < mention.end:
            return company_of(mention, document)
    return None


def _acting(sentence: Sentence, document: Document) -> Iterator[CompanyName]:
    """The companies a sentence may be about, the likeliest first."""
    named = list(dict.fromkeys(filter(None, (company_of(mention, document) for mention in sentence.mentions))))
    subjects = []
    main = [each for each in sentence.parsed.statements if not each.relative and not each.reduced]
    for statement in main or sentence.parsed.statements:
        subject = statement.subject
        for mention in (*subject.names, *subject.owners) if subject else ():
            company = company_of(mention, document)
            if company is not None:
                subjects.append(company)
    if sentence.where == "title":
        yield from sorted(dict.fromkeys([*subjects, *named]), key=weight, reverse=True)
    elif subjects or (sentence.mentions and sentence.mentions[0].start <= 4):
        if not subjects:
            subjects = named[:1]
        yield from sorted(dict.fromkeys(subjects), key=weight, reverse=True)
    elif sentence.topic is None or (len(named) == 1 and sentence.opens_paragraph and weight(named[0]) > 1):
        yield from named


def _somebody_new(sentence: Sentence, document: Document) -> bool:
    """Whether a paragraph begins with a name we cannot place: better no company than the one told before."""
    statement = next((each for each in sentence.parsed.statements if not each.reduced), None)
    subject = statement.subject if statement is not None else None
    if statement is None or subject is None or subject.names or subject.owners or subject.refers or sentence.mentions:
        return False
    written = sentence.text[subject.start : subject.end].split(",")[0]
    name = _PROPER.search(written)
    if name is None or statement.verb.lemma in _MONEY_GIVERS or _is_insider(subject, sentence, document):
        return False
    whole = f"{document.title}\n{document.text}"
    if " " in name[0]:
        return not name[0].startswith("Series ") and not _is_person(name[0], sentence, statement, whole)
    if re.search(rf"[A-Z][\w’'-]+ {re.escape(name[0])}\b", whole):
        return False  # the last name of somebody named in full elsewhere
    return bool(re.search(rf"[a-z,] {re.escape(name[0])}\b", whole))  # no mere first word of a sentence


_ORGANISATION = re.compile(
    r"\b(?:Inc|Corp|Ltd|AI|Labs?|Studios?|Group|Media|Pictures|Films?|Entertainment|Technolog(?:y|ies)|Networks?"
    r"|Ventures"
    r"|Capital|Partners|Systems|Software|Games|Robotics|Health|Bank|University|Institute|Association|Guild|Records"
    r"|Holdings"
    r"|Company|Co|House|Works|Foundation|Agency|Press|Times|Journal|Post|Council|Ministry|Court|Archives?|Library)\b"
)


_FULL_NAME = r"[A-Z][\w’'-]+ [A-Z][\w’'-]+"
_LISTED_PEOPLE = re.compile(rf"(?:In \d{{4}} )?(?:{_FULL_NAME}, )*{_FULL_NAME} and {_FULL_NAME}")


def _is_person(name: str, sentence: Sentence, statement: Statement, whole: str) -> bool:
    """Whether a name of two words or three is a person's: one of several such, told again by the last, or thinking."""
    if _ORGANISATION.search(name) or len(name.split()) > 3 or re.search(r"\d", name):
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
