"""Names, roles and exchanges as the evaluation compares them: folded over case, accents, width, script and language.

Its table of aliases is its own and not `db/knowledge`: a yardstick must not move with what it measures.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from pipeline.fold import fold_text
from pipeline.lexicon_files import lexicon

_CJK = "\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_TAILS = frozenset({"ai", "lab", "labs"})
_REMEMBERED = 1 << 16


def same_name(one: object, other: object) -> bool:
    """Whether two names may be one: equal when folded, aliases, or one a whole part of the other."""
    if organisations(one) & organisations(other):
        return True
    first, second = str(one or ""), str(other or "")
    return _contains(first, second) or _contains(second, first)


def organisations(name: object) -> frozenset[int | str]:
    """What a name may stand for: the numbers of the organisations it is an alias of, else its folded spellings."""
    full, short = _spellings(str(name or ""))
    aliases = _aliases()
    return aliases.get(full) or aliases.get(short) or frozenset({full, short} - {""})


def same_role(labelled: object, found: object) -> bool:
    """Whether two roles are one in either language; one may say more than the other (CEO; co-founder and CEO)."""
    wanted, got = _role_parts(str(labelled or "")), _role_parts(str(found or ""))
    return not wanted or (bool(got) and (wanted <= got or got <= wanted))


def same_exchange(one: object, other: object) -> bool:
    """Whether two names of stock exchanges are one's."""
    return _exchange(one) == _exchange(other)


@cache
def _table(name: str) -> Any:
    return lexicon("pipeline.lexicon", "evaluation_names")[name]


@lru_cache(maxsize=_REMEMBERED)
def _plain_words(text: str) -> tuple[str, ...]:
    """Words without case, accents, width and punctuation, in simplified Chinese; a run of CJK is a word."""
    marked = unicodedata.normalize("NFKD", text)
    bare = unicodedata.normalize("NFC", "".join(each for each in marked if not unicodedata.combining(each)))
    return tuple(_WORD.findall(fold_text(bare.casefold())))


@lru_cache(maxsize=_REMEMBERED)
def _name_words(name: str) -> tuple[str, ...]:
    """Plain words less the legal suffixes."""
    words = list(_plain_words(name))
    while len(words) > 1 and words[-1] in _table("legal_suffixes"):
        words.pop()
    for suffix in _table("legal_suffixes_zh"):
        if words and words[-1].endswith(suffix) and len(words[-1]) > len(suffix) + 1:
            words[-1] = words[-1].removesuffix(suffix)
    return tuple(words)


def _spellings(name: str) -> tuple[str, str]:
    """The folded name, and the same without a trailing AI, Lab or Labs."""
    words = _name_words(name)
    full = "".join(words)
    short = "".join(words[:-1]) if words and words[-1] in _TAILS else ""
    return full, short if len(short) > 1 else full


@cache
def _aliases() -> dict[str, frozenset[int | str]]:
    """Folded name -> the organisations, by number, that it may mean: NFDG is either of two people."""
    found: dict[str, set[int | str]] = defaultdict(set)
    for number, names in enumerate(_table("aliases")):
        for name in names:
            found[_spellings(name)[0]].add(number)
    full = set(found)
    for number, names in enumerate(_table("aliases")):
        for name in names:
            short = _spellings(name)[1]
            if short not in full:
                found[short].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@lru_cache(maxsize=_REMEMBERED)
def _contains(short: str, long: str) -> bool:
    """Whether one name is part of the other: whole words in Latin script, two characters or more in Chinese."""
    part, whole = _name_words(short), _name_words(long)
    joined = "".join(part)
    if len(joined) < 2 or set(part) <= {*_TAILS, *_table("weak_words")}:
        return False
    runs = ((start, end) for start in range(len(whole)) for end in range(start + 1, len(whole) + 1))
    if any("".join(whole[start:end]) == joined for start, end in runs):
        return True
    text = " ".join(part)
    left = "" if re.match(f"[{_CJK}]", text[0]) else r"(?<!\S)"
    right = "" if re.match(f"[{_CJK}]", text[-1]) else r"(?!\S)"
    return bool(re.search(left + re.escape(text) + right, " ".join(whole)))


@cache
def _roles() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """The pattern of every role we know, and the code each stands for."""
    codes = {name: code for code, names in _table("roles").items() for name in names}
    ordered = sorted(codes, key=len, reverse=True)
    words = (rf"(?<!\S){name}(?!\S)" if name.isascii() else name for name in ordered)
    return re.compile("|".join(words)), codes


@lru_cache(maxsize=_REMEMBERED)
def _role_parts(role: str) -> frozenset[str]:
    """The codes of a role: {CEO} for chief executive and 首席執行官; words the table does not know stay as they are."""
    pattern, codes = _roles()
    plain = pattern.sub(lambda match: f" {codes[match[0]]} ", " ".join(_plain_words(role)))
    return frozenset(plain.split()) - set(_table("role_fillers"))


def _exchange(text: object) -> str:
    plain = " ".join(_plain_words(str(text or "")))
    for code, names in _table("exchanges").items():
        if any(name in plain for name in names):
            return str(code)
    return plain
