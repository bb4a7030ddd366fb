"""The words and signs of an English sentence, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\w*|[^\W_](?:[\w&’'.+/-]*[^\W_])?|[^\s]")
_MARK = re.compile(r"(?:[-–—•*·▪►‣◦]|(?:#|No\. )?\d{1,2}(?:[.):]| ·)|\(\d{1,2}\)) ")
_SHORT = re.compile(
    r"(?P<word>(?i:it|we|they|i|you|he|she|that|there|who))(?P<aux>'(?:s|re|ve|ll|d|m))"
    r"|(?P<verb>(?i:is|are|was|were|has|have|had|do|does|did|would|could|should|wo|ca|must))(?P<no>n't)"
)
"""Two words written as one: "it's", "we've", "hasn't"; "Runway's" is another thing."""
_DATELINE = re.compile(
    r"(?:[A-Z][\w.’' -]{1,30}(?:, [A-Z][\w. ]{1,20}){0,3},? )(?:\(?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?\)?,? )?"
    r"(?:/[\w .-]{2,30}/ |\([A-Z][\w ]{2,24}\) )?(?:--|—|–) "
)
"""Where and by what wire a release was sent: "LOS ANGELES, March 10, 2026 /PRNewswire/ -- "."""


class Token(NamedTuple):
    """A word or a sign with its place; `lower` is the word without a possessive ending."""

    start: int
    end: int
    text: str
    lower: str


def tokens_of(text: str) -> list[Token]:
    """The words and signs of a sentence; the marks of a list and of bold type are none."""
    wired = "—" in text or "–" in text or "--" in text
    mark = _MARK.match(text) or (_DATELINE.match(text) if wired else None)
    matches = list(_TOKEN.finditer(text, mark.end() if mark else 0))
    written = [match[0] for match in matches]
    places = zip(
        map(re.Match.start, matches), map(re.Match.end, matches), written, map(str.lower, written), strict=True
    )
    tokens: Iterator[Token] = map(_TOKEN_OF, places)
    if "'" in text or "*" in text:
        return [part for token in tokens for part in _parts(token)]
    return list(tokens)


_TOKEN_OF = partial(tuple.__new__, Token)
"""A token of its values: of all that is read this is made the most often, so no Python stands in between."""


def _parts(token: Token) -> Iterator[Token]:
    """A token, the two of "it's", or none of the mark of bold type."""
    short = _SHORT.fullmatch(token.text)
    if short is not None:
        word, rest = short["word"] or short["verb"], short["aux"] or short["no"]
        middle = token.start + len(word)
        yield Token(token.start, middle, word, word.lower())
        yield Token(middle, token.end, rest, rest.lower())
    elif token.text != "*":
        yield token
