"""Learned weights: the tables, and what they add where no rule knows the words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from db.values import Money
from pipeline.learned.chinese_marked_words import Word, words
from pipeline.learned.chinese_sums import features_of, learned_role
from pipeline.learned.weights import parsed, weights
from pipeline.values.found import FoundMoney

TABLE = ["nothing\tround", "0.0\t-1.0", "raised\t0:-1.0\t1:2.0", "price\t0:1.5"]


def test_the_answer_with_the_greatest_sum_is_told_with_how_likely_it_is() -> None:
    table = parsed(TABLE, "sums.tsv")

    assert table.likeliest({"raised": 1.0, "unheard of": 9.0}) == ("round", pytest.approx(0.8808, abs=1e-4))
    assert table.likeliest({"raised": 0.1, "price": 1.0}) == ("nothing", pytest.approx(0.9002, abs=1e-4))


@pytest.mark.parametrize(
    ("lines", "where"),
    [([], "line 2"), (TABLE[:1], "line 2"), ([TABLE[0], "0.0"], "line 2"), ([*TABLE, "sold\t2:1.0"], "line 5"),
     ([*TABLE, "sold\t1:much"], "line 5")],
)  # fmt: skip
def test_a_broken_table_is_told_by_its_line(lines: list[str], where: str) -> None:
    with pytest.raises(ValueError, match=f"sums.tsv, {where}: .*make weights"):
        parsed(lines, "sums.tsv")


def test_values_stand_as_marks_among_the_words() -> None:
    sum_ = FoundMoney(3, 6, Money(Decimal(300_000_000), "CNY"))

    told = words("账上有3亿元。", mentions=[], money=[sum_], dates=[], series=[], counts=[])

    assert told == [
        Word("账", 0, 1), Word("上", 1, 2), Word("有", 2, 3), Word("MONEY", 3, 6), Word("。", 6, 7),
    ]  # fmt: skip
    near = {name: value for name, value in features_of(told, sum_).items() if name[0] in "<>"}
    assert near["<0有"] == near["<有"] == near[">。"] == 1.0
    assert near["<账"] < near["<上"] < 1.0


def test_the_bundled_table_can_be_read() -> None:
    table = weights("chinese_sums")

    assert {"nothing", "funding_round", "valuation", "total_funding", "revenue_annual"} <= set(table.answers)
    assert learned_role([], FoundMoney(0, 3, Money(Decimal(1), None))) is None
