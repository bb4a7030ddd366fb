"""Reads the YAML tables beside the rules, once per process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WORDS = re.compile(r"(?<!\?P)<(\w+)>")


@cache
def lexicon(package: str, name: str) -> dict[str, Any]:
    """The mapping in `name`.yml of a package such as "pipeline.lexicon" or "pipeline.english"."""
    parent, _, folder = package.partition(".")
    path = files(parent).joinpath(*folder.split("."), f"{name}.yml")
    table: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 (the C safe loader)
    return table


def with_words(line: str, words: Mapping[str, str]) -> str:
    """A pattern of a table with its sets of words written out: "<staff>" stands for any of the words of that name."""
    return _WORDS.sub(lambda found: f"(?:{with_words(words[found[1]], words)})", line)
