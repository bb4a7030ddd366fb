"""Products and models that come out, are shown, opened for testing or given away, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from db.model import Claim, FieldValue
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.products import Product, longest_names, products_in
from pipeline.chinese.subject_places import blanked
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when

_STAGES = ("open_source", "beta", "release", "announced")
_REACH = 42
_SOME_WORDS = 2
_LIST = re.compile(r"(?:App|APP|应用)?[”」』》]?\s*(?:、|和|与|及|以及|\s)\s*[“「『《]?")
_THIS = re.compile(
    r"(?:这|该|此)(?:款|个|一)?(?:模型|产品|工具|应用|服务|版本|功能|系统)|其(?:中)?(?:模型|产品)|它|前者|后者"
)
_LONG_AGO = re.compile(r"[”」]?(?:的)?[一二两三四五六七八九十半\d]{1,3}多?个?(?:年|月|周|天)多?[之以]?(?:后|来)")
"""「在推出Sora一年后」"""
_NEAR_OBJECT = 12
_NEW_THING = re.compile(
    r"了?(?:全新|新一代|最新|新的?|一款|多款|两款|首个|首款|[^，。；A-Z]{0,8}?\d(?:\.\d)?\s?[A-Za-z]*)[^，。；]{0,10}?(?:模型|功能|工具|产品|算法|套餐|计划|会员|活动|版本)"
)
_AGAIN = re.compile(
    r"(?:正式|全面|对外|公开|免费|商业|随后|并|现|已|再)+[^，。；]{0,6}?(?:发布|上线|推出|开放|开源|内测|公测)"
)
_PLACE_BEHIND = re.compile(
    r"(?:的)?(?:母公司|背后的?|所属|运营方|开发商|开发方|老东家)|(?:App|APP|应用|平台)?\s?(?:上(?!线)|里|中|内(?!测))|用户|的(?:接口|对手|同行|版本|负责人)|这样|式|(?:联合)?(?:负责人|团队)"
)


class Verb(NamedTuple):
    """A word of coming out."""

    start: int
    end: int
    stage: str


@dataclass(slots=True)
class Launch:
    """A launch while the clauses behind it may still say more."""

    product: Product
    clause: Clause
    stage: str
    place: int
    on: PartialDate | None
    until: Clause


@dataclass(slots=True)
class Memory:
    """The products told last, and the sentence's verb that still waits for what it brings out."""

    products: list[Product] = field(default_factory=list)
    focus: Product | None = None
    waiting: tuple[Clause, Verb] | None = None


def read(page: Page) -> Iterator[Claim]:
    """A launch for each product beside a verb of coming out."""
    memory = Memory()
    names = longest_names(page)
    for sentence in page.sentences:
        memory.focus, memory.waiting = None, None
        found: list[Launch] = []
        if sentence.is_question:
            continue
        for clause in sentence.clauses:
            _read_clause(page, clause, memory, found)
        for launch in found:
            yield _claim(page, launch, names)


def _read_clause(page: Page, clause: Clause, memory: Memory, found: list[Launch]) -> None:
    text = clause.sentence.text
    products, verbs = products_in(page, clause), _verbs(clause)
    pointed = _pointed_at(clause, memory)
    if pointed is not None:
        memory.focus = pointed
    paired = [] if pointed is not None else list(_pairs(clause, products, verbs))
    for product, verb in paired:
        found.append(_launch(page, clause, product, verb))
    if not paired and verbs:
        _go_on(page, clause, memory, verbs[0], found, products)
    elif products and not verbs and memory.waiting is not None and _only_lists(clause, products):
        verb_clause, verb = memory.waiting
        found.extend(_launch(page, verb_clause, product, verb, until=clause) for product in products)
    memory.waiting = (clause, verbs[-1]) if verbs and not products and clause.subject is not None else None
    if products and pointed is None:
        told = [each for each in products if not _is_place(clause, each)]
        memory.products = [*memory.products, *told][-2:]
        if told and not text.startswith("与", clause.head):
            memory.focus = told[-1]


def _pointed_at(clause: Clause, memory: Memory) -> Product | None:
    """Which product 后者, 前者 or 这款模型 is."""
    text = clause.sentence.text
    if len(memory.products) == 2 and text.startswith(("后者", "前者"), clause.head):
        return memory.products[1 if text.startswith("后者", clause.head) else 0]
    match = _THIS.match(text, clause.head)
    if match is None or not memory.products or match[0] in ("后者", "前者"):
        return None
    last = memory.products[-1]
    return last if match[0] != "它" or clause.topic == last.owner else None


