"""Layoffs told in set phrases: "gave notice to its 64 employees", "a third of its staff lost their jobs"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from db.model import FieldValue
from pipeline.english.document import Document, Sentence
from pipeline.english.layoff_numbers import NUMBER, PEOPLE, SMALL_NUMBERS, numbers_of, plain
from pipeline.english.parties import references
from pipeline.english.patterns import any_of
from pipeline.english.slots import LONGEST, masked, spans_of, table_of
from pipeline.english.statements import Statement
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedTable
from pipeline.names.company_name import CompanyName

_TABLE = "english_layoffs"
_NOT_PEOPLE = any_of(_TABLE, "not_people")
_STAFF = re.compile(
    r"\b(?:staff|workforce|employees|team|people|jobs|roles|positions|posts|headcount|payroll|company|business|workers"
    r"|engineers|researchers|ranks|them)\b"
)
_NEVER = re.compile(r"\b(?:not|never|nobody|no one|without)\b (?:[\w-]+ ){0,3}\Z|n't (?:[\w-]+ ){0,3}\Z")
_OF_ALL = re.compile(r"\bof (?:our|its|the|their|his|her|[A-Z][\w.-]+['’]s) (?:about |around |some )?\Z")
"""Before the number of all who work there: "20 of its 120 staff"."""
_REST = 60
"""Letters behind a phrase in which a number may follow: "gave notice to 17 people, a tenth of its staff"."""
_BESIDE = 25
"""Letters between two numbers of the same people: "a fifth of its team, 30 people or so, had to go"."""


class Cut(NamedTuple):
    """People who go, as a phrase tells it; `company` None: told elsewhere. `told` is the statement it stands in."""

    company: CompanyName | None
    fields: dict[str, FieldValue]
    told: Statement | None
    start: int
    end: int
    denied: bool


@cache
def _phrases() -> GatedTable[bool]:
    table = lexicon("pipeline.lexicon", _TABLE)
    return table_of({True: table["denials"], False: table["phrases"]}, table["sets"])


def cut_in(sentence: Sentence, document: Document) -> Cut | None:
    """The layoff that a phrase of the table tells, if one does."""
    possible = _phrases().possible(sentence.text) if len(sentence.text) <= LONGEST else ()
    if not possible:
        return None
    companies = {each.start: each for each in references(sentence, document)}
    numbers = _numbers(sentence)
    text = masked(
        sentence.text,
        [
            *((each.start, each.end, "C") for each in companies.values()),
            *((start, end, "N") for start, (end, _) in numbers.items()),
        ],
    )
    for pattern, denied in possible:
        for match in pattern.finditer(text):
            told = [start for start, _ in spans_of(match, "N")]
            begin = next((each for each in numbers if 0 < match.start() - numbers[each][0] < _BESIDE), match.start())
            stop = min(len(text), match.end() + _REST)
            if _NEVER.search(text[: match.start()][-40:]) or _NOT_PEOPLE.search(text, match.start(), match.end()):
                continue
            if any(not _are_people(sentence, numbers[start], match) for start in told):
                continue
            verbs = (each for each in sentence.parsed.statements if match.start() <= each.verb.main < match.end())
            verb = next(verbs, None) or sentence.parsed.at(match.start())
            fields = numbers_of(sentence, verb, begin, stop) if verb is not None else {}
            for start in told:
                fields |= numbers[start][1]
            near = [companies[start] for start, _ in spans_of(match, "C") if start in companies]
            here = [each for each in companies.values() if match.start() <= each.start < stop and each.named]
            company = (near or here)[-1].company if near or here else None
            return Cut(company, fields, verb, match.start(), stop, denied)
    return None


def _numbers(sentence: Sentence) -> dict[int, tuple[int, dict[str, FieldValue]]]:
    """Where numbers of people and shares stand: start -> (end, what they tell)."""
    found: dict[int, tuple[int, dict[str, FieldValue]]] = {}
    for few in NUMBER.finditer(sentence.text):
        number = SMALL_NUMBERS.get(few["number"]) or int(few["number"])
        found[few.start()] = (few.end(), {"headcount": number})
    for each in sentence.counts:
        if each.unit == "%":
            found[each.start] = (each.end, {"percent": plain(float(each.number.amount))})
        elif PEOPLE.search(each.unit) and not _OF_ALL.search(sentence.text[max(0, each.start - 30) : each.start]):
            found[each.start] = (each.end, {"headcount": int(each.number.amount)})
    return found


def _are_people(sentence: Sentence, number: tuple[int, dict[str, FieldValue]], match: re.Match[str]) -> bool:
    """Whether a share is one of those who work there: "a third of its staff", "its team by a third"."""
    end, told = number
    return "percent" not in told or bool(
        _STAFF.search(sentence.text, end, end + 40) or _STAFF.search(sentence.text, match.start(), end)
    )
