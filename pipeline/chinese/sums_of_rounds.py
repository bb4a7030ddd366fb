"""Whether a sum in a Chinese clause is what a round brought in, by the words beside it and the clauses around it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.chinese.clauses import Clause
from pipeline.chinese.investors import backers_in
from pipeline.chinese.patterns import alternation, any_of
from pipeline.chinese.whose_round import INTO
from pipeline.lexicon_files import lexicon

_ALTOGETHER = re.compile(r"\s*(?:[两二三四五]轮)?(?:合计|共计|总计|累计|一共|共)\s*")
"""「完成A、B两轮融资，合计3500万美元」"""
_SEVERAL_TOGETHER = re.compile(
    r"(?:[两二三四五六七八九几]|\d)(?:轮|笔|次)(?:融资|投资|钱)?(?:合计|共计|总计|相加|加总|加起来|加在一起|加到一起|合起来|下来|过后|之后)\Z"
)
"""「四轮合计，落袋2.1亿元」"""
_COMES_TO = re.compile(
    r"\s*(?:公司|它|总额|合计|一共|总共|共|累计|外部|外部资金|总计)*(?:是|为|达到?|有|落袋|到手|入账|进账|拿到|拿了|融了|融到|筹得|募得|收到|收了)?了?\s*"
)
_ADDED = re.compile(r"\s*(?:加上|算上|连同|计入)(?:此前|先前|之前|早前|以前|过往)")
_SUM_OF_ALL = re.compile(
    r"\s*(?:公司|其|它)?的?(?:融资|募资)?(?:总额|总计|合计|总数)(?:已|便|就)*(?:是|为|达到?|升至|来到)?\s*"
)
"""「加上此前的7000万美元，总额是1.54亿美元」"""
_GOT = re.compile(r"\s*(?:我们|公司|它|他们|团队)?(?:一共|共|总共|最终)?(?:拿了|拿到了?|融了|融到了?|筹得|获得|获)\s*")
"""「完成了B轮融资，我们拿了8000万美元」"""


def is_placed(clause: Clause) -> bool:
    """「公司5月配售新股，净筹39.2亿港元」: whether the clause before says that shares were placed."""
    before = clause.previous
    return before is not None and any(each.investment_type == "post_ipo_equity" for each in before.series)


def round_role(clause: Clause, before: str, after: str) -> str | None:
    """funding_round, total_funding for several together, sum_of_round for 「金额过亿元」; None for money spent."""
    whole, earlier = clause.sentence.text, clause.previous
    if earlier is not None and _ADDED.match(earlier.text) and _SUM_OF_ALL.fullmatch(before):
        return "total_funding"
    if any_of("chinese_sums", "round", "of_what").match(before):
        of_one = clause.previous is not None and _tells_one_round(clause.previous)
        of_several = not of_one and any_of("chinese_sums", "round", "several").search(whole)
        return "total_funding" if of_several else "sum_of_round"
    if earlier is not None and not earlier.money:
        if _ALTOGETHER.fullmatch(before) and any_of("chinese_sums", "round", "several").search(earlier.text):
            return "total_funding"
        if _SEVERAL_TOGETHER.search(earlier.text) and _COMES_TO.fullmatch(before):
            return "total_funding"
        if _GOT.fullmatch(before) and _tells_one_round(earlier):
            return "sum_of_round"
    rounds = [each for one in clause.sentence.clauses[: clause.place] for each in one.series]
    if _ALTOGETHER.fullmatch(before) and len(rounds) == 1 and not earlier_sum(clause):
        return "sum_of_round"
    if _TAKES_STAKE.match(after) and clause.named:
        return "funding_round"
    if _ends(before, "spends") and INTO.search(before) is None:
        return None
    if _BRINGS.search(before) and not (clause.series or any_of("chinese_sums", "round", "after").match(after)):
        return None if _has_backers(clause) else _brought_by_product(clause)
    called = any_of("chinese_sums", "round", "after").match(after) is not None
    if not called and not _ends(before, "before"):
        priced = "估值" in before and not after.strip("。 ")  # 「以5亿美元的估值拿到6000万美元」
        told = clause.series or _has_backers(clause) or _named_behind(clause)
        if not (_ends(before, "gets") and (told or priced)):
            return None
    several = any_of("chinese_sums", "round", "several").search(clause.text)
    return "total_funding" if several else "funding_round"


_ADDS_UP = re.compile(
    r"(?:这|该|上述|其中)?(?:一)?(?:数字|金额|数额|笔钱)?(?:已经?)?(?:是|为|包括|包含|含|涵盖)[^。；]{0,24}?(?:总和|之和|合计|总计|加起来|加在一起|几轮|[两三四五]轮)"
)


def adds_up(clause: Clause) -> bool:
    """「已融得8300万美元，这是种子轮、A轮和B轮的总和」"""
    behind = clause.following
    return behind is not None and not behind.money and _ADDS_UP.match(behind.text) is not None


_TAKES_STAKE = re.compile(
    r"(?:现金)?(?:战略)?(?:入股|参股|投资|注资)了?(?=[^，。；\d]{0,10}[A-Z]|[^，。；\d]{2,16}(?:公司|科技|智能))"
)
"""「斥资3000万美元战略入股AI视频公司Viggle」"""


def earlier_sum(clause: Clause) -> bool:
    """Whether a clause before it in its sentence tells a sum."""
    return any(one.money for one in clause.sentence.clauses[: clause.place])


def _tells_one_round(clause: Clause) -> bool:
    """「先后完成两轮融资，其中A轮由源码资本领投，金额为…」: the sum behind is that one's."""
    named = [each for each in clause.series if each.investment_type != "series_unknown"]
    return len(named) == 1 and any_of("chinese_sums", "round", "several").search(clause.text) is None


@cache
def _ending(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"{alternation('chinese_sums', 'round', name)}{lexicon('pipeline.lexicon', 'chinese_sums')['verbs']}\Z"
    )


def _brought_by_product(clause: Clause) -> str | None:
    """「海螺AI带来2960万美元」: what a product brings in is revenue, of what time its report says."""
    return "quarterly" if clause.mentions and clause.mentions[0].kind == "product" else None


_BRINGS = re.compile(r"(?:带来|贡献)了?(?:约|近|超过?|逾)?\Z")


def _ends(before: str, name: str) -> bool:
    return _ending(name).search(before) is not None


def _has_backers(clause: Clause) -> bool:
    return bool(backers_in(clause).every)


def _named_behind(clause: Clause) -> bool:
    """「它宣布拿到8400万美元，投资方包括…」: whether the clause behind names who gave."""
    behind = clause.following
    return behind is not None and not behind.money and _GIVERS.match(behind.text.strip()) is not None


_GIVERS = re.compile(
    r"(?:投资方|投资人|投资者|出资方|领投方|领投机构|资金来自|由[^，。；]{2,60}?(?:领投|出资|注资|投资$))|[^，。；]{2,40}?(?:联合|共同|独家)?(?:领投|独投|跟投)"
)
