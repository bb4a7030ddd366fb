"""The statements of an English sentence: verbs with their subjects, and which of them a place belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.english.phrases import SEPARATORS
from pipeline.english.subject_meant import Subject
from pipeline.english.tokens import Token
from pipeline.english.verb_forms import words
from pipeline.english.verbs import Verb

_SHORT = ("it", "they", "we", "which", "that")


class Statement(NamedTuple):
    """A verb with its subject. `subject` is None where the sentence names none; `parent` is the verb it leans on."""

    verb: Verb
    subject: Subject | None
    parent: int | None
    relative: bool
    stop: int
    """Where what is said of it ends: the next verb that is no mere participle, or the end of the sentence."""
    reduced: bool = False
    """A participle that only says more of a noun: "led by", "released in June"."""

    @property
    def is_suffered(self) -> bool:
        """Whether it is done to the subject: "was named", ", named chief executive in May,"."""
        return self.verb.passive or self.reduced


@dataclass(slots=True)
class Parsed:
    """An English sentence cut into statements."""

    tokens: Sequence[Token]
    statements: Sequence[Statement]
    whole: Sequence[Statement] = field(init=False)
    """Those that are no mere participles, or all where there are no others."""
    by_pronoun: Sequence[tuple[Statement, Subject]] = field(init=False)
    """Those of "it" or "which", with that subject."""

    def __post_init__(self) -> None:
        self.whole = [statement for statement in self.statements if not statement.reduced] or self.statements
        self.by_pronoun = [
            (statement, statement.subject)
            for statement in self.whole
            if statement.subject is not None and statement.subject.refers in _SHORT
        ]

    def at(self, position: int) -> Statement | None:
        """The statement a place belongs to: that whose subject it is part of, else the last verb before it."""
        for statement in self.whole:
            subject = statement.subject
            if (
                subject is not None
                and not statement.relative
                and subject.start <= position < subject.end
                and position < statement.verb.start
            ) and not any(subject.start < other.verb.start <= position for other in self.statements):
                return statement
        for statement, subject in self.by_pronoun:
            if position < subject.start <= position + 26 and statement.verb.start - subject.end <= 12:
                return statement if self._follows_directly(position, subject.start) else self._before(position)
        return self._before(position)

    def _follows_directly(self, start: int, end: int) -> bool:
        """Whether "it" follows a sum with nothing between, as in "the $101 million it raised in 2022"."""
        between = [token for token in self.tokens if start < token.start < end]
        return not any(
            token.text in SEPARATORS
            or token.lower in words("conjunctions") | words("subordinators") | words("prepositions")
            for token in between
        )

    def _before(self, position: int) -> Statement | None:
        for statement in reversed(self.whole):
            if statement.verb.start <= position:
                return statement
        return self.whole[0] if self.whole else None
