"""How much of a text is about machines that make pictures: words of `lexicon/relevance.yml`, counted and weighed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import pairwise
from string import ascii_lowercase, digits
from typing import Any, Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from db.model import Language
from pipeline.fold import fold_text
from pipeline.lexicon_files import lexicon

LEAD = {"en": 250, "zh": 90}
"""Characters: whom and what a text is about it says first."""
_BEGINNING = {"en": 700, "zh": 260}
"""Characters: what a company makes of which no reader need know is said so early."""
_LOOKED_AT = {"en": 2500, "zh": 900}
"""Characters: what a text comes back to is its topic, and what it says once, far down, is not."""
_AT_ONCE, _SOON_AFTER, _FAR_DOWN = 1.0, 0.5, 0.1
"""What a word weighs in the title or lead, in the beginning, and behind it."""
_MOST_WORDS = 4
_MOST_SENTENCES = 4
_MOST_FAR_DOWN = 2.0
_A_WORD_FAR_DOWN = 0.25
_MOST_CHANGES = 2
_MOST_OF_BOTH = 3.0
"""No more of a kind count: a text is not about everything it has many words for."""
_NEAR = {"en": 22, "zh": 6}
"""Characters between two words told in one breath: "generated with AI for films"."""
_SOON = {"en": 40, "zh": 12}
"""Characters between a change and what comes of it: "turns podcasts into three short animated explainers"."""
_DENIED = {"en": 30, "zh": 7}
"""Characters between a denial and what it denies: "does not make any video", "没有采用生成视频"."""
_BESIDE = {"en": 8, "zh": 2}
"""Characters between a company and its field: "maker of an ..."."""
_SENTENCE_END = {"en": re.compile(r"[.!?;](?=\s)|\n"), "zh": re.compile(r"[。！？；\n]")}
_LATIN = frozenset(ascii_lowercase + digits)
"""What a Latin word is made of; a Chinese word has no edges."""
_STOP = re.compile(r"[.,;:。，；：\n]")
_OWN = frozenset({"name", "own"})
_SHOWN = frozenset({"seen", "likeness", "picture", "craft"})
_DONE = frozenset({"make", "unreal"})
"""What no other software does."""
_DONE_OR_OWN = frozenset({*_DONE, *_OWN, "simulated"})
_PICTURES = frozenset({*_SHOWN, *_OWN})
_MAKING = frozenset({*_DONE_OR_OWN, "machine", "input"})
_DENIABLE = frozenset({*_OWN, *_SHOWN, "make", "simulated", "machine", "rights", "input"})
_TELLING = frozenset({*_OWN, *_DONE, *_SHOWN, "simulated", "rights"})
"""What other trades hardly speak of."""


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
    """The evidence in a folded title and text, as far as one is looked at. A word counts once, at its first place.

    What a text denies is no evidence. The signs beside the classes: how many of both pictures and making (`both`), of
    both pictures and what only this field does (`made_up`); a company called by the field's own words
    (`of_a_company`); what something is turned into (`becoming`); sentences with a word of its own (`sentences`), one
    that speaks of the field in the lead (`at_once`), or one alone and behind it (`in_passing`); words only far down,
    of the field (`far_down`) and of other trades (`others_far_down`), which may also stand in the title
    (`others_in_title`).
    """
    language = _table_for(language)
    whole = f"{title}\n{text[: _LOOKED_AT[language]]}".lower()
    lead, beginning = (len(title) + most[language] for most in (LEAD, _BEGINNING))
    found = _meant(_words_in(whole, language), whole, language)
    words: dict[str, dict[str, float]] = {}
    for each in found:
        place = _AT_ONCE if each.start <= lead else _SOON_AFTER if each.start <= beginning else _FAR_DOWN
        words.setdefault(each.kind, {}).setdefault(each.word, place)
    counts = {kind: min(sum(each.values()), _MOST_WORDS) for kind, each in words.items()}
    early = [each for each in found if each.start <= beginning]
    changes = _changes(language)
    results = {_result(early, place, whole, language) for place, each in enumerate(early) if each.word in changes}
    others = _other_trades()
    counts |= {
        "both": _of_both(words, _PICTURES, _MAKING),
        "made_up": _of_both(words, _PICTURES, _DONE_OR_OWN),
        "of_a_company": float(_tells_a_company(_near_pairs(early, whole, language), language)),
        "becoming": float(min(len(results - {None}), _MOST_CHANGES)),
        "far_down": _far_down(words, _TELLING),
        "others_far_down": _far_down(words, others),
        "others_in_title": float(any(each.kind in others for each in found if each.start < len(title))),
        **_sentence_signs(found, whole, lead, language),
    }
    return Evidence(counts, words)


def weigh(evidence: Evidence, language: Language) -> float:
    """The sum of what speaks for the field and against it; 0 is even odds."""
    weights = _weights(_table_for(language))
    return weights["base"] + sum(weights.get(kind, 0.0) * count for kind, count in evidence.counts.items())


def heaviest(evidence: Evidence, language: Language, most: int) -> list[str]:
    """The words that weighed most for the field, the heaviest first, at most so many; those of any business aside."""
    weights = _weights(_table_for(language))
    of_own = weights["sentences"]
    weighed = {
        word: (weights.get(kind, 0.0) + of_own * (kind in _OWN)) * place
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


def _of_both(words: Mapping[str, Mapping[str, float]], some: frozenset[str], others: frozenset[str]) -> float:
    """How many of both: the fewer of the two, as they weigh at their places in the beginning."""
    one, other = (
        sum(place for kind in kinds for place in words.get(kind, {}).values() if place > _FAR_DOWN)
        for kinds in (some, others)
    )
    return min(one, other, _MOST_OF_BOTH)


def _far_down(words: Mapping[str, Mapping[str, float]], kinds: Iterable[str]) -> float:
    """How much of some classes stands behind the beginning only."""
    number = sum(place == _FAR_DOWN for kind in kinds for place in words.get(kind, {}).values())
    return min(number * _A_WORD_FAR_DOWN, _MOST_FAR_DOWN)


def _sentence_signs(found: Sequence[_Word], text: str, lead: int, language: Language) -> dict[str, float]:
    """How many sentences have a word of the field's own, and where those stand that speak of it in any words."""
    own = 0
    starts: list[int] = []
    for start, kinds in _kinds_by_sentence(found, text, language):
        is_own = not kinds.isdisjoint(_OWN)
        own += is_own
        if is_own or not (kinds.isdisjoint(_DONE) or kinds.isdisjoint(_SHOWN)):
            starts.append(start)
    return {
        "sentences": float(min(own, _MOST_SENTENCES)),
        "at_once": float(bool(starts) and starts[0] < lead),
        "in_passing": float(len(starts) == 1 and starts[0] > lead),
    }


