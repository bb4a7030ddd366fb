"""What is weighed of a string that may be a company's name in a Chinese text: itself, its places, its like."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from pipeline.chinese.patterns import HAN, alternation
from pipeline.learned.chinese_candidates import MOST_PLACES, Places, tails
from pipeline.learned.weights import Features
from pipeline.lexicon_files import lexicon

_WINDOW = 14
"""Characters before and behind a name that are read."""
_NEAR = 12
_PAIR = 2
_LAST_RANK = 4
_LAST_SEEN = 6
_SURNAMED = 3
_SIGN = re.compile(r"[0-9.,]+|[A-Za-zÀ-žḀ-ỿ’']+")
_STOP = re.compile(r"[。！？；\n]")
_ALL_HAN = re.compile(rf"[{HAN}]+")


def of_candidates(whole: str, title_end: int, found: Places, common: Mapping[str, int]) -> dict[str, Features]:
    """What is weighed of each candidate of a folded text whose title ends at `title_end`."""
    ranks = {name: rank for rank, name in enumerate(sorted(found, key=lambda name: -len(found[name])))}
    told = sum(len(places) for places in found.values())
    related = _related(found)
    result = {}
    for name, places in found.items():
        kinds, around = _of_places(whole, name, places[:MOST_PLACES], title_end)
        itself = _of_itself(name, common)
        times = f"told {min(len(places), 4)}"
        new = next(each for each in itself if each.startswith(("seen", "latin", "mixed")))
        result[name] = {
            **around,
            **itself,
            **related.get(name, {}),
            **{f"{kind}, {new}": 1.0 for kind in [*kinds, times]},
            **dict.fromkeys([*kinds, times, f"rank {min(ranks[name], _LAST_RANK)}"], 1.0),
            "share": len(places) / told,
            "often": math.log2(len(places)),
        }
    return result


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
    features: Features = {}
    kinds: set[str] = set()
    for start in places:
        end = start + len(name)
        before = _plain(_STOP.split(whole[max(0, start - _WINDOW) : start])[-1])
        behind = _plain(_STOP.split(whole[end : end + _WINDOW])[0])
        for feature in _beside(before, behind):
            features[feature] = features.get(feature, 0.0) + 1.0
        here = [kind for kind, pattern in _before().items() if pattern.search(whole, max(0, start - _NEAR), start)]
        here += [kind for kind, pattern in _behind().items() if pattern.match(whole, end)]
        for kind in here:
            features[f"share {kind}"] = features.get(f"share {kind}", 0.0) + 1 / len(places)
        kinds.update(here)
        kinds.update(" ".join(pair) for pair in combinations(here, 2))
        if start < title_end:
            kinds.add("title")
    scale = math.sqrt(len(places))
    return sorted(kinds), {
        feature: min(1.0, value / scale) if feature[0] in "<>" else value for feature, value in features.items()
    }


def _beside(before: str, behind: str) -> Iterator[str]:
    yield f"<{before[-1:]}"
    yield f">{behind[:1]}"
    for length in (2, 3):
        if len(before) >= length:
            yield f"<{before[-length:]}"
        if len(behind) >= length:
            yield f">{behind[:length]}"
    for away in (1, 2):
        if len(behind) > away + 1:
            yield f">{away}{behind[away : away + 2]}"
    if len(before) > _PAIR:
        yield f"<1{before[-3:-1]}"
    yield from {f"<<{before[at : at + 2]}" for at in range(len(before) - 1)}
    yield from {f">>{behind[at : at + 2]}" for at in range(len(behind) - 1)}


def _plain(words: str) -> str:
    return _SIGN.sub(lambda match: "0" if match[0][0].isdigit() else "A", words)


@cache
def _behind() -> dict[str, re.Pattern[str]]:
    close = r"[”」]?(?:\s?[（(][^）)]{1,30}[）)])?\s?"
    tables = ("deeds", "tailed_deeds", "owned", "deeds_behind_kind", "title_deeds", "not_owned_behind", "times")
    kinds = {f">{each}>": close + alternation("chinese_unknown_names", each) for each in tables}
    kinds |= {
        ">post>": rf"(?:联合)?{alternation('chinese_people', 'roles')}",
        ">stop>": r"[”」]?[，。；、：\n]",
        ">bracket>": r"[”」]?\s?[（(]",
        ">quote>": "[”」]",
        ">share>": r"的?\s?\d+%?",
    }
    return {kind: re.compile(pattern) for kind, pattern in kinds.items()}


@cache
def _before() -> dict[str, re.Pattern[str]]:
    tables = ("field_kinds", "kinds", "cities", "lands", "makers", "acted_upon", "not_owned_before")
    kinds = {f"<{each}<": rf"{alternation('chinese_unknown_names', each)}了?[“「]?$" for each in tables}
    kinds |= {
        "<post<": rf"{alternation('chinese_people', 'roles')}\s?$",
        "<clause<": r"(?:\A|[，。；：！？\n|｜◎•·])\s?[“「]?$",
        "<sentence<": r"(?:\A|[。！？\n|｜◎•])\s?[“「]?$",
        "<list<": "、[“「]?$",
        "<with<": "[与和跟同向对把被由让][“「]?$",
        "<of<": "的[“「]?$",
        "<quote<": "[“「]$",
        "<invest<": "(?:领投|跟投|参投|来自|投资[方人]|股东|由)[“「]?$",
    }
    return {kind: re.compile(pattern) for kind, pattern in kinds.items()}


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
