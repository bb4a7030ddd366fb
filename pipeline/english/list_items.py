"""Lines of a list: newsletters and round-ups give each company a line of its own, which begins with its name."""

from __future__ import annotations

import re
from functools import cache

from pipeline.english.recurring_names import ends_in_ai
from pipeline.lexicon_files import lexicon

_WORD = r"(?:[A-Z][\w&.'’+-]*[\w+]|[A-Z]|\d[\w.-]*[A-Z]\w*|[a-z]{1,6}[A-Z]\w+|\d{1,3})"
_NAME = rf"{_WORD}(?: (?:& |of )?{_WORD}){{0,4}}"
_ITEM = re.compile(
    rf"(?P<marker>(?:[-–—•*·▪►‣◦]|(?:#|No\. )?\d{{1,2}}(?:[.):]| ·| [-–—])|\(\d{{1,2}}\)) )?"
    rf"(?P<bold>\*\*|__)?(?P<name>{_NAME})(?P<shut>[:,.]?(?:\*\*|__))?"
)
_BEHIND = re.compile(r"['’]s |,| [a-z(–—/|-]|:|\.(?: |$)|$")
_DEAL_FOLLOWS = re.compile(
    r"(?: \([^)\n]{2,80}\))?(?:(?::| [–—/|-]) [^.;\n]{0,30}?(?:[$€£¥]|\b[A-Z]{3} )\d"
    r"| [–—/|-] (?:acquired|bought|taken over|sold|raised|closed|laid off|shut|closing|seed|pre-seed|Series [A-K]\b))"
)


def head_of_item(line: str) -> tuple[int, int] | None:
    """The span of the name a line of a list begins with: "- Moonbark (Copenhagen): ...", "2. **Runway** made ...".

    A line without a mark is one only where a sum or a deal follows the name directly; labels ("Raised:") are none.
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
    if match["marker"] or match["bold"]:
        return (start, end) if match["shut"] or _BEHIND.match(line, match.end()) else None
    dateline = line[start:end].isupper() and line.startswith((" —", " –", " -", " ("), end)
    return (start, end) if not dateline and _DEAL_FOLLOWS.match(line, match.end()) else None


@cache
def _not_names() -> frozenset[str]:
    table = lexicon("pipeline.lexicon", "unknown_names")
    return frozenset([*table["stop_en"], *table["labels_en"], *table["crowds_en"]])
