"""Whose round a Chinese clause tells: who gets the money, and not who gives it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.investors import backers_in
from pipeline.chinese.patterns import any_of
from pipeline.chinese.subject_places import blanked, company_at
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundSeries

INTO = re.compile(
    r"(?:向|对|给|为)[^，。；]{1,24}?(?:追加|战略)?(?:投资|注资|注入|增资|发放|拨付|拨出|拨给|提供|出资|投入|批出|投了|打了|出了|砸下|砸了|打入|打进|汇入|开出?了?(?:一张|一纸)?(?=[^，。；]{0,14}支票))|(?:借给|投给|给了?)(?=[^，。；]{0,6}[\d一二两三四五六七八九十几数近约超])"
)
_GIVES = re.compile(
    r"(?:续上|续了|续投|加投|再投|又投|加投|共投|各投|给了?|给出了?|掏出?了?|拿出了?|出了|砸了)[^，。；\u4e00-\u9fff]{0,6}\Z|(?:给了|出了|再投)(?:近|约|超|超过|逾|大约|一笔)?\Z"
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
    """Who stands before a verb of getting, else the one invested in where the subject invests, else the subject.

    `place` is where the money is told.
    """
    for rule in _RULES:
        answer = rule(page, clause, place)
        if answer is not None:
            return answer[0]
    return None


_Answer = tuple[CompanyName | None] | None
"""Whose round it is, or (None,) for nobody's we know; None where a rule has nothing to say."""


def _asked_about(page: Page, clause: Clause, place: int) -> _Answer:
    asked = _ASKED_ABOUT.search(clause.sentence.text, clause.start, place)
    about = next((each for each in clause.mentions if asked and asked.start() < each.start < asked.end()), None)
    return (company_of(about, page),) if about is not None else None


def _comes_from(page: Page, clause: Clause, place: int) -> _Answer:
    of_topic = not clause.mentions and _COMES_FROM.search(blanked(clause, clause.head, place))
    return (clause.topic,) if of_topic else None


def _gets(page: Page, clause: Clause, place: int) -> _Answer:
    gets = getter(page, clause, place)
    return (gets,) if gets is not None else None


def _raises_itself(page: Page, clause: Clause, place: int) -> _Answer:
    text = clause.sentence.text
    itself = any_of("chinese_clauses", "sure_self").match(text, clause.head)
    return (clause.subject,) if itself and _RAISES.search(text, clause.head, place) else None


def _told_of_investor(page: Page, clause: Clause, place: int) -> _Answer:
    goes_on = clause.is_foreign and not clause.mentions and _goes_on_about_investor(clause)
    return (clause.topic,) if goes_on else None


def _raised_for(page: Page, clause: Clause, place: int) -> _Answer:
    if _FOR.search(clause.sentence.text, clause.start, place + 2) is None:
        return None
    others = (each for each in (clause.latter, clause.former, clause.topic) if each not in (None, clause.subject))
    return (named_for(page, clause) or next(others, None),)


def _to_us(page: Page, clause: Clause, place: int) -> _Answer:
    to_us = _TO_US.search(clause.sentence.text, clause.start, place)
    return (clause.topic,) if to_us and clause.topic is not None else None


def _given_to(page: Page, clause: Clause, place: int) -> _Answer:
    """「红杉给了它3000万」: who is named behind the sum, else the one talked about who does not give."""
    gives, starts = _GIVES.search(clause.sentence.text, clause.start, place), _givers(clause)
    if gives is None or not starts or gives.start() <= min(starts):
        return None
    given = next((each for each in clause.mentions if each.start >= place and each.start not in starts), None)
    if given is not None:
        return (company_of(given, page),)
    own = {each.key for each in clause.mentions if each.end <= gives.start()}
    spoken = (clause.topic, clause.former, clause.latter, page.main)
    return (next((each for each in spoken if each is not None and each.key not in own), None),)


def _put_into(page: Page, clause: Clause, place: int) -> _Answer:
    into = INTO.search(clause.sentence.text, clause.start, clause.end)
    whom = next((each for each in clause.mentions if into and into.start() < each.start < into.end()), None)
    return (company_of(whom, page),) if whom is not None else None


