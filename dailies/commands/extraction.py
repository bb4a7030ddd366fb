"""`extract` and `eval`: the reader of claims on files of articles, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from pipeline.read_claims import read_claims

from db.model import Article
from pipeline.vocabulary import to_vocabulary


class UnreadableArticles(Exception):
    """A file of articles that cannot be read; the text names the line and the remedy."""


def extract(file: Path, output: TextIO) -> int:
    """Write {"id", "relevant", "facts"} per article; an unusable line is named on standard error. The exit code."""
    skipped = 0
    for number, values in _lines(file):
        try:
            article = article_of(values)
        except (KeyError, TypeError, ValueError) as error:
            skipped += 1
            print(f"{file}:{number}: {error}; each line needs text or title, and a date as YYYY-MM-DD", file=sys.stderr)
            continue
        output.write(json.dumps(extracted(article), ensure_ascii=False) + "\n")
    return 3 if skipped else 0


def extracted(article: Article) -> dict[str, Any]:
    """One article's facts in the evaluation's vocabulary."""
    return to_vocabulary(article, read_claims(article))


def article_of(values: dict[str, Any]) -> Article:
    """An article from its JSON object: id, title, text, published, lang, url, publisher. Raises ValueError."""
    title, text = str(values.get("title") or ""), str(values.get("text") or "")
    if not title and not text:
        raise ValueError("neither title nor text")
    published = values.get("published")
    language = values.get("lang")
    return Article(
        key=str(values["id"]) if "id" in values else "",
        title=title,
        text=text,
        language=language if language in ("en", "zh") else "other",
        published=date.fromisoformat(str(published)[:10]) if published else None,
        publisher=values.get("publisher"),
        url=values.get("url"),
    )


def _lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        stream = file.open(encoding="utf-8")
    except OSError as error:
        raise UnreadableArticles(f"{file}: {error.strerror}; give a file with one JSON object per line") from error
    with stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                values = json.loads(line)
            except ValueError as error:
                raise UnreadableArticles(f"{file}:{number}: not JSON ({error}); one object per line") from error
            if not isinstance(values, dict):
                raise UnreadableArticles(f"{file}:{number}: not a JSON object")
            yield number, values
