"""Strings of a Chinese text that may be somebody's name: what it comes back to, what it quotes, what is not Chinese."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pipeline.chinese.patterns import HAN, alternation, any_of
from pipeline.lexicon_files import lexicon
from pipeline.matching.occurrences import places_of

_TABLE = "chinese_unknown_names"
READ = 8_000
"""Characters of a text that are looked at: whom it is about it tells before that, and the cost stays bounded."""
_SHORTEST, _LONGEST = 2, 7
_SHORTEST_RUN = 3
_LONGEST_STEM = 4
MOST_PLACES = 12
"""Places of a candidate that are looked at."""
_MOST = 200
"""Candidates of a text; those told most often are kept."""
_COMMON = 4
"""A string that names nobody in so many texts is a word."""
_FREQUENT = 5
"""A pair of characters in more texts than this begins a word of everybody."""
_LETTER = "A-Za-z0-9À-žḀ-ỿ"

_RUN = re.compile(rf"[{HAN}]+")
_QUOTED = re.compile(rf"[“「](?P<name>[{HAN}{_LETTER} .·&-]{{2,14}})[”」]")
_WORD = rf"[A-Z](?:(?!(?:19|20)\d\d ?年|\d{{1,2}}月)[{_LETTER}.’'-]){{0,23}}(?<![.’'-])"
_LATIN = re.compile(rf"(?<![{_LETTER}.&-])(?<![A-Za-z] )(?P<name>{_WORD}(?: (?:& )?{_WORD}){{0,2}})(?![A-Za-zÀ-ž&])")

Places = dict[str, list[int]]


def candidates(whole: str, common: Mapping[str, int]) -> Places:
    """Candidate -> where it begins in a folded text, of which the beginning is read.

    `common` tells in how many texts a string of Chinese characters stands that names nobody there.
    """
    read = whole[:READ]
    found: Places = defaultdict(list)
    for match in _LATIN.finditer(read):
        head = _posts().match(match["name"])
        name = match["name"] if head is None else match["name"][head.end() :]
        if name and not is_refused(name):
            found[name].append(match.end("name") - len(name))
    quoted = {match["name"] for pattern in (_QUOTED, _mixed()) for match in pattern.finditer(read)}
    quoted = {name for name in quoted if not is_refused(name)}
    runs = [(match.start(), match[0]) for match in _RUN.finditer(read)]
    wanted = quoted | {name for _, run in runs for name in _told_once(run, common)}
    told = _told_again(runs)
    told |= {name: list(places_of(read, name)) for name in wanted - told.keys() - found.keys()}
    for name, places in told.items():
        if name in quoted or (_may_be_name(name, common) and (name in wanted or _is_free(read, name, places))):
            found[name] = places
    kept = sorted(found, key=lambda name: (-len(found[name]), found[name], len(name)))[:_MOST]
    return {name: found[name] for name in kept}


def is_refused(name: str) -> bool:
    """Whether a string is no company's name, whatever is told of it."""
    return (
        any(any_of(_TABLE, kind).search(name) is not None for kind in ("refused", "no_company"))
        or any_of(_TABLE, "common_nouns").match(name) is not None
    )


@cache
def _posts() -> re.Pattern[str]:
    """The posts before a name: "CEO", "AI CEO"."""
    return re.compile(rf"(?:{alternation(_TABLE, 'latin_posts')}(?: |$))+")


@cache
def _mixed() -> re.Pattern[str]:
    """A name in Chinese characters with a Latin end."""
    ends = alternation(_TABLE, "latin_tails")
    return re.compile(rf"(?<![{HAN}])(?P<name>[{HAN}]{{2,5}}\s?{ends})(?![A-Za-z])")


def _told_again(runs: Iterable[tuple[int, str]]) -> Places:
    """The strings of the runs that are told more than once, and where.

    What is told more than once begins with what is: every place is looked at once, and then only those that came back.
    """
    rest = {start + at: run[at : at + _LONGEST] for start, run in runs for at in range(len(run) - _SHORTEST + 1)}
    told: Places = {}
    places: Iterable[int] = rest
    for length in range(_SHORTEST, _LONGEST + 1):
        by_string: Places = defaultdict(list)
        for place in places:
            if len(rest[place]) >= length:
                by_string[rest[place][:length]].append(place)
        again = {string: each for string, each in by_string.items() if len(each) > 1}
        told |= again
        places = [place for each in again.values() for place in each]
    return told


def _told_once(run: str, common: Mapping[str, int]) -> Iterator[str]:
    """What may be a name though told once: between two signs, with a company's tail, before a clause's first word."""
    if _SHORTEST_RUN <= len(run) <= _LONGEST - 1:
        yield run
    for match in tails().finditer(run):
        for length in range(_SHORTEST, _LONGEST_STEM + 1):
            if match.start() >= length:
                yield run[match.start() - length : match.end()]
    for length in range(_SHORTEST, min(_LONGEST - 1, len(run) - 2) + 1):
        if run[length - 2 : length] in common or run[:length] in common:
            return
        if common.get(run[length : length + 2], 0) > _FREQUENT:
            yield run[:length]


@cache
def tails() -> re.Pattern[str]:
    """How names of companies end."""
    sure, weak = (alternation(_TABLE, kind) for kind in ("tails", "weak_tails"))
    return re.compile(f"{sure}|{weak}")


def _is_free(read: str, name: str, places: list[int]) -> bool:
    """Whether different things stand before and behind a string: else it is part of a longer one."""
    asked = places[:MOST_PLACES]
    return _varies(read[place - 1 : place] if place else "" for place in asked) and _varies(
        read[place + len(name) : place + len(name) + 1] for place in asked
    )


def _varies(beside: Iterator[str]) -> bool:
    seen: set[str] = set()
    for character in beside:
        if _RUN.fullmatch(character) is None:
            return True
        seen.add(character)
    return len(seen) > 1


def _may_be_name(name: str, common: Mapping[str, int]) -> bool:
    if len(set(name)) == 1 or name[0] in _letters("never_first") or name[-1] in _letters("never_last"):
        return False
    return _letters("never_in").isdisjoint(name) and common.get(name, 0) < _COMMON and not is_refused(name)


@cache
def _letters(kind: str) -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", _TABLE)[kind])
