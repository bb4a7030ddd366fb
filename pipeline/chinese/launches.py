"""Products and models that come out, are shown, opened for testing or given away, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from db.model import Claim, FieldValue, Status
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import any_of
from pipeline.chinese.products import Product, products_in
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when

_STAGES = ("open_source", "beta", "release", "announced")
_REACH = 42
_LIST = re.compile(r"\s*(?:、|和|与|及|以及|以及|\s)\s*")
_THIS = re.compile(
    r"(?:这|该|此)(?:款|个|一)?(?:模型|产品|工具|应用|服务|版本|功能)|其(?:中)?(?:模型|产品)|它|前者|后者"
)
_AGAIN = re.compile(r"(?:正式|全面|对外|公开|免费|商业)+(?:对外|公开)?(?:发布|上线|推出|开放)")


class Verb(NamedTuple):
    """A word of coming out."""

    start: int
    end: int
    stage: str


def read(page: Page) -> Iterator[Claim]:
    """A launch for each product beside a verb of coming out."""
    last: Product | None = None
    for sentence in page.sentences:
        for clause in sentence.clauses:
            products = list(products_in(page, clause))
            verbs = _verbs(clause)
            if verbs and not sentence.is_question:
                paired = list(_pairs(clause, products, verbs))
                for product, verb in paired:
                    yield _claim(page, clause, product, verb)
                if not paired and last is not None and _is_about(clause, last, products):
                    yield _claim(page, clause, last, verbs[0])
            elif clause.subject is not None and _of_previous(clause) and not products:
                continue
            last = products[-1] if products else last


def _of_previous(clause: Clause) -> bool:
    return clause.sentence.clauses[0] is not clause


def _verbs(clause: Clause) -> list[Verb]:
    text = clause.sentence.text
    found = []
    for stage in _STAGES:
        for match in any_of("chinese_events", "launch", stage).finditer(text, clause.start, clause.end):
            before = text[max(clause.start, match.start() - 16) : match.start()]
            if any_of("chinese_events", "launch", "before_aside").search(before):
                continue
            if any_of("chinese_events", "launch", "aside").match(text, match.end(), clause.end):
                continue
            found.append(Verb(match.start(), match.end(), stage))
    return found


def _pairs(clause: Clause, products: list[Product], verbs: list[Verb]) -> Iterator[tuple[Product, Verb]]:
    """Each product with its verb: the one before it, else the one behind; lists share theirs."""
    told: set[str] = set()
    for place, product in enumerate(products):
        verb = _verb_of(clause, product, verbs)
        if verb is None and place and _listed(clause, products[place - 1], product):
            verb = _verb_of(clause, products[place - 1], verbs)
        if verb is None or product.name in told or _is_place(clause, product):
            continue
        told.add(product.name)
        yield product, verb


def _verb_of(clause: Clause, product: Product, verbs: list[Verb]) -> Verb | None:
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
    """Where something comes out, or what belongs to another thing: 在剪映上线, 在清言 App 里上线."""
    before = clause.sentence.text[max(clause.start, product.start - 3) : product.start].rstrip("“「 ")
    behind = clause.sentence.text[product.end : product.end + 9].lstrip("”」 ")
    return before.endswith(("在", "通过", "基于", "据", "接入", "称")) or bool(
        re.match(
            r"(?:App|APP|应用|平台)?\s?(?:上|里|中|内)(?:线)?|用户|的(?:接口|对手|同行|版本|负责人)|这样|式", behind
        )
        and not behind.startswith("上线")
    )


def _is_about(clause: Clause, last: Product, products: list[Product]) -> bool:
    """A clause without a product that goes on about the last one: 「这款模型早在2月就已亮相」, 「…，6月正式对外发布」."""
    text = clause.sentence.text
    if products or clause.mentions:
        return False
    if _THIS.match(text, clause.head):
        return not text.startswith("它", clause.head) or clause.topic == last.owner
    own = any(each.date is not None for each in clause.dates)
    return own and _of_previous(clause) and bool(_AGAIN.search(clause.text)) and not clause.named


def _claim(page: Page, clause: Clause, product: Product, verb: Verb) -> Claim:
    status: Status | None = standing_at(clause, clause.start, max(verb.end, min(product.end, verb.end + 2)))
    fields: dict[str, FieldValue] = {"product": product.name, "stage": verb.stage}
    on = when(page, clause, verb.start)
    return tell(page, clause, "product_launch", product.owner, status=status, on=on, fields=fields)
