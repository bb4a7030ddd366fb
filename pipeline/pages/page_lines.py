"""Which lines of an article are not its text: prompts, notices, labels, counters, dates and credits around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

from db.nouns.identity import fold
from pipeline.pages.page_dates import find_timestamp
from pipeline.pages.page_tree import count_words
from pipeline.pages.reprint_line import is_credit_line

_SHORT_WORDS = 25
_NOTICE_LENGTH = 400
_STAMP_LENGTH = 80
_DATELINE_WORDS = 10
_TAIL_SHARE = 0.35
_PHONE = re.compile(r"(?<!\d)(?:400[-\s]?\d{3}[-\s]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")
_WORDLESS = re.compile(r"[\W\d_]*\w?[\W\d_]*\Z")
_LEAD = re.compile(r"[\s\u3000▎▍*＊•·▲△▼◎●■◆>»#-]+")


def article_lines(lines: Sequence[str], title: str = "") -> list[str]:
    """The lines that are the article's own text, in order. `title`: a line that only repeats it is left out."""
    furniture = [is_furniture(line) for line in lines]
    kept: list[str] = []
    cites = has_prose = False
    for line, is_other in zip(lines[: _end(lines, furniture)], furniture, strict=False):
        cites = _table("references").match(line) is not None or (cites and _is_reference(line))
        if cites or is_other or (not has_prose and _is_head(line, title)):
            continue
        kept.append(line)
        has_prose = has_prose or count_words(line) > _SHORT_WORDS
    return kept


def _is_reference(line: str) -> bool:
    return count_words(line) <= 2 * _SHORT_WORDS and _table("reference_entry").match(line) is not None


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


def is_dateline(line: str) -> bool:
    """Whether a line is a date with few words beside it, as stands under a headline; not a sentence with a date."""
    if len(line) > _STAMP_LENGTH or (stamp := find_timestamp(line)) is None:
        return False
    rest = (line[: stamp.start] + line[stamp.end :]).strip()
    return count_words(rest) <= _DATELINE_WORDS and not rest.endswith((".", "。", ",", "，"))


def _is_head(line: str, title: str) -> bool:
    """Whether a line above the text only dates or names it."""
    return is_dateline(line) or (bool(title) and fold(line) == fold(title))


def _end(lines: Sequence[str], furniture: Sequence[bool]) -> int:
    """Where the article ends: at the first closing line after which little prose follows."""
    words = [0 if other else count_words(line) for line, other in zip(lines, furniture, strict=True)]
    before, after = 0, sum(words)
    for number, line in enumerate(lines):
        if before and after < _TAIL_SHARE * before and len(line) <= _NOTICE_LENGTH and _table("end").match(line):
            return number
        before += words[number]
        after -= words[number]
    return len(lines)


@cache
def _tables() -> dict[str, re.Pattern[str]]:
    tables = yaml.safe_load((files("pipeline.pages") / "page_lines.yml").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE) for name, forms in tables.items()
    }


def _table(name: str) -> re.Pattern[str]:
    return _tables()[name]
