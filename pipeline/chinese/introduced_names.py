"""Companies of any name behind what they are or make: 「视频公司十七帧」, 「做AI短剧的十七帧」, 「（下称“十七帧”）」.

A name of two characters or more may be any word; that it is one shows in what follows it. Where that is what only a
company does, once is enough; where it may follow any noun, the text must come back to the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.chinese.patterns import HAN, alternation, any_of, written
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.matching.led_pattern import LedPattern

_SHORTEST, _LONGEST = 2, 6
_MOST_ASKED = 200
"""Names of a text of which is asked whether it comes back to them."""
_QUOTED = rf"[“「](?P<name>[{HAN}A-Za-z0-9 ]{{2,12}})[”」]"


def introduced_names(whole: str) -> Iterator[str]:
    """The names a folded text introduces by what a company is or makes."""
    asked: dict[str, bool] = {}
    for match in _kinds().finditer(whole):
        name = _name_of(whole, match.start("run"), match["run"])
        if name is None:
            continue
        told, is_sure = name
        if not is_sure and told not in asked and len(asked) < _MOST_ASKED:
            asked[told] = whole.count(told) > 1
        if is_sure or asked.get(told):
            yield told
    for match in _makers().finditer(whole):
        name = _name_of(whole, match.start("run"), match["run"])
        if name is not None and name[1]:
            yield name[0]
    for pattern in (_called(), _acted_upon(), _owned(), _explained(), _of_place()):
        for match in pattern.finditer(whole):
            if not any_of("chinese_unknown_names", "common_nouns").match(match["name"]):
                yield match["name"]


def _name_of(whole: str, place: int, run: str) -> tuple[str, bool] | None:
    """The shortest beginning of a run of characters behind which something else begins, and whether only a company's.

    None where nothing does.
    """
    if any_of("chinese_unknown_names", "common_nouns").match(run):
        return None
    for length in range(_SHORTEST, min(_LONGEST, len(run)) + 1):
        if _deeds().match(whole, place + length):
            return run[:length], True
        if _follows().match(whole, place + length):
            return run[:length], False
    return None


def ends_at(whole: str, place: int) -> bool:
    """Whether what stands at a place of a folded text is what follows a company's name, and no part of it."""
    return (_deeds().match(whole, place) or _follows().match(whole, place)) is not None


@cache
def _run() -> str:
    letter = written("chinese_unknown_names", "(?:未来|<loose_letter>)")
    return rf"(?P<run>{letter}{{{_SHORTEST},{_LONGEST + 2}}}(?:\s?AI(?![A-Za-z]))?)"


@cache
def _kinds() -> LedPattern:
    return LedPattern(rf"{alternation('chinese_unknown_names', 'field_kinds')}[“「]?{_run()}")


@cache
def _makers() -> LedPattern:
    city = alternation("chinese_unknown_names", "cities")
    return LedPattern(rf"(?:{alternation('chinese_unknown_names', 'makers')}|{city}市?的){_run()}")


@cache
def _called() -> LedPattern:
    return LedPattern(rf"(?:下称|以下称|简称|以下简称|下简称)[：:为]?{_QUOTED}")


@cache
def _acted_upon() -> LedPattern:
    """「投资了AI视频公司十七帧，」: a name between what it is and the end of the clause."""
    verbs, kinds = (
        alternation("chinese_unknown_names", "acted_upon"),
        alternation("chinese_unknown_names", "field_kinds"),
    )
    run = _run().replace("run", "name")
    return LedPattern(rf"{verbs}了?[^，。；]{{0,14}}?{kinds}[“「]?{run}(?=[”」]?(?:[，。；（(\n]|\Z))")


@cache
def _of_place() -> LedPattern:
    """「柏林公司Lichtung」"""
    places = "|".join(alternation("chinese_unknown_names", each) for each in ("cities", "lands"))
    return LedPattern(
        rf"(?:{places})的?(?:公司|团队|初创|新创|企业|创企)[“「]?(?P<name>[A-Z][A-Za-z]{{2,20}}(?: [A-Z][A-Za-z]+)?)"
    )


@cache
def _owned() -> LedPattern:
    """「收购十七帧60%股权」: a name between a verb of buying and the shares bought."""
    verbs = alternation("chinese_unknown_names", "acted_upon")
    name = rf"(?P<name>[{HAN}]{{2,8}}?|[A-Z][A-Za-z]{{2,15}}(?: AI)?)"
    return LedPattern(
        rf"{verbs}了?{name}\s?的?(?=\d{{1,3}}(?:\.\d+)?%的?(?:股权|股份)|全部股权|多数股权|控股权|控制权)"
    )


@cache
def _explained() -> GatedPattern:
    """「十七帧，一家做AI视频的创业公司，」: a name that begins a sentence, and what it is."""
    run = _run().replace("run", "name")
    what = r"(?:(?:是|作为)?一[家个]|这家)[^，。；]{2,30}(?:公司|企业|团队|平台|工作室|厂商|初创|独角兽)"
    return GatedPattern(rf"[\n。！？；]{run}(?:[（(][^）)]{{1,30}}[）)])?，{what}(?=[，。；])")


@cache
def _deeds() -> re.Pattern[str]:
    deeds = alternation("chinese_unknown_names", "deeds"), alternation("chinese_unknown_names", "deeds_behind_kind")
    close = rf"[”」]?(?:\s?[（(][^）)]{{1,30}}[）)])?\s?(?:，(?={alternation('chinese_unknown_names', 'times')}))?"
    return re.compile(rf"{close}{alternation('chinese_unknown_names', 'times')}{{0,4}}(?:{'|'.join(deeds)})")


@cache
def _follows() -> re.Pattern[str]:
    return re.compile(rf"[”」]?(?:{alternation('chinese_unknown_names', 'follows')}|[（(“《，。；、：:\d\n]|\Z)")
