"""What a buyer pays, told in the clause of the deal, behind it or right before."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from db.model import Claim
from db.values import Money
from pipeline.attribution import said_by
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.patterns import any_of
from pipeline.chinese.sums import role_of

_CLAUSES_BEHIND = 4
_PRICED = re.compile(
    r"(?:(?:交易|收购|成交|整体|初步)?(?:总价|价格|对价|作价|报价|价码|代价|花费|涉资|耗资|斥资|金额|交易额|价钱|总额|开价|要价|叫价)|花了?|付了?|付出了?|耗费了?|砸了?)[约为在达是到近超过逾大概可能或将预计高接只仅有才不足]*\Z"
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


_TOLD_BY_OTHERS = re.compile(
    r"外媒|媒体|[^，。；]{1,14}(?:的说法|报道|援引|引述)|据(?!公告|公司|双方|官方|财报|披露)[^，。；]{1,16}|知情|人士|消息称|业内|市场传|传闻|坊间|估计"
)
_AS_PRICE = re.compile(
    r"价|花费|代价|花了|说法|估计|金额|对价|成交|(?:\A|[，,])\s*(?:大约|约|是|为|在)+[^，。；\d]{0,4}\Z|总额|规模|达|超"
)
_SENTENCES_BEHIND = 1


def _price_elsewhere(page: Page, clause: Clause, parties: Collection[str]) -> tuple[Clause, Money] | None:
    """The price that others, and not the parties, give behind a deal: 「The Information的说法是约4500万美元」."""
    number = clause.sentence.number
    behind = clause.sentence.clauses[clause.place + 1 : clause.place + 1 + _CLAUSES_BEHIND]
    for sentence in page.sentences[number + 1 : number + 1 + _SENTENCES_BEHIND]:
        if sentence.paragraph == clause.sentence.paragraph and sentence.where == clause.sentence.where:
            behind += sentence.clauses[:_CLAUSES_BEHIND]
    source = False
    for each in behind:
        if any_of("chinese_events", "acquisition", "buys").search(each.text) or each.series:
            return None
        named = [company.name for one in each.mentions if (company := company_of(one, page)) is not None]
        if any(name not in parties for name in named):
            return None
        source = source or _TOLD_BY_OTHERS.search(each.text) is not None
        for sum_ in each.money:
            before = each.sentence.text[: sum_.start]
            told = role_of(each, sum_) in ("acquisition", None) and _AS_PRICE.search(before[each.start :])
            return (each, sum_.money) if source and told and not sum_.restates else None
    return None


def with_price(page: Page, clause: Clause, claim: Claim) -> Iterator[Claim]:
    """A deal and, where somebody else gives its price, that as a claim of its own: 「…，外媒称花费超过2亿美元」."""
    parties = {claim.company, str(claim.fields.get("acquirer"))}
    found = _price_elsewhere(page, clause, parties) if claim.status in ("confirmed", "reported") else None
    if found is None or claim.money not in (None, found[1]):
        yield claim
        return
    where, money = found
    own = said_by(clause.sentence.text[: clause.end], "zh")
    by_others = own in ("unnamed_people", "other_outlet")
    yield replace(claim, money=None) if by_others else replace(claim, money=None, status="confirmed", said_by=own)
    source = page.article.text if where.sentence.where == "text" else page.article.title
    start, end = where.sentence.place + where.start, where.sentence.place + where.end
    yield replace(
        claim,
        money=money,
        status="reported",
        said_by="other_outlet",
        start=start,
        end=end,
        evidence=source[start:end],
        sentence=source[where.sentence.place : where.sentence.place + len(where.sentence.text)],
        where=where.sentence.where,
    )


_NO_PRICE = frozenset({"valuation", "total_funding", "revenue_annual", "arr", "quarterly", "revenue_monthly"})


def only_sum(clause: Clause) -> Money | None:
    """The one sum of a clause that tells a purchase, whatever stands beside it."""
    sums = [each.money for each in clause.money if not each.restates]
    return sums[0] if len(sums) == 1 and role_of(clause, clause.money[0]) not in _NO_PRICE else None
