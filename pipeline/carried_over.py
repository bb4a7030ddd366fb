"""Leaves out what is told of a new company that its sentence does not name, where that is seldom right.

A sentence without a name is read as told of whom the text spoke before. Of the companies we know, and of a new one that
the title names, that mostly holds. It fails where no rule recognised the company the text is really about: what is told
of that one goes to whoever was. How often a kind of carrying over was right, of all claims of that kind in 184 articles
that nobody had opened, is told with each rule below; where none of them speaks, it was 282 of 386.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from db.model import Article, Claim, Language
from pipeline.chinese.parties import points_back as points_back_chinese
from pipeline.english.parties import points_back as points_back_english
from pipeline.names.find_names import Names
from pipeline.values.found import NameMention

_OTHERS_SINCE = 2
_COMES_BACK = 2
_NO_ROUNDS_NAME = (None, "series_unknown", "undisclosed")
_OF_ROUND = re.compile(
    r"融资|融資|轮|輪|(?:获|獲|拿到|得到|收到|向其|向它|向该公司)[^，。；]{0,16}(?:投资|投資|注资|注資)"
)
_FULL_STOP = re.compile(r"[.!?][\"”’)]*\s")


class _Turn(NamedTuple):
    """A place from which on a text names one company, until it names another."""

    start: int
    key: str


class _Spoken(NamedTuple):
    """Whom an article names, and where."""

    article: Article
    titled: frozenset[str]
    places: dict[str, list[int]]
    """Where each company's name or its product's begins, by the company's key."""
    turns: Sequence[_Turn]


class _Carried(NamedTuple):
    """A claim whose sentence does not name its company.

    `start` is where the sentence begins, `first` and `last` where the text named the company first and last before it.
    """

    claim: Claim
    start: int
    first: int
    last: int


def without_doubtful(article: Article, claims: Sequence[Claim], names: Names) -> list[Claim]:
    """The claims of an article but those carried over in ways that mostly fail."""
    if all(claim.company_known or claim.where == "title" for claim in claims):
        return list(claims)
    spoken = _spoken(article, names)
    return [claim for claim in claims if claim.company_known or not _is_doubtful(claim, spoken)]


def _is_doubtful(claim: Claim, spoken: _Spoken) -> bool:
    if claim.where == "title":
        return False
    carried = _carried(claim, spoken)
    return carried is not None and any(fails(carried, spoken) for fails in _FAILING[spoken.article.language])


def _named_late(carried: _Carried, spoken: _Spoken) -> bool:
    """Neither title nor first paragraph name it, and the sentence is in another paragraph: 0 of 6 right (Chinese).

    Where the text names it more than once, and nobody else so far, it is right.
    """
    if carried.claim.company_key in spoken.titled or (not spoken.titled and _alone_so_far(carried, spoken)):
        return False
    return _breaks(spoken, 0, carried.first) and _breaks(spoken, carried.last, carried.start)


def _alone_so_far(carried: _Carried, spoken: _Spoken) -> bool:
    """Whether a text comes back to the company a sentence is read as told of, and names no other one before it."""
    if len(spoken.places[carried.claim.company_key]) < _COMES_BACK:
        return False
    return all(each.key == carried.claim.company_key for each in spoken.turns if each.start < carried.start)


def _beside_the_titled(carried: _Carried, spoken: _Spoken) -> bool:
    """The title is of another company, and no word such as "it" points back: 3 of 17 right."""
    points_back = points_back_chinese if spoken.article.language == "zh" else points_back_english
    return _titles_another(carried.claim, spoken) and not points_back(carried.claim.sentence)


def _behind_others(carried: _Carried, spoken: _Spoken) -> bool:
    """The text has since named others in two sentences: 1 of 7 right, and 2 of 10 of the facts to be found so."""
    first = bisect_right(spoken.turns, carried.last, key=_start)
    behind = bisect_left(spoken.turns, carried.start, key=_start)
    if behind - first < _OTHERS_SINCE:
        return False
    return _FULL_STOP.search(spoken.article.text, spoken.turns[first].start, spoken.turns[behind - 1].start) is not None


def _a_sum_alone(carried: _Carried, _: _Spoken) -> bool:
    """A Chinese sentence has a sum, but no backer and no word of a round: what it spends, or wins; 1 of 13 right."""
    claim = carried.claim
    named = claim.fields.get("investors") or claim.fields.get("investment_type") not in _NO_ROUNDS_NAME
    return claim.type == "funding_round" and not named and _OF_ROUND.search(claim.sentence) is None


_FAILING: dict[Language, Sequence[Callable[[_Carried, _Spoken], bool]]] = {
    "en": (_beside_the_titled, _behind_others),
    "zh": (_named_late, _beside_the_titled, _a_sum_alone),
}


def _titles_another(claim: Claim, spoken: _Spoken) -> bool:
    return bool(spoken.titled) and claim.company_key not in spoken.titled


def _breaks(spoken: _Spoken, start: int, end: int) -> bool:
    """Whether a paragraph ends between two places."""
    return spoken.article.text.find("\n", start, end) >= 0


def _carried(claim: Claim, spoken: _Spoken) -> _Carried | None:
    """A claim with where its company was named before; None where its sentence names it, or nothing did."""
    start = spoken.article.text.find(claim.sentence, max(0, claim.start - len(claim.sentence)))
    places = spoken.places.get(claim.company_key, [])
    before = bisect_left(places, start)
    if not before or (before < len(places) and places[before] < start + len(claim.sentence)):
        return None
    return _Carried(claim, start, places[0], places[before - 1])


def _spoken(article: Article, names: Names) -> _Spoken:
    places: dict[str, list[int]] = {}
    turns: list[_Turn] = []
    for mention in names.in_text:
        key = _company_key(mention)
        if key is None:
            continue
        places.setdefault(key, []).append(mention.start)
        if not turns or turns[-1].key != key:
            turns.append(_Turn(mention.start, key))
    titled = frozenset(key for mention in names.in_title if (key := _company_key(mention)) is not None)
    return _Spoken(article, titled, places, turns)


def _company_key(mention: NameMention) -> str | None:
    """The key of the company a mention names, or whose product it names."""
    if mention.kind == "company":
        return mention.key
    return mention.owner_key if mention.kind == "product" else None


def _start(turn: _Turn) -> int:
    return turn.start
