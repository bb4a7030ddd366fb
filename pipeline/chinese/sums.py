"""What a sum of money in a Chinese clause is: a round, a price, a total, a revenue, or nothing we track."""

from __future__ import annotations

import re
from functools import cache

from pipeline.chinese.clauses import Clause
from pipeline.chinese.investors import backers_in
from pipeline.chinese.older_sums import OPERATORS, is_old, without_dates
from pipeline.chinese.patterns import any_of
from pipeline.chinese.sums_of_rounds import adds_up, earlier_sum, is_placed, round_role
from pipeline.learned.chinese_sums import learned_role
from pipeline.lexicon_files import lexicon
from pipeline.matching.first_letters import quick
from pipeline.values.found import FoundMoney

METRICS = {
    "arr": "arr",
    "revenue_monthly": "revenue_monthly",
    "revenue_annual": "revenue_annual",
    "burn_monthly": "burn_monthly",
    "cash": "cash",
    "quarterly": "other",
    "other_metric": "other",
}
_MAY_COME = re.compile("有机会|有望|可能|或将|预[计期]|估计")
_NO_ROLE = "other"
"""What the rules know to be no sum of ours."""
_LEARNED = {name: name for name in ("funding_round", "valuation", *METRICS)} | {"other": "other_metric"}
"""What learned weights may call a sum, and the role that is."""
_AS_TOLD = re.compile(r"\s*据")
_PART_OF_YEAR = re.compile(
    r"季度|当季|半年|(?:[一1]|1月)\s?[至到~—-]\s?[\d一二三四五六七八九十]+月|[首前][\d一二三四五六七八九十两]+个?月|[止日底末](?:的)?[三六九]个月"
)
_WHOLE_YEAR = re.compile("全年")
_ALL_YEAR = re.compile(
    r"(?:而|则)?全年(?:则|共|合计|累计|总计|收入|营收|预计|预期|有望|将|目标)*[为是达到约近超过逾的]*"
)
"""「四季度可灵收入3.4亿元，全年约10.4亿元」"""
_NAMES_ROUND = re.compile(r"的?(?:Pre-)?[A-K]\+?轮|的?(?:种子|天使)轮")
"""「并购的弹药来自今年1月的2亿美元E轮」"""
HELD_AGAINST = re.compile(r"(?:\A|[，。；、])\s*(?:较|相比|相较|高于|低于|比(?=[^，。；]{2,16}的))")
_CALLED = re.compile(r"(?:的)?(?:投前|投后|最新|整体)?(?:估值|身价|市值|价格)")
"""Behind a sum: what that sum is, and not what the next one is."""
_GROWTH = re.compile(
    r"(?:(?:按年|同比|环比|较上年|较去年同期|较上季)[^，。；\d]{0,4})?(?:大幅|小幅)?(?:增长|增加|上升|上涨|下降|下滑|减少|增|升|涨|降|跌|收窄|扩大)了?(?:约|近|超|逾|超过)?\d[\d.]*\s?(?:%|个百分点|倍)(?=[至到，,达为]|$)"
)
"""「总收入同比增长9%，达到356亿元」: by how much it grew is not what it is."""
_AT_ROUND = re.compile(r"的?(?:[A-K]\+?轮|天使轮|种子轮)(?:融资)?(?:(?:完成)?时|(?=的))")
"""「估值超40亿美元，而去年12月的B轮时只有3亿美元」"""
_IN_ALL = re.compile(r"\s*(?:一共|总共|共|合计)(?:融资?|募资|募集|募得|筹集|筹得|获得|拿到|拿)了?(?:资金)?")
"""「宣布A轮收官，共募集1.5亿元」"""
_PRICE_WORD = re.compile("独角兽")
_REACH = 44
_SINCE_LATELY = re.compile(r"今年(?:以来|至今|已|累计|内)|(?<![一二两三四五六七八九十半\d])年内|年初(?:以来|至今)")
"""What was raised since then is no total."""


@cache
def _roles() -> list[tuple[str, re.Pattern[str], re.Pattern[str] | None]]:
    """(role, what ends at the sum, what begins behind it), in the order that decides."""
    table = lexicon("pipeline.lexicon", "chinese_sums")
    verbs = table["verbs"]
    found = []
    for entry in table["roles"]:
        before = "|".join(entry["before"])
        after = "|".join(entry["after"])
        found.append(
            (
                entry["role"],
                quick(rf"(?:{before}){verbs}\Z"),
                re.compile(rf"(?:{after})") if after else None,
            )
        )
    return found


@cache
def _only_verbs() -> re.Pattern[str]:
    return re.compile(rf"\s*{lexicon('pipeline.lexicon', 'chinese_sums')['verbs']}\s*")


