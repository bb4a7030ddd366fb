"""`extract`: the reader of claims on a file of articles, without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, TextIO

from dailies.article_lines import UnusableLine, read_article_lines
from db.model import Article
from pipeline.read_claims import read_claims
from pipeline.vocabulary import to_vocabulary


def extract(file: Path, output: TextIO) -> int:
    """Write {"id", "relevant", "facts"} per article; an unusable line is named on standard error. The exit code."""
    skipped = 0
    for line in read_article_lines(file):
        if isinstance(line, UnusableLine):
            skipped += 1
            print(line, file=sys.stderr)
        else:
            output.write(_json(extracted(line.article)) + "\n")
    return 3 if skipped else 0


def extracted(article: Article) -> dict[str, Any]:
    """One article's facts in the evaluation's vocabulary."""
    return to_vocabulary(article, read_claims(article))


def _json(result: dict[str, Any]) -> str:
    """One line of JSON; escaped throughout where the text holds what UTF-8 cannot (lone surrogates)."""
    line = json.dumps(result, ensure_ascii=False)
    return line if not any("\ud800" <= character <= "\udfff" for character in line) else json.dumps(result)
