"""Whether what an English sentence tells has happened: by the verbs it leans on, and by its words."""

from __future__ import annotations

import itertools
import re

from db.model import Status
from pipeline.attribution import is_denied, is_rumored
from pipeline.english.document import Sentence
from pipeline.english.patterns import any_of, gated
from pipeline.english.statements import Statement
from pipeline.english.verb_forms import words
from pipeline.english.verbs import Verb

_TABLE = "english_telling"
_SUBORDINATE = any_of(_TABLE, "subordinate")
_DENIED = gated(_TABLE, "denied")
_HEARSAY = gated(_TABLE, "hearsay")
_SUM_TALKED_OF = any_of(_TABLE, "sum_talked_of")
_TOLD = any_of(_TABLE, "told")

_SAYING = words("says_or_estimates")
_NOT = re.compile(r"\b(?:not|never)\b|n't")
_BEING = re.compile(r"\b(?:is|are|was|were|been)\b")
_STOPS = re.compile(r"[,;:—(]")


def chain(sentence: Sentence, statement: Statement) -> list[Statement]:
    """The statement, then those it leans on: "raise", "is in talks", "said"."""
    statements = sentence.parsed.statements
    number = next(place for place, each in enumerate(statements) if each is statement)
    found = [statement]
    while True:
        current = statements[number]
        if current.parent is not None:
            number = current.parent
        elif number and _complement(sentence, statements[number - 1], current):
            number -= 1
        else:
            return found
        found.append(statements[number])


def _complement(sentence: Sentence, before: Statement, current: Statement) -> bool:
    """Whether a statement is what the one before says: "said on Thursday that it has taken in"."""
    if before.verb.lemma not in _SAYING or current.relative or current.subject is before.subject:
        return False
    start = current.subject.start if current.subject and current.subject.start > before.verb.end else current.verb.start
    between = sentence.text[before.verb.end : start]
    return " that " in f"{between} " or not _STOPS.search(between)


def unrealised(sentence: Sentence, start: int, end: int, told: Statement | None = None) -> Status | None:
    """As in "rumored" or "denied" where the verbs before what happens say so; `told`: its statement, where known."""
    if told is not None and told.reduced:
        return None  # ", named chief executive in May,"
    statement = told or sentence.parsed.at(start)
    if statement is None:
        return _by_words(sentence.text[:end])
    subject = statement.subject
    if statement.verb.lemma in _SAYING and subject is not None and 0 < end <= subject.start:
        return _by_words(sentence.text[:end])  # "Pika in talks for a sale at $1 billion, sources say"
    links = chain(sentence, statement)
    first = min(each.verb.start for each in links)
    if any(_DENIED.search(sentence.text[:place]) for place in {first, max(start, statement.verb.start)}):
        return "denied"
    nearly = statement.verb.lemma in _NEARLY_DONE and _ALMOST.search(
        sentence.text, max(0, statement.verb.start - 8), statement.verb.main
    )
    if nearly or _by_nobody(sentence, statement):
        return "denied"
    if any(_HEARSAY.search(sentence.text[:place]) for place in {first, max(start, statement.verb.start)}):
        return "rumored"
    if statement.verb.end < start and re.search(
        r"\bsince (?:a|an|the|its)\b", sentence.text[statement.verb.end : start]
    ):
        return None  # "has not raised money since a $12 million round"
    if _stands_alone(sentence, statement):
        links = links[:1]
    if statement.verb.lemma in _FORESEES and not statement.verb.passive and statement.verb.end <= start:
        return "rumored"  # "expects sales of $30 million"
    leaning = None if sentence.text.startswith(" in at ", links[0].verb.end) else _by_parents(links)
    if leaning is not None:
        return leaning
    if links[-1].verb.infinitive:
        first = 0  # a headline without a verb before it: "Accel in talks to lead ..."
    words = sentence.text[first : end if end > statement.verb.end else statement.verb.main]
    subject = statement.subject
    if subject is not None and subject.end <= start and _SUM_TALKED_OF.match(sentence.text, subject.start, subject.end):
        return "rumored"
    if subject is not None and subject.start <= start < subject.end and not statement.relative:
        words = sentence.text[subject.start : statement.stop]
    return _by_words(words)


_ALMOST = re.compile(r"\b(?:almost|nearly|all but) \Z")
_NEARLY_DONE = frozenset(
    ("merge", "buy", "acquire", "purchase", "sell", "sign", "float", "list", "join", "quit", "resign")
)
_NOBODY = re.compile(r"(?:[Nn]obody|[Nn]o one|[Nn]one of|[Nn]either)\b")


def _by_nobody(sentence: Sentence, statement: Statement) -> bool:
    """Whether nobody did it: "Nobody has offered $1 billion for Pika"."""
    subject = statement.subject
    return subject is not None and _NOBODY.match(sentence.text, subject.start, subject.end) is not None


def _stands_alone(sentence: Sentence, statement: Statement) -> bool:
    """Whether a statement is no aim of the one before: ", replacing Jane Doe", "after she left"."""
    verb, subject = statement.verb, statement.subject
    if verb.form == "ing" and verb.bare:
        return sentence.text[: verb.start].endswith(", ")
    begin = subject.start if subject is not None and subject.start < verb.start else verb.start
    return bool(_SUBORDINATE.search(sentence.text[max(0, begin - 12) : begin]))


_PLANS = words("plans")
_NOT_YET_DONE = words("not_yet_done")
_FORESEES = words("foresees")
_RAISES = frozenset(("raise", "seek", "look", "borrow", "court", "market", "pitch"))
_REFUSES = frozenset(["deny", "decline", "refuse", "fail", "avoid", "reject", "rule"])


def _by_parents(links: list[Statement]) -> Status | None:
    """What the verbs say that a statement leans on: "expects to raise", "denied raising"; "did not raise"."""
    if _NOT.search(links[0].verb.group) or any(each.verb.lemma == "deny" for each in links[1:]):
        return "denied"
    if links[0].verb.form == "ing" and links[0].verb.lemma in _RAISES and _BEING.search(links[0].verb.group):
        return "rumored"
    if links[0].verb.lemma in _NOT_YET_DONE:
        return "rumored"
    for link, parent in itertools.pairwise(links):
        if link.parent is None:
            continue
        if parent.verb.lemma in _REFUSES:
            return "denied"
        if parent.verb.lemma in _PLANS:
            return "rumored"
    return None


def _by_words(text: str) -> Status | None:
    if is_denied(text, "en"):
        return "denied"
    return "rumored" if is_rumored(text, "en") else None


def is_decided(sentence: Sentence, verb: Verb) -> bool:
    """Whether what is to come is settled: "will leave", "is to close", or, as the company told, "would close"."""
    if _UNSURE.search(verb.group):
        return False
    if _SETTLED.search(verb.group):
        return True
    told = verb.group.startswith("would ") and sentence.said_by in ("company", "none")
    return told and _TOLD.search(sentence.text[: verb.start]) is not None


_UNSURE = re.compile(r"\b(?:may|might|could)\b")
_SETTLED = re.compile(r"\bwill\b|\b(?:is|are) to\b")
