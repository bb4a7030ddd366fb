"""Companies nobody has listed yet, found by the way a text introduces them. Precision first: they become candidates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from db.identity import candidate_key
from pipeline.found import NameMention
from pipeline.lexicon_files import lexicon

_NAME_EN = r"[A-Z][\w&.-]*[\w](?: (?:[A-Z][\w&.-]*[\w]|AI|\d+)){0,2}"
_LONGEST = 40


def discover(whole: str, taken: Sequence[tuple[int, int]], refused: Collection[str] = ()) -> Iterator[NameMention]:
    """Every mention of companies the text itself introduces as such, outside the spans already taken.

    `refused` are spellings of known names that mean something else here: nor are they anybody new.
    """
    names = {name for name in (*_english(whole), *_chinese(whole)) if _plausible(name) and name not in refused}
    if not names:
        return
    short = _short_forms(whole, names)
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


def _short_forms(whole: str, names: set[str]) -> dict[str, str]:
    """镜岛 for 镜岛科技, where the text uses it by itself more than once."""
    tails = lexicon("pipeline.lexicon", "unknown_names")["tails_zh"]
    found: dict[str, str] = {}
    for name in sorted(names):
        tail = next((tail for tail in tails if name.endswith(tail) and len(name) - len(tail) >= 2), None)
        if tail is not None and not name[0].isascii():
            short = name[: -len(tail)]
            if whole.count(short) - whole.count(name) >= 2:
                found[short] = name
    return found


def _plausible(name: str) -> bool:
    key = candidate_key(name)
    return 3 <= len(key) <= _LONGEST and not name.isdigit()


@cache
def _english_patterns() -> tuple[re.Pattern[str], ...]:
    table = lexicon("pipeline.lexicon", "unknown_names")
    nouns, verbs = "|".join(table["nouns_en"]), "|".join(table["verbs_en"])
    return (
        re.compile(
            rf"\b(?:{nouns}),? (?:called |named )?(?P<name>{_NAME_EN})"
            rf"(?= (?:{verbs}|has|said|is|was|will|,)|,|'s| from| in\b)"
        ),
        re.compile(
            rf"(?<![\w-])(?P<name>{_NAME_EN})(?: \([^)]{{1,30}}\))?, (?:a|an|the|which)\b[^,.;]{{0,70}}?\b(?:{nouns})\b"
        ),
        re.compile(rf"(?:\A|[\n.:;] ?|“|\" )(?P<name>{_NAME_EN}) (?:{verbs})\b"),
        re.compile(rf"\b(?:AI|video|avatar)[- ](?:video |generation |avatar |media )?(?:{nouns}) (?P<name>{_NAME_EN})"),
    )


@cache
def _stop_english() -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", "unknown_names")["stop_en"])


def _english(whole: str) -> Iterator[str]:
    stop = _stop_english()
    for pattern in _english_patterns():
        for match in pattern.finditer(whole):
            name = match["name"].rstrip(".")
            words = name.split()
            while words and words[0] in stop:
                words = words[1:]
            if words and words[-1] not in stop and " ".join(words) not in stop:
                yield " ".join(words)


@cache
def _chinese_patterns() -> tuple[re.Pattern[str], ...]:
    table = lexicon("pipeline.lexicon", "unknown_names")
    tails, verbs, nouns = ("|".join(table[name]) for name in ("tails_zh", "verbs_zh", "nouns_zh"))
    latin = r"[A-Z][A-Za-z0-9.]{1,20}(?: [A-Z][A-Za-z0-9.]{1,20}){0,2}"
    han = rf"[\u4e00-\u9fff]{{2,4}}(?:{tails})"
    return (
        re.compile(rf"(?:{nouns})[“「]?(?P<name>{latin}|{han})[”」]?(?=[，,。（(的]|{verbs})"),
        re.compile(rf"(?:\A|[\n。！？；，、“「])(?P<name>{han}|{latin})[”」]?(?:（[^）]{{1,20}}）)?(?:{verbs})"),
        re.compile(
            r"(?:名为|叫做|叫)[“「]?(?P<name>[A-Z][A-Za-z0-9. ]{2,20}|[\u4e00-\u9fff]{2,6})[”」]?"
            r"的(?:初创|创业|公司|平台|团队)"
        ),
    )


@cache
def _stop_chinese() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lexicon("pipeline.lexicon", "unknown_names")["stop_zh"][:24])))


def _chinese(whole: str) -> Iterator[str]:
    for pattern in _chinese_patterns():
        for match in pattern.finditer(whole):
            name = match["name"].strip()
            if not _stop_chinese().match(name) and not name.startswith("The "):
                yield name
