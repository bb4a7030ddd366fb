"""How much of a text is about machines that make pictures: words of `lexicon/relevance.yml`, counted and weighed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import pairwise
from string import ascii_lowercase, digits
from typing import Any, Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from db.model import Language
from pipeline.fold import fold_text
from pipeline.lexicon_files import lexicon

_LEAD = {"en": 250, "zh": 90}
"""Characters: whom and what a text is about it says first."""
_BEGINNING = {"en": 700, "zh": 260}
"""Characters: what a company makes of which no reader need know is said so early."""
_FURTHER_ON = 0.5
_MOST_WORDS = 4
_MOST_SENTENCES = 2
_MOST_OF_BOTH = 3.0
"""No more of a kind count: a text is not about everything it has many words for."""
_NEAR = {"en": 22, "zh": 6}
"""Characters between two words told in one breath: "generated with AI for films"."""
_SOON = {"en": 40, "zh": 12}
"""Characters between a change and what comes of it: "turns podcasts into three short animated explainers"."""
_BESIDE = {"en": 8, "zh": 2}
"""Characters between a company and its field: "maker of an ..."."""
_SENTENCE_END = {"en": re.compile(r"[.!?;](?=\s)|\n"), "zh": re.compile(r"[。！？；\n]")}
_LATIN = frozenset(ascii_lowercase + digits)
"""What a Latin word is made of; a Chinese word has no edges."""
_STOP = re.compile(r"[.,;:。，；：\n]")
_SHOWN = frozenset({"seen", "likeness"})
_OWN = frozenset({"name", "own"})
_SHOWN_OR_MADE = frozenset({*_SHOWN, "picture", "craft"})
_PICTURES = frozenset({*_SHOWN_OR_MADE, *_OWN})
_DOINGS = frozenset({"make", "machine", "simulated", "unreal"})
_MAKING = frozenset({*_DOINGS, *_OWN, "input"})


class _Word(NamedTuple):
    """A word of the table at its place in a text."""

    start: int
    end: int
    kind: str
    word: str


_WORD_OF = partial(tuple.__new__, _Word)
"""A word of its values: no Python stands in between."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a topic and against it: how much of each class and sign, and the words of each class."""

    counts: dict[str, float]
    words: dict[str, dict[str, float]]


@lru_cache(maxsize=4)
def evidence_in(title: str, text: str, language: Language) -> Evidence:
    """The evidence in a folded title and the beginning of a folded text. A word counts once, at its first place.

    The signs beside the classes: how many of both pictures and making (`both`); a company called by the field's own
    words (`of_a_company`); sentences in which something is done to what is shown (`made`), or in which it never was
    (`never_filmed`); such words side by side (`in_one_breath`); what something is turned into (`becoming`).
    """
    language = _table_for(language)
    beginning = f"{title}\n{text[: _BEGINNING[language]]}".lower()
    lead = len(title) + _LEAD[language]
    found = list(_words_in(beginning, language))
    words: dict[str, dict[str, float]] = {}
    for each in found:
        words.setdefault(each.kind, {}).setdefault(each.word, 1.0 if each.start <= lead else _FURTHER_ON)
    counts = {kind: min(sum(each.values()), _MOST_WORDS) for kind, each in words.items()}
    pictures, making = (sum(counts.get(kind, 0.0) for kind in kinds) for kinds in (_PICTURES, _MAKING))
    shown = [kinds for kinds in _kinds_by_sentence(found, beginning, language) if not kinds.isdisjoint(_SHOWN)]
    near = _near_pairs(found, beginning, language)
    breaths = {(one.word, other.word) for one, other in near if one.kind in _DOINGS and other.kind in _SHOWN_OR_MADE}
    changes = _changes(language)
    results = {_result(found, place, beginning, language) for place, each in enumerate(found) if each.word in changes}
    counts |= {
        "both": min(pictures, making, _MOST_OF_BOTH),
        "of_a_company": float(_tells_a_company(near, language)),
        "made": float(min(sum("make" in kinds for kinds in shown), _MOST_SENTENCES)),
        "becoming": float(min(len(results - {None}), _MOST_SENTENCES)),
        "never_filmed": float(min(sum("unreal" in kinds for kinds in shown), _MOST_SENTENCES)),
        "in_one_breath": float(min(len(breaths), _MOST_SENTENCES)),
    }
    return Evidence(counts, words)


def weigh(evidence: Evidence, language: Language) -> float:
    """The sum of what speaks for the field and against it; 0 is even odds."""
    weights = _weights(_table_for(language))
    return weights["base"] + sum(weights.get(kind, 0.0) * count for kind, count in evidence.counts.items())


def heaviest(evidence: Evidence, language: Language, most: int) -> list[str]:
    """The words that weighed most for the field, the heaviest first, at most so many; those of any business aside."""
    weights = _weights(_table_for(language))
    weighed = {
        word: weights.get(kind, 0.0) * place
        for kind, words in evidence.words.items()
        if kind != "business"
        for word, place in words.items()
    }
    return [word for word in sorted(weighed, key=lambda word: (-weighed[word], word)) if weighed[word] > 0][:most]


