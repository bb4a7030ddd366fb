"""The date a statement of an English sentence carries: its own, or that of one it leans on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from db.values import PartialDate
from pipeline.english.document import Sentence
from pipeline.english.patterns import any_of, gated
from pipeline.english.statements import Statement
from pipeline.english.telling import chain
from pipeline.english.verb_forms import words
from pipeline.values.found import FoundDate

_TABLE = "english_telling"
_SINCE = any_of(_TABLE, "since")
_COMPARED = gated(_TABLE, "compared")
_FOLLOWING = gated(_TABLE, "following")
_OPENS_CLAUSE = any_of(_TABLE, "opens_clause")
_ASIDE = any_of(_TABLE, "aside")
_LED_WHEN = any_of(_TABLE, "led_when")
_WHEN = any_of(_TABLE, "when")
_OPENS_NEXT = any_of(_TABLE, "opens_next")
_NEXT_SUM = any_of(_TABLE, "next_sum")
_RIGHT_BEHIND = any_of(_TABLE, "right_behind")

_TODAY = re.compile(r"\b(?:has|have|is|are|'s|'ve)\b")
_TO = re.compile(r"\bto\b")


def is_present(sentence: Sentence, statement: Statement) -> bool:
    """Whether a verb tells how things are today: "has raised", "is worth", "claims"."""
    verb = statement.verb
    if _TODAY.search(verb.group):
        return True
    if verb.lemma in ("be", "have") and sentence.text[verb.main : verb.end] not in ("is", "are", "has", "have"):
        return False
    return not _TO.search(verb.group) and verb.form in ("s", "base")


def dated(sentence: Sentence, position: int, statement: Statement | None = None) -> FoundDate | None:
    """The date a place carries: of its own statement (`statement`, where known), else of those it leans on."""
    statement = statement or sentence.parsed.at(position)
    dates = [each for each in sentence.dates if not _SINCE.search(sentence.text[max(0, each.start - 20) : each.start])]
    if statement is None:
        begin, end = sentence.text.rfind(";", 0, position), sentence.text.find(";", position)
        dates = [each for each in dates if begin < each.start and (end < 0 or each.start < end)]
        return min(dates, key=lambda each: abs(each.start - position), default=None)
    return dated_statement(sentence, statement, position)


def since_when(sentence: Sentence, position: int) -> FoundDate | None:
    """The date behind "since", where what stands at a place has lasted: "has been on sale since last May"."""
    for each in sentence.dates:
        if each.start >= position and each.date is not None:
            between = sentence.text[position : each.start]
            return each if _LASTS_SINCE.search(between) and _LASTING.search(sentence.text[:position][-60:]) else None
    return None


def until_when(sentence: Sentence, start: int, stop: int) -> PartialDate | None:
    """The date behind "until", between two places: "was its head of product until May"."""
    for each in sentence.dates:
        if start <= each.start < stop and _UNTIL.search(sentence.text[: each.start]):
            return each.date
    return None


_UNTIL = re.compile(r"\b(?:[Uu]ntil|[Tt]ill|[Uu]p to) (?:the end of |early |late )?\Z")
_LASTS_SINCE = re.compile(r"^[^.;:]{0,60}\bsince (?:late |early )?\Z")
_LASTING = re.compile(r"\b(?:has|have|been|held|hold|holds|is|are|, (?:out|online|live|available|on sale))\b")


def dated_statement(sentence: Sentence, statement: Statement, position: int, *, own: bool = False) -> FoundDate | None:
    """The date of a statement, or of one it leans on; one that opens the sentence counts for all its main statements.

    `own`: only that of the statement itself.
    """
    dates = [
        each
        for each in sentence.dates
        if not _SINCE.search(sentence.text[max(0, each.start - 20) : each.start])
        and not _COMPARED.search(sentence.text[position : max(position, each.start)])
        and not _FOLLOWING.search(sentence.text[position : max(position, each.start)])
        and not _of_next_sum(sentence, position, each)
        and ";" not in sentence.text[position : max(position, each.start)]
        and not _of_earlier_sum(sentence, position, each)
    ]
    behind = [each for each in dates if _right_behind(sentence, position, each) and each.start > position]
    if behind and not own and any(each.start <= position < each.end for each in sentence.money):
        return behind[0]
    led = next((each for each in dates if _LED_WHEN.search(sentence.text[position : each.start])), None)
    if led is not None and not own:
        return led
    for link in [statement] if own else _sources(sentence, statement):
        near = [each for each in dates if _belongs(sentence, each, link)]
        behind = [each for each in near if _right_behind(sentence, position, each)]
        if behind:
            return behind[0]
        if near:
            return min(near, key=lambda each: min(abs(each.start - position), abs(each.end - position)))
    told_when = _of_when(sentence, statement)
    if told_when is not None:
        return told_when
    if own:
        return None
    told_behind = _told_behind(sentence, statement, dates)
    if told_behind is not None:
        return told_behind
    first = sentence.parsed.statements[0]
    opening = first.subject.start if first.subject is not None else first.verb.start
    if dates and dates[0].end <= opening <= 40 and not first.reduced:
        return dates[0]
    return None


def _told_behind(sentence: Sentence, statement: Statement, dates: Sequence[FoundDate]) -> FoundDate | None:
    """When news is told by whoever tells it last: "Pika is parting with 22 people, it told staff on Monday"."""
    last = sentence.parsed.statements[-1]
    top = chain(sentence, statement)[-1]
    if (
        last.verb.lemma not in _TELLING
        or last.subject is None
        or last.verb.start <= top.verb.end
        or top.relative
        or not _AFTER_NEWS.search(sentence.text[: last.subject.start])
        or _is_aside(sentence, statement)
    ):
        return None
    return next((each for each in dates if last.verb.end <= each.start), None)


_TELLING = words("tells_news")
_AFTER_NEWS = re.compile(r"(?:,|[,.][\"”]|[\"”],?| [—–]) \Z")


def _is_aside(sentence: Sentence, statement: Statement) -> bool:
    """Whether a statement is told beside the news: "after its founder left"."""
    subject = statement.subject
    begin = subject.start if subject is not None and subject.start < statement.verb.start else statement.verb.start
    return bool(_ASIDE.search(sentence.text[max(0, begin - 12) : begin]))


_NEAR = 60


def _of_when(sentence: Sentence, statement: Statement) -> FoundDate | None:
    """The date right before "when": "was last priced in June 2024, when a Series B valued it at"."""
    begin = statement.subject.start if statement.subject is not None else statement.verb.start
    if begin > statement.verb.start:
        begin = statement.verb.start
    for each in sentence.dates:
        if not 0 <= begin - each.end <= _NEAR:
            continue
        between = sentence.text[each.end : begin]
        if _WHEN.match(between) and ";" not in between:
            return each
    return None


def _of_earlier_sum(sentence: Sentence, position: int, date: FoundDate) -> bool:
    """Whether a date is that of the sum before it: "$4 million followed in 2022, then $14 million in 2023"."""
    if date.end > position or not any(each.end <= date.start for each in sentence.money):
        return False
    if not re.search(r"[,;]|\b(?:then|and)\b", sentence.text[date.end : position]):
        return False
    here = next((each for each in sentence.money if each.start <= position < each.end), None)
    if here is None:
        return False
    following = min((each.start for each in sentence.money if each.start >= here.end), default=len(sentence.text))
    return any(here.end <= each.start < following for each in sentence.dates)


def _of_next_sum(sentence: Sentence, position: int, date: FoundDate) -> bool:
    """Whether a date opens the next part of a list: "$4 million as seed and, in 2023, a Series A of $16 million"."""
    here = next((each for each in sentence.money if each.start <= position < each.end), None)
    following = next((each for each in sentence.money if each.start >= date.end and not each.restates), None)
    if here is None or following is None or date.start < here.end:
        return False
    if not _OPENS_NEXT.search(sentence.text[here.end : date.start]):
        return False
    between = sentence.text[date.end : following.start]
    return bool(_NEXT_SUM.fullmatch(between)) and not _verb_between(sentence, date.end, following.start)


def _sources(sentence: Sentence, statement: Statement) -> Iterator[Statement]:
    """The statement, those it leans on, then earlier ones of the same subject that are no insertions."""
    links = chain(sentence, statement)
    yield from links
    statements = sentence.parsed.statements
    place = next(number for number, each in enumerate(statements) if each is links[-1])
    if (
        links[-1].verb.bare
        and links[-1].verb.form in ("past", "participle")
        and place
        and links[-1].subject is not statements[place - 1].subject
    ):
        yield statements[place - 1]
    if links[-1].relative and place:
        yield statements[place - 1]
    for earlier in reversed(statements[:place]):
        if is_present(sentence, links[-1]) and not earlier.reduced and not is_present(sentence, earlier):
            continue  # "It made $300 million in 2024 and has 200 employees"
        if not earlier.relative and earlier.subject is links[-1].subject:
            yield earlier


def _belongs(sentence: Sentence, date: FoundDate, statement: Statement) -> bool:
    """Whether a date stands in a statement: behind its verb, or before its subject within the same clause."""
    if statement.verb.end <= date.start < statement.stop:
        return not _next_clause_opens(sentence, date, statement)
    if date.end > statement.verb.start:
        return False
    start = statement.verb.start
    subject = statement.subject
    if (
        subject is not None
        and subject.end <= statement.verb.start + 1
        and not _verb_between(sentence, subject.end, statement.verb.start)
    ):
        start = subject.start
    if _claimed(sentence, date, statement):
        return False
    if date.start >= start:
        return True
    gap = sentence.text[date.end : start]
    opens_clause = len(gap) <= 40 and not _BREAK.search(gap) and gap.count(",") <= 1
    return opens_clause and not _verb_between(sentence, date.end, start)


_BREAK = re.compile(r"[;:(]|\b(?:and|but)\b")


def _claimed(sentence: Sentence, date: FoundDate, statement: Statement) -> bool:
    """Whether a date stands right behind another verb: "Pika, which raised $35 million in 2023, has released"."""
    return any(
        other.verb.end <= date.start < other.stop
        and not _next_clause_opens(sentence, date, other)
        and not (other.reduced and other.verb.lemma in _OF_DEALS and date.start - other.verb.end <= 8)
        for other in sentence.parsed.statements
        if other.verb.start < statement.verb.start
    )


_OF_DEALS = frozenset(("announce", "close", "complete", "disclose", "sign", "raise"))
"""What is done to a round: "the Series B, announced on Thursday and led by CRV, puts it at $300 million"."""


def _right_behind(sentence: Sentence, position: int, date: FoundDate) -> bool:
    """Whether a date follows what stands at a place with nothing between: "$10 million in March 2025"."""
    return bool(_RIGHT_BEHIND.fullmatch(sentence.text[position : max(position, date.start)]))


def _verb_between(sentence: Sentence, start: int, end: int) -> bool:
    return any(start <= each.verb.main < end for each in sentence.parsed.statements)


def _next_clause_opens(sentence: Sentence, date: FoundDate, statement: Statement) -> bool:
    """Whether a date behind a verb opens the next clause: "raised $50 million, and in October announced ..."."""
    following = next((each for each in sentence.parsed.statements if each.verb.start == statement.stop), None)
    if following is None:
        return False
    before = sentence.text[statement.verb.end : date.start]
    if ";" in before:
        return True
    opens = _OPENS_CLAUSE.search(before)
    return bool(opens) and "," not in sentence.text[date.end : following.verb.start]
