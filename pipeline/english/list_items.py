"""Lines of a list: newsletters and round-ups give each company a line of its own, which begins with its name."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from pipeline.english.recurring_names import ends_in_ai
from pipeline.lexicon_files import lexicon

_WORD = r"(?:[A-Z][\w&.'’+-]*[\w+]|[A-Z]|\d[\w.-]*[A-Z]\w*|[a-z]{1,6}[A-Z]\w+|\d{1,3})"
_NAME = rf"{_WORD}(?: (?:& |of )?{_WORD}){{0,4}}"
_ITEM = re.compile(
    rf"(?P<marker>(?:(?:[A-Z]{{1,3}})?[$€£¥]\d[\d.,]* ?(?:[mMbBkK]n?|million|billion)?(?::| [-–—])"
    rf"|[-–—•*·▪►‣◦■□●○◆◇▶➤★☆✦]|(?:#|No\. )?\d{{1,2}}(?:[.):]| ·| [-–—])|\(\d{{1,2}}\)) )?"
    rf"(?P<bold>\*\*|__)?(?P<name>{_NAME})(?P<shut>[:,.]?(?:\*\*|__))?"
)
_BEHIND = re.compile(r"['’]s |,| [a-z(–—/|-]|:|\.(?: |$)|$")
_DEAL_FOLLOWS = re.compile(
    r"(?: \([^)\n]{2,80}\))?(?:(?::| [–—/|-]) [^.;\n]{0,30}?(?:[$€£¥]|\b(?:[A-Z]{3}|Rs\.?) )\d"
    r"| [–—/|-] (?:acquired|bought|taken over|sold|raised|closed|laid off|shut|closing|seed|pre-seed|Series [A-K]\b))"
    r"| \([A-Z][^)\n]{2,40}\) \| [^.\n]{2,40}\Z"
)
_LABEL = re.compile(rf"(?P<name>{_NAME}): (?=[A-Z])")
_CAPITALS = re.compile(r"(?P<name>[A-Z][A-Z\d&.-]*[A-Z\d](?: [A-Z\d][A-Z\d&.-]*){0,3})\. (?=[A-Z])")
"""As in "KAGAMI WORKS. The Tokyo company, whose software fills in the frames, raised ..."."""
_FEWEST_LABELS = 2
_INTRODUCED = 90
"""Characters: so early a line says what the company is that it begins with."""
_LONGEST_HEADING = 90
_SPEAKS = re.compile(r"(?<![\w'’])(?:I|[Ww]e|[Oo]ur|[Mm]y|us)(?![\w'’-])")


def labels(whole: str) -> frozenset[str]:
    """The names that begin a line each and are said to be a company there: "Pixelwala: The Hyderabad-based startup".

    One such line is none: an outline has several. Who speaks in an interview does so more than once, or of "us".
    """
    found: dict[str, int] = {}
    sure: set[str] = set()
    for line in whole.split("\n"):
        match = _LABEL.match(line) or _CAPITALS.match(line)
        if match is None or match["name"] in _not_names() or match["name"].title() in _not_names():
            continue
        found[match["name"]] = found.get(match["name"], 0) + 1
        body = line[match.end() : match.end() + _INTRODUCED]
        again = re.search(rf"(?<![\w-])(?i:{re.escape(match['name'].split()[0])})(?![\w-])", body)
        if (again or _is_introduced(body)) and not _SPEAKS.search(line, match.end()):
            sure.add(match["name"])
    if len({name for name in sure if found[name] == 1}) < _FEWEST_LABELS:
        return frozenset()
    capitals = {name for name in found if name.isupper()} if all(map(str.isupper, sure)) else set()
    return frozenset(name for name in sure | capitals if found[name] == 1)


def _is_introduced(body: str) -> bool:
    """Whether words say where a company is at home, and what it is."""
    noun, home = _company_word().search(body), _home().search(body)
    return noun is not None and home is not None and home.start() < noun.start()


def is_heading(line: str) -> bool:
    """Whether a line that begins with a name is but a heading: what follows is told of it."""
    return len(line) <= _LONGEST_HEADING and line[-1] not in '.!?:;”"'


def head_of_item(line: str, labelled: Collection[str] = ()) -> tuple[int, int] | None:
    """The span of the name a line of a list begins with: "- Moonbark (Copenhagen): ...", "2. **Runway** made ...".

    A line without a mark is one only where a sum or a deal follows the name directly, or the name is one of the
    `labels` of the text; others ("Raised:") are none.
    """
    match = _ITEM.match(line)
    if match is None or bool(match["bold"]) != bool(match["shut"]):
        return None
    start, end = match.span("name")
    while line[start:end].endswith((":", ".", "'s", "’s")):
        end -= 1 if line[end - 1] in ":." else 2
    words = line[start:end].split()
    if words[0] in _not_names() or (words[-1] in _not_names() and not ends_in_ai(words, _not_names())):
        return None
    if line[start:end] in labelled and line.startswith((": ", "."), end):
        return start, end
    if match["marker"] or match["bold"]:
        return (start, end) if match["shut"] or _BEHIND.match(line, match.end()) else None
    dateline = line[start:end].isupper() and line.startswith((" —", " –", " -", " ("), end)
    return (start, end) if not dateline and _DEAL_FOLLOWS.match(line, match.end()) else None


@cache
def _not_names() -> frozenset[str]:
    table = lexicon("pipeline.lexicon", "english_unknown_names")
    return frozenset([*table["stop"], *table["labels"], *table["crowds"]])


@cache
def _company_word() -> re.Pattern[str]:
    nouns = lexicon("pipeline.lexicon", "english_unknown_names")["nouns"]
    return re.compile(rf"\b(?:{'|'.join(nouns)}|editor|app|tool|service|generator)\b")


@cache
def _home() -> re.Pattern[str]:
    table = lexicon("pipeline.lexicon", "english_unknown_names")
    places = "|".join(re.escape(place) for kind in ("cities", "lands") for place in table[kind])
    return re.compile(rf"\b(?:{places})\b|\b[A-Z]\w+-(?:based|headquartered)\b")
