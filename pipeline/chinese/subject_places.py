"""Where in a Chinese clause a name may be its subject, and whether a stranger stands there instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.chinese.clauses import Clause, Found
from pipeline.chinese.patterns import HAN, alternation, any_of
from pipeline.names.company_name import CompanyName
from pipeline.values.found import NameMention

BRACKET = re.compile(r"[（(][^）)]*[）)]")
WINDOW = 40
QUOTES = " “”「」—的·"
_ONCE_OF = re.compile(
    r"(?<![目此之日提以从近年月周天])(?:前|原)(?:任|美国|英国|国内)?(?:[A-Z][A-Za-z]{1,11}\s?|[\u4e00-\u9fff]{2,4})?\Z"
)
"""「前TikTok产品经理林夏」: where somebody was."""
_NEARBY = re.compile(
    r"(?:同城|同行|隔壁|对面|同门|同年|邻近|大洋彼岸|远在\w{2}|身处\w{2}|同样\w{2,4}|[^，。；]{2}(?:这边|那边))的?"
)
"""「同城的Captions走了另一条路」"""
_FORMER_HOME = re.compile(
    r"(?:前|原)?(?:联合)?(?:创始人|创办人|CEO|CTO|总裁|副总裁|高管|员工|研究员)[A-Z\u4e00-\u9fff][^，。；]{1,24}(?:出任|担任|接任|加入|加盟|入职|获任|被任命)"
)
_FOUNDED_ANEW = re.compile(
    r"[^，。；、]{0,3}?前(?!身)[^，。；、]{1,14}?(?:的)?(?:新公司|新项目|新创业|创业项目|另起炉灶|再创业)"
)
"""「可灵前产品负责人的新公司」"""
_ONCE = re.compile(r"(?:前|原|曾任|时任)\Z")
_POST = re.compile(
    r"[^，。；、：]{0,12}?(?:CEO|CTO|COO|CFO|CPO|首席|创始人|联合创始人|联创|高管|总裁|副总裁|总监|工程师"
    r"|员工|研究员|科学家|负责人|合伙人|总经理)"
)
_ACTS_UPON = re.compile(
    r"(?:收购|并购|买下|买走|吞下|收编|拿下|投资|入股|注资|起诉|控告|状告|加入|离开|发布|推出|上线|击败|告别)(?!过?的|方|人|者|自)"
)
"""「已收购苏黎世的三维重建公司Roomloop」: what a clause ends with is what its verb acts upon."""
_STRANGER = re.compile(rf"[{HAN}]{{3,}}|[A-Za-z]{{3,}}|[{HAN}]+(?=[A-Z][a-z])")
_AT_A_PLACE = re.compile(r"(?:在|于)\s?\Z")
"""Right before a clause's head: 「周二在加州联邦法院成了被告」 has a place there, and no subject."""
_ANY_STRANGER = re.compile(rf"[{HAN}A-Za-z]{{2,}}")


def can_be_subject(clause: Clause, mention: NameMention) -> bool:
    """Whether nothing between the clause's head and the name makes it an object, and nothing behind it another's."""
    if mention.start < clause.head or mention.start - clause.head > WINDOW:
        return False
    if is_anothers(clause, mention) or is_once_of(clause, mention):
        return False
    if is_former_home(clause, mention):
        return False
    if not mention.known and _FORMER_HOME.match(clause.sentence.text, mention.end, clause.end):
        return False
    between = blanked(clause, clause.head, mention.start)
    if between.endswith("、"):
        return False
    if _NEARBY.fullmatch(between.strip(QUOTES)):
        return True
    described = between.rfind("的")
    ends = not clause.sentence.text[mention.end : clause.end].strip("。 ”」")
    if described >= 0 and ends and _ACTS_UPON.search(between):
        return False
    if described >= 0 and (ends or any_of("chinese_clauses", "acts").match(clause.sentence.text, mention.end)):
        between = between[described + 1 :]
    return not any_of("chinese_clauses", "blocks").search(between) and _is_apposition(between)


def _is_apposition(between: str) -> bool:
    """Whether what stands before a name is no more than what it is: 美国视频生成独角兽."""
    left = adverbs().sub("", any_of("chinese_clauses", "openers").sub("", between)).strip(QUOTES)
    kinds = any_of("chinese_clauses", "appositions")
    return len(left) <= 2 or kinds.search(between.strip(QUOTES)) is not None or kinds.search(left) is not None


def is_once_of(clause: Clause, mention: NameMention) -> bool:
    """Whether what stands right before a name says that somebody was there once: 「前TikTok产品经理」."""
    return _ONCE_OF.search(clause.sentence.text, clause.start, mention.start) is not None


def is_former_home(clause: Clause, mention: NameMention) -> bool:
    """Whether a name only says where somebody has been: 「前SoundCloud CEO」."""
    before = clause.sentence.text[max(0, mention.start - 3) : mention.start].rstrip()
    once = _ONCE.search(before) and _POST.match(clause.sentence.text, mention.end)
    return bool(once or _FOUNDED_ANEW.match(clause.sentence.text, mention.end, clause.end))


def is_anothers(clause: Clause, mention: NameMention) -> bool:
    """Whether a name only says whose people, rival or style something else is of."""
    behind = any_of("chinese_clauses", "not_subject_behind").match(clause.sentence.text, mention.end, clause.end)
    return behind is not None and mention.start - clause.head < WINDOW


def blanked(clause: Clause, start: int, end: int) -> str:
    """A stretch of a clause with names, dates, sums and rounds taken out."""
    text = clause.sentence.text[start:end]
    groups: tuple[Sequence[Found], ...] = (clause.mentions, clause.dates, clause.money, clause.series, clause.counts)
    spans = [(each.start, each.end) for group in groups for each in group]
    for begin, stop in sorted(spans, reverse=True):
        if start <= begin and stop <= end:
            text = text[: begin - start] + " " + text[stop - start :]
    return text


@cache
def adverbs() -> re.Pattern[str]:
    """Words before a verb that are no subject."""
    return re.compile(alternation("chinese_clauses", "adverbs"))


def has_stranger(clause: Clause, place: int, *, strict: bool = False) -> bool:
    """Whether a noun phrase we know nothing about stands as subject before a verb at a place.

    「连锁药房康佰堂以3.8亿元收购了…」 is no statement about the company talked about before. `strict`: two characters
    that are no adverb are enough.
    """
    if clause.named:
        return False
    if _AT_A_PLACE.search(clause.sentence.text, clause.start, clause.head):
        return False
    before = blanked(clause, clause.head, max(clause.head, place))
    preposition = any_of("chinese_clauses", "prepositions").search(before)
    if preposition is not None:
        before = before[: preposition.start()]
    pattern = _ANY_STRANGER if strict else _STRANGER
    return bool(pattern.search(adverbs().sub(" ", BRACKET.sub("", before))))


def both_spoken_of(clause: Clause) -> list[CompanyName]:
    """The two companies named last where a clause begins with them as such: 「两家公司2023年起就有供应协议」."""
    both = any_of("chinese_clauses", "both").match(clause.sentence.text, clause.head, clause.end) is not None
    named = [each for each in (clause.former, clause.latter) if each is not None]
    return named if both and len(set(named)) == 2 else []


def company_at(clause: Clause, place: int, *, strict: bool = False) -> CompanyName | None:
    """The company a verb at a place of a clause is about; None where a stranger is its subject."""
    if clause.is_foreign or has_stranger(clause, place, strict=strict):
        return None
    return clause.subject
