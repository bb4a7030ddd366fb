"""Products in a Chinese clause: those we know, and those the text itself names: 工具“镜岛工坊”, 模型Gen-9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from db.knowledge.curated import load_knowledge
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.introduced_products import introduced, no_product
from pipeline.chinese.patterns import alternation
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.matching.occurrences import occurrences
from pipeline.names.company_name import CompanyName
from pipeline.values.found import NameMention

_GRADE = r"(?:Pro|Max|Turbo|Alpha|Mini|Lite|Plus|Ultra|Master|Flash|Fast)(?![A-Za-z])"
_NO_UNIT = r"(?![\d年月日亿万个家名条号%,])"
_VERSION = re.compile(
    r"\s?[A-Z][A-Za-z]{0,9}-?\d+(?:\.\d+)+(?![A-Za-z])"
    rf"|(?:[\dA-Z]{{1,4}})?(?:视频|图像|世界|生成|语言|多模态|大){{0,3}}模型\s?[vV]?\d+(?:\.\d+)?{_NO_UNIT}"
    rf"|\s?(?:[vV]?\d+(?:\.\d+)+|\d{{1,2}}[A-Z]|\d{{1,2}}(?![\d年月日亿万个家名条号%,.])|{_GRADE})"
    rf"(?![A-Za-z])(?:[ -]?{_GRADE})?"
    r"|\.\d{1,2}(?![\d万亿%])|\s?[A-Z]\d{1,2}(?![A-Za-z\d.])"
    r"|-[A-Za-z0-9][A-Za-z0-9_.-]*(?<![.-])"
)
"""Wan2.2 behind 通义万相, 3D世界模型1.0 behind 混元, 2.5 Turbo behind 可灵, -T2V behind Step-Video."""
_SAME_NAME = re.compile(r"同名的?[\u4e00-\u9fff]{0,6}?(?:产品|应用|工具|模型|平台|App|APP|软件)")
"""「上线同名产品」: called as the company is."""
_ITS_PRODUCT = re.compile(
    r"(?:其|旗下|推出的|发布的|(?<=主打)|(?<=核心)|(?<=旗舰)|(?<=代表))(?:的)?(?:海外|国内|核心|主打|旗舰|首款|视频)*(?:版)?(?:产品|应用|工具|模型|App|APP)[“「]?\Z"
)
_INTRODUCES = re.compile(r"(?:代号|名为|名叫|叫做|叫|称为|取名|命名)为?[“「]?\Z|新(?:模型|产品|应用|工具)[“「]?\Z")
_NAMED_FROM = 20
"""Characters before a product's name in which a verb that brings it out stands."""
_BROUGHT = re.compile(
    r"(?:发布|推出|放出|上线|开源|展示|亮出|公布|甩出|端出|带来)了?(?:[^，。；的]{0,8}(?:模型|工具|产品|应用))?[“「]?\Z"
)
_NUMBERED = re.compile(
    rf"(?<![A-Za-z0-9.])[A-Z][A-Za-z]{{1,15}}(?: World| Video| Studio)?[ -]?[vV]?\d{{1,2}}(?:\.\d{{1,2}})?"
    rf"(?![A-Za-z\d%年月日号亿万个家名条人位款轮次倍分秒])(?!的?(?:前身|前代|上一代))(?:[ -]?{_GRADE})?"
)
"""A name with the number of its version."""
_COMPARED = re.compile(
    r"(?:对标|超越|超过|击败|媲美|优于|落后|胜过|好于|不如|调用|使用|采用|基于|接入|支持|兼容|适配|依托|比|像|类似|追赶|挑战|与|和|跟)[^，。；]{0,6}\Z"
)
_MADE = re.compile(
    r"(?:自主|联合|独立|最新|去年|今年|此前)*(?:开发|打造|推出|研发|运营|发布|开源|出品|训练|自研|上线)的[^，。；]{0,12}?[“「《]?"
)
_TOO_SHORT = 2
_SHORTEST = 4
_MOST = 200
"""Products of an article: beyond so many, spellings are not compared."""
_NAMELIKE = re.compile(r"[A-Z\d“「『《]")


@dataclass(frozen=True, slots=True)
class Product:
    """A product in a clause: as written, with its owner. `key` says which one it is, however it is spelled."""

    start: int
    end: int
    name: str
    owner: CompanyName
    key: str


@cache
def _brings() -> GatedPattern:
    """Any verb of coming out."""
    stages = ("release", "beta", "open_source", "announced")
    return GatedPattern("|".join(alternation("chinese_events", "launch", stage) for stage in stages))


