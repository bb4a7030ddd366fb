"""When a company began, told in set phrases or by its age: "grew out of a lab in 2021", "is two years old"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from db.values import PartialDate
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import Reference, references, referred
from pipeline.english.slots import LONGEST, masked, spans_of, table_of
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedTable
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundDate
from pipeline.values.numbers import from_english

_TABLE = "english_foundings"
_NO_COMPANY = frozenset(("us", "our", "them"))
_COUNT = re.compile(r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|a)\Z")
_IT = re.compile(r"(?:It|They)\b")
_STRANGER_WHICH = re.compile(r"\b[A-Z][\w-]+, (?:which|who)\b[^;]*\Z")
_GOVERNED = re.compile(r"\b(?:of|for|with|by|in|at|to|from|on|than)(?: the)? \Z")
_RELATIVE = re.compile(r"\b(?:earlier|before|later|after)\Z")
_OLDEST = 40
"""Years: what is older is no company of this field."""


class Beginning(NamedTuple):
    """A company and when it began, as a phrase tells it."""

    company: CompanyName
    on: PartialDate
    start: int
    end: int


@cache
def _phrases(kind: str) -> GatedTable[str]:
    table = lexicon("pipeline.lexicon", _TABLE)
    return table_of({kind: table[kind]}, table["words"])


def beginning_in(sentence: Sentence, document: Document) -> Beginning | None:
    """The beginning that a phrase of the tables tells, if one does."""
    if len(sentence.text) > LONGEST:
        return None
    dated = _phrases("phrases").possible(sentence.text) if sentence.dates else ()
    aged = _phrases("ages").possible(sentence.text)
    if not dated and not aged:
        return None
    products = {each.start for each in sentence.mentions if each.kind != "company"}
    companies = {
        each.start: each
        for each in references(sentence, document)
        if each.start not in products and sentence.text[each.start : each.end] not in _NO_COMPANY
    }
    opening = _IT.match(sentence.text)
    if opening is not None and sentence.where == "text":
        meant = referred(sentence, 0, document, described=False)
        if meant is not None:
            companies.setdefault(0, Reference(0, opening.end(), meant, False))
    text = masked(
        sentence.text,
        [
            *((each.start, each.end, "D") for each in sentence.dates if not _is_relative(sentence, each)),
            *((each.start, each.end, "C") for each in companies.values()),
        ],
    )
    for pattern, _ in (*dated, *aged):
        for match in pattern.finditer(text):
            if match.start() in companies and _GOVERNED.search(text[: match.start()][-20:]):
                continue  # "Shares of Pika began ..."
            told = [companies[start] for start, _ in spans_of(match, "C") if start in companies]
            named = [each for each in companies.values() if each.named and each.end <= match.start()]
            if told and not told[-1].named and "after" in match.re.groupindex:
                if _STRANGER_WHICH.search(sentence.text[: match.start()][-120:]) and not named:
                    continue  # "the tapes of Voxmeadow, which closed in May, four years after it was founded"
                told = named[-1:] or told
            company = told[-1].company if told else sentence.topic
            on = _aged(sentence, match, document) if "count" in match.re.groupindex else _dated(sentence, match)
            if company is not None and on is not None:
                return Beginning(company, on, match.start(), match.end())
    return None


def _dated(sentence: Sentence, match: re.Match[str]) -> PartialDate | None:
    start = spans_of(match, "D")[-1][0]
    return next((each.date for each in sentence.dates if each.start <= start < each.end), None)


def _aged(sentence: Sentence, match: re.Match[str], document: Document) -> PartialDate | None:
    """So many years before the day of publication, or before the day told: "in 2024, a year after it was founded"."""
    if "after" in match.re.groupindex:
        before = [each.date for each in sentence.dates if each.end <= match.start() and each.date is not None]
        return _years_before(document, match["count"], before[-1] if before else None, "year")
    told = _dated(sentence, match) if spans_of(match, "D") else None
    return _years_before(document, match["count"], told, "month" if told is not None else "year")


def _years_before(
    document: Document, count: str, day: PartialDate | None = None, precision: str = "year"
) -> PartialDate | None:
    """The year, or the month, so many years before a day, without one before that of publication."""
    published = document.article.published
    written = count.lower()
    if published is None or _COUNT.match(written) is None:
        return None
    years = 1 if written in ("a", "one") else int(written) if written.isdigit() else int(from_english(written))
    iso = day.iso if day is not None else published.isoformat()
    if years > _OLDEST:
        return None
    return PartialDate(f"{int(iso[:4]) - years:04}{iso[4:7] if precision == 'month' else ''}")


def _is_relative(sentence: Sentence, date: FoundDate) -> bool:
    """Whether a time is told by another one, which may be told as well: "a year earlier, in 2023"."""
    return _RELATIVE.search(sentence.text[date.start : date.end]) is not None
