"""Who is sued by whom, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.english.claim_builder import make
from pipeline.english.company_spans import company_spans
from pipeline.english.deeds import Deed, deeds
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import Reference, is_company_itself, references, subject_company
from pipeline.english.patterns import any_of, gated
from pipeline.english.plaintiffs import joined_names, named_plaintiffs, plaintiff_of
from pipeline.english.subject_meant import Subject
from pipeline.english.suits_told import filed_on, is_suit_brought, suits_spoken_of
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.names.company_name import CompanyName

_TABLE = "english_lawsuits"
_COURT = gated(_TABLE, "court")
_BY = any_of(_TABLE, "by")
_IN_A_SUIT = any_of(_TABLE, "in_a_suit")
_LIKEWISE = any_of(_TABLE, "likewise")
_SUIT_AGAINST = any_of(_TABLE, "suit_against")

_REACH = 110


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A suit per defendant; the plaintiffs as the text names them, joined with "; "."""
    if not _COURT.search(sentence.text):
        return
    if is_suit_brought(sentence.text):
        yield from suits_spoken_of(sentence, document)
        return
    told: set[str] = set()
    for deed in deeds(sentence, "lawsuit"):
        if deed.statement.verb.lemma in ("accuse", "allege") and not _IN_A_SUIT.search(sentence.text):
            continue  # "accused" is a suit's word only where a suit is told of
        if deed.statement.reduced and sentence.text[: deed.end].endswith(" by"):
            continue  # "a lawsuit filed by Disney": told as a noun
        if _NOBODY.search(deed.statement.verb.group) or _is_nobody(sentence, deed):
            continue
        for defendant, plaintiff, end in _suit(sentence, document, deed):
            if plaintiff == defendant.name:
                continue
            if sentence.where == "title" and plaintiff is not None and not _is_name(sentence, plaintiff):
                plaintiff = None  # "Three studios sue": the text names them
            if plaintiff is not None and _sues_itself(defendant, plaintiff):
                plaintiff = _named_first(sentence, document, defendant, deed)
                if plaintiff is None:
                    continue
            if defendant.key not in told:
                told.add(defendant.key)
                yield _claim(sentence, document, defendant, plaintiff, deed, end)
                yield from _likewise(sentence, document, defendant, deed)
    if not told:
        yield from suits_spoken_of(sentence, document)


def _sues_itself(defendant: CompanyName, plaintiff: str) -> bool:
    """Whether the two are one: "the case that it brought against Stability AI", with the wrong "it"."""
    return defendant.name.startswith(plaintiff) or plaintiff.startswith(defendant.name)


def _named_first(sentence: Sentence, document: Document, defendant: CompanyName, deed: Deed) -> str | None:
    """Who is named before somebody sues, and is not the one sued."""
    before = [each for each in references(sentence, document) if each.named and each.end < deed.statement.verb.start]
    return next((each.company.name for each in before if each.company.key != defendant.key), None)


def _likewise(sentence: Sentence, document: Document, defendant: CompanyName, deed: Deed) -> Iterator[Claim]:
    match = _LIKEWISE.search(sentence.text, deed.statement.verb.end)
    if match is None:
        return
    near = next((each.date for each in sentence.dates if 0 <= each.start - match.end() <= 4), None)
    fields = {"plaintiff": match["who"]}
    span = match.span()
    yield make(document, sentence, "lawsuit", defendant, span, status=None, on=near, fields=fields)


def _is_name(sentence: Sentence, plaintiff: str) -> bool:
    """Whether a headline names who sues: more words than one, or a name we know."""
    if any(plaintiff.startswith(sentence.text[each.start : each.end]) for each in sentence.mentions):
        return True
    return " " in plaintiff and any(map(str.isupper, plaintiff))


def _who_else(sentence: Sentence, deed: Deed, defendant: CompanyName) -> str | None:
    """The last company named before a verb that is not the one sued."""
    before = [each for each in sentence.mentions if each.kind != "product" and each.end <= deed.start]
    return next((each.name for each in reversed(before) if each.key != defendant.key), None)


_SUED_ALONE = re.compile(r" (?:in|on|last|this|over)\b|[.,;]|$")
"""Whom "which sued in London" is against the main clause tells: "It is in court with Getty Images, which sued"."""
_NOBODY = re.compile(r"\b(?:not|never)\b")


def _is_nobody(sentence: Sentence, deed: Deed) -> bool:
    """Whether nobody sues: "No one has sued the startup"."""
    subject = deed.statement.subject
    return subject is not None and bool(
        re.match(r"(?:[Nn]o|[Nn]obody|[Nn]one|[Nn]either)\b", sentence.text[subject.start :])
    )


