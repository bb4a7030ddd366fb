"""Whether money an English sentence tells of is still being raised, or never came: then no round has been done."""

from __future__ import annotations

from db.model import Status
from pipeline.english.document import Sentence
from pipeline.english.patterns import any_of
from pipeline.values.found import FoundMoney

_TABLE = "english_rounds_to_come"
_BEFORE = any_of(_TABLE, "before")
_BEHIND = any_of(_TABLE, "behind")
_PROCESS = any_of(_TABLE, "process")
_OPENED = any_of(_TABLE, "opened")
_TRIED = any_of(_TABLE, "tried")
_NEVER = any_of(_TABLE, "never")
_NEVER_CAME = any_of(_TABLE, "never_came")
_CALLED_OFF = any_of(_TABLE, "called_off")
_REPORTS = any_of(_TABLE, "reports")
_UNTRUE = any_of(_TABLE, "untrue")
_DONE = any_of(_TABLE, "done")
_REACH = 150
"""Characters before a sum: what stands farther is another statement."""


def with_what_came(sentence: Sentence, sum_: FoundMoney, status: Status | None) -> Status | None:
    """The status of a round by what stands around its sum, `status` being what the verbs say.

    As in "rumored" for "is finalising a round of $60 million", "denied" for "tried to raise $60 million, in vain", and
    None for "is hiring after a $60 million round".
    """
    text, end = sentence.text, sum_.end
    before = text[max(0, sum_.start - _REACH) : sum_.start]
    if _NEVER.match(text, end) or (_TRIED.search(before) and _NEVER_CAME.match(text, end)):
        return "denied"
    if _CALLED_OFF.search(before) or (_REPORTS.search(before) and _UNTRUE.match(text, end)):
        return "denied"
    if _DONE.search(before):
        return None if status == "rumored" else status
    opened = _PROCESS.match(text, end) and _OPENED.search(before)
    to_come = opened or _BEHIND.match(text, end) or _BEFORE.search(before)
    return status or ("rumored" if to_come else None)
