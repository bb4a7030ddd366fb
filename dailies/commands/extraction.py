"""`extract`: the reader of claims on a file of articles, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from dailies.failures import UsageError
from dailies.intake.article_lines import UnusableLine, read_article_lines
from dailies.reading.model_reader import MODEL, model_settings, read_with_model
from db.model import Article, Reading
from pipeline.evaluation.vocabulary import to_vocabulary
from pipeline.read_claims import read_claims
from reports.escaping import terminal_text

Reader = Callable[[Article], Reading]


def extract(file: Path, output: TextIO, with_model: bool = False) -> int:
    """Write {"id", "relevant", "facts"} per article; an unusable line is named on standard error. The exit code."""
    skipped, reader = 0, reader_of(with_model)
    for line in read_article_lines(file):
        if isinstance(line, UnusableLine):
            skipped += 1
            print(line, file=sys.stderr)
        else:
            output.write(_json(extracted(line.article, reader)) + "\n")
    return 3 if skipped else 0


def extracted(article: Article, reader: Reader = read_claims) -> dict[str, Any]:
    """One article's facts in the evaluation's vocabulary."""
    return to_vocabulary(article, reader(article))


def reader_of(with_model: bool) -> Reader:
    """The rules, or the rules and the language model that the environment names, within its budget of articles.

    What a model does wrong is named on standard error. Raises UsageError where none is named.
    """
    if not with_model:
        return read_claims
    settings = model_settings()
    if settings is None:
        raise UsageError(f"--model asks the model that {MODEL} names, and it names none; set it (docs/model.md)")
    left = settings.budget

    def read(article: Article) -> Reading:
        nonlocal left
        reading, asked = read_with_model(article, read_claims(article), settings if left > 0 else None)
        if asked is not None:
            left -= 1
            for problem in filter(None, (asked.problem, *asked.answer.refused)):
                print(terminal_text(f"{article.key}: model: {problem}"), file=sys.stderr)
        return reading

    return read


def _json(result: dict[str, Any]) -> str:
    """One line of JSON; escaped throughout where the text holds what UTF-8 cannot (lone surrogates)."""
    line = json.dumps(result, ensure_ascii=False)
    return line if not any("\ud800" <= character <= "\udfff" for character in line) else json.dumps(result)