def _invested_in(page: Page, clause: Clause, place: int) -> _Answer:
    whom = invested_in(page, clause)
    return (whom,) if whom is not None else None


def _put_by_stranger(page: Page, clause: Clause, place: int) -> _Answer:
    """Where somebody the clause does not name puts money in, whose it is cannot be said."""
    strange = _puts_in(clause, place) and not _acts(clause) and (not clause.named or clause.subject is None)
    return (None,) if strange else None


def _stands_before(page: Page, clause: Clause, place: int) -> _Answer:
    """Where the subject does not invest: who stands before the verb."""
    invests = any_of("chinese_rounds", "invests").search(clause.sentence.text, clause.start, clause.end)
    if not clause.named and any(start <= clause.head + 1 for start in _givers(clause)):
        return None
    if invests is not None and (_acts(clause) or _puts_in(clause, place) or is_named_investor(clause)):
        return None
    verbs = any_of("chinese_rounds", "verbs")
    first = verbs.search(clause.sentence.text, clause.head, max(place, clause.head))
    return (company_at(clause, first.start() if first else place, strict=True),)


def _target(page: Page, clause: Clause, place: int) -> _Answer:
    """Where the subject invests: the company named behind the verb."""
    starts = _givers(clause)
    verb = any_of("chinese_rounds", "invests").search(clause.sentence.text, clause.start, clause.end)
    behind = (each for each in clause.mentions if verb and each.start >= verb.end() and each.start not in starts)
    target = next((company for each in behind if (company := company_of(each, page)) is not None), None)
    return (target,) if target is not None else None


def _spoken_of(page: Page, clause: Clause, place: int) -> _Answer:
    """Where the subject invests and names nobody: the one talked about."""
    subject = clause.subject if clause.named else None
    for candidate in (clause.topic, clause.former, clause.latter, page.main):
        if candidate is not None and candidate != subject and candidate.name not in clause.text:
            return (candidate,)
    return None


_RULES: Sequence[Callable[[Page, Clause, int], _Answer]] = (
    _asked_about,
    _comes_from,
    _gets,
    _raises_itself,
    _told_of_investor,
    _raised_for,
    _to_us,
    _given_to,
    _put_into,
    _invested_in,
    _put_by_stranger,
    _stands_before,
    _target,
    _spoken_of,
)


def _givers(clause: Clause) -> set[int]:
    """Where the names of those begin who put money in."""
    return {start for start, _ in backers_in(clause).every}


def _acts(clause: Clause) -> bool:
    """Whether the clause begins with one who puts money in."""
    starts = _givers(clause)
    if any(start <= clause.head + 1 for start in starts):
        return True
    himself = any_of("chinese_clauses", "self").match(clause.sentence.text, clause.head, clause.end)
    return clause.named and himself is None and any(each.start in starts for each in clause.mentions[:1])


def _puts_in(clause: Clause, place: int) -> bool:
    """Whether the words right before the money say that the subject puts it in."""
    text = clause.sentence.text
    invests = any_of("chinese_rounds", "invests").search(text, clause.start, clause.end)
    if invests is None or _PUTS.search(text, clause.start, place) is None:
        return False
    return any_of("chinese_clauses", "suffers").search(text, clause.start, place) is None


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
    match = re.search("入股|参股|入过(?:一次)?股", clause.text)
    first = clause.mentions[0] if clause.mentions else None
    if match is None or first is None or (first.kind != "company" and "战略" not in clause.text):
        return None
    return FoundSeries(clause.start + match.start(), clause.start + match.end(), "corporate_round")


def is_named_investor(clause: Clause) -> bool:
    """Whether 前者 or 后者 puts money in: 「前者以战略投资者身份入股」."""
    pronoun = any_of("chinese_clauses", "former").match(clause.sentence.text, clause.head) or any_of(
        "chinese_clauses", "latter"
    ).match(clause.sentence.text, clause.head)
    return pronoun is not None and any_of("chinese_rounds", "invests").search(clause.text) is not None
