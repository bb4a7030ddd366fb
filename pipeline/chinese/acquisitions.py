"""Who buys whom, in Chinese: done, talked about, denied; and companies that look for a buyer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from db.model import Claim, Status
from db.nouns.identity import candidate_key
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.deal_frames import framed, is_part, names_more, offered, refused_behind
from pipeline.chinese.deal_prices import only_sum, price_of_deal, with_price
from pipeline.chinese.deals import (
    COMPANY_NAME,
    acting_before,
    described_buyer,
    described_target,
    disposed_of,
    explored,
    in_touch_with,
    refused_offer,
    stranger_before,
    talked_over,
    wooed,
)
from pipeline.chinese.parties import LATIN_NAME, names_in, object_behind, party_of
from pipeline.chinese.patterns import any_of
from pipeline.chinese.subject_places import company_at
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when
from pipeline.fold import fold_text
from pipeline.matching.first_letters import quick
from pipeline.names.company_name import CompanyName

_HINT = quick(
    r"出价|报价|开价|开出|[购买卖售吞并]|归|易主|转手|接手|收下|要约|拿下|囊中|麾下|旗下|控股|股权|收编|吃下|子公司|东家|新主|怀抱|接盘|接管|入主|门下|名下|转给|娶|并入|收为|收走|领回|母公司|实控|实际控制|付出|付了|出手|投奔|竞购|竞买|争购|角逐|鲸吞|独吞|花落|嫁|委身|下家|归宿|一员|大家庭|拿到|购得|取得|全资并入"
)
_WITH = re.compile(r"(?:与|和|同|跟)(?!时)")
_TALKS_OF = re.compile(
    r"就[^，。；]{0,4}(?:收购|并购)(?=[^，。；]{0,12}(?:接触|谈判|洽谈|磋商|商谈|讨论|沟通))|(?:讨论|谈过|谈|洽谈|商谈|谈判|接洽|接触|磋商)[^，。；]{0,8}(?:收购|并购)"
)
_REFUSED = re.compile(r"(?:拒绝|谢绝|回绝)了?[^，。；]{2,30}?(?:收购|要约|并购|报价)")
_TAILED = r"[\u4e00-\u9fff]{2,8}(?:科技|集团|网络|互动|传媒|智能|影业)"
_BY = re.compile(rf"被\s?(?P<name>{LATIN_NAME}|{_TAILED})\s?(?:以|用|斥资|收购|并购|买下|全资|正式|溢价)")
_OF = re.compile(
    r"(?:完成|宣布|达成|敲定|洽谈|考虑|计划|寻求|放弃|终止|取消)[^，。；对]{0,4}对(?P<who>[^，。；]{1,24}?)的?(?:全资|整体)?\Z"
)
"""「完成对Pika的收购」"""
_THIS = re.compile(
    r"了?(?:整家公司|整个公司|全公司|(?:这|该)(?:款|家|个|公司|企业|团队|平台|工作室)|它(?!们)|[你我]们|其(?!他|它|余|中)|公司(?=的|\d|全部|多数|控股|$))"
)
_COMPANY = re.compile("公司|企业|家|其|们")
_PASSIVE = re.compile(r"被[^，。；]{0,14}\Z")
_FROM_HAND = re.compile(r"从(?P<seller>[^，。；]{1,20}?)(?:手里|手中|手上|那里)[^，。；]{0,2}\Z")
_BY_WAY_OF = re.compile(r"方式\Z")
"""「拟以发行股份及支付现金的方式，向…购买」: what is planned, is planned in the clause behind."""
_FROM_OWNER = re.compile(r"向(?P<owner>[^，。；]{2,20}?)(?:现金|协议)?\Z")
"""「向影谱科技购买其广告业务」: who sells is no buyer."""
_ANNOUNCES = re.compile(r"(?:宣布|公告|披露|表示|称|透露|发布(?:公告|消息)|证实|确认)[：]?\Z")
_LONGEST_NAME = 24
_AFTER = re.compile(r"(?:之|以)?后\Z")
_OF_WHICH = re.compile(r"的(?=[A-Z])")


def read(page: Page) -> Iterator[Claim]:
    """Acquisitions: the target is the company of the claim."""
    for sentence in page.sentences:
        if _HINT.search(sentence.text) is None:
            continue
        for clause in sentence.clauses:
            if any_of("chinese_events", "acquisition", "not").search(clause.text):
                continue
            made = offered(page, clause)
            if made is not None:
                (target, buyer, start, end), refused = made
                claim = _claim(page, clause, target, buyer, start, end)
                money = claim.money or only_sum(clause)
                yield replace(claim, status="denied" if refused else "rumored", money=money)
                continue
            offer = refused_offer(page, clause)
            if offer is not None:
                yield _refused(page, clause, *offer)
                continue
            told: set[str] = set()
            for target, buyer, start, end in _deals(page, clause):
                if target.key in told:
                    continue
                if buyer is not None and buyer.key == target.key:
                    buyer = _announcer(page, clause, target)
                    if buyer is None:
                        continue
                if buyer is not None and not clause.named and _AFTER.search(clause.text) is not None:
                    buyer = _announcer(page, clause, target) or buyer
                told.add(target.key)
                claim = _claim(page, clause, target, buyer, start, end)
                if claim.status == "rumored" and refused_behind(clause) is not None:
                    claim = replace(claim, status="denied")
                if not sentence.is_question or claim.status == "denied":
                    yield from with_price(page, clause, claim)


def _announcer(page: Page, clause: Clause, target: CompanyName) -> CompanyName | None:
    """Who announced it in the clause before, or acts behind it, where nobody does in this one.

    「华章传媒公告，拟以现金收购…」, 「收购言绘之后，美图…」
    """
    before, behind = clause.previous, clause.following
    buyer = None
    if clause.named:
        return None
    if _AFTER.search(clause.text) is not None and behind is not None:
        named = [each for each in behind.mentions if each.start - behind.head <= 1]
        buyer = party_of(named[0], page) if named else None
    elif before is not None and (_ANNOUNCES.search(before.text) or clause.sentence.text.startswith("：", before.end)):
        buyer = _buyer(page, before, before.end)
    return buyer if buyer is not None and buyer != target and len(buyer.name) <= _LONGEST_NAME else None


def _deals(page: Page, clause: Clause) -> Iterator[tuple[CompanyName, CompanyName | None, int, int]]:
    text = clause.sentence.text
    begin = clause.head if text.startswith("【", clause.start) else clause.start  # 「【并购】Adobe…」
    told = [*framed(page, clause)]
    if told:
        yield from told
        return
    for match in any_of("chinese_events", "acquisition", "bought").finditer(text, begin, clause.end):
        target = company_at(clause, match.start())
        inside = [
            party
            for each in clause.mentions
            if match.start() < each.start < match.end() and (party := party_of(each, page))
        ]
        buyer = inside[0] if inside else _new_owner(page, clause, match)
        if not inside and (is_part(clause, match.start()) or (buyer is not None and names_more(clause, buyer))):
            return
        if target is not None and (buyer is not None or match[0].startswith("被")):
            yield target, buyer, match.start(), match.end()
            return
    for match in any_of("chinese_events", "acquisition", "sale").finditer(text, begin, clause.end):
        company = clause.subject if not clause.is_foreign else None
        if company is not None:
            yield company, in_touch_with(page, clause, company, match.end()), match.start(), match.end()
            return
    courted = [*wooed(clause)]
    if courted:
        yield from courted
        return
    refused = _REFUSED.search(text, clause.start, clause.end)
    if refused is not None:
        inside = [
            party
            for each in clause.mentions
            if refused.start() < each.start < refused.end() and (party := party_of(each, page))
        ]
        if inside and clause.subject is not None and not clause.is_foreign:
            yield clause.subject, inside[0], refused.start(), refused.end()
            return
    talks = [*talked_over(page, clause), *explored(page, clause)]
    if talks:
        yield from talks
        return
    for match in any_of("chinese_events", "acquisition", "buys").finditer(text, begin, clause.end):
        if _PASSIVE.search(text, clause.start, match.start()):
            continue
        yield from _bought_by_subject(page, clause, match.start(), match.end())
        return


def _new_owner(page: Page, clause: Clause, match: re.Match[str]) -> CompanyName | None:
    """Who is named behind 卖给 and 并入; a department is nobody."""
    if match[0].startswith("被"):
        by = _BY.match(match[0])
        name = by["name"] if by else described_buyer(page, clause, match)
        return CompanyName(candidate_key(name), name, False) if name else None
    found = object_behind(page, clause, match.end())
    return (
        found if found is not None and (found.known or "给" in match[0]) and not found.name.endswith("部门") else None
    )


def _bought_by_subject(
    page: Page, clause: Clause, start: int, end: int
) -> Iterator[tuple[CompanyName, CompanyName | None, int, int]]:
    text = clause.sentence.text
    parted = _FROM_OWNER.search(text, clause.start, start)
    if parted is not None:
        owners = [each for each in clause.mentions if parted.start() < each.start < parted.end()]
        owner = party_of(owners[0], page) if owners else None
        before = clause.previous
        acting = (clause.subject, None if before is None else before.subject, clause.topic, page.main)
        buyer = next((each for each in acting if each not in (None, owner)), None)
        if owner is not None and buyer is not None:
            yield owner, buyer, start, end
        return
    talks = next((each for each in _TALKS_OF.finditer(text, clause.start, end) if each.end() >= end), None)
    of = _OF.search(text, clause.start, start)
    if of is not None:
        target = next(
            (
                party
                for each in clause.mentions
                if of.start("who") <= each.start < of.end("who") and (party := party_of(each, page))
            ),
            None,
        )
        names = names_in(page, clause, *of.span("who")) if target is None else []
        if len(names) == 1 and COMPANY_NAME.fullmatch(names[0]):
            target = CompanyName(candidate_key(names[0]), names[0], False)
        if target is not None:
            yield target, _buyer(page, clause, of.start()), start, end
        return
    joined = _WITH.search(text, clause.start, start)
    if talks is not None and joined is not None and joined.end() <= talks.start():
        yield from _talked_with(page, clause, joined.end(), talks.start(), end)
        return
    taken = disposed_of(page, clause, start)
    if taken is not None and taken[0] is not None:
        yield taken[0], _buyer(page, clause, taken[1]), start, end
        return
    target = _meant(clause, start, end) or object_behind(page, clause, end) or described_target(page, clause, end)
    if target is None:
        return
    behind = _OF_WHICH.search(text, end, clause.end)
    seller = _FROM_HAND.search(text, clause.start, start)
    if seller is not None and behind is not None:
        buyer = object_behind(page, clause, behind.end())
        if buyer is not None:
            yield target, buyer, start, end
        return
    buyer = _buyer(page, clause, start) or acting_before(page, clause, target)
    yield target, buyer, start, end


def _meant(clause: Clause, start: int, end: int) -> CompanyName | None:
    """Who 这款工具 or 它 is behind a verb of buying: the last one spoken of who stands not in the clause itself."""
    this = _THIS.match(clause.sentence.text, end)
    if this is None:
        return None
    here = {each.key for each in clause.mentions}
    spoken = (clause.latter, clause.former, clause.topic)
    if _COMPANY.search(this[0]) is not None:
        spoken = (clause.topic, clause.latter, clause.former)
    return next((each for each in spoken if each is not None and each.key not in here), None)


def _talked_with(
    page: Page, clause: Clause, start: int, stop: int, end: int
) -> Iterator[tuple[CompanyName, CompanyName | None, int, int]]:
    """「Meta还与Perplexity、Safe Superintelligence谈过收购」: everybody it talked with."""
    buyer = _buyer(page, clause, start - 1)
    if buyer is None:
        return
    inside = [party for each in clause.mentions if start <= each.start < stop and (party := party_of(each, page))]
    names = {party.name for party in inside}
    for name in names_in(page, clause, start, stop):
        written = next(
            (each for each in clause.mentions if clause.sentence.text[each.start : each.end] == fold_text(name)), None
        )
        if written is None and re.match(r"[A-Z]", name) and name not in names:
            inside.append(CompanyName(candidate_key(name), name, False))
    asked = "你们" in clause.sentence.text[clause.start : start]
    for other in inside:
        yield (buyer, other, start, end) if asked else (other, buyer, start, end)


def _buyer(page: Page, clause: Clause, start: int) -> CompanyName | None:
    """The one named before the verb, else the clause's subject."""
    for mention in clause.mentions:
        if mention.end <= start and (party := party_of(mention, page)) is not None:
            return party
    return company_at(clause, start) or stranger_before(page, clause, start)


