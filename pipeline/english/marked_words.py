"""The words of an English sentence, each with the name it is part of, and whether it is part of a date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.english.tokens import Token
from pipeline.values.found import FoundDate, NameMention


class Words(NamedTuple):
    """Tokens with the mention each belongs to, and whether it is part of a date."""

    tokens: list[Token]
    mention_of: list[NameMention | None]
    dated: list[bool]


def covering(tokens: list[Token], mentions: Sequence[NameMention]) -> list[NameMention | None]:
    """The mention each token is part of."""
    found: list[NameMention | None] = [None] * len(tokens)
    for mention in sorted(mentions):
        for place in _within(tokens, mention.start, mention.end):
            found[place] = found[place] or mention
    return found


def dated_tokens(tokens: list[Token], dates: Sequence[FoundDate]) -> list[bool]:
    """Whether each token is part of a date."""
    found = [False] * len(tokens)
    for date in dates:
        for place in _within(tokens, date.start, date.end):
            found[place] = True
    return found


def _within(tokens: list[Token], start: int, end: int) -> range:
    """The numbers of the tokens that a span has part of."""
    first = bisect_left(tokens, (start,))
    if first and tokens[first - 1].end > start:
        first -= 1
    return range(first, bisect_left(tokens, (end,)))