def sign(name: str, language: Language) -> float:
    """The weight of a sign that is no word."""
    return _weights(_table_for(language))[name]


def least(relevance: Literal["core", "adjacent"], language: Language) -> float:
    """The sum from which on a text is about the field, or near it."""
    return float(_table()["least"][relevance][_table_for(language)])


def may_be_ours(title: str, text: str, language: Language) -> bool:
    """Whether the words of a folded text alone, whoever it names, put it near the field."""
    return weigh(evidence_in(title, text, language), language) >= least("adjacent", language)


def _table_for(language: Language) -> Language:
    """The language whose words are looked for: what is neither may hold English ones."""
    return "zh" if language == "zh" else "en"


def own_words(language: Language) -> Sequence[str]:
    """The field's own terms."""
    return tuple(word for kind in sorted(_OWN) for word in _table()["evidence"][kind][language])


def _near_pairs(found: Sequence[_Word], text: str, language: Language) -> list[tuple[_Word, _Word]]:
    """Each word and the next, where hardly anything and no sign stands between them."""
    most = _NEAR[language]
    return [
        (one, other)
        for one, other in pairwise(found)
        if other.start - one.end <= most and not _STOP.search(text, one.end, other.start)
    ]


def _tells_a_company(near: Iterable[tuple[_Word, _Word]], language: Language) -> bool:
    """Whether two words say what a company is: "AI video startup", "maker of an AI video tool"."""
    for one, other in near:
        own, noun = (one, other) if one.kind in _OWN else (other, one)
        if own.kind in _OWN and noun.word in _companies(language) and other.start - one.end <= _BESIDE[language]:
            return True
    return False


def _result(found: Sequence[_Word], place: int, text: str, language: Language) -> str | None:
    """What is shown soon behind a word that tells of a change: "into a short film"."""
    change = found[place]
    for other in found[place + 1 :]:
        if other.start - change.end > _SOON[language] or _STOP.search(text, change.end, other.start):
            return None
        if other.kind in _PICTURES:
            return other.word
    return None


def _kinds_by_sentence(found: Iterable[_Word], text: str, language: Language) -> list[set[str]]:
    """The classes of the words of each sentence that has any, or more, in order."""
    sentences: list[set[str]] = [set()]
    ends = (match.start() for match in _SENTENCE_END[language].finditer(text))
    end = next(ends, len(text))
    for each in found:
        while each.start >= end:
            end = next(ends, len(text))
            sentences.append(set())
        sentences[-1].add(each.kind)
    return sentences


def _words_in(text: str, language: Language) -> Iterator[_Word]:
    """The words of the table in a text in small letters, in order: of several that overlap the first and longest."""
    automaton, meanings = _automaton(language)
    closed = f"{text} "  # before its beginning stands its end, which is no letter
    places = [
        (start, -end, number)
        for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
        if not (closed[start] in _LATIN and closed[start - 1] in _LATIN)
        and not (closed[end - 1] in _LATIN and closed[end] in _LATIN)
    ]
    last = 0
    for start, negative_end, number in sorted(places):
        if start >= last:
            last = -negative_end
            kind, word = meanings[number]
            yield _WORD_OF((start, last, kind, word))


@cache
def _automaton(language: Language) -> tuple[AhoCorasick, list[tuple[str, str]]]:
    """The automaton over every spelling of the table's words, and the class and word of each."""
    spellings: dict[str, tuple[str, str]] = {}
    for kind, row in _classes().items():
        for word in row[language]:
            spellings.setdefault(fold_text(word).lower(), (kind, word))
    if language == "en":
        for spelling, meaning in list(spellings.items()):
            for form in _forms(spelling):
                for gap in "- ":
                    spellings.setdefault(form.replace("-", gap), meaning)
    return AhoCorasick(list(spellings)), list(spellings.values())


def _forms(word: str) -> Iterator[str]:
    """A word or phrase with every regular ending its last word may have, some that it has not among them."""
    stem = word[:-1] if word[-1] in "ey" else word
    yield word
    yield from (word + ending for ending in ("s", "es", "ed", "ing", word[-1] + "ed", word[-1] + "ing"))
    yield from (stem + ending for ending in ("ed", "ing", "ies", "ied"))


@cache
def _weights(language: Language) -> dict[str, float]:
    table = _table()
    rows = {kind: row["weight"] for kind, row in _classes().items() if "weight" in row} | table["signs"]
    return {kind: float(row[language]) for kind, row in rows.items()}


@cache
def _changes(language: Language) -> frozenset[str]:
    return frozenset(_table()["changes"][language])


@cache
def _companies(language: Language) -> frozenset[str]:
    return frozenset(_table()["companies"][language])


@cache
def _classes() -> dict[str, Any]:
    table = _table()
    classes = {**table["evidence"], **table["other_trades"]}
    return classes | {kind: table[kind] for kind in ("look_alikes", "changes", "companies")}


def _table() -> dict[str, Any]:
    return lexicon("pipeline.lexicon", "relevance")
