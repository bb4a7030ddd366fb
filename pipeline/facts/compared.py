"""What of a claim decides whether it speaks of the same thing as another, worked out once per claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from db.knowledge.curated import load_knowledge
from db.model import FieldValue, SaidBy, Status, StoredClaim
from db.nouns.identity import fold
from pipeline.facts.own_corrections import is_correction
from pipeline.facts.same_sum import Sum, sum_of

SEVERAL = "several"
"""The qualifier of one sum for several rounds."""
UNKNOWN_SERIES = frozenset({"series_unknown", "undisclosed"})
SECOND_HAND = frozenset({"unnamed_people", "other_outlet", "document"})
"""Whose word is not a party's, and not the outlet's own either."""
TOLD_EARLY_DAYS = 7
"""So much earlier than it happened something may be told as done: a date may be the announcement's, or a bit off."""
_FINE = frozenset({"day", "week", "month"})
HAN = re.compile("[\u4e00-\u9fff]")
"""A Chinese character."""
_fold = lru_cache(maxsize=100_000)(fold)


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as it is compared. Two claims that are equal here differ only in who says it, and when.

    `first` and `last` bound when it happened (proleptic day numbers), None where that is not told; `fine` says that
    they are a month or less. `not_after` bounds an undated report: what is told as done happened by then.
    `article` tells claims of one article apart from those of two; "" where a Told stands for claims of several.
    `corrects`: told in a correction, of what was printed with another sum; of prices, several of which may be told in
    the same days, `witness` says by whom.
    """

    status: Status
    said_by: SaidBy
    article: str
    first: int | None
    last: int | None
    fine: bool
    not_after: int | None
    sum: Sum | None
    series: str | None
    qualifier: str | None
    leads: frozenset[str]
    investors: frozenset[str]
    names: tuple[tuple[str, str], ...]
    text: str
    corrects: bool = False
    witness: str = ""

    def name(self, field: str) -> str | None:
        """A field of the type's own, folded; None where the claim does not state it."""
        for known, value in self.names:
            if known == field:
                return value
        return None


def told(stored: StoredClaim) -> Told:
    """A stored claim as it is compared."""
    claim, when = stored.claim, stored.claim.event_date
    if claim.type == "founding":
        return _FOUNDED
    series = _text(claim.fields, "investment_type")
    return Told(
        status=claim.status if claim.type in _WEIGHED else "reported",
        said_by=claim.said_by if claim.type in _WEIGHED else "none",
        article=stored.article_key,
        first=when.first_day().toordinal() if when else None,
        last=when.last_day().toordinal() if when else None,
        fine=when is not None and when.precision in _FINE,
        not_after=_not_after(stored),
        sum=sum_of(claim.money) if claim.money else None,
        series=None if series in UNKNOWN_SERIES else series,
        qualifier=_qualifier(_text(claim.fields, "series_qualifier")),
        leads=_people(claim.fields.get("lead_investors")),
        investors=_people(claim.fields.get("investors")) | _people(claim.fields.get("lead_investors")),
        names=_names(claim.fields),
        text=_fold(claim.evidence) if claim.type == "controversy" else "",
        corrects=claim.type in _WEIGHED and is_correction(stored),
        witness=stored.witness if claim.type == "valuation" else "",
    )


def _not_after(stored: StoredClaim) -> int | None:
    """By when that which an undated claim tells had begun; None where it has a date of its own, or nothing says."""
    if stored.claim.event_date is not None or stored.published is None:
        return None
    if stored.claim.status in ("reported", "confirmed"):
        return stored.published.toordinal()
    denies_a_sale = stored.claim.type == "acquisition" and stored.claim.status == "denied"
    return stored.published.toordinal() + _DENIED_WITHIN_DAYS if denies_a_sale else None


