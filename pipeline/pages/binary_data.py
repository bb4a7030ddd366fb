"""Bytes that are no text, whatever their name or header says: a picture under .html would be read as an article."""

from __future__ import annotations

import unicodedata
from typing import TypeVar

from pipeline.pages.decode import decode_page

_SAMPLE = 4096
_SHARE = 0.02
"""Of characters that no writing contains; compressed data has more than a tenth, a damaged page hardly any."""
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b")) + b"\x7f"
"""All but white space and the escape of ISO-2022."""
_NO_WRITING = ("Cc", "Cn", "Co", "Cs")
_PDF = b"%PDF-"
_Whole = TypeVar("_Whole", bytes, str)


def is_binary(body: bytes, content_type: str | None = None) -> bool:
    """Whether these bytes are no text in any encoding; asked of their beginning and their middle, never raises."""
    if body.startswith(_PDF):
        return True
    if all(_controls(sample) <= _SHARE * len(sample) for sample in _samples(body)):
        return False
    # UTF-16 and UTF-32 are full of zeros and text all the same.
    text = decode_page(body, content_type)
    return any(_unwritten(sample) > _SHARE * len(sample) for sample in _samples(text))


def _samples(whole: _Whole) -> tuple[_Whole, _Whole]:
    middle = len(whole) // 2
    return whole[:_SAMPLE], whole[middle : middle + _SAMPLE]


def _controls(sample: bytes) -> int:
    return len(sample) - len(sample.translate(None, _CONTROLS))


def _unwritten(sample: str) -> int:
    """How many characters of a text no writing contains."""
    return sum(
        each == "\ufffd" or (unicodedata.category(each) in _NO_WRITING and not each.isspace()) for each in sample
    )