@cache
def _comes_or_goes() -> re.Pattern[str]:
    """Any verb of a product's coming out, or of its end."""
    return re.compile(f"{_brings().pattern.pattern}|{alternation('chinese_events', 'shutdown', 'ends')}|停止|展示|测试")


@cache
def _children() -> frozenset[str]:
    """The companies that began as another's product and share its name: 可灵."""
    return frozenset(company.key for company in load_knowledge().companies if company.parent)


@cache
def _named_like_products() -> frozenset[tuple[str, str]]:
    """The names of companies that are names of their products as well: SkyReels, PixVerse."""
    return frozenset(
        (company.key, name)
        for company in load_knowledge().companies
        for product in company.products
        for name in (product.name, product.name_zh)
        if name in company.strong_names
    )


def products_in(page: Page, clause: Clause) -> list[Product]:
    """The products a clause names, in order of place: known ones, and those introduced by what they are."""
    if "products" not in clause.noted:
        found = {}
        if clause.mentions or _NAMELIKE.search(clause.sentence.text, clause.start, clause.end):
            found = {each.start: each for each in _products(page, clause)}
            taken = list(found.values())
            for each in _spoken_of(page, clause):
                if not any(one.start < each.end and each.start < one.end for one in taken):
                    found[each.start] = each
        clause.noted["products"] = sorted(found.values(), key=lambda each: each.start)
    return clause.noted["products"]


_LONGER = re.compile(r" (?!AI(?![a-z])|Labs?\b|Inc\b|API|App|Pro\b|Ventures|Capital|CEO|CTO)[A-Z][a-z]+(?![A-Za-z ])")
"""A word that makes another product of a name we know: FLUX.1|Kontext, Filmwerk|Lite."""


def _products(page: Page, clause: Clause) -> Iterator[Product]:
    text = clause.sentence.text
    if clause.subject is not None and not clause.is_foreign:
        for start, end in introduced(clause):
            if not any(_cuts(start, end, each) for each in clause.mentions):
                name = page.original(clause.sentence, start, end)
                maker = _maker_before(page, clause, start) or clause.subject
                yield Product(start, end, name, maker, f"{maker.key}/{name}")
    if clause.subject is not None and not clause.is_foreign:
        for same in _SAME_NAME.finditer(text, clause.start, clause.end):
            if any(each.kind == "product" and each.end <= same.start() for each in clause.mentions):
                continue
            yield Product(
                *same.span(), clause.subject.name, clause.subject, f"{clause.subject.key}/{clause.subject.name}"
            )
    for place, mention in enumerate(clause.mentions):
        owner = _owner(page, clause, place)
        if owner is not None:
            version = _VERSION.match(text, mention.end, clause.end) or _LONGER.match(text, mention.end, clause.end)
            end = version.end() if version else mention.end
            name = page.original(clause.sentence, mention.start, end)
            yield Product(mention.start, end, name, owner, mention.key + text[mention.end : end].replace(" ", ""))


