"""The people of a company in an English text: its founders, and whoever the text gives a role."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping

from db.knowledge.curated import KnownCompany, load_knowledge
from pipeline.english.document import Document, Sentence
from pipeline.english.subject_meant import Subject
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName


def is_insider(subject: Subject, sentence: Sentence, document: Document) -> bool:
    """Whether a person who acts is one of the company's: a founder we know, or one the text gives a role."""
    written = sentence.text[subject.start : subject.end]
    if re.search(r"\b(?:founders?|chief|CEO|president|chairman)\b", written, re.IGNORECASE):
        return True
    name = subject.head
    return len(name) > 2 and name in _insiders(document)


def acts_for_company(subject: Subject | None, sentence: Sentence, document: Document) -> bool:
    """Whether what somebody does is the company's deed: its founder, its board, its owners."""
    if subject is None:
        return False
    head = sentence.text[subject.start : subject.end].split(",")[0]
    return bool(_BODY.search(head)) or is_insider(subject, sentence, document)


_BODY = re.compile(
    r"(?:\b(?:board|directors|shareholders|owners?|founders?|investors|parent|management|executives|leaders|bosses"
    r"|brothers|sisters)|\A(?:[Tt]he )?(?:two|three|pair|trio|duo))\Z"
)


def _insiders(document: Document) -> frozenset[str]:
    """The last names of people the text gives a role, folded."""
    if document.insiders is None:
        found = {
            match["name"].split()[-1].lower()
            for pattern in _ROLED
            for match in pattern.finditer(f"{document.title}\n{document.text}")
        }
        found |= {name.split()[-1].lower() for name in founders_of(document) if name.isascii()}
        document.insiders = frozenset(found)
    return document.insiders


def founders_of(document: Document) -> Iterator[str]:
    """The names of those who founded the companies a text names."""
    for company in _known_here(document):
        yield from company.founders


def founders_told(document: Document) -> dict[str, CompanyName | None]:
    """The companies of the founders we know of whom a text names, by full and last name, folded."""
    told: dict[str, CompanyName | None] = {}
    whole = f"{document.title}\n{document.text}"
    for company in _known_here(document):
        for name in company.founders:
            if name.isascii() and name in whole:
                tell_of(told, name, CompanyName(company.key, company.name, True))
    return told


def tell_of(told: MutableMapping[str, CompanyName | None], name: str, company: CompanyName | None) -> None:
    """Note whose somebody is, by full and last name; a last name of people of two companies is nobody's."""
    for key in (name.lower(), name.split()[-1].lower()):
        told[key] = company if told.get(key, company) == company else None


def _known_here(document: Document) -> Iterator[KnownCompany]:
    named = {mention.key for mention in (*document.names.in_title, *document.names.in_text)}
    return (company for company in load_knowledge().companies if company.key in named)


_PERSON = r"(?<![\w’'-])(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){1,2})"
_ROLED = (
    GatedPattern(
        rf"\b(?:founder|co-founder|chief executive|CEO|CTO|president|chairman|chairwoman"
        rf"|chief [a-z]+(?: officer)?),? {_PERSON}"
    ),
    GatedPattern(
        rf"{_PERSON}, (?:its|the|a|who|[A-Z]\w+'s)\b[^.;]{{0,40}}?\b(?:founder|co-founder|founded"
        rf"|co-founded|chief|CEO|CTO|president|chair\w*|head|director|actor|actress|analyst|partner"
        rf"|professor|investor|film-?maker)\b"
    ),
)
