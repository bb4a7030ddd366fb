"""Layoffs in Chinese: how many, or which share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.subject_places import company_at
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when
from pipeline.values.found import FoundCount

_PEOPLE = re.compile(r"员工|同仁|同事|雇员|职员|伙伴|人|岗位|职位")
_SHARE = re.compile(r"占|比例|约合|相当于|即|涉及|波及|影响|幅度|规模|近|约")
_PLAIN = re.compile(r"裁员|裁撤|遣散|裁人|裁过|缩编|缩减|精简|解散|撤销|撤掉|砍掉|[减缩压裁砍][到至为]|第[二三]批")
_AFFECTS = re.compile(r"波及|殃及")
"""「裁员约10%，波及40人」: the same once more."""
_NOBODY = re.compile(r"(?:没有?|未|并未|不曾|从未)(?:再|曾|有过)?\Z")
"""「没有裁过一个人」"""
_FROM_TO = re.compile(r"\d[^，。；]*[减缩压裁砍][到至为]")
"""「把130名市场人员减到了70名」 tells neither how many went nor a share."""
_BEGINS = re.compile(r"裁员(?:从|自|始于)")


def read(page: Page) -> Iterator[Claim]:
    """A layoff with headcount and percentage where told, in its clause or the next one."""
    for sentence in page.sentences:
        if gated("chinese_events", "layoffs", "cuts").search(sentence.text) is None:
            continue
        told = False
        for place, clause in enumerate(sentence.clauses):
            match = gated("chinese_events", "layoffs", "cuts").search(sentence.text, clause.start, clause.end)
            if match is None or any_of("chinese_events", "layoffs", "other").search(clause.text):
                continue
            if (sentence.is_question and clause.standing != "denied") or _BEGINS.match(sentence.text, match.start()):
                continue
            if told and _AFFECTS.match(match[0]):
                continue
            if _NOBODY.search(sentence.text, clause.start, match.start()) and clause.standing != "denied":
                continue
            fields = {} if _FROM_TO.search(match[0]) else _numbers(clause)
            following = sentence.clauses[place + 1] if place + 1 < len(sentence.clauses) else None
            until = clause
            denied = following is not None and any_of("chinese_standing", "denied", "generic").search(following.text)
            if (
                following is not None
                and not denied
                and (_SHARE.search(following.text) or not fields)
                and not _cuts(following)
            ):
                more = {name: value for name, value in _numbers(following).items() if name not in fields}
                if more:
                    fields, until = {**fields, **more}, following
            second = following.following if following is not None else None
            if second is not None and until is following and _SHARE.search(second.text) and not _cuts(second):
                more = {name: value for name, value in _numbers(second).items() if name not in fields}
                if more:
                    fields, until = {**fields, **more}, second
            if not fields and (told or not _PLAIN.search(match[0])):
                continue
            company = company_at(clause, match.start())
            if company is None and not clause.named and fields and clause.topic is not None and "被" in match[0]:
                company = clause.topic
            if company is None:
                continue
            told = True
            on = when(page, clause, match.start())
            status = standing_at(clause, match.start(), match.end())
            if status == "rumored" and _is_announced(clause):
                status = None
            yield tell(page, clause, "layoffs", company, status=status, on=on, fields=fields, until=until)


def _is_announced(clause: Clause) -> bool:
    """「公司周三通知员工，将裁减32个岗位」: what staff were told is settled, though still to come."""
    before = clause.previous
    told = before is not None and before.standing is None and _TOLD_STAFF.search(before.text) is not None
    return told and _ONLY_WILL.sub("", clause.text) != clause.text and _OPEN.search(clause.text) is None


_TOLD_STAFF = re.compile(r"(?:通知|告知|告诉)(?:了)?(?:全体|部分|全员)?(?:员工|职工|团队)|宣布|公告")
_ONLY_WILL = re.compile(r"将(?!会)")
_OPEN = re.compile(r"考虑|计划|拟|可能|或将|据传|传")


def _cuts(clause: Clause) -> bool:
    found = gated("chinese_events", "layoffs", "cuts").search(clause.text)
    return found is not None and _AFFECTS.match(found[0]) is None


def _numbers(clause: Clause) -> dict[str, FieldValue]:
    fields: dict[str, FieldValue] = {}
    for count in clause.counts:
        if count.unit == "%" and "percent" not in fields:
            fields["percent"] = _plain(count)
        elif (
            count.unit != "%"
            and _PEOPLE.search(count.unit)
            and "headcount" not in fields
            and not _is_total(clause, count)
        ):
            fields["headcount"] = int(count.number.amount)
    return fields


def _is_total(clause: Clause, count: FoundCount) -> bool:
    """「从300人裁到200人」, 「剩下80人」: not the ones who went."""
    before = clause.sentence.text[max(clause.start, count.start - 6) : count.start]
    return bool(
        re.search(
            r"(?:从|由|剩(?!下的)|(?<!不)到|至(?!少)|原有|只有|仅有|共有|余下(?!的)|保留|留下)[^，]{0,3}\Z", before
        )
    )


def _plain(count: FoundCount) -> int | str:
    value = float(count.number.amount)
    return int(value) if value == int(value) else str(value)
