"""Capitalised words of an English text that may be somebody's name, and where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.english.unknown_names import any_word

READ = 20_000
"""Characters of a text that are looked at: whom it is about it tells before that, and the cost stays bounded."""
_MOST = 200
"""Names of a text; more than these, and it is a list."""
_SHORTEST = 3
_NAME = re.compile(
    r"(?<![\w’'.&@/-])(?:[A-Z](?=[\w-]*[a-z\d])|\d(?=\w*[A-Z]))[\w-]*(?:\.(?:ai|io|tv|AI)\b|\+)?"
    r"(?: (?:& )?(?:[A-Z][\w&-]*|AI)(?![\w])){0,4}"
    r"|(?<![\w.&@/-])[A-Z]{2,12}(?:[-+&]\w+)?(?![\w])"
)
_OPENING = re.compile(r"(?:\A|[.!?:;\n•*#|“\"(—-])\s*\Z")
_SMALL = re.compile(r"(?<![\w’'-])[a-z]{2,}(?!\w)")
_LEADS = ("-based", "-backed", "-owned", "-founded", "-language", "-listed", "-born", "-run", "-trained")


class Place(NamedTuple):
    """Where a name stands; `opens`: it begins a sentence, so that its capital says nothing."""

    start: int
    end: int
    opens: bool


def candidates(whole: str) -> dict[str, list[Place]]:
    """Name -> its places in a folded text, without the words that only open a sentence or lead to a name."""
    read = whole[:READ]
    small = words_written_small(read)
    stop = any_word("stop", "crowds", "labels")
    no_names = any_word("cities", "lands", "no_names")
    found: dict[str, list[Place]] = defaultdict(list)
    for match in _NAME.finditer(read):
        start, end = match.span()
        words = match[0].split(" ")
        opens = _OPENING.search(read, max(0, start - 3), start) is not None
        while words and (
            words[0] in stop or words[0].endswith(_LEADS) or (opens and len(words) > 1 and words[0].lower() in small)
        ):
            start += len(words[0]) + 1
            words = words[1:]
        name = " ".join(words)
        if not words or words[-1] in stop or len(name) < _SHORTEST or name in no_names:
            continue
        if name in found or len(found) < _MOST:
            found[name].append(Place(start, end, opens and start == match.start()))
    return {name: places for name, places in found.items() if not _is_plain(name, places)}


def words_written_small(text: str) -> set[str]:
    """The words that a text writes without a capital."""
    return set(_SMALL.findall(text))


def _is_plain(name: str, places: Collection[Place]) -> bool:
    """Whether its capital tells nothing of a word: "Prior to this,"."""
    return " " not in name and all(each.opens for each in places) and name.lower() in common_words()


@cache
def common_words() -> frozenset[str]:
    """The words that several of the texts `make weights` learns from write without a capital."""
    return frozenset(files("pipeline.learned").joinpath("english_words.txt").read_text(encoding="utf-8").split())
