"""A Chinese sentence as learned weights see it: characters and words in order, names and values as marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.values.found import FoundCount, FoundDate, FoundMoney, FoundSeries, NameMention

_WORD = re.compile(r"[A-Za-zÀ-ž]+|\d+|[\u4e00-\u9fff]|[，。；、：（）“”？！]")
_KINDS = {"company": "NAME", "person": "NAME", "product": "PRODUCT", "investor": "INVESTOR"}


class Word(NamedTuple):
    """A character, a Latin word, a number ("0"), or a mark such as MONEY, and where it stands."""

    text: str
    start: int
    end: int


def words(
    text: str,
    *,
    mentions: Iterable[NameMention],
    money: Iterable[FoundMoney],
    dates: Iterable[FoundDate],
    series: Iterable[FoundSeries],
    counts: Iterable[FoundCount],
) -> list[Word]:
    """The words of a folded sentence; spans count from its start. Of two values that overlap the first counts."""
    marks = [(each.start, each.end, _KINDS[each.kind]) for each in mentions]
    marks += [(each.start, each.end, "MONEY") for each in money]
    marks += [(each.start, each.end, "DATE") for each in dates]
    marks += [(each.start, each.end, "SERIES") for each in series]
    marks += [(each.start, each.end, "PERCENT" if each.unit == "%" else "COUNT") for each in counts]
    found: list[Word] = []
    place = 0
    for start, end, mark in sorted(marks, key=lambda each: (each[0], -each[1])):
        if start >= place:
            found += _plain(text, place, start)
            found.append(Word(mark, start, end))
            place = end
    return found + _plain(text, place, len(text))


def _plain(text: str, start: int, end: int) -> list[Word]:
    return [
        Word("0" if match[0].isdigit() else match[0].lower(), *match.span())
        for match in _WORD.finditer(text, start, end)
    ]
