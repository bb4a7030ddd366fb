"""The companies of a letter as plain links: how one goes through all of them without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass

from reports.wording.values import ReportLanguage

_OTHER = "0"


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The companies of one letter; each a name and an address."""

    language: ReportLanguage
    sample: bool
    letter: str
    companies: tuple[tuple[str, str], ...]


def letter_of(key: str) -> str:
    """Under which letter a company stands: the first of its key, "0" for digits and other scripts."""
    first = key.removeprefix("~")[:1]
    return first if first.isascii() and first.isalpha() else _OTHER
