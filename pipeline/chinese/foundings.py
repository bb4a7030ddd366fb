"""When a company was founded, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.people import people_in
from pipeline.chinese.subject_places import blanked, company_at
from pipeline.chinese.tell import tell
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundDate
from pipeline.values.numbers import from_digits, from_han

_REACH = 30
_FOUNDS = r"(?:创立|创办|创建|组建|办起|拉起|搞起|做起|攒起|开办|合伙成立|共同成立|(?:成立|注册|设立)(?=了))"
_TRANSITIVE = re.compile(rf"{_FOUNDS}了?(?![于在的时后，。；以之前了来至])[\u4e00-\u9fffA-Za-z“「]{{2,}}")
"""Somebody founds something of his own, which need not be the company talked about."""
_THIS = re.compile(
    rf"{_FOUNDS}了?(?:这家[^，。；]{{0,12}}?(?:公司|工作室|企业|团队)|该公司|公司(?![A-Z])|它(?!们)|自己的公司)"
    r"|(?<=[把将]它)(?:办|拉|做|建|搞|撑)了?起来|(?<=[把将]公司)(?:办|拉|做|建|搞|撑)了?起来"
)
"""「她2022年创办这家公司时…」"""
_UP = re.compile(r"(?:办|拉|做|建|搞|撑)了?起来")
"""「把它办了起来」"""
_ALONE = re.compile(r"自立门户|单干|开张|起家|执照")
"""What people do as well as companies."""
_SEASON = re.compile(r"[的春夏秋冬天末初底季中旬]*")
_BY_PEOPLE = re.compile(r"创业|代码|注册")
"""「王长虎离职创业」 tells when the company talked about began."""
_ATTRIBUTIVE_REACH = 12
_RIGHT_BEFORE = 1
_SINCE = re.compile(r"以来|之?后|至今|之初|初期")
_AGE = re.compile(
    r"(?:(?P<vague>不到|近|超过?)|至今|仅仅?|才|刚刚?|刚满|满|短短|已有?|不过|只有)*"
    r"(?P<number>[一二两三四五六七八九十半\d]{1,3})(?P<more>多|余)?(?P<unit>年|个月|周|天)(?![\d前后])"
)
_WE_DID = re.compile(r"(?:我|我们|他|她|[两三]人)[^，。；]{0,14}(?:创办|创立|成立|创建|注册)的\Z")
"""「我和两位前同事一起创办的」"""
_AGED = re.compile(r"(?:[，。；]|$|有余)")
_KIND = re.compile(
    r"[了的 ]*(?:(?:这|一)家)?(?:[^，。；于在年月日]{0,8}?(?:公司|企业|工作室|初创|新创|平台|团队))?[“「的 ]*"
)
"""「办起AI视频公司爱诗科技」"""
_NEAR_AGE = 12
"""「成立后于2024年」, 「2023年11月，成立半年的」: the date is that of something else."""


def _dated_before(clause: Clause, end: int) -> bool:
    """Whether the clause before is no more than a date: 「2020年11月，徐卓在深圳创立了…」."""
    if clause.sentence.text.startswith("的", end) and clause.sentence.text[end + 1 : clause.end].strip("。”」"):
        return False
    before = clause.previous
    return before is not None and _SEASON.fullmatch(blanked(before, before.start, before.end).strip()) is not None


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


def _named_by_age(page: Page, clause: Clause, age: re.Match[str]) -> CompanyName | None:
    """Who is so old: the one right behind 「成立两年的」, else the subject of 「成立至今六年」."""
    if not clause.sentence.text.startswith("的", age.end()):
        return clause.subject if _AGED.match(clause.sentence.text, age.end()) and not clause.is_foreign else None
    behind = next((each for each in clause.mentions if each.start >= age.end()), None)
    near = behind is not None and behind.kind == "company" and behind.start - age.end() <= _NEAR_AGE
    return company_of(behind, page) if near and behind is not None else None


def _begun(page: Page, age: re.Match[str]) -> PartialDate | None:
    """The year in which somebody so old began."""
    published = page.article.published
    told = age["number"].replace("两", "二")
    if published is None or age["vague"] or age["unit"] not in ("年", "个月") or "半" in told:
        return None
    number = int(from_digits(told) if told.isdigit() else from_han(told))
    months = number * 12 if age["unit"] == "年" else number
    return PartialDate(str((published.year * 12 + published.month - 1 - months) // 12))


def read(page: Page) -> Iterator[Claim]:
    """A founding with its date: without one the clause says nothing we keep."""
    for sentence in page.sentences:
        if gated("chinese_events", "founding", "founds").search(sentence.text) is None:
            continue
        for clause in sentence.clauses:
            match = any_of("chinese_events", "founding", "founds").search(sentence.text, clause.start, clause.end)
            if match is None or any_of("chinese_events", "founding", "not").search(clause.text) or clause.standing:
                continue
            if _UP.fullmatch(match[0]) and not _THIS.match(sentence.text, match.start(), clause.end):
                continue
            if _ALONE.search(match[0]) and people_in(clause):
                continue
            age = _AGE.match(sentence.text, match.end())
            if age is not None:
                company, on = _named_by_age(page, clause, age), _begun(page, age)
                if company is not None and on is not None:
                    yield tell(page, clause, "founding", company, status=None, on=on)
                continue
            own = [each.date for each in clause.dates if each.date is not None and _near(each, match, clause)]
            right_behind = [each.date for each in clause.dates if each.date and 0 <= each.start - match.end() <= 1]
            own = right_behind[:1] or own
            if not own and clause.date is not None and _dated_before(clause, match.end()):
                own = [clause.date]
            company = company_at(clause, match.start())
            if sentence.text.startswith("新公司", clause.head):
                continue
            this = _THIS.match(sentence.text, match.start(), clause.end)
            if this or _TRANSITIVE.match(sentence.text, match.start(), clause.end) or _UP.fullmatch(match[0]):
                company = clause.topic if _THIS.match(sentence.text, match.start(), clause.end) else None
            if _BY_PEOPLE.search(match[0]) and company is None and not clause.is_foreign:
                company = clause.topic
            if (
                company is None
                and clause.topic is not None
                and _WE_DID.search(sentence.text, clause.start, match.end() + 1)
            ):
                company = clause.topic
            before = sentence.text[clause.head : match.start()]
            if "的前身" in before or "前身是" in before:
                company = clause.subject
            behind = next(
                (each for each in clause.mentions if each.start >= match.end() and each.kind == "company"), None
            )
            if behind is not None and _KIND.fullmatch(sentence.text, match.end(), behind.start):
                company = company_of(behind, page)
            if own and company is not None:
                yield tell(page, clause, "founding", company, status=None, on=own[-1])
