"""What proves that a weak name is meant as the company's: signs beside it, its family, what it does and owns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache

from db.knowledge.curated import load_knowledge
from pipeline.lexicon_files import lexicon
from pipeline.matching.led_pattern import LedPattern
from pipeline.matching.word_patterns import chinese_words, whole_words
from pipeline.names.spellings import Meaning, Spelled
from pipeline.topic import own_words

_WINDOW = 90
"""How far from a weak name, in characters, a word of the field makes it sure."""
_SPOKEN_OF = 3
"""So many words of the field make a text one about it."""
_TITLE = 40
"""How much stands before a name to say what it is: "chief executive of"."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What a text proves of weak names: the keys of whom it means, and where words of the field begin, in order."""

    proven: frozenset[str]
    field_words: Sequence[int]


def proofs_in(whole: str, hits: Sequence[Spelled], refused: Set[str]) -> Proofs:
    """The proofs in a text; `refused`: spellings that it uses of something else, too.

    The text is searched for words of the field only where a name is left that nothing else proves.
    """
    told = list({id(hit.meaning): hit.meaning for hit in hits}.values())
    proven = {key for meaning in told if not meaning.weak for key in meaning.family}
    proven |= _proven_by_each_other(told) | _proven_by_founders(whole, told)
    if not any(meaning.weak and meaning.family.isdisjoint(proven) for meaning in told):
        return Proofs(frozenset(proven), ())
    field_words = [match.start() for match in _context().finditer(whole)]
    proven |= _proven_by_deeds(whole, hits, proven, refused)
    among = bool(field_words) and any(not meaning.weak and meaning.kind != "investor" for meaning in told)
    listed = len(proven & _of_the_field()) >= _MANY
    for hit in hits:
        if not _is_asked(hit.meaning, proven):
            continue
        used_well = whole[hit.start : hit.end] not in refused
        if (
            _has_a_sign(whole, hit, field_words)
            or (among and used_well and _does().match(whole, _past(whole, hit.end)) is not None)
            or (listed and used_well and _is_spoken_of(whole, hit.start, hit.end))
        ):
            proven.add(hit.meaning.key)
    return Proofs(frozenset(proven), field_words)


def is_meant(whole: str, hit: Spelled, proofs: Proofs) -> bool:
    """Whether a spelling stands for the name it may stand for: a strong one always does."""
    if not hit.meaning.weak or not hit.meaning.family.isdisjoint(proofs.proven):
        return True
    return _has_a_sign(whole, hit, proofs.field_words)


def _is_asked(meaning: Meaning, proven: Set[str]) -> bool:
    """Whether it is a company's weak name that nothing proves yet."""
    return meaning.weak and meaning.kind == "company" and meaning.family.isdisjoint(proven)


def _proven_by_each_other(told: Iterable[Meaning]) -> set[str]:
    """Two different weak names of one family prove each other: 字节旗下的即梦, Odyssey and its Agora-1."""
    names: dict[str, set[str]] = {}
    for meaning in told:
        for key in meaning.family:
            names.setdefault(key, set()).add(meaning.key)
    return {key for key, keys in names.items() if len(keys) > 1}


def _proven_by_deeds(whole: str, hits: Sequence[Spelled], proven: Set[str], refused: Set[str]) -> set[str]:
    """Weak names that do and own at several places what companies do, in a text that tells of pictures."""
    weights: dict[str, int] = {}
    for start, end, meaning in hits:
        asked = _is_asked(meaning, proven) and whole[start].isascii() and whole[start:end] not in refused
        if asked and (_does().match(whole, end) or _acting().match(whole, end) or _HAS_OWNERS.match(whole, end)):
            weights[meaning.key] = weights.get(meaning.key, 0) + 1
    found = {key for key, weight in weights.items() if weight > 1}
    pictures = bool(found) and _pictures().search(whole) is not None
    return {key for key in found if pictures or _is_of_its_city(whole, key)}


_HAS_OWNERS = re.compile(r" (?:shares|stock|staff|employees|itself)\b")
"""What stands behind a company's name: "Runway shares", "None of it goes to Runway itself"."""


def _is_of_its_city(whole: str, key: str) -> bool:
    """Whether a text speaks of "the New York company", and there our company is at home."""
    city = _cities().get(key)
    nouns = "|".join(lexicon("pipeline.lexicon", "names")["company_nouns"])
    return city is not None and bool(
        re.search(rf"\b{re.escape(city)}(?:-based)? (?:[\w-]+ ){{0,2}}(?:{nouns})\b", whole)
    )


@cache
def _cities() -> dict[str, str]:
    return {company.key: company.city for company in load_knowledge().companies if company.city}


@cache
def _pictures() -> re.Pattern[str]:
    return re.compile(
        whole_words(["video", "videos", "clips", "clip", "film", "films", "avatar", "avatars", "footage"])
    )


def _proven_by_founders(whole: str, told: Iterable[Meaning]) -> set[str]:
    asked = {meaning.key for meaning in told if meaning.weak and meaning.kind == "company"}
    return {key for key in asked if any(founder in whole for founder in _founders()[key])}


@cache
def _founders() -> dict[str, Sequence[str]]:
    return {company.key: company.founders for company in load_knowledge().companies}


