"""Documents that come as plain text: their title and their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.pages.page_dates import find_timestamp
from pipeline.pages.page_lines import is_furniture
from pipeline.pages.page_tree import count_words

_MOST_PARAGRAPHS = 20_000
"""Far beyond any article; what follows is not read, to bound memory."""
_WRAPPED_FROM = 55
_TITLE_WITHIN = 8
_TITLE_WORDS = 40
_ENDS_SENTENCE = re.compile(r"[.。!！?？…;；:：,，、][\"”'’」』）)]?\Z")
_PROSE_END = re.compile(r"[.。…;；:：,，、][\"”'’」』）)]?\Z")
_BLANK = re.compile(r"\n[ \t\u3000]*\n")
_MARKUP = re.compile(r"\A(?:#{1,6}\s+|\*\*)|\*\*\Z")


def split_paragraphs(text: str) -> list[str]:
    """Paragraphs: by blank lines; within these by lines, unless the lines are one text wrapped at a fixed width."""
    paragraphs: list[str] = []
    for part in _BLANK.split(text.replace("\r\n", "\n").replace("\r", "\n"), maxsplit=_MOST_PARAGRAPHS):
        lines = [line for raw in part.split("\n") if (line := " ".join(raw.split()))]
        paragraphs += [" ".join(lines)] if _is_wrapped(lines) else lines
        if len(paragraphs) > _MOST_PARAGRAPHS:
            break
    return paragraphs[:_MOST_PARAGRAPHS]


def find_title(paragraphs: Sequence[str]) -> tuple[str, int]:
    """The title among the first lines and the number of lines up to and with it; ("", 0) where none looks like one.

    A title is short, is no furniture, date or credit, and does not end as a sentence does.
    """
    for number, line in enumerate(paragraphs[:_TITLE_WITHIN]):
        if is_furniture(line) or find_timestamp(line) is not None:
            continue
        if 1 < count_words(line) <= _TITLE_WORDS and not _PROSE_END.search(line):
            return _MARKUP.sub("", line).strip(), number + 1
        break
    return "", 0


def _is_wrapped(lines: Sequence[str]) -> bool:
    if len(lines) < 2 or any(len(line) < _WRAPPED_FROM for line in lines[:-1]):
        return False
    broken = sum(1 for line in lines[:-1] if not _ENDS_SENTENCE.search(line))
    return 2 * broken >= len(lines) - 1
