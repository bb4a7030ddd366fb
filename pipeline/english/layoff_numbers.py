"""How many go, or which share, as an English statement of layoffs tells it."""

from __future__ import annotations

import re

from db.model import FieldValue
from pipeline.english.document import Sentence
from pipeline.english.patterns import any_of
from pipeline.english.statements import Statement
from pipeline.values.found import FoundCount

_TABLE = "english_layoffs"
PEOPLE = any_of(_TABLE, "people")
WORKFORCE = any_of(_TABLE, "workforce")
NUMBER = any_of(_TABLE, "number")
_STAFF_BY = any_of(_TABLE, "staff_by")
_BY = any_of(_TABLE, "by")
_ALL_STAFF = any_of(_TABLE, "all_staff")
_ONE_IN = any_of(_TABLE, "one_in")

SMALL_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_FAREWELL = ("say", "bid")
"""Verbs behind which "to" stands before those who go."""


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
    few = NUMBER.search(sentence.text, begin, stop)
    if few is not None:
        fields["headcount"] = SMALL_NUMBERS.get(few["number"]) or int(few["number"])
    return fields


_LEFT = re.compile(r" to (?:about |just |around )?[\d,]+(?: \w+)?\Z")
"""As many are left: "cut its team to 40"."""


def is_base(sentence: Sentence, count: FoundCount) -> bool:
    """Whether a number is that of all staff: "four of our eleven people", "20 of its 200 employees"."""
    before = sentence.text[max(0, count.start - 24) : count.start]
    if _LEFT.search(sentence.text, count.start, count.end):
        return True
    return bool(
        re.search(
            r"\bof (?:our|its|the|their|his|her|about|around|[A-Z]\w+(?: AI)?['’]s) ?\Z|(?<!\bup )\bto \Z|\bfrom \Z"
            r"|leaving (?:it with )?(?:about )?\Z",
            before,
        )
    )


def plain(value: float) -> int | str:
    """A number as a field holds it: whole, or written out."""
    return int(value) if value == int(value) else str(value)
