"""People and their roles in a Chinese clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.chinese.clauses import Clause
from pipeline.chinese.patterns import HAN, alternation
from pipeline.lexicon_files import lexicon
from pipeline.matching.first_letters import quick
from pipeline.values.found import NameMention

_LATIN = r"[A-Z][a-zA-ZÀ-ž’'-]+(?:[ -](?:[A-ZÀ-Ž][a-zA-ZÀ-ž’'.-]*|de|van|von|bin|al)){1,3}"
_SOUND = (
    r"(?:(?!加[入盟]|入职|到任|上任|履新|回归|接[任替棒]|离[职任开])"
    rf"(?![了已辞离宣将被的是在表任说称曾拟正也就等出接和与及宣为卸])[{HAN}])"
)
_FOREIGN = rf"{_SOUND}{{1,6}}(?:·{_SOUND}{{1,7}}){{1,3}}"
_SOUNDS = "斯克特尔德拉夫曼森顿姆卡恩茨格罗利维奇塔瓦"
"""What a foreign surname may go on with behind three characters: 莫斯塔|克."""
AND = re.compile(r"\s*(?:、|和|与|及|以及)\s*")
"""What joins the people of a list."""
_SHORTEST = 2
"""Characters of a Chinese person's name."""
_BRACKET = re.compile(r"\s?[（(][^）)]{1,40}[）)]")


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a clause, with the role written directly before the name."""

    start: int
    end: int
    role: tuple[int, int] | None


@cache
def _name() -> re.Pattern[str]:
    table = lexicon("pipeline.lexicon", "chinese_people")
    letter = rf"(?![{re.escape(table['not_in_name'])}])[{HAN}]"
    family = rf"(?:{'|'.join(table['compound_surnames'])}|[{table['surnames']}])"
    return quick(
        rf"(?P<sure>{_LATIN}|{_FOREIGN})|(?P<han>(?!全面|全权|全力|全盘|高管|高层|高级|成员|元老|经理|广告|项目|安全){family}(?:以[{HAN}](?<![其及来内外上下前后为便致])|(?:{letter}){{1,2}}))"
    )


@cache
def role_pattern() -> re.Pattern[str]:
    """A role with what stands before it: 临时联席CEO, 音频副总裁, 创始人兼CEO."""
    prefixes, roles = alternation("chinese_people", "prefixes"), alternation("chinese_people", "roles")
    one = rf"(?:{prefixes})*{roles}"
    return quick(rf"{one}(?:\s?[兼、和及暨]\s?{one})?")


@cache
def _verbs() -> re.Pattern[str]:
    leaves = alternation("chinese_events", "leadership", "leaves")
    joins = alternation("chinese_events", "leadership", "joins")
    return re.compile(
        rf"(?:传出|被传|被曝|据传|刚刚|已经|先生|女士|宣布|[去今明前昨]年|本月|上个?月|下个?月|上周[一二三四五六日]?|本周[一二三四五六日]?|周[一二三四五六日天]|年[初底末]|年内|月[初中底末]|[昨今]日|[昨今]天|春节后|重新|再次|再度|也|已|将|于|在|随之|一同|则|近日|日前|随后|亦|正式|突然|因|曾|拟|即将|最近|同日|同样|\s|\d|[月日起]|[一二三四五六七八九十]+月)*(?:{leaves}|{joins}|以|为\w|兼任|表示|称|[（(])"
    )


def people_in(clause: Clause) -> list[Person]:
    """The people of a clause. A Chinese name counts only beside a role, a verb of coming or going, or another name."""
    if "people" not in clause.noted:
        clause.noted["people"] = list(_people(clause))
    return clause.noted["people"]


def _people(clause: Clause) -> Iterator[Person]:
    text = clause.sentence.text
    taken = [(each.start, each.end) for each in clause.mentions if each.kind != "investor"]
    taken += [(each.start, each.end) for each in clause.dates]
    roles = list(role_pattern().finditer(text, clause.start, clause.end))
    taken += [match.span() for match in roles]
    previous: Person | None = None
    place = clause.start
    while (match := _name().search(text, place, clause.end)) is not None:
        start, end = _behind_verb(text, *match.span()), match.end()
        # 王岚|去年底走了, 卡梅隆|于去年9月出任, 奥托|代理首席执行官
        end = min((begin for begin, _ in taken if start + _SHORTEST <= begin < end), default=end)
        if "·" in match[0]:
            end = _foreign_end(text, start, end)
        place = end
        if any(start < stop and begin < end for begin, stop in taken):
            place = start + 1
            continue
        role = next((_own_part(each, clause) for each in roles if 0 <= start - each.end() <= 1), None)
        link = text[previous.end : role[0] if role else start] if previous is not None else ""
        listed = AND.fullmatch(link) is not None
        if match["han"] and role is None and not listed:
            found = _sure_end(text, start, end, clause)
            if found is None:
                place = start + 1
                continue
            end = found
        elif match["han"] and role is not None:
            end = _sure_end(text, start, end, clause) or end
        place = end
        previous = Person(start, end, role or (previous.role if listed and previous else None))
        yield previous


@cache
def _acts() -> re.Pattern[str]:
    appoints = alternation("chinese_events", "leadership", "appoints")
    return re.compile(rf"{appoints}|{alternation('chinese_events', 'leadership', 'dismisses')}")


_KIND_OF_PERSON = re.compile(r"(?:高管|高层|老将|员工|博士|教授|研究员|资深人士)(?=[^，。；]{1,6}·)")
"""「前Netflix高管埃里克·陈」"""


def _behind_verb(text: str, start: int, end: int) -> int:
    """Where a foreign name begins whose first part took in a verb: 任[命普雷姆·阿卡拉朱]."""
    kind = _KIND_OF_PERSON.match(text, start, end)
    start = kind.end() if kind is not None else start
    first = text.find("·", start, end)
    acts = list(_acts().finditer(text, max(0, start - 1), first)) if first > 0 else []
    return acts[-1].end() if acts and acts[-1].end() < first else start


_TRAILS = "于在已将也则去今昨前本上下又曾从就仍继续"
"""What no foreign name ends with, before a date or a verb."""


def _foreign_end(text: str, start: int, end: int) -> int:
    """Where a foreign name ends that took in what stands behind it: 卡梅隆|于, 奥托|代理."""
    last = text.rfind("·", start, end)
    move = _moves().search(text, last + _SHORTEST, end + _SHORTEST)
    end = min(end, move.start()) if move is not None else end
    while end > last + _SHORTEST and text[end - 1] in _TRAILS:
        end -= 1
    return end


@cache
def _moves() -> re.Pattern[str]:
    leaves = alternation("chinese_events", "leadership", "leaves")
    return re.compile(f"{leaves}|{alternation('chinese_events', 'leadership', 'joins')}")


def _own_part(role: re.Match[str], clause: Clause) -> tuple[int, int]:
    """A role without the company's name before it: OpenAI|首席技术官."""
    start = max(
        [role.start(), *(each.end for each in clause.mentions if each.kind == "company" and each.end < role.end())]
    )
    if start <= role.start():
        of_product = next((each for each in clause.mentions if _leads_to(each, role.start(), clause)), None)
        start = of_product.start if of_product is not None else role.start()
    return start, role.end()


def _leads_to(mention: NameMention, place: int, clause: Clause) -> bool:
    """Whether a product's name is the beginning of a role: 如影业务总经理, 可灵AI事业部负责人."""
    between = clause.sentence.text[mention.end : place] if mention.end <= place else "、"
    return mention.kind == "product" and between in ("", " ", "AI", "AI ")


def _sure_end(text: str, start: int, end: int, clause: Clause) -> int | None:
    """Where a Chinese name ends that a verb of coming or going follows; None where nothing shows that it is one."""
    farthest = end
    while farthest < min(end + 2, clause.end) and text[farthest] in _SOUNDS:
        farthest += 1
    acted = any(match.end() == start for match in _acts().finditer(text, max(clause.start, start - 6), start))
    for stop in range(farthest, start + 1, -1):
        bracket = _BRACKET.match(text, stop)
        if acted and role_pattern().match(text, stop, clause.end) is not None:
            return stop  # 免去西门晏首席执行官一职
        if _verbs().match(text, bracket.end() if bracket else stop) is not None:
            return stop
    return end if text[end : end + 1] in "，、" and _appointed(text, start) else None


def _appointed(text: str, start: int) -> bool:
    return text[max(0, start - 2) : start] in ("任命", "聘请", "聘任", "委任")
