"""The files of words beside the modules that know what the words are for: two languages, the same keys."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def word_file(name: str) -> dict[str, dict[str, Any]]:
    """A file of this room such as "values.yml", by language, read once per process."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader)
    return table
