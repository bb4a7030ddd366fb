"""Companies of an English text that no rule finds, as learned from texts whose names are labelled.

A company that nothing introduces is still told of as companies are: it says, owns, is joined and sold. No single sign
proves that; the weights of all signs together do.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from pipeline.learned.english_candidates import Place, candidates
from pipeline.learned.english_name_features import of_candidates
from pipeline.learned.weights import weights
from pipeline.lexicon_files import lexicon

TABLE = "english_names"
COMPANY = "company"
_SURE = 0.7
"""Left out of the learning, a name that is so likely a company's is one nine times in ten."""
_FEWEST = 2
"""Places of a name that is not in the title: whom a text names once it is hardly about."""


def learned_names(whole: str, taken: Collection[tuple[int, int]], told: Collection[str]) -> set[str]:
    """The companies of a folded text (title, blank line, text) beside those that rules found.

    `taken` are the spans of known names, `told` the names rules found: no part of one is a name, nor what begins so.
    """
    title_end = max(whole.find("\n\n"), 0)
    found = candidates(whole)
    known = [name.split(" ") for name in (*told, *(whole[start:end] for start, end in taken))]
    parts, heads = {word for words in known for word in words}, {words[0] for words in known}
    asked = [
        name
        for name, places in found.items()
        if (len(places) >= _FEWEST or places[0].start < title_end)
        and name not in parts
        and name.partition(" ")[0] not in heads
        and not _is_covered(places, taken)
        and not _is_thing(whole, places)
    ]
    if not asked:
        return set()
    table = weights(TABLE)
    likeliest = {
        name: table.likeliest(features) for name, features in of_candidates(whole, title_end, found, asked).items()
    }
    return {name for name, (kind, likely) in likeliest.items() if kind == COMPANY and likely >= _SURE}


def _is_thing(whole: str, places: Collection[Place]) -> bool:
    """Whether a word such as "app" stands before a name somewhere: "the video app Dubbly"."""
    before = (_WORD_BEFORE.search(whole, max(0, place.start - _LONGEST_WORD), place.start) for place in places)
    return any(match is not None and match["word"] in _things() for match in before)


_WORD_BEFORE = re.compile(r"(?P<word>[a-z-]+),? [“\"]?\Z")
_LONGEST_WORD = 14


@cache
def _things() -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", "english_unknown_names")["thing_nouns"])


def _is_covered(places: Collection[Place], taken: Collection[tuple[int, int]]) -> bool:
    """Whether a name stands within or around a known one wherever it stands."""
    return all(any(start < place.end and place.start < end for start, end in taken) for place in places)
