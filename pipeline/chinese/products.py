"""Products in a Chinese clause: those we know, and those the text itself names: 工具“镜岛工坊”, 模型Gen-9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import HAN, alternation
from pipeline.document import CompanyName

_LATIN = r"[A-Z][\w.+-]*(?:[ -](?:[A-Z\d][\w.+-]*|\d+(?:\.\d+)?))*"
_VERSION = re.compile(
    r"\s?(?:[vV]?\d+(?:\.\d+)+|\d{1,2}(?![\d年月日亿万个家名条号%,.])|Pro|Max|Turbo|Alpha|Mini|Lite|Plus|Ultra)(?![A-Za-z])"
)
_STOP = re.compile(
    r"^(?:The|It|AI|In|On|A|An|This|That|CEO|CTO|COO|CFO|Series|App|APP|API|Hollywood|IPO|UI|GPU|VIP|Plus|Pro|Transformer|Apache|GitHub|HuggingFace|Hugging Face|VBench|SaaS|iOS|Android|Windows|PC|Web|B端|C端|MIT|USB|ID|OK|TOP|Top)$"
)
_QUOTED = rf"[“「『《](?P<quoted>[{HAN}\w .+-]{{2,18}})[”」』》]"
_FOR_WHOM = re.compile(rf"了?(?P<name>(?:面向|针对)[^，。；]{{2,8}}的(?:平台|产品|应用|服务|版本|工具|业务))")


@dataclass(frozen=True, slots=True)
class Product:
    """A product in a clause: as written, with its owner."""

    start: int
    end: int
    name: str
    owner: CompanyName


@cache
def _new() -> re.Pattern[str]:
    kinds = alternation("chinese_events", "launch", "kinds")
    return re.compile(
        rf"{kinds}\s?(?:{_QUOTED}|(?P<latin>{_LATIN})|(?P<mixed>[{HAN}]{{2,5}}\s?\d+(?:\.\d+)?))|(?<=[名叫]){_QUOTED.replace('quoted', 'called')}"
    )


@cache
def _kind_behind() -> re.Pattern[str]:
    return re.compile(rf"[”」』》]?\s?(?:的)?[{HAN}]{{0,6}}{alternation('chinese_events', 'launch', 'kinds')}")


def products_in(page: Page, clause: Clause) -> Iterator[Product]:
    """The products a clause names, in order: known ones, then those introduced by what they are."""
    text = clause.sentence.text
    taken = [(each.start, each.end) for each in (*clause.mentions, *clause.money)]
    for mention in clause.mentions:
        owner = page.owners.get(mention.owner_key or "")
        if mention.kind == "product" and owner is not None:
            version = _VERSION.match(text, mention.end, clause.end)
            end = version.end() if version else mention.end
            yield Product(mention.start, end, page.original(clause.sentence, mention.start, end), owner)
    if clause.subject is None or clause.is_foreign:
        return
    for start, end in _introduced(clause):
        if not any(start < other_end and other < end for other, other_end in taken):
            yield Product(start, end, page.original(clause.sentence, start, end), clause.subject)


def _introduced(clause: Clause) -> Iterator[tuple[int, int]]:
    text = clause.sentence.text
    for match in _new().finditer(text, clause.start, clause.end):
        group = next(name for name, value in match.groupdict().items() if value)
        start, end = match.span(group)
        if _STOP.match(match[group]) or (group == "latin" and _is_number_of(text, end)):
            continue
        yield start, end
    for match in re.finditer(_QUOTED, text[clause.start : clause.end]):
        start, end = clause.start + match.start("quoted"), clause.start + match.end("quoted")
        if start - 1 == clause.head or text[max(clause.start, start - 7) : start - 1].endswith(
            ("产品", "它的产品", "上线", "推出", "发布")
        ):
            yield start, end


def _is_number_of(text: str, end: int) -> bool:
    return text[end : end + 1] in "%％"


def product_in(page: Page, clause: Clause, place: int) -> Product | None:
    """The product a verb at a place of a clause is about: the last before it, else the first behind; one told by whom it is for."""
    found = list(products_in(page, clause))
    before = [each for each in found if each.end <= place]
    named = before[-1] if before else (found[0] if found else None)
    if named is not None:
        return named
    for_whom = _FOR_WHOM.search(clause.sentence.text, place, clause.end)
    if for_whom is None or clause.subject is None:
        return None
    start, end = for_whom.span("name")
    return Product(start, end, page.original(clause.sentence, start, end), clause.subject)
