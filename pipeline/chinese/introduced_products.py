"""Products as a Chinese clause introduces them: by what they are, by a verb that brings them out, in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.chinese.clauses import Clause
from pipeline.chinese.patterns import HAN, alternation
from pipeline.matching.gated_pattern import GatedPattern

_WORD = r"[A-Za-z0-9.+-]*(?<![.+-])"
_LATIN = rf"[A-Z]{_WORD}(?:[ -](?!\d{{1,2}}[月日])(?:[A-Z\d]{_WORD}))*"
_QUOTED = rf"[“「『《](?P<quoted>[{HAN}\w .+-]{{2,18}})[”」』》]"
_QUOTED_NAME = re.compile(_QUOTED)
_ENDED = ("关闭", "关停", "停运", "停掉", "叫停", "下线", "下架", "砍掉", "停止维护", "停止更新", "停止运营", "告别")
_BEFORE_QUOTE = (
    *(
        "产品",
        "把",
        "将",
        "上线",
        "推出",
        "发布",
        "开源",
        "旗下",
        "开发的",
        "打造的",
        "研发的",
        "内测的",
        "公测的",
        "上线的",
        "推出的",
    ),
    *_ENDED,
)
_COMES_OR_GOES = (
    r"(?:以|上线|发布|推出|开放|开源|内测|公测|停|关|下线|撤|退役|退场|下架|面世|亮相|登陆|免费|收费|谢幕|叫停|塞进)"
)
_OWNED = re.compile(
    rf"的(?:最新|新一代|首个|首款|自研|旗舰)?(?:的)?(?P<latin>{_LATIN})"
    rf"(?=(?:已|将|也|则|于|在|会|宣布|正式|今日|昨日|今起|月[初底]|年[初底]|[去今明]年|[\d年月日])*{_COMES_OR_GOES})"
)
"""「澄影科技的Vista Motion以邀请制开放测试」"""
_HEAD_DEED = re.compile(
    r"[”」》』](?:App|APP|应用|平台|工具|模型|功能|小程序)?(?:的?(?:接口|网页版|手机版|入口))?"
    r"(?:已经?|将|也|则|便|于|在|会|才|就|宣布|正式|主动|近日|全面|全量|彻底|悄悄|[\d年月日零点时起]|[月年]底|[上本]周[一二三四五六日]?|周[一二三四五六日]|[今去]年)*"
    r"(?:停止|关停|下线|停运|关闭|上线|发布|推出|开放|开源|内测|公测|下架|停服|停售|停产|停用|撤|全部|陆续|逐步|收回|拿掉|退役|退场|消失|无法|不再|叫停|进入|登陆|面世|亮相"
    r"|露脸|问世|收费|免费|[对向面][^，。；”]{2,12}开放)"
)
"""「“澄境”已停止服务」"""


@cache
def _kind_end() -> re.Pattern[str]:
    """A quoted name that says what it is: “爱诗视频大模型”."""
    return re.compile(rf"[{HAN}A-Za-z]{alternation('chinese_events', 'launch', 'kinds')}$")


@cache
def no_product() -> re.Pattern[str]:
    """What is written as a product is, and is none: API, CEO, Series."""
    return re.compile(f"{alternation('chinese_events', 'launch', 'no_products')}$")


@cache
def _new() -> GatedPattern:
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
    described = rf"(?:推出|上线|发布)了?(?=[^，。；“「]{{4}})[^，。；“「A-Za-z]{{4,24}}的(?P<described>{_LATIN}){ends}"
    behind_kind = rf"{kinds}\s?(?:——)?(?:{_QUOTED}|(?P<latin>{_LATIN})|(?P<mixed>{mixed}))"
    called = rf"(?<=[名叫为])\s?{_QUOTED.replace('quoted', 'called')}"
    named = rf"(?:名为|名叫|叫做|叫|代号为?)\s?[“「]?(?P<so_called>{_LATIN})[”」]?(?=的[^，。；]{{0,10}}?{kinds})"
    return GatedPattern(f"{behind_verb}|{described}|{behind_kind}|{called}|{named}")


_AND_ANOTHER = re.compile(rf"[”」』》]?\s?(?:、|和|与|以及|及)\s?[“「『《]?(?P<name>{_LATIN})(?![A-Za-z])")


def introduced(clause: Clause) -> Sequence[tuple[int, int]]:
    """The spans of the products a clause introduces: 「模型Gen-9」, 「旗下的“澄境”」, 「推出镜岛工坊3.0」."""
    if "introduced" not in clause.noted:
        clause.noted["introduced"] = list(_introduced(clause))
    return clause.noted["introduced"]


def _introduced(clause: Clause) -> Iterator[tuple[int, int]]:
    text = clause.sentence.text
    for match in _new().finditer(text, clause.start, clause.end):
        group = next(name for name, value in match.groupdict().items() if value)
        share = group in ("latin", "direct") and text[match.end() : match.end() + 1] in ("%", "％")
        if no_product().match(match[group]) or share:
            continue
        yield match.span(group)
        another = _AND_ANOTHER.match(text, match.end(), clause.end)
        while another is not None:
            yield another.span("name")
            another = _AND_ANOTHER.match(text, another.end(), clause.end)
    for match in _OWNED.finditer(text, clause.start, clause.end):
        owned = any(each.end == match.start() for each in clause.mentions) or match.start() == clause.head + 2
        if (
            owned
            and not no_product().match(match["latin"])
            and not any(each.start < match.end("latin") and match.start("latin") < each.end for each in clause.mentions)
        ):
            yield match.span("latin")
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
