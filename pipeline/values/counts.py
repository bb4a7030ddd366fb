"""Counts of things and people, and percentages: 200 employees, 30% of staff, 1.2亿用户."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import cast

from db.model import Language
from db.values import Money, Operator
from pipeline.matching.first_letters import quick
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.values.counts_in_frames import counts_in_frames
from pipeline.values.counts_told import OPERATORS, SCALE, SCALES, count_at, in_words, told_otherwise
from pipeline.values.found import FoundCount
from pipeline.values.numbers import DIGITS, ENGLISH_WORDS, HAN_DIGITS, from_digits, from_han

_PEOPLE = (
    "people|employees|staffers?|staff|workers|jobs|roles|positions|engineers|researchers|team members|staff members"
    "|colleagues"
)
_THINGS = (
    "of them|of those|ones|visits|times|users|subscribers|customers|creators|videos|clips|episodes|images|downloads"
    "|businesses|companies|enterprises|developers|members|"
    "accounts|installs|studios|visitors|brands|paying customers|clients|organi[sz]ations|agencies|broadcasters|museums"
    "|schools|universities|hospitals|retailers|publishers|newsrooms|newspapers|banks|insurers|advertisers|hotels"
    "|television networks|production companies|clinics|law firms|estate agents|sign-?ups|registrations|paid seats"
    "|conversations|interactions|generations|creations|renderings|assets|pictures|photos"
)
_QUALIFIED = (
    r"(?:(?:[a-z]+ly|active|paying|paid|registered|monthly|daily|enterprise|business|corporate|full-time|of its"
    r"|of the|AI-generated|total|individual|new) ){0,3}"
)
_ENGLISH = re.compile(
    rf"(?<![\w$€£¥.,])(?P<number>{DIGITS}|(?i:{ENGLISH_WORDS}|(?:a|two|three|four|five) dozen"
    r"|(?:one|two|three|four|five|six|seven|eight|nine) and a half(?= (?:million|billion))"
    r"|(?:half )?an?(?= (?:thousand|million"
    rf"|billion)))\b)(?:[ -]?(?P<scale>{SCALE}|[kKmMbB](?![a-z])))?(?P<plus>\+|-plus|-odd| or so)?"
    rf"[ -](?P<qualified>{_QUALIFIED})(?P<unit>{_PEOPLE}|{_THINGS})\b",
)
_PERCENT = re.compile(rf"(?<![\w$.,-])(?P<number>{DIGITS})\s?(?P<unit>%|percent\b|per cent\b)")
_SHARES = {
    "half": 50, "a third": 33, "one third": 33, "two-thirds": 67, "two thirds": 67, "a quarter": 25, "one quarter": 25,
    "three quarters": 75, "three-quarters": 75, "a fifth": 20, "one-fifth": 20, "a tenth": 10,
}  # fmt: skip
_SHARE = re.compile(
    rf"\b(?i:(?P<share>{'|'.join(_SHARES)}))(?: of)?(?= (?:of )?(?:its|the|their|all|our|his|staff|that"
    r"|[A-Z][\w.&-]+(?: AI)?['’]s))"
    rf"|\bby (?:almost |nearly |about |around |roughly |some |over |more than )?(?i:(?P<by>{'|'.join(_SHARES)}))\b"
)
_CHINESE = GatedPattern(
    rf"(?<![\d.{HAN_DIGITS}十百千])(?<![A-Za-z])(?P<number>{DIGITS}|[{HAN_DIGITS}十百千]{{1,8}})(?P<more>多"
    rf"|余|来)?\s?(?P<scale>万亿|亿|千万|百万|万|千)?(?P<more_after>多|余|来)?\s?"
    r"(?:名|位|个|家|条|部|支|段|只|号|户|所)?(?:(?:左右|上下|出头)的?(?=[员雇职]))?(?:个人(?=用户)|活跃(?=用户)|全职(?=员工|雇员)|在职(?=员工)|正式(?=员工)|独立(?=用户|开发者)|独立IP)?"
    r"(?P<unit>用户|员工|雇员|职员|同仁|同事|画师|动画师|伙伴(?=[，。；]|$)|人|月费用户|付费订阅者|付费订阅用户|付费订阅|订阅者|付费用户|付费客户|付费企业|注册用户|订阅用户|付费会员|会员|订户|注册[\u4e00-\u9fff]{2}(?![\u4e00-\u9fff]{3})"
    r"|月活(?:跃用户|用户)?(?!量)|日活(?:跃用户|用户)?(?!量)|创作者|(?:AI|短|长)?视频(?!创作|用户|作者|生成|模型|工具|平台)|影片(?=[，。；]|$)|短片(?=[，。；]|$)"
    r"|成片(?=[，。；]|$)|作品(?=[，。；]|$)"
    r"|[^，。；、：\d的]{1,8}?(?:正?在|都在|已经?)?(?:付费|付钱|掏钱|花钱)(?=使用|订阅|购买|买|在用)|签约(?:客户|商家|企业|机构|工作室|公司|制片公司)|企业客户|企业用户|机构客户|客户|商家|品牌(?=[，。；]|$)|开发者|岗位|职位|下载|企业)(?!民|工|类|物|才"
    r"|机|气|脸|像|力|士|生|次|均)"
)
_CHINESE_FIRST = GatedPattern(
    rf"(?P<unit>付费(?:订阅)?用户|付费订阅者?|付费会员|付费的|付费企业(?:客户)?|付费(?!率|转|金|收|墙|内|意|功|版|计|套|流|服|点|模|体|制|方|产|渗|业|习|能|门|会员费)[\u4e00-\u9fff]{{2,4}}?|(?:掏钱|花钱|付钱|买单|付费)的(?:企业|客户|用户|商家|机构|公司|人|品牌|工作室|学校)|签约(?:的)?(?:制片公司|片厂|工作室|品牌|客户|企业|机构|商家|学校|影视公司|媒体|电视台|广告主)|(?:订阅|企业)(?:企业|客户|机构|单位)|订户|注册(?!资|地|表|商|时|在|于|成|公|会计)[\u4e00-\u9fff]{{2}}|注册用户|注册的|月活(?:跃用户|用户)?|日活(?:跃用户|用户)?|用户|订阅者|订阅用户|员工|雇员|在职人数|团队人数|创作者"
    rf"|付费商家|商家|企业客户|客户|会员(?!费|价|制|日|权|体系|服务)|开发者|下载|访问|播放)(?:数量|数|量|规模|总数|总量)?"
    r"(?:[已现至今在于截至到]*(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|[初底末])?)?[^，。；,;\d]{0,8}?"
    rf"(?:[从由][^，。；\d]{{0,8}}?{DIGITS}\s?(?:亿|千万|百万|万)?(?:名|人|家|个)?[^，。；\d]{{0,8}}?[至到]\s?)?"
    rf"(?:(?P<number>{DIGITS})(?P<over>多|余)?\s?(?P<scale>亿|千万|百万|万)?|(?P<han>[{HAN_DIGITS}十百千]{{1,4}}[百千万亿][{HAN_DIGITS}百千]{{0,3}})(?![来多余几]?[百千万亿十])|(?P<round>十万|百万|千万|亿)(?=[，。；级大量]"
    rf"|$))(?!\s?(?:[%元美亿万年月日岁秒分倍条部支张集幅帧]|个(?:多?月|小时|国|地区|城|百分|星期|季|行业|工作|省|语|市场|州|频道|功能|模型|产品)))"
    rf"|(?P<made>视频|影片|作品)(?!平台|工具|公司|产品|业务|应用|模型|企业|行业|赛道|团队|领域|初创|生成器)(?:数量|数|量|总数"
    rf"|总量)?[^，。；,;\d]{{0,8}}?(?P<made_number>{DIGITS})\s?(?P<made_scale>亿|千万|百万|万)\s?(?:条|个|支"
    rf"|部)?(?!\s?[元美港欧英日韩人新台年月秒分倍多余家名位])"
)
_CHINESE_PERCENT = quick(
    rf"(?<![\d.])(?P<number>{DIGITS})\s?%|百分之(?P<han>[{HAN_DIGITS}十]{{1,4}})|(?P<tenths>[一二三四五六七八九两])成(?P<fives>半|[一二三四五六七八九](?![个十百千万亿成年月]))?(?!为|立|功|本|员(?!工)"
    rf"|长|果|熟|都|交|片|型)|(?P<half>一半|半数)|(?P<part>[二三四五六七八九十])分之(?P<parts>[一二三四五六七八九])"
)


def find_counts(text: str, language: Language) -> list[FoundCount]:
    """Every count in a folded text, in order, none overlapping. Percentages have the unit "%"."""
    told = _apart(counts_in_frames(text))
    found = [*_english(text), *(_chinese(text) if language == "zh" else ())]
    return _apart([*told, *(each for each in found if not _overlaps(each, told))])


def _apart(found: Iterable[FoundCount]) -> list[FoundCount]:
    """Counts in order, of those that overlap the first, and of two that begin together the longer."""
    kept: list[FoundCount] = []
    for each in sorted(found, key=lambda count: (count.start, -count.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _overlaps(count: FoundCount, others: list[FoundCount]) -> bool:
    """Whether a count shares characters with one of others, which are in order and apart."""
    place = bisect_left(others, count.end, key=lambda other: other.start)
    return place > 0 and others[place - 1].end > count.start


_ENGLISH_FIRST = re.compile(
    r"\b(?i:(?P<unit>user base|user numbers|user count|users|subscribers|subscriber base|subscriber numbers"
    r"|subscriber count"
    r"|customer base|customer count|customer numbers|client base|clients|customers|accounts|headcount|workforce"
    r"|payroll|staff|team|downloads|visits))\b(?! (?:at|over"
    rf"|more) )"
    rf"(?: (?:of|fell|dropped|slid|dipped|climbed|jumped|had|has|have|now|is|was|were|stands|stood|swelled|soared"
    rf"|surged|doubled|tripled|quadrupled|grew|grown|grows|rose|risen|fallen|shrank|shrunk|numbers?|numbered|totalled"
    rf"|reached|passed|topped|hit|exceeds?|exceeded|crossed|at|to|about|around|some|roughly|nearly|almost|over|more"
    rf"|than|just|fewer|under|short|above|past|beyond|north|upwards|well|cleared|up|down|quintupled|ballooned|mushroomed"
    r"|crept|edged|inched|leapt|shot|dwindled|expanded|gone|since (?:the |last )?\w+,? to|been|kept|held"
    r"|steady)){1,7} "
    rf"(?P<number>{DIGITS})(?:[ -]?(?P<scale>{SCALE}))?(?![\w%$]|[.,]?\d| (?:percent|per cent"
    rf"|{_PEOPLE}|{_THINGS}|million|billion|years|months))"
)
"""Where the thing stands before its number: "a team of 86", "its user base has grown to 11 million"."""
_BY_FIRST_WORD = {
    "user base": "users", "user numbers": "users", "user count": "users",
    "subscriber base": "subscribers", "subscriber numbers": "subscribers", "customer base": "customers",
    "subscriber count": "subscribers", "customer count": "customers", "customer numbers": "customers",
    "client base": "customers", "clients": "customers", "headcount": "employees",
    "workforce": "employees", "payroll": "employees", "team": "employees",
}  # fmt: skip


_COUNTED = GatedPattern(
    f"{_PEOPLE}|{_THINGS}|user |customer |subscriber |team|headcount|workforce|payroll".replace("?", "")
)
_PARTS = GatedPattern("half|third|quarter|fifth|tenth")


def _english(text: str) -> Iterator[FoundCount]:
    lowered = text.lower()
    if _COUNTED.search(lowered):
        yield from _counted(text)
    yield from told_otherwise(text)
    if "%" in text or "per" in text:
        for match in _PERCENT.finditer(text):
            value = from_digits(match["number"])
            yield FoundCount(match.start(), match.end(), count_at(text, match.start(), value), "%")
    if _PARTS.search(lowered):
        for match in _SHARE.finditer(text):
            share = Decimal(_SHARES[(match["share"] or match["by"]).lower()])
            yield FoundCount(match.start(), match.end(), count_at(text, match.start(), share), "%")


_OPERATORS: dict[str | None, Operator] = {None: "=", "+": ">", "-plus": ">", "-odd": "~", " or so": "~"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_YEAR = re.compile(r"(?:\b(?:[Oo]f|[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[A-Z][a-z]+,?)) \Z")


def _counted(text: str) -> Iterator[FoundCount]:
    for match in _ENGLISH_FIRST.finditer(text):
        scale = SCALES[match["scale"].lower()] if match["scale"] else 1
        unit = _BY_FIRST_WORD.get(match["unit"].lower())
        counted = count_at(text, match.start("number"), from_digits(match["number"]) * scale)
        yield FoundCount(
            match.start(),
            match.end(),
            counted,
            unit or match["unit"].lower(),
        )
    for match in _ENGLISH.finditer(text):
        number = match["number"]
        if _YEAR.fullmatch(number) and _OF_YEAR.search(text, max(0, match.start() - 12), match.start()):
            continue  # "in the first quarter of 2025 subscribers numbered 70,000"
        value = from_digits(number) if number[0].isdigit() else in_words(number)
        scale = SCALES[match["scale"].lower()] if match["scale"] else 1
        unit = (match["qualified"] + match["unit"]).lower()
        counted = count_at(text, match.start(), value * scale, _OPERATORS[match["plus"]])
        yield FoundCount(match.start(), match.end(), counted, unit)


def _chinese(text: str) -> Iterator[FoundCount]:
    for match in _CHINESE.finditer(text):
        number = match["number"]
        value = from_digits(number) if number[0].isdigit() else from_han(number)
        scale = from_han(match["scale"]) if match["scale"] else Decimal(1)
        more = match["more"] or match["more_after"]
        about: Operator = "=" if not more else "~" if more == "来" else ">"
        if about == "=" and _ROUGHLY.search(match[0]):
            about = "~"
        count = count_at(text, match.start(), value * scale, about)
        yield FoundCount(match.start(), match.end(), _with_words_behind(text, match.end(), count), match["unit"])
    for match in _CHINESE_FIRST.finditer(text):
        yield _unit_first(text, match)
    for match in _CHINESE_PERCENT.finditer(text):
        yield FoundCount(match.start(), match.end(), count_at(text, match.start(), _percent(match)), "%")


_ROUGHLY = re.compile("左右|上下")
_BEHIND = re.compile(r"(?:(?P<gt>出头|有余)|(?P<ge>以上|起(?!诉|步|来))|(?P<about>左右|上下|级别))")


def _with_words_behind(text: str, place: int, count: Money) -> Money:
    """9千人出头 is over nine thousand; where a word stands before the number as well, that one counts."""
    behind = _BEHIND.match(text, place)
    if behind is None or count.operator != "=":
        return count
    return Money(count.amount, None, cast(Operator, OPERATORS[str(behind.lastgroup)]))


def _unit_first(text: str, match: re.Match[str]) -> FoundCount:
    """用户突破百万, 付费用户约177万, 累计生成视频超过1000万条."""
    if match["round"]:
        count = count_at(text, match.start("round"), from_han(match["round"]))
        return FoundCount(match.start(), match.end(), count, match["unit"])
    if match["han"]:
        count = count_at(text, match.start("han"), from_han(match["han"]))
        return FoundCount(match.start(), match.end(), count, match["unit"])
    kind = "made_" if match["made"] else ""
    written, scale = match[f"{kind}number"], match[f"{kind}scale"]
    over = match["over"] or (scale and text.startswith(("多", "余"), match.end(f"{kind}scale")))
    value = from_digits(written) * (from_han(scale) if scale else Decimal(1))
    return FoundCount(
        match.start(),
        match.end(),
        count_at(text, match.start(f"{kind}number"), value, ">" if over else "="),
        match["unit"] or match["made"],
    )


def _percent(match: re.Match[str]) -> Decimal:
    if match["number"]:
        return from_digits(match["number"])
    if match["han"]:
        return from_han(match["han"])
    if match["tenths"]:
        ones = "五" if match["fives"] == "半" else match["fives"]  # 两成半, 三成五
        return from_han(match["tenths"]) * 10 + (from_han(ones) if ones else 0)
    if match["part"]:
        return (from_han(match["parts"]) * 100 / from_han(match["part"])).quantize(Decimal(1))
    return Decimal(50)
