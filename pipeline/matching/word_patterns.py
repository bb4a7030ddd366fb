"""Many words as one pattern that a text is searched for at little cost."""

from __future__ import annotations

import re
from collections.abc import Iterable


def english_words(words: Iterable[str]) -> str:
    """Whole words or phrases; a space or a hyphen in one stands for either.

    Grouped by first letter, each group opening with that letter: the pattern then begins with literals, which `re`
    skips to three times as fast as to a word boundary (measured).
    """
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rest = re.sub(r"\\[ -]|[ -]", "[ -]", re.escape(word[1:]))
        by_letter.setdefault(word[0], []).append(rest)
    groups = (
        rf"{re.escape(letter)}(?<=\b{re.escape(letter)})(?:{'|'.join(rests)})" for letter, rests in by_letter.items()
    )
    return rf"(?:{'|'.join(groups)})\b"


def whole_words(words: Iterable[str]) -> str:
    """As `english_words`, the plain way: for a `LedPattern`, which looks for its words itself."""
    spelled = (re.sub(r"\\[ -]|[ -]", "[ -]", re.escape(word)) for word in sorted(words, key=len, reverse=True))
    return rf"\b(?:{'|'.join(spelled)})\b"


def chinese_words(words: Iterable[str]) -> str:
    """Words anywhere, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
