"""What a buyer pays, told in the clause of the deal, behind it or right before."""

from __future__ import annotations

import re

from db.values import Money
from pipeline.chinese.clauses import Clause
from pipeline.chinese.patterns import any_of
from pipeline.chinese.sums import role_of

_CLAUSES_BEHIND = 4
_PRICED = re.compile(
    r"(?:交易|收购|成交|整体|初步)?(?:总价|价格|对价|作价|报价)[约为在达是到近超过逾大概可能或将预计高接只仅有才不足]*\Z"
)
"""「正就收购进行谈判，价格约为6亿美元」"""


def price_of_deal(clause: Clause) -> Money | None:
    """The price told in the clause, or behind it in the same sentence."""
    clauses = clause.sentence.clauses
    for each in clauses[clause.place : clause.place + _CLAUSES_BEHIND]:
        if each is not clause and any_of("chinese_events", "acquisition", "buys").search(each.text):
            return None
        for sum_ in each.money:
            role = role_of(each, sum_)
            priced = (
                each is not clause and not each.named and _PRICED.search(each.sentence.text, each.start, sum_.start)
            )
            if not sum_.restates and (
                priced or role == "acquisition" or (role == "sum_of_round" and each is not clause)
            ):
                return sum_.money
    before = clause.previous
    told = before is not None and any_of("chinese_events", "acquisition", "buys").search(before.text) is not None
    if before is not None and not told and len(before.money) == 1:
        return before.money[0].money if role_of(before, before.money[0]) == "acquisition" else None
    return None
