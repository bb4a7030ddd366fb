"""Whether a page is the article, the article's beginning before a paywall, or a check of the visitor."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from pipeline.pages.page_tree import count_words

Access = Literal["open", "paywalled", "challenge"]

_CHALLENGE_WORDS = 200
_CHALLENGE_LENGTH = 3_000
_PAYWALL_WITHIN = 600


def find_access(title: str, visible: str, locked: bool) -> Access:
    """How far a page gives its article. `visible` is all its text, `locked` what its metadata says of free access.

    A check of the visitor is known by its words on a page that has hardly any others.
    """
    if count_words(visible[:_CHALLENGE_LENGTH]) < _CHALLENGE_WORDS and _says("challenge", f"{title}\n{visible}"):
        return "challenge"
    return "paywalled" if locked or _says("paywall", visible[-_PAYWALL_WITHIN:]) else "open"


def is_gone(visible: str) -> bool:
    """Whether all that a page says is that its article has been taken away."""
    return count_words(visible[:_CHALLENGE_LENGTH]) < _CHALLENGE_WORDS // 4 and _says("gone", visible)


@cache
def _tables() -> dict[str, re.Pattern[str]]:
    tables = yaml.safe_load((files("pipeline.pages") / "page_access.yml").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE) for name, forms in tables.items()
    }


def _says(kind: str, text: str) -> bool:
    return _tables()[kind].search(text) is not None
