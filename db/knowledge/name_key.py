"""Names as names are compared: whatever the script's variant, the width, the case, the spacing and the punctuation."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from db.nouns.identity import fold

_NOT_LETTERS = re.compile(r"[\W_]+")


def name_key(name: str) -> str:
    """The name in simplified Chinese, half-width, lower case, without spaces and punctuation; may be empty."""
    folded = fold(name)
    if not folded.isascii():
        try:
            folded = _simplifier().convert(folded)
        except UnicodeError:  # a lone surrogate from the command line: no name has one
            return ""
    return _NOT_LETTERS.sub("", folded)


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
