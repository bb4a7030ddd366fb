"""How English text introduces companies nobody has listed: names of candidates, precision first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache

from pipeline.english.list_items import head_of_item, labels
from pipeline.english.patterns import joined, lines
from pipeline.english.recurring_names import WHEN, ends_in_ai, recurring_names
from pipeline.lexicon_files import lexicon
from pipeline.matching.first_letters import quick
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.matching.led_pattern import LedPattern
from pipeline.matching.occurrences import occurrences, places_of

_TABLE = "english_unknown_names"
_BLANK_LINES = re.compile(r"\n{2,}")


def unknown_names(whole: str, known: Collection[str] = ()) -> Iterator[str]:
    """Names that a text introduces as companies' names; `known` are those it calls somebody we know by."""
    stop, places = any_word("stop"), any_word("cities", "lands")
    no_name, no_end = any_word("stop", "crowds", "cities", "lands"), stop | _other_trades()
    sure: dict[str, None] = {}
    doubtful: dict[str, None] = {}
    whole = _BLANK_LINES.sub("\n", whole)
    lines = f"\n{whole.lstrip()}"  # the first line begins as the others do
    for pattern, again in _patterns():
        for match in pattern.finditer(lines):
            place = match.groupdict().get("place")
            if place is not None and place not in places and place != match["name"]:
                continue
            words = WHEN.sub("", match["name"].rstrip(".")).split()
            if " ".join(words) in places:
                continue
            while words and _is_lead(words, stop):
                words = words[1:]
            name = " ".join(words)
            ends_well = words and (words[-1] not in no_end or ends_in_ai(words, stop))
            if ends_well and name not in no_name and name not in known and not _no_company().search(name):
                (doubtful if again else sure)[name] = None
    labelled = labels(whole)
    for line in whole.split("\n"):
        head = head_of_item(line, labelled)
        if head is not None and not _no_company().search(line[slice(*head)]):
            told = line[slice(*head)] in labelled or _DEAL.search(line, head[1]) or _is_at_home(line, head[1])
            (sure if told else doubtful)[line[slice(*head)]] = None
    for name in _named_ai(whole, stop):
        if name not in known and name not in no_name and name.split()[0] not in known:
            sure.setdefault(name)
    people = {*things_among(whole), *_people(whole, {name for name in (*sure, *doubtful) if " " not in name})}
    openers = any_word("stop", "crowds", "labels")
    for name in recurring_names(whole, places.union(known), people, openers):
        if name.split()[-1] not in _other_trades() and not _no_company().search(name):
            sure.setdefault(name)
    used = Counter(name for _, _, name in occurrences(whole, doubtful))
    yield from (name for name in sure if name not in people)
    yield from (name for name in doubtful if name not in sure and name not in people and used[name] > 1)


def _named_ai(whole: str, stop: frozenset[str]) -> Iterator[str]:
    """The names that end in "AI" and are told more than once, or act: "Thornbury AI has", "Sand AI put"."""
    found = list(_AI_NAME.finditer(whole))
    often = Counter(match[0] for match in found)
    for match in found:
        if (often[match[0]] > 1 or _ACTS.match(whole, match.end())) and ends_in_ai(match[0].split(), stop):
            yield match[0]


_ACTS = re.compile(
    r"['’]s [a-z]|(?: \([^)]{1,30}\))?,? (?:has|had|is|was|will|put|said|says|told|took|got|gave|made|sold|cut|lost|let"
    r"|won|built|bought|paid|shut|went|[a-z]{3,12}ed|raises|sells|makes|plans|launches|lands|employs|wants)\b"
)
_AI_NAME = quick(
    r"(?<![\w’'.&@/-])[A-Z](?=[a-z])[\w-]{2,20} AI(?![\w-])(?! (?:video|film|image|avatar|model|tool)s?\b)"
)


def _is_at_home(line: str, end: int) -> bool:
    """Whether a city in brackets follows a name: "5. Vozes (Porto)."."""
    match = _IN_CITY.match(line, end)
    return match is not None and match["city"] in any_word("cities")


_IN_CITY = re.compile(r" \((?P<city>[A-Z][\w’'-]+(?: [A-Z]\w+)*)\)")


def _is_lead(words: list[str], stop: frozenset[str]) -> bool:
    """Whether a name's first word only leads to it: "2023", "Lyon-based", "The"; "AI Pika" begins with its own."""
    return (
        words[0].isdigit()
        or words[0].endswith(("-based", "-backed", "-owned", "-founded"))
        or (words[0] in stop and (words[0] != "AI" or len(words) != 2))
    )


_DEAL = re.compile(r"[$€£¥]\d|\b(?:[A-Z]{3} \d|million|seed|Series [A-H]|round|raised|launched|acquired|bought)\b")
"""What makes the name that begins a line of a list a company's."""


