"""Which posts a role names that one person of a company holds at a time, in either language."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from db.nouns.identity import fold
from pipeline.lexicon_files import lexicon

SAME_DAYS = 7
"""Within which two names in two scripts take or leave such a post as one person."""
_BETWEEN = re.compile(r"\s*(?:兼任?|[、,/&和与與及]|\band\b)\s*")


@lru_cache(maxsize=20_000)
def sole_posts(role: str) -> frozenset[str]:
    """The keys of these posts: of "创始人兼CEO" and "interim chief executive" that of the chief executive."""
    known = _posts()
    return frozenset(known[part] for each in _BETWEEN.split(fold(role)) if (part := _before().sub("", each)) in known)


@cache
def _posts() -> dict[str, str]:
    posts: dict[str, list[str]] = lexicon("pipeline.lexicon", "sole_posts")["posts"]
    return {fold(name): key for key, names in posts.items() for name in names}


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(map(re.escape, lexicon("pipeline.lexicon", "sole_posts")["before"]))
    return re.compile(rf"^(?:(?:{words})\s*)+")
