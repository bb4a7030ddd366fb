"""Products and models that come out, are shown, opened for testing or given away, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.model import Claim, FieldValue
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.launch_verbs import STAGES, Verb, is_place, pairs, verbs_in
from pipeline.chinese.products import Product, longest_names, products_in
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when

_THIS = re.compile(
    r"(?:这|该|此)(?:款|个|一|版|代|套)?(?:模型|产品|工具|应用|服务|版本|功能|系统)|其(?:中)?(?:模型|产品)|它|前者|后者"
)
_BROUGHT_BY = re.compile(
    r"(?:[“「《]?(?P<quoted>[\u4e00-\u9fffA-Za-z0-9 .]{2,14})[”」》]"
    r"|(?P<latin>[A-Z][A-Za-z0-9]+(?:[ -][A-Z0-9][A-Za-z0-9.]*)*))"
    r"(?:则|就|正|也)?是(?P<who>[^，。；]{1,30}?)(?P<verb>推出|发布|上线|打造|开发并推出)的"
)
"""「“澄境”是它去年底推出的短剧工具」"""
_ITSELF = re.compile(r"(?:它|公司|该公司|其|这家公司)")
_LISTED_REACH = 9
_ALREADY = re.compile(r"(?:现?已经?|目前已|即日起|今起|今日起)")
_AGAIN = re.compile(
    r"(?:正式|全面|对外|公开|免费|商业|随后|并|现|已|再)+[^，。；]{0,6}?(?:发布|上线|推出|开放|开源|内测|公测)"
)


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
    products, verbs = products_in(page, clause), verbs_in(clause)
    pointed = _pointed_at(clause, memory) if not products or "它" not in clause.text else None
    if pointed is not None:
        memory.focus = pointed
    described = _described(page, clause)
    if described is not None:
        found.append(described)
        return
    paired = [] if pointed is not None else list(pairs(clause, products, verbs))
    for product, verb in paired:
        found.append(_launch(page, clause, product, verb))
    if not paired and verbs:
        _go_on(page, clause, memory, verbs[0], found, products)
    elif products and not verbs and memory.waiting is not None and _only_lists(clause, products):
        verb_clause, verb = memory.waiting
        found.extend(_launch(page, verb_clause, product, verb, until=clause) for product in products)
    memory.waiting = (clause, verbs[-1]) if verbs and not products and clause.subject is not None else None
    if products and pointed is None:
        told = [each for each in products if not is_place(clause, each)]
        memory.products = [*memory.products, *told][-2:]
        if told and not text.startswith("与", clause.head):
            memory.focus = told[-1]


def _described(page: Page, clause: Clause) -> Launch | None:
    """「“澄境”是澄影科技去年底推出的短剧创作工具」: a product told by who brought it out, and when."""
    match = _BROUGHT_BY.match(clause.sentence.text, clause.head, clause.end) if clause.dates else None
    if match is None:
        return None
    named = [each for each in clause.mentions if match.start("who") <= each.start < match.end("who")]
    owner = company_of(named[0], page) if named else (clause.topic if _ITSELF.match(match["who"]) else None)
    if owner is None:
        return None
    start, end = match.span("quoted" if match["quoted"] else "latin")
    name = page.original(clause.sentence, start, end)
    product = Product(start, end, name, owner, f"{owner.key}/{name}")
    return Launch(product, clause, "release", match.end(), when(page, clause, match.start("verb")), clause)


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
    if _ANOTHER_NAME.match(clause.sentence.text, clause.head):
        return
    dated = any(each.date is not None for each in clause.dates)
    told = next((each for each in found if each.product.key == focus.key), None)
    planned = told is not None and told.clause.standing == "rumored"
    if planned and verb.stage == "beta":
        found.append(_launch(page, clause, focus, verb))
        return
    if told is not None and not dated and verb.stage in ("open_source", "beta") and STAGES.index(told.stage) > 1:
        told.stage, told.until = verb.stage, clause
        return
    pointed = _THIS.match(clause.sentence.text, clause.head) is not None
    behind = clause.previous
    right_behind = told is None and behind is not None and focus in products_in(page, behind)
    already = verb.stage == "release" and _ALREADY.match(clause.text.strip()) is not None
    if right_behind and behind is not None and (_verbs_stopped(behind) or already):
        found.append(_launch(page, clause, focus, verb))
        return
    if (dated or pointed) and (told is None or told.stage != verb.stage or _AGAIN.search(clause.text)):
        found.append(_launch(page, clause, focus, verb))


def _verbs_stopped(clause: Clause) -> bool:
    """Whether a clause tells the end of a test, which what comes behind follows: 「结束内测，正式对外收费」."""
    return _TEST_ENDS.search(clause.text) is not None


_ANOTHER_NAME = re.compile(r"(?!AI|API|App|APP|iOS|Web|Android|Beta|Pro)[A-Z][A-Za-z]{2,}")
"""「FLUX Motion以邀请制开放测试」: whatever it is, it is not the product told last."""
_TEST_ENDS = re.compile(r"(?:结束|完成)了?[^，。；]{0,6}(?:测试|内测|公测|试用)")


def _has_object(clause: Clause, verb: Verb) -> bool:
    """Whether the verb brings out something of its own: 「发布了第一款产品」."""
    behind = clause.sentence.text[verb.end : clause.end].strip("了。；, ”")
    return len(behind) > 6 and verb.stage != "beta"


def _only_lists(clause: Clause, products: list[Product]) -> bool:
    text = clause.sentence.text[clause.head : products[0].start]
    opened = clause.sentence.text[clause.start - 1 : clause.start] in ("：", ":")
    return len(text) <= (_LISTED_REACH if opened else 3)


def _launch(page: Page, clause: Clause, product: Product, verb: Verb, until: Clause | None = None) -> Launch:
    since = clause.sentence.text.startswith("以来", verb.end)
    own = [each.date for each in clause.dates if each.date is not None and 0 <= verb.start - each.end <= 1]
    on = own[0] if since and own else when(page, clause, verb.start)
    return Launch(product, clause, verb.stage, verb.end, on, until or clause)


def _claim(page: Page, launch: Launch, names: dict[str, str]) -> Claim:
    product = launch.product
    status = standing_at(launch.clause, launch.clause.start, launch.place)
    published = page.article.published
    if status is None and launch.on is not None and published is not None and launch.on.first_day() > published:
        status = "rumored"
    fields: dict[str, FieldValue] = {"product": names.get(product.key, product.name), "stage": launch.stage}
    return tell(
        page, launch.clause, "product_launch", product.owner,
        status=status, on=launch.on, fields=fields, until=launch.until,
    )  # fmt: skip
