"""When an English sentence says that something happened: the date of a statement, or of one it leans on."""

from __future__ import annotations

import datetime
import re

from db.values import PartialDate
from pipeline.english.dated_statements import dated, dated_statement, is_present
from pipeline.english.document import Document, Sentence
from pipeline.english.patterns import any_of, gated
from pipeline.english.statements import Statement
from pipeline.english.sum_tests import SAYS_TODAY
from pipeline.english.telling import chain
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.values.date_rules import months_before
from pipeline.values.numbers import from_english

_TABLE = "english_telling"
_PAST = any_of(_TABLE, "past")
_WEEKS_AFTER = gated(_TABLE, "weeks_after")
_SAYS = any_of(_TABLE, "says")
_AT_ANOTHER_TIME = gated(_TABLE, "at_another_time")
_SO_LONG_AFTER = any_of(_TABLE, "so_long_after")

_AFTER = GatedPattern(r"\bafter (?:also |already )?\Z")


def date_of(
    document: Document, sentence: Sentence, position: int, *, news: bool = True, told: Statement | None = None
) -> PartialDate | None:
    """When what a sentence tells at a position happened; None where the text does not say.

    The date of the statement or of one it leans on; the day of publication for a vague word, in the lead, and for what
    is told as the state of today. `told`: the statement that tells it, where known.
    """
    aside = told or sentence.parsed.at(position)
    if aside is not None and _is_weeks_before(sentence, aside):
        own = dated_statement(sentence, aside, aside.verb.main, own=True)
        return own.date if own is not None else _so_long_after(sentence, position, document.article.published)
    found = dated(sentence, position, told)
    if found is not None and found.date is not None:
        return found.date
    published = document.article.published
    if published is None:
        return None
    today = PartialDate(published.isoformat())
    long_after = _so_long_after(sentence, position, published)
    if long_after is not None:
        return long_after
    if found is not None and found.vague:
        return today
    statement = told or sentence.parsed.at(position)
    if statement is not None and statement.verb.form == "ing" and _AFTER.search(sentence.text[: statement.verb.start]):
        return None  # "just weeks after raising $250 million"
    begin = sentence.text.rfind(";", 0, position) + 1
    stop = sentence.text.find(";", position)
    clause = sentence.text[begin : stop if stop >= 0 else len(sentence.text)]
    if statement is not None and _is_history(sentence, statement, published):
        return None
    if news and sentence.is_lead and not _PAST.search(SAYS_TODAY.sub("said", clause)):
        return today
    if sentence.is_item and not (statement is not None and statement.relative):
        return _month_of_title(document) or today
    if statement is None or sentence.is_background:
        return None
    return today if any(is_present(sentence, link) for link in chain(sentence, statement)) else None


def _is_weeks_before(sentence: Sentence, statement: Statement) -> bool:
    """Whether a statement is older news that the day of the sentence is not of: "cuts 20 jobs, weeks after he left"."""
    subject, verb = statement.subject, statement.verb
    begin = subject.start if subject is not None and subject.start < verb.start else verb.start
    return _WEEKS_AFTER.search(sentence.text[:begin]) is not None


def date_of_figure(document: Document, sentence: Sentence, position: int) -> PartialDate | None:
    """As `date_of` for a figure: one that nothing dates is that of the article."""
    on, published = date_of(document, sentence, position), document.article.published
    if published is not None and sentence.dates and _is_apart(sentence, position):
        return PartialDate(published.isoformat())
    if on is not None or published is None or sentence.dates or sentence.anchor is not None:
        return on
    statement = sentence.parsed.at(position)
    past = statement is not None and statement.verb.form in ("past", "participle") and not _SAYS.search(sentence.text)
    return None if past or _AT_ANOTHER_TIME.search(sentence.text) else PartialDate(published.isoformat())


def _is_apart(sentence: Sentence, position: int) -> bool:
    """Whether semicolons stand between a figure and every date: "founded 2023; 21 staff", in a line of notes."""
    text = sentence.text
    spans = ((each.end, position) if each.end <= position else (position, each.start) for each in sentence.dates)
    statement = sentence.parsed.at(position)
    notes = statement is None or statement.subject is None
    return notes and all(";" in text[start:end] for start, end in spans)


def _so_long_after(sentence: Sentence, position: int, published: datetime.date | None) -> PartialDate | None:
    """When it was that the news comes so long after: "It comes only four months after Tavus closed its Series B".

    No finer than a month: "a week after" is counted from the news, which is seldom of the very day of publication.
    """
    statement = sentence.parsed.at(position)
    if statement is None or published is None or sentence.dates or not sentence.is_lead:
        return None
    match = _SO_LONG_AFTER.search(sentence.text[: statement.verb.start])
    if match is None:
        return None
    told = match["count"].lower()
    count = 1 if told == "a" else int(from_english(told))
    if match["unit"] == "year":
        return PartialDate(f"{published.year - count:04}")
    if match["unit"] == "month":
        return months_before(published, count)
    return months_before(published - datetime.timedelta(days=count * (7 if match["unit"] == "week" else 1)), 0)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_OF_MONTH = re.compile(rf"(?:\A|\bin |: )(?P<month>{'|'.join(_MONTHS)})(?: in\b|['’]s\b|:|\Z| \d{{4}}\b)")


def _month_of_title(document: Document) -> PartialDate | None:
    """The month that a list of its news looks back on: "February in AI video"."""
    match, published = _OF_MONTH.search(document.title), document.article.published
    if match is None or published is None:
        return None
    number = _MONTHS.index(match["month"]) + 1
    return PartialDate(f"{published.year - (number > published.month):04}-{number:02}")


def _is_history(sentence: Sentence, statement: Statement, published: datetime.date) -> bool:
    """Whether a sentence of a lead goes on telling of years ago: "In 2017 nobody wanted it. They came away with"."""
    anchor = sentence.anchor
    if sentence.where == "title" or sentence.opens_paragraph or anchor is None or anchor.precision != "year":
        return False
    old = anchor.first_day().year < published.year - 1
    return old and not is_present(sentence, statement) and statement.verb.form == "past"
