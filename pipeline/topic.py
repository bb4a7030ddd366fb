"""How much of a text is about machines that make pictures: words of `lexicon/relevance.yml`, counted and weighed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from db.model import Language
from pipeline.topic_words import STOP, TopicWord, topic_table, topic_words, word_classes

_LEAD = {"en": 250, "zh": 90}
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
_BESIDE = {"en": 8, "zh": 2}
"""Characters between a company and its field: "maker of an ..."."""
_SENTENCE_END = {"en": re.compile(r"[.!?;](?=\s)|\n"), "zh": re.compile(r"[。！？；\n]")}
_OWN = frozenset({"name", "own"})
_SHOWN = frozenset({"seen", "likeness", "picture", "craft"})
_DONE = frozenset({"make", "unreal"})
"""What no other software does."""
_DONE_OR_OWN = frozenset({*_DONE, *_OWN, "simulated"})
_PICTURES = frozenset({*_SHOWN, *_OWN})
_MAKING = frozenset({*_DONE_OR_OWN, "machine", "input"})
_TELLING = frozenset({*_OWN, *_DONE, *_SHOWN, "simulated", "rights"})
"""What other trades hardly speak of."""


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
    lead, beginning = (len(title) + most[language] for most in (_LEAD, _BEGINNING))
    found = topic_words(whole, language)
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
    return float(topic_table()["least"][relevance][_table_for(language)])


def stands_in_lead(place: int, language: Language) -> bool:
    """Whether a place in a text is where it says whom and what it is about."""
    return place < _LEAD[_table_for(language)]


def may_be_ours(title: str, text: str, language: Language) -> bool:
    """Whether the words of a folded text alone, whoever it names, put it near the field."""
    return weigh(evidence_in(title, text, language), language) >= least("adjacent", language)


def _table_for(language: Language) -> Language:
    """The language whose words are looked for: what is neither may hold English ones."""
    return "zh" if language == "zh" else "en"


def own_words(language: Language) -> Sequence[str]:
    """The field's own terms."""
    return tuple(word for kind in sorted(_OWN) for word in topic_table()["evidence"][kind][language])


def _near_pairs(found: Sequence[TopicWord], text: str, language: Language) -> list[tuple[TopicWord, TopicWord]]:
    """Each word and the next, where hardly anything and no sign stands between them."""
    most = _NEAR[language]
    return [
        (one, other)
        for one, other in pairwise(found)
        if other.start - one.end <= most and not STOP.search(text, one.end, other.start)
    ]


def _tells_a_company(near: Iterable[tuple[TopicWord, TopicWord]], language: Language) -> bool:
    """Whether two words say what a company is: "AI video startup", "maker of an AI video tool"."""
    for one, other in near:
        own, noun = (one, other) if one.kind in _OWN else (other, one)
        if own.kind in _OWN and noun.word in _companies(language) and other.start - one.end <= _BESIDE[language]:
            return True
    return False


def _result(found: Sequence[TopicWord], place: int, text: str, language: Language) -> str | None:
    """What is shown soon behind a word that tells of a change: "into a short film"."""
    change = found[place]
    for other in found[place + 1 :]:
        if other.start - change.end > _SOON[language] or STOP.search(text, change.end, other.start):
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


def _sentence_signs(found: Sequence[TopicWord], text: str, lead: int, language: Language) -> dict[str, float]:
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


def _kinds_by_sentence(found: Iterable[TopicWord], text: str, language: Language) -> Iterator[tuple[int, set[str]]]:
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


@cache
def _weights(language: Language) -> dict[str, float]:
    rows = {kind: row["weight"] for kind, row in word_classes().items() if "weight" in row} | topic_table()["signs"]
    return {kind: float(row[language]) for kind, row in rows.items()}


@cache
def _other_trades() -> frozenset[str]:
    return frozenset(topic_table()["other_trades"])


@cache
def _changes(language: Language) -> frozenset[str]:
    return frozenset(topic_table()["changes"][language])


@cache
def _companies(language: Language) -> frozenset[str]:
    return frozenset(topic_table()["companies"][language])
