"""Which language a text is in, as far as the readers of claims must know: English, Chinese, or another."""

from __future__ import annotations

import re

from db.model import Language
from pipeline.pages.page_words import words_of

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA_OR_HANGUL = re.compile("[\u3041-\u30fa\uac00-\ud7af]")
_LATIN_WORD = re.compile("[^\\W\\d_\u2e80-\uffff]+")
_SAMPLE = 6000
_HAN_PER_LATIN_WORD = 0.8
_ENGLISH_SHARE = 0.06
_SHORT = 25


def find_language(text: str, declared: str = "") -> Language:
    """The language of a text by its script and its function words; `declared` (a language tag) decides short ones."""
    sample = text[:_SAMPLE]
    han = len(_HAN.findall(sample))
    words = _LATIN_WORD.findall(sample.lower())
    if han > _HAN_PER_LATIN_WORD * len(words):
        return "other" if len(_KANA_OR_HANGUL.findall(sample)) > 0.1 * han else "zh"
    if not words or len(_KANA_OR_HANGUL.findall(sample)) > len(words):
        return "other"
    english, other = (sum(map(words_of(kind).__contains__, words)) for kind in ("english", "other_latin"))
    if len(words) < _SHORT:
        tag = declared.lower()[:2]
        return "en" if english > other or (english == other and tag in ("", "en") and _is_ascii(words)) else "other"
    return "en" if english > other and english >= _ENGLISH_SHARE * len(words) else "other"


def _is_ascii(words: list[str]) -> bool:
    return all(word.isascii() for word in words)
