"""Files of articles, one JSON object per line: each article as the reader takes it, and the unusable lines named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from db.model import Article
from pipeline.pages.page_language import find_language


class UnreadableArticles(Exception):
    """A file of articles that cannot be opened; the text names it and the remedy."""


class UnusableLine(Exception):
    """A line that holds no article: which one, why, and what to do. It is yielded, not raised: the rest goes on."""


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article, the JSON object it came from, and where: "file:line"."""

    article: Article
    values: dict[str, Any]
    place: str


def read_article_lines(file: Path) -> Iterator[ArticleLine | UnusableLine]:
    """The articles of a file in order, unusable lines as errors among them. Raises UnreadableArticles."""
    try:
        stream = file.open("rb")
    except OSError as error:
        raise UnreadableArticles(f"{file}: {error.strerror}; give a file with one JSON object per line") from error
    with stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            place = f"{file}:{number}"
            try:
                values = _object(line)
                yield ArticleLine(article_of(values), values, place)
            except ValueError as error:
                yield UnusableLine(f"{place}: {error}")


def article_of(values: dict[str, Any]) -> Article:
    """An article from its JSON object: id, title, text, published, lang, url, publisher. Raises ValueError.

    Where `lang` says neither "en" nor "zh", the text itself tells its language.
    """
    title, text = str(values.get("title") or ""), str(values.get("text") or "")
    if not title and not text:
        raise ValueError("neither title nor text; give at least one of them")
    published = values.get("published")
    language = values.get("lang")
    return Article(
        key=str(values.get("id", "")),
        title=title,
        text=text,
        language=language if language in ("en", "zh") else find_language(f"{title}\n{text}", str(language or "")),
        published=_day(published) if published else None,
        publisher=values.get("publisher"),
        url=values.get("url"),
    )


def _object(line: bytes) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON ({error}); one object per line") from error
    if not isinstance(values, dict):
        raise ValueError("not a JSON object; one object per line")
    return values


def _day(written: object) -> date:
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError as error:
        raise ValueError(f"published: {written!r} is no date; write YYYY-MM-DD") from error
