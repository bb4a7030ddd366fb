"""Which product a verb of a Chinese clause is about, and the parts of products: the app, the interface, a version."""

from __future__ import annotations

import re

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import any_of
from pipeline.chinese.products import Product, products_in

_USERS = (
    r"(?:(?:面向|针对)[^，。；]{2,8}的|[BC]端|消费者端|企业端)(?:平台|产品|应用|服务|版本|工具|业务|网站|网页版|客户端)"
)
_PART_BEHIND = re.compile(r"了?(?:其|旗下|自家|的)?")
_FOR_WHOM = re.compile(rf"(?:了|停止(?:提供)?)?(?P<name>(?:(?<=停止)|(?<=停止提供))[^，。；]{{2,12}}服务|{_USERS})")


def part_behind(page: Page, clause: Clause, place: int) -> Product | None:
    """The part of a company's product right behind a verb: 「停掉安卓版」; none where the product itself is named."""
    if clause.subject is None or clause.is_foreign:
        return None
    part = _PART_BEHIND.match(clause.sentence.text, place, clause.end) or None
    match = any_of("chinese_events", "launch", "parts").match(
        clause.sentence.text, part.end() if part else place, clause.end
    )
    if match is None:
        return None
    return Product(*match.span(), match[0], clause.subject, f"{clause.subject.key}/{match[0]}")


def product_in(page: Page, clause: Clause, place: int, last: Product | None = None) -> Product | None:
    """The product a verb at a place of a clause is about.

    The last one before it, else the first behind; a part of one (API) that heads the clause; one told by its users.
    """
    found = products_in(page, clause)
    before = [each for each in found if each.end <= place]
    named = before[-1] if before else (found[0] if found else None)
    if named is not None:
        return named
    text = clause.sentence.text
    part = any_of("chinese_events", "launch", "parts").match(text, clause.head, clause.end)
    if part is not None and last is not None:
        return Product(*part.span(), f"{last.name} {part[0]}", last.owner, f"{last.key}/{part[0]}")
    for_whom = _FOR_WHOM.search(text, place, clause.end)
    if for_whom is None or clause.subject is None:
        return None
    name = page.original(clause.sentence, *for_whom.span("name"))
    return Product(*for_whom.span("name"), name, clause.subject, f"{clause.subject.key}/{name}")
