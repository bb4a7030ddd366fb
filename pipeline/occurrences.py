"""Where any of many words stands in a text, in one pass however many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind


def occurrences(text: str, words: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, word) for each place, in order, the longest word where several begin.

    A word in Latin script is never part of a longer one, nor of one with a hyphen before it.
    """
    ordered = list(words)
    if not ordered:
        return
    for index, start, end in AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
        word = ordered[index]
        if word[0].isascii() and (_is_latin(text[start - 1 : start]) or text[start - 1 : start] == "-"):
            continue
        if word[-1].isascii() and _is_latin(text[end : end + 1]):
            continue
        yield start, end, word


def _is_latin(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"
