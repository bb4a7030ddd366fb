"""The sample web's catalogue: one YAML file per source, as the real one has, with `{base}` where its address goes."""

from __future__ import annotations

import yaml

from dailies.sample_web.catalogue import HERE
from db.nouns.source import SourceFields


def sample_sources(base_url: str) -> list[SourceFields]:
    """The sources of the sample web served at `base_url`, by key.

    Raises pydantic.ValidationError, naming the field, where a file does not describe a source.
    """
    texts = {path.stem: path.read_text("utf-8") for path in sorted((HERE / "sources").glob("*.yml"))}
    return [
        SourceFields.model_validate({"key": key, **yaml.safe_load(text.replace("{base}", base_url))})
        for key, text in texts.items()
    ]
