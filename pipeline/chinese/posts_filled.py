"""Posts a Chinese clause names before whoever fills them: 「CEO一职交给产品负责人林岚」, 「位置由研究总监补上」."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.introduced_people import name_pattern
from pipeline.chinese.patterns import alternation
from pipeline.chinese.posts import written
from pipeline.chinese.subject_places import BRACKET
from pipeline.matching.gated_pattern import GatedPattern

_PLACE = r"(?:一职|职务|职位|之职|之位|职责|的?(?:位[子置]|岗位|担子|接力棒|帅印|权杖|工作|空缺|角色|头衔))"
_HANDED = (
    r"(?:交给了?|交到了?|交由|交棒(?:给|予|于)了?|传给了?|传到了?|让给了?|移交(?:给|予)?了?|换成了?|换为|换上了?|换作|变成了?|"
    r"落到了?|落在了?|改由|(?:转|则|现|暂|先)?由(?!于)|归了?|给了)"
)
_WAS = r"[^，。；、（）]{0,26}?"
_STEPS_IN = (
    r"(?:暂时|暂|正式|将|已|来|去|[去今明昨]年|本月|上月|[\d年月日底初起]|上周|本周)*"
    r"(?:出任|担任|接任|接替|接棒|接手|接班|接过|接掌|补上|补位|补缺|顶上|顶替|代理|代管|代行|暂代|兼任|兼管|兼代|继任|填补|掌管|执掌|负责|坐镇|上任|主持|挑起|任)"
)
_NOBODY = re.compile(r"(?:谁|人选|继任者|接任者|新人|外部|尚|未|待|其他)")


class Filled(NamedTuple):
    """A post and who fills it, as spans of the sentence; `role` None: the post told last."""

    start: int
    role: tuple[int, int] | None
    name: tuple[int, int]


@cache
def _filled() -> GatedPattern:
    prefixes, roles = alternation("chinese_people", "prefixes"), alternation("chinese_people", "roles")
    role = (
        rf"(?P<role>(?:{prefixes})*{roles}|(?:[他她其]|[A-Z\u4e00-\u9fff]{{2,6}})的(?:{_PLACE[3:-1]}|摊子|工作|职责))"
    )
    ends = r"(?=[，。；”（(]|$|手[中上里]|掌[管舵])"
    return GatedPattern(
        rf"{role}{_PLACE}?(?:[^，。；]{{0,8}}?(?:起|后)|也|则|已|将|现|近日|日前|随后|[\d年月日底初])*"
        rf"(?P<verb>{_HANDED}){_WAS}(?:{name_pattern()}(?:{ends}|{_STEPS_IN}))"
    )


@cache
def _now() -> GatedPattern:
    prefixes, roles = alternation("chinese_people", "prefixes"), alternation("chinese_people", "roles")
    return GatedPattern(
        rf"(?P<role>(?:{prefixes})*{roles})(?:一职|的位[子置])?(?:现在|如今|眼下|现|已经?|目前)(?:则|就|已经)?(?:换成|变成|是|为){_WAS}{name_pattern()}(?=[，。；”（(]|$)"
    )


def may_fill(text: str) -> bool:
    """Whether a sentence hands a post on at all."""
    return _filled().search(text) is not None or _now().search(text) is not None


def filled_in(page: Page, clause: Clause) -> Filled | None:
    """The post a clause hands on, and the one it is handed to."""
    text = clause.sentence.text
    for pattern in (_filled(), _now()):
        for match in pattern.finditer(text, clause.start, clause.end):
            between = text[match.end("role") : match.start("name")]
            if _NOBODY.search(BRACKET.sub("", between)):
                continue
            role = None if "的" in match["role"] else _own_part(match, clause)
            return Filled(match.start(), role, match.span("name"))
    return None


def role_written(page: Page, clause: Clause, filled: Filled, left: str | None) -> str | None:
    """The post as the article writes it, or the one that was left."""
    return written(page, clause, filled.role) or left


def _own_part(match: re.Match[str], clause: Clause) -> tuple[int, int]:
    """The role without a company's name that it begins with: Runway|首席技术官."""
    start, end = match.span("role")
    inside = [each.end for each in clause.mentions if start < each.end < end]
    return max([start, *inside]), end
