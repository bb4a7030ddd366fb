"""Whom a Chinese clause names beside its subject: the one bought, the one acted upon, the one something is said of."""

from __future__ import annotations

import re
from itertools import islice

from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.entries import company_of
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.subject_places import blanked, is_anothers
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName

_SPEAKER = GatedPattern(
    r"(?:[一几多]?[位名]|离职的|前)(?:接近|来自|离职的|已离职的|前)?(?P<who>[\u4e00-\u9fffA-Za-z]{2,10}?)"
    r"(?:的|内部)?(?:前|离职|核心)?(?:员工|高管|工程师|人士|股东|投资人|负责人|管理层)"
    r"[^，。；]{0,10}(?:说|称|表示|透露|告诉|回忆|坦言|爆料|讲)"
)
_MOST_NAMES = 200
_FOCUS = GatedPattern(
    r"(?:名字|代表|例子|案例|主角|样本|公司|一家|一个|(?<![投资买接盘手])(?:[最更][^，。；]{1,8}|[大多高快早热门期待关注活跃典型神秘])的)(?:还|则|也|正|就)?是"
)


def bought_in(sentence: Sentence | None, page: Page) -> CompanyName | None:
    """The company a sentence ends with as bought: 「HeyGen收购创业公司Stimmwerk」."""
    for clause in reversed(sentence.clauses if sentence is not None else []):
        for mention in reversed(clause.mentions):
            verb = gated("chinese_clauses", "buys").search(clause.sentence.text, clause.start, mention.start)
            company = company_of(mention, page)
            return company if verb is not None and company != clause.subject else None
    return None


def speaks_of_his(clause: Clause, page: Page) -> CompanyName | None:
    """The company of 「一位离职的相影员工说」: 公司 behind it is his."""
    match = _SPEAKER.search(clause.sentence.text, clause.start, clause.end)
    if match is None:
        return None
    for mention in clause.mentions:
        if match.start("who") <= mention.start < match.end("who"):
            return company_of(mention, page)
    who = match["who"]
    named = islice(page.named.values(), _MOST_NAMES)
    return next((company_of(each, page) for each in named if each.name.startswith(who)), None)


def acted_upon(clause: Clause, page: Page) -> CompanyName | None:
    """The company that an outsider's clause names behind its verb: 「腾讯可能参与生数科技的新一轮融资，估值…」."""
    verb = gated("chinese_clauses", "outsider").search(clause.sentence.text, clause.head, clause.end)
    behind = [each for each in clause.mentions if verb is not None and each.start >= verb.end()]
    companies = {company for each in behind if (company := company_of(each, page)) is not None}
    return companies.pop() if len(companies) == 1 else None


_PRESENTS = re.compile(r"的(?:则|就|也|还|便)?是[^，。；的]{0,14}\Z")


def presented_in(clause: Clause, page: Page) -> CompanyName | None:
    """「与它关系最近的是制片公司Asteria，后来…」: the one a clause ends with is what the next ones speak of."""
    last = clause.mentions[-1] if clause.mentions else None
    if last is None or clause.sentence.text[last.end : clause.end].strip(" ”」"):
        return None
    return company_of(last, page) if _PRESENTS.search(clause.sentence.text, clause.start, last.start) else None


def leads_to_anothers(clause: Clause, place: int) -> bool:
    """「快手旗下可灵AI的竞争对手…」: neither of the two is spoken of."""
    if place + 1 >= len(clause.mentions):
        return False
    one, other = clause.mentions[place], clause.mentions[place + 1]
    between = blanked(clause, one.end, other.start).strip(" “「")
    return between in ("旗下", "旗下的", "的") and is_anothers(clause, other)


_BRINGS_OUT = re.compile(r"[^，。；]{0,4}(?:发布|推出|放出|上线|开源|甩出|端出|交出|带来|亮出|展示|公布|抛出)")
"""「谷歌DeepMind放出世界模型Genie 4」: whoever brings it out is the one spoken of."""


def spoken_of(clause: Clause, page: Page, place: int) -> CompanyName | None:
    """「快手希望可灵以…融资」, 「快手旗下可灵」: the second company is the one something is said of."""
    if place + 1 >= len(clause.mentions):
        return None
    one, other = clause.mentions[place], clause.mentions[place + 1]
    between = blanked(clause, one.end, other.start).strip(" “「")
    if gated("chinese_clauses", "outsider").search(between):
        return None
    if other.kind == "product" and _BRINGS_OUT.match(between):
        return None
    if not between or not any_of("chinese_clauses", "speaks_of").fullmatch(between):
        return None
    return company_of(other, page)


def in_focus(clause: Clause, page: Page) -> CompanyName | None:
    """The company a clause ends with as the one it is about: 「被问到最多的另一个名字是生数科技」."""
    match = _FOCUS.search(clause.sentence.text, clause.head, clause.end)
    last = clause.mentions[-1] if clause.mentions else None
    ends = match is not None and last is not None and match.end() <= last.start
    if match is None or last is None or not ends or clause.sentence.text[last.end : clause.end].strip(" ”」』》。"):
        return None
    return company_of(last, page) if last.kind != "investor" else None


def for_whom(clause: Clause, page: Page) -> CompanyName | None:
    """The company a clause turns to: 「对影谱来说，这是一次断臂求生」: behind it 这家 is that one."""
    match = _FOR_WHOM.match(clause.sentence.text, clause.head, clause.end)
    inside = [] if match is None else [each for each in clause.mentions if match.start() < each.start < match.end()]
    return company_of(inside[0], page) if len(inside) == 1 and inside[0].kind != "investor" else None


_FOR_WHOM = re.compile(r"(?:而|但)?对于?[^，。；]{2,16}(?:来说|而言|来讲|说来)")


def named_last(clause: Clause, page: Page) -> CompanyName | None:
    """The company or product the clause right before ends its names with: whose 「这项AI视频业务」 is."""
    before = clause.previous
    if before is None and clause.sentence.number:
        before = next(reversed(page.sentences[clause.sentence.number - 1].clauses), None)
    return company_of(before.mentions[-1], page) if before is not None and before.mentions else None
