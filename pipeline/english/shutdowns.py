"""Companies that close and products that end, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from db.values import PartialDate
from pipeline.attribution import is_denied
from pipeline.english.claim_builder import make
from pipeline.english.dated_statements import dated
from pipeline.english.deeds import Deed, deeds
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import company_of
from pipeline.english.patterns import any_of, each_of
from pipeline.english.shutdown_phrases import End, ends_in
from pipeline.english.subject_meant import Subject
from pipeline.english.telling import is_decided, unrealised
from pipeline.english.told_dates import date_of
from pipeline.english.what_is_closed import OBJECT, Closed, closed_by

_TABLE = "english_shutdowns"
_ENDING_THING = each_of(_TABLE, "ending_thing")
_FOR_A_WHILE = any_of(_TABLE, "for_a_while")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A shutdown; with a product as what is closed it is the product's, else the company's."""
    told: set[tuple[str, str | None]] = set()
    for ended in ends_in(sentence, document):
        told.add((ended.company.key, ended.product))
        yield _ended(sentence, document, ended)
    if told:
        return
    for deed in deeds(sentence, "shutdown"):
        if _still_there(sentence, deed):
            continue
        closed = closed_by(sentence, document, deed)
        if closed is not None and _is_only_hinted(sentence, deed, closed):
            continue
        if closed is not None and (closed.company.key, closed.product) not in told:
            told.add((closed.company.key, closed.product))
            yield _claim(sentence, document, closed, deed)
    if not told:
        yield from _unnamed(sentence, document)


_HINTED = re.compile(r" (?:off |down )?the [a-z-]+ (?:that|which|behind) ")


def _is_only_hinted(sentence: Sentence, deed: Deed, closed: Closed) -> bool:
    """Whether a headline leaves the name to the text: "retires the model that made its name"."""
    unnamed = closed.product is not None and re.fullmatch(r"[a-z-]+", closed.product) is not None
    return sentence.where == "title" and unnamed and _HINTED.match(sentence.text, deed.statement.verb.end) is not None


def _unnamed(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A thing without a name, and more words about it: "the Discord bot with which everything began is to be shut"."""
    match = next(_ENDING_THING.finditer(sentence.text), None)
    if match is None or _FOR_A_WHILE.match(sentence.text, match.end()):
        return
    named = [company_of(each, document) for each in sentence.mentions if match.start() <= each.start < match.end()]
    company = next((each for each in named if each is not None), sentence.topic)
    if company is not None:
        yield _ended(sentence, document, End(company, match["what"], match.start(), match.end()))


def _ended(sentence: Sentence, document: Document, end: End) -> Claim:
    """The claim of an end told around a name: what will be, is decided."""
    status = unrealised(sentence, end.start, end.end)
    words = sentence.text[end.start : end.end]
    told_by_not = is_denied(words, "en") or _NOT_TO_LAST.search(words) is not None
    if status == "denied" and told_by_not and not is_denied(sentence.text[: end.start], "en"):
        status = "rumored" if re.search(r"\bwill\b", words) else None  # "will be scrapped": no denial
    if status == "rumored" and re.search(r"\bwill\b|\bis to\b", sentence.text[max(0, end.start - 30) : end.end]):
        status = None
    statement = sentence.parsed.at(end.start)
    if status == "rumored" and statement is not None and is_decided(sentence, statement.verb):
        status = None
    on = date_of(document, sentence, end.end - 1)
    if _NOT_TO_LAST.search(words):
        published = document.article.published
        on = PartialDate(published.isoformat()) if sentence.is_lead and published is not None else None
    fields: dict[str, FieldValue] = {"product": end.product}
    span = (end.start, end.end)
    return make(document, sentence, "shutdown", end.company, span, status=status, on=on, fields=fields)


_NOT_TO_LAST = re.compile(r"\bnot (?:see|survive|survived|outlive|outlived|live)\b")
"""The day that somebody will not see is none of an end: "will not see 2025"."""


def _still_there(sentence: Sentence, deed: Deed) -> bool:
    """Whether it will be available: only what no longer will be ends."""
    verb = deed.statement.verb
    available = verb.lemma == "be" and sentence.text[verb.end : deed.end].endswith("available")
    return available and not re.search(r"\b(?:no longer|not)\b", sentence.text[verb.start - 1 : verb.end + 12])


def _claim(sentence: Sentence, document: Document, closed: Closed, deed: Deed) -> Claim:
    company, product, end = closed
    verb = deed.statement.verb
    status = unrealised(sentence, verb.start, verb.end)
    if status == "rumored" and _decided(sentence, deed):
        status = None
    on = date_of(document, sentence, verb.main)
    if product is None and dated(sentence, verb.main) is None:
        on = _day_told_later(sentence, document) or on
    fields: dict[str, FieldValue] = {"product": product}
    return make(
        document,
        sentence,
        "shutdown",
        company,
        (_start(deed.statement.subject, verb.start), end),
        status=status,
        on=on,
        fields=fields,
    )


def _day_told_later(sentence: Sentence, document: Document) -> PartialDate | None:
    """The day of the end, where a sentence soon behind gives one: "the service will go dark on September 30"."""
    place = sentence.number
    for later in document.sentences[place + 1 : place + 6]:
        for deed in deeds(later, "shutdown") if later.dates and later.topic == sentence.topic else ():
            found = dated(later, deed.start)
            if (
                found is not None
                and found.date is not None
                and re.search(r"\b(?:will|would)\b", deed.statement.verb.group)
                and not OBJECT.match(later.text, deed.statement.verb.end)  # "and switch off its app on August 29"
            ):
                return found.date
    return None


def _start(subject: Subject | None, start: int) -> int:
    return min(start, subject.start) if subject is not None else start


def _decided(sentence: Sentence, deed: Deed) -> bool:
    """Whether "will shut down" is a decision told, not a guess."""
    verb = deed.statement.verb
    return (
        (is_decided(sentence, verb) or verb.infinitive)
        and sentence.said_by in ("company", "none")
        and not re.search(r"\b(?:may|might|could|considering|weighing|threat\w+|risk)\b", sentence.text[: deed.end])
        and ("would" not in sentence.text[: deed.end] or "would" in verb.group)
    )
