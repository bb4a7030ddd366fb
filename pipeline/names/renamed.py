"""New names a text itself gives to companies we know by their old ones: 「原名Captions的Mirage」."""

from __future__ import annotations

from functools import cache

from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern

_NAME = r"[A-Z][A-Za-z0-9]{2,23}(?: [A-Z][A-Za-z0-9]{0,23}){0,2}|[\u4e00-\u9fff]{2,8}?"


def renamed(whole: str) -> dict[str, str]:
    """New name -> old name, as a folded text tells it."""
    return {
        match["new"].strip(): match["old"].strip()
        for way in _ways()
        for match in way.finditer(whole)
        if match["new"] != match["old"]
    }


@cache
def _ways() -> tuple[GatedPattern, ...]:
    table = lexicon("pipeline.lexicon", "names")["renamed"]
    old, new = f"(?P<old>{_NAME})", f"(?P<new>{_NAME})"
    return tuple(GatedPattern(way.replace("OLD", old).replace("NEW", new)) for way in table)
