"""Companies nobody has listed yet, by the way a Chinese text introduces them: they become candidates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.chinese.patterns import HAN, alternation
from pipeline.lexicon_files import lexicon

_WORD = r"[A-Z](?:(?!(?:19|20)\d\d ?年)[A-Za-z0-9.-])*(?<![.-])"
_LATIN = rf"{_WORD}(?: {_WORD}){{0,2}}"
_OPEN = r"[\n。！？；，、：:|｜“「](?:(?<![“「])\s)?"
_CLOSE = r"[”」]?(?:\s?[（(][^）)]{1,30}[）)])?\s?"


def unknown_names(whole: str) -> Iterator[str]:
    """The names of companies that a folded text introduces as such."""
    lines = f"\n{whole}"  # the first line begins as the others do
    names = {match["name"].strip() for pattern in _patterns() for match in pattern.finditer(lines)}
    yield from sorted(name for name in names if not _refused().search(name) and not _adverbs().fullmatch(name))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    tails, kinds = alternation("chinese_unknown_names", "tails"), alternation("chinese_unknown_names", "kinds")
    deeds, tailed = alternation("chinese_unknown_names", "deeds"), alternation("chinese_unknown_names", "tailed_deeds")
    han = rf"[{HAN}]{{2,4}}?{tails}"
    plain = rf"(?:(?![{re.escape(lexicon('pipeline.lexicon', 'chinese_unknown_names')['not_plain'])}])[{HAN}]){{2,4}}"
    sure = rf"[{HAN}]{{2,4}}?{alternation('chinese_unknown_names', 'sure_tails')}"
    proper = rf"[{HAN}]{{2,4}}?{alternation('chinese_unknown_names', 'proper_tails')}"
    common = re.escape(lexicon("pipeline.lexicon", "chinese_unknown_names")["not_loose"])
    loose = rf"(?!{sure}[{HAN}])(?:(?![{common}])[{HAN}]){{2,5}}"
    return (
        re.compile(rf"{kinds}[“「]?(?P<name>{sure})"),
        re.compile(rf"{alternation('chinese_unknown_names', 'sure_kinds')}\s?[“「]?(?P<name>{_LATIN})(?![A-Za-z])"),
        re.compile(rf"{kinds}\s?[“「]?(?P<name>{_LATIN}|{han}){_CLOSE}(?=[，,。；、（(的]|\Z|{tailed})"),
        re.compile(rf"{kinds}[“「]?(?P<name>{plain}){_CLOSE}(?={deeds})"),
        re.compile(rf"{kinds}[“「](?P<name>[{HAN}A-Za-z0-9]{{2,12}}){_CLOSE}(?<=[”」）)])(?={deeds})"),
        re.compile(
            rf"{alternation('chinese_unknown_names', 'quoted_kinds')}[“「](?P<name>[{HAN}A-Za-z0-9 ]{{2,12}})[”」]"
            r"(?!的?(?:模式|们|式|称号|梦|计划|行动|大会|大赛))"
        ),
        re.compile(
            rf"(?:\A|\n|；)(?:公司|企业|项目|品牌)(?:名称|简称|名)?[：:]\s?(?P<name>{_LATIN}|[{HAN}]{{2,10}})(?=\n|；|，|（|\Z)"
        ),
        re.compile(rf"(?:\A|\n)(?:\d{{1,2}}[.、]\s?|[·•●■]\s?)?(?P<name>{sure})[：:](?=[^。\n]{{0,40}}(?:融资|轮))"),
        re.compile(rf"{alternation('chinese_unknown_names', 'sure_kinds')}[“「]?(?P<name>{loose}){_CLOSE}(?={deeds})"),
        re.compile(rf"{_OPEN}(?P<name>{han}){_CLOSE}(?={tailed})"),
        re.compile(rf"{_OPEN}(?P<name>{_LATIN}|{plain}){_CLOSE}(?={deeds})"),
        re.compile(rf"(?<![A-Za-z0-9.&-])(?<![A-Za-z0-9.&-] )(?P<name>{_LATIN}){_CLOSE}(?={deeds})"),
        re.compile(rf"(?:对话|专访|专訪|访)(?P<name>{_LATIN}|{han})(?=(?:联合)?创始人|CEO|创办人)"),
        re.compile(
            rf"[省市州津都汉京沪海圳波山门沙肥阳昌明宁安林春]公司(?P<name>{loose}|[{HAN}]{{2,3}}(?:数字人|虚拟人|漫剧|短剧))(?=近日|日前|宣布|完成)"
        ),
        re.compile(
            rf"(?P<name>{_LATIN}|{sure}|{han})(?=完成的是|融资的报道|的融资|[12]\d{{3}}年[^，。；]{{0,8}}(?:成立|创立|创办))"
        ),
        re.compile(rf"(?:创办|创立|创建)的[“「]?(?P<name>{loose}){_CLOSE}(?={deeds})"),
        re.compile(rf"[做的]的?(?P<name>{sure}){_CLOSE}(?=[，,。；、]|\Z|{tailed})"),
        re.compile(rf"的(?P<name>{proper}){_CLOSE}(?={tailed})"),
        re.compile(rf"(?:\A|\n)【(?P<name>{_LATIN}|[{HAN}]{{2,8}})】(?=[^\n]{{0,90}}(?:融资|轮|元|裁员|收购|关停))"),
        re.compile(
            rf"(?:名为|叫做|叫|名叫)\s?[“「]?(?P<name>{_LATIN}|[{HAN}]{{2,6}})[”」]?\s?的[^，。；]{{0,12}}(?:初创|创业|公司|团队|新创)"
        ),
        re.compile(
            rf"(?:公司|团队|项目|品牌)(?:的名字|名)?(?:就|便|也|被|给它|，)?(?:叫做?|取名|起名叫?|命名为)\s?[“「]?(?P<name>{_LATIN}"
            rf"|[{HAN}]{{2,5}})[”」]?(?=[，。；（])"
        ),
        re.compile(rf"(?:\A|\n)关于(?P<name>{_LATIN}|[{HAN}]{{2,8}})[:：]?(?=\n|\Z)"),
    )


@cache
def _refused() -> re.Pattern[str]:
    return re.compile(alternation("chinese_unknown_names", "refused"))


@cache
def _adverbs() -> re.Pattern[str]:
    """「，至今完成了三轮融资」: what stands before a verb and names nobody."""
    return re.compile(
        rf"(?:{alternation('chinese_clauses', 'adverbs')}|{alternation('chinese_clauses', 'openers')}"
        r"|迄今|历史上|期间|接连|双双|多次|首度|现已|业已|截止|截至|上线|半年|数月|短短|不久|后又|资方|双方|创业|拟|先|欲|仍|共|各|再)+"
    )


def short_forms(whole: str, names: set[str]) -> dict[str, str]:
    """镜岛 for 镜岛科技, where the text uses it by itself more than once."""
    tail = re.compile(rf"(?P<short>[{HAN}]{{2,4}}){alternation('chinese_unknown_names', 'tails')}")
    found: dict[str, str] = {}
    for name in sorted(names):
        match = tail.fullmatch(name)
        if match is not None and whole.count(match["short"]) - whole.count(name) >= 2:
            found[match["short"]] = name
    return found
