"""Which name of a Chinese round belongs to a sum: told beside it, in the clause before or behind, or a sentence ago."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.chinese.clauses import Clause
from pipeline.chinese.gathered_round import Round
from pipeline.values.found import FoundMoney, FoundSeries

WAYS = frozenset({"post_ipo_equity", "debt_financing", "convertible_note", "secondary_market", "grant"})
_STARTS = re.compile(r"启动|开启|推进|进行|筹备|计划|寻求|准备|开始")
_NEAR = 30
_CLOSING = re.compile(r"(?:首次|首批|首笔|第[一二三](?:次|批|笔)|最终)(?:交割|关账|到账|签约)")
_LATER_CLOSING = re.compile(r"(?:融资)?的?(?:第[二三](?:次|批|笔)|二次)(?:交割|关账|到账|签约|关闭)")
_SAME_ROUND = re.compile(r"同一轮|这一轮|该轮")
_CALLED = re.compile(
    r"\s*(?:这次|此次|本次|这|该|本轮|这一轮|此轮|轮次)?(?:则|也|便|就|仍|被)*(?:是|为|属于|属|算作?|归为|记作|对应|定为)(?:的|公司的?|其|它的?|一笔|了)*(?:是|为)?\s*"
)


def series_near(clause: Clause, sum_: FoundMoney, used: set[int]) -> FoundSeries | None:
    """The round's name nearest to a sum and not yet another sum's."""
    free = [each for each in clause.series if each.start not in used and _distance(each, sum_) <= _NEAR]
    best = min(free, key=lambda each: (each.investment_type == "series_unknown", _distance(each, sum_)), default=None)
    if best is not None:
        used.add(best.start)
    return best


def placing_before(clause: Clause, found: Sequence[Round]) -> FoundSeries | None:
    """The way of raising named before the sum: 「以先旧后新方式配售新股，集资总额约31.7亿港元」."""
    if found:
        return None
    before = clause.sentence.clauses[: clause.place]
    told = [series for each in before for series in each.series if series.investment_type in WAYS]
    return told[-1] if told else None


def series_before(clause: Clause, found: Sequence[Round]) -> FoundSeries | None:
    """「启动了B轮融资，计划募资2亿元」: the one round named in the clause before, of which no sum was told."""
    before = clause.previous
    if found or before is None or before.money or clause.named or clause.dates or len(before.series) != 1:
        return None
    return before.series[0] if _STARTS.search(before.text) is not None else None


def only_series(begun: Clause) -> FoundSeries | None:
    """「再早的D轮是1月，1.8亿美元」: the round named in the clause that begins what a sum belongs to."""
    return begun.series[0] if len(begun.series) == 1 else None


def same_round(clause: Clause, sum_: FoundMoney, found: Sequence[Round]) -> FoundSeries | None:
    """「四个月后，Accel又给同一轮续上8000万美元」: more money for the round told last."""
    last = found[-1].series if found else None
    if last is None or not last.investment_type.startswith("series_"):
        return None
    same = _SAME_ROUND.search(clause.sentence.text, clause.start, sum_.start)
    return last._replace(qualifier="extension") if same else None


def series_behind(clause: Clause) -> FoundSeries | None:
    """「又进账3亿元，这次是B轮」, 「…3500万元，算A轮」: a name told behind the sum, in a clause of its own."""
    behind = clause.following
    if behind is None or behind.money or len(behind.series) != 1:
        return None
    opens = behind.sentence.text[behind.start : behind.series[0].start]
    return behind.series[0] if _CALLED.fullmatch(opens) else None


def take_series(closing: Round, told: Round) -> None:
    """「…D轮第二次交割完成；首次交割在8月，到账2亿元」: a closing without a name is of the round told last."""
    first = closing.clause.previous or closing.clause
    near = closing.clause.sentence.number - told.until.sentence.number <= 1
    if near and closing.series is None and closing.company == told.company and _CLOSING.match(first.text.strip()):
        closing.series = told.series


def go_on_from_name(behind: Round, told: list[Round]) -> None:
    """Where the sentence before only names a round, this one may tell what it brought in, or what was added to it.

    「一年前的C轮可作参照。2025年1月，a16z领投1.8亿美元」, 「…；四个月后，Accel又给同一轮续上8000万美元」
    """
    last = told[-1]
    near = behind.clause.sentence.number - last.until.sentence.number == 1 and behind.company == last.company
    if not near or last.series is None or behind.money is None:
        return
    if behind.series is not None and behind.series.investment_type != "series_unknown":
        return
    if last.nominal and last.money is None and not last.every and last.on is not None and behind.on is not None:
        if behind.on.iso.startswith(last.on.iso):
            behind.series = last.series
            told.pop()
        return
    if last.series.investment_type.startswith("series_") and _SAME_ROUND.search(behind.clause.text):
        behind.series = last.series._replace(qualifier="extension")


def qualifier_of(told: Round) -> str | None:
    """How a round's name is qualified; what closes second is an extension of it."""
    if told.series is None:
        return None
    later = told.series.qualifier is None and _LATER_CLOSING.match(told.clause.sentence.text, told.series.end)
    return "extension" if later else told.series.qualifier


def _distance(series: FoundSeries, sum_: FoundMoney) -> int:
    return series.start - sum_.end if series.start >= sum_.end else 2 * (sum_.start - series.end)