def role_of(clause: Clause, sum_: FoundMoney) -> str | None:
    """A role of chinese_sums.yml, or None: funding_round, valuation, total_funding, acquisition, ipo, a metric."""
    name = f"role at {sum_.start}"
    if name not in clause.noted:
        told = _role_of(clause, sum_) or _learned(clause, sum_)
        clause.noted[name] = [None if told == _NO_ROLE else told]
    role: str | None = clause.noted[name][0]
    return role


def _learned(clause: Clause, sum_: FoundMoney) -> str | None:
    """What a sum is that no rule knows the words of; not what only may come."""
    if _MAY_COME.search(clause.sentence.text, clause.start, sum_.start):
        return None
    return _LEARNED.get(learned_role(clause.sentence.words, sum_) or "")


def _role_of(clause: Clause, sum_: FoundMoney) -> str | None:
    """A role by rule, "other" for what is no sum of ours, None where no rule knows the words."""
    text = clause.sentence.text
    written = text[sum_.start : sum_.end]
    if _PRICE_WORD.search(written):
        return "valuation"
    before, after = _before(clause, sum_), text[end_of(clause, sum_) : clause.end]
    role = _of_series(clause, sum_) or _match(before, after)
    if role is None and clause.dates:
        role = _match(OPERATORS.sub("", without_dates(clause, clause.start, sum_.start)), after)
    old = next((each for each in reversed(clause.money) if each.end <= sum_.start), None)
    if role is None and old is not None and is_old(clause, old):
        return role_of(clause, old)
    role = role or round_role(clause, before, after)
    if role == "funding_round" and adds_up(clause):
        role = "total_funding"
    if role == "total_funding" and _IN_ALL.match(before) and not earlier_sum(clause):
        rounds = [each for one in clause.sentence.clauses[: clause.place] for each in one.series]
        role = "sum_of_round" if len(rounds) == 1 else role
    if role == "funding_round" and not clause.series and _EVER_SINCE.search(before):
        role = "total_funding"
    if role == "total_funding" and _ALL_OF_ONE.search(before):
        role = "funding_round"
    of_one = any_of("chinese_sums", "round", "several").search(clause.text) is None
    if (role == "acquisition" or (role == "total_funding" and of_one)) and _NAMES_ROUND.match(after):
        role = "funding_round"
    if role == "funding_round" and HELD_AGAINST.search(text, clause.start, sum_.start):
        return _NO_ROLE  # 「较4月D轮的30亿美元高出七成」 tells no round
    if role == "same":
        return role
    if role == "funding_round" and _is_no_round(text, sum_):
        return _NO_ROLE
    invests = role == "acquisition" and any_of("chinese_rounds", "invests").search(clause.text)
    if invests and _OF_SHARES.search(before) is None:
        role = "funding_round"
    if role == "acquisition" and _PRICED_AT.search(before) and _is_of_round(clause):
        role = "valuation"
    if role == "revenue_annual" and _CAME_IN.search(before) and (_is_of_round(clause) or backers_in(clause).every):
        role = "funding_round"
    if role == "total_funding" and _SINCE_LATELY.search(text[: sum_.start]):
        return _NO_ROLE
    if role == "revenue_annual" and _is_part_of_year(clause, sum_):
        return "quarterly"
    if role in ("funding_round", "ipo", "sum_of_round") and not (clause.series or is_placed(clause)):
        role = "ipo" if any_of("chinese_sums", "listing").search(text) else role
    return role


_OF_SHARES = re.compile(r"(?:股权|股份)[^，。；\d]{0,6}作价[^，。；\d]{0,4}\Z")
_EVER_SINCE = re.compile(r"(?:自|从)(?:20\d\d年|成立|创立|创办|起步)[^，。；\d]{0,6}(?:以来|起|至今)[^，。；\d]{0,8}\Z")
"""「自2021年以来筹资2.3亿美元」"""
_ALL_OF_ONE = re.compile(
    r"(?<![两二三四五六七八九几多各])轮(?:融资|募资)?的?(?:融资|募资)?(?:总规模|总额|总金额)[^，。；\d]{0,6}\Z"
)
"""「公司C轮融资总规模3亿美元」 is one round's."""
_PRICED_AT = re.compile(r"(?:作价|定价|报价|要价|叫价|标价)[^，。；\d]{0,4}\Z")
_CAME_IN = re.compile(r"(?:进账|入账)[^，。；\d]{0,4}\Z")
_OF_INVESTING = re.compile(r"融资|领投|跟投|增资|入股|注资|老股")


def _is_of_round(clause: Clause) -> bool:
    """Whether the clauses up to this one tell a round and no purchase: 「E轮由GV领投，公司作价40亿美元」."""
    told = clause.sentence.text[: clause.end]
    if any_of("chinese_events", "acquisition", "buys").search(clause.sentence.text):
        return False
    return _OF_INVESTING.search(told) is not None or any(
        each.series for each in clause.sentence.clauses[: clause.place + 1]
    )


