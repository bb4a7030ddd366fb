"""Whose round a Chinese clause tells: who gets the money, and not who gives it."""

from __future__ import annotations

import re

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.investors import backers_in
from pipeline.chinese.patterns import any_of
from pipeline.chinese.subject_places import blanked, company_at
from pipeline.document import CompanyName
from pipeline.found import FoundSeries

INTO = re.compile(
    r"(?:向|对|给|为)[^，。；]{1,24}?(?:追加|战略)?(?:投资|注资|注入|增资|发放|拨付|拨出|拨给|提供|出资|投入|批出|投了|打了|出了)|(?:借给|投给|给了?)(?=[^，。；]{0,6}[\d一二两三四五六七八九十几数近约超])"
)
_GIVES = re.compile(
    r"(?:再投|又投|加投|共投|各投|给了?|给出了?|掏出?了?|拿出了?|出了|砸了)[^，。；\u4e00-\u9fff]{0,6}\Z|(?:给了|出了|再投)(?:近|约|超|超过|逾|大约|一笔)?\Z"
)
_FOR = re.compile(r"为(?:其|它|[^，。；]{2,10}?)(?:引入|引进|寻找|寻求|争取|募集|筹集|融资)")
"""「董事会批准将可灵业务注入新公司，并为其引入外部投资者」"""
_ASKED_ABOUT = re.compile(r"(?:问起|问到|问及|追问|谈到|谈及|对于|至于)[^，。；]{1,16}?(?:是否|会不会|有没有|要不要)")
"""「有分析师问起可灵是否会独立融资」"""
_COMES_FROM = re.compile(r"(?:来自|源自|出自|得益于|靠的?是?)\s*的?\s*\Z")
"""「并购的弹药来自今年1月的2亿美元E轮」"""
_TO_US = re.compile(
    r"(?:给|借给|投给|向|对)了?(?:我们|公司|它(?!们)|他们|团队|其(?!他|它|中|余)|该公司|这家[^，。；]{0,8}(?:公司|企业|团队))"
)
_PUTS = re.compile(r"(?<![获得到被])(?:注资|入股|投资了?|投了|领了)[^，。；]{0,4}\Z")
_GETS = re.compile(
    r"[”」]?(?:[\u4e00-\u9fff]{0,8}有限公司)?(?:[（(][^）)]{1,30}[）)])?(?:近日|日前|今日|昨日|已经?|刚刚?|也|亦|又|再次?|正式|宣布|顺利|成功|连续)*(?:完成|拿到|拿下|斩获|敲定|收获|获(?!悉|客|奖|知))"
)
_RIGHT_BEHIND = 8
_RAISES = re.compile(r"筹得|筹集|募集|融得|融到|获得|拿到|完成")


def company_of_round(page: Page, clause: Clause, place: int) -> CompanyName | None:
    """Who stands before a verb of getting, else the one invested in where the subject invests, else the subject."""
    asked = _ASKED_ABOUT.search(clause.sentence.text, clause.start, place)
    about = next((each for each in clause.mentions if asked and asked.start() < each.start < asked.end()), None)
    if about is not None:
        return company_of(about, page)
    if not clause.mentions and _COMES_FROM.search(blanked(clause, clause.head, place)):
        return clause.topic
    gets = getter(page, clause, place)
    if gets is not None:
        return gets
    starts = {start for start, _ in backers_in(clause).every}
    text = clause.sentence.text
    himself = any_of("chinese_clauses", "self").match(text, clause.head, clause.end) is not None
    acting = any(start <= clause.head + 1 for start in starts) or any(
        each.start in starts for each in clause.mentions[:1] if clause.named and not himself
    )
    if any_of("chinese_clauses", "sure_self").match(text, clause.head) and _RAISES.search(text, clause.head, place):
        return clause.subject
    if clause.is_foreign and not clause.mentions and _goes_on_about_investor(clause):
        return clause.topic
    for_whom = _FOR.search(text, clause.start, place + 2)
    if for_whom is not None:
        other = (clause.latter, clause.former, clause.topic)
        return named_for(page, clause) or next(
            (each for each in other if each is not None and each != clause.subject), None
        )
    if _TO_US.search(text, clause.start, place) and clause.topic is not None:
        return clause.topic
    gives = _GIVES.search(text, clause.start, place)
    if gives is not None and starts and gives.start() > min(starts):
        given = next((each for each in clause.mentions if each.start >= place and each.start not in starts), None)
        own = {each.key for each in clause.mentions if each.end <= gives.start()}
        if given is not None:
            return company_of(given, page)
        spoken = (clause.topic, clause.former, clause.latter, page.main)
        return next((each for each in spoken if each is not None and each.key not in own), None)
    into = INTO.search(text, clause.start, clause.end)
    into_whom = next((each for each in clause.mentions if into and into.start() < each.start < into.end()), None)
    if into_whom is not None:
        return company_of(into_whom, page)
    verb = any_of("chinese_rounds", "invests").search(text, clause.start, clause.end)
    whom = invested_in(page, clause)
    if whom is not None:
        return whom
    puts = verb is not None and _PUTS.search(text, clause.start, place) is not None
    if puts and not acting and not any_of("chinese_clauses", "suffers").search(text, clause.start, place):
        acting = clause.named and clause.subject is not None
        if not acting:
            return None
    if verb is None or not (acting or is_named_investor(clause)):
        first = any_of("chinese_rounds", "verbs").search(text, clause.head, max(place, clause.head))
        return company_at(clause, first.start() if first else place, strict=True)
    target = next(
        (
            company
            for mention in clause.mentions
            if mention.start >= verb.end() and mention.start not in starts and (company := company_of(mention, page))
        ),
        None,
    )
    if target is not None:
        return target
    subject = clause.subject if clause.named else None
    for candidate in (clause.topic, clause.former, clause.latter, page.main):
        if candidate is not None and candidate != subject and candidate.name not in clause.text:
            return candidate
    return None


