"""What is weighed of a string that may be a company's name in a Chinese text: itself, its places, its like."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

from pipeline.chinese.patterns import HAN
from pipeline.learned.chinese_candidates import MOST_PLACES, Places, tails
from pipeline.learned.chinese_words_beside import kinds_at
from pipeline.learned.weights import Features
from pipeline.lexicon_files import lexicon

_WINDOW = 14
"""Characters before and behind a name that are read."""
_PAIR = 2
_LAST_RANK = 4
_LAST_SEEN = 6
_SURNAMED = 3
_SIGN = re.compile(r"[0-9.,]+|[A-Za-zÀ-žḀ-ỿ’']+")
_STOP = re.compile(r"[。！？；\n]")
_ALL_HAN = re.compile(rf"[{HAN}]+")


class Weighed:
    """The candidates of one text: what is weighed of each is worked out when it is asked for."""

    def __init__(self, whole: str, title_end: int, found: Places, common: Mapping[str, int]) -> None:
        """Of a folded text whose title ends at `title_end`; `common` as for `candidates`."""
        self._whole, self._title_end, self._found, self._common = whole, title_end, found, common
        by_often = sorted(found, key=lambda name: -len(found[name]))
        self._ranks = {name: min(rank, _LAST_RANK) for rank, name in enumerate(by_often)}
        self._told = sum(map(len, found.values()))
        self._related = _related(found)

    def features(self, name: str) -> Features:
        """What is weighed of a candidate."""
        places = self._found[name]
        kinds, around = _of_places(self._whole, name, places[:MOST_PLACES], self._title_end)
        itself = _of_itself(name, self._common)
        times = f"told {min(len(places), 4)}"
        new = next(each for each in itself if each.startswith(("seen", "latin", "mixed")))
        return {
            **around,
            **itself,
            **self._related.get(name, {}),
            **{f"{kind}, {new}": 1.0 for kind in [*kinds, times]},
            **dict.fromkeys([*kinds, times, f"rank {self._ranks[name]}"], 1.0),
            "share": len(places) / self._told,
            "often": math.log2(len(places)),
        }


def _related(found: Places) -> dict[str, Features]:
    """Whether other candidates are part of a candidate, or it of them, and what they have beyond it."""
    result: dict[str, Features] = {}
    for short, long in ((one, two) for two in found for one in found if len(one) < len(two) and one in two):
        of_short, of_long = result.setdefault(short, {}), result.setdefault(long, {})
        if long.startswith(short):
            beyond = long[len(short) :]
            of_short |= {"begins a longer": 1.0, f"longer ends {beyond[-2:]}": 1.0}
            of_long |= {"a shorter begins it": 1.0, f"beyond {beyond}": 1.0}
        else:
            where = "ends" if long.endswith(short) else "in"
            of_short[f"{where} a longer"] = 1.0
            of_long[f"a shorter {where} it"] = 1.0
        if len(found[long]) >= len(found[short]):
            of_short["no oftener than a longer"] = of_long["as often as a shorter"] = 1.0
    return result


def _of_places(whole: str, name: str, places: Sequence[int], title_end: int) -> tuple[list[str], Features]:
    """(the kinds of words beside the name and their pairs, all that is beside it with how often it is there)."""
    beside, shares = Counter[str](), Counter[str]()
    kinds: set[str] = set()
    for start in places:
        end = start + len(name)
        before = _plain(_STOP.split(whole[max(0, start - _WINDOW) : start])[-1])
        behind = _plain(_STOP.split(whole[end : end + _WINDOW], maxsplit=1)[0])
        beside.update(_beside(before, behind))
        here = kinds_at(whole, start, end)
        shares.update(here)
        kinds.update(here)
        kinds.update(" ".join(pair) for pair in combinations(here, 2))
        if start < title_end:
            kinds.add("title")
    scale = math.sqrt(len(places))
    return sorted(kinds), {
        **{feature: min(1.0, times / scale) for feature, times in beside.items()},
        **{f"share {kind}": times / len(places) for kind, times in shares.items()},
    }


def _beside(before: str, behind: str) -> Iterator[str]:
    yield f"<{before[-1:]}"
    yield f">{behind[:1]}"
    yield from (f"<{before[-length:]}" for length in (2, 3) if len(before) >= length)
    yield from (f">{behind[:length]}" for length in (2, 3) if len(behind) >= length)
    yield from (f">{away}{behind[away : away + 2]}" for away in (1, 2) if len(behind) > away + 1)
    if len(before) > _PAIR:
        yield f"<1{before[-3:-1]}"
    yield from {f"<<{one}{other}" for one, other in pairwise(before)}
    yield from {f">>{one}{other}" for one, other in pairwise(behind)}


def _plain(words: str) -> str:
    return _SIGN.sub(lambda match: "0" if match[0][0].isdigit() else "A", words)


def _of_itself(name: str, common: Mapping[str, int]) -> Features:
    if _ALL_HAN.fullmatch(name) is None:
        return dict.fromkeys(_of_latin(name), 1.0)
    pairs = [_seen(name[at : at + 2], common) for at in range(len(name) - 1)]
    features = {
        f"length {len(name)}": 1.0,
        f"ends {name[-2:]}": 1.0,
        f"ends {name[-1]}": 1.0,
        f"rarest {min(pairs)}": 1.0,
        f"commonest {max(pairs)}": 1.0,
        f"first pair {pairs[0]}": 1.0,
        f"seen {_seen(name, common)}": 1.0,
        "pairs": sum(pairs) / len(pairs) / 3,
    }
    if name[0] in lexicon("pipeline.lexicon", "chinese_people")["surnames"] and len(name) <= _SURNAMED:
        features["surname"] = 1.0
    stem = _last_tail().sub("", name)
    if stem != name and len(stem) > 1:
        features |= {"tail": 1.0, f"stem seen {_seen(stem, common)}": 1.0, f"stem length {len(stem)}": 1.0}
    return features


def _of_latin(name: str) -> Iterator[str]:
    words = name.split()
    yield from ("latin" if name[0] < "\u2e80" else "mixed", f"words {min(len(words), 3)}", f"ends {words[-1]}")
    yield f"letters {min(len(name), 12) // 3}"
    if name.isupper():
        yield "upper"
    if re.search(r"\d", name):
        yield "digit"
    if re.search(r"[a-z][A-Z]", name):
        yield "camel"
    if re.search(r"[ -][\dIVX.]+$", name):
        yield "version"


@cache
def _last_tail() -> re.Pattern[str]:
    return re.compile(rf"(?:{tails().pattern})$")


def _seen(string: str, common: Mapping[str, int]) -> int:
    return min(int(math.log2(common.get(string, 0) + 1)), _LAST_SEEN)