@cache
def _context() -> LedPattern:
    """The words of the field and of its business: where they stand, a weak name may be meant."""
    table = lexicon("pipeline.lexicon", "names")
    words = {*table["context_en"], *own_words("en")}
    english = whole_words({*words, *(f"{word[0].upper()}{word[1:]}" for word in words), *map(_titled, words)})
    return LedPattern(f"{english}|{chinese_words({*table['context_zh'], *own_words('zh')})}")


def _titled(word: str) -> str:
    """As a headline in capitals writes it: "Text-to-Video", "AI Video"."""
    return " ".join(part if part[0].isupper() else part[0].upper() + part[1:] for part in word.split())


@cache
def _signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands behind or before a company's name: an apposition, a company noun, a round."""
    table = lexicon("pipeline.lexicon", "names")
    nouns = "|".join(table["company_nouns"])
    behind = re.compile(
        rf"(?:: (?:[A-Z]{{1,3}})?[$€£¥₩]\d|, (?:a|an|the|its)\b[^.;]{{0,60}}?\b(?:{nouns})\b|,? (?:founded|started"
        rf"|co-founded) (?:in|by)\b"
        rf"|, (?:now |once |also )?(?:called|named|known as|formerly) (?=[A-Z])"
        rf"| (?:{'|'.join(table['funding_en'])})"
        r"|, whose (?:own )?(?:latest |last |first |next )?(?:Series [A-K]|seed|round|valuation"
        r"|investors|backers|founders?|revenue|sales|staff|software|models?|app)\b"
        r"|'s (?:Series|seed|valuation|round|chief|CEO|co-founder|founder|model))"
    )
    before = re.compile(
        r"\b(?:formerly|previously|(?:knew|known) as|(?:used to be|was) called) \Z"
        rf"|\b(?:{nouns}|startups|rivals|companies|(?:chief executive|CEO|founder|co-founder) of) (?:like |such as )?\Z"
    )
    return behind, before


def _has_a_sign(text: str, hit: Spelled, field_words: Sequence[int]) -> bool:
    """Whether a weak name has a second sign beside it; `field_words` is where they begin, in order."""
    start, end, meaning = hit
    behind, before = _signs()
    if meaning.kind == "company" and (behind.match(text, end) or before.search(text, max(0, start - _TITLE), start)):
        return True
    if not field_words or not text[start].isascii():
        return bool(field_words)
    if meaning.kind == "investor":
        return False
    if text[start - 1 : start] == "\n" and _HEADS_ITEM.match(text, end):
        return True
    nearest = bisect_left(field_words, start - _WINDOW)
    if nearest < len(field_words) and field_words[nearest] < end + _WINDOW:
        return True
    if meaning.kind == "company" and _acting().match(text, end):
        return True
    return len(field_words) >= _SPOKEN_OF and _stands_within_a_sentence(text, start)


_HEADS_ITEM = re.compile(r"(?: \([A-Z][^()]{1,30}\))?: [a-z\d$€£]")
"""As in a list of deals: "Pika: 40 jobs gone"."""


_MANY = 3
"""So many companies of the field make a text one about it: then a capital within a sentence is a name's."""


@cache
def _of_the_field() -> frozenset[str]:
    return frozenset(company.key for company in load_knowledge().companies if company.scope == "core")


def _is_spoken_of(text: str, start: int, end: int) -> bool:
    """Whether a name stands where a common word would be small, or does what companies do."""
    if not text[start].isascii():
        return False
    if _stands_within_a_sentence(text, start) or _acting().match(text, end) is not None:
        return True
    return _GOES_ON.match(text, end) is not None


_GOES_ON = re.compile(
    r" (?:may|might|could|will|would|has|had|did|does|(?:is|was) (?:not |now |also |still |said |expected )?"
    r"(?:named|next|worth|based|the|an?|in talks|among|older|younger|bigger|smaller))\b"
)
"""What a sentence that begins with a name goes on with: "Runway may be next"."""


@cache
def _does() -> re.Pattern[str]:
    """What companies do and own, behind the name: enough where the text names others of the field."""
    table = lexicon("pipeline.lexicon", "recurring_names")
    return re.compile("|".join(f"(?:{each['says']})" for each in table["behind"] if each["counts"] > 1))


def _past(whole: str, end: int) -> int:
    """Behind a name, or behind what is but put between: "Runway, meanwhile, tapped"."""
    between = _BETWEEN.match(whole, end)
    return end if between is None else between.end()


_BETWEEN = re.compile(r", (?:meanwhile|by contrast|for its part|in turn|too|however|for instance),")


_SMALL_BEFORE = re.compile(r"(?:[a-z]{2,}[a-z ,]*[a-z,] )\Z")


def _stands_within_a_sentence(text: str, start: int) -> bool:
    """Whether small letters stand before: there a capital is a name's, "an earlier suit against Runway"."""
    return _SMALL_BEFORE.search(text, max(0, start - 30), start) is not None


@cache
def _acting() -> re.Pattern[str]:
    """What only a company does, behind its name."""
    table = lexicon("pipeline.lexicon", "names")
    return re.compile(rf"(?: (?:{'|'.join(table['acting_en'])})|['’]s (?:{'|'.join(table['owned_en'])}))\b")
