"""When two values of a field can both be right: two that say the same in other words contradict nothing.

They are asked of claims that the merging holds to be about one thing, so a name in Chinese beside one in Latin letters
is taken for the same one's where nothing we know says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from db.nouns.identity import fold
from db.values import Money, PartialDate
from pipeline.facts.compared import BETWEEN_PARTIES, HAN, known_party
from pipeline.facts.role_words import posts_told, same_posts
from pipeline.facts.same_sum import sum_of, sums_agree
from pipeline.facts.value_choice import Agreement

Text = str | int | bool
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_APART = re.compile(r"[\s·•・.]+")


def _one_holds_the_other(left: tuple[date, date], right: tuple[date, date]) -> bool:
    (first, last), (other_first, other_last) = left, right
    return (first <= other_first and other_last <= last) or (other_first <= first and last <= other_last)


@lru_cache(maxsize=20_000)
def _writings(name: str) -> frozenset[str]:
    """A name by itself and by what stands in brackets behind it, folded: 盖蒂图片社（Getty Images） is both."""
    written = (_BRACKETS.sub(" ", name), *_BRACKETS.findall(name))
    return frozenset(each for part in written if (each := fold(part)))


class _Party(NamedTuple):
    """Who is named: the key where we know it, all its writings where not; whether any of these is Chinese."""

    names: frozenset[str]
    known: bool
    chinese: bool


@lru_cache(maxsize=20_000)
def _party(name: str) -> _Party:
    written = _writings(name)
    keys = frozenset(key for each in written if (key := known_party(each)) is not None)
    names = keys or written
    return _Party(names, bool(keys), any(map(HAN.search, names)))


class _Parties(NamedTuple):
    """A list of parties, and all their names."""

    each: tuple[_Party, ...]
    names: frozenset[str]
    chinese: bool
    """Whether one of them is told in Chinese only, as far as we know."""


def _parties(written: Text) -> _Parties:
    named = tuple(dict.fromkeys(_party(name) for name in str(written).split(BETWEEN_PARTIES)))
    return _Parties(named, frozenset().union(*(party.names for party in named)), any(each.chinese for each in named))


def _same_parties(one: _Parties, other: _Parties) -> bool:
    """Whether two lists name the same; names in two scripts are the same ones' where we know neither.

    One that we know counts as named in the other script only beside another that both name.
    """
    if one.chinese == other.chinese and one.names.isdisjoint(other.names):  # nearly always, and soon seen
        return False
    left = [party for party in one.each if party.names.isdisjoint(other.names)]
    right = [party for party in other.each if party.names.isdisjoint(one.names)]
    if not left and not right:
        return True
    sure = len(left) < len(one.each) or not any(party.known for party in (*left, *right))
    return sure and len(left) == len(right) and _in_two_scripts(left, right)


def _in_two_scripts(left: Sequence[_Party], right: Sequence[_Party]) -> bool:
    scripts = [{party.chinese for party in side} for side in (left, right)]
    return all(len(each) == 1 for each in scripts) and scripts[0] != scripts[1]


class _Person(NamedTuple):
    """One writing of a person's name: its words, these without spaces, and whether it is Chinese."""

    words: tuple[str, ...]
    joined: str
    chinese: bool


@lru_cache(maxsize=20_000)
def _person(name: str) -> _Person:
    words = tuple(_APART.split(name))
    return _Person(words, "".join(words), HAN.search(name) is not None)


def _persons(written: Text) -> tuple[_Person, ...]:
    return tuple(_person(name) for name in sorted(_writings(str(written))))


def _same_person(one: Sequence[_Person], other: Sequence[_Person]) -> bool:
    """Whether one is the other, the last name of it or with fewer of its names, or its name in the other script."""
    return any(
        name.chinese != theirs.chinese
        or name.joined == theirs.joined
        or (name.words[-1] == theirs.words[-1] and _within(name.words, theirs.words))
        for name in one
        for theirs in other
    )


def _within(one: Sequence[str], other: Sequence[str]) -> bool:
    return set(one) <= set(other) or set(other) <= set(one)


DATES_AGREE: Agreement[PartialDate] = Agreement(lambda when: (when.first_day(), when.last_day()), _one_holds_the_other)
SUMS_AGREE: Agreement[Money] = Agreement(sum_of, lambda left, right: bool(sums_agree(left, right)))
NAMES_AGREE: Agreement[frozenset[str]] = Agreement(
    lambda names: frozenset(known_party(name) or name for name in names), frozenset.__eq__
)
_TEXTS_AGREE: Agreement[Text] = Agreement(lambda text: fold(str(text)), str.__eq__)
_PARTIES_AGREE: Agreement[Text] = Agreement(_parties, _same_parties)
_PERSONS_AGREE: Agreement[Text] = Agreement(_persons, _same_person)
_ROLES_AGREE: Agreement[Text] = Agreement(lambda role: posts_told(str(role)), same_posts)
_OF_FIELD: Mapping[str, Agreement[Text]] = {
    **dict.fromkeys(("acquirer", "partner", "plaintiff"), _PARTIES_AGREE),
    "person": _PERSONS_AGREE,
    "role": _ROLES_AGREE,
}


def texts_agree(field: str) -> Agreement[Text]:
    """How two values of a field that is a word or a number are compared; spellings that fold alike are one."""
    return _OF_FIELD.get(field, _TEXTS_AGREE)
