"""Dates as Chinese writes them (folded to simplified)."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from db.values import PartialDate
from pipeline.date_rules import (
    Context,
    Resolver,
    Rule,
    Stretch,
    after,
    alternatives,
    day,
    day_without_year,
    lunar_day,
    month,
    month_without_year,
    months_before,
    stretch_before,
    week_before,
    weekday_before,
    weekday_of_week,
    year,
)
from pipeline.lexicon_files import lexicon
from pipeline.numbers import from_han

_HAN = "零〇一二三四五六七八九十"
_YEARS = {"今年": 0, "去年": 1, "前年": 2, "明年": -1, "当年": 0, "本年": 0}
_YEAR = (
    rf"(?:(?P<year>(?:19|20)\d\d|[{_HAN}]{{4}})\s?年|(?P<short>[12]\d)年(?=\d|底|初)"
    r"|(?P<relative>今年|去年|前年|明年)|(?P<minguo>民国\d{2,3})年)"
)
_MONTH = (
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月(?!活|之|球|光|饼|薪|费|度|均|销|流水|收入|付)份?"
)
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号]"
_TURN = r"(?:年?[初底末中]|[上中下]旬|[初底末]|前后|前夕)?"
_COUNT = r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3}|半)"
_NEXT_YEAR = r"(?:次年|翌年|第[二三四]年|(?:又|再)过了?一年|转过年来|转年来?|隔年)"
_NEAR_ITS_END = 10
_WEEKDAYS = "一二三四五六日"


@cache
def chinese_rules() -> tuple[Rule, ...]:
    """The rules for Chinese dates; those that say more win where two begin at one place.

    Each begins with its signs: characters without which it cannot match.
    """
    table = lexicon("pipeline.lexicon", "dates")
    weekday = r"(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    patterns: list[tuple[str, str, Resolver]] = [
        ("年 月", rf"{_YEAR}\s?{_MONTH}\s?{_DAY}", _full),
        (
            "年 月",
            rf"{_YEAR}\s?(?:[一1]|1月|一月)份?\s?[至到~—-]\s?(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月",
            _year,
        ),
        ("年 月", rf"{_YEAR}\s?{_MONTH}{_TURN}", _full),
        (
            "year",
            r"(?<![\d.])(?P<year>20\d\d)[./-](?P<month>1[0-2]|0?[1-9])(?:[./-](?P<day>[0-3]?\d))?(?![\d.亿万])",
            _full,
        ),
        ("年", rf"{_YEAR}(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)", _quarter),
        ("Q", r"(?<!\d)(?P<year>20\d\d)年?\s?Q(?P<quarter>[1-4])", _quarter),
        ("季", r"(?<!前)第?(?P<quarter>[一二三四])季度", _quarter),
        ("Q", r"(?<![A-Za-z\d])Q(?P<quarter>[1-4])(?=财报|季报|业绩|营收|收入|净)", _quarter),
        ("年", rf"(?<!\d){_YEAR}(?:大年|正月)?(?:春节|初(?P<lunar>[一二三四五六七八九十]))", _lunar),
        ("初", r"(?:大年|正月)初(?P<lunar>[一二三四五六七八九十])", _lunar),
        (
            "年",
            r"(?:去|上|前一|上一)年度?的?同(?:期|季)|(?<![比此之以目创])(?:前|上)一(?:个?财)?年度?(?![半多来])",
            _year_before,
        ),
        ("年", r"(?<![较比])上年(?!末|底)", _year_before),
        (
            "年",
            rf"(?<![\d.]){_YEAR}(?:年?[初底末]|年中|同期|以来|内|夏天|春天|秋天|冬天|夏季|春季|秋季|冬季)?(?!代|级|轮|龄)",
            _year,
        ),
        ("年", r"(?<!前)年(?:初|底|末)(?!终)", _turn_of_year),
        (
            "年",
            rf"(?<![\d{_HAN}两半])年内(?!存|(?:净|经调整)?(?:亏损|溢利|利润|亏))",
            lambda _, context: year(context.published.year),
        ),
        ("年 月", rf"(?P<same>同年|当年|[这那]一?年|{_NEXT_YEAR}){_MONTH}(?:{_DAY})?", _same_year),
        (
            "年",
            rf"(?P<same>同年|[这那]一?年|{_NEXT_YEAR})(?:年?[初底末]|[春夏秋冬][天季]?)?(?!龄|间|代|来(?!，)|头)",
            _same_year,
        ),
        ("年", r"(?P<same>当年)(?:年?[初底末]|[春夏秋冬][天季]?)(?!龄|间|代)", _same_year),
        ("日", r"翌日|次日|隔日", lambda _, context: _days_after(context.last, 1)),
        ("月", r"(?:同月|当月)", lambda _, context: _cut(context.then or context.last, 7)),
        ("日", r"(?<!次|当)(?:同日|同一[天日]|当天|当日)", lambda _, context: _cut(context.then or context.last, 10)),
        ("月", rf"(?<![\d.年]){_MONTH}\s?{_DAY}", _day_alone),
        ("月", rf"(?<![\d.年个{_HAN}]){_MONTH}{_TURN}", _month_alone),
        (
            "日",
            rf"(?<![\d月.第每{_HAN}]){_DAY}(?!元|活|均|前|志|程|常|本|报|间|益|用|后|召|线|码|楼|机)",
            _day_of_month,
        ),
        ("月", r"(?P<which>上上|上|本|这|下)个?月(?:[初底末]|[上中下]旬)?(?!球|亮)", _relative_month),
        ("周", rf"(?P<which>上上|上|本|这|下)(?:个)?{weekday}", _weekday_of_week),
        ("周", r"(?P<which>上上|上|本|这)(?:一)?(?:个)?(?:周|星期)(?![一二三四五六日天年边])", _week),
        ("周", rf"(?<![每上下本这]){weekday}(?!刊|报|期)", _weekday),
        ("（", r"[昨今]\s?[（(](?P<day>\d{1,2})[）)]\s?日?", _day_of_month),
        (
            "昨",
            r"(?:昨日|昨天|昨晚)",
            lambda _, context: PartialDate((context.published - timedelta(days=1)).isoformat()),
        ),
        ("前", r"(?:前一|前)(?:日|晚)(?!志)|前一天", lambda _, context: _day_before(context)),
        ("前", r"前天", lambda _, context: PartialDate((context.published - timedelta(days=2)).isoformat())),
        (
            "今",
            r"今[日天晨早晚](?!头条|资本|美术|说法|影视)",
            lambda _, context: PartialDate(context.published.isoformat()),
        ),
        ("明", r"明天|明日", lambda _, context: PartialDate((context.published + timedelta(days=1)).isoformat())),
        ("前", rf"{_COUNT}(?P<unit>年|个月|周|个星期|天|日)(?:多)?(?:[以之])?前(?!夕|后)", _ago),
        ("后", rf"(?<!的){_COUNT}(?P<unit>年|个月|周|天|日)(?:之|以)?后", _later),
        ("过", rf"过去(?:的)?{_COUNT}(?P<unit>年|个月|个星期|周|天)(?!前)", _past),
    ]
    rules = [Rule(frozenset(signs.split()), re.compile(pattern), resolve) for signs, pattern, resolve in patterns]
    words = re.compile(alternatives(table["vague_zh"]))
    return (*rules, Rule(frozenset(), words, lambda _match, _context: None, vague=True))


_SIGNS = {
    **{character: character for character in "年月季初昨前今明后过Q日周（"},
    **{"号": "日", "天": "日", "期": "周", "拜": "周", "(": "（"},
}


def chinese_signs(text: str) -> frozenset[str]:
    """The characters of a text without which some rules cannot match; one stands for those used alike."""
    return frozenset([sign for character, sign in _SIGNS.items() if character in text])


def _number(written: str) -> int:
    return int(written) if written.isdigit() else int(from_han(written))


def _year_of(match: re.Match[str], context: Context) -> int:
    groups = match.groupdict()
    if groups.get("year"):
        return _number(groups["year"])
    if groups.get("short"):
        return 2000 + int(groups["short"])
    if groups.get("minguo"):
        return 1911 + int(groups["minguo"].removeprefix("民国"))
    if groups.get("relative"):
        return context.published.year - _YEARS[groups["relative"]]
    return context.published.year


def _full(match: re.Match[str], context: Context) -> PartialDate:
    of_year, of_month = _year_of(match, context), _number(match["month"])
    number = match.groupdict().get("day")
    return day(of_year, of_month, _number(number)) if number else month(of_year, of_month)


def _quarter(match: re.Match[str], context: Context) -> PartialDate:
    groups = match.groupdict()
    of_year = _year_of(match, context)
    if groups.get("half"):
        return PartialDate(f"{of_year}-H{1 if groups['half'] == '上' else 2}")
    number = _number(match["quarter"])
    if not any(groups.get(name) for name in ("year", "short", "relative", "minguo")):
        if context.last is not None and context.last.precision == "year":
            of_year = int(context.last.iso)
        elif number * 3 - 2 > context.published.month and not context.future:
            of_year -= 1
    return PartialDate(f"{of_year}-Q{number}")


def _lunar(match: re.Match[str], context: Context) -> PartialDate:
    of_year = _year_of(match, context)
    number = _number(match["lunar"]) if match["lunar"] else 1
    found = lunar_day(of_year, number)
    if found.first_day() > context.published and not match.groupdict().get("relative") and not context.future:
        found = lunar_day(of_year - 1, number)
    return found


def _turn_of_year(match: re.Match[str], context: Context) -> PartialDate:
    """年底 told as past, long before the year ends, is last year's."""
    until = match.string.startswith(("前", "之前", "以前"), match.end())
    past = match[0] != "年初" and not (until or context.future) and context.published.month < _NEAR_ITS_END
    return year(context.published.year - past)


