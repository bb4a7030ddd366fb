"""The phrases of an English sentence: what stands as the subject of a verb, and whose it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.english.form_in_sentence import ends_in_number
from pipeline.english.tokens import Token
from pipeline.english.verb_forms import words
from pipeline.found import FoundDate, NameMention

SEPARATORS = frozenset((",", ";", ":", "—", "–", "(", ")", '"', "“", "”"))


_LINK = frozenset(("and", "or", "&", ","))


_QUANTIFYING = frozenset(("about", "around", "over", "under", "near", "up", "above", "below", "some"))


_CONJOINING = frozenset(("as", "after", "before", "since", "until", "till", "than", "because"))


class Subject(NamedTuple):
    """Who does it: the words from `start` to `end`, with what they are about.

    `names` are the mentions standing as the subject itself; `owners` those it belongs to ("Haiper's model", "the maker
    of Stable Diffusion"); `refers` is "it", "the company" or another word for a company told before, `head` its noun.
    """

    start: int
    end: int
    names: tuple[NameMention, ...] = ()
    owners: tuple[NameMention, ...] = ()
    refers: str | None = None
    head: str = ""


class Words(NamedTuple):
    """Tokens with the mention each belongs to, and whether it is part of a date."""

    tokens: list[Token]
    mention_of: list[NameMention | None]
    dated: list[bool]


def covering(tokens: list[Token], mentions: Sequence[NameMention]) -> list[NameMention | None]:
    """The mention each token is part of."""
    found: list[NameMention | None] = [None] * len(tokens)
    for mention in sorted(mentions):
        for place in _within(tokens, mention.start, mention.end):
            found[place] = found[place] or mention
    return found


def dated_tokens(tokens: list[Token], dates: Sequence[FoundDate]) -> list[bool]:
    """Whether each token is part of a date."""
    found = [False] * len(tokens)
    for date in dates:
        for place in _within(tokens, date.start, date.end):
            found[place] = True
    return found


def _within(tokens: list[Token], start: int, end: int) -> range:
    """The numbers of the tokens that a span has part of."""
    first = bisect_left(tokens, (start,))
    if first and tokens[first - 1].end > start:
        first -= 1
    return range(first, bisect_left(tokens, (end,)))


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
        if not governed or (nearest and _named(sentence, start, end)):
            if given and not _is_round(sentence, end):
                owners = sorted([*owners, *given])
            return _made(sentence, list_start(sentence, floor, start, end), last, end, owners)
        if start and sentence.tokens[start - 1].lower in ("from", "by"):
            given = [*_all_named(sentence, start, end), *given]
        else:
            owners = [*_all_named(sentence, start, end), *owners]
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
            and sentence.tokens[place - 1].lower not in _LINK
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


def _all_named(sentence: Words, start: int, end: int) -> list[NameMention]:
    found: dict[int, NameMention] = {}
    for place in range(start, end):
        mention = sentence.mention_of[place]
        if mention is not None:
            found[mention.start] = mention
    return list(found.values())


def _named(sentence: Words, start: int, end: int) -> bool:
    return any(
        sentence.mention_of[place] is not None or sentence.tokens[place].text[0].isupper()
        for place in range(start, end)
    ) or bool(_company_noun().search(" ".join(sentence.tokens[place].lower for place in range(start, end))))


_ITS = re.compile(r"(?:its|their|our)\b")


def _made(sentence: Words, start: int, last: int, end: int, owners: Sequence[NameMention]) -> Subject:
    tokens, head = sentence.tokens, (start, end)
    here = _all_named(sentence, *head)
    final = sentence.mention_of[head[1] - 1]
    names, possessors = [], list(owners)
    for mention in here:
        possessive = _possessive(tokens, mention, head[1])
        if possessive or (final is not mention and not _coordinated(sentence, mention, head[1])):
            possessors.append(mention)
        else:
            names.append(mention)
    if not names and not possessors:
        names.extend(_apposed(sentence, start))
    noun = tokens[head[1] - 1].lower
    if len(noun) == 1 and head[1] - head[0] > 1 and tokens[head[1] - 2].lower == "series":
        noun = "series"
    phrase = " ".join([token.lower for token in tokens[start:end]])
    refers = _refers(phrase) if not names else None
    if possessors and refers is not None and not _company_noun().search(phrase):
        refers = None
    if refers is None and not names and not possessors and _ITS.match(phrase):
        refers = "its"
    if refers is None and not names and not possessors and _company_possessive().match(phrase):
        refers = "its"
    return Subject(tokens[start].start, tokens[last].end, tuple(names), tuple(possessors), refers, noun)


def _apposed(sentence: Words, start: int) -> list[NameMention]:
    """The name that ", a London startup" says more of: right before the comma."""
    tokens = sentence.tokens
    if start < 2 or tokens[start].lower not in ("a", "an", "the", "one") or tokens[start - 1].text != ",":
        return []
    if _says_no_more(tokens[start:]):
        return []  # "Flush with $18 million from Northzone, the company is hiring"
    mention = sentence.mention_of[start - 2]
    return [mention] if mention is not None and mention.end >= tokens[start - 2].end else []


def _says_no_more(tokens: Sequence[Token]) -> bool:
    """Whether a phrase is but "the company": it says nothing of a name before it."""
    return len(tokens) > 1 and tokens[0].lower == "the" and tokens[1].lower in _PLAIN_NOUNS


_PLAIN_NOUNS = frozenset(("company", "startup", "start-up", "firm", "business"))


def _possessive(tokens: Sequence[Token], mention: NameMention, end: int) -> bool:
    """Whether an "'s" follows a name, in its own token or the next."""
    for place in range(end):
        token = tokens[place]
        if (
            token.start < mention.end <= token.end
            and token.end > mention.end
            and token.lower.endswith(("'s", "’s", "s'"))
        ):
            return True
        if token.start == mention.end and token.text in ("'", "’"):
            return True
    return False


def _coordinated(sentence: Words, mention: NameMention, end: int) -> bool:
    """Whether a name is followed by "and" or a comma rather than by the noun it belongs to."""
    for place in range(end):
        if sentence.tokens[place].start >= mention.end:
            return sentence.tokens[place].lower in _LINK
    return True


@cache
def _company_noun() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, words("company_nouns")), key=len, reverse=True))
    return re.compile(rf"(?:the|this|that) (?:[^,]{{0,40}} )?(?:{nouns}|\w+-makers?)\Z")


@cache
def _company_possessive() -> re.Pattern[str]:
    """As in "the video generator's annualised run rate"."""
    nouns = "|".join(sorted(map(re.escape, words("company_nouns")), key=len, reverse=True))
    return re.compile(rf"(?:the|this|that) (?:[\w-]+ ){{0,3}}(?:{nouns})['’]s ")


def _refers(phrase: str) -> str | None:
    if phrase in words("company_pronouns"):
        return phrase
    match = _company_noun().search(phrase) or _somebodys_company().fullmatch(phrase)
    return match[0] if match else None


@cache
def _somebodys_company() -> re.Pattern[str]:
    """As in "Jane Doe's startup", "her company"."""
    nouns = "|".join(sorted(map(re.escape, words("company_nouns")), key=len, reverse=True))
    old = "former|first|previous|earlier|old|last|other|next|new|own|second|another"
    return re.compile(rf"(?:[\w’-]+(?: [\w’-]+){{0,2}}['’]s|his|her) (?:(?!(?:{old})\b)[\w-]+ ){{0,2}}?(?:{nouns})")
