"""When a company was founded, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import any_of
from pipeline.chinese.subject_places import blanked, company_at
from pipeline.chinese.subjects import company_of
from pipeline.chinese.tell import tell
from pipeline.found import FoundDate

_REACH = 30
_TRANSITIVE = re.compile(r"(?:创立|创办|创建|组建)了?(?![于在的时后，。；以之前了])[\u4e00-\u9fffA-Za-z“「]{2,}")
"""Somebody founds something of his own, which need not be the company talked about."""
_BY_PEOPLE = re.compile(r"创业|代码|注册")
"""「王长虎离职创业」 tells when the company talked about began."""
_ATTRIBUTIVE_REACH = 12
_RIGHT_BEFORE = 1
_SINCE = re.compile(r"以来|之?后|至今|之初|初期")
_AGE = re.compile(r"(?:不到|仅仅?|才|刚满?|近|满|短短)?[一二两三四五六七八九十半\d]{1,3}多?(?:年|个月|周|天)(?!\d)")
"""「成立后于2024年」, 「2023年11月，成立半年的」: the date is that of something else."""


def _dated_before(clause: Clause, end: int) -> bool:
    """Whether the clause before is no more than a date: 「2020年11月，徐卓在深圳创立了…」."""
    if clause.sentence.text.startswith("的", end):
        return False
    before = clause.previous
    return before is not None and not blanked(before, before.start, before.end).strip()


def _near(date: FoundDate, match: re.Match[str], clause: Clause) -> bool:
    """Whether a date is the founding's: in 「3月，由…创办的X宣布」 it is not."""
    since = _SINCE.match(clause.sentence.text, match.end()) is not None
    if since and not 0 <= match.start() - date.end <= _RIGHT_BEFORE:
        return False
    attributive = clause.sentence.text.startswith("的", match.end())
    if attributive and date.start >= match.end():
        return False
    reach = _ATTRIBUTIVE_REACH if attributive else _REACH
    return min(abs(date.end - match.start()), abs(date.start - match.end())) <= reach


def read(page: Page) -> Iterator[Claim]:
    """A founding with its date: without one the clause says nothing we keep."""
    for sentence in page.sentences:
        if any_of("chinese_events", "founding", "founds").search(sentence.text) is None:
            continue
        for clause in sentence.clauses:
            match = any_of("chinese_events", "founding", "founds").search(sentence.text, clause.start, clause.end)
            if match is None or any_of("chinese_events", "founding", "not").search(clause.text) or clause.standing:
                continue
            if _AGE.match(sentence.text, match.end()):
                continue
            own = [each.date for each in clause.dates if each.date is not None and _near(each, match, clause)]
            if not own and clause.date is not None and _dated_before(clause, match.end()):
                own = [clause.date]
            company = company_at(clause, match.start())
            if _TRANSITIVE.match(sentence.text, match.start(), clause.end):
                company = None
            if _BY_PEOPLE.search(match[0]) and company is None and not clause.is_foreign:
                company = clause.topic
            before = sentence.text[clause.head : match.start()]
            if "的前身" in before or "前身是" in before:
                company = clause.subject
            behind = next(
                (each for each in clause.mentions if each.start >= match.end() and each.kind == "company"), None
            )
            if behind is not None and sentence.text[match.end() : behind.start].strip("了的 ") == "":
                company = company_of(behind, page)
            if own and company is not None:
                yield tell(page, clause, "founding", company, status=None, on=own[-1])
