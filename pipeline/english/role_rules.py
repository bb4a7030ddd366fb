"""What a sum of money in an English sentence is after all, whatever role's words stand nearest: rules, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.english.earning_rules import EARNING
from pipeline.english.patterns import any_of
from pipeline.english.role_rule import ANY, DEALS, LOOSE, LOWEST_DEAL, Rule
from pipeline.english.sum_tests import (
    Place,
    a_part_is_paid_for,
    dwarfs_round,
    is_at_far_more,
    is_counted,
    is_counted_up,
    is_no_funding,
    is_none_of_ours,
    is_of_the_whole,
    is_paid,
    is_price,
    is_price_beside_round,
    is_priced_at,
    is_told_of,
    is_total,
    is_worth_of_things,
    sold_by_holders,
)

_TABLE = "english_sums"
_LISTS = any_of(_TABLE, "lists")
_FORETOLD = any_of(_TABLE, "foretold")
_BOUGHT_IN = any_of(_TABLE, "bought_in")
_BRINGS_IN_FROM = any_of(_TABLE, "brings_in_from")
_ALL_TOLD = any_of(_TABLE, "all_told")
_ALL_TOLD_BEFORE = any_of(_TABLE, "all_told_before")
_ALLEGED = any_of(_TABLE, "alleged")
_MOVED_AT = any_of(_TABLE, "moved_at")
_SOLD_ITSELF = any_of(_TABLE, "sold_itself")
_BUYING = any_of(_TABLE, "buying")
_IN_MONTH = any_of(_TABLE, "in_month")
_IN_ONE_MONTH = any_of(_TABLE, "in_one_month")
_A_YEAR = any_of(_TABLE, "a_year")
_A_QUARTER = any_of(_TABLE, "a_quarter")
_EARNS_A_QUARTER = any_of(_TABLE, "earns_a_quarter")
_VALUED_AT = any_of(_TABLE, "valued_at")
_OF_MONEY = any_of(_TABLE, "of_money")
_HOLDS = any_of(_TABLE, "holds")
_ON_A_DAY = any_of(_TABLE, "on_a_day")
_USES = any_of(_TABLE, "uses")
_OF_CASH_A_MONTH = any_of(_TABLE, "of_cash_a_month")
_SPENDS = any_of(_TABLE, "spends")
_OFFERED = any_of(_TABLE, "offered")
_FOR_ALL = any_of(_TABLE, "for_all")
_WORTH = any_of(_TABLE, "worth")
_ROUND_WORTH = any_of(_TABLE, "round_worth")
_ROUND_WORTH_IS = any_of(_TABLE, "round_worth_is")
_TOOK_TIME = any_of(_TABLE, "took_time")
_BURNS = any_of(_TABLE, "burns")
_MOSTLY = any_of(_TABLE, "mostly")
_BACKERS_HAD = any_of(_TABLE, "backers_had")
_INTO_IT = any_of(_TABLE, "into_it")
_IS_A = any_of(_TABLE, "is_a")
_OF_THAT_PRICE = any_of(_TABLE, "of_that_price")
_OVER_ROUNDS = any_of(_TABLE, "over_rounds")
_BURNT_BEHIND = any_of(_TABLE, "burnt_behind")
_IN_THE_MONTH = any_of(_TABLE, "in_the_month")

_FAR = 170
"""Characters before a sum in which its subject may stand."""
LOWEST_PRICE = 100_000
"""A company costs more, whatever its currency; a share less."""
_CASHES_IN = re.compile(r"\bcash(?:es|ed|ing)? (?:in|out)\b[^.;$€£]{0,20}\Z")
_BRINGS_IN = re.compile(r"\b(?:brings?|brought|bringing) in\b[^.;]{0,20}\Z")
_LISTED = 10**12
"""Only a listed company is worth so much: no valuation of ours."""
_SAYS_VALUED = re.compile(r"\bvalu\w+")


def _far(at: Place) -> str:
    return at.text[max(0, at.sum_.start - _FAR) : at.sum_.start]


def ruled(place: Place, role: str | None) -> str | None:
    """The role of a sum, from the one whose words stand nearest."""
    for rule in _RULES:
        if role in rule.of and rule.says(place):
            role = rule.role
            if rule.final:
                break
    return role


_RULES: Sequence[Rule] = (
    Rule(
        "with or without the money",
        (*LOOSE, "cash"),
        lambda at: _OF_MONEY.match(at.text, at.end),
        "valuation",
        final=False,
    ),
    Rule(
        "a company of that price",
        (*ANY, None),
        lambda at: _IS_A.search(at.before) and _OF_THAT_PRICE.match(at.text, at.end),
        "valuation",
    ),
    Rule("a round's worth", ("valuation",), lambda at: _ROUND_WORTH_IS.search(at.before), "funding_round"),
    Rule("of the whole", (*ANY, None), is_of_the_whole, "valuation"),
    Rule("valued at", ANY, lambda at: _VALUED_AT.search(at.before), "valuation", final=False),
    *EARNING,
    Rule(
        "sold by holders",
        (*LOOSE, "cash", "acquisition", None),
        lambda at: sold_by_holders(at.sentence, at.sum_),
        "funding_round",
    ),
    Rule("cashed in", ("cash",), lambda at: _CASHES_IN.search(at.before), None),
    Rule(
        "held on a day",
        (*LOOSE, "cash", None),
        lambda at: _HOLDS.search(at.before) and _ON_A_DAY.match(at.text, at.end),
        "cash",
    ),
    Rule(
        "used a month",
        ANY,
        lambda at: _USES.search(at.before) and _OF_CASH_A_MONTH.match(at.text, at.end),
        "burn_monthly",
    ),
    Rule("paid for a part", ("acquisition", *LOOSE), a_part_is_paid_for, "funding_round", final=False),
    Rule(
        "paid by a buyer",
        ("funding_round", "cash"),
        lambda at: is_paid(at) and _BUYING.search(at.text),
        "acquisition",
        final=False,
    ),
    Rule("paid", ("funding_round", "cash"), is_paid, None, final=False),
    Rule(
        "sold itself",
        ("valuation",),
        lambda at: _SOLD_ITSELF.search(at.text[: at.sum_.start]),
        "acquisition",
        final=False,
    ),
    Rule("burnt a year", ("burn_monthly",), lambda at: _A_YEAR.match(at.text, at.end), "spending", final=False),
    Rule(
        "counted by the month",
        LOOSE,
        lambda at: is_counted(at) and _IN_MONTH.match(at.text, at.end),
        "revenue_monthly",
    ),
    Rule(
        "counted in a month",
        LOOSE,
        lambda at: is_counted(at) and _IN_THE_MONTH.search(at.before),
        "revenue_monthly",
    ),
    Rule("counted", LOOSE, is_counted, "revenue_annual"),
    Rule("raised at", (*LOOSE, None), is_priced_at, "valuation", final=False),
    Rule("at far more", LOOSE, is_at_far_more, None),
    Rule("over several rounds", ("funding_round",), lambda at: _OVER_ROUNDS.match(at.text, at.end), "total_funding"),
    Rule("mostly in one round", (*LOOSE, None), lambda at: _MOSTLY.match(at.text, at.end), "total_funding"),
    Rule(
        "what backers had put in",
        ("funding_round",),
        lambda at: (
            _BACKERS_HAD.search(at.before)
            and _INTO_IT.match(at.text, at.end)
            and not (at.sentence.series or at.sentence.dates)
        ),
        "total_funding",
    ),
    Rule("brought in from", (*LOOSE, None), lambda at: _BRINGS_IN_FROM.search(at.before), "revenue_annual"),
    Rule("bought in", ("acquisition", *LOOSE), lambda at: _BOUGHT_IN.search(at.before), "funding_round"),
    Rule(
        "all told",
        (*LOOSE, "valuation", None),
        lambda at: _ALL_TOLD.match(at.text, at.end) or _ALL_TOLD_BEFORE.search(_far(at)),
        "total_funding",
    ),
    Rule("counted up", ("funding_round",), is_counted_up, "total_funding"),
    Rule("told of", ("funding_round",), is_told_of, None),
    Rule("brought in", ("funding_round",), lambda at: _BRINGS_IN.search(at.before) and _SPENDS.search(at.text), None),
    Rule(
        "worth of things",
        ("funding_round",),
        lambda at: _WORTH.search(at.before) and not _ROUND_WORTH.search(at.before),
        None,
    ),
    Rule("a forecast raised", LOOSE, lambda at: _FORETOLD.search(_far(at)), None),
    Rule("took time", ("funding_round",), lambda at: _TOOK_TIME.search(at.before), None),
    Rule("of a month", ("revenue_annual",), lambda at: _IN_ONE_MONTH.match(at.text, at.end), "revenue_monthly"),
    Rule("none of ours", ANY, is_none_of_ours, None),
    Rule("no funding", ("total_funding",), is_no_funding, None),
    Rule("worth of its things", ("valuation",), is_worth_of_things, None),
    Rule("a listed company", ("valuation",), lambda at: at.sum_.money.amount >= _LISTED, None),
    Rule(
        "earned a quarter",
        LOOSE,
        lambda at: _A_QUARTER.match(at.text, at.end) and _EARNS_A_QUARTER.search(at.before),
        "revenue_annual",
    ),
    Rule(
        "offered for all",
        LOOSE,
        lambda at: _OFFERED.search(at.before) and _FOR_ALL.match(at.text, at.end),
        "acquisition",
    ),
    Rule(
        "a valuation moved",
        LOOSE,
        lambda at: _MOVED_AT.search(at.before) and "valuation" in at.text[: at.sum_.start],
        "valuation",
    ),
    Rule("moved", LOOSE, lambda at: _MOVED_AT.search(at.before), None),
    Rule("the price of a share", ("valuation",), lambda at: at.sum_.money.amount < LOWEST_PRICE, None),
    Rule("the price of a seat", DEALS, lambda at: at.sum_.money.amount < LOWEST_DEAL, None),
    Rule("nothing we track", ("other",), lambda at: True, None),
    Rule(
        "not burnt",
        ("burn_monthly",),
        lambda at: not (_BURNS.search(at.before) or _BURNT_BEHIND.match(at.text, at.end)),
        None,
    ),
    Rule("a price beside a round", ("funding_round",), is_price_beside_round, "valuation"),
    Rule("far more than the round", ("funding_round",), dwarfs_round, None),
    Rule("alleged", ("funding_round",), lambda at: _ALLEGED.search(at.text[: at.sum_.start]), None),
    Rule("until then", ("funding_round",), is_total, "total_funding"),
    Rule("listed", ("funding_round",), lambda at: _LISTS.search(at.text) and not at.sentence.series, "ipo"),
    Rule("a price", ("funding_round",), is_price, None),
    Rule("a price told", ("valuation",), lambda at: is_price(at) and not _SAYS_VALUED.search(at.sentence.text), None),
)
