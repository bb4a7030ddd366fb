"""Tells a Chinese text about making moving pictures by machine, where none of the field's own words stands in it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.chinese.patterns import alternation
from pipeline.gated_pattern import GatedPattern
from pipeline.lexicon_files import lexicon

_FUND = re.compile(r"母基金|引导基金|专项基金|条措施|补贴")
"""A title about public money for whoever makes pictures."""
_INTRODUCING = 220
"""Characters: where a company that no reader need know is said to make what it makes."""
_LEAST_TRADE = 2
"""Different words of a young company's business."""
_BY_THE_WAY = re.compile(r"[会也在]?用|停掉|取消|砍掉")
"""Before what a company of another trade does with pictures, or did."""
_APART = re.compile(r"无关|没有[^，。；]{0,6}关系|并非|混淆|同名")
_TELLING = 1_200
"""Characters: where a text without any word of the field itself says what a company makes."""


def makes_pictures_chinese(title: str, text: str) -> list[str]:
    """The words of machines that make pictures in a folded Chinese text, where it tells of somebody's business."""
    beginning = f"{title}\n{text[:_TELLING]}"
    if _business().search(beginning) is None or is_public_money(title):
        return []
    found = (match for match in _craft().finditer(beginning) if not _is_set_apart(beginning, match))
    return list(dict.fromkeys(match[0] for match in found)) or _made_by_a_company(title, text)


def _made_by_a_company(title: str, text: str) -> list[str]:
    """What is done to what is seen or played, by machine, where a company is told of and no other field looks on.

    "一句话就能出一场打戏": nobody calls it AI video.
    """
    beginning = f"{title}\n{text[:_INTRODUCING]}"
    if _sign("other_fields_zh").search(beginning) or not _sign("machine_zh").search(beginning):
        return []
    if len({match[0] for match in _sign("trade_zh").finditer(beginning)}) < _LEAST_TRADE:
        return []
    return [
        deed[0]
        for deed in _deed().finditer(beginning)
        if not _BY_THE_WAY.search(beginning, max(0, deed.start() - 8), deed.start())
    ][:1]


def is_public_money(title: str) -> bool:
    """Whether a title tells of a fund or a subsidy for a whole trade."""
    return _FUND.search(title) is not None


def _is_set_apart(text: str, match: re.Match[str]) -> bool:
    """Whether its sentence says that one is not the other: 「与AI视频公司Pika没有关系」."""
    begin, end = text.rfind("。", 0, match.start()) + 1, text.find("。", match.end())
    return _APART.search(text, begin, end if end >= 0 else len(text)) is not None


@cache
def _craft() -> GatedPattern:
    return GatedPattern(alternation("relevance", "craft_zh"))


@cache
def _business() -> GatedPattern:
    return GatedPattern(lexicon("pipeline.lexicon", "relevance")["concern_zh"])


@cache
def _deed() -> re.Pattern[str]:
    table = lexicon("pipeline.lexicon", "relevance")
    return re.compile(
        rf"(?:{table['making_zh']})[^，。；！？\n]{{0,12}}(?:{table['made_zh']})|(?:{table['made_zh']})[^，。；！？\n]{{0,6}}(?:动起来|开口|说话)"
    )


@cache
def _sign(kind: str) -> re.Pattern[str]:
    return re.compile(lexicon("pipeline.lexicon", "relevance")[kind])
