"""What a role says, whichever words and language say it: "CEO", "chief executive" and 首席执行官 are one post."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from db.nouns.identity import fold
from pipeline.lexicon_files import lexicon

Posts = frozenset[frozenset[str]]
_BETWEEN = re.compile(r"[、,;/&和与與及兼]|\band\b")
_WORD = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=20_000)
def posts_told(role: str) -> Posts:
    """The posts a role names, each by what its words mean: of "co-founder and CEO" {joint, founder}, {chief_executive}.

    A word that no table knows stands for itself, folded.
    """
    told = (_meanings(part) for part in _BETWEEN.split(fold(role)))
    return frozenset(each for each in told if each)


def same_posts(one: Posts, other: Posts) -> bool:
    """Whether two roles can both be right: one names the posts of the other and perhaps more of them."""
    return one <= other or other <= one


def _meanings(part: str) -> frozenset[str]:
    known = _known()
    meanings: set[str] = set()

    def meant(found: re.Match[str]) -> str:
        meanings.update(known[found[0]].split())
        return " "

    left = _phrases().sub(meant, part)
    return frozenset(meanings.union(_WORD.findall(left)))


_SILENT = ""


@cache
def _known() -> dict[str, str]:
    table = lexicon("pipeline.lexicon", "role_words")
    words: dict[str, list[str]] = table["words"]
    return {fold(name): key for key, names in (*words.items(), (_SILENT, table["silent"])) for name in names}


@cache
def _phrases() -> re.Pattern[str]:
    longest_first = sorted(_known(), key=lambda name: (-len(name), name))
    return re.compile(
        "|".join(rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else name for name in longest_first)
    )
