"""How many go, or which share, as an English statement of layoffs tells it."""

from __future__ import annotations

import re

from db.model import FieldValue
from pipeline.document import Sentence
from pipeline.english.statements import Statement
from pipeline.found import FoundCount

PEOPLE = re.compile(
    r"\b(?:people|employees|staff|staffers|workers|jobs|roles|positions|workforce|headcount|engineers"
    r"|researchers|team|payroll|everyone|colleagues|contractors|posts)\b"
)
WORKFORCE = re.compile(
    r"\b(?:staff|workforce|employees|jobs|company|team|headcount|people|workers|roles|its|payroll|positions|the total"
    r"|the whole|them)\b"
)
_NUMBER = re.compile(
    r"\b(?P<number>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,5}) of (?:our|its|the"
    r"|their|his|her)\b"
)
SMALL_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_FAREWELL = ("say", "bid")
"""Verbs behind which "to" stands before those who go."""
_STAFF_BY = re.compile(r"\b(?:staff|workforce|team|headcount|payroll|employees)\b[^.;]{0,20}\bby [^.;]{1,12}\Z")
_BY = re.compile(
    r"\b(?:staff|workforce|team|headcount|payroll) by (?:about |around |some |nearly )?(?P<number>\d[\d,]*)"
    r"(?![\d.,%]*(?:%| per ?cent))(?=[.,; ]|$)"
)
"""As in "trimmed its staff by 40"."""
_ALL_STAFF = re.compile(
    r"\b(?:[Aa]ll (?:of )?(?:(?:its|the|their|our) )?(?:[\d,]+ )?(?:of (?:its|their|our) )?(?:remaining )?"
    r"(?:staff|employees|people|workers)\b(?! at\b| (?:in|on) (?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Monday"
    r"|Tuesday|Wednesday|Thursday|Friday|\d|early|late))|(?:its|the|their) (?:entire|whole) (?:staff|workforce|team)\b)"
)


def numbers_of(sentence: Sentence, statement: Statement, begin: int, stop: int) -> dict[str, FieldValue]:
    """The headcount and the percentage that a statement tells between two places."""
    fields: dict[str, FieldValue] = {}
    for count in sentence.counts:
        if not begin <= count.start < stop or sentence.text[: count.start].endswith("ne in "):
            continue
        if (
            count.unit == "%"
            and "percent" not in fields
            and (
                WORKFORCE.search(sentence.text[count.end : count.end + 40])
                or _STAFF_BY.search(sentence.text[begin : count.end])
            )
        ):
            fields["percent"] = plain(float(count.number.amount))
        elif (
            count.unit != "%"
            and PEOPLE.search(count.unit)
            and "headcount" not in fields
            and (statement.verb.lemma in _FAREWELL or not is_base(sentence, count))
        ):
            fields["headcount"] = int(count.number.amount)
    by = _BY.search(sentence.text, begin, stop)
    if by is not None and "headcount" not in fields:
        fields["headcount"] = int(by["number"].replace(",", ""))
    everybody = _ALL_STAFF.search(sentence.text, max(0, begin - 4), stop)
    if everybody is not None and "percent" not in fields:
        fields["percent"] = 100
    share = _ONE_IN.search(sentence.text, max(0, begin - 4), stop)
    if share is not None and "percent" not in fields:
        fields["percent"] = plain(round(100 / SMALL_NUMBERS[share["part"]], 1))
    if statement.verb.lemma == "halve" and not fields:
        fields["percent"] = 50
    few = _NUMBER.search(sentence.text, begin, stop)
    if few is not None:
        fields["headcount"] = SMALL_NUMBERS.get(few["number"]) or int(few["number"])
    return fields


_ONE_IN = re.compile(
    r"\b[Oo]ne in (?P<part>two|three|four|five|six|seven|eight|nine|ten) (?:of its |of the )?"
    r"(?:employees|staff|workers|people|jobs|roles|positions)\b"
)


_LEFT = re.compile(r" to (?:about |just |around )?[\d,]+(?: \w+)?\Z")
"""As many are left: "cut its team to 40"."""


def is_base(sentence: Sentence, count: FoundCount) -> bool:
    """Whether a number is that of all staff: "four of our eleven people", "20 of its 200 employees"."""
    before = sentence.text[max(0, count.start - 24) : count.start]
    if _LEFT.search(sentence.text, count.start, count.end):
        return True
    return bool(
        re.search(
            r"\bof (?:our|its|the|their|his|her|about|around|[A-Z]\w+(?: AI)?['’]s) ?\Z|\bto \Z|\bfrom \Z|leaving"
            r" (?:it with )?(?:about )?\Z",
            before,
        )
    )


def plain(value: float) -> int | str:
    """A number as a field holds it: whole, or written out."""
    return int(value) if value == int(value) else str(value)
