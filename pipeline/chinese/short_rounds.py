"""Names of Chinese rounds without 轮: 「2000万元Pre-A」, 「500万元天使」, 「第二轮上月关账」, 「为战略股东」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.matching.gated_pattern import GatedPattern
from pipeline.values.found import FoundSeries

_NUMBERED = GatedPattern(r"第[一二三四五]轮(?=[^，。；]{0,10}(?:关账|到账|交割|融资|领投|由(?!于)))")
"""A round called by its number; the second round of talks is none."""
_AFTER_SUM = re.compile(r"(?<=元)的?(?:(?P<pre>Pre-)?(?P<letter>[A-H])(?P<plus>\+)?|(?P<word>天使|种子))(?=[，。；]|$)")
_WITHOUT_WORD = GatedPattern(
    r"(?<=轮)的?(?P<pre>Pre-)(?P<letter>[A-H])(?P<plus>\+)?(?=[^A-Za-z轮]|$)|(?:(?<=一笔)|(?<=过)|(?<=了))(?P<word>天使|种子)(?=[，。；]|$)"
)
"""「那轮Pre-A为数亿元」, 「投过一笔种子」"""
_STAKE = GatedPattern(r"(?:为|作为|成为|担任)(?:新的?|第[二三]大|重要)?战略(?:股东|投资者|投资方|投资人)")
"""「引入红杉中国为战略股东」"""
_LOAN = GatedPattern(r"(?<=[元镑])的?(?:[一二两三四五六七八九十\d]+年期|低息|无息|专项|短期|长期|无抵押)*的?贷款")
_RAISES_AT = GatedPattern(r"(?<=估值)(?:再|对外|进行)?融资(?=[，。；]|$)")
"""「正以40亿美元的估值融资」"""
_NEXT_ROUND = GatedPattern(r"(?:(?<=谈)|(?<=融)|(?<=启动)|(?<=推进))(?:的)?下一轮(?:融资)?(?=[，。；？]|$)")


def short_series(text: str, start: int, end: int) -> Iterator[FoundSeries]:
    """Rounds called without 轮: 「2000万元Pre-A」, 「500万元天使」, 「第二轮上月关账」."""
    for match in _NUMBERED.finditer(text, start, end):
        yield FoundSeries(match.start(), match.end(), "series_unknown")
    for match in (*_RAISES_AT.finditer(text, start, end), *_NEXT_ROUND.finditer(text, start, end)):
        yield FoundSeries(match.start(), match.end(), "series_unknown")
    for match in _STAKE.finditer(text, start, end):
        yield FoundSeries(match.start(), match.end(), "corporate_round")
    for match in _LOAN.finditer(text, start, end):
        yield FoundSeries(match.start(), match.end(), "debt_financing")
    for match in (*_AFTER_SUM.finditer(text, start, end), *_WITHOUT_WORD.finditer(text, start, end)):
        letter = match["letter"]
        kind = f"series_{letter.lower()}" if letter else {"天使": "angel", "种子": "seed"}[match["word"]]
        qualifier = "pre" if match["pre"] else f"{letter}+" if match["plus"] else None
        yield FoundSeries(match.start(), match.end(), kind, qualifier)
