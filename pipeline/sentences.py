"""Cuts a text into paragraphs and sentences, with exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Language

_PARAGRAPH = re.compile(r"[^\n]+")
_ENGLISH_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9$€£¥])")
_CHINESE_END = re.compile(r"[。！？!?；;][”’」』）)]*|(?<=[^\d])\.(?=\s|$)|…{2}")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Inc|Corp|Ltd|Co|Jr|Sr|St|vs|v|No|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.K|"
    r"Rep|Sen|Gov|Gen|Fig|e\.g|i\.e|a\.m|p\.m)|(?<![\w.])[A-Z])\Z"
)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are not blank, without the space around them."""
    for match in _PARAGRAPH.finditer(text):
        stripped = match[0].strip()
        if stripped:
            start = match.start() + match[0].index(stripped[0])
            yield start, start + len(stripped)


def sentences(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of one paragraph, in order; together they cover it."""
    pattern = _CHINESE_END if language == "zh" else _ENGLISH_END
    begin = start
    for match in pattern.finditer(text, start, end):
        if (
            language != "zh"
            and match[0][0] == "."
            and _ABBREVIATION.search(text, max(start, match.start() - 6), match.start())
        ):
            continue
        if text[begin : match.end()].strip():
            yield _trimmed(text, begin, match.end())
        begin = match.end()
    if text[begin:end].strip():
        yield _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