_DENIED_WITHIN_DAYS = 83
"""An undated "we are not for sale" is of the talk of its weeks: that of the next spring is another."""
_WEIGHED = frozenset({"funding_round", "valuation"})
"""Types of which talk and deal are told apart before they are merged, and corrections from what they correct."""
_FOUNDED = Told("reported", "none", "", None, None, False, None, None, None, None, frozenset(), frozenset(), (), "")
"""A company is founded once, whoever says so, and when."""


def _text(fields: Mapping[str, FieldValue], name: str) -> str | None:
    value = fields.get(name)
    return None if value in (None, "", []) else _fold(str(value))


def _names(fields: Mapping[str, FieldValue]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, _parties(str(value)) if name in _PARTIES else _fold(str(value)))
        for name, value in sorted(fields.items())
        if not isinstance(value, list) and value not in (None, "")
    )


_PARTIES = frozenset({"acquirer", "partner", "plaintiff"})
"""Fields that name others, who are the same however they are written: Disney, The Walt Disney Company, 迪士尼."""
BETWEEN_PARTIES = "; "


@lru_cache(maxsize=20_000)
def _parties(written: str) -> str:
    named = (_fold(name) for name in written.split(BETWEEN_PARTIES))
    return BETWEEN_PARTIES.join(sorted({known_party(name) or name for name in named}))


def known_party(name: str) -> str | None:
    """The key of the company or investor a folded name means; None where we know none."""
    return _known_parties().get(name)


def _qualifier(written: str | None) -> str | None:
    """C+, a second close and an extension are one thing; A1 and A5 are not."""
    if written is None:
        return None
    return "extension" if written == "extension" or written.endswith("+") else written.lstrip("abcdefghij") or written


def _people(value: FieldValue) -> frozenset[str]:
    if not isinstance(value, list):
        return frozenset()
    return frozenset(_investors().get(_fold(name), _fold(name)) for name in value)


@cache
def _investors() -> dict[str, str]:
    """The key of every investor and company we know by each of its strong names, folded."""
    known = load_knowledge()
    named = [(each.key, each.strong_names) for each in known.companies]
    named += [(each.key, each.strong_names) for each in known.investors]
    return {fold(name): key for key, names in named for name in names}


@cache
def _known_parties() -> dict[str, str]:
    """As `_investors`, with the weak names that are one's only: who sues or buys is a company, not a common word."""
    known = load_knowledge()
    meant: dict[str, set[str]] = {}
    named = [(each.key, (*each.strong_names, *each.weak)) for each in known.companies]
    named += [(each.key, (*each.strong_names, *each.weak)) for each in known.investors]
    for key, names in named:
        for name in names:
            meant.setdefault(fold(name), set()).add(key)
    return {name: min(keys) for name, keys in meant.items() if len(keys) == 1}


def gap(one: Told, other: Told) -> int | None:
    """Days between two periods: 0 where they overlap, None where either is unknown."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    if one.first > other.last:  # compared, not max() and min(): merging asks a hundred thousand times
        return one.first - other.last
    return other.first - one.last if other.first > one.last else 0


def within(one: Told, other: Told, days: int) -> bool:
    """Whether the two may have happened within this many days: unknown allows everything."""
    apart = gap(one, other)
    return apart is None or apart <= days


def near(one: Told, other: Told, days: int) -> bool:
    """Whether the two are known, to the month at least, to have happened within this many days."""
    if not (one.fine and other.fine):
        return False
    apart = gap(one, other)
    return apart is not None and apart <= days


def told_too_early(one: Told, other: Told) -> bool:
    """Whether one was told as done, without a date, before the other happened."""
    return _before(one, other) or _before(other, one)


def _before(report: Told, event: Told) -> bool:
    return report.not_after is not None and event.first is not None and report.not_after + TOLD_EARLY_DAYS < event.first


def alike(one: Told, other: Told, field: str) -> bool | None:
    """Whether a field says the same: None where either does not state it. Spaces do not count."""
    left, right = one.name(field), other.name(field)
    if left is None or right is None:
        return None
    return left.replace(" ", "") == right.replace(" ", "")
