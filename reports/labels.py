"""The fixed words of pages (titles, column heads, notes) in both languages; `reports.wording` words values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reports.wording import ReportLanguage


@cache
def _table() -> dict[ReportLanguage, dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
    table: dict[ReportLanguage, dict[str, Any]] = yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader)
    return table


def labels(language: ReportLanguage) -> dict[str, Any]:
    """All words of pages in a language, by group."""
    return _table()[language]


def label(language: ReportLanguage, group: str, key: str) -> str:
    """One of them. Raises KeyError where there is none."""
    return str(labels(language)[group][key])
