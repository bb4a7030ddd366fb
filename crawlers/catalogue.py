"""The catalogue of sources: one YAML file each under `sources/`, registered nowhere else."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from db.source import SourceFields

SOURCES = Path(__file__).parent / "sources"


class CatalogueError(Exception):
    """A source's file cannot be used: the message names the file, the field and the remedy."""


def load_catalogue(folder: Path = SOURCES) -> list[SourceFields]:
    """Every source of `folder`, in the order of their keys; a source's key is its file's stem.

    Raises CatalogueError for a file that is no YAML, or does not describe a source.
    """
    return [read_source(path) for path in sorted(folder.glob("*.yml"), key=lambda path: path.stem)]


def read_source(path: Path) -> SourceFields:
    """The source that one file describes. Raises CatalogueError as `load_catalogue` does."""
    try:
        fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: not a YAML file: {error}") from error
    if not isinstance(fields, dict):
        raise CatalogueError(f"{path}: holds no fields; write them as `name: value`, as the other files do")
    unknown = sorted(set(map(str, fields)) - set(SourceFields.model_fields) | {"key"} & set(fields))
    if unknown:
        raise CatalogueError(f"{path}: {', '.join(unknown)}: no field of a source; remove it or mend its spelling")
    try:
        return SourceFields.model_validate({"key": path.stem, **fields})
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise CatalogueError(f"{path}: {said}") from error
