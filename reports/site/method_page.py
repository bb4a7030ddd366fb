"""The page on method: what a reader must know to trust or distrust a number, as written in `method.yml`."""

from __future__ import annotations

from dataclasses import dataclass

from reports.wording.values import ReportLanguage
from reports.wording.word_files import word_file

_FILE = "method.yml"


@dataclass(frozen=True, slots=True)
class MethodPage:
    """The page in one language: a title with its paragraphs for each part."""

    language: ReportLanguage
    sample: bool
    lead: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def method_page(language: ReportLanguage, *, sample: bool) -> MethodPage:
    """The page. Raises ValueError where `method.yml` holds anything but text."""
    written = word_file(_FILE)[language]
    parts = tuple(
        (_text(part["title"]), tuple(_text(paragraph) for paragraph in part["text"])) for part in written["parts"]
    )
    return MethodPage(language, sample, _text(written["lead"]), parts)


def _text(written: object) -> str:
    """A paragraph: with an unquoted colon YAML makes a mapping of it, which would be shown as Python writes one."""
    if not isinstance(written, str):
        raise ValueError(f"{_FILE}: not text but a {type(written).__name__}: {str(written)[:80]}; put it in quotes")
    return written
