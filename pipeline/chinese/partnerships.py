"""Agreements between two named parties, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.chinese.clauses import Clause, Page, within
from pipeline.chinese.deals import stranger_before
from pipeline.chinese.entries import company_of
from pipeline.chinese.parties import names_in
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.subject_places import both_spoken_of, company_at
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when
from pipeline.names.company_name import CompanyName

_WITH = re.compile(
    r"(?:与|和|同(?!时|样|日|月|期|步|意)|跟|及|携手|联手|牵手"
    r"|联合(?!国|早报|创始|利华|领投|投资|开发|研发|训练|建设|推出|发布|打造|发起|实验室))"
)
_US = re.compile(r"(?:该公司|公司|它(?!们)|其(?!他|它|中|余)|这家[^，。；]{0,12}?(?:公司|企业|团队))")
_LICENSED = re.compile(
    r"(?:获得?|取得|拿到|拿下)了?(?P<from>[^，。；\d]{2,16}?)(?:的|独家|官方|正版|全面|IP|版权|角色|素材|片库|内容)*授权(?!书|号)"
    r"|(?:将|把|向)[^，。；]{2,24}授权给(?P<to>[^，。；]{1,16}?)(?=使用|[在于]|，|。|；|$)"
    r"|授权(?P<user>[^，。；给]{1,14}?)(?:使用|改编|接入)"
    r"|(?:代理权|分销权|独家版权|首播权)(?:交|授|留)?给了?(?P<agent>[^，。；]{2,24})(?=[，。；]|$)"
    r"|获准(?:使用|改编|接入)(?P<of>[^，。；\d]{2,12}?)(?:旗下|名下|的)"
)
"""「获得迪士尼授权」, 「把角色授权给它使用」"""
_PUTS_IN = re.compile("入股|投资|融资|收购")
_IS_ROUND = re.compile(r"(?:由其|将?获得?|融得?|拿到|引入|向其)[^，。；]{0,16}(?:元|可转债|投资|融资|借款|贷款|注资)")
"""「与老股东签署协议，获得3500万元可转债」 is a round."""
_BUYS = re.compile(r"(?:将|把)?(?:后者|对方|其)[^，。；]{0,6}(?:并入|收购|买下|纳入|收入)|全资(?:并入|收购|买下|拿下)")
"""「与X签约，将后者全资并入」 is a purchase."""
_WITH_WHOM = re.compile(
    r"(?:交给|与|和|跟|同(?![时样行])|向)(?P<who>[^，。；]{2,14}?)(?:来?(?:做|负责|开发|制作|供应|提供)|$)"
    r"|^(?P<other>[^，。；]{2,10}?)(?:并|也|还)?(?:将|会)?在(?:其|自家|自己)"
)
"""「把脚本功能交给观澜模型来做，双方签了…」"""
_PARTNER_IS = re.compile(r"合作方(?:是|为)(?P<who>[^，。；]{2,24})")
_AGREED = re.compile(
    r"约定|商定|订约|缔约|握手|结对|合设|合办|合组|谈妥|[并还也](?=签|达成|订|建|宣布)|的(?=[^，。；]{0,8}(?:合同|合约|协议))|[在于](?=[^，。；]{2,8}?(?:签|达成|宣布|共同|成立))|签有|达成|续签|续约|签署|签订|签下|签了|签约|建立|展开|开展|宣布|扩大|深化|敲定|缔结|启动|结成|合作|合建|共建|联合|将|共同|就|结盟|推出|发布|打造|探索|布局|进军|发力|发起|启动|成立|开发|商谈|洽谈|磋商|探讨|讨论|谈|[（(]"
)
_BECOMES = re.compile(r"成为(?P<who>[^，。；]{2,20}?)的")
_BOTH = re.compile(r"双方")


def read(page: Page) -> Iterator[Claim]:
    """An agreement and the partner's name."""
    for sentence in page.sentences:
        if sentence.is_question or gated("chinese_events", "partnership", "agrees").search(sentence.text) is None:
            continue
        for place, clause in enumerate(sentence.clauses):
            match = gated("chinese_events", "partnership", "agrees").search(sentence.text, clause.start, clause.end)
            if match is None or any_of("chinese_events", "partnership", "not").search(clause.text):
                continue
            if clause.following is not None and _BUYS.search(clause.following.text):
                continue
            if clause.following is not None and _IS_ROUND.match(clause.following.text):
                continue
            before = sentence.clauses[place - 1] if place else None
            found = _parties(page, clause, match.start(), match.end(), before)
            if found is None or found[1] == found[0].name:
                continue
            company, partner = found
            status = standing_at(clause, match.start(), match.end())
            if status == "rumored" and "将" in clause.text and sentence.said_by in ("company", "none"):
                status = None
            on = when(page, clause, match.start())
            yield tell(page, clause, "partnership", company, status=status, on=on, fields={"partner": partner})
            break


