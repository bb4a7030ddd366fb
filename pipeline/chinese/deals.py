"""Who buys and who is bought where Chinese puts them elsewhere than before and behind the verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.nouns.identity import candidate_key
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.parties import LATIN_NAME, names_in, party_of
from pipeline.chinese.patterns import any_of
from pipeline.chinese.subject_places import has_stranger
from pipeline.names.company_name import CompanyName

COMPANY_NAME = re.compile(
    r"[A-Z].*|[\u4e00-\u9fff]{2,8}(?:科技|智能|集团|网络|互动|传媒|影业|影视|动画|工作室|实验室|视觉|引擎|数科|软件|娱乐|动漫|文化|数字|影像|数码|控股|股份|出版社|动捕|机器人|视频|游戏|数娱|数影)"
)
"""A name that is a company's whatever tells of it."""
_TAKEN = re.compile(r"(?:将|把)(?P<what>[^，。；]{1,34}?)(?:全资|整体|一并|悉数|正式|直接)*\Z")
_TO_SELL = re.compile("出售|卖身|被收购")
"""「曾与字节跳动就出售事宜接触」: whose sale it is, is plain."""
_HIM = re.compile(r"(?:它(?!们)|其|该公司|这家[^，。；]{0,12}公司|公司|对方|我们)\Z")
_TALKS = re.compile(
    r"(?:与|和|同|跟)(?P<who>[^，。；]{2,24}?)(?:的|之间的|进行|展开|开展|启动|就|有过|洽谈|商谈|谈)[^，。；]{0,6}?(?:并购|收购|合并|出售|卖身)(?:案|事宜|交易|的?谈判|的?洽谈|的?磋商|的?接触)"
)
"""「我们与一家上市公司的并购谈判停了下来」"""
_SUBJECT_ENDS = re.compile(
    r"除了|不仅|不但|宣布|公告|披露|拟|将|已|正|以|近日|日前|今日|昨日|今天|昨天|于|在|称|计划|考虑|斥资|完成|同意|有意|花|出资|作价|曾|把|对|用|欲|想|准备|打算|希望|上月|本月|上周|本周|周[一二三四五六日]|刚|又|再|也|还|则|开价|出价|报价|开出|突然|悄悄|终于|\d"
)
_NOBODY = re.compile(r"公司|有人|我们|市场|外界|消息|买家|一家|某|双方|对方|报道|知情|方面")


def disposed_of(page: Page, clause: Clause, start: int) -> tuple[CompanyName | None, int] | None:
    """(what 把 or 将 before a verb makes its object, where that begins); None where neither stands before it."""
    match = _TAKEN.search(clause.sentence.text, clause.start, start)
    if match is None:
        return None
    inside = [each for each in clause.mentions if match.start("what") <= each.start < match.end("what")]
    for mention in reversed(inside):
        party = party_of(mention, page)
        if party is not None:
            return party, match.start()
    if _HIM.search(match["what"]):
        spoken = (clause.topic, clause.latter, clause.former)
        here = {each.key for each in clause.mentions if each.end <= match.start()}
        return next((each for each in spoken if each is not None and each.key not in here), None), match.start()
    names = names_in(page, clause, *match.span("what"))
    if len(names) == 1 and COMPANY_NAME.fullmatch(names[0]):
        return CompanyName(candidate_key(names[0]), names[0], False), match.start()
    return None


def talked_over(page: Page, clause: Clause) -> Iterator[tuple[CompanyName, CompanyName | None, int, int]]:
    """The subject of talks with somebody unnamed: it is the one that would be sold."""
    match = _TALKS.search(clause.sentence.text, clause.start, clause.end)
    if match is None or clause.subject is None or clause.is_foreign:
        return
    inside = [each for each in clause.mentions if match.start("who") <= each.start < match.end("who")]
    other = party_of(inside[0], page) if len(inside) == 1 else None
    if not inside:
        yield clause.subject, None, match.start(), match.end()
    elif other not in (None, clause.subject) and _TO_SELL.search(match[0]):
        yield clause.subject, other, match.start(), match.end()