def _year(match: re.Match[str], context: Context) -> PartialDate:
    return year(_year_of(match, context))


def _same_year(match: re.Match[str], context: Context) -> PartialDate | None:
    if context.last is None:
        return None
    of_year = int(context.last.iso[:4]) + _years_on(match["same"])
    groups = match.groupdict()
    if not groups.get("month"):
        return year(of_year)
    number = groups.get("day")
    return day(of_year, _number(match["month"]), _number(number)) if number else month(of_year, _number(match["month"]))


def _year_before(match: re.Match[str], context: Context) -> PartialDate | None:
    """The period told last, a year earlier; 去年同期 without one is last year."""
    last = context.last
    if last is None or (match[0] == "上年" and not context.told_here):
        return year(context.published.year - 1) if match[0].startswith(("去", "上年")) else None
    whole = not match[0].endswith(("期", "季")) or last.precision not in ("quarter", "half", "month")
    if match[0].startswith("去") and int(last.iso[:4]) != context.published.year:
        return year(context.published.year - 1)
    before = int(last.iso[:4]) - 1
    return year(before) if whole else PartialDate(f"{before}{last.iso[4:]}")


def _years_on(written: str) -> int:
    """How many years 次年, 又过一年 or 第三年 is behind the year told last."""
    if written.startswith("第"):
        return int(from_han(written[1])) - 1
    return int(re.fullmatch(_NEXT_YEAR, written) is not None)


