"""Whose "its" is where a sentence says who somebody is: "Roe, who set up the avatar studio Gesichter, was removed"."""

from __future__ import annotations

import re

from pipeline.english.document import Sentence
from pipeline.values.found import NameMention

_RUNS = re.compile(
    r", (?:who (?:co-?)?(?:founded|set up|started|runs?|ran|heads?|headed|leads?|led|built|created|owns|owned|launched)"
    r"|(?:the |a )?(?:co-?)?founder of) (?:the )?"
    r"(?:(?!(?:after|before|at|for|of|with|in|from|to|and|by|when|while|as)\b)[\w’'-]+ ){0,6}\Z"
)


def run_by_subject(sentence: Sentence, position: int) -> NameMention | None:
    """The company that somebody told of before a place is said to run or to have set up, in an aside that has ended."""
    for mention in sentence.mentions:
        if mention.kind != "company" or mention.end > position or "," not in sentence.text[mention.end : position]:
            continue
        if _RUNS.search(sentence.text, max(0, mention.start - 90), mention.start):
            return mention
    return None
