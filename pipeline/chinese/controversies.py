"""Allegations and scandals, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, Status
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.subject_places import is_anothers
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import when
from pipeline.names.company_name import CompanyName

_HITS = re.compile(r"封停|封禁|封号|(?:央视)?[^，。；]{0,6}点名|彻查|调查|抵制|抗议|谴责|约谈|批评|指")
_DEALS = re.compile(r"融资|估值|收购|上市|推出|发布|离职|新模型")
"""What outlets break as news, and is no scandal."""
_ACTS_ITSELF = re.compile(r"(?:举报|谴责|抗议|批评|抵制|指责|指控|质疑|彻查|封禁|封停|调查)了?")
"""What a company named right before does to others."""
_REACH = 14
"""How far behind 封停 or 点名 whom it hits stands."""
_IN_COURT = re.compile(
    r"起诉|提告|告上|状告|控告|诉讼|法院|法庭|诉状|一案|诉至|原告|被告|仲裁|一审|二审|判决|判令|败诉|胜诉|开庭|庭审"
)
"""A suit is told as a suit."""
_TOWARDS = re.compile(
    r"(?:向|对|针对|(?<!留)给|指控|指责|质疑|批评|谴责|抨击|抵制|举报)[^，。；、\w]{0,2}(?:[\u4e00-\u9fff]{0,10}(?:公司|平台|巨头|开发商))?\s?\Z"
)


_ANSWERED = re.compile(r"(?:称|否认了?|回应了?|驳斥了?|反驳了?|不认可)(?:这些|相关|上述|有关|所有|全部|原告的?)?\Z")
"""「HeyGen称指控与事实不符」: it is accused, not the one talked about."""
_TOWARDS_HIM = re.compile(
    r"(?:向|对|针对|指控|指责|质疑|举报)(?:公司|该公司|它(?!们)|其(?!他|它|中|余)|这家[^，。；]{0,8}公司)"
)
"""「迪士尼向该公司发出停止侵权函」"""


def read(page: Page) -> Iterator[Claim]:
    """An allegation against a company, one a sentence; a suit is told as a suit."""
    for sentence in page.sentences:
        if gated("chinese_events", "controversy", "strong").search(sentence.text) is None:
            continue
        if sentence.is_question or sentence.where == "title":
            continue
        if _IN_COURT.search(sentence.text):
            continue
        for clause in sentence.clauses:
            match = gated("chinese_events", "controversy", "strong").search(sentence.text, clause.start, clause.end)
            if match is None or any_of("chinese_events", "controversy", "not").search(clause.text):
                continue
            if match[0] == "爆料" and (
                any_of("chinese_events", "layoffs", "cuts").search(sentence.text) or _DEALS.search(sentence.text)
            ):
                continue
            if _ACTS_ITSELF.match(sentence.text, match.start()) and _acts_alone(clause, match.start()):
                continue
            company = _accused(page, clause, match.start(), match.end())
            if company is None:
                continue
            is_denied = clause.standing == "denied" and not match[0].startswith("未")
            status: Status | None = "denied" if is_denied else None
            on = when(page, clause, match.start(), carried=clause.standing != "denied", news=True)
            yield tell(page, clause, "controversy", company, status=status, on=on)
            break


def _acts_alone(clause: Clause, place: int) -> bool:
    """Whether a company's name, or no more than an adverb behind it, stands right before a verb, and none behind."""
    text = clause.sentence.text
    named = [each for each in clause.mentions if each.kind == "company"]
    acts = any(each.end <= place and not text[each.end : place].strip("已也还又曾则再 ") for each in named)
    return acts and not any(each.start >= place for each in named)


def _accused(page: Page, clause: Clause, start: int, end: int) -> CompanyName | None:
    """The company named behind the verb (指控X…), else the one talked about; strangers accuse nobody."""
    text = clause.sentence.text
    towards = next((each for each in clause.mentions if _TOWARDS.search(text, clause.start, each.start)), None)
    if towards is not None and (against := company_of(towards, page)) is not None:
        return against
    if _TOWARDS_HIM.search(text, clause.start, clause.end) is not None:
        acting = {company_of(each, page) for each in clause.mentions}
        return clause.topic if clause.topic not in acting else None
    before = [
        company
        for each in clause.mentions
        if each.end <= start and not is_anothers(clause, each) and (company := company_of(each, page))
    ]
    behind = next((each for each in clause.mentions if 0 <= each.start - start <= _REACH), None)
    if (
        not before
        and behind is not None
        and _HITS.match(text, start)
        and (against := company_of(behind, page)) is not None
    ):
        return against
    if text[clause.start : start].rstrip().endswith(("的", "引发", "引起", "面临", "遭到", "饱受")):
        return (before[0] if before else clause.subject) if not clause.is_foreign else None
    if _ANSWERED.search(text, clause.start, start) and clause.named and not clause.is_foreign:
        return clause.subject
    if "指控" in text[start:end] or "指责" in text[start:end] or "质疑" in text[start:end]:
        if text[clause.start : start].rstrip().endswith(("被", "遭", "遭到", "面临")):
            return before[0] if before else clause.subject
        return clause.topic
    if before:
        return before[-1] if len(before) > 1 and "对" in text[clause.start : start] else before[0]
    if clause.subject is not None and not clause.is_foreign:
        return clause.subject
    return clause.topic if any_of("chinese_clauses", "self").search(text, start, clause.end) else None