def _claim(page: Page, clause: Clause, target: CompanyName, buyer: CompanyName | None, start: int, end: int) -> Claim:
    status: Status | None = standing_at(clause, start, end)
    before = clause.previous
    if status is None and before is not None and _BY_WAY_OF.search(before.text):
        status = before.standing
    if status is None and (
        buyer is None or any_of("chinese_events", "acquisition", "sale").match(clause.sentence.text, start)
    ):
        status = (
            None if any_of("chinese_events", "acquisition", "bought").match(clause.sentence.text, start) else "rumored"
        )
    on = when(page, clause, start, news=_AFTER.search(clause.text) is None)
    if on is None and buyer is not None and before is not None and before.subject == buyer:
        on = clause.date  # 「甲昨日与乙签约，将后者全资并入」
    fields = {"acquirer": buyer.name if buyer else None}
    money = price_of_deal(clause) or (only_sum(clause) if [*framed(page, clause)] else None)
    return tell(page, clause, "acquisition", target, status=status, money=money, on=on, fields=fields)


def _refused(page: Page, clause: Clause, target: CompanyName, buyer: CompanyName | None, until: Clause) -> Claim:
    money = next((each.money for each in clause.money if not each.restates), None)
    fields = {"acquirer": buyer.name if buyer else None}
    on = when(page, clause, clause.end, news=False)
    return tell(page, clause, "acquisition", target, status="denied", money=money, on=on, fields=fields, until=until)
