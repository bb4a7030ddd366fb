"""Which product a verb of a Chinese clause is about, and the parts of products: the app, the interface, a version."""

from __future__ import annotations

import re

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import any_of
from pipeline.chinese.products import Product, products_in

_USERS = (
    r"(?:(?:面向|针对)[^，。；]{2,8}的|[BC]端|消费者端|企业端)(?:平台|产品|应用|服务|版本|工具|业务|网站|网页版|客户端)"
)
_PART_BEHIND = re.compile(r"了?(?:其|旗下|自家|的)?")
_FOR_WHOM = re.compile(rf"(?:了|停止(?:提供)?)?(?P<name>(?:(?<=停止)|(?<=停止提供))[^，。；]{{2,12}}服务|{_USERS})")


def part_behind(page: Page, clause: Clause, place: int) -> Product | None:
    """The part of a company's product right behind a verb: 「停掉安卓版」; none where the product itself is named."""
    if clause.subject is None or clause.is_foreign:
        return None
    part = _PART_BEHIND.match(clause.sentence.text, place, clause.end) or None
    match = any_of("chinese_events", "launch", "parts").match(
        clause.sentence.text, part.end() if part else place, clause.end
    )
    if match is None:
        return None
    return Product(*match.span(), match[0], clause.subject, f"{clause.subject.key}/{match[0]}")


_PARTS = (
    r"(?:功能|编辑器|小程序|插件|客户端|手机应用|网页应用|付费包|套餐|论坛|网页版|手机版|免费版|个人版|国际版|海外版|国内版|教育版|基础版|消费者版|一体机"
    r"|频道|模块|入口|接口|订阅服务|托管服务|在线服务|会员服务|公测版|测试版|桌面端|移动端)"
)
_KEPT = r"(?!日|月|评论|弹幕|私信|充值|提现|注册|登录|点赞|打赏|搜索|对话)"
_NAMED_PART = re.compile(
    rf"(?:^|[的其，]|旗下|旧的?|早期|老版?|自家|版本|公司|把|将|了)?(?P<name>{_KEPT}(?:(?![的把将被了从于在就都其])[\u4e00-\u9fffA-Z”」]){{1,8}}?{_PARTS})"
    r"[”」]?(?:已经?|将|也|则|便|会|才|于|在|就|宣布|正式|主动|全面|彻底|悄悄|一同|一并|全部|被|从|[\d年月日零点时起前后底初至]|[上本]周[一二三四五六日]?)*\Z"
)
_PART_ACTED_ON = re.compile(
    rf"了?(?:旗下|其|自家|自己|旧|早期|老|饱受质疑|备受争议|争议|原有)?的?[“「]?(?P<name>{_KEPT}[\u4e00-\u9fffA-Z“”]{{0,8}}?{_PARTS})(?=[，。；”]|$)"
)


_QUOTES = re.compile("[“”「」]")


def named_part(page: Page, clause: Clause, start: int, end: int) -> Product | None:
    """A part of a company's offer, called by what it does, right before a verb or behind it: 「AI成片功能下线」."""
    if clause.subject is None or clause.is_foreign:
        return None
    text = clause.sentence.text
    begin = max([clause.head, *(each.end for each in clause.mentions if each.end <= start)])
    match = _PART_ACTED_ON.match(text, end, clause.end) or _NAMED_PART.search(text, begin, start)
    if match is None or any(
        each.start < match.end("name") and match.start("name") < each.end for each in clause.mentions
    ):
        return None
    name = _QUOTES.sub("", page.original(clause.sentence, *match.span("name")))
    return Product(*match.span("name"), name, clause.subject, f"{clause.subject.key}/{name}")


def product_in(page: Page, clause: Clause, place: int, last: Product | None = None) -> Product | None:
    """The product a verb at a place of a clause is about.

    The last one before it, else the first behind; a part of one (API) that heads the clause; one told by its users.
    """
    found = products_in(page, clause)
    before = [each for each in found if each.end <= place]
    named = before[-1] if before else (found[0] if found else None)
    if named is not None:
        return named
    text = clause.sentence.text
    part = any_of("chinese_events", "launch", "parts").match(text, clause.head, clause.end)
    if part is not None and last is not None:
        return Product(*part.span(), f"{last.name} {part[0]}", last.owner, f"{last.key}/{part[0]}")
    for_whom = _FOR_WHOM.search(text, place, clause.end)
    if for_whom is None or clause.subject is None:
        return None
    name = page.original(clause.sentence, *for_whom.span("name"))
    return Product(*for_whom.span("name"), name, clause.subject, f"{clause.subject.key}/{name}")
