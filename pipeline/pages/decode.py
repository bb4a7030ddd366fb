"""Bytes to text without mojibake, whatever the server or the page claims about their encoding."""

from __future__ import annotations

import codecs
import re

from resiliparse.parse.encoding import detect_encoding
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

_DECLARED_WITHIN = 4096
_SAMPLE = 200_000
_TOLERATED = 0.002
"""Share of characters that may be broken (a torn end, one bad byte in a comment) before an encoding is doubted."""
_TORN = 4
"""Characters at the end that a torn download may have broken."""
_SINGLE_BYTE = 0.1
_DECLARED = 0.05
_DETECTED = 0.06
_CHANCE = 20
_FEW_BYTES = 80
"""Bytes beyond ASCII that say too little about the encoding: some forty Chinese characters, many of them by chance."""
_FALLBACKS = ("utf-8", "gb18030", "big5hkscs", "cp1252")
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "hz": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "iso8859-9": "cp1254",
}
"""What pages under these labels really hold, as the WHATWG Encoding Standard has it (big5hkscs, gb18030: supersets)."""
_COMMON_HAN = re.compile(
    "[的一是不了在人有我他这中大来上个国和地到说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "這來個國說時會對於著過發後裡為與開關經電業點東車長門間現們學實無產動兒]"
)
_KANA = re.compile("[ぁ-ヿ]")
_HANGUL = re.compile("[가-힣]")
_COMMON = {
    "gb18030": _COMMON_HAN,
    "big5hkscs": _COMMON_HAN,
    "utf-16-le": _COMMON_HAN,
    "utf-16-be": _COMMON_HAN,
    "cp932": _KANA,
    "euc_jp": _KANA,
    "cp949": _HANGUL,
}
"""Multi-byte encodings, and the characters that abound in a text of theirs."""
_ASCII = bytes(range(128))
_HAN_OR_BEYOND = re.compile("[\u2e80-\ud7ff\ue000-\uffff]")


def decode_page(body: bytes, content_type: str | None = None) -> str:
    """The text of a page: by byte order mark, as UTF-8 where it is valid, else by whichever encoding reads best.

    Candidates are those the header and the page declare and the one its bytes suggest. Never raises; what cannot be
    read becomes U+FFFD.
    """
    encoding, mark = read_bom(body)
    if encoding and mark:
        return body[len(mark) :].decode(encoding, "replace")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(_best_encoding(body, content_type), "replace")
    return text if body.isascii() else _short_text(text, body, content_type)


def _short_text(text: str, body: bytes, content_type: str | None) -> str:
    """Valid UTF-8 is UTF-8; but a page of a few Chinese words may be so by chance, and declare what it really is."""
    if len(body) - len(text) > _CHANCE or _HAN_OR_BEYOND.search(text):
        return text
    declared = _declared_and_valid(body, content_type)
    return body.decode(declared, "replace") if declared else text


def _declared_and_valid(body: bytes, content_type: str | None) -> str | None:
    """The first multi-byte encoding that is declared and reads without errors."""
    declared = (encoding for encoding in _declared(body, content_type) if encoding in _COMMON)
    return next((encoding for encoding in declared if _score(body, encoding, 0.0)[0]), None)


def _best_encoding(body: bytes, content_type: str | None) -> str:
    """The candidate that reads nearly without errors and most like writing; the more sources name it, the better.

    A page of a few words is no sample of writing: there the declaration decides, where it can be true.
    """
    if len(body[:_SAMPLE].translate(None, _ASCII)) <= _FEW_BYTES:
        declared = _declared_and_valid(body, content_type)
        if declared:
            return declared
    votes: dict[str, float] = {}
    for encoding in _declared(body, content_type):
        votes[encoding] = votes.get(encoding, 0.0) + _DECLARED
    detected = _known(detect_encoding(body) or "")
    if detected:
        votes[detected] = votes.get(detected, 0.0) + _DETECTED
    candidates = [*votes, *(encoding for encoding in _FALLBACKS if encoding not in votes)]
    sample = body[:_SAMPLE]
    return max(candidates, key=lambda encoding: _score(sample, encoding, votes.get(encoding, 0.0)))


def _declared(body: bytes, content_type: str | None) -> list[str]:
    named = http_content_type_encoding(content_type), html_body_declared_encoding(body[:_DECLARED_WITHIN])
    return [encoding for name in named if name and (encoding := _known(name))]


def _known(name: str) -> str | None:
    """Python's name of an encoding, widened to what is meant by it; None where Python does not know it as text."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True):
        return None
    return _WIDER.get(found.name, found.name)


def _score(sample: bytes, encoding: str, votes: float) -> tuple[bool, float]:
    """How well an encoding reads: whether nearly without errors, and how much like writing.

    A wrong East Asian encoding seldom fails but yields rare characters, the right one many of the commonest; a
    single-byte encoding never fails, so it counts as a text with few common characters.
    """
    text = sample.decode(encoding, "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore")) or 1
    whole = text[:-_TORN] + text[-_TORN:].rstrip("\ufffd")
    broken = whole.count("\ufffd") / beyond_ascii
    valid = broken <= _TOLERATED
    if encoding == "utf-8":
        return valid, 1.0 - broken
    common = _COMMON.get(encoding)
    if common is None:
        return valid, _SINGLE_BYTE + votes - broken
    wide = len(_HAN_OR_BEYOND.findall(text)) or 1
    return valid, (_SINGLE_BYTE + votes if votes else 0.0) + len(common.findall(text)) / wide - broken