def _is_no_round(text: str, sum_: FoundMoney) -> bool:
    """Whether a sentence tells of a fund's own money, or of what somebody is accused of."""
    return bool(
        any_of("chinese_sums", "fund").search(text) or any_of("chinese_sums", "alleged").search(text[: sum_.start])
    )


def _match(before: str, after: str) -> str | None:
    if any_of("chinese_sums", "same_as_last").search(before):
        return "same"
    for role, ends, begins in _roles():
        if begins is not None and begins.match(after):
            return role
        if ends.search(before):
            return role
    return None


def _before(clause: Clause, sum_: FoundMoney) -> str:
    """The words before a sum: those of its clause, and of the one before where its own are no more than 达到."""
    start = clause.start
    others = [each for each in clause.money if each.end <= sum_.start]
    if others:
        previous = others[-1]
        between = clause.sentence.text[end_of(clause, previous) : sum_.start]
        if not re.search(r"升|涨|增|跌|降|缩|调|提|翻|飙|攀|滑|掉|抬|跃|回落|变[成为]|到|至(?!少|今)", between):
            called = _CALLED.match(between)
            start = end_of(clause, previous) + (called.end() if called else 0)
    words = _GROWTH.sub("", clause.sentence.text[max(start, sum_.start - _REACH) : sum_.start])
    words = words[: OPERATORS.search(words).start()] if OPERATORS.search(words) else words  # type: ignore[union-attr]
    if not others and (_only_verbs().fullmatch(words) or words.strip() in ("从", "由")):
        clauses = clause.sentence.clauses
        place = clause.place
        told = [each for each in clauses[max(0, place - 2) : place] if not _AS_TOLD.match(each.text)]
        if told and not told[-1].money:
            return _GROWTH.sub("", told[-1].text)[-_REACH:]
    return words


def begun_in(clause: Clause, sum_: FoundMoney) -> Clause:
    """The clause that begins what a sum belongs to: the one before, where its own holds nothing but the sum."""
    before = clause.previous
    if before is None or before.money or clause.named or clause.mentions or clause.dates or sum_ is not clause.money[0]:
        return clause
    words = clause.sentence.text[clause.start : sum_.start]
    return before if _only_verbs().fullmatch(OPERATORS.sub("", words)) else clause


def _of_series(clause: Clause, sum_: FoundMoney) -> str | None:
    """The metric of the clause before, of which this one tells another value: 「一季度收入1亿元，二季度超2亿元」."""
    clauses = clause.sentence.clauses
    place = clause.place
    if not place or not clauses[place - 1].money or clause.money[0] is not sum_:
        return None
    if not clause.dates:
        whole = _ALL_YEAR.fullmatch(clause.sentence.text[clause.head : sum_.start])
        of_part = whole and role_of(clauses[place - 1], clauses[place - 1].money[0])
        return "revenue_annual" if of_part in ("quarterly", "revenue_annual", "revenue_monthly") else None
    words = _AT_ROUND.sub("", clause.sentence.text[clause.dates[-1].end : sum_.start])
    compared = clause.sentence.text[clause.head : clause.dates[0].start].strip().lstrip("只仅略也")
    whole_year = False
    if compared in ("较", "比", "相比", "相较", "高于", "对比", "超过", "超出", "低于", "不及", "超"):
        whole_year = words.startswith("全年")
        words = words.removeprefix("全年").removeprefix("的")
    if not _only_verbs().fullmatch(OPERATORS.sub("", words).rstrip("还才只仅也")):
        return None
    role = role_of(clauses[place - 1], clauses[place - 1].money[0])
    if whole_year and role == "quarterly":
        return "revenue_annual"
    return role if role in METRICS or role == "valuation" else None


def of_whole_year(clause: Clause, sum_: FoundMoney) -> bool:
    """Whether the words before a sum say that it is a year's: 「全年收入预计达」."""
    return _WHOLE_YEAR.search(clause.sentence.text, clause.start, sum_.start) is not None


def _is_part_of_year(clause: Clause, sum_: FoundMoney) -> bool:
    """Whether revenue is told of a quarter, a half or the first nine months."""
    before = clause.sentence.text[max(0, sum_.start - _REACH) : sum_.start]
    if of_whole_year(clause, sum_):
        return False
    dated = [each.date for each in clause.dates if each.date is not None] or ([clause.date] if clause.date else [])
    return _PART_OF_YEAR.search(before) is not None or any(each.precision in ("quarter", "half") for each in dated)


def end_of(clause: Clause, sum_: FoundMoney) -> int:
    """Where a sum ends, with the bracket that says it again in another currency."""
    again = next((each for each in clause.money if each.restates and 0 <= each.start - sum_.end <= 12), None)
    if again is None:
        return sum_.end
    return again.end + 1 if clause.sentence.text[again.end : again.end + 1] in (")", "）") else again.end
