"""Users, paying customers, videos and employees in Chinese: figures without a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.figures import owner_of_figure
from pipeline.chinese.patterns import any_of
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import as_of, standing_at
from pipeline.found import FoundCount

_KINDS = ("paying_users", "other", "videos", "users", "headcount")
_HOW_MANY = re.compile(r"团队|多少人|人手|员工")
_SMALLEST = 100
_NOT_OURS = re.compile(r"(?:全球|中国|国内|行业|海外|整个)[^，。；]{0,6}\Z")
_OLD = re.compile(r"[从由]\d[\d.,]*\s?[万亿千百]*\Z")
"""The first of 「用户数从50万增至1100万」."""
_FROM = re.compile(r"[从由][^，。；\d]{0,8}\Z")
_CHANGES = re.compile(r"[^，。；\d]{0,4}[减增裁降扩升涨缩]")
"""「从高峰时的80人减至12人」"""
_WISHED = re.compile(r"目标|力争|争取")


def read(page: Page) -> Iterator[Claim]:
    """A metric for each count whose thing we track."""
    asked = None
    for sentence in page.sentences:
        if sentence.is_question:
            asked = sentence
            continue
        if not any(clause.counts for clause in sentence.clauses):
            asked = None
            continue
        of_staff = asked is not None and _HOW_MANY.search(asked.text) is not None
        asked = None
        for clause in sentence.clauses:
            for count in clause.counts:
                kind = "headcount" if of_staff and count.unit == "人" else kind_of(clause, count)
                company = owner_of_figure(page, clause, count.start, clause.counts) if kind else None
                if kind is None or company is None or _WISHED.search(clause.text):
                    continue
                status = standing_at(clause, count.start, count.end)
                yield tell(
                    page, clause, "metric", company,
                    status=status, money=count.number, on=as_of(page, clause, count.start), fields={"metric": kind},
                )  # fmt: skip


def kind_of(clause: Clause, count: FoundCount) -> str | None:
    """Which of our metrics a count is."""
    if count.unit == "%":
        return None
    text = clause.sentence.text
    if _OLD.search(text, count.start, count.end) or (
        _FROM.search(text, clause.start, count.start) and _CHANGES.match(text, count.end, clause.end)
    ):
        return None
    near = text[max(clause.start, count.start - 18) : min(clause.end, count.end + 8)]
    kind = next((name for name in _KINDS if any_of("chinese_events", "metric", name).search(count.unit)), None)
    if kind == "videos" and text.startswith(f"{count.unit}用户", count.start):
        kind = "users"
    own = text[max(clause.start, count.start - 6) : count.end]
    if kind == "users" and "注册" not in count.unit and any_of("chinese_events", "metric", "paying_users").search(own):
        kind = "paying_users"
    if kind == "headcount":
        if text[clause.start : count.start].rstrip("约近超 ").endswith(("从", "由")):
            return None
        employs = any_of("chinese_events", "metric", "employs").search(near)
        hires = any_of("chinese_events", "metric", "hires").search(clause.text)
        return kind if employs and not hires else None
    direct = text.startswith(count.unit, count.start) and text[count.start + len(count.unit)].isdigit()
    has = direct or any_of("chinese_events", "metric", "has").search(near)
    if kind is None or count.number.amount < _SMALLEST or not has:
        return None
    if text[clause.start : count.start].rstrip("约近超 ").endswith(("从", "由")):
        return None
    first = clause.sentence.clauses[0] is clause
    return None if first and not clause.named and _NOT_OURS.search(text[clause.start : count.start]) else kind
