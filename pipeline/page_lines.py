"""Which lines of an article are not its text: prompts, notices, labels, counters, dates and credits around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

from db.identity import fold
from pipeline.page_dates import find_timestamp
from pipeline.page_tree import count_words
from pipeline.reprint_line import is_credit_line

_SHORT_WORDS = 25
_NOTICE_LENGTH = 400
_STAMP_LENGTH = 80
_TAIL_SHARE = 0.35
_PHONE = re.compile(r"(?<!\d)(?:400[-\s]?\d{3}[-\s]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")
_WORDLESS = re.compile(r"[\W\d_]*\w?[\W\d_]*\Z")
_LEAD = re.compile(r"[\s\u3000▎▍*＊•·▲△▼◎●■◆>»#-]+")


def article_lines(lines: Sequence[str], title: str = "") -> list[str]:
    """The lines that are the article's own text, in order. `title`: a line that only repeats it is left out."""
    until = _end(lines)
    kept: list[str] = []
    for line in lines[:until]:
        if is_furniture(line) or (not _has_prose(kept) and _is_head(line, title)):
            continue
        kept.append(line)
    return kept


def is_furniture(line: str) -> bool:
    """Whether a line is a prompt, notice, label, picture credit or credit line rather than text."""
    text = _LEAD.sub("", line, count=1) if _LEAD.match(line) else line
    if _WORDLESS.match(text):
        return True
    if len(text) > _NOTICE_LENGTH:
        return False
    if is_credit_line(text) or _table("notice").match(text):
        return True
    if count_words(text) > _SHORT_WORDS:
        return False
    return _table("short").match(text) is not None or (_PHONE.search(text) is not None and len(text) < _STAMP_LENGTH)


def _is_head(line: str, title: str) -> bool:
    """Whether a line above the text only dates or names it."""
    if len(line) <= _STAMP_LENGTH and (stamp := find_timestamp(line)) is not None:
        rest = line[: stamp.start] + line[stamp.end :]
        return count_words(rest) <= 8 and not rest.rstrip().endswith((".", "。"))
    return bool(title) and fold(line) == fold(title)


def _has_prose(kept: list[str]) -> bool:
    return any(count_words(line) > _SHORT_WORDS for line in kept)


def _end(lines: Sequence[str]) -> int:
    """Where the article ends: at the first closing line after which little prose follows."""
    words = [0 if is_furniture(line) else count_words(line) for line in lines]
    total = sum(words)
    before = 0
    for number, line in enumerate(lines):
        after = total - before
        if (
            before
            and after < _TAIL_SHARE * before
            and len(line) <= _NOTICE_LENGTH
            and _table("end").match(line.strip())
        ):
            return number
        before += words[number]
    return len(lines)


@cache
def _tables() -> dict[str, re.Pattern[str]]:
    tables = yaml.safe_load((files("pipeline") / "page_lines.yml").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE) for name, forms in tables.items()
    }


def _table(name: str) -> re.Pattern[str]:
    return _tables()[name]
