"""Who put money into a round, or arranged it, as a Chinese clause writes them: 由…领投, …跟投, …担任财务顾问"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipeline.chinese.clauses import Clause
from pipeline.chinese.patterns import alternation, words
from pipeline.lexicon_files import lexicon
from pipeline.matching.first_letters import quick
from pipeline.matching.gated_pattern import GatedPattern, GatedTable

_HINT = re.compile(
    r"投|入股|入过|续|包圆|占大头|作陪|捧场|响应|陪跑|操刀|挑头|领头|打进|打入|汇入|开出|注资|注入|牵头|领衔|股东|参与|获|拨|来自|从|来自|由|追加|跟进|加码|加注|新进|认购|出资|加入|入局|引入|引进|给|借|出了|砸|掏|拿出|凑|进场|入场|下注|领军|承配|接触|洽谈|商谈|磋商|接盘|提供|批出|拨|发放|打头阵|跟了|上车|背书|在其中|在列|在内|名单|在场"
)
_SPLIT = re.compile(
    r"、|，|,\s?(?!\d)|以及|(?<=[\u4e00-\u9fffA-Za-z.）)])\s?(?:和|与|及|並|并)\s?(?=[\u4e00-\u9fffA-Za-z0-9“])"
)
_EDGE = ' “”"（(）)·:：'
_BRACKETED = re.compile(r"[（(][^）)]*[）)]$")
_PROGRAMME = re.compile(r"[「“][^」”]*[」”]?\Z")
"""「创新科技署“企业支援计划”」 is called by its house."""
_LONGEST = 34
_HEADING = re.compile(r"[^ ]{0,20}(?:投资|融资|轮|美元|元|注资|募资) (?=[^ ])")
"""「…轮追加投资 Google、辉达入股」: a headline's second half."""
_PRONOUN = re.compile(
    r"(?:该公司|这家[^，。；]{0,12}?(?:公司|企业)|公司|它(?!们)|其(?!他|它|中|余)|我们)(?=获|从|引|拿|完|由|也|还|又|再|曾|已|在|的)"
)
_ANY_HOUSE = re.compile(r"(?:[\u4e00-\u9fff]{0,6})(?:基金|机构|公司|平台|子公司|创投|投资部|部门|实体|主体)等?")
"""「中金资本旗下基金」 is called by its house."""
_HOUSE = re.compile(r"[^，。；、]{2,16}?旗下的?(?=[^，。；、]{2,})")


@dataclass(frozen=True, slots=True)
class Backers:
    """The spans of the names of a sentence's investors: all of them, and those that led."""

    every: tuple[tuple[int, int], ...] = ()
    led: tuple[tuple[int, int], ...] = ()


@cache
def _patterns(kind: str) -> GatedTable[None]:
    return GatedTable((GatedPattern(pattern), None) for pattern in words("chinese_investors", kind))


@cache
def _adviser() -> GatedPattern:
    return GatedPattern(lexicon("pipeline.lexicon", "chinese_investors")["adviser"])


def backers_in(clause: Clause) -> Backers:
    """The investors a clause names; advisers arrange rounds and put nothing in."""
    if "backers" not in clause.noted:
        clause.noted["backers"] = [_backers_in(clause)]
    backers: Backers = clause.noted["backers"][0]
    return backers


def _backers_in(clause: Clause) -> Backers:
    if not _HINT.search(clause.text) or _adviser().search(clause.text):
        return Backers()
    led = _spans(clause, "led")
    joined = [span for span in _spans(clause, "joined") if not any(_overlap(span, other) for other in led)]
    return Backers(tuple(sorted({*led, *joined})), tuple(led))


def advisers_in(clause: Clause) -> list[tuple[int, int]]:
    """The spans of the names of those who arranged a round, as a clause tells."""
    return _spans(clause, "advising") if "顾问" in clause.text else []


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _spans(clause: Clause, kind: str) -> list[tuple[int, int]]:
    text = _without_dates(clause)
    pronoun = _PRONOUN.match(text, clause.head, clause.end)
    first = pronoun.end() if pronoun is not None else clause.head
    found: list[tuple[int, int]] = []
    for pattern, _ in _patterns(kind).possible(text):
        for match in pattern.finditer(text, max(clause.start, 0), clause.end):
            start = max(match.start("names"), first if match.start("names") <= clause.head else 0)
            for span in _split(clause, start, match.end("names")):
                if not any(_overlap(span, other) for other in found):
                    found.append(span)
    return sorted(found)


