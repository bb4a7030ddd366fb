"""What a round came to with its extension, and the parts that it is made of: one sum of money, added up once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from db.nouns.facts import Fact
from db.nouns.round_kinds import is_done_round, is_new_equity

_TOGETHER = timedelta(days=7)
"""How far apart the news of an extension may be dated from what it brings the round to."""
_TOLERANCE = Decimal("0.02")
_BRINGS_TO = re.compile(
    r"\b(?:br(?:ings?|inging|ought)|stretch(?:es|ed|ing)?|exten(?:ds?|ded|ding)|t(?:akes?|aking|ook)|push(?:es|ed|ing)?"
    r"|lift(?:s|ed|ing)?|expand(?:s|ed|ing)?) (?:the|its|that|this)(?: \w+)? ?\b(?:round|series [a-k]|seed)(?: round)?"
    r"(?: size| total)? to\b",
    re.IGNORECASE,
)


def counted_once(facts: Sequence[Fact]) -> list[Fact]:
    """The facts to add up: a whole round goes out where all its parts are told, its extension where only that is."""
    twice = {(extension if first is None else whole).id for whole, extension, first in _wholes(facts)}
    return [fact for fact in facts if fact.id not in twice]


def new_money(facts: Sequence[Fact]) -> list[Fact]:
    """The facts to add up in a period: of a round that was extended in it, only what the extension brought."""
    wholes = {whole.id for whole, _, _ in _wholes(facts)}
    return [fact for fact in facts if fact.id not in wholes]


def _wholes(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact, Fact | None]]:
    """Each whole round with its extension, and what it had raised before where a round of just that sum is told."""
    by_company: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if is_done_round(fact) and _amount(fact):
            by_company[fact.company_key].append(fact)
    for rounds in by_company.values():
        for extension in rounds:
            if extension.value("series_qualifier") != "extension":
                continue
            for whole in rounds:
                if not _may_hold(whole, extension):
                    continue
                first = next((each for each in rounds if _is_rest(each, whole, extension)), None)
                if first is not None or any(_BRINGS_TO.search(told.claim.sentence) for told in whole.claims):
                    yield whole, extension, first


def _may_hold(whole: Fact, extension: Fact) -> bool:
    days = _day(whole), _day(extension)
    return (
        whole.value("series_qualifier") is None
        and whole.value("investment_type") == extension.value("investment_type")
        and whole.value("currency") == extension.value("currency")
        and _amount(whole) > _amount(extension)
        and days[0] is not None
        and days[1] is not None
        and abs(days[0] - days[1]) <= _TOGETHER
    )


def _is_rest(each: Fact, whole: Fact, extension: Fact) -> bool:
    """Whether a round is what a whole had raised before its extension: told of an earlier day, and just the rest."""
    if each.id in (whole.id, extension.id) or each.value("currency") != whole.value("currency"):
        return False
    if not is_new_equity(each):
        return False
    day, later = _day(each), _day(extension)
    rest = _amount(whole) - _amount(extension)
    earlier = day is not None and later is not None and day < later
    return earlier and abs(_amount(each) - rest) <= _TOLERANCE * _amount(whole)


def _amount(fact: Fact) -> Decimal:
    return fact.money.amount if fact.money is not None else Decimal(0)


def _day(fact: Fact) -> date | None:
    return fact.event_date.first_day() if fact.event_date is not None else None
