"""All words that some patterns wait for, numbered, and one pass of an automaton that finds them in a text."""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick, Implementation


class NumberedWords:
    """Words, found together. Those that came since the automaton was made are not found until it is made anew."""

    def __init__(self, patience: int, implementation: Implementation | None = None) -> None:
        """New words wait for `patience` texts: most patterns are made while the first articles are read."""
        self.patience = patience
        self.known = 0
        """Words with lower numbers are found."""
        self._implementation = implementation
        self._numbers: dict[str, int] = {}
        self._automaton: AhoCorasick | None = None
        self._texts = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, word: object) -> bool:
        return word in self._numbers

    def number_of(self, word: str) -> int:
        """The number of a word, a new one where it has none."""
        return self._numbers.setdefault(word, len(self._numbers))

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(number, start, end) of every known word in a text, overlapping ones too."""
        if self._automaton is None or (self.known < len(self._numbers) and self._texts >= self.patience):
            self._automaton = AhoCorasick(list(self._numbers), implementation=self._implementation)
            self.known, self._texts = len(self._numbers), 0
        self._texts += 1
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return found
