"""What is done in an English sentence: its statements looked up in a table of verbs and what may follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.document import Sentence
from pipeline.english.clauses import Statement
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
def _table(subject: str) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Lemma -> [(kind, what may follow)]."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for kind, lemmas in lexicon("pipeline.lexicon", "english_deeds")[subject].items():
        for lemma, patterns in lemmas.items():
            found.setdefault(lemma, []).append((kind, re.compile("|".join(f"(?:{pattern})" for pattern in patterns))))
    return found


def deeds(sentence: Sentence, subject: str) -> Iterator[Deed]:
    """The statements of a sentence that the table of this subject knows, in order."""
    table = _table(subject)
    for statement in sentence.parsed.statements:
        for kind, follows in table.get(statement.verb.lemma, ()):
            match = follows.match(sentence.text, statement.verb.end)
            if match is not None:
                yield Deed(kind, statement, match.end())
                break
