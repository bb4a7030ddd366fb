"""The phrases of an English sentence: which words stand together as the subject of a verb."""

from __future__ import annotations

from functools import cache

from pipeline.english.form_in_sentence import ends_in_number
from pipeline.english.marked_words import Words
from pipeline.english.subject_meant import LINKS, Subject, names_somebody, names_within, subject_in
from pipeline.english.verb_forms import words
from pipeline.values.found import NameMention

SEPARATORS = frozenset((",", ";", ":", "—", "–", "(", ")", '"', "“", "”"))
_QUANTIFYING = frozenset(("about", "around", "over", "under", "near", "up", "above", "below", "some"))


_CONJOINING = frozenset(("as", "after", "before", "since", "until", "till", "than", "because"))


def noun_phrase(sentence: Words, floor: int, last: int, *, nearest: bool = False) -> Subject | None:
    """The phrase that ends at a token: its head stands behind no preposition (`nearest`: the last part)."""
    while floor < last and (
        sentence.tokens[floor].lower in words("conjunctions")
        or sentence.tokens[floor].lower in ("which", "whom")
        or sentence.tokens[floor].text in SEPARATORS
    ):
        floor += 1
    parts = _parts(sentence, floor, last)
    number = len(parts) - 1
    owners: list[NameMention] = []
    given: list[NameMention] = []
    while number >= 0:
        start, end, governed = parts[number]
        if not governed or (nearest and names_somebody(sentence, start, end)):
            if given and not _is_round(sentence, end):
                owners = sorted([*owners, *given])
            return subject_in(sentence, list_start(sentence, floor, start, end), last, end, owners)
        if start and sentence.tokens[start - 1].lower in ("from", "by"):
            given = [*names_within(sentence, start, end), *given]
        else:
            owners = [*names_within(sentence, start, end), *owners]
        number -= 1
        if number < 0:
            return None
    return None


def _is_round(sentence: Words, end: int) -> bool:
    """Whether a phrase's noun is money that others give: "A $3 million pre-seed from Precursor" is not Precursor's."""
    noun = sentence.tokens[end - 1].lower
    if len(noun) == 1 and end > 1 and sentence.tokens[end - 2].lower == "series":
        return True
    return noun in words("given_nouns")


def list_start(sentence: Words, floor: int, start: int, end: int) -> int:
    """Where "Disney, Universal and Warner Bros." begins: the names before a last one with "and"."""
    if "and" not in [token.lower for token in sentence.tokens[start:end]]:
        return start
    while start - 2 >= floor and sentence.tokens[start - 1].text == ",":
        begin = start - 2
        while begin > floor and sentence.tokens[begin - 1].text[0].isupper():
            begin -= 1
        if not sentence.tokens[begin].text[0].isupper() and sentence.mention_of[begin] is None:
            break
        start = begin
    return start


def _parts(sentence: Words, floor: int, last: int) -> list[tuple[int, int, bool]]:
    """The pieces of a phrase: (first token, end, whether a preposition stands before it)."""
    parts: list[tuple[int, int, bool]] = []
    start = floor
    governed = False
    for place in range(floor, last + 1):
        word = sentence.tokens[place].lower
        named = sentence.mention_of[place] is not None
        if sentence.dated[place] and not named:
            if start < place:
                parts.append((start, place, governed))
            start, governed = place + 1, False
            continue
        if named:
            continue
        if _quantifies(sentence, place, last):
            continue
        if word in words("prepositions") or word in words("subordinators") or word in SEPARATORS:
            if start < place:
                parts.append((start, place, governed))
            start, governed = (
                place + 1,
                word in words("prepositions") and not (word in _CONJOINING and (place > floor or floor == 0)),
            )
        elif (word in words("conjunctions") or word in ("which", "who", "whom")) and start == place:
            start = place + 1
            governed = governed and word in words("conjunctions")
        elif word in ("which", "who", "whom") or (
            word in words("conjunctions") and place < last and start < place and _opens_phrase(sentence, place + 1)
        ):
            parts.append((start, place, governed))
            start, governed = place + 1, False
        elif (
            sentence.tokens[place].text == "A" and place > floor and sentence.tokens[place - 1].lower == "series"
        ) or (start < place and ends_in_number(sentence.tokens, place)):
            continue
        elif (
            (word in words("determiners") or word in words("pronouns"))
            and start < place
            and sentence.tokens[place - 1].lower not in LINKS
            and sentence.tokens[place - 1].lower not in words("determiners")
            and word not in ("one", "both", "all", "each")
        ):
            parts.append((start, place, governed))
            start, governed = place, False
    if start <= last:
        parts.append((start, last + 1, governed))
    return parts


def _quantifies(sentence: Words, place: int, last: int) -> bool:
    """Whether a word only says how many, a number behind it: "about", the two of "at least" and of "up to"."""
    tokens = sentence.tokens
    if place >= last:
        return False
    if place + 2 <= last and (tokens[place].lower, tokens[place + 1].lower) in _BOUNDS:
        place, opens = place + 1, True
    else:
        opens = tokens[place].lower in _QUANTIFYING or (
            place > 0 and (tokens[place - 1].lower, tokens[place].lower) in _BOUNDS
        )
    following = tokens[place + 1]
    return opens and (following.text[0] in "$€£" or following.text[0].isdigit() or following.lower in _numbers())


_BOUNDS = frozenset((("at", "least"), ("at", "most"), ("up", "to"), ("close", "to")))


@cache
def _numbers() -> frozenset[str]:
    return words("determiners") | words("small_numbers")


def _opens_phrase(sentence: Words, place: int) -> bool:
    """Whether a phrase of its own begins behind "and": "it and the price", not "Greycroft and the actor Jared Leto"."""
    word = sentence.tokens[place].lower
    if sentence.tokens[place - 2].text[0].isupper() and any(
        token.text[0].isupper() for token in sentence.tokens[place + 1 : place + 4]
    ):
        return False
    return (
        sentence.mention_of[place] is None
        and (word in words("determiners") or word in words("pronouns"))
        and word not in ("two", "three", "one")
    )
