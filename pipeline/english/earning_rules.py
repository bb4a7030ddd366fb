"""What a sum of an English sentence is that was earned, lost or kept: in a month, in a year, at a rate, in the bank."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.english.patterns import any_of
from pipeline.english.role_rule import ANY, LOOSE, LOWEST_DEAL, Rule
from pipeline.english.sum_tests import EARNS

_TABLE = "english_sums"
_ALL_BUT = any_of(_TABLE, "all_but")
_SELLS = any_of(_TABLE, "sells")
_WORTH_OF_GOODS = any_of(_TABLE, "worth_of_goods")
_WORTH_IN_MONTH = any_of(_TABLE, "worth_in_month")
_BURNT_IN_TIME = any_of(_TABLE, "burnt_in_time")
_IN_A_TIME = any_of(_TABLE, "in_a_time")
_AT_A_LOSS = any_of(_TABLE, "at_a_loss")
_A_YEAR = any_of(_TABLE, "a_year")
_BUYING = any_of(_TABLE, "buying")
_EARNED_AGAINST = any_of(_TABLE, "earned_against")
_EARNED_BESIDE_LOSS = any_of(_TABLE, "earned_beside_loss")
_EARNED_FROM = any_of(_TABLE, "earned_from")
_EARNED_IN_QUARTER = any_of(_TABLE, "earned_in_quarter")
_EARNED_IN_YEAR = any_of(_TABLE, "earned_in_year")
_FOR_CASH = any_of(_TABLE, "for_cash")
_IN_MONTH = any_of(_TABLE, "in_month")
_LOSS_BEHIND = any_of(_TABLE, "loss_behind")
_MONTH_ALONE = any_of(_TABLE, "month_alone")
_NO_INCOME = any_of(_TABLE, "no_income")
_OF_ITS_CASH = any_of(_TABLE, "of_its_cash")
_OF_MONTH = any_of(_TABLE, "of_month")
_PAID_BY_CUSTOMERS = any_of(_TABLE, "paid_by_customers")
_RUN_A_YEAR = any_of(_TABLE, "run_a_year")
_RUN_RATE = any_of(_TABLE, "run_rate")
_SALES = any_of(_TABLE, "sales")
_TAKES = any_of(_TABLE, "takes")
_YEARLY = any_of(_TABLE, "yearly")
_YEAR_BEHIND = any_of(_TABLE, "year_behind")
_A_MONTH = re.compile(
    r" (?:a|per|each|every) month\b| in each of [A-Z]| in an? (?:good|typical|average|normal|busy|ordinary) month\b"
)

EARNING: Sequence[Rule] = (
    Rule(
        "run rate",
        ("revenue_annual", "other"),
        lambda at: _RUN_RATE.search(at.before) and not _A_MONTH.match(at.text, at.end),
        "arr",
    ),
    Rule(
        "earned a month",
        (*LOOSE, "burn_monthly", "revenue_annual"),
        lambda at: _A_MONTH.match(at.text, at.end) and (EARNS.search(at.before) or _SALES.search(at.before)),
        "revenue_monthly",
    ),
    Rule(
        "earned a year",
        (*LOOSE, None),
        lambda at: _A_YEAR.match(at.text, at.end) and (EARNS.search(at.before) or _SALES.search(at.before)),
        "revenue_annual",
    ),
    Rule(
        "runs at so much a year",
        (*LOOSE, None),
        lambda at: _RUN_A_YEAR.search(at.before) and _YEAR_BEHIND.match(at.text, at.end),
        "arr",
    ),
    Rule(
        "earned within a time",
        (*LOOSE, "cash", None),
        lambda at: (
            (_EARNED_IN_YEAR.search(at.before) or _EARNED_IN_QUARTER.search(at.before))
            and not _NO_INCOME.match(at.text, at.end)
        ),
        "revenue_annual",
    ),
    Rule(
        "earned from customers",
        (*LOOSE, None),
        lambda at: _TAKES.search(at.before) and _EARNED_FROM.match(at.text, at.end),
        "revenue_annual",
    ),
    Rule(
        "earned, against so much before",
        (*LOOSE, None),
        lambda at: _TAKES.search(at.before) and _EARNED_AGAINST.match(at.text, at.end),
        "revenue_annual",
    ),
    Rule(
        "sold in a month",
        (*LOOSE, "acquisition", None),
        lambda at: (
            _SELLS.search(at.before)
            and _WORTH_OF_GOODS.match(at.text, at.end)
            and _WORTH_IN_MONTH.match(at.text, at.end)
        ),
        "revenue_monthly",
    ),
    Rule(
        "sold",
        (*LOOSE, "acquisition", None),
        lambda at: _SELLS.search(at.before) and _WORTH_OF_GOODS.match(at.text, at.end),
        "revenue_annual",
    ),
    Rule(
        "burnt within a time",
        (*ANY, None),
        lambda at: _BURNT_IN_TIME.search(at.before) and _IN_A_TIME.match(at.text, at.end),
        "spending",
    ),
    Rule(
        "all but a rest",
        (*ANY, None),
        lambda at: _ALL_BUT.search(at.before) and _OF_ITS_CASH.match(at.text, at.end),
        "cash",
    ),
    Rule(
        "lost at a rate", ("arr",), lambda at: _AT_A_LOSS.search(at.before) and not _SALES.search(at.before), "spending"
    ),
    Rule(
        "earned beside a loss",
        (*LOOSE, None),
        lambda at: _EARNED_BESIDE_LOSS.search(at.before) and _LOSS_BEHIND.match(at.text, at.end),
        "revenue_annual",
    ),
    Rule(
        "paid by customers in a month",
        (*LOOSE, None),
        lambda at: _PAID_BY_CUSTOMERS.search(at.before) and _IN_MONTH.match(at.text, at.end),
        "revenue_monthly",
    ),
    Rule(
        "paid by customers",
        (*LOOSE, None),
        lambda at: _PAID_BY_CUSTOMERS.search(at.before) and _A_YEAR.match(at.text, at.end),
        "revenue_annual",
    ),
    Rule(
        "paid in cash",
        ("cash",),
        lambda at: _FOR_CASH.search(at.before) and _BUYING.search(at.text, at.end),
        "acquisition",
    ),
    Rule("too little to burn", ("burn_monthly",), lambda at: at.sum_.money.amount < LOWEST_DEAL, None),
    Rule("a month alone", LOOSE, lambda at: _MONTH_ALONE.search(at.text[: at.sum_.start]), "revenue_monthly"),
    Rule(
        "a month's",
        ("revenue_annual",),
        lambda at: _OF_MONTH.match(at.text, at.end) and not _YEARLY.search(at.before),
        "revenue_monthly",
    ),
)
"""In order; the first that fits is meant."""
