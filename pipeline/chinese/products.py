"""Products in a Chinese clause: those we know, and those the text itself names: 工具“镜岛工坊”, 模型Gen-9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from db.knowledge import load_knowledge
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import HAN, alternation, any_of
from pipeline.document import CompanyName
from pipeline.found import NameMention
from pipeline.occurrences import occurrences

_WORD = r"[A-Za-z0-9.+-]*(?<![.+-])"
_LATIN = rf"[A-Z]{_WORD}(?:[ -](?:[A-Z\d]{_WORD}))*"
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
_QUOTED = rf"[“「『《](?P<quoted>[{HAN}\w .+-]{{2,18}})[”」』》]"
_QUOTED_NAME = re.compile(_QUOTED)
_SAME_NAME = re.compile(r"同名的?[\u4e00-\u9fff]{0,6}?(?:产品|应用|工具|模型|平台|App|APP|软件)")
"""「上线同名产品」: called as the company is."""
_ITS_PRODUCT = re.compile(
    r"(?:其|旗下|推出的|发布的)(?:的)?(?:海外|国内|核心|主打|旗舰|首款|视频)*(?:版)?(?:产品|应用|工具|模型|App|APP)[“「]?\Z"
)
_INTRODUCES = re.compile(r"(?:代号|名为|名叫|叫做|叫|称为|取名|命名)为?[“「]?\Z|新(?:模型|产品|应用|工具)[“「]?\Z")
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
_ENDED = ("关闭", "关停", "停运", "停掉", "叫停", "下线", "下架", "砍掉", "停止维护", "停止更新", "停止运营", "告别")
_BEFORE_QUOTE = ("产品", "上线", "推出", "发布", "开源", "旗下", "开发的", "打造的", "研发的", *_ENDED)
_HEAD_DEED = re.compile(
    r"[”」》』](?:App|APP|应用|平台|工具)?(?:已经?|将|也|于|在|宣布|正式|近日|[\d年月日]|[月年]底|上周|本周)*"
    r"(?:停止|关停|下线|停运|关闭|上线|发布|推出|开放|内测|公测|下架|停服)"
)
"""「“澄境”已停止服务」"""
_TOO_SHORT = 2
_SHORTEST = 4
_MOST = 200
"""Products of an article: beyond so many, spellings are not compared."""
_NAMELIKE = re.compile(r"[A-Z\d“「『《]")
_USERS = (
    r"(?:(?:面向|针对)[^，。；]{2,8}的|[BC]端|消费者端|企业端)(?:平台|产品|应用|服务|版本|工具|业务|网站|网页版|客户端)"
)
_PART_BEHIND = re.compile(r"了?(?:其|旗下|自家|的)?")
_FOR_WHOM = re.compile(rf"(?:了|停止(?:提供)?)?(?P<name>(?:(?<=停止)|(?<=停止提供))[^，。；]{{2,12}}服务|{_USERS})")


@dataclass(frozen=True, slots=True)
class Product:
    """A product in a clause: as written, with its owner. `key` says which one it is, however it is spelled."""

    start: int
    end: int
    name: str
    owner: CompanyName
    key: str


@cache
def _kind_end() -> re.Pattern[str]:
    """A quoted name that says what it is: “爱诗视频大模型”."""
    return re.compile(rf"[{HAN}A-Za-z]{alternation('chinese_events', 'launch', 'kinds')}$")


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(f"{alternation('chinese_events', 'launch', 'no_products')}$")


@cache
def _new() -> re.Pattern[str]:
    kinds = alternation("chinese_events", "launch", "kinds")
    mixed = rf"(?:(?![将于在至到从已约近超有达的了])[{HAN}]){{2,5}}\s?[vV]?\d+(?:\.\d+)?(?![\d年月日号个家亿万%,.])"
    new = r"(?:全新一代|最新一代|全新|新一代|一代|首个|首款|最新|新款|自研|旗下|其|自家|的|视频|多模态|图像)*"
    brings = "|".join(
        alternation("chinese_events", "launch", stage) for stage in ("release", "open_source", "announced")
    )
    ends = r"(?=[，。；、）]|[和与及并]|\Z)"
    written = rf"(?:(?!{kinds}|视频|图像|[将于在至到从已约近超有达的了第前后过个])[{HAN}]){{1,5}}\s?[A-Z]?\d+(?:\.\d+)?"
    measures = "(?!支持|最长|长达|单次|可|首|能|时长)"
    number = rf"(?P<named>{measures}[{HAN}]{{1,5}}\s?[A-Z]?\d+(?:\.\d+)?(?=(?:[{HAN}]{{0,6}})?{kinds})|{written}{ends})"
    behind_verb = rf"(?:{brings})了?\s?{new}\s?(?:(?P<direct>{_LATIN})|{number})"
    behind_kind = rf"{kinds}\s?(?:——)?(?:{_QUOTED}|(?P<latin>{_LATIN})|(?P<mixed>{mixed}))"
    called = rf"(?<=[名叫为])\s?{_QUOTED.replace('quoted', 'called')}"
    named = rf"(?:名为|名叫|叫做|叫|代号为?)\s?[“「]?(?P<so_called>{_LATIN})[”」]?(?=的[^，。；]{{0,10}}?{kinds})"
    return re.compile(f"{behind_verb}|{behind_kind}|{called}|{named}")


_AND_ANOTHER = re.compile(rf"[”」』》]?\s?(?:、|和|与|以及|及)\s?[“「『《]?(?P<name>{_LATIN})(?![A-Za-z])")


@cache
def _brings() -> re.Pattern[str]:
    """Any verb of coming out."""
    stages = ("release", "beta", "open_source", "announced")
    return re.compile("|".join(alternation("chinese_events", "launch", stage) for stage in stages))


@cache
def _comes_or_goes() -> re.Pattern[str]:
    """Any verb of a product's coming out, or of its end."""
    return re.compile(f"{_brings().pattern}|{alternation('chinese_events', 'shutdown', 'ends')}|停止|展示|测试")


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
        for start, end in _introduced(clause):
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
        another = _stop().match(name) or _COMPARED.search(clause.sentence.text, clause.start, start)
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
                for start, end in _introduced(clause):
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
    before = clause.sentence.text[max(clause.start, mention.start - 8) : mention.start]
    if _INTRODUCES.search(before) is None:
        return False
    return owner.key not in page.named


