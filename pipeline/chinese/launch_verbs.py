"""The words of coming out in a Chinese clause, and which of its products each brings out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.chinese.clauses import Clause
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.products import Product
from pipeline.chinese.subject_places import blanked
from pipeline.matching.gated_pattern import GatedTable

STAGES = ("open_source", "beta", "release", "announced")
_REACH = 42
_SOME_WORDS = 2
_LIST = re.compile(r"(?:App|APP|应用)?[”」』》]?\s*(?:、|和|与|及|以及|\s)\s*[“「『《]?")
_LONG_AGO = re.compile(r"[”」]?(?:的)?[一二两三四五六七八九十半\d]{1,3}多?个?(?:年|月|周|天)多?[之以]?(?:后|来)")
"""「在推出Sora一年后」"""
_NEAR_OBJECT = 12
_NEW_THING = re.compile(
    r"了?(?:全新|新一代|最新|新的?|一款|多款|两款|首个|首款|[^，。；A-Z]{0,8}?\d(?:\.\d)?\s?[A-Za-z]*)[^，。；]{0,10}?(?:模型|功能|工具|产品|算法|套餐|计划|会员|活动|版本)"
)
_PLACE_BEHIND = re.compile(
    r"(?:的)?(?:母公司|背后的?|所属|运营方|开发商|开发方|老东家)|(?:App|APP|应用|平台)?\s?(?:上(?!线|架)|里|中|内(?!测))|(?:订阅|付费|企业|高级)?(?:用户|会员|订户|订阅者)|的(?:接口|前身|对手|同行|版本|负责人)|这样|式|(?:联合)?(?:负责人|团队)"
)


class Verb(NamedTuple):
    """A word of coming out."""

    start: int
    end: int
    stage: str


def verbs_in(clause: Clause) -> list[Verb]:
    """The words of coming out of a clause, each with its stage."""
    text = clause.sentence.text
    found = []
    for pattern, stage in _stages().possible(text):
        for match in pattern.finditer(text, clause.start, clause.end):
            before = text[max(clause.start, match.start() - 16) : match.start()]
            since = _since_its_day(clause, match)
            if (
                not since
                and not before.endswith("才")
                and any_of("chinese_events", "launch", "before_aside").search(before)
            ):
                continue
            aside = any_of("chinese_events", "launch", "aside").match(text, match.end(), clause.end)
            if aside and not since:
                continue
            if stage == "open_source" and _is_adjective(clause, match.start(), match.end()):
                continue
            found.append(Verb(match.start(), match.end(), stage))
    return found


@cache
def _stages() -> GatedTable[str]:
    return GatedTable((gated("chinese_events", "launch", stage), stage) for stage in STAGES)


def _since_its_day(clause: Clause, match: re.Match[str]) -> bool:
    """「今年7月上线以来处理了…」: the day it came out, told in passing."""
    if not clause.sentence.text.startswith("以来", match.end()):
        return False
    return any(each.date is not None and 0 <= match.start() - each.end <= 1 for each in clause.dates)


def _is_adjective(clause: Clause, start: int, end: int) -> bool:
    """「凭借开源模型X走红」: a model that is open, not one that is opened now."""
    if any_of("chinese_events", "launch", "kinds").match(clause.sentence.text, end) is None:
        return False
    before = any_of("chinese_clauses", "adverbs").sub("", blanked(clause, clause.head, start)).strip()
    return len(before) > _SOME_WORDS


def pairs(clause: Clause, products: list[Product], verbs: list[Verb]) -> Iterator[tuple[Product, Verb]]:
    """Each product with its verb: the nearest one; lists share theirs."""
    told: set[str] = set()
    placed = False
    shared: Verb | None = None
    for place, product in enumerate(products):
        listed = place > 0 and _listed(clause, products[place - 1], product)
        verb = _verb_of(product, verbs) if not (listed and shared) else shared
        shared = verb
        placed = is_place(clause, product) or (listed and placed)
        following = products[place + 1] if place + 1 < len(products) else None
        if (
            verb is None
            or product.key in told
            or placed
            or (place > 0 and _is_other_name(clause, products[place - 1], product))
            or _LONG_AGO.match(clause.sentence.text, product.end, clause.end)
            or _names_kind_of(clause, product, following)
            or "合作" in clause.sentence.text[product.end : verb.start]
            or (place > 0 and _comes_to(clause, products[place - 1], verb, product))
            or _brings_another(clause, product, verb, following)
        ):
            continue
        told.add(product.key)
        yield product, verb


def _is_other_name(clause: Clause, earlier: Product, product: Product) -> bool:
    """「Hailuo 3.0（海螺3）」: one thing by two names."""
    text = clause.sentence.text
    between = text[earlier.end : product.start].strip(" “”")
    return between in ("（", "(") and text[product.end : product.end + 2].lstrip("”")[:1] in ("）", ")")


def _comes_to(clause: Clause, earlier: Product, verb: Verb, product: Product) -> bool:
    """「Luma AI的Ray3上线Adobe Firefly」: where another's product comes out."""
    between = earlier.end <= verb.start < product.start <= verb.end + _NEAR_OBJECT
    return between and earlier.owner != product.owner and clause.sentence.text.startswith("上线", verb.start)


def _brings_another(clause: Clause, product: Product, verb: Verb, following: Product | None) -> bool:
    """「即梦AI上线视频3.0 Pro模型」: what stands before the verb is whose new thing the object is."""
    if verb.start < product.end or verb.stage == "beta":
        return False
    if following is not None and following.owner != product.owner:
        return False
    if following is not None and 0 <= following.start - verb.end <= _NEAR_OBJECT:
        return True
    return _NEW_THING.match(clause.sentence.text, verb.end, clause.end) is not None


def _names_kind_of(clause: Clause, product: Product, following: Product | None) -> bool:
    """「豆包视频生成模型PixelDance」: the first name only says of which family the second is."""
    if following is None:
        return False
    between = clause.sentence.text[product.end : following.start]
    if following.owner == product.owner and not between.strip(" “「"):
        return True
    return (
        re.fullmatch(r"(?![与和及、])(?!以及)[\u4e00-\u9fff]{0,8}(?:模型|产品|工具|应用|系列|版本)\s?[“「]?", between)
        is not None
    )


def _verb_of(product: Product, verbs: list[Verb]) -> Verb | None:
    near = [verb for verb in verbs if _distance(verb, product) <= _REACH]
    if not near:
        return None
    strong = [verb for verb in near if verb.stage in ("open_source", "beta")]
    return min(strong or near, key=lambda verb: (_distance(verb, product), STAGES.index(verb.stage)))


def _distance(verb: Verb, product: Product) -> int:
    return product.start - verb.end if product.start >= verb.end else max(0, verb.start - product.end)


def _listed(clause: Clause, one: Product, other: Product) -> bool:
    return bool(_LIST.fullmatch(clause.sentence.text[one.end : other.start]))


def is_place(clause: Clause, product: Product) -> bool:
    """Where something comes out, or what belongs to another thing: 在剪映上线, Sora用户."""
    text = clause.sentence.text
    before = text[max(clause.start, product.start - 3) : product.start].rstrip("“「 ")
    behind = text[product.end : product.end + 9].lstrip("”」 ")
    return before.endswith(("在", "通过", "基于", "据", "接入", "接受", "与", "像", "比")) or bool(
        _PLACE_BEHIND.match(behind)
    )
