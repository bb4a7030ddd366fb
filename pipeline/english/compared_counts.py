"""A count told beside another: "up from 86", "of whom 1.3 million were paying"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from db.values import PartialDate
from pipeline.english.claim_builder import make
from pipeline.english.document import Document, Sentence
from pipeline.english.told_dates import date_of_figure
from pipeline.names.company_name import CompanyName
from pipeline.values.counts_told import SCALES, count_at
from pipeline.values.found import FoundCount
from pipeline.values.numbers import DIGITS, from_digits

_UP_FROM = re.compile(
    rf"(?: on average| worldwide| in all| now)?,? (?:and )?(?:(?:up|down|compared|against|versus|rising|falling|growing"
    rf"|climbing)(?: sharply)?(?: from| with"
    rf"| to)?(?: just| only)?"
    r"(?: about| around| some)?|(?:more than |nearly |almost |about )?(?:twice|double|triple|(?:two|three|four"
    rf"|five|six|ten) times) the) (?P<number>{DIGITS})(?:[ -]?(?P<scale>thousand|million|billion))?(?![\w%$€£]|[.,]\d)"
    r"(?= (?:at|in|a|the|last|earlier|when|as|by|before|two|three|six|it|of)\b|[.,;)]|$)"
)
_AND_NOW = re.compile(
    r"[^.;\d$€£]{0,40}?(?:20\d\d)?(?:,? (?:and|but|where|while) (?:(?:a year ago|a year earlier|last year|now"
    r"|today),? )?"
    r"(?:it |they |the (?:company|startup|firm) )?"
    r"|[;,] (?:(?:a year ago|a year earlier|last year|now|today|by then),? )?(?:it|they|the (?:company|startup|firm)) )"
    r"(?:(?:now|today|already|once) )?"
    r"(?:has|had|employs|employed|counts|counted|(?:ended|finished|closed) (?:it|the year|20\d\d) (?:with|at))"
    r"(?: (?:about|around|some|nearly|over|more than|just|only))? "
    rf"(?P<number>{DIGITS})(?:[ -]?(?P<scale>thousand|million|billion))?(?: (?:now|today|at present))?(?=[.,;)]|$)"
)
"""As in "had 86 employees in January and has 210 now"."""
_TODAY = re.compile(
    r"\b(?:now|today) (?:it |they |the \w+ )?(?:has|employs|counts)\b|\b(?:has|employs|counts)\b[^.;]* (?:now|today)\Z"
)
_FAR_UP_FROM = re.compile(
    rf"[^.;\d$€£]{{0,90}}, (?:up|down) from (?:about |around |some )?(?P<number>{DIGITS})(?:[ -]?(?P<scale>thousand"
    rf"|million|billion))?"
    r"(?![\w%$€£]|[.,]\d)(?= (?:at|in|a|the|last|earlier|when|by|before|two|three|six)\b|[.,;)]|$)"
)
_MOVED = re.compile(
    r"\b(?:cut|reduced|trimmed|slashed|expanded|increased|swelled|ballooned|rose|risen|climbed|jumped|grew|grown|doubled|tripled|fell|fallen|dropped|slid|shrank|shrunk)\b[^.;]*\Z"
)
_MOVED_FROM = re.compile(
    rf"(?: in \w+| last \w+| this \w+)? from (?:just |only |about |around |some |more than |over "
    rf"|nearly )?(?P<number>{DIGITS})"
    r"(?:[ -]?(?P<scale>thousand|million|billion))?(?![\w%$€£]|[.,]\d)"
    r"(?= (?:at|in|a|the|last|earlier|when|by|before|two|three|six)\b|[.,;)]|$)"
)
"""As in "downloads fell to 1.1 million in February from 3.3 million in November"."""
_SO_MANY_NOW = re.compile(
    rf"\band (?P<number>{DIGITS})(?:[ -]?(?P<scale>thousand|million|billion))? (?:have|had) (?:done so|followed"
    rf"|joined them)\b"
)


def those_who_pay(sentence: Sentence, document: Document, company: CompanyName, count: FoundCount) -> Iterator[Claim]:
    """As in "had 16 million monthly users in June, of whom 1.3 million were paying"."""
    match = _OF_WHOM.match(sentence.text, count.end)
    if match is None or any(each.start < match.end() and match.start("number") < each.end for each in sentence.money):
        return
    number = from_digits(match["number"]) * (SCALES[match["scale"].lower()] if match["scale"] else 1)
    told = count_at(sentence.text, match.start("number"), number)
    on = date_of_figure(document, sentence, count.start)
    span, fields = (match.start("number"), match.end()), {"metric": "paying_users"}
    yield make(document, sentence, "metric", company, span, status=None, money=told, on=on, fields={**fields})


_OF_WHOM = re.compile(
    r"[^.;$€£]{0,40}?(?:,|,? (?:of (?:whom|which|them)|including|and)) (?:about |around |some |nearly "
    r"|more than |over )?"
    rf"(?P<number>{DIGITS})(?:[ -]?(?P<scale>thousand|million|billion))?(?: of them)? "
    r"(?:were paying|are paying|(?:are |were )?on (?:a )?paid\b|pay\b|paid\b|who pay|paying\b|subscribe\b"
    r"|subscribers\b)"
)


def compared(
    sentence: Sentence, document: Document, company: CompanyName, kind: str, count: FoundCount
) -> Iterator[Claim]:
    """The figure of before behind one: "It employs 210 people, up from 86 at the start of 2024"."""
    match = (
        _UP_FROM.match(sentence.text, count.end)
        or _FAR_UP_FROM.match(sentence.text, count.end)
        or _AND_NOW.match(sentence.text, count.end)
        or _SO_MANY_NOW.search(sentence.text, count.end)
    )
    if match is None and _MOVED.search(sentence.text, max(0, count.start - 40), count.end):
        match = _MOVED_FROM.match(sentence.text, count.end)
    if match is None or any(each.start < match.end() and match.start("number") < each.end for each in sentence.money):
        return
    number = from_digits(match["number"]) * (SCALES[match["scale"].lower()] if match["scale"] else 1)
    told = count_at(sentence.text, match.start("number"), number)
    near = [each for each in sentence.dates if match.end() <= each.start <= match.end() + 30]
    on = near[0].date if near else None
    published = document.article.published
    if on is None and _TODAY.search(match[0]) and published is not None:
        on = PartialDate(published.isoformat())
    span = (match.start("number"), near[0].end if near else match.end())
    yield make(document, sentence, "metric", company, span, status=None, money=told, on=on, fields={"metric": kind})
