"""When an English sentence says that something happened, and whether it did: by the verbs it leans on."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator

from db.model import Status
from db.values import PartialDate
from pipeline.attribution import is_denied, is_rumored
from pipeline.document import Document, Sentence
from pipeline.english.clauses import Statement
from pipeline.english.money_roles import SAYS_TODAY
from pipeline.found import FoundDate
from pipeline.gated_pattern import GatedPattern

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
        "disclose",
        "reveal",
        "argue",
        "write",
        "estimate",
        "deny",
    ]
)
_PAST = re.compile(r"\b(?:previously|had|earlier|last round|at the time|back then|before that|once|former|then)\b")
_AFTER = GatedPattern(r"\bafter (?:also |already )?\Z")
_SINCE = re.compile(r"\b(?:since|until|till|before|ahead of|prior to) (?:the )?\Z|\b(?:valid|through) \Z")
_COMPARED = GatedPattern(
    r"\b(?:up|down|rising|falling) from\b"
    r"|\b(?:compared with|against(?= [$€£\d]| an? (?:loss|profit)| the same| about| around)|versus|instead of)\b"
)
_SINCE_THAT = re.compile(r"\bsince (?:an?|the|its)\b")
_FOLLOWING = GatedPattern(r", (?:following|after|replacing|succeeding) (?:the |its |his |her )?[a-z]+ of\b")
"""A date behind "following the exit of" is that of the exit."""
_NOT = re.compile(r"\b(?:not|never)\b|n't")
_BEING = re.compile(r"\b(?:is|are|was|were|been)\b")
_TODAY = re.compile(r"\b(?:has|have|is|are|'s|'ve)\b")
_TO = re.compile(r"\bto\b")
_OPENS_CLAUSE = re.compile(r"(?:[,;:]|\band|\bbut)(?: \w+)? (?:in |on |by |since |the )*\Z")
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


def unrealised(sentence: Sentence, start: int, end: int) -> Status | None:
    """As in "rumored" or "denied" where the verbs before what happens say so."""
    statement = sentence.parsed.at(start)
    if statement is None:
        return _by_words(sentence.text[:end])
    links = chain(sentence, statement)
    first = min(each.verb.start for each in links)
    if _DENIED_REPORT.search(sentence.text[:first]):
        return "denied"
    if statement.verb.end < start and re.search(
        r"\bsince (?:a|an|the|its)\b", sentence.text[statement.verb.end : start]
    ):
        return None  # "has not raised money since a $12 million round"
    if _stands_alone(sentence, statement):
        links = links[:1]
    leaning = _by_parents(links)
    if leaning is not None:
        return leaning
    if links[-1].verb.infinitive:
        first = 0  # a headline without a verb before it: "Accel in talks to lead ..."
    told = sentence.text[first : end if end > statement.verb.end else statement.verb.main]
    subject = statement.subject
    if subject is not None and subject.start <= start < subject.end and not statement.relative:
        told = sentence.text[subject.start : statement.stop]
    return _by_words(told)


def _stands_alone(sentence: Sentence, statement: Statement) -> bool:
    """Whether a statement is no aim of the one before: ", replacing Jane Doe", "after she left"."""
    verb, subject = statement.verb, statement.subject
    if verb.form == "ing" and verb.bare:
        return sentence.text[: verb.start].endswith(", ")
    begin = subject.start if subject is not None and subject.start < verb.start else verb.start
    return bool(_SUBORDINATE.search(sentence.text[max(0, begin - 12) : begin]))


_SUBORDINATE = re.compile(r"\b(?:after|since|because|when|while|although|though) \Z")


_DENIED_REPORT = GatedPattern(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|rebut(?:s|ted)?|refut(?:es|ed)|shot down|brushed off)"
    r" (?:\w+ ){0,3}(?:reports?|rumou?rs?|talk|suggestions?|speculation|claims?|story|stories) (?:\w+ ){0,3}that "
    r"(?:\w+ ){0,3}\Z"
)


_PLANS = frozenset(
    [
        "plan",
        "expect",
        "want",
        "hope",
        "aim",
        "intend",
        "seek",
        "consider",
        "weigh",
        "ask",
        "look",
        "try",
        "attempt",
        "prepare",
        "offer",
        "threaten",
        "propose",
        "predict",
        "forecast",
        "urge",
        "push",
        "press",
        "invite",
        "encourage",
        "need",
        "wait",
        "discuss",
        "contemplate",
        "mull",
        "explore",
        "suggest",
        "talk",
        "debate",
        "hire",
        "appoint",
        "wish",
        "promise",
        "bid",
    ]
)
_NOT_YET_DONE = frozenset(("near", "offer", "propose", "seek", "eye", "target", "weigh", "consider", "discuss", "mull"))
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


def date_of(document: Document, sentence: Sentence, position: int, *, news: bool = True) -> PartialDate | None:
    """When what a sentence tells at a position happened; None where the text does not say.

    The date of the statement or of one it leans on; the day of publication for a vague word, in the lead, and for what
    is told as the state of today.
    """
    found = dated(sentence, position)
    if found is not None and found.date is not None:
        return found.date
    published = document.article.published
    if published is None:
        return None
    today = PartialDate(published.isoformat())
    if found is not None and found.vague:
        return today
    statement = sentence.parsed.at(position)
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


def is_present(sentence: Sentence, statement: Statement) -> bool:
    """Whether a verb tells how things are today: "has raised", "is worth", "claims"."""
    verb = statement.verb
    if _TODAY.search(verb.group):
        return True
    if verb.lemma in ("be", "have") and sentence.text[verb.main : verb.end] not in ("is", "are", "has", "have"):
        return False
    return not _TO.search(verb.group) and verb.form in ("s", "base")


def dated(sentence: Sentence, position: int) -> FoundDate | None:
    """The date a place carries: of its own statement, else of those it leans on."""
    statement = sentence.parsed.at(position)
    dates = [each for each in sentence.dates if not _SINCE.search(sentence.text[max(0, each.start - 20) : each.start])]
    if statement is None:
        return min(dates, key=lambda each: abs(each.start - position), default=None)
    return dated_statement(sentence, statement, position)


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
    for link in [statement] if own else _sources(sentence, statement):
        near = [each for each in dates if _belongs(sentence, each, link)]
        behind = [each for each in near if _right_behind(sentence, position, each)]
        if behind:
            return behind[0]
        if near:
            return min(near, key=lambda each: min(abs(each.start - position), abs(each.end - position)))
    if own:
        return None
    first = sentence.parsed.statements[0]
    opening = first.subject.start if first.subject is not None else first.verb.start
    if dates and dates[0].end <= opening <= 40 and not first.reduced:
        return dates[0]
    return None


_OPENS_NEXT = re.compile(r"(?:,|;|\band|\bthen)(?: then| later)?,? (?:in |on |by |some )?\Z")
_NEXT_SUM = re.compile(r",? (?:an?|the|its|another|for|by|with|raised)?\b[^,;.]{0,30}\Z")


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


_RIGHT_BEHIND = re.compile(r"[$€£]?[\w.]+ (?:million |billion )?(?:[\w-]+ )?(?:in |at |on |by |the end of )*")


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
