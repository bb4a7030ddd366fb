"""What every column means and what the views' columns hold, from db/schema/data_dictionary.yml; a gap is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

import yaml

ViewKind = Literal["text", "decimal", "rate", "integer", "true or false", "day", "moment (UTC)", "JSON"]
"""What a view's column holds, on both databases; `rate` is a decimal with up to fourteen places."""
MEANINGS = Path(__file__).with_name("data_dictionary.yml")


class MissingMeaning(Exception):
    """A column without a meaning, or a meaning without a column; the text names it."""


class Meanings:
    """What each column means: looked up under its table or view first, then under `everywhere`."""

    def __init__(self, path: Path = MEANINGS) -> None:
        values = yaml.safe_load(path.read_text("utf-8"))
        self.views: dict[str, dict[str, Any]] = values["views"]
        self._of = {name: view["columns"] for name, view in self.views.items()} | values["tables"]
        self._everywhere: dict[str, str] = values["everywhere"]
        self._kinds: dict[str, ViewKind] = {name: kind for kind, names in values["kinds"].items() for name in names}
        if unknown := sorted(set(values["kinds"]) - set(get_args(ViewKind))):
            raise MissingMeaning(f"db/schema/data_dictionary.yml knows kinds that nobody reads: {', '.join(unknown)}")
        self._used: set[tuple[str, str]] = set()
        self._kinds_used: set[str] = set()

    def of(self, holder: str, column: str) -> str:
        """Raises MissingMeaning where there is none."""
        for place, columns in ((holder, self._of.get(holder, {})), ("everywhere", self._everywhere)):
            if column in columns:
                self._used.add((place, column))
                return str(columns[column])
        raise MissingMeaning(f"{holder}.{column} has no meaning; give it one in db/schema/data_dictionary.yml")

    def kind(self, column: str) -> ViewKind:
        """What a view's column of this name holds; text where nothing else is said."""
        self._kinds_used.add(column)
        return self._kinds.get(column, "text")

    def check_that_all_were_used(self) -> None:
        """Raises MissingMeaning for a meaning or a kind whose column is gone."""
        given = {
            (place, column)
            for place, columns in (*self._of.items(), ("everywhere", self._everywhere))
            for column in columns
        }
        unused = sorted(f"{place}.{column}" for place, column in given - self._used)
        unused += sorted(f"kinds.{column}" for column in self._kinds.keys() - self._kinds_used)
        if unused:
            raise MissingMeaning(f"no column for {', '.join(unused)}; take them out of db/schema/data_dictionary.yml")
