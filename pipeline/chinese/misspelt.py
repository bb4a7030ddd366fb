"""Long Latin names one letter off: an article that names StabilityAI throughout means it by StabilitAI, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.chinese.clauses import Sentence
from pipeline.values.found import NameMention

_SHORTEST = 8
_MOST = 50
_TOKEN = re.compile(r"(?<![A-Za-z])[A-Za-z]{7,24}(?![A-Za-z])")


def add_misspelt(sentences: Sequence[Sentence]) -> None:
    """Take tokens that are one letter away from a known company's name in the same article for that company."""
    written = dict(_written(sentences))
    if not written or len(written) > _MOST:
        return
    for sentence in sentences:
        for clause in sentence.clauses:
            for token in _TOKEN.finditer(sentence.text, clause.start, clause.end):
                if any(each.start < token.end() and token.start() < each.end for each in clause.mentions):
                    continue
                meant = next((mention for name, mention in written.items() if _one_off(name, token[0])), None)
                if meant is not None:
                    clause.mentions.append(meant._replace(start=token.start(), end=token.end()))
                    clause.mentions.sort(key=lambda each: each.start)


def _written(sentences: Sequence[Sentence]) -> Iterator[tuple[str, NameMention]]:
    for sentence in sentences:
        for mention in sentence.mentions:
            name = sentence.text[mention.start : mention.end]
            if (
                mention.known
                and mention.kind == "company"
                and len(name) >= _SHORTEST
                and name.isascii()
                and name.isalpha()
            ):
                yield name, mention


def _one_off(one: str, other: str) -> bool:
    """Whether a letter was left out, put in or changed."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    place = next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
    rest, left_out, put_in = (
        (one[place + 1 :], other[place + 1 :]),
        (one[place + 1 :], other[place:]),
        (one[place:], other[place + 1 :]),
    )
    return any(left == right for left, right in (rest, left_out, put_in))
