"""When a company was founded, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.english.claim_builder import make
from pipeline.english.dated_statements import dated_statement
from pipeline.english.deeds import Deed, deeds
from pipeline.english.document import Document, Sentence
from pipeline.english.founding_phrases import beginning_in
from pipeline.english.parties import is_company_itself, references, referred, subject_company
from pipeline.english.patterns import any_of, gated
from pipeline.english.whose_post import of_the_field
from pipeline.names.company_name import CompanyName

_TABLE = "english_foundings"
_NOT = any_of(_TABLE, "not")
_THING_BEFORE = any_of(_TABLE, "thing_before")
_ASIDE = gated(_TABLE, "aside")
_STARTED = any_of(_TABLE, "started")

_RELATIVE = re.compile(r"\b(?:year|years|months) (?:earlier|before|later)\Z")
_LEAVING = frozenset(("leave", "quit", "depart", "resign", "drop", "exit"))
_STRICT = frozenset(("start", "create", "launch", "form", "begin", "spin", "build", "bear", "establish", "set"))


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A founding with its date: without one the sentence says nothing we keep."""
    told = next(_by_deeds(sentence, document), None) if sentence.dates else None
    if told is not None:
        yield told
        return
    beginning = beginning_in(sentence, document)
    if beginning is not None and beginning.on.iso <= _published(document):
        _, on, start, end = beginning
        company = of_the_field(beginning.company, sentence, document) or beginning.company
        yield make(document, sentence, "founding", company, (start, end), status=None, on=on)


def _by_deeds(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """What the verbs of a sentence with a date tell."""
    apart = _told_aside(sentence, document)
    if apart is not None:
        yield apart
        return
    for deed in deeds(sentence, "founding"):
        on = dated_statement(sentence, deed.statement, deed.statement.verb.main, own=True)
        parent = deed.statement.parent
        if on is None and parent is not None and deed.statement.verb.infinitive:  # "In 2021 she quit Adobe to start"
            leaves = sentence.parsed.statements[parent]
            on = (
                dated_statement(sentence, leaves, leaves.verb.main, own=True) if leaves.verb.lemma in _LEAVING else None
            )
        if (
            on is None
            or on.date is None
            or abs(on.start - deed.statement.verb.main) > 110
            or on.date.iso > _published(document)
            or _RELATIVE.search(sentence.text[on.start : on.end]) is not None
            or (deed.statement.reduced and on.date.iso == _published(document))  # "started by two, today launched"
        ):
            continue
        company = _founded(sentence, document, deed)
        if company is not None:
            verb = deed.statement.verb
            span = (min(verb.start, on.start), max(verb.end, on.end))
            yield make(document, sentence, "founding", company, span, status=None, on=on.date)
            return


def _told_aside(sentence: Sentence, document: Document) -> Claim | None:
    """A beginning told in passing: "Luma AI (founded 2021)", "since its founding in 2021", "a 2021 spin-out of UCL"."""
    match = _ASIDE.search(sentence.text)
    if match is None or match.lastgroup is None:
        return None
    place = match.start(match.lastgroup)
    on = next((each.date for each in sentence.dates if each.start <= place < each.end), None)
    near = references(sentence, document)
    if match.lastgroup == "noun":
        company = next((each.company for each in near if match.start() <= each.start <= match.end()), sentence.topic)
    else:
        told = match.lastgroup in ("dates", "since")  # "The company dates from 2017"
        company = next((each.company for each in near if each.end == match.start() and (each.named or told)), None)
    if on is None or company is None or on.iso > _published(document):
        return None
    return make(document, sentence, "founding", company, match.span(), status=None, on=on)


def _published(document: Document) -> str:
    published = document.article.published
    return published.isoformat() if published is not None else "9999"


def _founded(sentence: Sentence, document: Document, deed: Deed) -> CompanyName | None:
    verb, subject, text = deed.statement.verb, deed.statement.subject, sentence.text
    participle = verb.bare and verb.form in ("past", "participle")
    if verb.lemma in ("start", "begin") and _TAKES_A_JOB.match(text, verb.end) and not is_company_itself(subject):
        return None  # "She started as head of sales at Luma in 2022"
    if participle and verb.lemma in _STRICT and _THING_BEFORE.search(text[: verb.start]):
        return None  # "A web editor for podcasters, launched in February,"
    if participle and (subject is None or subject.start > verb.start):
        return _after_opening(sentence, document, deed)
    behind = text[deed.end : deed.end + 60]
    if (
        verb.passive
        or verb.lemma in ("begin", "bear", "date", "trace", "get", "spin", "come", "open")
        or (verb.lemma == "start" and is_company_itself(subject) and _STARTED.match(text, verb.end))
        or (
            participle
            and (deed.statement.reduced or is_company_itself(subject))
            and re.match(r",? (?:in|by|last|back|as|at)\b", behind)
        )
    ):
        if subject is None or (
            verb.lemma in _STRICT and not is_company_itself(subject) and _NOT.search(text[subject.start : subject.end])
        ):
            return None
        company = subject_company(subject, sentence, document)
        if company is None and deed.statement.reduced and subject.end < verb.start and verb.lemma not in _STRICT:
            return _after_opening(sentence, document, deed)
        return company if is_company_itself(subject) or subject.head in ("we", "company") else None
    if re.search(r"\b(?:it|the company|the business)\b", text[verb.end : deed.end]):
        return referred(sentence, verb.start, document, described=True)
    object_ = next((each for each in references(sentence, document) if deed.end <= each.start <= deed.end + 40), None)
    if object_ is None and subject is not None and subject.end <= verb.start and not is_company_itself(subject):
        before = re.search(r"(?:,? which|,? that|company|startup|firm|studio|lab),? \Z", text[: subject.start])
        if before is not None:
            earlier = [
                each
                for each in references(sentence, document)
                if each.end <= subject.start and subject.start - each.end <= 24
            ]
            return earlier[-1].company if earlier else None
    if (
        object_ is None
        or _NOT.search(text[deed.end : object_.start])
        or re.search(r"[,;.]|\b(?:with|from|at|by|like|after|for|than|against)\b", text[deed.end : object_.start])
    ):
        return (
            referred(sentence, verb.start, document, described=True)
            if re.match(r" (?:the company|the business|the startup|it)\b", behind)
            else None
        )
    if subject is not None and is_company_itself(subject) and subject.refers not in ("we", "they"):
        return None
    return object_.company


_TAKES_A_JOB = re.compile(r" (?:out )?(?:as|at|with) ")


def _after_opening(sentence: Sentence, document: Document, deed: Deed) -> CompanyName | None:
    """As in "Founded in 2021, Luma ...": whom the next statement is about; "Genmo, founded in 2022,": Genmo."""
    before = [each for each in references(sentence, document) if each.end <= deed.start and deed.start - each.end <= 3]
    if before:
        return before[-1].company
    for statement in sentence.parsed.statements:
        if (
            statement.verb.start > deed.statement.verb.end
            and statement.subject is not None
            and statement.subject.start > deed.statement.verb.end
        ):
            return subject_company(statement.subject, sentence, document)
    return sentence.topic
