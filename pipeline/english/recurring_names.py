"""Companies a text keeps speaking of though it never introduces them: by what only companies do, own and suffer.

One sentence proves little: a name counts by all of its places, those that speak against it included.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from pipeline.english.organisations import ends_as_organisation
from pipeline.lexicon_files import lexicon
from pipeline.matching.first_letters import quick
from pipeline.matching.gated_pattern import GatedPattern, GatedTable
from pipeline.matching.occurrences import places_of

_NAME = quick(r"(?<![\w’'.&@/-])[A-Z](?=[\w-]*[a-z\d])[\w-]*(?: (?:& )?(?:[A-Z][\w-]*|AI)(?![\w])){0,8}")
"""A run of capitals is cut somewhere: one without end would cost the square of its length."""
_SMALL = re.compile(
    r"(?<![a-z])(?=[a-z])(?:(?<![\w’'.&@/-])(?:[a-z]{1,8}+[A-Z]\w*|[a-z][\w-]{1,20}+\.(?:ai|io|tv|video))(?![\w-])"
    r"|(?:(?<=\A)|(?<=\n))[a-z]{3,15}+"
    r"(?=, an? | (?:raises|raised|has raised|closes|closed|secures|lands|launches|buys) ))"
)
"""Names that begin small: iMotion, castlabs.ai, and "morph" where it begins a line as names do."""
WHEN = re.compile(
    r"\A(?:On|In|Since|Until|By|Last|This) (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April"
    r"|May|June"
    r"|July|August|September|October|November|December) "
)
"""A day that a sentence begins with is no part of a name."""
_MOST_WORDS = 3
_ENOUGH = 4
_DIGIT = re.compile(r" ?v?\d")


def recurring_names(
    whole: str, others: Collection[str], people: Collection[str], stop: Collection[str]
) -> Iterator[str]:
    """The names of a folded title and text that act as companies throughout.

    `others` are names known for what they are, companies and places, `people` those of persons; `stop`: words that
    only open sentences.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for match in _NAME.finditer(whole):
        when = WHEN.match(match[0])
        start = match.start() + (when.end() if when is not None else 0)
        words = WHEN.sub("", match[0]).split()
        if " ".join(words).removeprefix("The ") in others:
            continue
        while words and (words[0] in stop or words[0].endswith(("-based", "-backed", "-owned", "-founded"))):
            start += len(words[0]) + 1
            words = words[1:]
        if words and len(words) <= _MOST_WORDS and (words[-1] not in stop or ends_in_ai(words, stop)):
            places.setdefault(" ".join(words), []).append((start, match.end()))
    for match in _SMALL.finditer(whole):
        places.setdefault(match[0], []).append(match.span())
    for name, spans in places.items():
        if (
            name not in others
            and name not in people
            and name.split()[-1] not in people
            and _is_company(whole, name, spans)
        ):
            yield name


def ends_in_ai(words: Sequence[str], stop: Collection[str]) -> bool:
    """Whether "AI" or "Video" ends a name, as in "Fennimore AI", and not what a trade makes: "Chinese AI"."""
    return (
        len(words) > 1
        and words[-1] in ("AI", "Video")
        and words[-2] not in stop
        and words[-2] not in _no_names_before_ai()
    )


@cache
def _no_names_before_ai() -> frozenset[str]:
    table = lexicon("pipeline.lexicon", "english_unknown_names")
    return frozenset([*table["lands"], *table["cities"], *table["before_ai"]])


def capitalised() -> re.Pattern[str]:
    """Runs of capitalised words."""
    return _NAME


def speaks_of_company(whole: str, spans: Collection[tuple[int, int]]) -> bool:
    """Whether what stands around a name that is likely a company's speaks for it."""
    proof, weight = _weigh(whole, spans)
    return proof >= _PROOF and weight >= _PROOF


def speaks_against(whole: str, name: str) -> bool:
    """Whether what stands around a name throughout speaks against a company of the field: who only gives money."""
    proof, weight = _weigh(whole, [(place, place + len(name)) for place in places_of(whole, name)])
    return proof < _ENOUGH and weight <= -_ENOUGH


def _is_company(whole: str, name: str, spans: Collection[tuple[int, int]]) -> bool:
    """Whether what stands around a name, at all its places together, makes it a company's."""
    proof, weight = _weigh(whole, spans)
    sure = " " not in name or ends_as_organisation(name) or proof > _PROOF + 1  # two words may be a person's name
    once = len(spans) == 1 and proof <= _PROOF
    return proof >= _PROOF and weight >= (_ENOUGH if sure else _ENOUGH + 2) + once


def _weigh(whole: str, spans: Collection[tuple[int, int]]) -> tuple[int, int]:
    """(the strongest sign, all of them together) that what stands at some places is a company."""
    proof, weight = 0, 0
    for start, end in spans:
        before = whole[max(0, start - 40) : start]
        told = [value for pattern, value in _behind() if pattern.match(whole, end)]
        told += [value for pattern, value in _before().possible(before) if pattern.search(before)]
        weight += sum(told)
        proof = max(proof, *told, 0)
        if _DIGIT.match(whole, end):
            weight -= _PROOF  # a product with its version
    return proof, weight


_PROOF = 2


@cache
def _behind() -> Sequence[tuple[re.Pattern[str], int]]:
    """What stands behind a name, and what it counts."""
    return [(re.compile(says), counts) for says, counts in _signs("behind")]


@cache
def _before() -> GatedTable[int]:
    """What stands before a name, and what it counts."""
    cities = "|".join(map(re.escape, lexicon("pipeline.lexicon", "english_unknown_names")["cities"]))
    of_city = (rf"\b(?:{cities})['’]s (?:[a-z-]+ ){{0,2}}", _ENOUGH)
    return GatedTable((GatedPattern(rf"(?:{says})\Z"), counts) for says, counts in (*_signs("before"), of_city))


def _signs(place: str) -> Iterator[tuple[str, int]]:
    table: dict[str, list[dict[str, object]]] = lexicon("pipeline.lexicon", "recurring_names")
    for each in table[place]:
        yield str(each["says"]), int(str(each["counts"]))
