"""Companies of a Chinese text that no rule finds, as learned from labelled articles."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from pipeline.chinese.patterns import alternation
from pipeline.chinese.unknown_names import other_trades
from pipeline.learned.chinese_candidates import MOST_PLACES, Places, candidates, tails
from pipeline.learned.chinese_name_features import of_candidates
from pipeline.learned.weights import weights

COMPANY = "company"
_SURE = 0.55
"""So likely a company a candidate is taken for one where a text has none else."""
_SURER = 0.75
"""Likewise where it has: what is told of that one may be told of it."""
_ALSO = 0.25
"""So likely the short or the long form of one that is taken is taken as well."""


def learned_names(whole: str, taken: Collection[tuple[int, int]], told: Collection[str]) -> dict[str, str]:
    """The companies of a folded text (title, blank line, text) as written -> their full names.

    `taken` are the spans of known names, `told` the names rules found: no part of one is a name unless it is its
    short form.
    """
    common = common_words()
    found = candidates(whole, common)
    if not found:
        return {}
    title_end = max(whole.find("\n\n"), 0)
    table = weights("chinese_names")
    likely = {}
    for name, features in of_candidates(whole, title_end, found, common).items():
        answer, probability = table.likeliest(features)
        likely[name] = probability if answer == COMPANY else 1 - probability
    others = _others(whole, found)
    trades = other_trades()
    covered = {place for start, end in taken for place in range(start, end)}
    sure = _SURER if told or taken else _SURE
    heads = {each.partition(" ")[0] for each in (*told, *(whole[start:end] for start, end in taken))}
    names: dict[str, str] = {}
    for name in sorted(likely, key=lambda name: -likely[name]):
        if likely[name] < sure:
            break
        if (
            name in names
            or name in others
            or name.partition(" ")[0] in heads
            or name.endswith(trades)
            or _overlaps(name, found[name], covered)
        ):
            continue
        if any(name in each and name != each and not is_form(name, each) for each in told):
            continue
        forms = [other for other in found if is_form(name, other) and likely[other] >= _ALSO]
        full = max([name, *forms], key=len)
        for form in {name, full, *(other for other in forms if full.startswith(other))}:
            names.setdefault(form, full)
            covered |= {place for start in found[form] for place in range(start, start + len(form))}
    return names


def is_form(name: str, other: str) -> bool:
    """Whether one is the other with a company's tail or a word more: 砚影 and 砚影智能, Filmwerk and Filmwerk AI."""
    short, long = sorted((name, other), key=len)
    beyond = long[len(short) :]
    return long.startswith(short) and (
        beyond.startswith(" ") if short.isascii() else tails().fullmatch(beyond) is not None
    )


def _overlaps(name: str, places: list[int], covered: set[int]) -> bool:
    """Whether a name stands nowhere by itself."""
    return all(any(place in covered for place in range(start, start + len(name))) for start in places)


def _others(whole: str, found: Places) -> set[str]:
    """The candidates that stand behind a post, with the words of their names, or behind what makes them a product."""
    people = {name for name, places in found.items() if _stands_behind(_post(), whole, places)}
    owned = {name for name, places in found.items() if _stands_behind(_product(), whole, places)}
    return people | owned | {part for name in people for part in name.split()}


def _stands_behind(pattern: re.Pattern[str], whole: str, places: list[int]) -> bool:
    return any(pattern.search(whole, max(0, start - _NEAR), start) is not None for start in places[:MOST_PLACES])


_NEAR = 14


@cache
def _post() -> re.Pattern[str]:
    return re.compile(rf"{alternation('chinese_people', 'roles')}\s?$")


@cache
def _product() -> re.Pattern[str]:
    owned = r"旗下(?:的|[^，。；、]{0,8}(?:平台|产品|应用|模型|工具))?\s?[“「]?$|《$"
    return re.compile(rf"(?:{alternation('chinese_unknown_names', 'not_owned_before')})[“「]?$|{owned}")


@cache
def common_words() -> dict[str, int]:
    """Strings of Chinese characters that name nobody -> in how many of the labelled articles they stand."""
    lines = files("pipeline.learned").joinpath("chinese_words.tsv").read_text(encoding="utf-8").splitlines()
    return {string: int(often) for string, _, often in (line.partition("\t") for line in lines)}
