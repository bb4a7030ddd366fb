"""The kinds of words beside a string of a Chinese text: cities and kinds of companies before it, deeds behind it.

A dozen kinds may stand on either side, a pattern each; by the letter that stands there all but one or two are ruled
out before they are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.chinese.patterns import alternation
from pipeline.matching.first_letters import first_letters, last_letters

_NEAR = 12
"""Characters before a string that a kind of words may take."""
_LETTERS = 4096
"""More than the different letters of some hundred articles."""


def kinds_at(whole: str, start: int, end: int) -> list[str]:
    """The kinds of words that end where a string begins, and of those that begin where it ends."""
    before, behind = _ending_with(whole[max(0, start - 1) : start]), _beginning_with(whole[end : end + 1])
    return [
        *(kind for kind, pattern in before if pattern.search(whole, max(0, start - _NEAR), start) is not None),
        *(kind for kind, pattern in behind if pattern.match(whole, end) is not None),
    ]


class _Kind(NamedTuple):
    """A kind of words beside a string: its pattern, and the letters it may have next to the string, None for any."""

    name: str
    pattern: re.Pattern[str]
    letters: re.Pattern[str] | None


_Kinds = tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=_LETTERS)
def _beginning_with(letter: str) -> _Kinds:
    """The kinds of words that may stand behind a string where a letter follows it: one or two, of a dozen."""
    return _possible(_behind(), letter)


@lru_cache(maxsize=_LETTERS)
def _ending_with(letter: str) -> _Kinds:
    """Likewise those that may stand before it."""
    return _possible(_before(), letter)


def _possible(kinds: Iterable[_Kind], letter: str) -> _Kinds:
    return tuple((name, pattern) for name, pattern, letters in kinds if letters is None or letters.match(letter))


@cache
def _behind() -> list[_Kind]:
    close = r"[”」]?(?:\s?[（(][^）)]{1,30}[）)])?\s?"
    tables = ("deeds", "tailed_deeds", "owned", "deeds_behind_kind", "title_deeds", "not_owned_behind", "times")
    kinds = {f">{each}>": close + alternation("chinese_unknown_names", each) for each in tables}
    kinds |= {
        ">post>": rf"(?:联合)?{alternation('chinese_people', 'roles')}",
        ">stop>": r"[”」]?[，。；、：\n]",
        ">bracket>": r"[”」]?\s?[（(]",
        ">quote>": "[”」]",
        ">share>": r"的?\s?\d+%?",
    }
    return [_kind(name, pattern, first_letters(pattern)) for name, pattern in kinds.items()]


@cache
def _before() -> list[_Kind]:
    tables = ("field_kinds", "kinds", "cities", "lands", "makers", "acted_upon", "not_owned_before")
    kinds = {f"<{each}<": rf"{alternation('chinese_unknown_names', each)}了?[“「]?" for each in tables}
    kinds |= {
        "<post<": rf"{alternation('chinese_people', 'roles')}\s?",
        "<clause<": r"(?:\A|[，。；：！？\n|｜◎•·])\s?[“「]?",
        "<sentence<": r"(?:\A|[。！？\n|｜◎•])\s?[“「]?",
        "<list<": "、[“「]?",
        "<with<": "[与和跟同向对把被由让][“「]?",
        "<of<": "的[“「]?",
        "<quote<": "[“「]",
        "<invest<": "(?:领投|跟投|参投|来自|投资[方人]|股东|由)[“「]?",
    }
    return [_kind(name, rf"{pattern}\Z", last_letters(pattern)) for name, pattern in kinds.items()]


def _kind(name: str, pattern: str, letters: str | None) -> _Kind:
    return _Kind(name, re.compile(pattern), None if letters is None else re.compile(f"[{letters}]"))