def _cut(last: PartialDate | None, length: int) -> PartialDate | None:
    """The date told last as "then": 同日 after a mere month is that month."""
    return PartialDate(last.iso[:length]) if last is not None and last.precision in ("month", "day") else None


def _day_alone(match: re.Match[str], context: Context) -> PartialDate:
    return day_without_year(_number(match["month"]), _number(match["day"]), context)


def _month_alone(match: re.Match[str], context: Context) -> PartialDate:
    return month_without_year(_number(match["month"]), context)


def _day_of_month(match: re.Match[str], context: Context) -> PartialDate | None:
    """A bare day: the latest one, or the next one when looking ahead."""
    number = _number(match["day"])
    published = context.published
    if context.future:
        return day(published.year, published.month, number) if number >= published.day else None
    if number <= published.day:
        return day(published.year, published.month, number)
    before = months_before(published, 1).first_day()
    return day(before.year, before.month, number)


def _relative_month(match: re.Match[str], context: Context) -> PartialDate:
    back = {"上上": 2, "上": 1, "本": 0, "这": 0, "下": -1}[match["which"]]
    return months_before(context.published, back)


def _week_day_number(match: re.Match[str]) -> int:
    return 6 if match["weekday"] == "天" else _WEEKDAYS.index(match["weekday"])


def _weekday_of_week(match: re.Match[str], context: Context) -> PartialDate:
    back = {"上上": 2, "上": 1, "本": 0, "这": 0, "下": -1}[match["which"]]
    return weekday_of_week(context.published, back, _week_day_number(match))


def _week(match: re.Match[str], context: Context) -> PartialDate:
    return week_before(context.published, {"上上": 2, "上": 1, "本": 0, "这": 0}[match["which"]])


def _weekday(match: re.Match[str], context: Context) -> PartialDate:
    return weekday_before(context.published, _week_day_number(match))


def _ago(match: re.Match[str], context: Context) -> PartialDate | None:
    half, unit = match["count"] == "半", match["unit"]
    count = 0 if half else _number(match["count"])
    if unit == "年":
        return months_before(context.published, 6) if half else year(context.published.year - count)
    if half:
        return None
    if unit == "个月":
        return months_before(context.published, count)
    days = count * (7 if unit in ("周", "个星期") else 1)
    return PartialDate((context.published - timedelta(days=days)).isoformat())


def _past(match: re.Match[str], context: Context) -> Stretch | None:
    if match["count"] == "半":
        return stretch_before(context.published, 6, "month") if match["unit"] == "年" else None
    unit = {"年": "year", "个月": "month", "天": "day"}.get(match["unit"], "week")
    return stretch_before(context.published, _number(match["count"]), unit)


def _later(match: re.Match[str], context: Context) -> PartialDate | None:
    if match["count"] == "半":
        return after(context.last, 6) if match["unit"] == "年" else None
    if match["unit"] in ("周", "天", "日"):
        return _days_after(context.last, _number(match["count"]) * (7 if match["unit"] == "周" else 1))
    return after(context.last, _number(match["count"]) * (12 if match["unit"] == "年" else 1))


def _day_before(context: Context) -> PartialDate:
    """前一日: the day before the one told last in this paragraph, else before the day of publication."""
    told = context.last is not None and context.last.precision == "day"
    day_told = context.last.first_day() if told and context.last is not None else context.published
    return PartialDate((day_told - timedelta(days=1)).isoformat())


def _days_after(last: PartialDate | None, days: int) -> PartialDate | None:
    if last is None or last.precision != "day":
        return None
    return PartialDate((last.first_day() + timedelta(days=days)).isoformat())
