"""Companies of a Chinese text that no rule finds, as learned from labelled articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache
from importlib.resources import files

from pipeline.chinese.patterns import alternation
from pipeline.chinese.unknown_names import other_trades
from pipeline.learned.chinese_candidates import MOST_PLACES, Places, candidates, tails
from pipeline.learned.chinese_name_features import Weighed
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
    weighed = Weighed(whole, max(whole.find("\n\n"), 0), found, common)
    table = weights("chinese_names")

    @cache
    def likely(name: str) -> float:
        answer, probability = table.likeliest(weighed.features(name))
        return probability if answer == COMPANY else 1 - probability

    covered = {place for start, end in taken for place in range(start, end)}
    named = {*told, *(whole[start:end] for start, end in taken)}
    may_be_new = _is_no_other(whole, found, named, told)
    new = [name for name in found if may_be_new(name) and not _overlaps(name, found[name], covered)]
    sure = _SURER if named else _SURE
    names: dict[str, str] = {}
    for name in sorted(new, key=likely, reverse=True):
        if likely(name) < sure:
            break
        if name in names or _overlaps(name, found[name], covered):
            continue
        forms = [other for other in found if is_form(name, other) and likely(other) >= _ALSO]
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


def _is_no_other(whole: str, found: Places, named: Collection[str], told: Collection[str]) -> Callable[[str], bool]:
    """Whether a candidate is neither a part of a name that is known or told, nor a person, a product or of other trade.

    A person is who stands behind a post, and each word of the name; a product what stands behind what owns it.
    """
    people = {name for name, places in found.items() if _stands_behind(_post(), whole, places)}
    products = {name for name, places in found.items() if _stands_behind(_product(), whole, places)}
    others = people | products | {part for name in people for part in name.split()}
    heads = {each.partition(" ")[0] for each in named}
    trades = other_trades()

    def is_no_other(name: str) -> bool:
        if name in others or name.partition(" ")[0] in heads or name.endswith(trades):
            return False
        return all(name not in each or name == each or is_form(name, each) for each in told)

    return is_no_other


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
