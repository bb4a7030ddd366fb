"""What the readers of a text find, with its place: the words that claims are made of.

All offsets are those of the text the reader was given. Readers are given a *folded* text (`pipeline.fold`), which has
the length of the original, so the same offsets hold in the stored text.
"""

from __future__ import annotations

import datetime
from functools import partial
from typing import Literal, NamedTuple

from db.values import Money, PartialDate


class FoundMoney(NamedTuple):
    """A sum of money. `restates` is True for the second currency of "5.8亿元（8000万美元）"."""

    start: int
    end: int
    money: Money
    restates: bool = False


class FoundDate(NamedTuple):
    """A date, resolved. `date` is None for a vague word (近日) that only says: about the day of publication.

    It is None as well for a stretch of time that is no year, month or day (between 2019 and 2021, 过去一年); `stretch`
    then is its first day and the day after its last.
    """

    start: int
    end: int
    date: PartialDate | None
    vague: bool = False
    stretch: tuple[datetime.date, datetime.date] | None = None


class FoundSeries(NamedTuple):
    """A round's name: Crunchbase's investment_type, and "pre", "extension" or the written suffix ("A+", "B1")."""

    start: int
    end: int
    investment_type: str
    qualifier: str | None = None


class FoundCount(NamedTuple):
    """A number of things or people, or a percentage (`unit` = "%"), with its operator; `unit` is the folded word."""

    start: int
    end: int
    number: Money
    unit: str


class NameMention(NamedTuple):
    """A name. `key` is a curated slug, or `db.nouns.identity.candidate_key` of an unknown name (`known` False).

    `name` is the canonical name (as written, where unknown). For a product `owner_key` is its company.
    """

    start: int
    end: int
    kind: Literal["company", "product", "investor", "person"]
    key: str
    name: str
    known: bool
    owner_key: str | None = None


def moved(mention: NameMention, by: int) -> NameMention:
    """A name as it stands in a text that begins elsewhere; a third of the time of `_replace`."""
    start, end, kind, key, name, known, owner_key = mention
    return _MENTION_OF((start + by, end + by, kind, key, name, known, owner_key))


_MENTION_OF = partial(tuple.__new__, NameMention)


class Person(NamedTuple):
    """A person named in a text, and where."""

    start: int
    end: int
    name: str