def _spoken_of(page: Page, clause: Clause) -> Iterator[Product]:
    """Products the text introduces elsewhere, or whose number says that they are one: 「宣布Lumen 2开始公测」."""
    told = _introduced_by(page)
    found = [(start, end, told[name]) for start, end, name in occurrences(clause.text, told)] if told else []
    if clause.subject is not None and not clause.is_foreign and _brings().search(clause.text) is not None:
        for match in _NUMBERED.finditer(clause.text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((*match.span(), clause.subject))
    for start, end, owner in found:
        start, end = clause.start + start, clause.start + end
        name = page.original(clause.sentence, start, end)
        another = no_product().match(name) or _COMPARED.search(clause.sentence.text, clause.start, start)
        if another is None and not any(each.start < end and start < each.end for each in clause.mentions):
            yield Product(start, end, name, owner, f"{owner.key}/{name}")


def _maker_before(page: Page, clause: Clause, start: int) -> CompanyName | None:
    """「由澄影科技开发的“澄境”App」: the company named right before a product as the one that made it."""
    before = next((each for each in reversed(clause.mentions) if each.end <= start), None)
    if before is None or before.kind != "company" or _MADE.fullmatch(clause.sentence.text, before.end, start) is None:
        return None
    return CompanyName(before.key, before.name, before.known)


def _introduced_by(page: Page) -> dict[str, CompanyName]:
    """The names a page introduces as products, with their owners."""
    if page.products is None:
        page.products = {}
        known = {each.name for each in page.named.values()}
        for sentence in page.sentences:
            for clause in sentence.clauses:
                if clause.subject is None or clause.is_foreign or _NAMELIKE.search(clause.text) is None:
                    continue
                for start, end in introduced(clause):
                    name = sentence.text[start:end]
                    free = (
                        len(name) > _TOO_SHORT
                        and name not in known
                        and not any(_cuts(start, end, each) for each in clause.mentions)
                    )
                    if free and len(page.products) < _MOST:
                        page.products.setdefault(name, _maker_before(page, clause, start) or clause.subject)
    return page.products


def _owner(page: Page, clause: Clause, place: int) -> CompanyName | None:
    """Whose product a mention is; a company that is also its parent's product counts where the clause brings it out."""
    mention = clause.mentions[place]
    if mention.kind == "product":
        owner = page.owners.get(mention.owner_key or "")
        return clause.subject if owner is not None and _is_anothers_name(page, clause, mention, owner) else owner
    if mention.kind != "company":
        return None
    if _ITS_PRODUCT.search(clause.sentence.text, clause.start, mention.start):
        return CompanyName(mention.key, mention.name, mention.known)
    followed = place + 1 < len(clause.mentions) and clause.mentions[place + 1].start == mention.end + 1
    longer = None if followed else _LONGER.match(clause.sentence.text, mention.end, clause.end)
    if longer and _comes_or_goes().search(clause.text):
        return CompanyName(mention.key, mention.name, mention.known)
    model = _VERSION.match(clause.sentence.text, mention.end, clause.end)
    written = clause.sentence.text[mention.start : mention.end]
    if model is not None and ("模型" in model[0] or (mention.key, written) in _named_like_products()):
        return CompanyName(mention.key, mention.name, mention.known)
    if mention.key not in _children():
        return None
    own = CompanyName(mention.key, mention.name, mention.known)
    release = _brings()
    before = clause.mentions[place - 1] if place else None
    if before is not None and before.kind == "company":
        brought = release.search(clause.sentence.text, before.end, mention.start)
        if brought:
            return CompanyName(before.key, before.name, before.known)
    just_before = clause.sentence.text[max(clause.start, mention.start - 4) : mention.start]
    attributive = just_before.endswith("的") and model is not None
    just_before = just_before.removesuffix("的")
    if attributive and any(found.end() == len(just_before) for found in release.finditer(just_before)):
        return own  # 「2月5日上线的可灵3.0把单条时长延长到了15秒」
    if clause.subject is not None and any(found.end() == len(just_before) for found in release.finditer(just_before)):
        return clause.subject
    behind = clause.sentence.text[mention.end : clause.end]
    found = release.search(behind)
    return own if found is not None and not behind[found.end() :].strip("了。 ”") else None


def _is_anothers_name(page: Page, clause: Clause, mention: NameMention, owner: CompanyName) -> bool:
    """Whether a company brings out something new that only bears a name we know: 「代号为“Mirage”的新模型」."""
    subject = clause.subject
    if subject is None or clause.is_foreign or subject == owner or not subject.known:
        return False
    before = clause.sentence.text[max(clause.start, mention.start - _NAMED_FROM) : mention.start]
    apart = owner.key not in page.named and not _are_kin(subject.key, owner.key)
    if clause.named and apart and _BROUGHT.search(before) and _VERSION.match(clause.sentence.text, mention.end):
        return True  # 「谷歌DeepMind放出Genie 4」
    before = before[-8:]
    if _INTRODUCES.search(before) is None:
        return False
    return owner.key not in page.named


@cache
def _parents() -> dict[str, str | None]:
    return {company.key: company.parent for company in load_knowledge().companies}


def _are_kin(one: str, other: str) -> bool:
    """Whether one of two companies is the other's parent: Veo is Google's, whoever of it brings it out."""
    return _parents().get(one) == other or _parents().get(other) == one


def _cuts(start: int, end: int, mention: NameMention) -> bool:
    """Whether a name runs into a mention; one inside a quoted name (“镜岛工坊”) is part of it."""
    return mention.start < end and start < mention.end and not (start <= mention.start and mention.end < end)


def longest_names(page: Page) -> dict[str, str]:
    """The fullest spelling of each product of a page, by its key."""
    names: dict[str, str] = {}
    for sentence in page.sentences:
        for clause in sentence.clauses:
            for product in products_in(page, clause):
                names[product.key] = max(names.get(product.key, ""), product.name, key=len)
    if len(names) > _MOST:
        return names
    spellings = sorted(set(names.values()), key=len, reverse=True)
    return {
        key: next((each for each in spellings if each.endswith(name) and len(name) >= _SHORTEST), name)
        for key, name in names.items()
    }
