"""The fixed words of pages (titles, column heads, notes) in both languages; `reports.wording.values` words values."""

from __future__ import annotations

from typing import Any

from reports.wording.values import ReportLanguage
from reports.wording.word_files import word_file


def labels(language: ReportLanguage) -> dict[str, Any]:
    """All words of pages in a language, by group."""
    return word_file("labels.yml")[language]


def label(language: ReportLanguage, group: str, key: str) -> str:
    """One of them. Raises KeyError where there is none."""
    return str(labels(language)[group][key])