def _goes_on_about_investor(clause: Clause) -> bool:
    """「Khosla Ventures是更早的股东，在那轮7000万美元的融资中进场」: whether an investor named before puts money in."""
    if any_of("chinese_rounds", "invests").search(clause.text) is None:
        return False
    before = clause.previous
    return before is not None and bool(before.mentions) and before.mentions[0].kind == "investor" and before.is_foreign


def named_for(page: Page, clause: Clause) -> CompanyName | None:
    """For whom a subject raises money, where it is named: 「快手否认将…为可灵寻求外部融资」."""
    for_whom = _FOR.search(clause.sentence.text, clause.start, clause.end)
    if for_whom is None:
        return None
    named = [each for each in clause.mentions if for_whom.start() < each.start < for_whom.end()]
    return company_of(named[0], page) if named else None


def invested_in(page: Page, clause: Clause) -> CompanyName | None:
    """「阿里巴巴以6000万美元领投爱诗科技B轮」: the company named right behind the verb of a subject that invests."""
    text = clause.sentence.text
    verb = any_of("chinese_rounds", "invests").search(text, clause.head, clause.end)
    puts = clause.named or bool(backers_in(clause).every)
    if verb is None or not puts or any_of("chinese_clauses", "suffers").search(text, clause.head, verb.start()):
        return None
    behind = next((each for each in clause.mentions if 0 <= each.start - verb.end() <= _RIGHT_BEHIND), None)
    if behind is None or re.search("[的，、]", text[verb.end() : behind.start]):
        return None
    company = company_of(behind, page)
    return company if company != clause.subject else None


def getter(page: Page, clause: Clause, place: int) -> CompanyName | None:
    """「红杉合伙人祝贺生数科技完成新一轮融资」: whoever begins the clause, who gets it stands before the verb."""
    for mention in reversed(clause.mentions):
        if mention.end <= place and _GETS.match(clause.sentence.text, mention.end, place + 1):
            return company_of(mention, page)
    return None


def stake(clause: Clause) -> FoundSeries | None:
    """A company that takes a stake (入股) makes a corporate round."""
    match = re.search("入股", clause.text)
    first = clause.mentions[0] if clause.mentions else None
    if match is None or first is None or first.kind != "company":
        return None
    return FoundSeries(clause.start + match.start(), clause.start + match.end(), "corporate_round")


def is_named_investor(clause: Clause) -> bool:
    """Whether 前者 or 后者 puts money in: 「前者以战略投资者身份入股」."""
    pronoun = any_of("chinese_clauses", "former").match(clause.sentence.text, clause.head) or any_of(
        "chinese_clauses", "latter"
    ).match(clause.sentence.text, clause.head)
    return pronoun is not None and any_of("chinese_rounds", "invests").search(clause.text) is not None
