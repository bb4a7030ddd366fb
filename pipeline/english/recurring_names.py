"""Companies a text keeps speaking of though it never introduces them: by what only companies do, own and suffer.

One sentence proves little: a name counts by all of its places, those that speak against it included.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from pipeline.english.organisations import ends_as_organisation
from pipeline.lexicon_files import lexicon

_NAME = re.compile(r"(?<![\w’'.&@/-])[A-Z](?=[\w-]*[a-z\d])[\w-]*(?: (?:& )?(?:[A-Z][\w-]*|AI)(?![\w])){0,8}")
"""A run of capitals is cut somewhere: one without end would cost the square of its length."""
_MOST_WORDS = 3
_ENOUGH = 4
_DIGIT = re.compile(r" ?v?\d")


def recurring_names(
    whole: str, people: Collection[str], stop: Collection[str], lands: Collection[str]
) -> Iterator[str]:
    """The names of a folded title and text that act as companies throughout; `stop`: words that only open sentences."""
    places: dict[str, list[tuple[int, int]]] = {}
    for match in _NAME.finditer(whole):
        words, start = match[0].split(), match.start()
        if " ".join(words).removeprefix("The ") in lands:
            continue
        while words and (words[0] in stop or words[0].endswith("-based")):
            start += len(words[0]) + 1
            words = words[1:]
        if words and len(words) <= _MOST_WORDS and words[-1] not in stop:
            places.setdefault(" ".join(words), []).append((start, match.end()))
    for name, spans in places.items():
        if (
            name not in people
            and name not in lands
            and name.split()[-1] not in people
            and _is_company(whole, name, spans)
        ):
            yield name


def _is_company(whole: str, name: str, spans: Collection[tuple[int, int]]) -> bool:
    """Whether what stands around a name, at all its places together, makes it a company's."""
    signs = _signs()
    proof, weight = 0, 0
    for start, end in spans:
        before = whole[max(0, start - 40) : start]
        for pattern, behind, value in signs:
            if (pattern.match(whole, end) if behind else pattern.search(before)) is not None:
                weight += value
                proof = max(proof, value)
        if _DIGIT.match(whole, end):
            weight -= _PROOF  # a product with its version
    sure = " " not in name or ends_as_organisation(name) or proof > _PROOF  # two words may be a person's name
    once = len(spans) == 1 and proof <= _PROOF
    return proof >= _PROOF and weight >= (_ENOUGH if sure else _ENOUGH + 2) + once


_PROOF = 2


@cache
def _signs() -> tuple[tuple[re.Pattern[str], bool, int], ...]:
    """(pattern, whether it stands behind the name, what it counts)."""
    table: dict[str, list[dict[str, object]]] = lexicon("pipeline.lexicon", "recurring_names")
    return tuple(
        (
            re.compile(f"(?:{each['says']})" if place == "behind" else f"(?:{each['says']})\\Z"),
            place == "behind",
            int(str(each["counts"])),
        )
        for place in ("behind", "before")
        for each in table[place]
    )
