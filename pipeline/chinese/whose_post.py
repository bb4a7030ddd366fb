"""Whose post somebody leaves or takes in a Chinese clause: the company left, or the one joined."""

from __future__ import annotations

import re

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.names.company_name import CompanyName

_ELSEWHERE = re.compile(
    r"(?:(?:前|原|曾在|曾任|来自|出自|从)|(?<![目此日之提以从近])[前原][^，。；、\d年月日的]{1,8}|(?:加入|加盟|转投|转往|前往|跳槽[到去至]?|跳[到去往至]|入职|投奔|去往|去了|奔赴|转会|创办|创立)[^，。；]{0,6})\Z"
)
_AT_HOME = re.compile(r"(?:前|原)?(?:联合|共同)?(?:创始人|创办人|CEO|CTO|总裁|高管)")
"""Behind a company: whose founder somebody is who is appointed elsewhere."""
_ONCE_THERE = re.compile(r"(?:的)?前(?!身|不久|述|后|期|线|端)")
"""Behind a company, before a role: 「Meta前总监X将出任公司首席运营官」."""
_JOINS = re.compile(r"(?:加入|加盟|入职|转投|转往|跳槽[到至]?|就职于|前往)了?(?=[^，。；]{2})")
"""「9月加入B站担任技术负责人」: not with whom one talked about, unless the company is named."""
GOES_OVER = frozenset({"加入", "加盟", "入职", "转往"})
_GOES_TO = re.compile(
    r"(?:跳槽|跳[到去往至]|投奔|转投|去|奔赴|转会)[到去往至]?了?(?:[^，。；]{0,10}?(?:对手|同行|公司|巨头|竞品|东家|大厂))?[“「]?\Z"
)
"""「跳槽到竞争对手Runway」: whoever leaves so joins whom the clause names behind."""
_NEAR_VERB = 6


def company_of_post(page: Page, clause: Clause, direction: str) -> CompanyName | None:
    """The company left or joined: named before the role, else behind the verb, else the one talked about."""
    text = clause.sentence.text
    joined = joined_company(page, clause) if direction == "appointment" else None
    if joined is not None:
        return joined
    for mention in clause.mentions:
        company = company_of(mention, page)
        if direction == "appointment" and not mention.known and _AT_HOME.match(text, mention.end):
            continue
        if company is None or _ELSEWHERE.search(text, clause.start, mention.start):
            continue
        if direction == "appointment" and clause.topic not in (None, company) and _ONCE_THERE.match(text, mention.end):
            continue
        return company
    if clause.is_foreign:
        return clause.topic
    if clause.named and clause.subject is not None and not _comes_from(page, clause, clause.subject):
        return clause.subject
    return clause.topic if clause.named else clause.subject or clause.topic


def _comes_from(page: Page, clause: Clause, company: CompanyName) -> bool:
    """Whether the subject is only where somebody was before: 「Meta前总监」."""
    return any(
        company_of(each, page) == company and _ONCE_THERE.match(clause.sentence.text, each.end)
        for each in clause.mentions
    )


def joined_company(page: Page, clause: Clause) -> CompanyName | None:
    """Whom somebody joins in the clause, or in the one before: 「张迪已加入快手，担任副总裁」."""
    before = clause.previous
    for each in (clause, before if before is not None and not clause.mentions else None):
        joins = _JOINS.search(each.sentence.text, each.start, each.end) if each is not None else None
        if each is None or joins is None:
            continue
        for mention in each.mentions:
            if 0 <= mention.start - joins.end() <= _NEAR_VERB and (company := company_of(mention, page)) is not None:
                return company
    return None


def goes_to_named(page: Page, clause: Clause, match: re.Match[str]) -> bool:
    """Whether a company we know stands right behind 加入: who moves between two companies is told twice."""
    if match[0] not in GOES_OVER:
        return False
    behind = next((each for each in clause.mentions if 0 <= each.start - match.end() <= 1), None)
    return behind is not None and behind.kind != "investor" and company_of(behind, page) is not None


def gone_to(page: Page, clause: Clause, place: int) -> tuple[CompanyName, int] | None:
    """The company somebody who leaves at a place goes over to, and where its name ends."""
    for mention in clause.mentions:
        company = company_of(mention, page) if mention.start > place and mention.kind == "company" else None
        if clause.sentence.text.startswith(("部门", "AI部门", "事业部"), mention.end):
            continue
        if company is not None and _GOES_TO.fullmatch(clause.sentence.text, place, mention.start):
            return company, mention.end
    return None


def leaves_named(page: Page, clause: Clause, match: re.Match[str]) -> bool:
    """Whether a company stands right behind 离开, or between 从 and the verb: 「从爱诗科技离职」."""
    text = clause.sentence.text
    for mention in clause.mentions:
        behind = match[0] == "离开" and 0 <= mention.start - match.end() <= 1
        before = text[clause.start : mention.start].rstrip().endswith("从") and mention.end == match.start()
        if (behind or before) and company_of(mention, page) is not None:
            return True
    return False


def goes_to_strangers(clause: Clause, place: int) -> bool:
    """Whether somebody goes, before a place, to whom nobody has listed: 「9月加入某媒体担任…」."""
    to = _JOINS.search(clause.sentence.text, clause.start, place)
    return to is not None and not any(to.start() < each.start < place for each in clause.mentions)