def _go_on(
    page: Page, clause: Clause, memory: Memory, verb: Verb, found: list[Launch], products: list[Product]
) -> None:
    """A clause with a verb but no product: it goes on about the one in focus, at a new stage or on a day of its own."""
    focus = memory.focus
    if (
        focus is None
        or products
        or any(each.kind == "company" for each in clause.mentions)
        or _has_object(clause, verb)
    ):
        return
    dated = any(each.date is not None for each in clause.dates)
    told = next((each for each in found if each.product.key == focus.key), None)
    planned = told is not None and told.clause.standing == "rumored"
    if planned and verb.stage == "beta":
        found.append(_launch(page, clause, focus, verb))
        return
    if told is not None and not dated and verb.stage in ("open_source", "beta") and _STAGES.index(told.stage) > 1:
        told.stage, told.until = verb.stage, clause
        return
    pointed = _THIS.match(clause.sentence.text, clause.head) is not None
    behind = clause.previous
    right_behind = told is None and behind is not None and focus in products_in(page, behind)
    if right_behind and behind is not None and _verbs_stopped(behind):
        found.append(_launch(page, clause, focus, verb))
        return
    if (dated or pointed) and (told is None or told.stage != verb.stage or _AGAIN.search(clause.text)):
        found.append(_launch(page, clause, focus, verb))


def _verbs_stopped(clause: Clause) -> bool:
    """Whether a clause tells the end of a test, which what comes behind follows: 「结束内测，正式对外收费」."""
    return _TEST_ENDS.search(clause.text) is not None


_TEST_ENDS = re.compile(r"(?:结束|完成)了?[^，。；]{0,6}(?:测试|内测|公测|试用)")


def _has_object(clause: Clause, verb: Verb) -> bool:
    """Whether the verb brings out something of its own: 「发布了第一款产品」."""
    behind = clause.sentence.text[verb.end : clause.end].strip("了。；, ”")
    return len(behind) > 6 and verb.stage != "beta"


def _only_lists(clause: Clause, products: list[Product]) -> bool:
    text = clause.sentence.text[clause.head : products[0].start]
    return len(text) <= 3


def _verbs(clause: Clause) -> list[Verb]:
    text = clause.sentence.text
    found = []
    for stage in _STAGES:
        for match in gated("chinese_events", "launch", stage).finditer(text, clause.start, clause.end):
            before = text[max(clause.start, match.start() - 16) : match.start()]
            if any_of("chinese_events", "launch", "before_aside").search(before):
                continue
            if any_of("chinese_events", "launch", "aside").match(text, match.end(), clause.end):
                continue
            if stage == "open_source" and _is_adjective(clause, match.start(), match.end()):
                continue
            found.append(Verb(match.start(), match.end(), stage))
    return found


def _is_adjective(clause: Clause, start: int, end: int) -> bool:
    """「凭借开源模型X走红」: a model that is open, not one that is opened now."""
    if any_of("chinese_events", "launch", "kinds").match(clause.sentence.text, end) is None:
        return False
    before = any_of("chinese_clauses", "adverbs").sub("", blanked(clause, clause.head, start)).strip()
    return len(before) > _SOME_WORDS


def _pairs(clause: Clause, products: list[Product], verbs: list[Verb]) -> Iterator[tuple[Product, Verb]]:
    """Each product with its verb: the nearest one; lists share theirs."""
    told: set[str] = set()
    placed = False
    shared: Verb | None = None
    for place, product in enumerate(products):
        listed = place > 0 and _listed(clause, products[place - 1], product)
        verb = _verb_of(product, verbs) if not (listed and shared) else shared
        shared = verb
        placed = _is_place(clause, product) or (listed and placed)
        following = products[place + 1] if place + 1 < len(products) else None
        if (
            verb is None
            or product.key in told
            or placed
            or _LONG_AGO.match(clause.sentence.text, product.end, clause.end)
            or _names_kind_of(clause, product, following)
            or "合作" in clause.sentence.text[product.end : verb.start]
            or (place > 0 and _comes_to(clause, products[place - 1], verb, product))
            or _brings_another(clause, product, verb, following)
        ):
            continue
        told.add(product.key)
        yield product, verb


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
    return min(strong or near, key=lambda verb: (_distance(verb, product), _STAGES.index(verb.stage)))


def _distance(verb: Verb, product: Product) -> int:
    return product.start - verb.end if product.start >= verb.end else max(0, verb.start - product.end)


def _listed(clause: Clause, one: Product, other: Product) -> bool:
    return bool(_LIST.fullmatch(clause.sentence.text[one.end : other.start]))


def _is_place(clause: Clause, product: Product) -> bool:
    """Where something comes out, or what belongs to another thing: 在剪映上线, Sora用户."""
    text = clause.sentence.text
    before = text[max(clause.start, product.start - 3) : product.start].rstrip("“「 ")
    behind = text[product.end : product.end + 9].lstrip("”」 ")
    return before.endswith(("在", "通过", "基于", "据", "接入", "接受", "与", "像", "比")) or bool(
        _PLACE_BEHIND.match(behind)
    )


def _launch(page: Page, clause: Clause, product: Product, verb: Verb, until: Clause | None = None) -> Launch:
    return Launch(product, clause, verb.stage, verb.end, when(page, clause, verb.start), until or clause)


def _claim(page: Page, launch: Launch, names: dict[str, str]) -> Claim:
    product = launch.product
    status = standing_at(launch.clause, launch.clause.start, launch.place)
    fields: dict[str, FieldValue] = {"product": names.get(product.key, product.name), "stage": launch.stage}
    return tell(
        page, launch.clause, "product_launch", product.owner,
        status=status, on=launch.on, fields=fields, until=launch.until,
    )  # fmt: skip
