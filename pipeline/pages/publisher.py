"""Who runs a host, and under which names its pages speak of themselves."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import cast
from urllib.parse import urlsplit

import yaml

from db.nouns.identity import fold


def host_of(url: str | None) -> str:
    """The host of a URL in lower case, without www.; "" where there is none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def names_of_host(host: str) -> tuple[str, ...]:
    """The publisher's names by our table, the one to show first; empty where the host is not in it."""
    labels = host.split(".")
    for start in range(len(labels)):
        names = _hosts().get(".".join(labels[start:]))
        if names:
            return tuple(names)
    return ()


def publisher_called(name: str | None) -> str | None:
    """A publisher's name as we show it, whichever of its names a text uses; a name we don't know stays as it is."""
    return _first_names().get(fold(name), name) if name else None


@cache
def _first_names() -> dict[str, str]:
    return {fold(name): names[0] for names in _hosts().values() for name in names}


@cache
def _hosts() -> dict[str, list[str]]:
    return cast(
        dict[str, list[str]], yaml.safe_load((files("pipeline.pages") / "publishers.yml").read_text(encoding="utf-8"))
    )
