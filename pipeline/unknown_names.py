"""Companies nobody has listed yet, found by the way a text introduces them. Precision first: they become candidates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from db.identity import candidate_key
from pipeline.chinese.unknown_names import short_forms
from pipeline.chinese.unknown_names import unknown_names as chinese_names
from pipeline.english.unknown_names import unknown_names as english_names
from pipeline.found import NameMention

_LONGEST = 40


def discover(whole: str, taken: Sequence[tuple[int, int]], refused: Collection[str] = ()) -> Iterator[NameMention]:
    """Every mention of companies the text itself introduces as such, outside the spans already taken.

    `refused` are spellings of known names that mean something else here: nor are they anybody new.
    """
    names = {name for name in (*english_names(whole), *chinese_names(whole)) if _plausible(name) and name not in refused}
    if not names:
        return
    short = short_forms(whole, names)
    ordered = sorted({*names, *short}, key=len, reverse=True)
    pattern = re.compile(
        "|".join(
            rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])" if name[0].isascii() else re.escape(name)
            for name in ordered
        )
    )
    occupied = iter(sorted(taken))
    current = next(occupied, None)
    for match in pattern.finditer(whole):
        while current is not None and current[1] <= match.start():
            current = next(occupied, None)
        if current is not None and current[0] < match.end():
            continue
        name = short.get(match[0], match[0])
        yield NameMention(match.start(), match.end(), "company", candidate_key(name), name, False)


def _plausible(name: str) -> bool:
    key = candidate_key(name)
    return 3 <= len(key) <= _LONGEST and not name.isdigit()