def stranger_before(page: Page, clause: Clause, place: int) -> CompanyName | None:
    """The one nobody has listed whose name begins the clause of a verb: 「日本动画集团绘卷控股宣布以48亿日元收购…」."""
    if clause.named or not has_stranger(clause, place):
        return None
    ends = _SUBJECT_ENDS.search(clause.sentence.text, clause.head + 1, place)
    names = names_in(page, clause, clause.head, ends.start() if ends else place)
    if len(names) != 1 or _NOBODY.search(names[0]) or any_of("chinese_clauses", "strangers").match(names[0]):
        return None
    return CompanyName(candidate_key(names[0]), names[0], False)


_CLAUSES_BEFORE = 3
_IN_TOUCH = re.compile(
    r"(?:与|和|同|跟|向)(?P<who>[^，。；]{2,24}?)(?:进行|展开|开展|保持|有过|已|正|就|的|曾|初步|秘密|私下)*"
    r"(?:接触|谈判|洽谈|商谈|磋商|沟通|会谈|接洽|讨论|商讨|谈)"
)


def acting_before(page: Page, clause: Clause, target: CompanyName) -> CompanyName | None:
    """Who acts in the clauses before, where this one names nobody: 「三七互娱公告，已签署协议，以2.6亿元收购…」."""
    first = max(0, clause.place - _CLAUSES_BEFORE)
    for before in reversed(clause.sentence.clauses[first : clause.place] if not clause.named else []):
        parties = [party for each in before.mentions if (party := party_of(each, page)) is not None]
        if not parties or (not before.named and set(parties) == {target}):
            continue
        led = before.named and before.mentions[0].start - before.head <= 1 and parties[0] != target
        behind = before.sentence.text[before.mentions[0].end : before.end]
        return parties[0] if led and any_of("chinese_clauses", "suffers").search(behind) is None else None
    return None


def in_touch_with(page: Page, clause: Clause, company: CompanyName, place: int) -> CompanyName | None:
    """With whom a company that would be sold talks, here or before: 「Pika正与Meta接触，讨论整体出售」."""
    for each in (clause, clause.previous):
        match = (
            _IN_TOUCH.search(each.sentence.text, each.start, place if each is clause else each.end) if each else None
        )
        if each is None or match is None:
            continue
        inside = [one for one in each.mentions if match.start("who") <= one.start < match.end("who")]
        parties = [party for one in inside if (party := party_of(one, page)) is not None and party != company]
        return parties[0] if len(parties) == 1 else None
    return None


_OFFERS = re.compile(
    r"(?:提出|发起|发出)过?了?[^，。；]{0,8}(?:收购|并购|要约)|(?:出价|报价|开价|开出|出过价|开过价)(?:过|了)*(?:约|近|超过|高达)?(?=[\d一二两三四五六七八九十几])|(?<![与和同跟])谈过[^，。；]{0,4}(?:收购|并购)"
)
_LATIN_BEFORE = re.compile(rf"{LATIN_NAME}\s?\Z")
"""「巴黎的广告公司Moulin Rouge Digital出价310万欧元」"""
_DECLINED = re.compile(
    r"(?:[^，。；]{0,20}嫌(?:少|低)|双方就此散了)|(?:但|不过|都|均|最后|最终|随即)*(?:被?(?:我们|我|公司|董事会|创始人|对方|他|她|团队|管理层)?(?:[\u4e00-\u9fff]{2,4}(?=没|未|拒|婉|回|谢))?(?:都|也|并)?(?:拒绝|回绝|谢绝|婉拒|否决)"
    r"|(?:我们|我|公司|董事会|创始人|他|她|团队|管理层)?(?:[\u4e00-\u9fff]{2,4}?(?=没|未))?(?:都|也|并)?(?:没有?|未能?|没能)(?:被?(?:接受|答应|同意|采纳|理会|成交|谈成|谈拢)))"
)
_WITH = re.compile("[与和同跟]")
_PLACES_BEHIND = 2