def _kinds_by_sentence(found: Iterable[_Word], text: str, language: Language) -> Iterator[tuple[int, set[str]]]:
    """The start of each sentence that has words, and their classes, in order."""
    ends = (match.start() for match in _SENTENCE_END[language].finditer(text))
    start, end = 0, next(ends, len(text))
    kinds: set[str] = set()
    for each in found:
        while each.start >= end:
            if kinds:
                yield start, kinds
                kinds = set()
            start, end = end, next(ends, len(text))
        kinds.add(each.kind)
    if kinds:
        yield start, kinds


def _meant(words: Iterable[_Word], text: str, language: Language) -> list[_Word]:
    """The words without those a text denies: "no cameras and no generated shots", "不用数字人"."""
    most = _DENIED[language]
    meant: list[_Word] = []
    denial = -most - 1
    for each in words:
        if each.kind == "denials":
            denial = each.end
        elif each.start - denial > most or each.kind not in _DENIABLE or _STOP.search(text, denial, each.start):
            meant.append(each)
    return meant


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
def _other_trades() -> frozenset[str]:
    return frozenset(_table()["other_trades"])


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
    return classes | {kind: table[kind] for kind in ("look_alikes", "changes", "companies", "denials")}


def _table() -> dict[str, Any]:
    return lexicon("pipeline.lexicon", "relevance")
