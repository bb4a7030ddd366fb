"""What is weighed of a capitalised name in an English text: itself, its places, its like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile

from pipeline.english.organisations import organisation_word
from pipeline.learned.english_candidates import Place, common_words, words_written_small
from pipeline.learned.weights import Features
from pipeline.lexicon_files import lexicon

_TOKEN = re.compile(r"[A-Za-zÀ-ž]+|\d+|[.,;:()?!\"“”$€£\n]|[’']s\b|[—-]")
_CAMEL = re.compile(r"[a-z][A-Z]")
_ENDINGS = ("ing", "ed", "es", "s")
_SHORTEST_STEM = 4
_BEFORE, _BEHIND = 4, 5
_MOST_PLACES = 12
_LAST_RANK = 3


def of_candidates(
    whole: str, title_end: int, found: Mapping[str, Sequence[Place]], asked: Iterable[str]
) -> dict[str, Features]:
    """What is weighed of some of the candidates of a folded text whose title ends at `title_end`."""
    small = words_written_small(whole)
    tokens = list(_TOKEN.finditer(whole))
    starts = [each.start() for each in tokens]
    words = [_folded(each[0]) for each in tokens]
    ranks = {name: rank for rank, name in enumerate(sorted(found, key=lambda name: -len(found[name])))}
    told = sum(map(len, found.values()))
    parts = _Parts(found)
    result = {}
    for name in asked:
        places = found[name]
        itself = _of_name(name, parts, small)
        result[name] = {
            **_around(whole, places[:_MOST_PLACES], starts, words),
            **dict.fromkeys(itself, 1.0),
            "places": min(len(places), 8) / 4,
            "share": len(places) / told,
            f"rank {min(ranks[name], _LAST_RANK)}": 1.0,
            **dict.fromkeys(_of_places(places, title_end), 1.0),
        }
    return result


def _of_places(places: Sequence[Place], title_end: int) -> Iterator[str]:
    if len(places) == 1:
        yield "once"
    if places[0].start < title_end:
        yield "title"
    if all(each.opens for each in places):
        yield "only opens"


def _around(whole: str, places: Sequence[Place], starts: Sequence[int], words: Sequence[str]) -> Features:
    """The words before (<) and behind (>) a name, counted over its places and divided by the root of their number."""
    told: Counter[str] = Counter()
    for start, end, _ in places:
        first, behind_from = bisect_left(starts, start), bisect_left(starts, end)
        before = list(takewhile(_goes_on, reversed(words[max(0, first - _BEFORE) : first])))
        behind = list(takewhile(_goes_on, words[behind_from : behind_from + _BEHIND]))
        told.update(_side("<", before, 2))
        told.update(_side(">", behind, 3))
        told.update(_shapes(whole, start, end))
        if len(behind) > 1 and behind[0] == "'s":
            told[f"owns {behind[1]}"] += 1
    root = len(places) ** 0.5
    return {feature: min(1.0, count / root) for feature, count in told.items()}


def _goes_on(word: str) -> bool:
    """Whether it does not end the line."""
    return word != "\n"


def _side(sign: str, near: Sequence[str], placed: int) -> Iterator[str]:
    if not near:
        yield sign
    for place, word in enumerate(near):
        yield f"{sign}{word}"
        if place < placed:
            yield f"{sign}{place} {word}"
    if len(near) > 1:
        yield f"{sign}{near[0]} {near[1]}"
    if len(near) > 2 and sign == ">":
        yield f"{sign}1 {near[1]} {near[2]}"


_NEXT, _PREVIOUS = re.compile(r" ([a-z]+)"), re.compile(r"([a-z]+) \Z")


def _shapes(whole: str, start: int, end: int) -> Iterator[str]:
    """How the words beside a name end: verbs are many, their endings few."""
    behind, before = _NEXT.match(whole, end), _PREVIOUS.search(whole[max(0, start - 25) : start])
    if behind is not None:
        yield f">-{behind[1][-2:]}"
        yield from (f">{kind}>" for kind in _kinds().get(_stem(behind[1]), ()))
    if before is not None:
        yield f"<-{before[1][-3:]}"
        yield from (f"<{kind}<" for kind in _kinds().get(_stem(before[1]), ()))


class _Parts:
    """Which names of a text a word begins or ends, and which names are one word."""

    def __init__(self, names: Collection[str]) -> None:
        long = [name.split(" ") for name in names if " " in name]
        self.first = frozenset(words[0] for words in long)
        self.last = frozenset(words[-1] for words in long)
        self.alone = frozenset(name for name in names if " " not in name)
        self.of_organisations = frozenset(words[0] for words in long if organisation_word().fullmatch(words[-1]))


def _of_name(name: str, parts: _Parts, small: Collection[str]) -> Iterator[str]:
    """What a name itself tells."""
    words = name.split(" ")
    yield f"words {min(len(words), 4)}"
    if words[-1] in _tails():
        yield f"tail {words[-1]}"
    elif organisation_word().fullmatch(words[-1]):
        yield "tail of an organisation"
    if len(words) == 1:
        yield f"ends -{name[-2:].lower()}"
        if name in parts.first:
            yield "first of another"
        if name in parts.of_organisations:
            yield "first of an organisation"
        if name in parts.last:
            yield "last of another"
        if name.lower() in small:
            yield "small elsewhere"
        if name.lower() in common_words():
            yield "common word"
    else:
        yield f"begins {words[0]}"
        if words[0] in parts.alone:
            yield "first alone"
        if words[-1] in parts.alone:
            yield "last alone"
        if all(word.lower() in common_words() for word in words):
            yield "common words"
    if "&" in words:
        yield "and"
    if _CAMEL.search(name):
        yield "camel"
    if any(character.isdigit() for character in name):
        yield "digit"
    if name.isupper():
        yield f"upper {min(len(name), 5)}"
    if "." in name:
        yield "dot"


def _folded(token: str) -> str:
    if token.isdigit():
        return "0"
    if token[0].isupper():
        return "Name"
    if token[0].isalpha():
        return _stem(token)
    return "'s" if len(token) == 2 else token


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@cache
def _kinds() -> Mapping[str, tuple[str, ...]]:
    """Stem -> the lists of the lexicon that have a word of it."""
    table = lexicon("pipeline.lexicon", "english_unknown_names")
    kinds: dict[str, set[str]] = {}
    for kind in ("nouns", "verbs", "doing", "roles", "people"):
        for each in table[kind]:
            if each.isalpha():
                kinds.setdefault(_stem(each), set()).add(kind)
    return {stem: tuple(sorted(each)) for stem, each in kinds.items()}


@cache
def _tails() -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", "english_unknown_names")["tails"])
