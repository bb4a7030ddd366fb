"""What an English sentence counts, and whether its words say that a company has so many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pipeline.english.deeds import deeds
from pipeline.english.document import Sentence
from pipeline.english.patterns import any_of
from pipeline.lexicon_files import lexicon
from pipeline.values.counts_in_frames import TOLD
from pipeline.values.counts_told import ORGANISATIONS
from pipeline.values.found import FoundCount

_TABLE = "english_counts"
_SMALLEST = 100
_LARGEST_STAFF = 500_000
"""No company of the field, nor an owner of one, employs more."""
_FEWEST_CUSTOMERS = 10
"""A handful of customers is told one by one; users come in crowds."""


def metric_told(sentence: Sentence, count: FoundCount) -> str | None:
    """Which of our metrics a count is, where the sentence says that there are so many."""
    metric = _kind(sentence, count)
    if metric is None:
        return None
    told = _staff_told(sentence, count) if metric == "headcount" else _others_told(sentence, count, metric)
    return metric if told else None


_ASKED = re.compile(r"\b(?:what|how|why|whether)\b")


def _kind(sentence: Sentence, count: FoundCount) -> str | None:
    """What is counted; people who signed up are users, those who watched are something else."""
    if _ASKED.search(sentence.text, count.start, count.end):
        return None  # "Three charts on what companies pay"
    if count.unit.endswith(TOLD):
        return count.unit.removesuffix(TOLD)
    behind = sentence.text[count.end : count.end + 40]
    if behind.startswith(("'", "’")):
        return None  # "trained 2,000 customers' staff"
    if re.search(r"\bpeople|persons|of (?:them|those)\b", count.unit):
        if _stands_before(sentence, count, "used_by"):
            return "users"
        for name, words in (("users", "sign_up"), ("paying_users", "pay"), ("other", "watched")):
            if any_of(_TABLE, words).match(behind):
                return name
    if re.search(r"\b(?:engineers|researchers)\Z", count.unit) and _stands_before(sentence, count, "so_many_staff"):
        return "headcount"
    if ORGANISATIONS.search(count.unit) and _follows(sentence, count, "use_it"):
        return "paying_users"
    return next((name for name, pattern in _kinds().items() if pattern.search(count.unit)), None)


@cache
def _kinds() -> Mapping[str, re.Pattern[str]]:
    kinds: dict[str, str] = lexicon("pipeline.lexicon", _TABLE)["kinds"]
    return {metric: re.compile(words) for metric, words in kinds.items()}


def _staff_told(sentence: Sentence, count: FoundCount) -> bool:
    """Whether so many people work there: not those who go, are looked for, or are a part of the staff."""
    text = sentence.text
    if count.number.amount > _LARGEST_STAFF or _follows(sentence, count, "who_speak"):
        return False  # "Agencies around the world employ 2 million people"
    if _stands_before(sentence, count, "taught"):
        return False  # "was used to train 4,000 employees at Heineken"
    if _follows(sentence, count, "all_go") or text.endswith(" from ", 0, count.start):
        return False  # "came from three people we had worked for"
    in_frame = count.unit.endswith(TOLD)
    sure = (
        in_frame
        or any_of(_TABLE, "staff_of").search(text[max(0, count.start - 60) : count.end])
        or _stands_before(sentence, count, "staff_colon")
        or _is_sure(sentence, count)
        or _follows(sentence, count, "remain")
    )
    if sure and not _are_all_lost(sentence, count):
        return not in_frame or _still_work_there(sentence, count)
    if any(deed.statement is sentence.parsed.at(count.start) for deed in deeds(sentence, "layoffs")):
        return False
    employs = (
        any_of(_TABLE, "employs").search(_near(sentence, count))
        or _stands_before(sentence, count, "has_people")
        or _stands_before(sentence, count, "so_many_staff")
    )
    return bool(employs) and _still_work_there(sentence, count)


def _still_work_there(sentence: Sentence, count: FoundCount) -> bool:
    moved = any_of(_TABLE, "cut_or_hired").search(_clause(sentence, count))
    return not moved and not any_of(_TABLE, "part_of_staff").search(_near(sentence, count))


def _others_told(sentence: Sentence, count: FoundCount, metric: str) -> bool:
    """Whether there are so many users, customers or videos."""
    sure = count.unit.endswith(TOLD) or _is_sure(sentence, count)
    if not (
        (sure and not _are_all_lost(sentence, count))
        or _are_paying_organisations(sentence, count)
        or _has_them(sentence, count, metric)
    ):
        return False
    if metric in ("users", "paying_users"):
        return not _stands_before(sentence, count, "blocked")
    return metric != "videos" or not _follows(sentence, count, "a_day")


def _are_paying_organisations(sentence: Sentence, count: FoundCount) -> bool:
    if ORGANISATIONS.search(count.unit) is None:
        return False
    has = re.search(r"(?:customers|clients)\Z", count.unit) and _stands_before(sentence, count, "has_customers")
    return bool(has) or _follows(sentence, count, "use_it")


def _has_them(sentence: Sentence, count: FoundCount, metric: str) -> bool:
    """Whether the words around a count say that the company has them."""
    if count.number.amount < (_FEWEST_CUSTOMERS if metric == "paying_users" else _SMALLEST):
        return False
    near = _near(sentence, count)
    if count.unit == "times":
        return any_of(_TABLE, "fetched").search(near) is not None
    if metric in ("videos", "other") and any_of(_TABLE, "allowed").search(_clause(sentence, count)):
        return False
    if _HAVE_JOINED.search(sentence.text, count.start, count.end):
        return True
    has = _says_has(sentence, count, near) or _stands_before(sentence, count, "and_so_many")
    return has or _follows(sentence, count, "sign_up") or _follows(sentence, count, "pay")


def _says_has(sentence: Sentence, count: FoundCount, near: str) -> bool:
    """Whether a word of having stands near; what those counted have done is not that somebody has them."""
    statement = sentence.parsed.at(count.start)
    subject = statement.subject if statement is not None else None
    if subject is not None and subject.start <= count.start < subject.end:
        done = _FIRST_WORDS.match(_AUXILIARY.sub("", sentence.text[count.end : count.end + 40]))
        near = f"{near[: near.rfind(sentence.text[count.end - 3 : count.end]) + 3]}{done[0] if done else ''}"
    return any_of(_TABLE, "has").search(near) is not None


_HAVE_JOINED = re.compile(r"\b(?:signed up|registered|opened (?:an )?accounts?|tried it|joined it)\Z")
_AUXILIARY = re.compile(r"\b(?:have|has|had|did)\b")
_FIRST_WORDS = re.compile(r"(?:[ ,]*[\w’'-]+){1,3}")


def _is_sure(sentence: Sentence, count: FoundCount) -> bool:
    return any_of(_TABLE, "sure").search(sentence.text[max(0, count.start - 40) : count.end]) is not None


def _are_all_lost(sentence: Sentence, count: FoundCount) -> bool:
    """As in "All 40 employees have been let go"."""
    lost = _stands_before(sentence, count, "all_of_them") and any_of(_TABLE, "lose_jobs").search(
        sentence.text, count.end
    )
    return bool(lost)


def _stands_before(sentence: Sentence, count: FoundCount, words: str) -> bool:
    return any_of(_TABLE, words).search(sentence.text[: count.start]) is not None


def _follows(sentence: Sentence, count: FoundCount, words: str) -> bool:
    return any_of(_TABLE, words).match(sentence.text, count.end) is not None


def _near(sentence: Sentence, count: FoundCount) -> str:
    """The words around a count, as if no sentence began there; what stands before a semicolon is another matter."""
    opened = f"{sentence.text[:1].lower()}{sentence.text[1:]}"
    window = opened[max(0, count.start - 50) : count.end + 30].split(";")
    return window[-1 if ";" in sentence.text[max(0, count.start - 50) : count.start] else 0]


def _clause(sentence: Sentence, count: FoundCount) -> str:
    """What is said of a count itself: "employs 90 people", without what it "plans to hire" next."""
    before = re.split(r"[,;] ", sentence.text[max(0, count.start - 50) : count.start])[-1]
    behind = re.split(r"[,;.] |[,;.]\Z| and | but | before | until ", sentence.text[count.end : count.end + 30])[0]
    return f"{before}{sentence.text[count.start : count.end]}{behind}"
