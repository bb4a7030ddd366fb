"""What is done in an English sentence: its statements looked up in a table of verbs and what may follow them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.english.document import Sentence
from pipeline.english.statements import Statement
from pipeline.lexicon_files import lexicon


class Deed(NamedTuple):
    """A statement of a kind the table knows; `end` is where the words that tell it end."""

    kind: str
    statement: Statement
    end: int

    @property
    def start(self) -> int:
        """Where the verb's group begins."""
        return self.statement.verb.start


@cache
def _table() -> dict[str, list[tuple[str, str, re.Pattern[str]]]]:
    """Lemma -> [(subject, kind, what may follow)]."""
    found: dict[str, list[tuple[str, str, re.Pattern[str]]]] = {}
    for subject, kinds in lexicon("pipeline.lexicon", "english_deeds").items():
        for kind, lemmas in kinds.items():
            for lemma, patterns in lemmas.items():
                follows = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
                found.setdefault(lemma, []).append((subject, kind, follows))
    return found


def deeds(sentence: Sentence, subject: str) -> Sequence[Deed]:
    """The statements of a sentence that the table of this subject knows, in order."""
    if "deeds" not in sentence.noted:
        sentence.noted["deeds"] = _all_deeds(sentence)
    found: Sequence[Deed] = sentence.noted["deeds"].get(subject, ())
    return found


def _all_deeds(sentence: Sentence) -> dict[str, list[Deed]]:
    """Subject -> the statements its table knows, in order; of several kinds of a subject the first is meant."""
    table = _table()
    found: dict[str, list[Deed]] = {}
    for statement in sentence.parsed.statements:
        told: set[str] = set()
        for subject, kind, follows in table.get(statement.verb.lemma, ()):
            match = follows.match(sentence.text, statement.verb.end) if subject not in told else None
            if match is not None:
                told.add(subject)
                found.setdefault(subject, []).append(Deed(kind, statement, match.end()))
    return found