def things_among(whole: str) -> frozenset[str]:
    """The names of what a text says is brought out: "announced the general availability of Scenekeeper, a model"."""
    return frozenset(match["name"] for match in _things().finditer(whole))


def versions_among(whole: str, names: Collection[str]) -> frozenset[str]:
    """Of some names those that a text tells of as things: with a version wherever they stand, or as "a tool that"."""
    found: set[str] = set()
    for name in names:
        ends = [place + len(name) for place in places_of(whole, name)]
        versions = sum(_VERSION.match(whole, end) is not None for end in ends)
        if ends and (versions == len(ends) or any(_IS_A_THING.match(whole, end) for end in ends)):
            found.add(name)
    return frozenset(found)


_VERSION = re.compile(r" (?:v\d|\d{1,2}(?:\.\d)?(?![\d,%]| (?:million|billion|per cent|people|years)))")
_IS_A_THING = re.compile(
    r", (?:an?|its|our|the (?:company|startup)['’]s) (?:(?!(?:start-?up|company|firm|maker|studio)\b)[\w-]+ ){0,4}?"
    r"(?:app|tool|feature|editor|plug-in|assistant|model|engine|film|series|game|novel|browser|add-on)"
    r"(?: for [^,.;]{3,40})?(?: that| which|,| with|\.| to)"
    r"(?![^.;]{0,120}\b(?:raised|was (?:founded|bought|acquired)|laid off|employs|has (?:raised|hired|bought|acquired)"
    r"|closed its)\b)"
)


def people_among(whole: str, words: Collection[str]) -> frozenset[str]:
    """The persons' names of a text, whole and last, and which of some words it tells of as such."""
    return frozenset(_people(whole, words))


def _people(whole: str, asked: Collection[str]) -> Iterator[str]:
    """Names that an apposition or a role makes a person's, and their last names.

    Of those `asked`, also the last word of a name told in full elsewhere ("Amit Jain"), or its first where that is a
    family name ("Tang Jiayu").
    """
    stop, families = any_word("stop"), any_word("surnames")
    for name in asked:
        for place in places_of(whole, f" {name}"):
            if _GOES_ON.match(whole, place + len(name) + 1):
                continue
            before = _FIRST_NAME.search(whole, max(0, place - 30), place)
            if before is not None and before[0] not in stop and _told_as_person(whole, name):
                yield name
                break
        if name in families and re.search(rf"{re.escape(name)} [A-Z][a-z]+(?![\w&-])", whole):
            yield name
    for pattern in _searched("persons"):
        for match in pattern.finditer(whole):
            yield match["name"]
            yield match["name"].split()[-1]


_GOES_ON = re.compile(r"[\w&-]")
_FIRST_NAME = re.compile(
    r"(?<![\w&.'’-])(?!\S+-(?:based|backed|owned|founded)\b|\w+(?:ese|ish|ean|ian|ch) ?\Z|Startup|AI)[A-Z][\w’-]+\Z"
)
"""What may be a first name; "Chinese" before "Haiper" is none."""


def _told_as_person(whole: str, name: str) -> bool:
    """Whether nothing says that a name is a company's: no "Jain raised $5 million", no "at Jain"."""
    return not re.search(
        rf"\b(?:startup|company|firm|maker|of|at|into|in|by) {re.escape(name)}\b"
        rf"|\b{re.escape(name)} (?:raise[sd]|closed|secured|has raised|makes|develops|was founded|is raising"
        r"|laid off)\b",
        whole,
    )


@cache
def _things() -> LedPattern:
    """Names of what is brought out: "announced the general availability of Scenekeeper, a video model that"."""
    return LedPattern(joined(_TABLE, "things"))


def _words(kind: str) -> list[str]:
    words: list[str] = lexicon("pipeline.lexicon", _TABLE)[kind]
    return words


@cache
def any_word(*kinds: str) -> frozenset[str]:
    """The words of some lists of the table, together."""
    return frozenset(word for kind in kinds for word in _words(kind))


@cache
def _other_trades() -> frozenset[str]:
    """The last words of names that are of another trade: "Luma Health"."""
    return frozenset(lexicon("pipeline.lexicon", "names")["not_before"])


@cache
def _no_company() -> re.Pattern[str]:
    """Names of funds, papers and places."""
    return re.compile(lexicon("pipeline.lexicon", _TABLE)["no_company"])


@cache
def _patterns() -> tuple[tuple[GatedPattern | LedPattern, bool], ...]:
    """(how a text introduces a company, whether the name must be used again to count)."""
    sure, doubtful = _searched("introduced"), _searched("doubtful")
    return (*((each, False) for each in sure), *((each, True) for each in doubtful))


@cache
def _searched(kind: str) -> tuple[GatedPattern | LedPattern, ...]:
    """The patterns of a kind: of names behind one of some words, and of others."""
    behind = map(LedPattern, lines(_TABLE, f"{kind}_behind"))
    return (*behind, *map(GatedPattern, lines(_TABLE, kind)))
