"""Whom a phrase of an English sentence is about: the names in it, those it belongs to, and whom it refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.english.marked_words import Words
from pipeline.english.tokens import Token
from pipeline.english.verb_forms import words
from pipeline.values.found import NameMention

LINKS = frozenset(("and", "or", "&", ","))


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


def names_within(sentence: Words, start: int, end: int) -> list[NameMention]:
    """The names that tokens from one place to another are part of, in order."""
    found: dict[int, NameMention] = {}
    for place in range(start, end):
        mention = sentence.mention_of[place]
        if mention is not None:
            found[mention.start] = mention
    return list(found.values())


def names_somebody(sentence: Words, start: int, end: int) -> bool:
    """Whether tokens hold a name, known or not, or mean a company: "the startup"."""
    return any(
        sentence.mention_of[place] is not None or sentence.tokens[place].text[0].isupper()
        for place in range(start, end)
    ) or bool(_company_noun().search(" ".join(sentence.tokens[place].lower for place in range(start, end))))


_ITS = re.compile(r"(?:its|their|our)\b")


def subject_in(sentence: Words, start: int, last: int, end: int, owners: Sequence[NameMention]) -> Subject:
    """The subject whose first part is the tokens from `start` to `end`; the whole phrase goes on to `last`."""
    tokens, head = sentence.tokens, (start, end)
    here = names_within(sentence, *head)
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
            return sentence.tokens[place].lower in LINKS
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


_OF_BOTH = re.compile(r"the (?:combined|merged|enlarged|joint|resulting)\b")
"""What two become is neither of them: "the combined group sells to 1,500 customers"."""


def _refers(phrase: str) -> str | None:
    if phrase in words("company_pronouns"):
        return phrase
    if _OF_BOTH.match(phrase):
        return None
    match = _company_noun().search(phrase) or _somebodys_company().fullmatch(phrase)
    return match[0] if match else None


@cache
def _somebodys_company() -> re.Pattern[str]:
    """As in "Jane Doe's startup", "her company"."""
    nouns = "|".join(sorted(map(re.escape, words("company_nouns")), key=len, reverse=True))
    old = "former|first|previous|earlier|old|last|other|next|new|own|second|another"
    return re.compile(rf"(?:[\w’-]+(?: [\w’-]+){{0,2}}['’]s|his|her) (?:(?!(?:{old})\b)[\w-]+ ){{0,2}}?(?:{nouns})")
