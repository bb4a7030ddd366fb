"""The catalogue of sources: one YAML file each, in `sources/` or the user's own folder, registered nowhere else."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from crawlers.asking import on_instance
from crawlers.ports import CrawlSource
from db.nouns.source import SourceFields

SOURCES = Path(__file__).parent / "sources"


class CatalogueError(Exception):
    """A source's file cannot be used: the message names the file, the field and the remedy."""


@dataclass(frozen=True, slots=True)
class Catalogued:
    """A source, the file that describes it, and the folder that its user put it in ("" for none, and for ours)."""

    source: SourceFields
    file: Path
    folder: str = ""


def load_catalogue(folder: Path = SOURCES) -> list[SourceFields]:
    """Every source of `folder`, in the order of their keys; a source's key is its file's stem.

    Raises CatalogueError for a file that is no YAML, or does not describe a source.
    """
    return [each.source for each in catalogued(folder)]


def catalogued(*folders: Path) -> list[Catalogued]:
    """The sources of several folders with their files, in the order of their keys; of equal keys the last one counts.

    Folders within a folder are read too: they are how a user orders sources. Raises CatalogueError as `load_catalogue`
    does, and for two files of one key in one folder.
    """
    found: dict[str, Catalogued] = {}
    for folder in folders:
        here: dict[str, Catalogued] = {}
        for path in sorted(folder.rglob("*.yml")):
            if path.stem in here:
                raise CatalogueError(f"{path}: {here[path.stem].file} is called the same; rename one of them")
            here[path.stem] = Catalogued(read_source(path), path, path.parent.relative_to(folder).as_posix().strip("."))
        found |= here
    return [found[key] for key in sorted(found)]


def as_crawled(source: SourceFields) -> CrawlSource:
    """What a spider needs to know of a source, routes of RSSHub as addresses on the configured instance."""
    fields = {each.name: getattr(source, each.name) for each in dataclasses.fields(CrawlSource)}
    return CrawlSource(**{**fields, "url": on_instance(source.url)})


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
        raise CatalogueError(f"{path}: {what_is_wrong(error)}") from error


def what_is_wrong(error: ValidationError) -> str:
    """The fields of a source and what is wrong with each, without pydantic's own words for our errors."""
    told = ((".".join(map(str, each["loc"])), each["msg"].removeprefix("Value error, ")) for each in error.errors())
    return "; ".join(f"{field}: {message}" if field else message for field, message in told)