def _parties(page: Page, clause: Clause, start: int, end: int, before: Clause | None) -> tuple[CompanyName, str] | None:
    text = clause.sentence.text
    if before is not None and not before.mentions and _BOTH.match(text, clause.head):
        before = next((each for each in reversed(clause.sentence.clauses[: clause.place]) if each.mentions), before)
    both = both_spoken_of(clause)
    if both and (before is None or not before.mentions):
        return both[0], both[1].name
    if _BOTH.match(text, clause.head) and before is not None and before.mentions:
        other = next((company for each in reversed(before.mentions) if (company := company_of(each, page))), None)
        company = before.subject if before.subject != other else before.topic
        if company is not None and (other is None or company == other):
            whom = _WITH_WHOM.search(text, before.start, before.end)
            names = names_in(page, before, *whom.span("who" if whom["who"] else "other")) if whom else []
            return (company, names[0]) if names and names[0] != company.name else None
        return (company, other.name) if company is not None and other is not None else None
    partner_is = _PARTNER_IS.search(text, clause.start, clause.end)
    if partner_is is not None:
        names = names_in(page, clause, *partner_is.span("who"))
        told = before.subject if before is not None and not before.is_foreign else clause.subject
        return (told, names[0]) if told is not None and names else None
    licensed = _LICENSED.search(text, clause.start, clause.end)
    if licensed is not None:
        return _licence(page, clause, licensed, before)
    becomes = _BECOMES.match(text, start, clause.end)
    if becomes is not None:
        company, names = _subject(page, clause, start), names_in(page, clause, *becomes.span("who"))
        return (company, names[0]) if company is not None and names else None
    join = None
    for match in _WITH.finditer(text, clause.start, max(end, start)):
        if any(each.start < match.end() and match.start() < each.end for each in clause.mentions):
            continue
        join = match
        break
    if join is None:
        return None
    company = _subject(page, clause, join.start())
    agreed = _AGREED.search(text, join.end(), clause.end)
    stops = [each.start for each in clause.dates if each.start >= join.end()]
    stop = min([*stops, agreed.start() if agreed else clause.end])
    us = _US.match(text, join.end(), stop)
    if us is not None and clause.topic is not None and not text[us.end() : stop].strip("近日已也 "):
        first = names_in(page, clause, clause.head, join.start())
        return (clause.topic, first[0]) if len(first) == 1 and first[0] != clause.topic.name else None
    names = names_in(page, clause, join.end(), stop)
    ours = next((each for each in within(clause.mentions, join.end(), stop) if each.kind == "company"), None)
    if company is None and ours is not None:
        first = names_in(page, clause, clause.head, join.start())
        other = company_of(ours, page)
        return (other, first[0]) if first and other is not None else None
    if company is None or not names:
        return None
    own = [each for each in within(clause.mentions, join.end(), stop) if company_of(each, page) == company]
    if ours is not None and not own and company_of(ours, page) == page.main and page.main is not None:
        return page.main, company.name  # with whom the article is about
    others = names_in(page, clause, clause.head, join.start()) if own else names
    if own and not others and before is not None:
        other = stranger_before(page, before, before.end)
        others = [other.name] if other is not None and other != company else []
    return (company, others[0]) if others else None


def _licence(page: Page, clause: Clause, match: re.Match[str], before: Clause | None) -> tuple[CompanyName, str] | None:
    """Who may use what, and by whom."""
    if match["of"]:
        user, names = _subject(page, clause, match.start()), names_in(page, clause, *match.span("of"))
        return (user, names[0]) if user is not None and len(names) == 1 and names[0] != user.name else None
    if match["agent"]:
        giver, names = _subject(page, clause, match.start()), names_in(page, clause, *match.span("agent"))
        return (giver, names[0]) if giver is not None and len(names) == 1 and names[0] != giver.name else None
    if match["from"]:
        company, names = _subject(page, clause, match.start()), names_in(page, clause, *match.span("from"))
        is_deal = len(names) == 1 and _PUTS_IN.search(names[0]) is None
        return (company, names[0]) if company is not None and is_deal else None
    group = "to" if match["to"] else "user"
    inside = [each for each in clause.mentions if match.start(group) <= each.start < match.end(group)]
    to = company_of(inside[0], page) if inside else (clause.topic if _US.match(match[group]) else None)
    names = names_in(page, clause, clause.head, match.start())
    if not names and match["user"] and before is not None and match.start() - clause.head <= 1:
        names = names_in(page, before, *_first_named(before))  # 迪士尼向OpenAI投资10亿美元，并授权Sora…
    return (to, names[0]) if to is not None and len(names) == 1 and names[0] != to.name else None


def _first_named(clause: Clause) -> tuple[int, int]:
    """The span of the first name of a clause."""
    return (clause.mentions[0].start, clause.mentions[0].end) if clause.mentions else (clause.start, clause.start)


def _subject(page: Page, clause: Clause, place: int) -> CompanyName | None:
    for mention in clause.mentions:
        if mention.end <= place and (company := company_of(mention, page)) is not None:
            return company
    return company_at(clause, place)
