"""The older of two sums that a Chinese clause tells: 「从21亿美元升至40亿美元」."""

from __future__ import annotations

import re

from pipeline.chinese.clauses import Clause
from pipeline.values.found import FoundDate, FoundMoney

OPERATORS = re.compile(
    r"(?:[\s约近超逾达过破]|大约|大概|差不多|接近|将近|至少|超过|高达|不超过|不低于|不少于|不到|不足|最多|最高|突破|人民币|共|了|“|「|:|：)*\Z"
)
_FROM = re.compile(r"(?:从|由)(?:(?:ARR|估值|年化|收入|营收|月活|用户|的|年度|经常性){1,4})?\Z")
_RISES = (
    "升", "涨", "增", "跌", "降", "缩", "调", "提", "翻", "飙", "到", "至", "攀", "滑", "掉", "抬", "跃", "回落",
    "回升", "变成", "变为", "爬", "冲", "扩", "减", "收窄", "转为", "转成", "变",
)  # fmt: skip


def is_old(clause: Clause, sum_: FoundMoney) -> bool:
    """The first sum of 「从21亿美元升至40亿美元」."""
    text = clause.sentence.text
    before = OPERATORS.sub("", without_dates(clause, clause.start, sum_.start)).rstrip("约近超逾的 ")
    return _FROM.search(before) is not None and text[sum_.end : sum_.end + 6].lstrip("一路大幅迅速").startswith(_RISES)


def dates_of_old(clause: Clause, old: FoundMoney) -> list[FoundDate]:
    """The dates between 从 and the older of two sums: in 「2024年亏损从1亿元收窄至8000万元」 there is none."""
    text = clause.sentence.text
    begins = max(text.rfind("从", clause.start, old.start), text.rfind("由", clause.start, old.start))
    return [each for each in clause.dates if each.date is not None and begins < each.start < old.start]


def without_dates(clause: Clause, start: int, end: int) -> str:
    """The words of a stretch, its dates taken out: 「估值从2023年的15亿美元」."""
    words = clause.sentence.text[start:end]
    for each in reversed(clause.dates):
        if start <= each.start and each.end <= end:
            words = words[: each.start - start] + words[each.end - start :]
    return words
