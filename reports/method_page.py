"""The page on method: what a reader must know to trust or distrust a number, as written in `method.yml`."""

from __future__ import annotations

from dataclasses import dataclass

from reports.word_files import word_file
from reports.wording import ReportLanguage


@dataclass(frozen=True, slots=True)
class MethodPage:
    """The page in one language: a title with its paragraphs for each part."""

    language: ReportLanguage
    sample: bool
    lead: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def method_page(language: ReportLanguage, *, sample: bool) -> MethodPage:
    """The page."""
    written = word_file("method.yml")[language]
    parts = tuple((part["title"], tuple(part["text"])) for part in written["parts"])
    return MethodPage(language, sample, written["lead"], parts)