def _cuts(start: int, end: int, mention: NameMention) -> bool:
    """Whether a name runs into a mention; one inside a quoted name (“镜岛工坊”) is part of it."""
    return mention.start < end and start < mention.end and not (start <= mention.start and mention.end < end)


def _introduced(clause: Clause) -> Iterator[tuple[int, int]]:
    text = clause.sentence.text
    for match in _new().finditer(text, clause.start, clause.end):
        group = next(name for name, value in match.groupdict().items() if value)
        share = group in ("latin", "direct") and text[match.end() : match.end() + 1] in ("%", "％")
        if _stop().match(match[group]) or share:
            continue
        yield match.span(group)
        another = _AND_ANOTHER.match(text, match.end(), clause.end)
        while another is not None:
            yield another.span("name")
            another = _AND_ANOTHER.match(text, another.end(), clause.end)
    for match in _QUOTED_NAME.finditer(clause.text):
        start, end = clause.start + match.start("quoted"), clause.start + match.end("quoted")
        if (
            start - 1 == clause.head
            or _kind_end().search(match["quoted"])
            or _brings_out(text[max(clause.start, start - 7) : start - 1])
            or _HEAD_DEED.match(text, end, clause.end)
            or _is_owned(clause, start - 1)
        ):
            yield start, end


def _brings_out(before: str) -> bool:
    return before.rstrip("了 ").endswith(_BEFORE_QUOTE)


def _is_owned(clause: Clause, start: int) -> bool:
    """「澄影科技的“澄境”」: what is quoted right behind its owner."""
    return any(clause.sentence.text[each.end : start] in ("的", "旗下", "旗下的") for each in clause.mentions)


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
