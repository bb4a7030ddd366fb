"""The bundled catalogue and the user's own sources as one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from crawlers.catalogue import SOURCES, Catalogued, catalogued
from dailies.facts.naming import alike, did_you_mean
from dailies.failures import UsageError
from dailies.settings import SOURCES_VARIABLE, Settings
from db.nouns.source import SourceFields


def whole_catalogue(settings: Settings, *, may_be_made: bool = False) -> list[Catalogued]:
    """Every source, bundled or the user's own, by key; a file of the user's counts before a bundled one of its name.

    `may_be_made`: the folder that DAILIES_SOURCES names need not be there yet. Raises UsageError where it is not, and
    crawlers.catalogue.CatalogueError.
    """
    named = os.environ.get(SOURCES_VARIABLE)
    if named and not may_be_made and not Path(named).is_dir():
        raise UsageError(f"{SOURCES_VARIABLE} is {named!r}, which is no folder; make it, or unset the variable")
    return catalogued(SOURCES, settings.sources)


def all_sources(settings: Settings) -> list[SourceFields]:
    """As `whole_catalogue`, only what the files say."""
    return [each.source for each in whole_catalogue(settings)]


def one_source(catalogue: Sequence[Catalogued], key: str) -> Catalogued:
    """The source with this key. Raises UsageError with suggestions."""
    for each in catalogue:
        if each.source.key == key:
            return each
    instead = did_you_mean(alike(key, [each.source.key for each in catalogue], partly=True))
    raise UsageError(f"no source {key!r}{instead or '; `dailies sources list` lists them'}")
