"""Which texts are copies of one another: a sketch of each text, and who is joined with whom.

MinHash over shingles of four words (a Chinese character counts as one), after folding scripts, case and punctuation
away: of 292 articles measured no two independent ones share more than 15 % of their shingles, while a reprint with a
note, a cut end or a few words changed shares more than half. A copy may be dated before its original, so nobody is
taken for the first: whether two texts are copies depends on these two alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from operator import eq

from db.model import Sketch
from db.nouns.facts import Judgement
from db.nouns.identity import fold
from pipeline.facts.judged import Judged, judged
from pipeline.fold import fold_text

BANDS, ROWS = 24, 4
_SEED = 1
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_SHINGLE = 4
_FEWEST_SHINGLES = 24
"""Of a shorter text nobody can tell a copy from a coincidence."""
_MOST_WORDS = 20_000
_ALIKE = 0.5


def sketch(text: str) -> Sketch | None:
    """The sketch of a text; None where it is too short to be told from others."""
    from rensa import RMinHash

    words = _WORDS.findall(fold(fold_text(text)))[:_MOST_WORDS]
    shingles = {" ".join(words[place : place + _SHINGLE]) for place in range(len(words) - _SHINGLE + 1)}
    if len(shingles) < _FEWEST_SHINGLES:
        return None
    hashes = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    hashes.update(list(shingles))
    return tuple(hashes.digest())


@lru_cache(maxsize=1024)
def bands(hashes: Sketch) -> tuple[int, ...]:
    """The keys under which a sketch is filed: near-copies share one, unrelated texts hardly ever (64-bit, signed).

    Four equal hashes make a band: of texts half alike eight in ten meet, of those two thirds alike 99 in a hundred.
    """
    return tuple(_band(number, hashes[number * ROWS : (number + 1) * ROWS]) for number in range(BANDS))


def _band(number: int, hashes: Sequence[int]) -> int:
    key = blake2b(digest_size=8, salt=number.to_bytes(2, "big"))
    for each in hashes:
        key.update(each.to_bytes(4, "big"))
    return int.from_bytes(key.digest(), "big", signed=True)


def are_copies(one: Sketch, other: Sketch) -> bool:
    """Whether two texts have at least half of their shingles in common, as far as their sketches tell."""
    return _common(one, other) >= _ALIKE


def _common(one: Sketch, other: Sketch) -> float:
    return float(sum(map(eq, one, other))) / len(one)


def stories(sketches: Mapping[str, Sequence[Sketch]], judgements: Iterable[Judgement] = ()) -> list[list[str]]:
    """The groups of articles (by key) that are copies of one another, or were judged to be; the single ones too.

    `sketches`: one of every version of an article. What a person judged different stays apart: pairs are joined from
    the most alike on, and none that would bring those two together. The order of articles is no matter.
    """
    decided = judged(judgements)
    groups = _Groups(sorted(sketches), decided)
    for one, other in _pairs(sketches, decided):
        groups.join(one, other)
    for one, other in decided.together:
        if one in sketches and other in sketches:
            groups.join(one, other)
    return groups.all()


def _pairs(sketches: Mapping[str, Sequence[Sketch]], decided: Judged) -> Iterator[tuple[str, str]]:
    """The pairs of near-copies, the most alike first, then by their keys. Equal texts are compared as one."""
    spoken_of = {key for pair in (*decided.together, *decided.apart) for key in pair}
    same: defaultdict[object, list[str]] = defaultdict(list)
    for key in sorted(sketches):
        same[key if key in spoken_of or not sketches[key] else tuple(sketches[key])].append(key)
    for keys in same.values():
        yield from ((keys[0], key) for key in keys[1:])
    found = []
    for one, other in combinations(sorted(keys[0] for keys in same.values()), 2):
        common = max((_common(left, right) for left in sketches[one] for right in sketches[other]), default=0)
        if common >= _ALIKE:
            found.append((-common, one, other))
    yield from ((one, other) for _, one, other in sorted(found))


class _Groups:
    """The groups so far, each article's under its key."""

    def __init__(self, keys: Sequence[str], decided: Judged) -> None:
        self._group = {key: [key] for key in keys}
        self._apart = decided.apart

    def join(self, one: str, other: str) -> None:
        left, right = self._group[one], self._group[other]
        if left is right or any((min(a, b), max(a, b)) in self._apart for a in left for b in right):
            return
        left.extend(right)
        self._group.update(dict.fromkeys(right, left))

    def all(self) -> list[list[str]]:
        """Every group once, sorted."""
        return sorted(sorted(group) for group in {id(group): group for group in self._group.values()}.values())
