"""Cuts a text into paragraphs and sentences, with exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Language
from pipeline.matching.first_letters import quick

LONGEST_SENTENCE = 1000
"""Characters. The longest of 181 real pages are lists of a thousand and more; without a bound every rule that looks at
pairs within a sentence would cost the square of a text without full stops."""
_PARAGRAPH = re.compile(r"[^\n]+")
_ENGLISH_END = re.compile(r"[.!?][\"'”’)\]*]*(?=\s+[\"'“‘(\[*]{0,3}[A-Z0-9$€£¥])")
_CHINESE_END = quick(r"[。！？!?；;]+[”’」』）)]*|(?<=[^\d])\.(?=\s|$)|…{2}")
_ABBREVIATION = quick(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Bros|Prof|Inc|Corp|Ltd|Co|Jr|Sr|St|vs|v|No|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.K|"
    r"Rep|Sen|Gov|Gen|Fig|e\.g|i\.e|a\.m|p\.m)|(?<![\w.])(?<!Series )[A-Z])\Z"
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
            and (
                _ABBREVIATION.search(text, max(start, match.start() - 12), match.start())
                or (begin == start and match.start() - start <= 2 and text[start : match.start()].isdigit())
            )
        ):
            continue
        yield from _pieces(text, begin, match.end())
        begin = match.end()
    yield from _pieces(text, begin, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or the parts of one too long to be a sentence, cut behind a comma or a space where there is one."""
    while end - start > LONGEST_SENTENCE:
        middle, last = start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE
        places = (text.rfind(sign, middle, last) for sign in (";", "；", ",", "，", " "))
        cut = next((place + 1 for place in places if place >= 0), last)
        if not text[start:cut].isspace():
            yield _trimmed(text, start, cut)
        start = cut
    if start < end and not text[start:end].isspace():
        yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
