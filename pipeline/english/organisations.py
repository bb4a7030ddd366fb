"""The words in a name that make it an organisation's, not a person's: "Labs", "Studios", "Capital"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon_files import lexicon


@cache
def organisation_word() -> re.Pattern[str]:
    """One of the words, whole."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('pipeline.lexicon', 'english_unknown_names')['organisations'])})\b")


def ends_as_organisation(name: str) -> bool:
    """Whether a name's last word, or an "&", says so."""
    return "&" in name or organisation_word().fullmatch(name.rpartition(" ")[2]) is not None