def _without_dates(clause: Clause) -> str:
    """The sentence with its dates blank: 「真格基金在2023年给它投了500万元」."""
    text = clause.sentence.text
    for each in clause.sentence.dates:
        if not any(one.start < each.end and each.start < one.end for one in clause.mentions):
            text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _split(clause: Clause, start: int, end: int) -> list[tuple[int, int]]:
    text = _without_dates(clause)
    spans = []
    for begin, stop in _pieces(clause, start, end):
        span = _trimmed(text, begin, stop)
        if span is not None and not any(_overlap(span, (each.start, each.end)) for each in clause.money):
            spans += _side_by_side(clause, *span) or [span]
    return spans


def _side_by_side(clause: Clause, start: int, end: int) -> list[tuple[int, int]]:
    """The names we know that stand side by side with nothing between them: 「腾讯阿里百度」."""
    known = [(each.start, each.end) for each in clause.mentions if start <= each.start and each.end <= end]
    gapless = all(before[1] == behind[0] for before, behind in pairwise(known))
    return known if len(known) > 1 and gapless and known[0][0] == start and known[-1][1] == end else []


def _pieces(clause: Clause, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between 、 and 和, which may not stand inside a name we know."""
    known = [(each.start, each.end) for each in clause.mentions]
    bounds = [
        match.span()
        for match in _SPLIT.finditer(clause.sentence.text, start, end)
        if not any(begin < match.end() and match.start() < stop for begin, stop in known)
    ]
    begins = [start, *(stop for _, stop in bounds)]
    ends = [*(begin for begin, _ in bounds), end]
    return list(zip(begins, ends, strict=True))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"{alternation('chinese_investors', 'before_name')}+")


@cache
def _behind() -> re.Pattern[str]:
    return quick(rf"{alternation('chinese_investors', 'behind_name')}+\Z")


@cache
def _kind_before() -> re.Pattern[str]:
    kinds = alternation("chinese_investors", "kind_before_name")
    return re.compile(rf"[\u4e00-\u9fff\w ]{{0,16}}{kinds}\s?(?P<name>[A-Z]|[\u4e00-\u9fff]{{1,8}}·)")


@cache
def _no_name() -> re.Pattern[str]:
    return quick(lexicon("pipeline.lexicon", "chinese_investors")["no_name"])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A name without 老股东 before and 等 behind it; None where what is left is none."""
    start, end = _without_edges(text, start, end)
    spaced = _HEADING.match(text, start, end)
    if spaced is not None:
        start = spaced.end()
    described = text.rfind("的", start, end)
    if described >= 0 and end - described > 2:
        start = described + 1
    house = _HOUSE.match(text, start, end)
    if house is not None and _ANY_HOUSE.fullmatch(text, house.end(), end):
        end = house.end()
        while text[end - 1] in "旗下的":
            end -= 1
    elif house is not None:
        start = house.end()
    kind = _kind_before().match(text, start, end)
    if kind is not None:
        start = kind.start("name")
    else:
        before = _before().match(text, start, end)
        if before is not None and end - before.end() >= 2 and not _is_part(text, before.end(), end):
            start = before.end()
    behind = _behind().search(text, start, end)
    if behind is not None and behind.start() - start >= 2:
        end = behind.start()
    programme = _PROGRAMME.search(text, start, end)
    if programme is not None and programme.start() - start >= 2:
        end = programme.start()
    start, end = _without_edges(text, start, end)
    name = text[start:end]
    if not 2 <= len(name) <= _LONGEST or _no_name().search(name):
        return None
    return start, end


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether cutting here would leave no more than a common word: 中国|互联网投资基金 keeps its 中国."""
    rest = text[start:end]
    return bool(
        re.fullmatch(
            r"(?:互联网|创新署|商业银行|政府|主权基金|文化部|教育部|产业银行|开发银行|银行|人寿|移动|电信|联通|国际|平安|投资|资本|创投|基金|中金|文化|国新|科学|产业)[\u4e00-\u9fff]*",
            rest,
        )
    )


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in ' “”":：·':
        end -= 1
    bracket = _BRACKETED.search(text[start:end])
    if bracket is not None and bracket.start() >= 2:
        end = start + bracket.start()
    return start, end