def refused_offer(page: Page, clause: Clause) -> tuple[CompanyName, CompanyName | None, Clause] | None:
    """(for whom, by whom where named, the clause that says no): 「一家云厂商半年前提出过收购，被董事会拒绝」."""
    offers = _OFFERS.search(clause.sentence.text, clause.start, clause.end)
    if offers is None or _WITH.search(clause.sentence.text, clause.start, offers.start()):
        return None
    clauses = clause.sentence.clauses
    behind = clauses[clause.place + 1 : clause.place + 1 + _PLACES_BEHIND]
    until = next((each for each in behind if _DECLINED.match(each.text.strip())), None)
    if until is None:
        return None
    before = [each for each in clause.mentions if each.end <= offers.start()]
    parties = [party for each in before if (party := party_of(each, page)) is not None]
    other = parties[-1] if parties and clause.topic not in (None, parties[-1]) else None
    if other is None and parties:  # its own talks: 「公司谈过一次并购」
        return parties[-1], None, until
    nameless = any_of("chinese_clauses", "some_company").search(clause.sentence.text, clause.start, offers.start())
    buyer = other or (None if nameless else stranger_before(page, clause, offers.start()))
    latin = _LATIN_BEFORE.search(clause.sentence.text, clause.start, offers.start())
    if buyer is None and latin is not None and not nameless:
        name = page.original(clause.sentence, *latin.span())
        buyer = CompanyName(candidate_key(name), name, False)
    return (clause.topic, buyer, until) if clause.topic is not None else None


_POSSIBLE = re.compile(
    r"(?:探讨|讨论|商讨|评估|研究|商议|考虑)[^，。；]{0,6}(?:收购|并购)[^，。；]{0,4}(?:可能|方案|机会|事宜)?"
)
_WOOED = re.compile(
    r"(?:表达|表示|流露|提出)过?了?[^，。；]{0,6}?(?:收购|并购)(?:它|公司|其)?的?(?:兴趣|意向|意愿|想法)"
)


def explored(page: Page, clause: Clause) -> Iterator[tuple[CompanyName, CompanyName | None, int, int]]:
    """「苹果曾接触Runway，探讨收购的可能性」: whom the clause before got in touch with would be bought."""
    match = _POSSIBLE.search(clause.sentence.text, clause.start, clause.end)
    before = clause.previous
    if match is None or before is None or clause.mentions:
        return
    parties = [party for each in before.mentions if (party := party_of(each, page)) is not None]
    if len(parties) == 2 and parties[0] != parties[1]:
        yield parties[1], parties[0], match.start(), match.end()


def wooed(clause: Clause) -> Iterator[tuple[CompanyName, CompanyName | None, int, int]]:
    """「也有社交公司表达过收购兴趣」: whom one talks about would be bought."""
    match = _WOOED.search(clause.sentence.text, clause.start, clause.end)
    if match is not None and clause.topic is not None and not clause.mentions:
        yield clause.topic, None, match.start(), match.end()


_DESCRIBED = re.compile(r"了?(?:[^，。；的]{2,16}的)?[“「]?(?P<name>[\u4e00-\u9fff]{4,10})[”」]?(?=[，。；（(]|$)")


def described_buyer(page: Page, clause: Clause, match: re.Match[str]) -> str | None:
    """The name behind what a buyer is: 「被悉尼上市公司Papertiger Media全面收购」."""
    verb = any_of("chinese_events", "acquisition", "buys").search(clause.sentence.text, match.start(), match.end())
    names = names_in(page, clause, match.start() + 1, verb.start() if verb is not None else match.end())
    return names[0] if len(names) == 1 and COMPANY_NAME.fullmatch(names[0]) else None


def described_target(page: Page, clause: Clause, end: int) -> CompanyName | None:
    """「吞下了做配音的言绘科技」: a name that is a company's, behind what it does."""
    match = _DESCRIBED.match(clause.sentence.text, end, clause.end)
    if match is None or COMPANY_NAME.fullmatch(match["name"]) is None:
        return None
    name = page.original(clause.sentence, *match.span("name"))
    return CompanyName(candidate_key(name), name, False)