def _suit(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    statement = deed.statement
    if deed.kind == "sued" or statement.verb.passive:
        defendant = _against_whom(sentence, document, statement.subject)
        if defendant is None and is_company_itself(statement.subject):
            defendant = subject_company(statement.subject, sentence, document)
        if defendant is None:
            return
        by = _BY.match(sentence.text, statement.verb.end)
        plaintiff = (joined_names(by["names"]) or named_plaintiffs(document)) if by else None
        yield defendant, plaintiff, by.end() if by else deed.end
        return
    plaintiff = plaintiff_of(sentence, statement.subject, document, statement.verb.start)
    sued = next((each.company for each in references(sentence, document) if _is_right_behind(each, deed)), None)
    it = statement.subject is not None and statement.subject.refers is not None
    if it and sued is not None and plaintiff in (None, sued.name):
        plaintiff = _who_else(sentence, deed, sued)  # "the case that it brought against Pika"
    if plaintiff is None:
        return
    if statement.verb.lemma == "allege":  # "alleged that Pika had copied"
        behind = next((each for each in sentence.parsed.statements if each.verb.start > statement.verb.end), None)
        alleged = subject_company(behind.subject, sentence, document) if behind is not None else None
        if alleged is not None and behind is not None:
            yield alleged, plaintiff, behind.verb.end
        return
    defendants = _defendants(sentence, document, deed, plaintiff)
    unnamed = statement.verb.lemma == "go" or "against" not in sentence.text[deed.end : deed.end + 60]
    if statement.verb.lemma == "go" and sentence.where == "title":
        unnamed = False  # "Pika goes to court": as what, a headline does not say
    if not defendants and statement.relative and _SUED_ALONE.match(sentence.text, statement.verb.end):
        facing = sentence.parsed.statements[0].subject
        company = subject_company(facing, sentence, document) or sentence.topic
        if company is not None and company.name not in plaintiff and statement.verb.lemma == "sue":
            yield company, plaintiff, deed.end
            return
    topic = sentence.topic if statement.verb.lemma in ("go", "file", "bring") and unnamed else None
    if not defendants and topic is not None and not _acts(statement.subject, topic):
        yield topic, plaintiff, deed.end
    for each in defendants:
        yield each.company, plaintiff, each.end


def _is_right_behind(reference: Reference, deed: Deed) -> bool:
    """Whether a company is named right behind a verb of suing: "brought against Pika"."""
    return reference.named and 0 <= reference.start - deed.end <= len(" against the ")


def _against_whom(sentence: Sentence, document: Document, subject: Subject | None) -> CompanyName | None:
    """Whom a suit is against that is the subject itself: "The suit against Pika was filed by Disney"."""
    if subject is None:
        return None
    against = _SUIT_AGAINST.search(sentence.text, subject.start, subject.end)
    if against is None:
        return None
    return next((each.company for each in references(sentence, document) if each.start == against.end()), None)


def _acts(subject: Subject | None, company: CompanyName) -> bool:
    return subject is not None and any(mention.key == company.key for mention in subject.names)


def _defendants(sentence: Sentence, document: Document, deed: Deed, plaintiff: str) -> list[Reference]:
    """The companies behind the verb, up to what they are accused of."""
    stop = min(len(sentence.text), deed.end + _REACH)
    likewise = _LIKEWISE.search(sentence.text, deed.statement.verb.end)
    if likewise is not None:
        stop = min(stop, likewise.start())
    end = re.search(r",? (?:accus|alleg|claim|say|seek|over|for|because|after)\w*\b", sentence.text[deed.end : stop])
    if end is not None:
        stop = deed.end + end.start()
    for other in sentence.parsed.statements:
        if (
            other.verb.start > deed.end
            and other.subject is not None
            and other.subject.start > deed.end
            and not other.reduced
        ):
            stop = min(stop, other.subject.start)
    start = deed.statement.verb.end
    found: list[Reference] = []
    for each in references(sentence, document):
        if (
            start <= each.start < stop
            and each.company.name not in plaintiff
            and sentence.text[each.start : each.end] not in ("its", "their", "our")
            and not re.match(r"['’]s? \w", sentence.text[each.end :])
        ) and all(other.company.key != each.company.key for other in found):
            found.append(each)
    return [*found, *_listed_with(sentence, document, found, stop)] if found else found


def _listed_with(sentence: Sentence, document: Document, found: list[Reference], stop: int) -> Iterator[Reference]:
    """Defendants nobody has listed among those we know: "against Stability AI, Midjourney and DeviantArt"."""
    end = found[-1].end
    for (start, until), company in sorted(company_spans(sentence, document).items()):
        if end < start < stop and _AND.fullmatch(sentence.text, end, start) is not None:
            if all(each.company.key != company.key for each in found):
                yield Reference(start, until, company, True)
            end = until


_AND = re.compile(r",? and |, ")


def _claim(
    sentence: Sentence, document: Document, defendant: CompanyName, plaintiff: str | None, deed: Deed, end: int
) -> Claim:
    verb = deed.statement.verb
    status = unrealised(sentence, verb.start, verb.end, deed.statement)
    if status == "rumored" and verb.lemma in ("seek", "ask"):
        status = None  # "is seeking damages from": it has gone to court
    later = verb.lemma in ("settle", "defend") or deed.kind == "sued"
    on = filed_on(sentence) if later or verb.lemma in ("accuse", "allege") else None
    if on is None and verb.lemma not in ("settle", "defend"):
        on = date_of(document, sentence, verb.main, told=deed.statement)
    subject = deed.statement.subject
    start = min(verb.start, subject.start) if subject is not None else verb.start
    fields = {"plaintiff": plaintiff}
    return make(document, sentence, "lawsuit", defendant, (start, end), status=status, on=on, fields=fields)
